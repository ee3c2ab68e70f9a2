#include "server/settings.h"

#include <gtest/gtest.h>

namespace regmark::server {
namespace {

std::string outcome(const Result<Listen>& listen) {
  return listen ? listen->address + " " + std::to_string(listen->port) : name(listen.error().code);
}

TEST(Listen, IsAnAddressInFigures) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"127.0.0.1:8600", "127.0.0.1 8600"},
      {"localhost:0", "127.0.0.1 0"},
      {"[::1]:65535", "::1 65535"},
      {"0.0.0.0:8600", "0.0.0.0 8600"},
      {"192.0.2.1:443", "192.0.2.1 443"},
      {"[::]:8600", ":: 8600"},
      {"anpr.example:8600", "invalid_input"},
      {"127.0.0.1.example:8600", "invalid_input"},
      {"[127.0.0.1]:8600", "invalid_input"},
      {"::1:8600", "invalid_input"},
      {":8600", "invalid_input"},
      {"*:8600", "invalid_input"},
      {"127.0.0.1", "invalid_input"},
      {"127.0.0.1:", "invalid_input"},
      {"127.0.0.1:65536", "invalid_input"},
      {"127.0.0.1:-1", "invalid_input"},
      {"127.0.0.1:80 ", "invalid_input"},
      {"", "invalid_input"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(outcome(parse_listen(text)), want);
  }
}

TEST(Listen, IsThisMachineOnlyWithoutACertificate) {
  Settings settings;
  const auto outcome_at = [&](const std::string& address) {
    settings.listen.address = address;
    const auto reach = check_reach(settings);
    return reach ? "" : reach.error().message;
  };
  for (const auto* wide : {"0.0.0.0", "::", "192.0.2.1", "::ffff:127.0.0.1", "126.0.0.1"}) {
    EXPECT_NE(outcome_at(wide).find("this machine only"), std::string::npos) << wide;
  }
  for (const auto* own : {"127.0.0.1", "127.0.0.2", "::1"}) EXPECT_EQ(outcome_at(own), "") << own;
  settings.tls = TlsSettings{"office.pem", "office.key", {}, {}};
  EXPECT_NE(outcome_at("0.0.0.0").find("by which names"), std::string::npos);
  EXPECT_EQ(outcome_at("127.0.0.1"), "");
  settings.tls->names = {"anpr.example"};
  EXPECT_EQ(outcome_at("0.0.0.0"), "");
}

TEST(Config, SaysWhoNeedsASecondFactor) {
  const auto roles = [](const std::string& toml, const std::string& address = "127.0.0.1") {
    auto settings = read_config(toml, "/etc", {}).value();
    settings.listen.address = address;
    return needs_second_factor(settings);
  };
  EXPECT_TRUE(roles("").empty());
  EXPECT_EQ(roles("", "0.0.0.0").size(), std::size(access::all_roles));
  const std::string some = "[sign_in]\nsecond_factor = [\"administrator\", \"operator\"]\n";
  const std::vector want{access::Role::administrator, access::Role::control_operator};
  EXPECT_EQ(roles(some), want);
  EXPECT_EQ(roles(some, "0.0.0.0"), want);
  EXPECT_TRUE(roles("[sign_in]\nsecond_factor = []\n", "0.0.0.0").empty());
  const auto wrong = read_config("[sign_in]\nsecond_factor = [\"king\"]\n", "/etc", {});
  EXPECT_NE(wrong.error().message.find("line 2"), std::string::npos);
}

TEST(Config, ReadsHowTheOfficeShowsWhoItIs) {
  const std::string tls = "[tls]\ncertificate = \"office.pem\"\nkey = \"/keys/office.key\"\n";
  const auto settings = read_config("listen = \"0.0.0.0:443\"\n" + tls +
                                        "names = [\"anpr.example\", \"[2001:db8::1]\"]\n"
                                        "camera_certificates = \"asked for\"\n",
                                    "/etc/regmark", {});
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->tls->certificate, "/etc/regmark/office.pem");
  EXPECT_EQ(settings->tls->key, "/keys/office.key");
  EXPECT_EQ(settings->tls->names.size(), 2U);
  EXPECT_EQ(settings->tls->camera_certificates, api::http::ClientCertificates::asked_for);
  const std::pair<std::string, std::string> cases[] = {
      {"[tls]\nkey = \"x\"\n", "line 1"},
      {"[tls]\ncertificate = \"x\"\n", "line 1"},
      {tls + "names = [\"Anpr.example\"]\n", "line 4"},
      {tls + "names = [\"https://anpr.example\"]\n", "line 4"},
      {tls + "names = [\"\"]\n", "line 4"},
      {tls + "camera_certificates = true\n", "line 4"},
      {tls + "camera_certificates = \"maybe\"\n", "line 4"},
      {tls + "versions = 1\n", "line 4"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    const auto read = read_config(text, "/etc", {});
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().message.find(want), std::string::npos) << read.error().message;
  }
}

TEST(Config, ReadsWhatItKnows) {
  const auto settings = read_config(R"(
listen = "[::1]:9000"
policy = "rules/policy.toml"
[tolerances]
skew_seconds = 5
live_minutes = 1
ahead_hours = 0
[limits]
camera_reads_per_second = 7
camera_reads_at_once = 5000
)",
                                    "/etc/regmark", {});
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->listen, (Listen{"::1", 9000}));
  EXPECT_EQ(settings->policy, "/etc/regmark/rules/policy.toml");
  EXPECT_EQ(settings->tolerances.skew_max, std::chrono::seconds(5));
  EXPECT_EQ(settings->tolerances.live_max, std::chrono::minutes(1));
  EXPECT_EQ(settings->tolerances.ahead_max, std::chrono::hours(0));
  EXPECT_EQ(settings->pace.reads_per_second, 7);
  EXPECT_EQ(settings->pace.reads_at_once, 5'000U);
  EXPECT_TRUE(settings->witnesses.witnesses.empty());
}

TEST(Config, ReadsWhereBackupsGo) {
  const std::string key(64, 'a');
  Settings base;
  base.data = "/var/regmark";
  const auto read = [&](const std::string& place, const std::string& more = {}) {
    return read_config("[backup]\nkey = \"" + key + "\"\n" + more + place, "/etc/regmark", base);
  };
  const auto good =
      read("[[backup.place]]\nfolder = \"/srv/to/\"\nring = \"ring\"\n", "every_hours = 6\n");
  ASSERT_TRUE(good) << good.error().message;
  ASSERT_EQ(good->backup.places.size(), 1U);
  EXPECT_EQ(good->backup.places.front().folder, "/srv/to");
  EXPECT_EQ(good->backup.places.front().ring, "/etc/regmark/ring");
  EXPECT_EQ(good->backup.every, std::chrono::hours(6));
  EXPECT_EQ(good->backup.public_key.front(), 0xaa);
  struct Case {
    const char* folder;
    const char* ring;
  };
  const Case bad[] = {
      {"/srv/to", "/srv/to/ring"},       // in the backup
      {"/srv/to", "/srv/to"},            //
      {"/var/regmark/to", "/srv/ring"},  // in the data
      {"/srv/to", "/var/regmark/ring"},  //
      {"/var", "/srv/ring"},             // around the data
      {"/srv/x/../to", "/srv/to/ring"},  // by another name
  };
  for (const auto& [folder, ring] : bad) {
    SCOPED_TRACE(std::string(folder) + " " + ring);
    EXPECT_FALSE(read("[[backup.place]]\nfolder = \"" + std::string(folder) + "\"\nring = \"" +
                      ring + "\"\n"));
  }
  EXPECT_FALSE(read_config("[backup]\nkey = \"aa\"\n", "/etc/regmark", {}));
  const std::string twice = "[[backup.place]]\nfolder = \"/a\"\nring = \"/b\"\n";
  EXPECT_FALSE(read(twice + twice));
}

constexpr std::string_view witness_key =
    "regulator.example/w1+16217800+BHm1Vi6P5lT5QHixEuipi6eQH4U65pW+1+DjkQutBJZk";

TEST(Config, ReadsWhoSignsTheLog) {
  const auto one = "[[witnesses.witness]]\nurl = \"http://127.0.0.1:8700/w/\"\nkey = \"" +
                   std::string(witness_key) + "\"\n";
  const auto settings = read_config("[witnesses]\nevery_seconds = 5\n" + one, "/etc", {});
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->witnesses.every, std::chrono::seconds(5));
  ASSERT_EQ(settings->witnesses.witnesses.size(), 1U);
  EXPECT_EQ(settings->witnesses.witnesses[0].url, "http://127.0.0.1:8700/w");
  EXPECT_EQ(to_text(settings->witnesses.witnesses[0].key), witness_key);

  const auto complaint = [](const std::string& toml) {
    const auto read = read_config(toml, "/etc", {});
    return read ? "" : read.error().message;
  };
  EXPECT_NE(complaint(one + one).find("twice"), std::string::npos);
  EXPECT_NE(complaint("[witnesses]\nevery_seconds = 0\n").find("line 2"), std::string::npos);
  EXPECT_NE(complaint("[[witnesses.witness]]\nurl = \"ftp://x\"\nkey = \"\"\n").find("line 2"),
            std::string::npos);
  EXPECT_NE(
      complaint("[[witnesses.witness]]\nurl = \"http://x\"\nkey = \"a+b+c\"\n").find("line 3"),
      std::string::npos);
  // A log's key signs no checkpoint of another.
  EXPECT_NE(complaint("[[witnesses.witness]]\nurl = \"http://x\"\nkey = "
                      "\"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\"\n")
                .find("not a witness's"),
            std::string::npos);
}

TEST(Config, ReadsHowSearchesAreLookedAfter) {
  const auto read = read_config(
      "[oversight]\nreview_percent = 10\nreview_days = 7\nkept_days = 400\n"
      "subject_requests_days = 401\nduty_days = 402\nhousehold_days = 403\n"
      "case_register = \"refuse\"\n",
      "/etc", {});
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->oversight.review_percent, 10U);
  EXPECT_EQ(read->oversight.review_within, std::chrono::days(7));
  EXPECT_EQ(read->oversight.kept, std::chrono::days(400));
  EXPECT_EQ(read->oversight.subject_requests_kept, std::chrono::days(401));
  EXPECT_EQ(read->oversight.duty_kept, std::chrono::days(402));
  EXPECT_EQ(read->oversight.household_kept, std::chrono::days(403));
  EXPECT_EQ(read->oversight.case_rule, oversight::CaseRule::refuse);
  // No office may review nothing at all.
  for (const auto* wrong :
       {"review_percent = 0", "kept_days = 1", "household_days = 0", "case_register = \"maybe\""}) {
    const auto refused = read_config("[oversight]\n" + std::string(wrong) + "\n", "/etc", {});
    ASSERT_FALSE(refused) << wrong;
    EXPECT_NE(refused.error().message.find("line 2"), std::string::npos);
  }
}

TEST(Config, ReadsWhoMayReadTheFigures) {
  EXPECT_TRUE(read_config("", "/etc", {})->metrics_token_file.empty());
  EXPECT_EQ(
      read_config("[metrics]\ntoken_file = \"metrics.token\"\n", "/etc", {})->metrics_token_file,
      "/etc/metrics.token");
  for (const auto* wrong : {"", "token = \"0123\"", "token_file = 1"}) {
    EXPECT_FALSE(read_config("[metrics]\n" + std::string(wrong) + "\n", "/etc", {})) << wrong;
  }
}

TEST(Config, LeavesWhatItDoesNotSay) {
  Settings before;
  before.data = "/srv/regmark";
  before.listen.port = 1234;
  const auto settings = read_config("", "/etc", before);
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->data, "/srv/regmark");
  EXPECT_EQ(settings->listen.port, 1234);
  EXPECT_FALSE(settings->policy);
}

TEST(Config, NamesTheLineOfAMistake) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"\nlisten = \"0.0.0.0:1\"\n", "line 2"},
      {"listen = 5\n", "line 1"},
      {"\n\n[tolerances]\nskew_seconds = -1\n", "line 4"},
      {"[tolerances]\nlive_minutes = 0\n", "line 2"},
      {"[tolerances]\nother = 0\n", "line 2"},
      {"\nother = 1\n", "line 2"},
      {"listen = \n", "line 1"},
      {"\n\u0269 = 1\n", "line 2"},  // which toml++ 3.3 must not see
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    const auto settings = read_config(text, "/etc", {});
    ASSERT_FALSE(settings);
    EXPECT_EQ(settings.error().code, ErrorCode::invalid_input);
    EXPECT_NE(settings.error().message.find(want), std::string::npos) << settings.error().message;
  }
  const std::string large(config_size_max + 1, '#');
  EXPECT_EQ(read_config(large, "/etc", {}).error().code, ErrorCode::limit_exceeded);
}

}  // namespace
}  // namespace regmark::server
