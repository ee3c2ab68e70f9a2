// What the register holds beside what the estate did: each pair, and what is asked of both.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "camera_register/camera_register_testing.h"

namespace regmark::camera_register {
namespace {

using estate::CameraActs;

base::UtcTime at(std::string_view day) {
  return test_day(day) + std::chrono::hours{9};
}

CameraActs put_up(std::string_view day, std::string_view removed = "") {
  CameraActs acts{.camera = base::CameraId::parse("a").value(),
                  .site = base::SiteId::parse("gate").value(),
                  .installed = at(day),
                  .purpose = "local_crime"};
  if (!removed.empty()) acts.removed = at(removed);
  return acts;
}

Known held(std::string_view installed, std::string_view removed = "",
           std::string_view entered = "2023-01-10") {
  Known one{test_camera("a", installed), test_day(entered)};
  if (!removed.empty()) {
    one.camera.is_removed = true;
    one.camera.removed = {test_day(removed), Certainty::exact};
  }
  return one;
}

std::string said(const Dated& dated) {
  if (!dated.day) return "?";
  return (dated.how == Certainty::approximate ? "~" : "") + base::format_day(*dated.day);
}

// "fixed 2014-01-01 to 2025-01-01 local_crime"
std::string said(const std::vector<Known>& all) {
  std::string text;
  for (const auto& one : all) {
    const auto& camera = one.camera;
    text += (text.empty() ? "" : "; ") + std::string(name(camera.kind)) + " " +
            said(camera.installed) + (camera.is_removed ? " to " + said(camera.removed) : "") +
            " " + std::string(name(camera.ground));
  }
  return text;
}

TEST(Join, CountsWhatNobodyImported) {
  EXPECT_EQ(said(join({}, {.cameras = {put_up("2025-03-01")}})), "fixed 2025-03-01 local_crime");
  EXPECT_EQ(said(join({}, {.cameras = {put_up("2025-03-01", "2025-06-01")}})),
            "fixed 2025-03-01 to 2025-06-01 local_crime");
  auto mobile = put_up("2025-03-01");
  mobile.site.reset();
  mobile.purpose = "community_confidence";
  EXPECT_EQ(said(join({}, {.cameras = {mobile}})), "movable 2025-03-01 community_confidence");
  // Particulars that were written down of it, beside the act.
  auto known = held("", "", "2025-03-01");
  known.camera.kind = CameraKind::in_vehicle;
  EXPECT_EQ(said(join({known}, {.cameras = {mobile}})),
            "in_vehicle 2025-03-01 community_confidence");
}

TEST(Join, TheEstatesActWinsAndWhatWasBeforeItStays) {
  struct Case {
    std::string_view what;
    Known known;
    CameraActs acts;
    std::string_view want;
  };
  auto inherited = put_up("2023-01-10");
  inherited.was_inherited = true;
  inherited.purpose.clear();
  auto stopped = inherited;
  stopped.removed = at("2025-06-01");
  auto about = held("2025-01-01", "", "2024-01-01");
  about.camera.installed.how = Certainty::approximate;
  auto unknown = held("2014-01-01", "2019-01-01");
  unknown.camera.removed = {};
  auto unknown_later = held("2014-01-01", "2019-01-01", "2025-04-01");
  unknown_later.camera.removed = {};
  const Case cases[] = {
      {"gone, nobody knows when, and another under its name", unknown, put_up("2025-03-01"),
       "fixed 2014-01-01 to ? not_recorded; fixed 2025-03-01 local_crime"},
      {"gone, somebody wrote down since", unknown_later, put_up("2025-03-01"),
       "fixed 2014-01-01 local_crime"},
      {"it stood before it was decided", held("2014-01-01"), put_up("2025-03-01"),
       "fixed 2014-01-01 local_crime"},
      {"since when nobody knows", held(""), put_up("2025-03-01"), "fixed ? local_crime"},
      {"about then", about, put_up("2025-03-01"), "fixed 2025-03-01 local_crime"},
      {"later, says the register", held("2025-09-01"), put_up("2025-03-01"),
       "fixed 2025-03-01 local_crime"},
      {"inherited", held("2014-01-01"), inherited, "fixed 2014-01-01 not_recorded"},
      {"inherited, nobody knows since when", held(""), inherited, "fixed ? not_recorded"},
      {"inherited, and stopped", held("2014-01-01"), stopped,
       "fixed 2014-01-01 to 2025-06-01 not_recorded"},
      {"gone, says the register", held("2014-01-01", "2024-01-01"), inherited,
       "fixed 2014-01-01 not_recorded"},
      {"gone on another day", held("2014-01-01", "2025-01-01"), stopped,
       "fixed 2014-01-01 to 2025-06-01 not_recorded"},
      {"another under its name", held("2014-01-01", "2019-01-01"), put_up("2025-03-01"),
       "fixed 2014-01-01 to 2019-01-01 not_recorded; fixed 2025-03-01 local_crime"},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(said(join({one.known}, {.cameras = {one.acts}})), one.want) << one.what;
  }
}

TEST(Join, AnImpactAssessmentIsPublishedFromItsFirstPublicVersion) {
  const auto gate = base::SiteId::parse("gate").value();
  const auto published = [&](std::string_view register_says, std::string_view estate_says) {
    auto known = held("2014-01-01");
    if (!register_says.empty()) known.camera.impact_published = test_day(register_says);
    FromEstate from{.cameras = {put_up("2025-03-01")}};
    if (!estate_says.empty()) from.published.emplace(gate, test_day(estate_says));
    return join({known}, from).front().camera.impact_published;
  };
  EXPECT_EQ(published("", ""), std::nullopt);
  EXPECT_EQ(published("", "2025-04-01"), test_day("2025-04-01"));
  EXPECT_EQ(published("2024-04-01", "2025-04-01"), test_day("2024-04-01"));
  EXPECT_EQ(published("2025-05-01", "2025-04-01"), test_day("2025-04-01"));
}

// Whatever an import said of them: the estate's cameras stand from the day they were put up until
// the day they went.
RC_GTEST_PROP(JoinProperty, StandingIsWhatTheActsSay, ()) {
  const auto first = test_day("2020-01-01");
  const auto some_day = [&] { return first + std::chrono::days{*rc::gen::inRange(0, 400)}; };
  const auto asked = some_day();
  FromEstate from;
  std::vector<Known> held;
  std::uint64_t stood = 0;
  const auto count = *rc::gen::inRange(1, 20);
  for (int i = 0; i < count; ++i) {
    const auto id = base::CameraId::parse("cam-" + std::to_string(i)).value();
    const auto came = some_day();
    CameraActs acts{.camera = id, .installed = came + std::chrono::hours{9}};
    if (*rc::gen::arbitrary<bool>()) {
      const auto went = came + std::chrono::days{*rc::gen::inRange(0, 400)};
      acts.removed = went + std::chrono::hours{17};
    }
    const bool gone = acts.removed && base::day_of(*acts.removed) <= asked;
    stood += came <= asked && !gone ? 1U : 0U;
    // The import came later, and took it to have come and gone on other days.
    if (*rc::gen::arbitrary<bool>()) {
      Known known{test_camera(id.text()), came + std::chrono::days{500}};
      known.camera.installed = {came + std::chrono::days{*rc::gen::inRange(1, 50)},
                                Certainty::exact};
      known.camera.is_removed = *rc::gen::arbitrary<bool>();
      if (known.camera.is_removed) {
        known.camera.removed = {*known.camera.installed.day + std::chrono::days{1},
                                Certainty::exact};
      }
      held.push_back(std::move(known));
    }
    from.cameras.push_back(std::move(acts));
  }
  RC_CLASSIFY(stood > 0 && !held.empty(), "some stood, and some were imported");
  const auto draft = answer({Question::standing, asked, asked}, join(held, from), {}, {}, {});
  RC_ASSERT(draft.lines().back().figure == (Figure{stood, Certainty::exact, 0}));
}

TEST(Contradiction, IsSaidInWords) {
  auto inherited = put_up("2023-01-10");
  inherited.was_inherited = true;
  auto about = held("2014-01-01", "2025-02-01");
  about.camera.removed.how = Certainty::approximate;
  auto unknown = held("2014-01-01");
  unknown.camera.is_removed = true;
  struct Case {
    Known known;
    CameraActs acts;
    std::string_view want;
  };
  const Case cases[] = {
      {held("2014-01-01"), inherited, ""},
      {held(""), put_up("2025-03-01"), ""},
      {held("2014-01-01", "2024-01-01"), inherited,
       "it was removed, and by the estate it stands: stop it there"},
      {held("2014-01-01", "2024-01-01"), put_up("2025-03-01"), ""},  // another, under its name
      {held("2014-01-01"), put_up("2025-03-01", "2025-06-01"),
       "it stands, and by the estate it was stopped on 2025-06-01"},
      {held("2014-01-01", "2025-06-01"), put_up("2025-03-01", "2025-06-01"), ""},
      {held("2014-01-01", "2025-06-02"), put_up("2025-03-01", "2025-06-01"),
       "it was removed on 2025-06-02, and by the estate it was stopped on 2025-06-01"},
      {unknown, put_up("2025-03-01"), "it was removed, and by the estate it stands: stop it there"},
      {about, put_up("2025-01-01", "2025-06-01"), ""},
      {held("2025-03-02"), put_up("2025-03-01"),
       "it was installed on 2025-03-02, and by the estate it stood on 2025-03-01"},
  };
  for (const auto& [known, acts, want] : cases) EXPECT_EQ(contradiction(known.camera, acts), want);
}

}  // namespace
}  // namespace regmark::camera_register
