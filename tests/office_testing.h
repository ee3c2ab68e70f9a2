// A whole office in a folder of its own, and a client that talks to it over loopback. Never
// included by a program.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/client_testing.h"
#include "api/pages.h"
#include "base/files_testing.h"
#include "base/time_testing.h"
#include "server/office.h"

namespace regmark::testing {

using Json = nlohmann::json;
using Headers = std::vector<std::pair<std::string, std::string>>;

struct Reply {
  int status = 0;
  std::string head;
  std::string body;
  Json json() const { return Json::parse(body, nullptr, /*allow_exceptions=*/false); }
  // The value of a header, or empty.
  std::string header(std::string_view name) const;
};

// Sends one request on a connection of its own. A body that is not empty is JSON unless `headers`
// say otherwise.
Reply ask(std::uint16_t port, const std::string& method, const std::string& path,
          const std::string& body = {}, const Headers& headers = {});

// One signed-in person, or a camera.
struct Client {
  std::uint16_t port;
  std::string token;

  Reply get(const std::string& path, const Headers& more = {}) const;
  Reply post(const std::string& path, const Json& body) const;
  Reply put_csv(const std::string& path, const std::string& csv) const;
  Headers with_token(Headers headers = {}) const;
};

// The events of one stream, as they come.
class Events {
 public:
  // Of live alerts.
  Events(std::uint16_t port, const std::string& token);
  // What answers to this.
  Events(const Client& client, const std::string& path, const Json& body);
  const std::string& head() const { return head_; }
  struct Event {
    std::string name, id;
    Json data;
  };
  // The next event that is no comment; nothing when the stream ended, or none came for long.
  std::optional<Event> next();
  bool is_closed_within(std::chrono::milliseconds time) { return client_.is_closed_within(time); }

 private:
  api::http::RawClient client_;
  std::string head_;
  std::string pending_;
};

inline constexpr std::string_view start_time = "2026-03-28T10:00:00Z";
inline constexpr std::string_view password = "correct horse battery";

// A purpose that the built-in policy takes.
Json a_purpose();
Headers purpose_headers();

// The people of an office, and what they set up, all over HTTP.
class Staff {
 public:
  // `first_code` is what the office showed when it was new.
  Staff(std::uint16_t port, std::string first_code, const base::Clock& clock)
      : port_(port), first_code_(std::move(first_code)), clock_(clock) {}

  // Somebody with exactly this role, signed in; made on the first call.
  Client role(const std::string& role);
  // The same one, signed in anew: the clock may have gone past the first session.
  Client again(const std::string& role);
  // Another person with it, of an organisation that is made on the first call.
  Client another(const std::string& role, const std::string& sign_in_name,
                 const std::string& organisation = "test-force");
  // A live site with one camera, made the lawful way; gives the camera.
  Client camera(const std::string& id, const std::string& site);
  void make_list(const std::string& id, const std::string& csv);

 private:
  Client administrator();
  Client nobody() const { return {port_, ""}; }
  Client sign_in(const std::string& sign_in_name) const;
  std::string day_from_now(std::chrono::days days) const;

  std::uint16_t port_;
  std::string first_code_;
  const base::Clock& clock_;
  std::map<std::string, Client> roles_;
  std::set<std::string> organisations_;
};

// An office in this process.
class TestOffice {
 public:
  TestOffice();
  TestOffice(const TestOffice&) = delete;
  TestOffice& operator=(const TestOffice&) = delete;
  ~TestOffice();

  server::Office& operator*() { return *office_; }
  server::Office* operator->() { return office_.get(); }
  base::ManualClock& clock() { return clock_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  std::uint16_t port() const { return port_; }

  Client role(const std::string& role) { return staff_->role(role); }
  Client again(const std::string& role) { return staff_->again(role); }
  Client another(const std::string& role, const std::string& sign_in_name,
                 const std::string& organisation = "test-force") {
    return staff_->another(role, sign_in_name, organisation);
  }
  std::string person_of(const Client& client) const;
  Client nobody() const { return {port(), ""}; }
  Client camera(const std::string& id, const std::string& site) { return staff_->camera(id, site); }
  void make_list(const std::string& id, const std::string& csv) { staff_->make_list(id, csv); }

  // Opens it again by the built-in policy with these people named for what is kept apart.
  void name_for_covert(const std::vector<Client>& people);
  // Opens it again with these asked to sign its log.
  void have_witnesses(const std::vector<server::WitnessSettings::Witness>& witnesses);
  void close() { office_.reset(); }
  // Closes it and opens it again on the same folder and port.
  void reopen();

 private:
  void open();
  std::filesystem::path policy_file() const { return folder() / "policy.toml"; }

  base::TestFolder folder_;
  base::ManualClock clock_{start_time};
  std::uint16_t port_ = 0;
  std::vector<server::WitnessSettings::Witness> witnesses_;
  std::unique_ptr<server::Office> office_;
  std::optional<Staff> staff_;
};

// The pages of a test: never the real console.
api::Pages test_pages();

// One read of the camera's, as it would send it now.
Json a_read(const std::string& event, const std::string& plate, base::UtcTime observed);
// The smallest picture that the office takes.
std::string picture_bytes();
std::string picture_base64();

}  // namespace regmark::testing
