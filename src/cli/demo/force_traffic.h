// The vehicles that come past a made-up force's cameras, and what its people do about those that
// are wanted.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "cli/client.h"

namespace regmark::cli {

// Of cameras that were put up, by their ids.
using CameraTokens = std::map<std::string, std::string>;

struct OnDuty {
  Client list_owner, control_operator, investigator;
};

class ForceTraffic {
 public:
  // `picture`: a JPEG of every vehicle that is wanted; empty: they have none, and nobody confirms
  // what they cannot see.
  ForceTraffic(const std::string& picture, std::uint32_t seed);

  // Makes the list of vehicles of interest.
  Result<void> make_list(const Client& owner, base::UtcDay today) const;
  // By the office's clock it is `now`: an evening's vehicles come past each camera that may
  // collect, each alert on one that is wanted is worked to its end, and two are searched for. Gives
  // how many alerts that were.
  Result<std::size_t> pass(const OnDuty& people, const CameraTokens& cameras, base::UtcTime now);

 private:
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  std::string new_plate();
  std::string batch(const std::string& camera, base::UtcTime now);
  Result<std::size_t> work_alerts(const Client& on_duty, base::UtcTime now) const;
  Result<void> search(const Client& investigator, base::UtcTime now) const;

  const std::string picture_;  // in base64
  std::mt19937 random_;
  std::vector<std::string> usual_, wanted_;
};

}  // namespace regmark::cli
