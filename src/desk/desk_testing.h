// Every room that a desk reaches into, real ones, in a folder of their own. Never included by a
// program.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/access_testing.h"
#include "audit/audit_testing.h"
#include "base/check.h"
#include "base/time_testing.h"
#include "desk/desk.h"
#include "records/database_testing.h"

namespace regmark::desk {

// Forwards to a real log until it is told that the disk is full.
class FlakyLog final : public audit::Log {
 public:
  explicit FlakyLog(audit::Log& log) : log_(log) {}

  // So many more records are taken; then each fails.
  void fill_up_after(int records) { left_ = records; }

  Result<audit::Receipt> record(const access::Permit& permit) override {
    if (is_full()) return full();
    return log_.record(permit);
  }
  Result<std::uint64_t> record(const access::Request& request,
                               const access::Refusal& refusal) override {
    if (is_full()) return full();
    return log_.record(request, refusal);
  }
  Result<std::uint64_t> record(const audit::Receipt& receipt,
                               const audit::Outcome& outcome) override {
    if (is_full()) return full();
    return log_.record(receipt, outcome);
  }
  Result<audit::MachineReceipt> record(audit::MachineVerb verb, std::string details) override {
    if (is_full()) return full();
    return log_.record(verb, std::move(details));
  }
  Result<std::uint64_t> record(const audit::Event& event) override {
    if (is_full()) return full();
    return log_.record(event);
  }
  Result<std::vector<audit::Entry>> read(const audit::Receipt& receipt, std::uint64_t first,
                                         std::size_t count) const override {
    return log_.read(receipt, first, count);
  }
  Result<std::uint64_t> erase_details(const audit::MachineReceipt& receipt,
                                      base::UtcDay before) override {
    return log_.erase_details(receipt, before);
  }
  std::uint64_t size() const override { return log_.size(); }
  std::string checkpoint() const override { return log_.checkpoint(); }

 private:
  bool is_full() {
    if (left_ < 0) return false;
    return left_-- <= 0;
  }
  static tl::unexpected<Error> full() { return fail(ErrorCode::unavailable, "the disk is full"); }

  audit::Log& log_;
  int left_ = -1;
};

class TestDesk {
 public:
  TestDesk() {
    REGMARK_CHECK(database->migrate(people::People::migrations()));
    REGMARK_CHECK(database->migrate(estate::Estate::migrations()));
    REGMARK_CHECK(database->migrate(watchlist::Lists::migrations()));
    REGMARK_CHECK(database->migrate(alerts::Alerts::migrations()));
    people.emplace(*database, clock);
    estate = estate::Estate::open(*database, clock).value();
    lists = watchlist::Lists::open(*database, clock).value();
    store =
        sightings::open_embedded(
            {.folder = log.folder() / "sightings", .master_key = base::random_bytes<32>()}, clock)
            .value();
    alerts = alerts::Alerts::open(*database, clock).value();
    desk.emplace(
        Desk{access::Policy::built_in(), flaky, *people, *estate, *lists, *store, *alerts, clock});
  }

  Asker asker(std::vector<access::Role> roles) const {
    return {access::test_person("person-test", std::move(roles)), access::test_purpose(),
            clock.now() + std::chrono::hours{8}};
  }
  // Everything on record, as an auditor reads it.
  std::vector<audit::Entry> records() {
    const auto size = log.log().size();
    return log.log().read(log.receipt_for(access::Act::read_audit), 0, size).value();
  }

  base::ManualClock clock{"2026-03-28T10:00:00Z"};
  audit::TestLog log{clock};
  FlakyLog flaky{log.log()};
  records::TestDatabase database;
  std::optional<people::People> people;
  std::unique_ptr<estate::Estate> estate;
  std::unique_ptr<watchlist::Lists> lists;
  std::unique_ptr<sightings::Store> store;
  std::unique_ptr<alerts::Alerts> alerts;
  std::optional<Desk> desk;
};

}  // namespace regmark::desk
