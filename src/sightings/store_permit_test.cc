// What a store shows under a permit, and that it shows no more.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>

#include "sightings/store_suite.h"

namespace regmark::sightings {
namespace {

TEST_P(StoreSuite, CutsEveryAnswerToThePermit) {
  auto one = a_read("AB12CDE", "2026-03-29T08:00:00Z", "cam-1");
  one.position = base::Position{51.5, -0.1};
  auto two = a_read("AB12CDF", "2026-03-29T09:00:00Z", "cam-2");
  two.position = base::Position{52.5, -0.1};
  keep({{one, {}}, {two, {}}});
  const auto camera = [](const char* id) { return base::CameraId::parse(id).value(); };
  struct Case {
    const char* what;
    access::Scope permitted;
    Query asked;
    Strings want;
  };
  const Case cases[] = {
      {"all", {}, {}, {"AB12CDF", "AB12CDE"}},
      {"a plate", {.plate = "AB12CDE"}, {}, {"AB12CDE"}},
      {"a plate within a pattern", {.plate = "AB12*"}, {.plate = "AB12CDE"}, {"AB12CDE"}},
      {"a pattern within a plate", {.plate = "AB12CDE"}, {.plate = "AB12*"}, {"AB12CDE"}},
      {"two patterns", {.plate = "AB*"}, {.plate = "*DF"}, {"AB12CDF"}},
      {"another plate", {.plate = "AB12CDE"}, {.plate = "AB12CDF"}, {}},
      {"a camera", {.cameras = {camera("cam-1")}}, {}, {"AB12CDE"}},
      {"another camera", {.cameras = {camera("cam-1")}}, {.cameras = {camera("cam-2")}}, {}},
      {"an area", {.area = base::Area{{51.5, -0.1}, 1'000}}, {}, {"AB12CDE"}},
      {"another area",
       {.area = base::Area{{51.5, -0.1}, 1'000}},
       {.area = base::Area{{52.5, -0.1}, 1'000}},
       {}},
      {"a window",
       {.window = access::Window{at("2026-03-29T08:30:00Z"), at("2026-03-29T10:00:00Z")}},
       {},
       {"AB12CDF"}},
      {"another window",
       {.window = access::Window{at("2026-03-29T08:30:00Z"), at("2026-03-29T10:00:00Z")}},
       {.window = access::Window{at("2026-03-29T07:30:00Z"), at("2026-03-29T08:30:00Z")}},
       {}},
  };
  for (const auto& [what, permitted, asked, want] : cases) {
    SCOPED_TRACE(what);
    EXPECT_EQ(plates(asked, permitted), want);
    // What may not be found may not be seen by its id either.
    for (const auto& read : {one, two}) {
      auto scope = wide(permitted);
      scope.subject = read.id.text();
      const auto seen = store->read(log.receipt_for(access::Act::search_sightings, scope), read.id);
      const auto may_see = plates({}, permitted);
      const bool visible = std::ranges::find(may_see, read.plate.text()) != may_see.end();
      EXPECT_EQ(seen.has_value(), visible);
      if (!seen) {
        EXPECT_EQ(seen.error().code, ErrorCode::not_found);
      }
    }
  }
  EXPECT_EQ(find({}, {.plate = "??"}).error().code, ErrorCode::invalid_input);
}

TEST_P(StoreSuite, OpensOnlyForTheRightReceipt) {
  const auto read = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  keep({{read, {}}});
  const auto refused = [](const auto& result) {
    return !result && result.error().code == ErrorCode::invalid_input;
  };
  const auto hold = base::HoldId::parse("case-7").value();
  const auto search = log.receipt_for(access::Act::search_sightings, wide());
  EXPECT_TRUE(store->find(search, {}));
  EXPECT_TRUE(refused(store->hold(search, hold, {})));
  EXPECT_TRUE(refused(store->read(search, read.id)));  // it names no subject
  const auto to_hold = log.receipt_for(access::Act::hold_sightings, wide({.subject = hold.text()}));
  EXPECT_TRUE(refused(store->find(to_hold, {})));
  EXPECT_TRUE(refused(store->hold(to_hold, base::HoldId::parse("case-8").value(), {})));
  const auto watch = log.receipt_for(access::Act::watch_alerts, {.subject = read.id.text()});
  EXPECT_TRUE(refused(store->find(watch, {})));
  EXPECT_TRUE(store->read(watch, read.id));
  const auto lists = log.receipt_for(access::Act::read_lists, {.subject = read.id.text()});
  EXPECT_TRUE(refused(store->read(lists, read.id)));
  const auto of_read =
      log.receipt_for(access::Act::search_sightings, wide({.subject = read.id.text()}));
  EXPECT_TRUE(equal(store->read(of_read, read.id).value(), read));
  EXPECT_TRUE(store->find(of_read, {}).value().reads.empty());

  const auto verb = [&](audit::MachineVerb one) { return log.machine_receipt(one); };
  EXPECT_TRUE(refused(store->seal(verb(audit::MachineVerb::drop), today())));
  EXPECT_TRUE(refused(store->drop(verb(audit::MachineVerb::seal), today())));
  EXPECT_TRUE(refused(store->drop_pictures(verb(audit::MachineVerb::copy_hold), today())));
  EXPECT_TRUE(refused(store->verify(verb(audit::MachineVerb::count))));
  EXPECT_TRUE(refused(store->counts(verb(audit::MachineVerb::verify), today())));

  clock.advance(std::chrono::hours{24});
  EXPECT_TRUE(refused(store->find(search, {})));
  EXPECT_TRUE(refused(store->read(of_read, read.id)));
  EXPECT_TRUE(refused(store->hold(to_hold, hold, {})));
}

TEST_P(StoreSuite, GivesNoMoreRowsThanPermitted) {
  for (int at = 0; at < 10; ++at) keep({{a_read("AB12CDE", "2026-03-29T08:00:00Z"), {}}});
  const auto receipt = log.receipt_for(access::Act::search_sightings, wide({.rows_max = 5}));
  Query query{.rows = 3};
  const auto first = store->find(receipt, query).value();
  EXPECT_EQ(first.reads.size(), 3U);
  query.after = first.next;
  const auto second = store->find(receipt, query).value();
  EXPECT_EQ(second.reads.size(), 2U);
  query.after = second.next;
  EXPECT_EQ(store->find(receipt, query).error().code, ErrorCode::limit_exceeded);
  // Another permit is another question on record.
  const auto other = log.receipt_for(access::Act::search_sightings, wide({.rows_max = 5}));
  EXPECT_EQ(store->find(other, query).value().reads.size(), 3U);
  // A permit for one page, and the next page's permit, find all.
  std::size_t rows = 0;
  for (query = {.rows = 5}; rows < 100;) {
    const auto one = log.receipt_for(access::Act::search_sightings, wide({.rows_max = 5}));
    const auto page = store->find(one, query).value();
    rows += page.reads.size();
    query.after = page.next;
    if (page.next.empty()) break;
  }
  EXPECT_EQ(rows, 10U);
}

}  // namespace
}  // namespace regmark::sightings
