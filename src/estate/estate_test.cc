#include "estate/estate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <limits>
#include <thread>

#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using namespace std::chrono_literals;

base::SiteId site_id(std::string_view text) {
  return base::SiteId::parse(text).value();
}
base::DeploymentId deployment_id(std::string_view text) {
  return base::DeploymentId::parse(text).value();
}
base::CameraId camera_id(std::string_view text) {
  return base::CameraId::parse(text).value();
}

template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "done" : name(result.error().code);
}

// "justified", or why not.
std::string outcome(const Standing& standing) {
  const auto* refused = std::get_if<NotJustified>(&standing);
  return refused ? refused->reason : "justified";
}

bool covers(const Standing& standing, base::UtcTime observed) {
  const auto* justification = std::get_if<Justification>(&standing);
  return justification && justification->covers(observed);
}

std::int64_t count(records::Database& database, std::string_view sql) {
  return database
      .read([&](records::Transaction& transaction) -> Result<std::int64_t> {
        REGMARK_ASSIGN(const auto rows, transaction.run(sql));
        return rows.front().integer(0);
      })
      .value();
}

Result<void> run(records::Database& database, std::string_view sql) {
  return database.write([&](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run(sql));
    return {};
  });
}

TEST(Estate, ACameraCollectsAtASiteThatTwoPeopleWanted) {
  TestEstate estate;
  const auto token = estate.live_camera("cam-1");
  EXPECT_EQ(outcome(estate->standing(camera_id("cam-1"))), "justified");
  EXPECT_EQ(estate->camera_of(token).value(), camera_id("cam-1"));
  const auto standing = estate->standing(camera_id("cam-1"));
  const auto& justification = std::get<Justification>(standing);
  EXPECT_EQ(justification.camera(), camera_id("cam-1"));
  EXPECT_EQ(justification.position(), (base::Position{53.4, -2.2}));
  EXPECT_FALSE(justification.area());
  EXPECT_TRUE(justification.covers(estate.clock.now()));
  EXPECT_FALSE(justification.covers(estate.clock.now() - 1us));  // before it was commissioned
}

TEST(Estate, KeepsEverythingAcrossARestart) {
  TestEstate estate;
  const auto token = estate.live_camera("cam-1");
  estate.live_deployment("patrol");
  estate.commission("car-1", deployment_id("patrol"));
  ASSERT_TRUE(estate->propose(estate.to_change("later"), estate.site("later")));
  estate.reopen();
  EXPECT_EQ(estate->camera_of(token).value(), camera_id("cam-1"));
  EXPECT_EQ(outcome(estate->standing(camera_id("cam-1"))), "justified");
  EXPECT_EQ(outcome(estate->standing(camera_id("car-1"))), "justified");
  const auto sites = estate->sites(estate.receipt(Act::read_estate, "sites", test_author)).value();
  ASSERT_EQ(sites.size(), 2U);
  EXPECT_EQ(sites[0].about.id, site_id("later"));
  EXPECT_EQ(sites[0].state, State::proposed);
  EXPECT_FALSE(sites[0].approver);
  EXPECT_EQ(sites[1].state, State::live);
  EXPECT_EQ(sites[1].author.text(), test_author);
  EXPECT_EQ(sites[1].approver->text(), test_approver);
  EXPECT_EQ(sites[1].about.grounds.need, estate.grounds().need);
  EXPECT_EQ(sites[1].about.grounds.review, estate.grounds().review);
  const auto deployments =
      estate->deployments(estate.receipt(Act::read_estate, "d", test_author)).value();
  ASSERT_EQ(deployments.size(), 1U);
  EXPECT_EQ(deployments[0].about.area, estate.deployment("patrol").area);
  EXPECT_EQ(deployments[0].about.until, estate.deployment("patrol").until);
}

TEST(Estate, RefusesWhatIsMissingOrOutOfRange) {
  TestEstate estate;
  const auto now = estate.clock.now();
  const auto today = base::day_of(now);
  struct Case {
    std::string_view what, want;
    std::function<void(NewSite&)> change;
  };
  const Case cases[] = {
      {"as it is", "done", [](NewSite&) {}},
      {"no need", "invalid_input", [](NewSite& site) { site.grounds.need = " \n"; }},
      {"longest need", "done", [](NewSite& site) { site.grounds.need.assign(4'000, 'n'); }},
      {"too long a need", "invalid_input",
       [](NewSite& site) { site.grounds.need.assign(4'001, 'n'); }},
      {"a need that moves the cursor", "invalid_input",
       [](NewSite& site) { site.grounds.need = "all \x1b[2J clear"; }},
      {"no category", "invalid_input", [](NewSite& site) { site.grounds.category = ""; }},
      {"no such category", "invalid_input",
       [](NewSite& site) { site.grounds.category = "parking"; }},
      {"review today", "invalid_input", [&](NewSite& site) { site.grounds.review = today; }},
      {"review tomorrow", "done",
       [&](NewSite& site) { site.grounds.review = today + std::chrono::days{1}; }},
      {"review in 366 days", "done",
       [&](NewSite& site) { site.grounds.review = today + std::chrono::days{366}; }},
      {"review in 367 days", "invalid_input",
       [&](NewSite& site) { site.grounds.review = today + std::chrono::days{367}; }},
      {"no name", "invalid_input", [](NewSite& site) { site.name = ""; }},
      {"too long a name", "invalid_input", [](NewSite& site) { site.name.assign(201, 'n'); }},
      {"off the earth", "invalid_input", [](NewSite& site) { site.position.latitude = 91; }},
      {"nowhere", "invalid_input",
       [](NewSite& site) { site.position.longitude = std::numeric_limits<double>::quiet_NaN(); }},
  };
  int number = 0;
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    auto site = estate.site("site-" + std::to_string(number++));
    one.change(site);
    EXPECT_EQ(outcome(estate->propose(estate.to_change(site.id.text()), site)), one.want);
  }
}

TEST(Estate, RefusesADeploymentThatIsNone) {
  TestEstate estate;
  estate.clock.set("2027-03-29T10:00:00Z");
  const auto from = estate.clock.now();
  struct Case {
    std::string_view what, want;
    std::function<void(NewDeployment&)> change;
  };
  const Case cases[] = {
      {"as it is", "done", [](NewDeployment&) {}},
      {"starts later", "done", [&](NewDeployment& one) { one.from = from + 24h; }},
      {"twelve months less a moment", "done",
       [](NewDeployment& one) { one.until = base::parse_utc("2028-03-29T09:59:59Z").value(); }},
      {"twelve months", "invalid_input",
       [](NewDeployment& one) { one.until = base::parse_utc("2028-03-29T10:00:00Z").value(); }},
      {"over already", "invalid_input",
       [&](NewDeployment& one) {
         one.from = from - 24h;
         one.until = from;
       }},
      {"backwards", "invalid_input", [&](NewDeployment& one) { one.until = one.from; }},
      {"no area", "invalid_input", [](NewDeployment& one) { one.area.radius_m = 0; }},
      {"the whole country", "invalid_input",
       [](NewDeployment& one) { one.area.radius_m = 400'001; }},
      {"no radius at all", "invalid_input",
       [](NewDeployment& one) { one.area.radius_m = std::numeric_limits<double>::quiet_NaN(); }},
      {"off the earth", "invalid_input",
       [](NewDeployment& one) { one.area.centre.latitude = -91; }},
      // From 29 February, twelve months end on 28 February.
      {"leap day", "invalid_input",
       [](NewDeployment& one) {
         one.from = base::parse_utc("2028-02-29T10:00:00Z").value();
         one.until = base::parse_utc("2029-02-28T10:00:00Z").value();
       }},
      {"leap day, a moment less", "done",
       [](NewDeployment& one) {
         one.from = base::parse_utc("2028-02-29T10:00:00Z").value();
         one.until = base::parse_utc("2029-02-28T09:59:59Z").value();
       }},
  };
  int number = 0;
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    auto deployment = estate.deployment("deployment-" + std::to_string(number++));
    one.change(deployment);
    EXPECT_EQ(outcome(estate->propose(estate.to_change(deployment.id.text()), deployment)),
              one.want);
  }
}

TEST(Estate, TakesOnlyAReceiptForThisActThisThingAndThisTime) {
  TestEstate estate;
  const auto site = estate.site("gate");
  EXPECT_EQ(outcome(estate->propose(estate.to_approve("gate"), site)), "invalid_input");
  EXPECT_EQ(outcome(estate->propose(estate.to_change("other"), site)), "invalid_input");
  const auto old = estate.to_change("gate");
  estate.clock.advance(10min);  // as long as it is valid
  EXPECT_EQ(outcome(estate->propose(old, site)), "invalid_input");
  EXPECT_EQ(outcome(estate->sites(estate.to_change("gate"))), "invalid_input");
  EXPECT_EQ(outcome(estate->deployments(estate.to_change("gate"))), "invalid_input");
  EXPECT_EQ(outcome(estate->cameras(estate.to_change("gate"))), "invalid_input");

  estate.live_camera("cam-1");
  const auto id = site_id("site-of-cam-1");
  const auto camera = camera_id("cam-1");
  const auto wrong = estate.receipt(Act::read_estate, id.text(), test_approver);
  EXPECT_EQ(outcome(estate->approve(wrong, id)), "invalid_input");
  EXPECT_EQ(outcome(estate->review(wrong, id, estate.grounds())), "invalid_input");
  EXPECT_EQ(outcome(estate->stop(wrong, id, "moved")), "invalid_input");
  EXPECT_EQ(outcome(estate->stop(wrong, camera, "moved")), "invalid_input");
  EXPECT_EQ(outcome(estate->renew_token(wrong, camera)), "invalid_input");
  EXPECT_EQ(outcome(estate->standing(camera)), "justified");
}

TEST(Estate, NothingSkipsAStep) {
  TestEstate estate;
  const auto id = site_id("gate");
  const auto approve = [&] { return outcome(estate->approve(estate.to_approve("gate"), id)); };
  const auto review = [&] {
    return outcome(estate->review(estate.to_approve("gate"), id, estate.grounds()));
  };
  const auto stop = [&] { return outcome(estate->stop(estate.to_change("gate"), id, "moved")); };
  const auto propose = [&] {
    return outcome(estate->propose(estate.to_change("gate"), estate.site("gate")));
  };
  const auto commission = [&](std::string_view camera) {
    return outcome(estate->commission(estate.to_change(camera),
                                      {camera_id(camera), "Lane 1", id, std::nullopt}));
  };
  struct Case {
    std::string_view state, propose, commission, review;
  };
  const auto try_all = [&](const Case& want, std::string_view camera) {
    SCOPED_TRACE(want.state);
    EXPECT_EQ(propose(), want.propose);
    EXPECT_EQ(commission(camera), want.commission);
    EXPECT_EQ(review(), want.review);
  };
  EXPECT_EQ(approve(), "not_found");
  EXPECT_EQ(review(), "not_found");
  EXPECT_EQ(stop(), "not_found");
  EXPECT_EQ(commission("cam-0"), "not_found");
  EXPECT_EQ(propose(), "done");

  EXPECT_EQ(stop(), "conflict");
  try_all({"proposed", "conflict", "conflict", "conflict"}, "cam-1");
  EXPECT_EQ(approve(), "done");
  EXPECT_EQ(approve(), "conflict");
  EXPECT_EQ(review(), "invalid_input");  // nothing is written that an extension wants
  estate.write_to_extend(id);
  try_all({"live", "conflict", "done", "done"}, "cam-2");
  EXPECT_EQ(stop(), "done");
  EXPECT_EQ(stop(), "conflict");
  EXPECT_EQ(approve(), "conflict");
  try_all({"stopped", "conflict", "conflict", "conflict"}, "cam-3");
}

TEST(Estate, TheAuthorNeitherApprovesNorReviews) {
  TestEstate estate;
  ASSERT_TRUE(estate->propose(estate.to_change("gate"), estate.site("gate")));
  const auto id = site_id("gate");
  const auto own = estate->approve(estate.to_approve("gate", test_author), id);
  ASSERT_EQ(outcome(own), "conflict");
  // Said by us; the table would refuse it too, but could not say why.
  EXPECT_EQ(own.error().message, "its author may not approve it: somebody else must");
  ASSERT_TRUE(estate->approve(estate.to_approve("gate"), id));
  EXPECT_EQ(outcome(estate->review(estate.to_approve("gate", test_author), id, estate.grounds())),
            "conflict");
  ASSERT_TRUE(estate->propose(estate.to_change("patrol"), estate.deployment("patrol")));
  EXPECT_EQ(
      outcome(estate->approve(estate.to_approve("patrol", test_author), deployment_id("patrol"))),
      "conflict");
}

// What C++ refuses, the tables refuse again.
TEST(Estate, TheTablesRefuseWhatMustNotBe) {
  TestEstate estate;
  ASSERT_TRUE(estate->propose(estate.to_change("gate"), estate.site("gate")));
  estate.live_camera("cam-1");
  ASSERT_TRUE(estate->stop(estate.to_change("cam-1"), camera_id("cam-1"), "broken"));
  const std::string_view statements[] = {
      "UPDATE estate_sites SET approver = author, live_from = 1 WHERE id = 'gate'",
      "UPDATE estate_sites SET live_from = 1 WHERE id = 'gate'",
      "UPDATE estate_sites SET stopped_at = 1, stop_reason = 'x' WHERE id = 'gate'",
      "UPDATE estate_cameras SET stopped_at = NULL, stop_reason = '' WHERE id = 'cam-1'",
      ("INSERT INTO estate_cameras (id, name, site, token_sha256, live_from)"
       " VALUES ('cam-2', 'n', 'gate', randomblob(32), 1)"),
      ("INSERT INTO estate_cameras (id, name, token_sha256, live_from)"
       " VALUES ('cam-2', 'n', randomblob(32), 1)"),
      "UPDATE estate_history SET by_person = 'person-other'",
      "DELETE FROM estate_history",
  };
  for (const auto statement : statements) {
    SCOPED_TRACE(statement);
    EXPECT_EQ(outcome(run(*estate.database, statement)), "conflict");
  }
}

TEST(Estate, EveryStepIsInTheHistoryWithWhoAndWhy) {
  TestEstate estate;
  estate.live_camera("cam-1");
  const auto id = site_id("site-of-cam-1");
  estate.write_to_extend(id);
  ASSERT_TRUE(estate->review(estate.to_approve(id.text()), id, estate.grounds()));
  ASSERT_TRUE(estate->renew_token(estate.to_change("cam-1"), camera_id("cam-1")));
  ASSERT_TRUE(estate->stop(estate.to_change("cam-1"), camera_id("cam-1"), "broken"));
  const auto steps =
      estate.database
          ->read([](records::Transaction& transaction) {
            return transaction.run(
                "SELECT kind || ' ' || step || ' ' || by_person || ' ' || coalesce(reason, '')"
                " FROM estate_history ORDER BY number");
          })
          .value();
  std::vector<std::string> told;
  for (const auto& row : steps) told.push_back(row.text(0));
  EXPECT_EQ(told,
            (std::vector<std::string>{
                "site proposed person-author ", "site approved person-approver ",
                "camera commissioned person-author ", "site extended person-approver ",
                "camera token_renewed person-author ", "camera stopped person-author broken"}));
  EXPECT_EQ(count(*estate.database, "SELECT count(DISTINCT receipt) FROM estate_history"), 6);
}

TEST(Estate, AReviewThatIsOverdueStopsCollection) {
  TestEstate estate;
  const auto id = site_id("site-of-cam-1");
  auto site = estate.site(id.text());
  site.grounds = estate.grounds(std::chrono::days{30});
  ASSERT_TRUE(estate->propose(estate.to_change(id.text()), site));
  ASSERT_TRUE(estate->approve(estate.to_approve(id.text()), id));
  estate.commission("cam-1", id);
  const auto camera = camera_id("cam-1");
  const auto review = site.grounds.review;
  estate.clock.set(base::format_utc(review + 23h + 59min));  // the day itself still counts
  EXPECT_EQ(outcome(estate->standing(camera)), "justified");
  const auto before = estate.clock.now();
  estate.clock.advance(1min);
  EXPECT_EQ(outcome(estate->standing(camera)), "review was due " + base::format_day(review) +
                                                   "; collects nothing from " +
                                                   base::format_day(review + std::chrono::days{1}));
  const auto in_between = estate.clock.now();
  const auto records =
      estate->cameras(estate.receipt(Act::read_estate, "cameras", test_author)).value();
  EXPECT_FALSE(records.front().collects_now);
  EXPECT_EQ(records.front().state, State::live);
  EXPECT_EQ(records.front().why_not, outcome(estate->standing(camera)));
  EXPECT_EQ(outcome(estate->commission(estate.to_change("cam-2"),
                                       {camera_id("cam-2"), "Lane 2", id, std::nullopt})),
            "conflict");

  // Reviewed at last: what was seen before and from now on is covered, what lies between is not.
  estate.clock.advance(1h);
  estate.write_to_extend(id);
  ASSERT_TRUE(
      estate->review(estate.to_approve(id.text()), id, estate.grounds(std::chrono::days{60})));
  const auto standing = estate->standing(camera);
  EXPECT_TRUE(covers(standing, before));
  EXPECT_FALSE(covers(standing, in_between));
  EXPECT_TRUE(covers(standing, estate.clock.now()));
}

TEST(Estate, AProposalThatWaitedTooLongIsNotApproved) {
  TestEstate estate;
  auto site = estate.site("gate");
  site.grounds = estate.grounds(std::chrono::days{1});
  ASSERT_TRUE(estate->propose(estate.to_change("gate"), site));
  ASSERT_TRUE(estate->propose(estate.to_change("patrol"), estate.deployment("patrol")));
  estate.clock.advance(std::chrono::days{31});
  EXPECT_EQ(outcome(estate->approve(estate.to_approve("gate"), site.id)), "conflict");
  EXPECT_EQ(outcome(estate->approve(estate.to_approve("patrol"), deployment_id("patrol"))),
            "conflict");
}

TEST(Estate, AfterAStopASpoolMayComeForSevenDays) {
  struct Case {
    std::string_view what;
    std::function<Result<void>(TestEstate&)> stop;
  };
  const Case cases[] = {
      {"site",
       [](TestEstate& estate) {
         return estate->stop(estate.to_change("site-of-cam-1"), site_id("site-of-cam-1"), "moved");
       }},
      {"camera",
       [](TestEstate& estate) {
         return estate->stop(estate.to_change("cam-1"), camera_id("cam-1"), "moved");
       }},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    TestEstate estate;
    const auto token = estate.live_camera("cam-1");
    estate.clock.advance(1h);
    const auto stopped_at = estate.clock.now();
    ASSERT_TRUE(one.stop(estate));
    const auto camera = camera_id("cam-1");
    for (const auto after : {std::chrono::hours{0}, 7 * 24h}) {
      estate.clock.set(base::format_utc(stopped_at));
      estate.clock.advance(after);
      EXPECT_TRUE(covers(estate->standing(camera), stopped_at - 1us));
      EXPECT_FALSE(covers(estate->standing(camera), stopped_at));
      EXPECT_TRUE(estate->camera_of(token));
    }
    estate.reopen();
    estate.clock.advance(1ms);
    EXPECT_EQ(outcome(estate->standing(camera)),
              "the " + std::string(one.what) + " was stopped at " + base::format_utc(stopped_at));
    const auto records =
        estate->cameras(estate.receipt(Act::read_estate, "cameras", test_author)).value();
    EXPECT_EQ(records.front().state, State::stopped);
    EXPECT_EQ(records.front().stopped_at, stopped_at);
    EXPECT_FALSE(records.front().collects_now);
    EXPECT_EQ(outcome(estate->renew_token(estate.to_change("cam-1"), camera)), "conflict");
    EXPECT_EQ(outcome(estate->stop(estate.to_change("cam-1"), camera, "again")), "conflict");
  }
}

TEST(Estate, ADeploymentEndsByItself) {
  TestEstate estate;
  auto patrol = estate.deployment("patrol");
  patrol.from += 24h;
  ASSERT_TRUE(estate->propose(estate.to_change("patrol"), patrol));
  ASSERT_TRUE(estate->approve(estate.to_approve("patrol"), patrol.id));
  estate.commission("car-1", patrol.id);
  const auto camera = camera_id("car-1");
  EXPECT_EQ(outcome(estate->standing(camera)), "not live before " + base::format_utc(patrol.from));
  estate.clock.set(base::format_utc(patrol.from));
  const auto standing = estate->standing(camera);
  ASSERT_EQ(outcome(standing), "justified");
  const auto& justification = std::get<Justification>(standing);
  EXPECT_FALSE(justification.position());
  const auto now = estate.clock.now();
  EXPECT_TRUE(justification.covers(now, base::Position{53.41, -2.21}));
  EXPECT_FALSE(justification.covers(now, base::Position{51.5, -0.1}));  // outside its area
  EXPECT_FALSE(justification.covers(now, std::nullopt));

  estate.clock.set(base::format_utc(patrol.until));
  EXPECT_TRUE(covers(estate->standing(camera), patrol.until - 1us));
  EXPECT_FALSE(covers(estate->standing(camera), patrol.until));
  estate.clock.advance(spool_grace + 1ms);
  EXPECT_EQ(outcome(estate->standing(camera)),
            "the deployment came to its end at " + base::format_utc(patrol.until));
}

TEST(Estate, ADeploymentIsStoppedForAReason) {
  TestEstate estate;
  estate.live_deployment("patrol");
  estate.commission("car-1", deployment_id("patrol"));
  const auto id = deployment_id("patrol");
  EXPECT_EQ(outcome(estate->stop(estate.to_change("patrol"), id, " ")), "invalid_input");
  EXPECT_EQ(outcome(estate->stop(estate.to_change("patrol"), id, std::string(1'001, 'x'))),
            "invalid_input");
  EXPECT_EQ(outcome(estate->stop(estate.to_change("patrol"), id, "crop is in")), "done");
  estate.clock.advance(spool_grace + 1us);
  EXPECT_TRUE(outcome(estate->standing(camera_id("car-1"))).starts_with("the deployment was"));
}

TEST(Estate, ACameraNeedsExactlyOnePlaceAndAnIdOfItsOwn) {
  TestEstate estate;
  estate.live_camera("cam-1");
  estate.live_deployment("patrol");
  const auto site = site_id("site-of-cam-1");
  const auto patrol = deployment_id("patrol");
  const auto commission = [&](std::string_view id, std::optional<base::SiteId> at,
                              std::optional<base::DeploymentId> with) {
    return outcome(estate->commission(estate.to_change(id),
                                      {camera_id(id), "Lane", std::move(at), std::move(with)}));
  };
  EXPECT_EQ(commission("cam-2", std::nullopt, std::nullopt), "invalid_input");
  EXPECT_EQ(commission("cam-2", site, patrol), "invalid_input");
  EXPECT_EQ(commission("cam-2", std::nullopt, deployment_id("other")), "not_found");
  EXPECT_EQ(commission("cam-1", site, std::nullopt), "conflict");
  EXPECT_EQ(commission("cam-2", site, std::nullopt), "done");
  EXPECT_EQ(outcome(estate->standing(camera_id("cam-3"))), "never commissioned");
  EXPECT_EQ(outcome(estate->renew_token(estate.to_change("cam-3"), camera_id("cam-3"))),
            "not_found");
  EXPECT_EQ(outcome(estate->stop(estate.to_change("cam-3"), camera_id("cam-3"), "gone")),
            "not_found");
}

TEST(Estate, ATokenIsKnownByItsHashAlone) {
  TestEstate estate;
  const auto token = estate.live_camera("cam-1");
  ASSERT_EQ(token.size(), 49U);
  EXPECT_TRUE(token.starts_with("rmcam_"));
  EXPECT_EQ(count(*estate.database,
                  "SELECT count(*) FROM estate_cameras WHERE instr(token_sha256, 'rmcam_') > 0"),
            0);
  auto changed = token;
  changed.back() = changed.back() == 'A' ? 'B' : 'A';
  const std::string nobodys[] = {"",
                                 "rmcam_",
                                 changed,
                                 token + "x",
                                 token.substr(1),
                                 std::string(1'000'000, 'x'),
                                 std::string(49, '\0')};
  for (const auto& one : nobodys) EXPECT_EQ(outcome(estate->camera_of(one)), "not_found");

  const auto renewed = estate->renew_token(estate.to_change("cam-1"), camera_id("cam-1")).value();
  EXPECT_NE(renewed, token);
  EXPECT_EQ(outcome(estate->camera_of(token)), "not_found");
  EXPECT_EQ(estate->camera_of(renewed).value(), camera_id("cam-1"));
}

TEST(Estate, WhatCouldNotBeKeptIsNotInForce) {
  TestEstate estate;
  estate.live_camera("cam-1");
  const auto camera = camera_id("cam-1");
  ASSERT_TRUE(run(*estate.database,
                  "CREATE TRIGGER no_more BEFORE INSERT ON estate_history"
                  " BEGIN SELECT RAISE(ABORT, 'no'); END"));
  EXPECT_EQ(outcome(estate->stop(estate.to_change("cam-1"), camera, "moved")), "conflict");
  EXPECT_EQ(outcome(estate->standing(camera)), "justified");
  estate.reopen();
  EXPECT_EQ(outcome(estate->standing(camera)), "justified");
}

TEST(Estate, ServesManyThreadsWhileItChanges) {
  TestEstate estate;
  estate.live_camera("cam-1");
  const auto camera = camera_id("cam-1");
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int number = 0; number < 3; ++number) {
    threads.emplace_back([&] {
      while (!done) {
        if (!std::holds_alternative<Justification>(estate->standing(camera))) ++wrong;
        if (estate->camera_of("rmcam_nobody")) ++wrong;
      }
    });
  }
  for (int number = 0; number < 10; ++number) {
    const auto id = "other-" + std::to_string(number);
    estate.live_site(id);
    estate.commission("cam-of-" + id, site_id(id));
  }
  done = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace regmark::estate
