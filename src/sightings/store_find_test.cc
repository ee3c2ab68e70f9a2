// What a question finds, page by page, and the pictures of it.
#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sightings/store_suite.h"

namespace regmark::sightings {
namespace {

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

}  // namespace
}  // namespace regmark::sightings
