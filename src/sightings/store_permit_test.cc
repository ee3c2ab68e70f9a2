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

TEST_P(StoreSuite, ShowsNoMoreOfAReadThanPermitted) {
  auto read = a_read("AB12CDE", "2026-03-29T08:00:00Z");
  read.position = base::make_position(53, -1.5).value();
  read.heading = 90.0F;
  read.direction = plate::Direction::approaching;
  read.lane = 2;
  read.make = {"FORD", 0.9F};
  const auto kept = with_pictures(read, {maker.picture(plate::PictureKind::plate)});
  keep({kept});
  const auto shown = [&](const access::Fields& fields) {
    return find_all(*store, log, {}, wide({.fields = fields})).front();
  };
  EXPECT_TRUE(equal(shown({}), kept.read));
  const auto bare = shown(access::no_fields);
  EXPECT_EQ(bare.plate, read.plate);
  EXPECT_EQ(bare.camera, read.camera);
  EXPECT_FALSE(bare.position || bare.heading || bare.lane);
  EXPECT_EQ(bare.direction, plate::Direction::unknown);
  EXPECT_EQ(bare.make.text, "");
  EXPECT_TRUE(bare.pictures.empty());
  const auto vehicle = shown({.place = false, .vehicle = true, .pictures = false});
  EXPECT_EQ(vehicle.make, read.make);
  EXPECT_FALSE(vehicle.position);
  EXPECT_TRUE(picture(read.id, plate::PictureKind::plate));
  EXPECT_EQ(picture(read.id, plate::PictureKind::plate, {.fields = access::no_fields}).error().code,
            ErrorCode::not_found);
  const auto of_read =
      log.receipt_for(access::Act::search_sightings,
                      wide({.fields = access::no_fields, .subject = read.id.text()}));
  EXPECT_FALSE(store->read(of_read, read.id).value().position);
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
  // Another receipt for as few opens no more.
  const auto other = log.receipt_for(access::Act::search_sightings, wide({.rows_max = 5}));
  EXPECT_EQ(store->find(other, query).error().code, ErrorCode::limit_exceeded);
  // The next page of a question wants a permit for the rows before it as well.
  std::size_t rows = 0;
  for (query = {.rows = 5}; rows < 100;) {
    EXPECT_EQ(store->rows_before(query), rows);
    if (rows > 0) {
      const auto too_few = log.receipt_for(access::Act::search_sightings, wide({.rows_max = rows}));
      EXPECT_EQ(store->find(too_few, query).error().code, ErrorCode::limit_exceeded);
    }
    const auto one =
        log.receipt_for(access::Act::search_sightings, wide({.rows_max = rows + query.rows}));
    const auto page = store->find(one, query).value();
    rows += page.reads.size();
    query.after = page.next;
    if (page.next.empty()) break;
  }
  EXPECT_EQ(rows, 10U);
  query.plate = "AB12*";
  query.after = second.next;
  EXPECT_EQ(store->rows_before(query).error().code, ErrorCode::invalid_input);
}

// For its keeper: of any age, of these cases alone, and each read once.
TEST_P(StoreSuite, FindsWhatIsHeldAboutOneVehicle) {
  const auto old = a_read("AB12CDE", "2026-03-01T08:00:00Z");
  const auto recent = a_read("AB12CDE", "2026-03-28T08:00:00Z");
  const auto other = a_read("AB12CDF", "2026-03-01T08:00:00Z");
  keep({{old, {}}, {recent, {}}, {other, {}}});
  for (const auto* name : {"case-7", "case-8"}) {
    ASSERT_TRUE(hold(name, {.plate = "AB12CD*"}));
  }
  ASSERT_TRUE(drop(base::parse_day("2026-03-01").value()));
  const auto window = access::Window{at("2026-01-01T00:00:00Z"), clock.now()};
  const auto about = [&](std::string plate, const std::vector<std::string_view>& holds,
                         const access::Window& observed, std::size_t rows = 10) {
    std::vector<base::HoldId> ids;
    for (const auto name : holds) ids.push_back(base::HoldId::parse(name).value());
    const auto receipt =
        log.receipt_for(access::Act::answer_subject,
                        {.plate = std::move(plate),
                         .window = access::Window{clock.now() - std::chrono::hours{1}, clock.now()},
                         .rows_max = rows,
                         .subject = "request"});
    return store->held_about(receipt, ids, observed);
  };
  const auto ids_of = [](const Result<HeldReads>& held) {
    std::vector<plate::ReadId> ids;
    for (const auto& read : held.value().reads) ids.push_back(read.id);
    return ids;
  };
  using Ids = std::vector<plate::ReadId>;
  for (const bool again : {false, true}) {
    if (again) reopen();
    EXPECT_EQ(ids_of(about("AB12CDE", {"case-7", "case-8"}, window)), (Ids{recent.id, old.id}));
    EXPECT_EQ(ids_of(about("AB12CDE", {"case-8"}, window)), (Ids{recent.id, old.id}));
    EXPECT_EQ(ids_of(about("AB12CDE", {"case-9"}, window)), Ids{});
    EXPECT_EQ(ids_of(about("AB12CDE", {}, window)), Ids{});
    EXPECT_EQ(ids_of(about("AB12CDF", {"case-7"}, window)), Ids{other.id});
    const access::Window march{at("2026-03-01T00:00:00Z"), at("2026-03-02T00:00:00Z")};
    EXPECT_EQ(ids_of(about("AB12CDE", {"case-7"}, march)), Ids{old.id});
    const auto some = about("AB12CDE", {"case-7"}, window, 1);
    EXPECT_EQ(ids_of(some), Ids{recent.id});
    EXPECT_FALSE(some->is_all);
  }
  EXPECT_EQ(about("AB12CD*", {"case-7"}, window).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(store->held_about(log.receipt_for(access::Act::search_sightings, wide()), {}, window)
                .error()
                .code,
            ErrorCode::invalid_input);
}

}  // namespace
}  // namespace regmark::sightings
