// A real log in a folder of its own, for tests of rooms that want receipts. Never included by a
// program.
//
//   audit::TestLog log;
//   const auto receipt = log.receipt_for(access::Act::search_sightings, {.plate = "AB12*"});
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "access/access_testing.h"
#include "audit/log.h"
#include "base/check.h"
#include "base/crypto.h"
#include "base/time_testing.h"

namespace regmark::audit {

inline constexpr std::string_view test_origin = "test.example/audit";

// In memory where there is such a place: these tests make thousands of syncs, and none pulls the
// plug.
inline std::filesystem::path make_test_folder() {
  const std::filesystem::path memory = "/dev/shm";
  const bool has_memory = ::access(memory.c_str(), W_OK) == 0;
  std::string pattern =
      (has_memory ? memory : std::filesystem::temp_directory_path()) / "regmark-audit-XXXXXX";
  REGMARK_CHECK(::mkdtemp(pattern.data()) != nullptr);
  return pattern;
}

class TestLog {
 public:
  // With a clock of its own, `clock`, or with that of the test.
  TestLog() : time_(clock) { reopen(); }
  explicit TestLog(const base::Clock& time) : time_(time) { reopen(); }
  TestLog(const TestLog&) = delete;
  TestLog& operator=(const TestLog&) = delete;
  ~TestLog() {
    log_.reset();
    std::filesystem::remove_all(folder_);
  }

  Log& log() { return *log_; }
  const std::filesystem::path& folder() const { return folder_; }
  const base::SigningKey& key() const { return key_; }
  void close() { log_.reset(); }
  void reopen() {
    log_.reset();
    auto opened = Log::open(folder_, key_, std::string(test_origin), time_);
    REGMARK_CHECK(opened.has_value());
    log_ = *std::move(opened);
  }

  // A permit by decide() under access::wide_policy() for a person of this id. What a search or
  // hold must name and the scope does not is filled in: the day up to now, 1,000 rows.
  access::Permit permit_for(access::Act act, access::Scope scope = {},
                            std::string_view person = "person-test") const {
    const auto now = time_.now();
    const bool looks_back =
        act == access::Act::search_sightings || act == access::Act::hold_sightings;
    if (looks_back && !scope.window) {
      scope.window = access::Window{.from = now - std::chrono::hours(24), .until = now};
    }
    if (looks_back && scope.rows_max == 0) scope.rows_max = 1'000;
    return access::permit_or_stop(
        access::decide(access::wide_policy(),
                       {.person = access::test_person(
                            person, {access::Role::control_operator, access::Role::investigator}),
                        .act = act,
                        .purpose = access::test_purpose(),
                        .scope = std::move(scope),
                        .now = now}));
  }

  // The same, recorded.
  Receipt receipt_for(access::Act act, access::Scope scope = {},
                      std::string_view person = "person-test") {
    return log_->record(permit_for(act, std::move(scope), person)).value();
  }
  MachineReceipt machine_receipt(MachineVerb verb) { return log_->record(verb, "{}").value(); }

  base::ManualClock clock;

 private:
  const base::Clock& time_;
  std::filesystem::path folder_ = make_test_folder();
  base::SigningKey key_ = base::signing_key_from_seed({1, 2, 3});
  std::unique_ptr<Log> log_;
};

}  // namespace regmark::audit
