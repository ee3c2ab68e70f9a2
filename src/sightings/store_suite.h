// What every driver of the store must do. A driver's test names itself:
//
//   INSTANTIATE_TEST_SUITE_P(Embedded, StoreSuite, testing::Values(Driver{"rocksdb", ...}));
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "sightings/sightings_testing.h"
#include "sightings/store.h"

namespace regmark::sightings {

struct Driver {
  std::string name;
  std::function<Result<std::unique_ptr<Store>>(const StoreSettings&, const base::Clock&)> open;
};

inline void PrintTo(const Driver& driver, std::ostream* out) {
  *out << driver.name;
}

// A store in a folder of its own, with a log that gives receipts.
class StoreSuite : public testing::TestWithParam<Driver> {
 protected:
  StoreSuite() {
    clock.set("2026-03-29T12:00:00Z");
    reopen();
  }

  void reopen() {
    store.reset();
    store = GetParam().open(settings(), clock).value();
  }
  StoreSettings settings() const {
    return {.folder = folder.path() / "store", .master_key = {1, 2, 3}};
  }

  base::UtcTime at(std::string_view time) const { return base::parse_utc(time).value(); }
  base::UtcDay today() const { return base::day_of(clock.now()); }

  // A read of "cam-1" with an event of its own.
  plate::Read a_read(std::string_view plate, std::string_view time,
                     std::string_view camera = "cam-1") {
    return maker.any(camera, plate, at(time), "event-" + std::to_string(++events));
  }
  void keep(std::vector<NewSighting> sightings) {
    const auto kept = append_all(*store, sightings);
    ASSERT_TRUE(kept) << kept.error().message;
    for (const auto answer : *kept) EXPECT_EQ(answer, Kept::stored);
  }
  Kept append(const plate::Read& read) { return append_all(*store, {{read, {}}}).value().front(); }

  // Ten years to now: receipts that leave it to the query.
  access::Scope wide(access::Scope scope = {}) const {
    if (!scope.window) scope.window = access::Window{at("2020-01-01T00:00:00Z"), clock.now()};
    return scope;
  }
  std::vector<std::string> plates(const Query& query, const access::Scope& scope = {}) {
    std::vector<std::string> plates;
    for (const auto& read : find_all(*store, log, query, wide(scope))) {
      plates.emplace_back(read.plate.text());
    }
    return plates;
  }
  Result<Page> find(const Query& query, const access::Scope& scope = {}) {
    return store->find(log.receipt_for(access::Act::search_sightings, wide(scope)), query);
  }
  Result<base::Bytes> picture(const plate::ReadId& id, plate::PictureKind kind,
                              access::Scope scope = {}) {
    scope.subject = id.text();
    return store->picture(log.receipt_for(access::Act::search_sightings, wide(scope)), id, kind);
  }
  Result<std::uint64_t> hold(std::string_view name, const Query& query, std::size_t rows = 1'000) {
    const auto id = base::HoldId::parse(name).value();
    return store->hold(log.receipt_for(access::Act::hold_sightings,
                                       wide({.rows_max = rows, .subject = id.text()})),
                       id, query);
  }
  Result<Dropped> drop(base::UtcDay day) {
    return store->drop(log.machine_receipt(audit::MachineVerb::drop), day);
  }
  Result<Dropped> drop_pictures(base::UtcDay day) {
    return store->drop_pictures(log.machine_receipt(audit::MachineVerb::drop), day);
  }
  Result<void> seal(base::UtcDay day) {
    return store->seal(log.machine_receipt(audit::MachineVerb::seal), day);
  }
  void expect_whole(std::uint64_t reads, std::uint64_t pictures = 0) {
    const auto health = store->verify(log.machine_receipt(audit::MachineVerb::verify));
    ASSERT_TRUE(health) << health.error().message;
    EXPECT_EQ(health->reads, reads);
    EXPECT_EQ(health->pictures, pictures);
    EXPECT_EQ(health->faults, std::vector<std::string>());
  }

  base::ManualClock clock;
  base::TestFolder folder;
  audit::TestLog log{clock};
  ReadMaker maker{1};
  int events = 0;
  std::unique_ptr<Store> store;
};

using Strings = std::vector<std::string>;

TEST_P(StoreSuite, GivesBackWhatItKept) {
  std::map<plate::ReadId, plate::Read> kept;
  std::vector<NewSighting> sightings;
  for (int at = 0; at < 200; ++at) {
    auto read = maker.any("cam-" + std::to_string(at % 7), maker.plate_text(),
                          clock.now() - std::chrono::microseconds{maker.below(1'000'000'000'000)},
                          maker.one_in(2) ? maker.uuid() : std::to_string(at));
    kept.emplace(read.id, read);
    sightings.push_back({read, {}});
  }
  keep(sightings);
  for (const bool again : {false, true}) {
    if (again) reopen();
    const auto found = find_all(*store, log, {.rows = 17}, wide());
    ASSERT_EQ(found.size(), kept.size());
    for (const auto& read : found) EXPECT_TRUE(equal(read, kept.at(read.id)));
    EXPECT_TRUE(std::ranges::is_sorted(found, std::ranges::greater{}, &plate::Read::observed));
  }
  expect_whole(200);
}

TEST_P(StoreSuite, KeepsEachReadOnce) {
  const auto first = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  auto again = first;
  again.sent += std::chrono::hours{1};
  again.received += std::chrono::hours{1};
  again.late = true;
  auto other = first;
  other.plate = plate::Plate::parse("AB12CDF").value();
  auto other_day = first;
  other_day.observed -= std::chrono::days{40};
  EXPECT_EQ(append_all(*store, {{first, {}}, {again, {}}, {other, {}}}).value(),
            (std::vector{Kept::stored, Kept::duplicate, Kept::conflict}));
  EXPECT_EQ(append(again), Kept::duplicate);
  EXPECT_EQ(append(other), Kept::conflict);
  EXPECT_EQ(append(other_day), Kept::conflict);
  ASSERT_TRUE(seal(today()));
  reopen();
  EXPECT_EQ(append(again), Kept::duplicate);
  EXPECT_EQ(append(other), Kept::conflict);
  EXPECT_EQ(append(other_day), Kept::conflict);
  const auto found = find_all(*store, log, {}, wide());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(equal(found.front(), first));
  expect_whole(1);
}

// Reads that share all that a key might be made of are still different reads.
TEST_P(StoreSuite, TellsReadsOfOneInstantApart) {
  std::vector<NewSighting> sightings;
  std::set<plate::ReadId> ids;
  for (int at = 0; at < 100; ++at) {
    auto read = a_read("AB12CDE", "2026-03-29T08:00:00Z");
    // Their ids begin alike too.
    auto bytes = read.id.bytes();
    for (std::size_t byte = 0; byte < 12; ++byte) bytes[byte] = 7;
    read.id = plate::ReadId::from_bytes(bytes);
    ids.insert(read.id);
    sightings.push_back({read, {}});
  }
  const auto half = static_cast<std::ptrdiff_t>(sightings.size() / 2);
  keep({sightings.begin(), sightings.begin() + half});
  reopen();
  keep({sightings.begin() + half, sightings.end()});
  EXPECT_EQ(append_all(*store, sightings).value(), std::vector(100, Kept::duplicate));
  for (const auto* pattern : {"AB12CDE", "AB*", ""}) {
    std::set<plate::ReadId> found;
    for (const auto& read : find_all(*store, log, {.plate = pattern, .rows = 7}, wide())) {
      found.insert(read.id);
    }
    EXPECT_EQ(found, ids) << pattern;
  }
  expect_whole(100);
}

TEST_P(StoreSuite, RefusesReadsItMayNotKeep) {
  const auto yesterday =
      estate::TestJustifications::fixed("cam-1", "2026-03-28T00:00:00Z", "2026-03-29T00:00:00Z");
  const auto always = estate::TestJustifications::fixed("cam-1", "1900-01-01T00:00:00Z");
  struct Case {
    const estate::Justification* justification;
    std::string_view time;
    Kept want;
  };
  const Case cases[] = {
      {&yesterday, "2026-03-27T23:59:59.999Z", Kept::not_covered},
      {&yesterday, "2026-03-28T00:00:00Z", Kept::stored},
      {&yesterday, "2026-03-29T00:00:00Z", Kept::not_covered},
      {&always, "2025-03-29T00:00:00Z", Kept::stored},  // 365 days ago
      {&always, "2025-03-28T23:59:59.999Z", Kept::too_old},
      {&always, "1969-12-31T23:59:59Z", Kept::too_old},
      {&always, "2199-01-01T00:00:00Z", Kept::not_covered},  // past what a store can name
  };
  for (const auto& [justification, time, want] : cases) {
    SCOPED_TRACE(time);
    const NewSighting sighting{a_read("AB12CDE", time), {}};
    const CameraBatch batch{*justification, {&sighting, 1}};
    EXPECT_EQ(store->append({&batch, 1}).value(), std::vector{want});
  }
  expect_whole(2);
}

// A mobile camera collects inside its deployment's area only.
TEST_P(StoreSuite, RefusesReadsOutsideTheArea) {
  const base::Area area{{51.5, -0.1}, 1'000};
  const auto mobile = estate::TestJustifications::mobile("cam-1", area);
  auto inside = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  inside.position = base::Position{51.501, -0.1};
  auto outside = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  outside.position = base::Position{52.5, -0.1};
  const NewSighting sightings[] = {{inside, {}}, {outside, {}}};
  const CameraBatch batch{mobile, sightings};
  EXPECT_EQ(store->append({&batch, 1}).value(), (std::vector{Kept::stored, Kept::not_covered}));
}

TEST_P(StoreSuite, RefusesBatchesThatAreWrong) {
  const auto read = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  const auto picture = maker.picture(plate::PictureKind::plate);
  const auto outcome = [&](const NewSighting& sighting, std::string_view camera) {
    const auto justification = estate::TestJustifications::fixed(camera);
    const CameraBatch batch{justification, {&sighting, 1}};
    const auto kept = store->append({&batch, 1});
    return kept ? "kept" : name(kept.error().code);
  };
  EXPECT_STREQ(outcome({read, {}}, "cam-2"), "invalid_input");
  auto long_text = read;
  long_text.raw_text.assign(raw_text_length_max + 1, 'A');
  EXPECT_STREQ(outcome({long_text, {}}, "cam-1"), "invalid_input");
  // Pictures that the read does not name, and names without pictures.
  EXPECT_STREQ(outcome({read, {picture}}, "cam-1"), "invalid_input");
  EXPECT_STREQ(outcome({with_pictures(read, {picture}).read, {}}, "cam-1"), "invalid_input");
  auto swapped = with_pictures(read, {picture});
  swapped.pictures.front().jpeg.back() ^= 1;
  EXPECT_STREQ(outcome(swapped, "cam-1"), "invalid_input");
  const auto large =
      with_pictures(read, {{plate::PictureKind::plate, base::Bytes(picture_size_max + 1, 7)}});
  EXPECT_STREQ(outcome(large, "cam-1"), "limit_exceeded");
  expect_whole(0);
  const auto largest =
      with_pictures(read, {{plate::PictureKind::plate, base::Bytes(picture_size_max, 7)}});
  EXPECT_STREQ(outcome(largest, "cam-1"), "kept");
  EXPECT_EQ(picture_size_max, this->picture(read.id, plate::PictureKind::plate).value().size());
}

TEST_P(StoreSuite, FindsWhatIsAskedFor) {
  auto near = a_read("AB12CDE", "2026-03-29T08:00:00Z", "cam-near");
  near.position = base::Position{51.5, -0.1};
  near.position_by = plate::PositionSource::site;
  auto far = a_read("AB13CDE", "2026-03-29T09:00:00Z", "cam-far");
  far.position = base::Position{53.5, -2.1};
  far.position_by = plate::PositionSource::site;
  auto moving = a_read("XY1", "2026-03-28T23:59:59.999Z", "cam-moving");
  moving.position = base::Position{51.501, -0.1};
  moving.position_by = plate::PositionSource::camera;
  auto nowhere = a_read("AB12CDF", "2026-03-28T08:00:00Z", "cam-nowhere");
  nowhere.position.reset();
  keep({{near, {}}, {moving, {}}});
  ASSERT_TRUE(seal(at("2026-03-28T00:00:00Z") < clock.now() ? base::parse_day("2026-03-28").value()
                                                            : today()));
  keep({{far, {}}, {nowhere, {}}});  // one of them late, after its slice was sealed

  const auto camera = [](const char* id) { return base::CameraId::parse(id).value(); };
  struct Case {
    const char* what;
    Query query;
    Strings want;
  };
  const Case cases[] = {
      {"everything", {}, {"AB13CDE", "AB12CDE", "XY1", "AB12CDF"}},
      {"a plate", {.plate = "ab12 cde"}, {"AB12CDE"}},
      {"a plate that is not there", {.plate = "ZZ1"}, {}},
      {"a beginning", {.plate = "AB12*"}, {"AB12CDE", "AB12CDF"}},
      {"an end", {.plate = "*CDE"}, {"AB13CDE", "AB12CDE"}},
      {"a middle", {.plate = "*2C*"}, {"AB12CDE", "AB12CDF"}},
      {"one character open", {.plate = "AB1?CDE"}, {"AB13CDE", "AB12CDE"}},
      {"no such length", {.plate = "AB1?"}, {}},
      {"a camera", {.cameras = {camera("cam-far")}}, {"AB13CDE"}},
      {"two cameras", {.cameras = {camera("cam-far"), camera("cam-moving")}}, {"AB13CDE", "XY1"}},
      {"an unknown camera", {.cameras = {camera("cam-x")}}, {}},
      {"an area", {.area = base::Area{{51.5, -0.1}, 1'000}}, {"AB12CDE", "XY1"}},
      {"an area and a plate", {.plate = "*1*", .area = base::Area{{51.5, -0.1}, 50}}, {"AB12CDE"}},
      {"an empty area", {.area = base::Area{{0, 0}, 1'000}}, {}},
      {"a window, its end not in it",
       {.window = access::Window{at("2026-03-28T23:59:59.999Z"), at("2026-03-29T09:00:00Z")}},
       {"AB12CDE", "XY1"}},
      {"a window that ends before it begins",
       {.window = access::Window{at("2026-03-29T09:00:00Z"), at("2026-03-28T00:00:00Z")}},
       {}},
  };
  for (const bool again : {false, true}) {
    if (again) reopen();
    for (const auto& [what, query, want] : cases) {
      SCOPED_TRACE(what);
      EXPECT_EQ(plates(query), want);
    }
  }
}

TEST_P(StoreSuite, RefusesQuestionsThatAreNone) {
  const auto outcome = [&](const Query& query) {
    const auto page = find(query);
    return page ? "answered" : name(page.error().code);
  };
  EXPECT_STREQ(outcome({.plate = "*?"}), "invalid_input");
  EXPECT_STREQ(outcome({.plate = "A!"}), "invalid_input");
  EXPECT_STREQ(outcome({.rows = 0}), "invalid_input");
  EXPECT_STREQ(outcome({.rows = page_rows_max + 1}), "invalid_input");
  EXPECT_STREQ(outcome({.rows = page_rows_max}), "answered");
  EXPECT_STREQ(outcome({.after = "page-2"}), "invalid_input");
}

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

TEST_P(StoreSuite, GoesOnFromPageToPage) {
  std::vector<NewSighting> sightings;
  for (int at = 0; at < 25; ++at) {
    // Every third at the same instant as the one before.
    auto read = a_read(at % 2 == 0 ? "AB12CDE" : "AB12CDF", "2026-03-29T08:00:00Z",
                       "cam-" + std::to_string(at % 3));
    read.observed -= std::chrono::hours{5 * (at / 3)};
    read.sent = read.received = read.observed;
    sightings.push_back({read, {}});
  }
  keep(sightings);
  for (const auto* pattern : {"", "AB12CDE", "*2CD*"}) {
    for (const std::size_t rows : {1, 2, 5, 24, 25, 26}) {
      Query query{.plate = pattern, .rows = rows};
      std::set<plate::ReadId> seen;
      std::size_t pages = 0;
      do {
        const auto page = find(query).value();
        for (const auto& read : page.reads) EXPECT_TRUE(seen.insert(read.id).second);
        query.after = page.next;
        ++pages;
      } while (!query.after.empty());
      const std::size_t want = std::string_view(pattern) == "AB12CDE" ? 13 : 25;
      EXPECT_EQ(seen.size(), want);
      EXPECT_EQ(pages, (want + rows - 1) / rows);
    }
  }
  // A place to go on from belongs to its question, and cannot be made up.
  const auto page = find({.plate = "AB*", .rows = 2}).value();
  EXPECT_TRUE(find({.plate = "AB*", .rows = 2, .after = page.next}));
  EXPECT_EQ(find({.plate = "A*", .rows = 2, .after = page.next}).error().code,
            ErrorCode::invalid_input);
  auto changed = page.next;
  changed.back() = changed.back() == '0' ? '1' : '0';
  EXPECT_EQ(find({.plate = "AB*", .rows = 2, .after = changed}).error().code,
            ErrorCode::invalid_input);
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

TEST_P(StoreSuite, ServesPictures) {
  const auto both = with_pictures(
      a_read("AB12CDE", "2026-03-29T08:00:00Z"),
      {maker.picture(plate::PictureKind::plate), maker.picture(plate::PictureKind::overview)});
  const auto none = a_read("AB12CDF", "2026-03-28T08:00:00Z");
  keep({both, {none, {}}});
  for (const bool again : {false, true}) {
    if (again) reopen();
    for (const auto& [kind, jpeg] : both.pictures) {
      EXPECT_EQ(picture(both.read.id, kind).value(), jpeg);
    }
    EXPECT_EQ(picture(none.id, plate::PictureKind::plate).error().code, ErrorCode::not_found);
    EXPECT_EQ(
        picture(plate::ReadId::of(test_camera(1), "?"), plate::PictureKind::plate).error().code,
        ErrorCode::not_found);
    EXPECT_EQ(picture(both.read.id, plate::PictureKind::plate, {.plate = "X*"}).error().code,
              ErrorCode::not_found);
  }
  expect_whole(2, 2);
}

TEST_P(StoreSuite, WhatIsDroppedIsGone) {
  const auto old_day = base::parse_day("2026-03-01").value();
  const auto gone = with_pictures(a_read("AB12CDE", "2026-03-01T08:00:00Z"),
                                  {maker.picture(plate::PictureKind::plate)});
  const auto stays = with_pictures(a_read("AB12CDE", "2026-03-02T08:00:00Z"),
                                   {maker.picture(plate::PictureKind::plate)});
  keep({gone, stays});
  ASSERT_TRUE(seal(old_day));
  const auto dropped = drop(old_day).value();
  EXPECT_EQ(dropped.reads, 1U);
  EXPECT_EQ(dropped.pictures, 1U);
  EXPECT_EQ(dropped.held_copies, 0U);
  for (const bool again : {false, true}) {
    if (again) reopen();
    EXPECT_EQ(plates({}), Strings{"AB12CDE"});
    EXPECT_EQ(picture(gone.read.id, plate::PictureKind::plate).error().code, ErrorCode::not_found);
    EXPECT_TRUE(picture(stays.read.id, plate::PictureKind::plate));
    EXPECT_EQ(append_all(*store, {gone}).value().front(), Kept::too_old);
    EXPECT_EQ(seal(old_day).error().code, ErrorCode::not_found);
    ASSERT_EQ(store->slices().size(), 1U);
    EXPECT_EQ(store->slices().front().day, old_day + std::chrono::days{1});
    // Again is as good as once.
    EXPECT_EQ(drop(old_day).value().reads, 1U);
    expect_whole(1, 1);
  }
  // The id was freed with the read.
  auto same_id = gone.read;
  same_id.observed += std::chrono::days{2};
  same_id.pictures.clear();
  EXPECT_EQ(append(same_id), Kept::stored);
}

TEST_P(StoreSuite, ADayThatIsDroppedEmptyStaysEmpty) {
  const auto day = base::parse_day("2026-03-01").value();
  EXPECT_EQ(drop(day).value().reads, 0U);
  EXPECT_EQ(append(a_read("AB12CDE", "2026-03-01T08:00:00Z")), Kept::too_old);
  EXPECT_EQ(append(a_read("AB12CDE", "2026-03-02T08:00:00Z")), Kept::stored);
}

// Past retention is past showing, even before the slice is dropped.
TEST_P(StoreSuite, ShowsNothingPastRetention) {
  const auto read = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  keep({{read, {}}});
  clock.advance(std::chrono::days{365});
  EXPECT_EQ(plates({}), Strings{"AB12CDE"});
  clock.advance(std::chrono::days{1});
  EXPECT_EQ(plates({}), Strings{});
  EXPECT_EQ(plates({.plate = "AB12CDE"}), Strings{});
  EXPECT_EQ(picture(read.id, plate::PictureKind::plate).error().code, ErrorCode::not_found);
}

TEST_P(StoreSuite, HoldsOutliveTheirSlice) {
  const auto day = base::parse_day("2026-03-01").value();
  const auto held = with_pictures(a_read("AB12CDE", "2026-03-01T08:00:00Z"),
                                  {maker.picture(plate::PictureKind::overview)});
  const auto other = a_read("AB12CDF", "2026-03-01T09:00:00Z");
  const auto later = a_read("AB12CDE", "2026-03-02T08:00:00Z");
  keep({held, {other, {}}, {later, {}}});
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 2U);
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 2U);  // marked once
  EXPECT_EQ(
      hold("case-8", {.plate = "AB*", .window = access::Window{day, day + std::chrono::days{1}}})
          .value(),
      2U);
  reopen();
  EXPECT_EQ(drop(day).value().held_copies, 3U);
  for (const bool again : {false, true}) {
    if (again) reopen();
    // What was held is not found by searching, but by the hold that it is kept for.
    EXPECT_EQ(plates({}), Strings{"AB12CDE"});
    EXPECT_EQ(plates({}, {.subject = "case-7"}), Strings{"AB12CDE"});
    EXPECT_EQ(plates({}, {.subject = "case-8"}), (Strings{"AB12CDF", "AB12CDE"}));
    EXPECT_EQ(plates({.rows = 1}, {.subject = "case-8"}), (Strings{"AB12CDF", "AB12CDE"}));
    EXPECT_EQ(plates({.plate = "*F"}, {.subject = "case-8"}), Strings{"AB12CDF"});
    EXPECT_EQ(plates({}, {.subject = "case-9"}), Strings{});
    EXPECT_EQ(plates({}, {.cameras = {test_camera(5)}, .subject = "case-8"}), Strings{});
    EXPECT_EQ(picture(held.read.id, plate::PictureKind::overview).value(),
              held.pictures.front().jpeg);
    EXPECT_EQ(picture(held.read.id, plate::PictureKind::plate).error().code, ErrorCode::not_found);
    EXPECT_EQ(drop(day).value().held_copies, 3U);
    expect_whole(1);
  }
  const auto copy = find_all(*store, log, {}, wide({.subject = "case-7"}));
  EXPECT_TRUE(equal(copy.front(), held.read));
}

TEST_P(StoreSuite, HoldsAllOrNothing) {
  for (int at = 0; at < 5; ++at) keep({{a_read("AB12CDE", "2026-03-29T08:00:00Z"), {}}});
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}, 4).error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(hold("case-7", {.plate = "ZZ*"}, 4).value(), 0U);
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}, 5).value(), 5U);
}

TEST_P(StoreSuite, PicturesMayGoBeforeTheirReads) {
  const auto day = base::parse_day("2026-03-01").value();
  const auto held = with_pictures(a_read("AB12CDE", "2026-03-01T08:00:00Z"),
                                  {maker.picture(plate::PictureKind::overview)});
  const auto other = with_pictures(a_read("AB12CDF", "2026-03-01T09:00:00Z"),
                                   {maker.picture(plate::PictureKind::plate)});
  keep({held, other});
  EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 1U);
  EXPECT_EQ(drop_pictures(day).value().pictures, 2U);
  const auto late = with_pictures(a_read("AB12CDG", "2026-03-01T10:00:00Z"),
                                  {maker.picture(plate::PictureKind::plate)});
  keep({late});
  for (const bool again : {false, true}) {
    if (again) reopen();
    EXPECT_EQ(plates({}), (Strings{"AB12CDG", "AB12CDF", "AB12CDE"}));
    for (const auto& sighting : {other, late}) {
      EXPECT_EQ(picture(sighting.read.id, plate::PictureKind::plate).error().code,
                ErrorCode::not_found);
    }
    EXPECT_EQ(drop_pictures(day).value().pictures, 2U);
    EXPECT_EQ(hold("case-7", {.plate = "AB12CDE"}).value(), 1U);
    // What was held before is shown on.
    EXPECT_EQ(picture(held.read.id, plate::PictureKind::overview).value(),
              held.pictures.front().jpeg);
  }
  const auto dropped = drop(day).value();
  EXPECT_EQ(dropped.reads, 3U);
  EXPECT_EQ(dropped.pictures, 0U);
  EXPECT_EQ(dropped.held_copies, 1U);
  EXPECT_EQ(picture(held.read.id, plate::PictureKind::overview).value(),
            held.pictures.front().jpeg);
  EXPECT_EQ(plates({}), Strings{});
  expect_whole(0);
}

// Nothing was kept of that day yet: what comes later is kept without pictures all the same.
TEST_P(StoreSuite, PicturesOfAnEmptyDayMayGoToo) {
  const auto day = base::parse_day("2026-03-01").value();
  EXPECT_EQ(drop_pictures(day).value().pictures, 0U);
  reopen();
  EXPECT_EQ(drop_pictures(day).value().pictures, 0U);
  const auto late = with_pictures(a_read("AB12CDE", "2026-03-01T10:00:00Z"),
                                  {maker.picture(plate::PictureKind::plate)});
  keep({late});
  EXPECT_EQ(plates({}), Strings{"AB12CDE"});
  EXPECT_EQ(picture(late.read.id, plate::PictureKind::plate).error().code, ErrorCode::not_found);
  expect_whole(1);
  EXPECT_EQ(drop(day).value().reads, 1U);
  reopen();
  expect_whole(0);
}

TEST_P(StoreSuite, CountsByCamera) {
  const auto day = base::parse_day("2026-03-28").value();
  const auto counted = [&] {
    std::map<std::string, std::uint64_t> counts;
    const auto answer = store->counts(log.machine_receipt(audit::MachineVerb::count), day).value();
    for (const auto& [camera, reads] : answer) counts[camera.text()] = reads;
    return counts;
  };
  using Counts = std::map<std::string, std::uint64_t>;
  EXPECT_EQ(counted(), Counts());
  keep({{a_read("AB12CDE", "2026-03-28T08:00:00Z", "cam-1"), {}},
        {a_read("AB12CDE", "2026-03-28T08:00:01Z", "cam-1"), {}},
        {a_read("AB12CDE", "2026-03-28T08:00:01Z", "cam-2"), {}},
        {a_read("AB12CDE", "2026-03-29T08:00:01Z", "cam-2"), {}}});
  EXPECT_EQ(counted(), (Counts{{"cam-1", 2}, {"cam-2", 1}}));
  ASSERT_TRUE(seal(day));
  EXPECT_EQ(counted(), (Counts{{"cam-1", 2}, {"cam-2", 1}}));
  keep({{a_read("AB12CDE", "2026-03-28T08:00:00Z", "cam-2"), {}}});
  EXPECT_EQ(counted(), (Counts{{"cam-1", 2}, {"cam-2", 2}}));
  ASSERT_TRUE(seal(day));
  EXPECT_EQ(counted(), (Counts{{"cam-1", 2}, {"cam-2", 2}}));
}

TEST_P(StoreSuite, TellsOfItsSlices) {
  EXPECT_TRUE(store->slices().empty());
  const auto day = base::parse_day("2026-03-28").value();
  keep({with_pictures(a_read("AB12CDE", "2026-03-28T08:00:00Z"),
                      {maker.picture(plate::PictureKind::plate)}),
        {a_read("AB12CDE", "2026-03-29T08:00:00Z"), {}}});
  ASSERT_TRUE(seal(day));
  const auto slices = store->slices();
  ASSERT_EQ(slices.size(), 2U);
  EXPECT_EQ(slices[0].day, day);
  EXPECT_EQ(slices[0].reads, 1U);
  EXPECT_TRUE(slices[0].sealed);
  EXPECT_GT(slices[0].bytes, 0U);
  EXPECT_EQ(slices[1].day, day + std::chrono::days{1});
  EXPECT_FALSE(slices[1].sealed);
  EXPECT_EQ(seal(base::parse_day("2026-03-01").value()).error().code, ErrorCode::not_found);
}

// Several threads keep, look, seal and drop at once; at the end everything adds up.
TEST_P(StoreSuite, ManyMayUseItAtOnce) {
  constexpr int writers = 3;
  constexpr int rounds = 30;
  const auto old_day = base::parse_day("2026-03-01").value();
  std::atomic<int> working = writers + 1;
  std::atomic<int> dropped_before_the_end = 0;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&, writer] {
      ReadMaker own(static_cast<std::uint64_t>(writer));
      const auto camera = "cam-" + std::to_string(writer);
      for (int round = 0; round < rounds; ++round) {
        const auto time = at("2026-03-29T00:00:00Z") + std::chrono::seconds{round};
        const auto event = std::to_string(round);
        // Each writer also sends what another one sends.
        const auto kept = append_all(
            *store, {{own.plain(camera, "AB" + event, time, event), {}},
                     {ReadMaker(7).plain("cam-x", "X" + event, time, event), {}},
                     {own.plain(camera, "OLD", time - std::chrono::days{28}, "old" + event), {}}});
        EXPECT_TRUE(kept);
        EXPECT_EQ((*kept)[0], Kept::stored);
        EXPECT_TRUE((*kept)[1] == Kept::stored || (*kept)[1] == Kept::duplicate);
        // The old day is dropped in the midst of it.
        if (round == rounds / 2) {
          while (dropped_before_the_end == 0) std::this_thread::yield();
        }
        if (round > rounds / 2) {
          EXPECT_EQ((*kept)[2], Kept::too_old);
        }
      }
      --working;
    });
  }
  threads.emplace_back([&] {
    for (int round = 0; round < 3; ++round) {
      if (const auto sealed = seal(today()); !sealed) {
        EXPECT_EQ(sealed.error().code, ErrorCode::not_found);
      }
      const auto dropped = drop(old_day);
      EXPECT_TRUE(dropped) << dropped.error().message;
      ++dropped_before_the_end;
      const auto health = store->verify(log.machine_receipt(audit::MachineVerb::verify)).value();
      EXPECT_EQ(health.faults, Strings());
    }
    --working;
  });
  threads.emplace_back([&] {
    while (working > 0) {
      for (const auto* pattern : {"AB1*", "OLD", ""}) {
        const auto page = find({.plate = pattern, .rows = 1'000});
        EXPECT_TRUE(page) << page.error().message;
      }
    }
  });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(plates({.plate = "AB*"}).size(), std::size_t{writers} * rounds);
  EXPECT_EQ(plates({.plate = "X*"}).size(), std::size_t{rounds});
  EXPECT_EQ(plates({.plate = "OLD"}).size(), 0U);
  expect_whole(std::uint64_t{writers} * rounds + rounds);
}

// One step in the life of a store and of its twin.
struct StoreStep {
  enum class What : std::uint8_t { append, seal, drop, reopen, find };
  What what;
  std::uint64_t seed;  // what exactly is made up from it
};

inline void PrintTo(const StoreStep& step, std::ostream* out) {
  *out << static_cast<int>(step.what) << ":" << step.seed;
}
inline void showValue(const StoreStep& step, std::ostream& out) {
  PrintTo(step, &out);
}

// Lives through steps with a store and its twin, and looks whether they agree.
class TwinLife {
 public:
  TwinLife(const Driver& driver, audit::TestLog& log, const base::ManualClock& clock)
      : driver_(driver), log_(log), clock_(clock), twin_(clock) {
    reopen();
  }

  void live(const StoreStep& step) {
    ReadMaker maker(step.seed);
    const auto day = days_from_ + std::chrono::days{maker.below(days)};
    switch (step.what) {
      case StoreStep::What::append:
        return append(maker);
      case StoreStep::What::seal:
        static_cast<void>(store_->seal(log_.machine_receipt(audit::MachineVerb::seal), day));
        return;
      case StoreStep::What::drop:
        RC_ASSERT(store_->drop(log_.machine_receipt(audit::MachineVerb::drop), day).has_value());
        return twin_.drop(day);
      case StoreStep::What::reopen:
        return reopen();
      case StoreStep::What::find:
        return find(maker);
    }
  }
  void end() {
    const auto health = store_->verify(log_.machine_receipt(audit::MachineVerb::verify)).value();
    RC_ASSERT(health.faults == Strings());
    RC_ASSERT(health.reads == twin_.size());
  }

  // How often the rare things happened.
  std::size_t found = 0, duplicates = 0, conflicts = 0, too_old = 0;

 private:
  static constexpr std::uint64_t days = 4;
  static constexpr std::uint64_t cameras = 3;

  void reopen() {
    store_.reset();
    store_ = driver_.open({.folder = folder_.path() / "store", .master_key = {9}}, clock_).value();
  }

  // Few events, each with two contents: many are sent twice, some with another content.
  plate::Read made_up(ReadMaker& maker) {
    const auto event = maker.below(60);
    ReadMaker of_event(2 * event + (maker.one_in(8) ? 1 : 0));
    const auto time = days_from_ + std::chrono::days{of_event.below(days)} +
                      std::chrono::hours{of_event.below(24)} +
                      std::chrono::microseconds{of_event.one_in(2) ? of_event.below(3) : 0};
    return of_event.any("cam-" + std::to_string(event % cameras), of_event.plate_text(), time,
                        std::to_string(event));
  }

  void append(ReadMaker& maker) {
    std::vector<NewSighting> sightings;
    std::vector<Kept> want;
    for (auto left = 1 + maker.below(12); left > 0; --left) {
      sightings.push_back({made_up(maker), {}});
      want.push_back(twin_.append(sightings.back().read));
      duplicates += want.back() == Kept::duplicate ? 1 : 0;
      conflicts += want.back() == Kept::conflict ? 1 : 0;
      too_old += want.back() == Kept::too_old ? 1 : 0;
    }
    RC_ASSERT(append_all(*store_, sightings).value() == want);
  }

  std::string pattern(ReadMaker& maker) {
    auto text = maker.plate_text();
    if (maker.one_in(3)) return text;
    text[maker.below(text.size())] = '?';
    if (maker.one_in(2)) text[maker.below(text.size())] = '*';
    if (maker.one_in(2)) text += '*';
    if (maker.one_in(2)) text = '*' + text;
    return text.find_first_not_of("*?") == std::string::npos ? "A*" : text;
  }
  std::vector<base::CameraId> some_cameras(ReadMaker& maker) {
    std::vector<base::CameraId> some;
    for (auto left = maker.below(3); left > 0; --left) {
      some.push_back(test_camera(maker.below(cameras + 1)));
    }
    return some;
  }
  base::Area area(ReadMaker& maker) {
    return {{51.0 + 0.1 * static_cast<double>(maker.below(3)), -0.1},
            static_cast<double>(maker.below(20'000))};
  }
  access::Window window(ReadMaker& maker) {
    const auto from = days_from_ + std::chrono::hours{maker.below(24 * days)};
    return {from, from + std::chrono::hours{1 + maker.below(48)}};
  }

  void find(ReadMaker& maker) {
    Query query;
    access::Scope scope{.window = access::Window{days_from_, clock_.now()}};
    if (maker.one_in(2)) query.plate = pattern(maker);
    if (maker.one_in(3)) query.cameras = some_cameras(maker);
    if (maker.one_in(3)) query.area = area(maker);
    if (maker.one_in(3)) query.window = window(maker);
    if (maker.one_in(3)) scope.plate = pattern(maker);
    if (maker.one_in(3)) scope.cameras = some_cameras(maker);
    if (maker.one_in(4)) scope.area = area(maker);
    if (maker.one_in(2)) scope.window = window(maker);
    query.rows = 1 + maker.below(9);
    const auto want = twin_.find(query, scope);
    std::set<plate::ReadId> ids;
    const auto reads = find_all(*store_, log_, query, scope);
    for (const auto& read : reads) {
      RC_ASSERT(ids.insert(read.id).second);
      RC_ASSERT(want.contains(read.id));
      RC_ASSERT(equal(read, twin_.read(read.id)));
    }
    RC_ASSERT(ids.size() == want.size());
    RC_ASSERT(std::ranges::is_sorted(reads, std::ranges::greater{}, &plate::Read::observed));
    found += ids.size();
  }

  const Driver& driver_;
  audit::TestLog& log_;
  const base::ManualClock& clock_;
  // So long ago that no window made up here ends in the future: no permit covers that.
  const base::UtcDay days_from_ = base::parse_day("2026-03-22").value();
  SlowTwin twin_;
  base::TestFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_P(StoreSuite, FindsWhatItsTwinFinds) {
  using What = StoreStep::What;
  const auto step =
      rc::gen::construct<StoreStep>(rc::gen::weightedElement<What>({{8, What::append},
                                                                    {3, What::seal},
                                                                    {1, What::drop},
                                                                    {1, What::reopen},
                                                                    {12, What::find}}),
                                    rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>()));
  EXPECT_TRUE(rc::check("a store and its slow twin agree", [&] {
    const auto steps = *rc::gen::container<std::vector<StoreStep>>(step);
    TwinLife life(GetParam(), log, clock);
    for (const auto& one : steps) life.live(one);
    life.end();
    RC_CLASSIFY(life.found > 0, "found some");
    RC_CLASSIFY(life.duplicates > 0, "met duplicates");
    RC_CLASSIFY(life.conflicts > 0, "met conflicts");
    RC_CLASSIFY(life.too_old > 0, "met reads of dropped days");
  }));
}

}  // namespace regmark::sightings
