// One whole story through HTTP on loopback, and what an office must survive.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "audit/verify.h"
#include "base/encoding.h"
#include "base/files.h"
#include "office_testing.h"

namespace regmark {
namespace {

using namespace std::chrono_literals;
using testing::Client;
using testing::Json;
using testing::TestOffice;

constexpr std::string_view wanted_list =
    "VRM,Make,Reason,Action,Force & Area\n"
    "AB12CDE,FORD,STOLEN,STOP,TEST FORCE\n"
    "XY34ZZZ,BMW,MISSING,OBSERVE,TEST FORCE\n";

Json read_with_picture(const std::string& event, const std::string& plate, base::UtcTime at) {
  auto read = testing::a_read(event, plate, at);
  read["pictures"] = Json::array({{{"kind", "overview"}, {"base64", testing::picture_base64()}}});
  return read;
}

Json a_search(const std::string& plate, base::UtcTime now, std::chrono::hours back) {
  return {{"purpose", testing::a_purpose()},
          {"plate", plate},
          {"from", base::format_utc(now - back)},
          {"until", base::format_utc(now)}};
}

// The stations of the story below.

void expect_hello(testing::Events& events) {
  EXPECT_NE(events.head().find("text/event-stream"), std::string::npos);
  const auto hello = events.next();
  ASSERT_TRUE(hello);
  EXPECT_EQ(hello->name, "hello");
  EXPECT_GT(hello->data.at("receipt").get<std::uint64_t>(), 0U);
}

// A read that no list answers, and one that is wanted.
void send_two_reads(const Client& camera, base::UtcTime now) {
  EXPECT_EQ(camera.post("/v1/reads", testing::a_read("e-0", "ZZ99ZZZ", now)).json(),
            Json::parse(R"({"accepted":1,"not_kept":0,"duplicates":0,"refused":[],"dropped":[]})"));
  const auto wanted = read_with_picture("e-1", "AB12 CDE", now);
  EXPECT_EQ(camera.post("/v1/reads", wanted).json().at("accepted"), 1);
  EXPECT_EQ(camera.post("/v1/reads", wanted).json().at("duplicates"), 1);
}

// On the screen before it is durable or just after; at last it is. Null if the stream ends first.
Json durable_alert(testing::Events& events) {
  while (const auto event = events.next()) {
    EXPECT_EQ(event->name, "alert");
    const auto& alert = event->data;
    EXPECT_EQ(event->id, alert.at("id").get<std::string>() + ":" + alert.at("version").dump());
    if (alert.at("durable").get<bool>()) return alert;
  }
  return {};
}

void expect_what_was_wanted(const Json& alert) {
  EXPECT_EQ(alert.at("state"), "new");
  EXPECT_EQ(alert.at("live"), true);
  EXPECT_EQ(alert.at("hit").at("grade"), "exact");
  EXPECT_EQ(alert.at("hit").at("list_name"), "Test list");
  EXPECT_EQ(alert.at("read").at("plate"), "AB12CDE");
  EXPECT_EQ(alert.at("pictures"), Json::array({"overview"}));
}

void look_at_its_picture(const Client& operator_, const Json& alert) {
  const auto picture =
      operator_.get("/v1/sightings/" + alert.at("read").at("id").get<std::string>() +
                    "/pictures/overview?alert=" + alert.at("id").get<std::string>());
  EXPECT_EQ(picture.status, 200);
  EXPECT_EQ(picture.header("Content-Type"), "image/jpeg");
  EXPECT_EQ(picture.body, testing::picture_bytes());
}

void go_every_step(const TestOffice& office, const Client& operator_, const Json& alert) {
  const auto base = "/v1/alerts/" + alert.at("id").get<std::string>();
  EXPECT_EQ(operator_.post(base + "/act", Json::object()).status, 409);  // not confirmed yet
  EXPECT_EQ(operator_.post(base + "/confirm", {{"note", "clear"}}).json().at("state"), "confirmed");
  EXPECT_EQ(
      operator_.post(base + "/assign", {{"to", office.person_of(operator_)}}).json().at("state"),
      "assigned");
  const auto acted = operator_.post(base + "/act", Json::object());
  ASSERT_EQ(acted.status, 200) << acted.body;
  EXPECT_EQ(acted.json().at("state"), "acted");
  EXPECT_EQ(acted.json().at("stand").at("entry_state"), "active");
  EXPECT_EQ(acted.json().at("stand").at("may_fire"), true);
  EXPECT_EQ(
      operator_.post(base + "/outcome", {{"code", "stopped"}, {"note", "safe"}}).json().at("state"),
      "closed");
  EXPECT_GE(operator_.get(base).json().at("history").size(), 4U);
}

void search_for_it(const Client& investigator, const Json& alert, base::UtcTime now) {
  const auto found = investigator.post("/v1/searches", a_search("AB1*", now + 1s, 24h));
  ASSERT_EQ(found.status, 200) << found.body;
  ASSERT_EQ(found.json().at("rows"), 1);
  const auto sighting = found.json().at("sightings").at(0);
  EXPECT_EQ(sighting.at("id"), alert.at("read").at("id"));
  const auto shown = investigator.get(
      "/v1/sightings/" + sighting.at("id").get<std::string>() +
          "/pictures/overview?observed=" + sighting.at("observed").get<std::string>(),
      testing::purpose_headers());
  EXPECT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(shown.body, testing::picture_bytes());
}

// 91 days back is refused, and a search without a purpose too.
void search_for_too_much(const Client& investigator, base::UtcTime now) {
  const auto refused = investigator.post("/v1/searches", a_search("AB1*", now, 24h * 91));
  EXPECT_EQ(refused.status, 403);
  auto no_purpose = a_search("AB1*", now, 24h);
  no_purpose.erase("purpose");
  EXPECT_EQ(investigator.post("/v1/searches", no_purpose).status, 403);
}

// A stranger with nothing but the folder and the public key.
void verify_the_log(const std::filesystem::path& data) {
  const auto text = base::read_file(data / "audit.pub", 100).value();
  const auto key = base::from_hex(base::as_text(text).substr(0, 64)).value();
  std::array<std::uint8_t, 32> public_key{};
  std::copy(key.begin(), key.end(), public_key.begin());
  const auto verified = audit::verify(data / "audit", public_key);
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_GT(verified->size, 30U);
  EXPECT_EQ(verified->details_missing, 0U);
}

TEST(Office, FromASiteToAnOutcomeAndASearch) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  office.make_list("list-1", std::string(wanted_list));
  const auto operator_ = office.role("operator");
  testing::Events events(office.port(), operator_.token);
  ASSERT_NO_FATAL_FAILURE(expect_hello(events));
  send_two_reads(camera, office.clock().now());

  const auto alert = durable_alert(events);
  ASSERT_FALSE(alert.is_null());
  expect_what_was_wanted(alert);
  look_at_its_picture(operator_, alert);
  ASSERT_NO_FATAL_FAILURE(go_every_step(office, operator_, alert));

  const auto investigator = office.role("investigator");
  ASSERT_NO_FATAL_FAILURE(search_for_it(investigator, alert, office.clock().now()));
  search_for_too_much(investigator, office.clock().now());

  const auto checkpoint = office.role("auditor").get("/v1/audit/checkpoint").body;
  office.close();
  verify_the_log(office.folder() / "data");
}

TEST(Office, RefusesAReadUnderAnotherCamerasToken) {
  TestOffice office;
  const auto one = office.camera("camera-1", "site-1");
  const auto read = testing::a_read("e-1", "AB12CDE", office.clock().now());
  EXPECT_EQ(one.post("/v1/reads?camera=camera-2", read).status, 409);
  EXPECT_EQ(one.post("/v1/reads?camera=camera-1", read).json().at("accepted"), 1);
  EXPECT_EQ(Client({office.port(), "nobody-knows-this"}).post("/v1/reads", read).status, 401);
}

// Each page is a question of its own, with its own record; together they hold everything once.
TEST(Office, FindsPageByPage) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  for (int at = 0; at < 7; ++at) {
    const auto event = "e-" + std::to_string(at);
    ASSERT_EQ(
        camera.post("/v1/reads", testing::a_read(event, "AB12CDE", office.clock().now())).status,
        200);
  }
  auto search = a_search("AB12CDE", office.clock().now() + 1s, 24h);
  search["rows"] = 3;
  const auto investigator = office.role("investigator");
  std::set<std::string> ids, receipts;
  std::vector<std::size_t> rows;
  do {
    const auto page = investigator.post("/v1/searches", search).json();
    rows.push_back(page.at("sightings").size());
    for (const auto& read : page.at("sightings")) ids.insert(read.at("id"));
    receipts.insert(page.at("receipt").dump());
    search["after"] = page.at("next");
  } while (search.at("after") != "" && rows.size() < 10);
  EXPECT_EQ(rows, (std::vector<std::size_t>{3, 3, 1}));
  EXPECT_EQ(ids.size(), 7U);
  EXPECT_EQ(receipts.size(), 3U);
}

TEST(Office, FindsWhoWasWithAVehicle) {
  TestOffice office;
  const Client cameras[] = {office.camera("camera-1", "site-1"),
                            office.camera("camera-2", "site-2")};
  int event = 0;
  for (const auto& camera : cameras) {
    for (const auto* plate : {"AB12CDE", "KN05PQR"}) {
      const auto read =
          testing::a_read("e-" + std::to_string(++event), plate, office.clock().now());
      ASSERT_EQ(camera.post("/v1/reads", read).json().at("accepted"), 1);
    }
    office.clock().advance(10min);
  }
  auto question = a_search("AB12CDE", office.clock().now() + 1s, 24h);
  question["cameras_least"] = 2;
  const auto investigator = office.role("investigator");
  const auto found = investigator.post("/v1/convoys", question).json();
  ASSERT_EQ(found.at("companions").size(), 1U) << found;
  const auto& companion = found.at("companions").at(0);
  EXPECT_EQ(companion.at("plate"), "KN05PQR");
  EXPECT_EQ(companion.at("cameras"), 2);
  EXPECT_EQ(companion.at("meetings").at(0).at("camera"), "camera-1");
  EXPECT_EQ(found.at("passings"), 2);
  // A week of it is for a senior officer to allow.
  auto week = a_search("AB12CDE", office.clock().now(), 24h * 7);
  const auto refused = investigator.post("/v1/convoys", week);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.json().at("authority"), "senior_officer");
  week["plate"] = "AB12*";
  week["from"] = question.at("from");
  EXPECT_EQ(investigator.post("/v1/convoys", week).status, 400);
}

TEST(Office, FollowsAVehicleByLeaveOnly) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  const auto investigator = office.role("investigator");
  const auto officer = office.role("authoriser");
  ASSERT_LT(office.role("administrator")
                .post("/v1/people/" + office.person_of(officer) + "/standing",
                      {{"rank", "inspector"}, {"training", Json::array()}})
                .status,
            300);
  const auto now = office.clock().now();
  Json asked{{"purpose", testing::a_purpose()},
             {"plate", "AB12CDE"},
             {"until", base::format_utc(now + 2h)}};
  const auto refused = investigator.post("/v1/tracks", asked);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.json().at("authority"), "senior_officer");
  auto leave = asked;
  leave["kind"] = "senior_officer";
  leave["act"] = "track_plate";
  leave["from"] = base::format_utc(now);
  const auto id = investigator.post("/v1/authorities", leave).json().at("id").get<std::string>();
  ASSERT_EQ(officer
                .post("/v1/authorities/" + id + "/grant",
                      {{"reason", "Proportionate to it"}, {"hours", 3}, {"uses", 1}})
                .status,
            200);
  asked["authority"] = id;
  testing::Events events(investigator, "/v1/tracks", asked);
  expect_hello(events);
  for (const auto* plate : {"KN05PQR", "AB12CDE"}) {
    const auto read = testing::a_read(std::string("e-") + plate, plate, now + 1s);
    ASSERT_EQ(camera.post("/v1/reads", read).json().at("accepted"), 1);
  }
  const auto passing = events.next();
  ASSERT_TRUE(passing);
  EXPECT_EQ(passing->name, "sighting");
  EXPECT_EQ(passing->data.at("plate"), "AB12CDE");
  EXPECT_EQ(passing->data.at("camera"), "camera-1");
  ASSERT_EQ(officer.post("/v1/authorities/" + id + "/withdraw", {{"reason", "It is found already"}})
                .status,
            200);
  EXPECT_TRUE(events.is_closed_within(60s));
}

TEST(Office, KeepsEverythingAcrossARestart) {
  TestOffice office;
  auto camera = office.camera("camera-1", "site-1");
  office.make_list("list-1", std::string(wanted_list));
  EXPECT_EQ(camera.post("/v1/reads", testing::a_read("e-1", "AB12CDE", office.clock().now()))
                .json()
                .at("accepted"),
            1);
  office.reopen();
  EXPECT_FALSE(office->first_code());
  camera.port = office.port();
  EXPECT_EQ(camera.post("/v1/reads", testing::a_read("e-1", "AB12CDE", office.clock().now()))
                .json()
                .at("duplicates"),
            1);
  const auto alerts = office.role("operator").get("/v1/alerts").json().at("alerts");
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_EQ(alerts.at(0).at("durable"), true);
  const auto found = office.role("investigator")
                         .post("/v1/searches", a_search("AB12CDE", office.clock().now() + 1s, 24h));
  EXPECT_EQ(found.json().at("rows"), 1);
}

TEST(Office, ActingReadsTheEntryAgain) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  office.make_list("list-1", std::string(wanted_list));
  camera.post("/v1/reads", read_with_picture("e-1", "AB12CDE", office.clock().now()));
  const auto operator_ = office.role("operator");
  const auto alert = operator_.get("/v1/alerts").json().at("alerts").at(0);
  const auto base = "/v1/alerts/" + alert.at("id").get<std::string>();
  ASSERT_EQ(operator_.post(base + "/confirm", {{"note", "clear"}}).status, 200);
  const auto entry = alert.at("hit").at("entry").get<std::string>();
  ASSERT_EQ(office.role("list_owner")
                .post("/v1/watchlists/entries/" + entry + "/withdraw", {{"reason", "sold"}})
                .status,
            204);
  const auto refused = operator_.post(base + "/act", Json::object());
  EXPECT_EQ(refused.status, 409);
  EXPECT_NE(refused.json().at("detail").get<std::string>().find("withdrawn"), std::string::npos)
      << refused.body;
}

// The phone in the car shows what the control room gave it, and nothing else.
TEST(Office, APatrolWorksWhatIsAssignedToThem) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  office.make_list("list-1", std::string(wanted_list));
  camera.post("/v1/reads", read_with_picture("e-1", "AB12CDE", office.clock().now()));
  const auto operator_ = office.role("operator");
  const auto patrol = office.role("patrol");
  const auto other = office.another("patrol", "another-car");
  const auto alert = operator_.get("/v1/alerts").json().at("alerts").at(0);
  const auto base = "/v1/alerts/" + alert.at("id").get<std::string>();
  EXPECT_EQ(patrol.get("/v1/alerts").json().at("alerts"), Json::array());
  EXPECT_EQ(patrol.get(base).status, 404);
  ASSERT_EQ(operator_.post(base + "/confirm", {{"note", "clear"}}).status, 200);
  ASSERT_EQ(operator_.post(base + "/assign", {{"to", office.person_of(patrol)}}).status, 200);

  EXPECT_EQ(patrol.get("/v1/alerts").json().at("alerts").size(), 1U);
  look_at_its_picture(patrol, alert);
  EXPECT_EQ(other.get("/v1/alerts").json().at("alerts"), Json::array());
  EXPECT_EQ(other.get(base).status, 404);
  EXPECT_EQ(other.post(base + "/act", Json::object()).status, 404);
  // What is theirs to do, and what is not.
  EXPECT_EQ(patrol.post(base + "/reject", {{"note", "no"}}).status, 403);
  EXPECT_EQ(patrol.post(base + "/assign", {{"to", office.person_of(other)}}).status, 403);
  EXPECT_EQ(patrol.post(base + "/act", Json::object()).status, 200);
  EXPECT_EQ(
      patrol.post(base + "/outcome", {{"code", "stopped"}, {"note", "safe"}}).json().at("state"),
      "closed");
}

TEST(Office, AlertsOnlyTheOrganisationsThatAListNames) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  const auto owner = office.role("list_owner");
  const Json list{{"id", "list-1"},
                  {"name", "Theirs"},
                  {"level", "regional"},
                  {"purpose", "Test"},
                  {"priority", "high"},
                  {"review", "2026-05-20"},
                  {"age_max_hours", 48},
                  {"alert_window_seconds", 300},
                  {"alerted", Json::array({"other-force"})}};
  ASSERT_EQ(owner.post("/v1/watchlists", list).status, 201);
  ASSERT_EQ(owner.put_csv("/v1/watchlists/list-1/entries", "VRM,Reason\nAB12CDE,WANTED\n").status,
            200);
  office.make_list("list-2", "VRM\nXY34ZZZ\n");
  const auto lists = owner.get("/v1/watchlists").json().at("watchlists");
  EXPECT_EQ(lists.at(0).at("alerted"), list.at("alerted"));
  EXPECT_EQ(lists.at(1).at("alerted"), Json::array());

  const auto ours = office.role("operator");
  const auto theirs = office.another("operator", "test-theirs", "other-force");
  testing::Events our_events(office.port(), ours.token);
  testing::Events their_events(office.port(), theirs.token);
  ASSERT_TRUE(our_events.next() && their_events.next());
  camera.post("/v1/reads", read_with_picture("e-1", "AB12CDE", office.clock().now()));
  camera.post("/v1/reads", read_with_picture("e-2", "XY34ZZZ", office.clock().now()));
  const auto plate_on = [](testing::Events& events) {
    const auto event = events.next();
    return event ? event->data.at("read").at("plate").get<std::string>() : "nothing";
  };
  EXPECT_EQ(plate_on(their_events), "AB12CDE");
  EXPECT_EQ(plate_on(our_events), "XY34ZZZ");

  const auto alerts = theirs.get("/v1/alerts").json().at("alerts");
  ASSERT_EQ(alerts.size(), 2U);
  const auto& alert = alerts.at(alerts.at(0).at("read").at("plate") == "AB12CDE" ? 0 : 1);
  EXPECT_EQ(alert.at("hit").at("reason_code"), "wanted");
  const auto base = "/v1/alerts/" + alert.at("id").get<std::string>();
  const auto picture = "/v1/sightings/" + alert.at("read").at("id").get<std::string>() +
                       "/pictures/overview?alert=" + alert.at("id").get<std::string>();
  EXPECT_EQ(theirs.get(base).status, 200);
  EXPECT_EQ(theirs.get(picture).status, 200);
  const std::pair<std::string, Json> steps[] = {{"confirm", {{"note", ""}}},
                                                {"reject", {{"note", "no"}}},
                                                {"assign", {{"to", office.person_of(ours)}}},
                                                {"act", Json::object()},
                                                {"outcome", {{"code", "observed"}}}};
  for (int restart = 0; restart < 2; ++restart) {
    const auto seen = ours.get("/v1/alerts").json().at("alerts");
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen.at(0).at("read").at("plate"), "XY34ZZZ");
    EXPECT_EQ(ours.get(base).status, 404);
    EXPECT_EQ(ours.get(picture).status, 404);
    for (const auto& [verb, body] : steps) {
      EXPECT_EQ(ours.post(base + "/" + verb, body).status, 404) << verb;
    }
    office.reopen();
  }
  EXPECT_EQ(theirs.post(base + "/confirm", {{"note", ""}}).status, 200);
}

TEST(Office, AStoppedSiteHandsInNothingMore) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  office.clock().advance(20min);
  const auto manager = office.role("anpr_manager");
  ASSERT_EQ(manager.post("/v1/sites/site-1/stop", {{"reason", "road closed"}}).status, 204);
  office.clock().advance(1h);
  // What was seen before the stop may still come; what was seen after it may not.
  const auto before =
      camera.post("/v1/reads", testing::a_read("e-1", "AB12CDE", office.clock().now() - 70min));
  EXPECT_EQ(before.status, 200) << before.body;
  const auto after =
      camera.post("/v1/reads", testing::a_read("e-2", "AB12CDE", office.clock().now()));
  EXPECT_EQ(after.json().value("accepted", 0), 0) << after.body;
  office.clock().advance(24h * 8);
  const auto late =
      camera.post("/v1/reads", testing::a_read("e-3", "AB12CDE", office.clock().now() - 24h * 10));
  EXPECT_EQ(late.status, 403) << late.body;
  EXPECT_EQ(late.json().at("code"), "not_justified");
}

TEST(Office, AStreamEndsWithItsSession) {
  TestOffice office;
  const auto watcher = office.role("operator");
  testing::Events events(office.port(), watcher.token);
  ASSERT_TRUE(events.next());
  ASSERT_EQ(testing::ask(office.port(), "DELETE", "/v1/session", {}, watcher.with_token()).status,
            204);
  EXPECT_TRUE(events.is_closed_within(60s));
}

TEST(Office, AStreamEndsWhenTheRoleIsTakenAway) {
  TestOffice office;
  const auto watcher = office.role("operator");
  testing::Events events(office.port(), watcher.token);
  ASSERT_TRUE(events.next());
  ASSERT_EQ(office.role("administrator")
                .post("/v1/people/" + office.person_of(watcher) + "/roles",
                      {{"roles", Json::array({"list_owner"})}})
                .status,
            204);
  EXPECT_TRUE(events.is_closed_within(60s));
  EXPECT_EQ(watcher.get("/v1/alerts").status, 403);
}

TEST(Office, AnAdministratorCannotMakeThemselvesAnother) {
  TestOffice office;
  const auto administrator = office.role("administrator");
  // One who never signed in counts for nothing.
  ASSERT_EQ(administrator
                .post("/v1/people", {{"sign_in_name", "adm2"},
                                     {"display_name", "Another"},
                                     {"organisation", "office"},
                                     {"roles", Json::array({"administrator"})}})
                .status,
            201);
  const auto me = "/v1/people/" + office.person_of(administrator);
  const std::pair<const char*, Json> tries[] = {
      {"/roles", {{"roles", Json::array({"investigator"})}}},
      {"/standing", {{"rank", "inspector"}, {"training", Json::array()}}},
      {"/line", {{"line", "north"}}},
      {"/organisation", {{"organisation", "test-force"}}}};
  for (const auto& [path, body] : tries) {
    const auto refused = administrator.post(me + path, body);
    EXPECT_EQ(refused.status, 403) << path;
    EXPECT_NE(refused.body.find("nobody may change their own roles"), std::string::npos) << path;
    EXPECT_TRUE(refused.json().contains("receipt")) << refused.body;
  }
  EXPECT_EQ(administrator.post(me + "/deactivate", Json::object()).status, 409);
  EXPECT_EQ(
      administrator.post("/v1/searches", a_search("AB12CDE", office.clock().now(), 24h)).status,
      403);
}

TEST(Office, AStreamEndsWhenTheirOrganisationHasAnotherPlace) {
  TestOffice office;
  const auto watcher = office.role("operator");
  testing::Events events(office.port(), watcher.token);
  ASSERT_TRUE(events.next());
  const auto administrator = office.role("administrator");
  ASSERT_EQ(
      administrator
          .post("/v1/organisations", {{"id", "north"}, {"kind", "region"}, {"name", "The North"}})
          .status,
      201);
  ASSERT_EQ(administrator
                .post("/v1/organisations/test-force",
                      {{"kind", "force"}, {"name", "Test Force"}, {"parent", "north"}})
                .status,
            204);
  EXPECT_TRUE(events.is_closed_within(60s));
  // They watch again at once, and are told what is for the region too.
  EXPECT_EQ(watcher.get("/v1/alerts").status, 200);
}

TEST(Office, GoneMeansGone) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  office.role("operator");
  office.make_list("list-1", std::string(wanted_list));
  const auto seen = office.clock().now();
  camera.post("/v1/reads", read_with_picture("e-1", "AB12CDE", seen));
  camera.post("/v1/reads", read_with_picture("e-2", "GH56JKL", seen));
  const auto investigator = office.another("investigator", "holder");
  auto hold = a_search("GH56JKL", seen + 1s, 24h);
  hold["id"] = "case-1";
  hold["review"] = "2026-09-01";
  const auto held = investigator.post("/v1/holds", hold);
  ASSERT_EQ(held.status, 201) << held.body;
  EXPECT_EQ(held.json().at("held"), 1);

  // The day is over: its slice is sealed. Much later it is erased.
  office.clock().advance(24h * 2);
  ASSERT_TRUE(office->keep_house());
  office.clock().advance(24h * 365);
  ASSERT_TRUE(office->keep_house());

  const auto metrics = office.nobody().get("/metrics").body;
  EXPECT_NE(metrics.find("regmark_store_slices 0"), std::string::npos) << metrics;
  // Everybody was signed out long ago, and sees nothing of it when they come back.
  const auto sign_in = [&](const std::string& name) {
    const auto reply = office.nobody().post(
        "/v1/session", {{"sign_in_name", name}, {"password", testing::password}});
    return Client{office.port(), reply.json().at("token").get<std::string>()};
  };
  EXPECT_EQ(sign_in("test-operator").get("/v1/alerts").json().at("alerts"), Json::array());
  // What is held is seen for its case, and that nobody looked again in time is on the gauges.
  const auto shown =
      sign_in("holder").post("/v1/holds/case-1/searches", {{"purpose", testing::a_purpose()}});
  EXPECT_EQ(shown.json().at("rows"), 1) << shown.body;
  EXPECT_NE(metrics.find("regmark_holds_overdue 1"), std::string::npos) << metrics;
  office.reopen();
}

TEST(Office, AReadDrawnByChanceIsChecked) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  const auto checker = office.role("operator");
  const auto manager = office.role("anpr_manager");
  // A session that nobody uses is over soon.
  const auto wait = [&](int minutes) {
    for (; minutes > 0; minutes -= 20) {
      office.clock().advance(20min);
      for (const auto& each : {checker, manager}) each.get("/v1/session");
    }
  };
  wait(60);  // into an hour that the office sees whole
  auto read = testing::a_read("e-1", "AB12CDE", office.clock().now());
  read["pictures"] = Json::array({{{"kind", "plate"}, {"base64", testing::picture_base64()}}});
  ASSERT_EQ(camera.post("/v1/reads", read).json().at("accepted"), 1);
  wait(80);
  Json next;
  for (int tries = 0; tries < 150 && next.is_null(); ++tries) {
    std::this_thread::sleep_for(200ms);  // the office closes its hours in its own time
    next = checker.get("/v1/samples/next").json().at("read");
  }
  ASSERT_TRUE(next.is_string());
  const auto path = "/v1/samples/" + next.get<std::string>();
  EXPECT_EQ(checker.get(path + "/picture").body, testing::picture_bytes());
  const Json told{{"sees", "plate"}, {"text", "AB12 CDE"}};
  EXPECT_EQ(checker.post(path, told).status, 204);
  EXPECT_EQ(checker.post(path, told).status, 404);
  const auto all = manager.get("/v1/accuracy").json().at("accuracies").at(0);
  EXPECT_EQ(all.at("checked"), 1);
  EXPECT_EQ(all.at("right"), 1);
}

TEST(Office, SaysWhoHoldsItsFolder) {
  TestOffice office;
  server::Settings settings;
  settings.data = office.folder() / "data";
  settings.listen.port = 0;
  const auto second = server::Office::open(settings, office.clock(), {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_NE(second.error().message.find("another office"), std::string::npos);
}

TEST(Office, DoesNotMakeNewKeysForOldData) {
  TestOffice office;
  office.close();
  std::filesystem::remove(office.folder() / "data" / "keys" / "store_master.key");
  server::Settings settings;
  settings.data = office.folder() / "data";
  settings.listen.port = 0;
  const auto opened = server::Office::open(settings, office.clock(), {});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  EXPECT_NE(opened.error().message.find("store_master.key"), std::string::npos);
}

TEST(Office, KeepsItsFilesToItself) {
  TestOffice office;
  using std::filesystem::perms;
  const auto others = perms::group_all | perms::others_all;
  const auto data = office.folder() / "data";
  for (const auto* name : {"", "keys", "keys/audit_signing.key", "keys/store_master.key",
                           "records.db", "audit", "sightings"}) {
    EXPECT_EQ(std::filesystem::status(data / name).permissions() & others, perms::none) << name;
  }
}

TEST(Office, CountsWithoutNamingAnybody) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  office.make_list("list-1", std::string(wanted_list));
  camera.post("/v1/reads", testing::a_read("e-1", "AB12CDE", office.clock().now()));
  office.role("operator").get("/v1/alerts");
  const auto metrics = office.nobody().get("/metrics");
  EXPECT_TRUE(metrics.header("Content-Type").starts_with("text/plain"));
  for (const auto* want :
       {"regmark_reads_accepted_total 1", "regmark_hits_total 1", "regmark_store_reads 1",
        "regmark_list_entries_active 2",
        R"(regmark_http_requests_total{operation="sendReads",status="200"} 1)"}) {
    EXPECT_NE(metrics.body.find(want), std::string::npos) << want << "\n" << metrics.body;
  }
  for (const auto* secret : {"AB12CDE", "camera-1", "site-1", "list-1", "Test", "operator"}) {
    EXPECT_EQ(metrics.body.find(secret), std::string::npos) << secret;
  }
}

TEST(Office, SaysWhenAPolicyChanged) {
  TestOffice office;
  const auto auditor = office.role("auditor");
  const auto policy = auditor.get("/v1/policy").json();
  const auto records = [&] {
    int loaded = 0;
    const auto page =
        auditor.get("/v1/audit/entries?count=1000", testing::purpose_headers()).json();
    for (const auto& entry : page.at("entries")) {
      if (entry.at("operation") != "policy") continue;
      ++loaded;
      EXPECT_EQ(entry.at("details").at("version"), policy.at("version"));
    }
    return loaded;
  };
  EXPECT_EQ(records(), 1);
}

}  // namespace
}  // namespace regmark
