// What tests of lists share: a database, a log and a clock of their own. Never included by a
// program.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit_testing.h"
#include "base/time_testing.h"
#include "plate/read_testing.h"
#include "records/database_testing.h"
#include "watchlist/lists.h"

namespace regmark::watchlist {

inline base::ListId list_id(std::string_view text) {
  return base::ListId::parse(text).value();
}

inline NewList a_list(std::string_view id, std::string_view review = "2027-01-01") {
  return NewList{.id = list_id(id),
                 .name = "List " + std::string(id),
                 .level = Level::force,
                 .organisation = base::OrganisationId::parse("force-1").value(),
                 .purpose = "stolen vehicles",
                 .priority = Priority::high,
                 .review = base::parse_day(review).value(),
                 .age_max = std::chrono::hours{48},
                 .alert_window = std::chrono::seconds{300}};
}

// Lists in a database of their own, at noon on 1 June 2026.
class TestLists {
 public:
  TestLists() { reopen(); }

  Lists& operator*() { return *lists_; }
  Lists* operator->() { return lists_.get(); }

  // As a restart would.
  void reopen() {
    lists_.reset();
    REGMARK_CHECK(database->migrate(Lists::migrations()).has_value());
    lists_ = Lists::open(*database, clock).value();
  }

  audit::Receipt receipt(access::Act act, access::Scope scope = {},
                         std::string_view person = "person-test") {
    return log.receipt_for(act, std::move(scope), person);
  }
  // These two are asked for once and used while they are good: each new one waits for the disk.
  audit::Receipt change() { return cached(access::Act::change_lists); }
  audit::Receipt withdrawal() { return cached(access::Act::withdraw_entry); }

  void create(const NewList& list) { REGMARK_CHECK(lists_->create(change(), list).has_value()); }
  Result<ImportReport> import(std::string_view list, std::string_view csv) {
    return lists_->import(change(), list_id(list), csv);
  }
  Result<void> withdraw(const base::EntryId& entry) {
    return lists_->withdraw(withdrawal(), entry, "sold");
  }
  Result<void> resolve(const base::EntryId& entry) {
    return lists_->resolve(withdrawal(), entry, "found");
  }
  std::vector<EntryRecord> entries(std::string_view list) {
    return lists_->entries(cached(access::Act::read_lists), list_id(list), 0, entries_page_max)
        .value();
  }
  std::vector<Hit> hits(std::string_view plate) {
    return lists_->hits(plate::a_read("camera-1", plate));
  }

  base::ManualClock clock{"2026-06-01T12:00:00Z"};
  audit::TestLog log{clock};
  records::TestDatabase database;

 private:
  audit::Receipt cached(access::Act act) {
    auto known = receipts_.find(act);
    if (known == receipts_.end() || known->second.permit().valid_until() <= clock.now()) {
      known = receipts_.insert_or_assign(act, receipt(act)).first;
    }
    return known->second;
  }

  std::map<access::Act, audit::Receipt> receipts_;
  std::unique_ptr<Lists> lists_;
};

}  // namespace regmark::watchlist
