#include "server/doctor.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <sstream>
#include <thread>

#include "backup/ring.h"
#include "base/encoding.h"
#include "base/files.h"
#include "base/files_testing.h"
#include "base/sealed_box.h"
#include "base/time_testing.h"
#include "server/office.h"

namespace regmark::server {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

// A folder that an office was opened on once, and is closed.
class DoctorTest : public ::testing::Test {
 protected:
  DoctorTest() {
    settings_.data = folder_.path() / "data";
    settings_.listen.port = 0;
    REGMARK_CHECK(Office::open(settings_, clock_, {}).has_value());
  }
  std::vector<Finding> of(const std::string& part) {
    auto all = examine(settings_, clock_);
    std::erase_if(all, [&](const Finding& finding) { return finding.part != part; });
    return all;
  }
  Health worst(const std::string& part) {
    auto worst = Health::ok;
    const auto findings = of(part);
    EXPECT_FALSE(findings.empty()) << part;
    for (const auto& finding : findings) {
      worst = std::max(worst, finding.health);
      // Whoever is told that something is wrong is told what to do.
      EXPECT_EQ(finding.health == Health::ok, finding.advice.empty()) << finding.words;
    }
    return worst;
  }
  void trust(const std::string& issuer, const std::string& redirect) {
    auto& provider = settings_.sign_in.identity_provider.emplace();
    provider.rules.issuer = issuer;
    provider.rules.redirect = redirect;
  }
  fs::path data(const char* path) const { return settings_.data / path; }

  base::TestFolder folder_;
  base::ManualClock clock_{base::format_utc(base::SystemClock().now())};
  Settings settings_;
};

TEST_F(DoctorTest, FindsNothingWrongWithANewOffice) {
  for (const char* part :
       {"exposure", "sign-in", "modes", "keys", "clock", "policy", "retention", "holds",
        "authorities", "reviews", "keepers", "lists", "estate", "training"}) {
    SCOPED_TRACE(part);
    EXPECT_EQ(worst(part), Health::ok);
  }
  // What nobody set up yet.
  EXPECT_EQ(worst("backup"), Health::warning);
  EXPECT_EQ(worst("witnesses"), Health::warning);
}

TEST_F(DoctorTest, SaysWhatIsWrong) {
  struct Case {
    const char* part;
    std::function<void()> break_it;
    std::function<void()> mend_it;
    Health want;
  };
  const auto key = base::read_file(data("keys/store_master.key"), 100).value();
  const auto shown = base::read_file(data("audit.pub"), 100).value();
  const std::vector<Case> cases = {
      {"exposure", [&] { settings_.listen.address = "0.0.0.0"; },
       [&] { settings_.listen.address = "127.0.0.1"; }, Health::problem},
      {"sign-in",
       [&] {
         settings_.sign_in.security_keys =
             people::SecurityKeyRules{.rp_id = "anpr.example", .origins = {"https://anpr.example"}};
       },
       [&] { settings_.sign_in.security_keys.reset(); }, Health::problem},
      {"sign-in", [&] { trust("https://id.example", "https://anpr.example/"); },
       [&] { settings_.sign_in.identity_provider.reset(); }, Health::problem},
      {"sign-in",
       [&] {
         trust("https://id.example", "http://localhost:8600/");
         settings_.sign_in.identity_provider->secret_file = folder_.path() / "no secret";
       },
       [&] { settings_.sign_in.identity_provider.reset(); }, Health::problem},
      {"sign-in", [&] { trust("http://127.0.0.1:9000", "http://localhost:8600/"); },
       [&] { settings_.sign_in.identity_provider.reset(); }, Health::warning},
      {"modes", [&] { ::chmod(settings_.data.c_str(), 0750); },
       [&] { ::chmod(settings_.data.c_str(), 0700); }, Health::problem},
      {"modes", [&] { ::chmod(data("keys/audit_signing.key").c_str(), 0640); },
       [&] { ::chmod(data("keys/audit_signing.key").c_str(), 0600); }, Health::problem},
      {"modes", [&] { ::chmod(data("records.db").c_str(), 0604); },
       [&] { ::chmod(data("records.db").c_str(), 0600); }, Health::problem},
      {"keys", [&] { fs::remove(data("keys/store_master.key")); },
       [&] { REGMARK_CHECK(base::write_file(data("keys/store_master.key"), key)); },
       Health::problem},
      {"keys",
       [&] {
         const auto other = base::to_hex(base::random_bytes<32>());
         REGMARK_CHECK(base::write_file(data("audit.pub"), base::as_bytes(other)));
       },
       [&] { REGMARK_CHECK(base::write_file(data("audit.pub"), shown)); }, Health::problem},
      {"clock", [&] { clock_.advance(-1h); }, [&] { clock_.advance(1h); }, Health::problem},
      {"clock", [&] { clock_.advance(8 * 24h); }, [&] { clock_.advance(-8 * 24h); },
       Health::warning},
      {"backup",
       [&] {
         settings_.backup.places = {{folder_.path() / "to", folder_.path() / "ring"}};
       },
       [&] { settings_.backup.places.clear(); }, Health::problem},
      {"policy", [&] { settings_.policy = folder_.path() / "none.toml"; },
       [&] { settings_.policy.reset(); }, Health::problem},
      {"retention",
       [&] { REGMARK_CHECK(base::write_file(data("sightings/keys/rows-2020-01-01"), key)); },
       [&] { fs::remove(data("sightings/keys/rows-2020-01-01")); }, Health::problem},
      {"retention",
       [&] { REGMARK_CHECK(base::write_file(data("sightings/keys/rows-2020-01-01T0815"), key)); },
       [&] { fs::remove(data("sightings/keys/rows-2020-01-01T0815")); }, Health::problem},
      {"records", [&] { fs::rename(data("records.db"), data("elsewhere")); },
       [&] { fs::rename(data("elsewhere"), data("records.db")); }, Health::problem},
  };
  for (const auto& [part, break_it, mend_it, want] : cases) {
    SCOPED_TRACE(part);
    break_it();
    EXPECT_EQ(worst(part), want);
    mend_it();
    if (std::string_view(part) != "records" && std::string_view(part) != "backup") {
      EXPECT_EQ(worst(part), Health::ok);
    }
  }
}

// The files of a folder that was copied or restored are new; what is in them is not.
TEST_F(DoctorTest, HoldsTheClockAgainstWhatTheRecordsSayAndNotTheirFiles) {
  clock_.advance(365 * 24h);
  REGMARK_CHECK(Office::open(settings_, clock_, {}).has_value());
  EXPECT_EQ(worst("clock"), Health::ok);
  clock_.advance(-365 * 24h);  // the time at which the files were written
  EXPECT_EQ(worst("clock"), Health::problem);
}

TEST_F(DoctorTest, SeesThatTheMediumOfABackupIsAway) {
  const auto box = base::new_box_key();
  const backup::Place place{folder_.path() / "to", folder_.path() / "medium" / "ring"};
  settings_.backup = {.places = {place}, .public_key = box.public_key};
  ASSERT_TRUE(base::make_private_folder(place.ring.parent_path()));
  {
    const auto office = Office::open(settings_, clock_, {}).value();
    std::thread running([&] { office->run(); });
    for (int tries = 0; tries < 600 && !backup::last_made(settings_.data, place).at; ++tries) {
      std::this_thread::sleep_for(50ms);
    }
    office->stop();
    running.join();
  }
  ASSERT_EQ(worst("backup"), Health::ok);
  const auto away = folder_.path() / "away";
  for (const auto& medium : {place.ring.parent_path(), place.folder}) {
    SCOPED_TRACE(medium.filename());
    fs::rename(medium, away);
    EXPECT_EQ(worst("backup"), Health::problem);
    ASSERT_TRUE(base::make_private_folder(medium));  // where it is mounted
    EXPECT_EQ(worst("backup"), Health::problem);
    fs::remove(medium);
    fs::rename(away, medium);
    EXPECT_EQ(worst("backup"), Health::ok);
  }
  const auto ring = base::read_file(place.ring, backup::ring_size_max).value();
  ASSERT_TRUE(base::write_file(place.ring, base::as_bytes("another")));
  EXPECT_EQ(worst("backup"), Health::problem);
  ASSERT_TRUE(base::write_file(place.ring, ring));
  EXPECT_EQ(worst("backup"), Health::ok);
}

TEST_F(DoctorTest, CountsWhatIsOverdue) {
  {
    const auto database = records::Database::open(data("records.db")).value();
    REGMARK_CHECK(database->write([&](records::Transaction& transaction) -> Result<void> {
      REGMARK_TRY(transaction.run(
          "INSERT INTO holds (id, category, reason, reference, for_whom, owner, organisation,"
          " made_at, review, words) VALUES ('case-7', 'c', 'r', 'f', 'w', 'p', 'o', 0, 0, '')"));
      REGMARK_TRY(transaction.run(
          "INSERT INTO watch_lists (id, name, level, organisation, owner, purpose, priority,"
          " review_day, age_max, alert_window, alerted, near_least, created_at)"
          " VALUES ('l', 'n', 0, 'o', 'p', 'w', 0, 0, 1, 0, '', 0.5, 0)"));
      REGMARK_TRY(transaction.run(
          "INSERT INTO people (id, sign_in_name, display_name, organisation, active, created_at)"
          " VALUES ('p', 'n', 'd', 'o', 1, 0)"));
      REGMARK_TRY(transaction.run(
          "INSERT INTO subject_requests (id, organisation, wish, plate, from_time, until_time,"
          " asked_by, received, due, extended, state, words)"
          " VALUES ('s', 'o', 'access', 'p', 0, 1, 'a', 0, 30, '', 'open', '')"));
      REGMARK_TRY(transaction.run("INSERT INTO trainings VALUES ('p', 'anpr_search', 0)"));
      return {};
    }));
  }
  for (const char* part : {"holds", "keepers", "lists", "training"}) {
    SCOPED_TRACE(part);
    EXPECT_EQ(worst(part), Health::warning);
    EXPECT_EQ(of(part).front().words.substr(0, 2), "1 ");
  }
  EXPECT_EQ(worst("authorities"), Health::ok);
  EXPECT_EQ(worst("reviews"), Health::ok);
  EXPECT_EQ(worst("estate"), Health::ok);
}

// It looks beside a running office, and its exit status is for programs.
TEST_F(DoctorTest, RunsBesideTheOfficeAndGivesAStatus) {
  const auto office = Office::open(settings_, clock_, {}).value();
  std::ostringstream out;
  std::ostringstream err;
  const int status = run_doctor({.data = settings_.data, .listen = {}, .config = {}}, out, err);
  // This machine's disk may be full, or its clock nobody's.
  EXPECT_EQ(status, out.str().find("PROBLEM") == std::string::npos ? 0 : 1) << out.str();
  EXPECT_NE(out.str().find("ok       keys"), std::string::npos) << out.str();
  fs::remove(data("keys/store_master.key"));
  EXPECT_EQ(run_doctor({.data = settings_.data, .listen = {}, .config = {}}, out, err), 1);
  EXPECT_NE(out.str().find("PROBLEM  keys"), std::string::npos) << out.str();
  EXPECT_EQ(err.str(), "");
}

}  // namespace
}  // namespace regmark::server
