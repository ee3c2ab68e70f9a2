// What the people of a made-up force do for its sites: each step over the office's API, each by
// somebody who may.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <string_view>

#include "base/time.h"
#include "cli/client.h"
#include "cli/demo/force_traffic.h"

namespace regmark::cli {

struct Force {
  Client manager, second, controller, dpo, overt_lead;
};

struct MadeUpSite {
  const char* id;
  const char* name;
  double latitude, longitude;
  const char* need;
};

// How far a site comes on the full path.
enum class Reach : std::uint8_t {
  proposed,
  begun,  // its assessment is
  advised,
  assessed,
  refused,
  decided,
  commissioned,
  live,
};

// All fail as the office's answer does, naming the site and the step.
class SiteSteps {
 public:
  // `today`: by the office's own clock. The tokens of cameras that are put up are kept among
  // `tokens`, which outlive it.
  SiteSteps(Force force, base::UtcDay today, CameraTokens& tokens)
      : force_(std::move(force)), today_(today), tokens_(tokens) {}

  const Force& force() const { return force_; }
  base::UtcDay today() const { return today_; }

  // From its proposal on. `review`: the first, of one that comes to be live.
  Result<void> bring(const MadeUpSite& site, Reach reach, base::UtcDay review);
  // A short one: proposed, and approved by the other manager.
  Result<void> propose(const MadeUpSite& site, const char* path, base::UtcDay review);
  Result<void> approve(const MadeUpSite& site);
  Result<void> write_impact(const MadeUpSite& site);
  // Of a short one: its signs and public information.
  Result<void> write_notice(const MadeUpSite& site);
  // `said`: what its answers are other than "it continues".
  Result<void> review(const MadeUpSite& site, base::UtcDay next,
                      const std::map<std::string, std::string>& said);
  Result<void> for_a_reason(const MadeUpSite& site, const char* word, const char* reason);
  Result<void> take_down(const MadeUpSite& site);
  Result<void> keep_books(const MadeUpSite& site);
  // Of sites that stood before: the first so many of their cameras collect from now on.
  Result<void> let_collect(std::size_t cameras);
  // An example for the public, by one and approved by the other; and the assessment of the whole
  // force, filed by its controller.
  Result<void> account();
  // Area and dates, for its mobile camera; the state it comes to: proposed, live or stopped.
  Result<void> deploy(const char* id, const char* name, std::string_view state);

 private:
  Result<nlohmann::json> paper(const std::string& form, const std::string& site,
                               const std::map<std::string, std::string>& said);
  Result<void> put_up(const std::string& camera, const char* name, const std::string& site);
  Result<void> write(const Client& who, const MadeUpSite& site, const char* form);
  Result<nlohmann::json> take(const Client& who, const MadeUpSite& site, const std::string& word,
                              const nlohmann::json& body);
  Result<void> assess(const MadeUpSite& site, Reach reach);
  Result<void> decide(const MadeUpSite& site, Reach reach);
  Result<void> build(const MadeUpSite& site, Reach reach, base::UtcDay review);

  Force force_;
  base::UtcDay today_;
  CameraTokens& tokens_;
  std::set<std::string, std::less<>> handed_in_{};  // kinds of evidence
};

}  // namespace regmark::cli
