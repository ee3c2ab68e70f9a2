// A real log in a folder of its own, for tests of rooms that want receipts. Never included by a
// program.
//
//   audit::TestLog log;
//   const auto receipt = log.receipt_for(access::Act::search_sightings, {.plate = "AB12*"});
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "access/access_testing.h"
#include "audit/log.h"
#include "base/check.h"
#include "base/crypto.h"
#include "base/files_testing.h"
#include "base/time_testing.h"

namespace regmark::audit {

inline constexpr std::string_view test_origin = "test.example/audit";

class TestLog {
 public:
  // With a clock of its own, `clock`, or with that of the test.
  TestLog() : time_(clock) { reopen(); }
  explicit TestLog(const base::Clock& time) : time_(time) { reopen(); }

  Log& log() { return *log_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  const base::SigningKey& key() const { return key_; }
  void close() { log_.reset(); }
  void reopen() {
    log_.reset();
    auto opened = Log::open(folder(), key_, std::string(test_origin), time_);
    REGMARK_CHECK(opened.has_value());
    log_ = *std::move(opened);
  }

  // A permit by decide() under access::wide_policy() for a person of this id. What a search,
  // hold or track must name and the scope does not is filled in: the day up to now, or from now on;
  // 1,000 rows.
  access::Permit permit_for(access::Act act, access::Scope scope = {},
                            std::string_view person = "person-test") const {
    const auto now = time_.now();
    const bool looks_back = access::looks_back(act);
    if (looks_back && !scope.window) {
      scope.window = access::Window{.from = now - std::chrono::hours(24), .until = now};
    }
    const bool looks_ahead = access::looks_ahead(act);
    if (looks_ahead && !scope.window) {
      scope.window = access::Window{.from = now, .until = now + std::chrono::hours(24)};
    }
    if ((looks_back || looks_ahead) && scope.rows_max == 0) scope.rows_max = 1'000;
    auto someone =
        access::test_person(person, {access::Role::control_operator, access::Role::investigator});
    someone.rank = "inspector";
    access::Request request{.person = std::move(someone),
                            .act = act,
                            .purpose = access::test_purpose(),
                            .scope = std::move(scope),
                            .now = now};
    if (act == access::Act::decide_authority) {
      request.authority = access::test_authority(request.scope.subject);
    }
    request.held_for = {request.purpose.reference, request.person.organisation};
    return access::permit_or_stop(access::decide(access::wide_policy(), request));
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
  base::TestFolder folder_;
  base::SigningKey key_ = base::signing_key_from_seed({1, 2, 3});
  std::unique_ptr<Log> log_;
};

// Passes everything on to a real log, until its disk is full.
class FailingLog final : public Log {
 public:
  explicit FailingLog(Log& log) : log_(log) {}

  // So many more records are taken; then each fails.
  void fill_up_after(int records) { left_ = records; }
  void make_room() { left_ = unlimited; }

  Result<Receipt> record(const access::Permit& permit) override {
    REGMARK_TRY(take());
    return log_.record(permit);
  }
  Result<std::uint64_t> record(const access::Request& request,
                               const access::Refusal& refusal) override {
    REGMARK_TRY(take());
    return log_.record(request, refusal);
  }
  Result<std::uint64_t> record(const Receipt& receipt, const Outcome& outcome) override {
    REGMARK_TRY(take());
    return log_.record(receipt, outcome);
  }
  Result<MachineReceipt> record(MachineVerb verb, std::string details) override {
    REGMARK_TRY(take());
    return log_.record(verb, std::move(details));
  }
  Result<std::uint64_t> record(const Event& event) override {
    REGMARK_TRY(take());
    return log_.record(event);
  }
  Result<std::vector<Entry>> read(const Receipt& receipt, std::uint64_t first,
                                  std::size_t count) const override {
    return log_.read(receipt, first, count);
  }
  Result<std::uint64_t> erase_details(const MachineReceipt& receipt, base::UtcDay before) override {
    return log_.erase_details(receipt, before);
  }
  Result<void> snapshot(const MachineReceipt& receipt,
                        const std::filesystem::path& folder) override {
    return log_.snapshot(receipt, folder);
  }
  std::uint64_t size() const override { return log_.size(); }
  std::string checkpoint() const override { return log_.checkpoint(); }

 private:
  static constexpr int unlimited = -1;

  Result<void> take() {
    int left = left_;
    while (left > 0 && !left_.compare_exchange_weak(left, left - 1)) {
    }
    if (left == 0) return fail(ErrorCode::unavailable, "the disk is full");
    return {};
  }

  Log& log_;
  std::atomic<int> left_ = unlimited;  // intake records from threads of its own
};

}  // namespace regmark::audit
