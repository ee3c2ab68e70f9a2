// What is kept, and until when; backups of a whole office, and the way back; and what goes before
// anybody may ask.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "audit/kill_testing.h"
#include "audit/verify.h"
#include "backup/restore.h"
#include "base/encoding.h"
#include "base/files.h"
#include "base/sealed_box.h"
#include "office_testing.h"

namespace regmark {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::Client;
using testing::Json;
using testing::TestOffice;

Json days_of(const Client& client, int gone = 31) {
  const auto reply =
      client.get("/v1/days?gone=" + std::to_string(gone), testing::purpose_headers());
  EXPECT_EQ(reply.status, 200) << reply.body;
  return reply.json().value("days", Json::array());
}

// Hands in one read, which the office must take.
void hand_in(const Client& camera, const Json& read) {
  const auto reply = camera.post("/v1/reads", read);
  ASSERT_EQ(reply.json().value("accepted", 0), 1) << reply.body;
}

TEST(Keeping, SaysOfEachDayUntilWhenByWhomAndHowMuch) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  const auto seen = office.clock().now();
  auto read = testing::a_read("e-1", "AB12CDE", seen);
  read["pictures"] = Json::array({{{"kind", "overview"}, {"base64", testing::picture_base64()}}});
  hand_in(camera, read);
  hand_in(camera, testing::a_read("e-2", "GH56JKL", seen));
  const auto held = office.role("investigator")
                        .post("/v1/holds", {{"purpose", testing::a_purpose()},
                                            {"plate", "AB12CDE"},
                                            {"from", base::format_utc(seen - 1h)},
                                            {"until", base::format_utc(seen + 1s)},
                                            {"id", "case-7"},
                                            {"review", "2026-09-01"}});
  ASSERT_EQ(held.status, 201) << held.body;

  auto day = days_of(office.role("dpo")).at(0);
  EXPECT_EQ(day.at("day"), "2026-03-28");
  EXPECT_EQ(day.at("state"), "open");
  EXPECT_EQ(day.at("kept_until"), "2027-03-29T00:00:00.000Z");
  EXPECT_EQ(day.at("pictures_kept_until"), "2026-06-27T00:00:00.000Z");
  EXPECT_EQ(day.at("reads"), 2);
  EXPECT_EQ(day.at("pictures"), 1);
  EXPECT_GT(day.at("pictures_bytes"), 0);
  EXPECT_EQ(day.at("keys"), 2);
  EXPECT_EQ(day.at("held"), Json::array({{{"hold", "case-7"}, {"reads", 1}}}));

  office.clock().advance(24h * 91);
  ASSERT_TRUE(office->keep_house());
  const auto again = [&] {
    const auto reply = office.nobody().post(
        "/v1/session", {{"sign_in_name", "test-dpo"}, {"password", testing::password}});
    return Client{office.port(), reply.json().at("token").get<std::string>()};
  };
  day = days_of(again()).at(0);
  EXPECT_EQ(day.at("state"), "sealed");
  EXPECT_EQ(day.at("pictures_state"), "gone");
  EXPECT_EQ(day.at("pictures_bytes"), 0);
  EXPECT_EQ(day.at("keys"), 1);

  office.clock().advance(24h * 300);
  ASSERT_TRUE(office->keep_house());
  day = days_of(again()).at(0);
  EXPECT_EQ(day.at("state"), "gone");
  EXPECT_EQ(day.at("reads"), 2);  // the count remains
  EXPECT_EQ(day.at("rows_bytes"), 0);
  EXPECT_EQ(day.at("keys"), 0);
  EXPECT_EQ(day.at("held"), Json::array({{{"hold", "case-7"}, {"reads", 1}}}));
  EXPECT_EQ(days_of(again(), 0), Json::array());
}

// An office that was closed for long shows nothing that is over, not even for a moment.
TEST(Keeping, ErasesWhatIsOverBeforeItsDoorsOpen) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  hand_in(camera, testing::a_read("e-1", "AB12CDE", office.clock().now()));
  const auto data = office.folder() / "data";
  ASSERT_TRUE(fs::exists(data / "sightings" / "keys" / "rows-2026-03-28"));
  office.close();
  std::ofstream(data / "audit" / "checkpoint.new") << "half written";
  office.clock().advance(24h * 366);
  office.reopen();
  EXPECT_FALSE(fs::exists(data / "sightings" / "keys" / "rows-2026-03-28"));
  EXPECT_FALSE(fs::exists(data / "audit" / "checkpoint.new"));
}

base::Key log_key_of(const fs::path& data) {
  const auto text = base::read_file(data / "audit.pub", 100).value();
  const auto bytes = base::from_hex(base::as_text(text).substr(0, 64)).value();
  base::Key key{};
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

// An office with a place for backups.
class BackedUpOffice {
 public:
  BackedUpOffice() {
    settings_.data = folder_.path() / "data";
    settings_.listen.port = 0;
    REGMARK_CHECK(base::make_private_folder(folder_.path() / "apart"));
    settings_.backup = {.places = {{folder_.path() / "to", folder_.path() / "apart" / "ring"}},
                        .public_key = box_.public_key,
                        .every = 0h};
    open();
    staff_.emplace(office_->port(), office_->first_code().value(), clock_);
  }
  void open() {
    office_ = server::Office::open(settings_, clock_, testing::test_pages()).value();
    settings_.listen.port = office_->port();
  }
  void close() { office_.reset(); }
  server::Office& office() { return *office_; }
  testing::Staff& staff() { return *staff_; }
  base::ManualClock& clock() { return clock_; }
  const server::Settings& settings() const { return settings_; }
  fs::path path(const char* name) const { return folder_.path() / name; }

  // Asks as a person does, and waits until it is made.
  Json back_up() {
    const auto administrator = staff_->role("administrator");
    const auto asked =
        administrator.post("/v1/backups", {{"folder", (folder_.path() / "to").string()}});
    EXPECT_EQ(asked.status, 202) << asked.body;
    for (int tries = 0; tries < 600; ++tries) {
      auto state = administrator.get("/v1/backups").json().at("backups").at(0);
      if (!state.at("is_asked_for").get<bool>()) return state;
      std::this_thread::sleep_for(50ms);
    }
    return {};
  }
  Result<backup::Restored> restore(const char* to) {
    return backup::restore({.folder = folder_.path() / "to",
                            .ring = folder_.path() / "apart" / "ring",
                            .key = box_,
                            .log_key = log_key_of(settings_.data)},
                           folder_.path() / to);
  }

 private:
  base::TestFolder folder_;
  base::ManualClock clock_{testing::start_time};
  const base::BoxKey box_ = base::new_box_key();
  server::Settings settings_;
  std::unique_ptr<server::Office> office_;
  std::optional<testing::Staff> staff_;
};

TEST(Keeping, AnOfficeComesBackFromItsBackup) {
  BackedUpOffice test;
  const auto camera = test.staff().camera("camera-1", "site-1");
  hand_in(camera, testing::a_read("e-1", "AB12CDE", test.clock().now()));
  const auto state = test.back_up();
  EXPECT_EQ(state.at("failure"), "");
  EXPECT_EQ(state.at("generation"), 1);
  EXPECT_EQ(state.at("made_at"), base::format_utc(test.clock().now()));
  const auto restored = test.restore("other");
  ASSERT_TRUE(restored) << restored.error().message;
  test.close();

  auto settings = test.settings();
  settings.data = test.path("other");
  settings.backup = {};
  const auto other = server::Office::open(settings, test.clock(), testing::test_pages());
  ASSERT_TRUE(other) << other.error().message;
  EXPECT_FALSE((*other)->first_code());  // the same people, with their passwords
  const auto sign_in =
      testing::ask((*other)->port(), "POST", "/v1/session",
                   Json{{"sign_in_name", "administrator"}, {"password", testing::password}}.dump());
  ASSERT_EQ(sign_in.status, 200) << sign_in.body;
  const Client administrator{(*other)->port(), sign_in.json().at("token").get<std::string>()};
  EXPECT_EQ(days_of(administrator).at(0).at("reads"), 1);
  EXPECT_FALSE(fs::exists(backup::restored_note(settings.data)));
  const auto verified = audit::verify(settings.data / "audit", log_key_of(settings.data));
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_GT(verified->size, restored->records);  // and says that it was restored
}

TEST(Keeping, ARestoredOfficeHasNothingThatIsOver) {
  BackedUpOffice test;
  const auto camera = test.staff().camera("camera-1", "site-1");
  hand_in(camera, testing::a_read("e-1", "AB12CDE", test.clock().now()));
  ASSERT_EQ(test.back_up().at("failure"), "");
  test.close();
  test.clock().advance(24h * 366);
  ASSERT_TRUE(test.restore("other"));
  const auto key = test.path("other") / "sightings" / "keys" / "rows-2026-03-28";
  EXPECT_TRUE(fs::exists(key));
  auto settings = test.settings();
  settings.data = test.path("other");
  const auto other = server::Office::open(settings, test.clock(), testing::test_pages());
  ASSERT_TRUE(other) << other.error().message;
  EXPECT_FALSE(fs::exists(key));
}

// A backup from before an erasure is made anew by itself: what is restored from it never had the
// read.
TEST(Keeping, WhatAKeeperHadErasedIsInNoBackup) {
  BackedUpOffice test;
  const auto camera = test.staff().camera("camera-1", "site-1");
  const auto now = test.clock().now();
  hand_in(camera, testing::a_read("e-1", "AB12CDE", now));
  hand_in(camera, testing::a_read("e-2", "GH56JKL", now));
  ASSERT_EQ(test.back_up().at("generation"), 1);
  const auto officer = test.staff().role("dpo");
  const Json why{{"reason", "The keeper has asked us"}};
  const auto made = officer.post("/v1/subject-requests", {{"purpose", why},
                                                          {"wish", "erasure"},
                                                          {"plate", "AB12CDE"},
                                                          {"from", base::format_utc(now - 24h)},
                                                          {"until", base::format_utc(now + 1s)},
                                                          {"asked_by", "The keeper, by letter"},
                                                          {"received", "2026-03-28"}});
  ASSERT_EQ(made.status, 201) << made.body;
  const auto path = "/v1/subject-requests/" + made.json().at("id").get<std::string>();
  const auto held = officer.post(path + "/see", {{"purpose", why}}).json();
  const Json ids = Json::array({held.at("sightings").at(0).at("id")});
  const auto erased = officer.post(path + "/erase", {{"purpose", why}, {"sightings", ids}});
  ASSERT_EQ(erased.status, 200) << erased.body;
  EXPECT_EQ(erased.json().at("request").at("erased").at("reads"), 1);
  // The camera's next try is taken for nothing, and brings nothing back.
  const auto again = camera.post("/v1/reads", testing::a_read("e-1", "AB12CDE", now)).json();
  EXPECT_EQ(again.value("accepted", 0), 0) << again.dump();

  test.clock().advance(1s);
  ASSERT_TRUE(test.office().keep_house());
  const auto administrator = test.staff().role("administrator");
  Json state = Json::object();
  for (int tries = 0; tries < 600 && state.value("generation", 0) != 2; ++tries) {
    std::this_thread::sleep_for(50ms);
    state = administrator.get("/v1/backups").json().at("backups").at(0);
  }
  ASSERT_EQ(state.value("generation", 0), 2) << state.dump();
  ASSERT_TRUE(test.restore("other"));
  test.close();
  auto settings = test.settings();
  settings.data = test.path("other");
  settings.backup = {};
  const auto other = server::Office::open(settings, test.clock(), testing::test_pages());
  ASSERT_TRUE(other) << other.error().message;
  const auto sign_in =
      testing::ask((*other)->port(), "POST", "/v1/session",
                   Json{{"sign_in_name", "administrator"}, {"password", testing::password}}.dump());
  const Client there{(*other)->port(), sign_in.json().at("token").get<std::string>()};
  EXPECT_EQ(days_of(there).at(0).at("reads"), 1);
}

TEST(Keeping, OnlyAnAdministratorMayHaveABackupMadeAndOnlyWhereItIsAllowed) {
  BackedUpOffice test;
  const auto administrator = test.staff().role("administrator");
  EXPECT_EQ(administrator.post("/v1/backups", {{"folder", "/etc"}}).status, 404);
  EXPECT_EQ(test.staff().role("auditor").post("/v1/backups", Json::object()).status, 403);
  EXPECT_FALSE(fs::exists(test.path("to")));
}

// --- An office that is killed while it erases
// -----------------------------------------------------

constexpr const char* folder_variable = "REGMARK_KEEPING_FOLDER";

server::Settings settings_in(const fs::path& folder) {
  server::Settings settings;
  settings.data = folder / "data";
  settings.listen.port = 0;
  return settings;
}

// What the office says it erased of days, as an auditor reads it.
std::vector<Json> drops_on_record(std::uint16_t port) {
  const auto signed_in = Client{port, ""}.post(
      "/v1/session", {{"sign_in_name", "test-auditor"}, {"password", testing::password}});
  const Client auditor{port, signed_in.json().at("token").get<std::string>()};
  const auto entries =
      auditor.get("/v1/audit/entries?count=1000", testing::purpose_headers()).json().at("entries");
  std::vector<Json> drops;
  for (const auto& entry : entries) {
    if (entry.at("operation") == "erasure" && entry.at("act") == "drop" &&
        entry.at("outcome") == "done") {
      drops.push_back(entry.at("details"));
    }
  }
  return drops;
}

bool any_holds(const fs::path& folder, std::string_view needle) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const auto bytes = base::read_file(entry.path(), std::size_t{1} << 30U).value();
    if (base::as_text(bytes).find(needle) != std::string_view::npos) return true;
  }
  return false;
}

// Killed at each point of a drop, it is done when the office is open again, and said with its
// counts. REGMARK_KILL_STRIDE=1 tries every point.
TEST(KeepingKill, WhatWasBegunIsGoneWhenTheOfficeIsOpenAgain) {
  base::ManualClock clock{testing::start_time};
  // NOLINTNEXTLINE(concurrency-mt-unsafe)
  if (const char* mine = std::getenv(folder_variable)) {
    clock.advance(24h * 366);
    ASSERT_TRUE(server::Office::open(settings_in(mine), clock, {}));
    return;
  }
  base::TestFolder first;
  {
    const auto office = server::Office::open(settings_in(first.path()), clock, {}).value();
    testing::Staff staff(office->port(), office->first_code().value(), clock);
    staff.role("auditor");
    const auto camera = staff.camera("camera-1", "site-1");
    staff.make_list("list-1", "VRM\nWANTED77\n");
    hand_in(camera, testing::a_read("e-1", "WANTED77", clock.now()));
    hand_in(camera, testing::a_read("e-2", "OTHER88", clock.now()));
  }
  clock.advance(24h * 366);
  const char* stride = std::getenv("REGMARK_KILL_STRIDE");  // NOLINT(concurrency-mt-unsafe)
  bool was_killed = true;
  int halfway = 0;
  for (int at = 1; was_killed; at += stride == nullptr ? 9 : std::atoi(stride)) {
    SCOPED_TRACE(at);
    const base::TestFolder folder;
    fs::copy(first.path(), folder.path(), fs::copy_options::recursive);
    was_killed = audit::run_until_killed("KeepingKill.WhatWasBegunIsGoneWhenTheOfficeIsOpenAgain",
                                         {{folder_variable, folder.path().string()}}, {.at = at})
                     .was_killed;
    halfway += was_killed ? 1 : 0;
    const auto office = server::Office::open(settings_in(folder.path()), clock, {});
    ASSERT_TRUE(office) << office.error().message;
    const auto drops = drops_on_record((*office)->port());
    ASSERT_FALSE(drops.empty());
    for (const auto& drop : drops) {
      EXPECT_EQ(drop.at("slice"), "2026-03-28");
      EXPECT_EQ(drop.at("reads"), 2);
      EXPECT_EQ(drop.at("alerts"), 1);
    }
    EXPECT_FALSE(fs::exists(folder.path() / "data/sightings/keys/rows-2026-03-28"));
    EXPECT_FALSE(any_holds(folder.path() / "data", "OTHER88"));
    const auto verified =
        audit::verify(folder.path() / "data/audit", log_key_of(folder.path() / "data"));
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->unexplained, std::vector<audit::MissingDetails>{});
  }
  EXPECT_GT(halfway, 5);
}

}  // namespace
}  // namespace regmark
