// The register answers from what the estate did, whether or not anybody imported anything.
#include "desk/read_register.h"

#include <gtest/gtest.h>

#include "assessment/assessment_testing.h"
#include "desk/build_site.h"
#include "desk/change_estate.h"
#include "desk/desk_testing.h"
#include "desk/enter_register.h"
#include "desk/read_estate.h"
#include "estate/estate_testing.h"

namespace regmark::desk {
namespace {

using access::Act;
using access::Role;
using camera_register::Question;
using std::chrono::days;

class Registered : public ::testing::Test {
 protected:
  const Desk& desk() const { return *rooms_.desk; }
  Asker manager() const { return rooms_.asker({Role::anpr_manager}); }
  audit::Receipt receipt(Act act, std::string_view subject, std::string_view person) {
    return rooms_.log.receipt_for(act, {.subject = std::string(subject)}, person);
  }
  static base::CameraId camera(std::string_view id) { return base::CameraId::parse(id).value(); }
  base::UtcDay today() const { return base::day_of(rooms_.clock.now()); }

  // A site on the full path that the controller decided, for two cameras.
  void decide_gate() {
    estate::NewSite site{gate_, "North gate", {53.4, -2.2}, grounds(), estate::Path::full};
    auto& estate = *rooms_.estate;
    ASSERT_TRUE(estate.propose(receipt(Act::change_estate, "gate", "author"), site));
    ASSERT_TRUE(estate.hand_in(receipt(Act::change_estate, "evidence", "author"),
                               base::as_bytes("a file")));
    for (const auto& form : assessment::Guidance::built_in().forms()) {
      if (form.needed_for != assessment::NeededFor::assess) continue;
      const auto writer = form.role ? access::name(*form.role) : "author";
      ASSERT_TRUE(
          estate.file(receipt(form.act, "gate", writer), gate_, assessment::whole_paper(form)));
    }
    ASSERT_TRUE(estate.assess(receipt(Act::approve_estate, "gate", "second"), gate_));
    ASSERT_TRUE(estate.set_matrix(receipt(Act::change_matrix, "matrix", "controller"),
                                  assessment::Matrix::example_as_if_decided(), "as a start"));
    ASSERT_TRUE(estate.decide(receipt(Act::decide_estate, "gate", "controller"), gate_,
                              assessment::whole_paper("decision")));
  }
  void begin_gate(std::initializer_list<std::string_view> cameras) {
    EXPECT_EQ(
        words(commission_site(desk(), manager(), gate_, assessment::commissioning_of(cameras))),
        "done");
    EXPECT_EQ(words(begin_site(desk(), manager(), gate_, today() + days{300})), "done");
  }
  std::string add(std::string_view id,
                  const std::optional<camera_register::NewParticulars>& beside = std::nullopt) {
    return words(commission_camera(desk(), manager(), {camera(id), "Lane", gate_, {}}, beside));
  }
  estate::Grounds grounds() const {
    return {"thefts of vehicles", "local_crime", today() + days{300}};
  }

  // "fixed 2, all 2"
  std::string ask(Question question, base::UtcDay from, base::UtcDay until,
                  std::optional<base::UtcTime> known = std::nullopt) {
    const auto answer =
        read_register(desk(), rooms_.asker({Role::foi_officer}), {question, from, until, known});
    if (words(answer) != "done") return words(answer);
    std::string text;
    for (const auto& [label, figure] : std::get<0>(*answer).value.lines()) {
      text += (text.empty() ? "" : ", ") + camera_register::text_of(label) + " " +
              std::to_string(figure.value);
    }
    return text;
  }
  std::string standing(base::UtcDay day, std::optional<base::UtcTime> known = std::nullopt) {
    return ask(Question::standing, day, day, known);
  }
  std::string enter(std::string_view csv) { return words(enter_register(desk(), manager(), csv)); }

  TestDesk rooms_;
  const base::SiteId gate_ = base::SiteId::parse("gate").value();
};

TEST_F(Registered, CountsWhatTheEstateDidThoughNobodyImportedIt) {
  decide_gate();
  EXPECT_EQ(standing(today()), "all 0");
  rooms_.clock.advance(days{1});
  const auto put_up = today();
  EXPECT_EQ(add("cam-1"), "done");
  EXPECT_EQ(add("cam-2"), "done");
  begin_gate({"cam-1", "cam-2"});
  const estate::NewDeployment patrol{base::DeploymentId::parse("patrol").value(),
                                     "Patrols",
                                     {{53.4, -2.2}, 10'000},
                                     rooms_.clock.now(),
                                     rooms_.clock.now() + days{30},
                                     grounds()};
  ASSERT_TRUE(rooms_.estate->propose(receipt(Act::change_estate, "patrol", "author"), patrol));
  ASSERT_TRUE(rooms_.estate->approve(receipt(Act::approve_estate, "patrol", "second"), patrol.id));
  EXPECT_EQ(words(commission_camera(desk(), manager(), {camera("car"), "Car", {}, patrol.id})),
            "done");
  rooms_.clock.advance(days{10});
  const auto stopped = today();
  EXPECT_EQ(words(stop_camera(desk(), manager(), camera("cam-1"), "broken")), "done");
  rooms_.clock.advance(days{30});

  const auto eve = put_up - days{1};
  EXPECT_EQ(standing(eve), "fixed 0, movable 0, all 0");
  EXPECT_EQ(standing(put_up), "fixed 2, movable 1, all 3");
  EXPECT_EQ(standing(stopped - days{1}), "fixed 2, movable 1, all 3");
  EXPECT_EQ(standing(stopped), "fixed 1, movable 1, all 2");
  EXPECT_EQ(standing(today()), "fixed 1, movable 0, all 1");  // the deployment came to its end
  EXPECT_EQ(ask(Question::installed, eve, today()), "fixed 2, movable 1, all 3");
  EXPECT_EQ(ask(Question::installed, stopped, today()), "fixed 0, movable 0, all 0");
  EXPECT_EQ(ask(Question::removed, eve, stopped), "fixed 1, movable 0, all 1");
  EXPECT_EQ(ask(Question::removed, eve, today()), "fixed 1, movable 1, all 2");
  EXPECT_EQ(ask(Question::grounds, put_up, put_up), "national_security 2, local_crime 1");
  EXPECT_EQ(ask(Question::impact_published, today(), today()), "published 0, not_published 1");
  // As it was known when nobody had stopped it.
  const base::UtcTime then = stopped - std::chrono::hours{1};
  EXPECT_EQ(standing(stopped, then), "fixed 2, movable 1, all 3");
  EXPECT_EQ(standing(put_up, put_up - std::chrono::hours{1}), "all 0");
  EXPECT_EQ(standing(today() + days{1}), "the register answers of days until today, " +
                                             base::format_day(today()) + ", and of none to come");
}

TEST_F(Registered, LeavesOutWhatIsKeptApart) {
  estate::NewSite site{gate_, "Hidden", {53.4, -2.2}, grounds(), estate::Path::statutory};
  ASSERT_TRUE(rooms_.estate->propose(receipt(Act::change_covert, "gate", "author"), site));
  ASSERT_TRUE(rooms_.estate->approve(receipt(Act::change_covert, "gate", "second"), gate_));
  ASSERT_TRUE(rooms_.estate->commission(receipt(Act::change_covert, "cam-h", "author"),
                                        {camera("cam-h"), "Lane", gate_, {}}));
  EXPECT_EQ(standing(today()), "all 0");
  EXPECT_EQ(words(read_particulars(desk(), manager(), {.camera = camera("cam-h")}, {})),
            "there is no such camera");
}

TEST_F(Registered, RefusesAnImportThatTheEstateContradicts) {
  decide_gate();
  EXPECT_EQ(add("cam-1"), "done");
  begin_gate({"cam-1"});
  EXPECT_EQ(enter("camera,removed\ncam-1,2026-03-01\n"), "done");  // another, before it
  EXPECT_EQ(enter("camera,removed\nother,\ncam-1,unknown\n"),
            "line 3: camera cam-1: it was removed, and by the estate it stands: stop it there");
  rooms_.clock.advance(days{1});
  EXPECT_EQ(words(stop_camera(desk(), manager(), camera("cam-1"), "broken")), "done");
  const auto contradicts = enter("camera,owner,removed\nother,Force,\ncam-1,Force,\n");
  EXPECT_EQ(contradicts,
            "line 3: camera cam-1: it stands, and by the estate it was stopped on 2026-03-29");
  EXPECT_EQ(enter("camera,owner\ncam-1,Force\n"), "done");
  EXPECT_EQ(words(check_register(desk(), manager(), "camera,removed\ncam-1,\n")),
            "line 2: camera cam-1: it stands, and by the estate it was stopped on 2026-03-29");
  EXPECT_EQ(enter("site,reviewed\nmill,2025-01-01\n"),
            "line 2: review of site mill: there is no such site");
  EXPECT_EQ(enter("site,reviewed\ngate,2025-01-01\n"), "done");
}

// Also what the estate alone refuses; and nothing of it is kept.
TEST_F(Registered, ACheckRefusesWhatTakingItInWould) {
  const auto with = [](std::string_view review) {
    return "camera,site,latitude,longitude,review\nold,mill,54,-2," + std::string(review) + "\n";
  };
  const auto check = [&](std::string_view csv) {
    return words(check_register(desk(), manager(), csv));
  };
  const auto late = with("2029-01-01");
  EXPECT_EQ(check(late), "line 2: site mill: the review must be at most 366 days away");
  EXPECT_EQ(check(late), enter(late));
  const auto good = with("2026-12-01");
  EXPECT_EQ(check(good), "done");
  EXPECT_EQ(standing(today()), "all 0");
  EXPECT_EQ(enter(good), "done");
  EXPECT_EQ(standing(today()), "fixed 1, all 1");
  const auto again = check_register(desk(), manager(), good).value();
  EXPECT_EQ(std::get<0>(again).value.held_already, 1U);
  const auto moved = with("2026-12-02");
  EXPECT_EQ(check(moved), enter(moved));
  EXPECT_NE(check(moved), "done");
}

TEST_F(Registered, AnInheritedCameraStandsSinceTheRegisterSays) {
  const std::string csv =
      "camera,site,latitude,longitude,installed,ground,review\n"
      "old,mill,54,-2,2014-05-01,crime_prevention,2026-12-01\n";
  EXPECT_EQ(enter(csv), "done");
  const auto past = base::parse_day("2015-01-01").value();
  EXPECT_EQ(standing(past), "fixed 1, all 1");
  EXPECT_EQ(ask(Question::grounds, past, past), "crime_prevention 1");
  rooms_.clock.advance(days{1});
  EXPECT_EQ(words(stop_site(desk(), manager(), base::SiteId::parse("mill").value(), "closed")),
            "done");
  EXPECT_EQ(standing(today()), "fixed 0, all 0");
  EXPECT_EQ(standing(today() - days{1}), "fixed 1, all 1");
  EXPECT_EQ(ask(Question::removed, today(), today()), "fixed 1, all 1");
}

TEST_F(Registered, ReadsBackWhatWasWrittenBesideACamera) {
  decide_gate();
  const camera_register::NewParticulars beside{.camera = camera("cam-1"),
                                               .kind = camera_register::CameraKind::cctv_with_anpr,
                                               .owner = "Made-up Council",
                                               .controller = "Chief Officer"};
  EXPECT_EQ(add("cam-1", beside), "done");
  auto bad = beside;
  bad.camera = camera("cam-2");
  bad.owner = "\x1b[2J";
  EXPECT_NE(add("cam-2", bad), "done");
  EXPECT_EQ(standing(today()), "cctv_with_anpr 1, all 1");  // neither of the two was kept
  EXPECT_EQ(add("cam-3"), "done");
  const auto read = read_particulars(desk(), manager(), {.site = gate_}, {});
  ASSERT_EQ(words(read), "done");
  const auto& all = std::get<0>(*read).value;
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].camera.owner, "Made-up Council");
  EXPECT_EQ(all[0].camera.controller, "Chief Officer");
  EXPECT_EQ(all[0].camera.installed.day, today());
  EXPECT_EQ(all[0].camera.ground, camera_register::Ground::national_security);
  EXPECT_EQ(all[1].camera.owner, "");
  EXPECT_EQ(words(read_particulars(desk(), manager(), {.camera = camera("cam-9")}, {})),
            "there is no such camera");
  // Those who ask the register do not see who owns which camera.
  EXPECT_NE(words(read_particulars(desk(), rooms_.asker({Role::foi_officer}), {}, {})), "done");
}

// Who attested where a camera stands, as it was written by that day.
TEST_F(Registered, ASitesFileHasTheAttestationOfTheDay) {
  decide_gate();
  EXPECT_EQ(add("cam-1"), "done");
  begin_gate({"cam-1"});
  const auto before = rooms_.clock.now();
  rooms_.clock.advance(days{2});
  const estate::BookEntry moved{.camera = camera("cam-1"),
                                .kind = estate::BookKind::location,
                                .day = today(),
                                .words = "surveyor, with a map"};
  ASSERT_TRUE(rooms_.camera_book.write(receipt(Act::change_estate, "cam-1", "author"), moved));
  const auto attested = [&](std::optional<base::UtcTime> as_of) {
    const auto file = read_site_file(desk(), manager(), gate_, as_of);
    return std::get<0>(*file).value.views.front().attested_by;
  };
  EXPECT_EQ(attested(std::nullopt), "surveyor, with a map");
  EXPECT_EQ(attested(before), "as it was found on the spot");
}

}  // namespace
}  // namespace regmark::desk
