#include "server/sign_in_settings.h"

#include <gtest/gtest.h>

namespace regmark::server {
namespace {

std::string complaint(const std::string& toml) {
  const auto read = read_config(toml, "/etc/regmark", {});
  return read ? "" : read.error().message;
}

const std::string keys = "[sign_in.security_keys]\nrp_id = \"anpr.example\"\n";

TEST(SignInSettings, SayForWhichSiteKeysAreMade) {
  const auto read = read_config(keys +
                                    "origins = [\"https://anpr.example:8600\", "
                                    "\"https://console.anpr.example\"]\n"
                                    "user_verification = \"required\"\n",
                                "/etc/regmark", {});
  ASSERT_TRUE(read) << read.error().message;
  const auto& rules = read->sign_in.security_keys.value();
  EXPECT_EQ(rules.rp_id, "anpr.example");
  EXPECT_EQ(rules.origins.size(), 2U);
  EXPECT_EQ(rules.user_verification, people::UserVerification::required);
  EXPECT_FALSE(read_config("", "/etc/regmark", {})->sign_in.security_keys);

  const std::pair<std::string, std::string> cases[] = {
      {"[sign_in.security_keys]\norigins = [\"https://anpr.example\"]\n", "rp_id"},
      {keys, "guessed"},
      {keys + "origins = []\n", "guessed"},
      {keys + "origins = [\"https://anpr.example/\"]\n", "no more"},
      {keys + "origins = [\"https://user@anpr.example\"]\n", "no more"},
      {keys + "origins = [\"https://anpr.example:x\"]\n", "no more"},
      {keys + "origins = [\"ftp://anpr.example\"]\n", "no more"},
      {keys + "origins = [\"anpr.example\"]\n", "no more"},
      {keys + "origins = [\"https://evil.example\"]\n", "ends with it"},
      {keys + "origins = [\"https://evilanpr.example\"]\n", "ends with it"},
      {keys + "origins = [\"http://anpr.example\"]\n", "over https only"},
      {keys + "origins = [\"https://anpr.example\"]\nuser_verification = \"maybe\"\n", "line 4"},
      {keys + "origins = [\"https://anpr.example\"]\nother = 1\n", "line 4"},
  };
  for (const auto& [toml, want] : cases) {
    EXPECT_NE(complaint(toml).find(want), std::string::npos) << toml << complaint(toml);
  }
  for (const auto* rp_id : {"", "127.0.0.1", "Anpr.example", "anpr.example:8600", ".example"}) {
    const auto toml = "[sign_in.security_keys]\nrp_id = \"" + std::string(rp_id) +
                      "\"\norigins = [\"https://anpr.example\"]\n";
    EXPECT_NE(complaint(toml), "") << rp_id;
  }
  EXPECT_EQ(complaint("[sign_in.security_keys]\nrp_id = \"localhost\"\n"
                      "origins = [\"http://localhost:8600\"]\n"),
            "");
}

std::string provider(const std::string& issuer, const std::string& more = {}) {
  return "[sign_in.identity_provider]\nname = \"Force identity\"\nissuer = \"" + issuer +
         "\"\nclient_id = \"regmark\"\nredirect = \"https://anpr.example:8600/\"\n" + more;
}

TEST(SignInSettings, SayWhoElseVouchesForPeople) {
  const auto read = read_config(
      "[sign_in]\npasswords = [\"administrator\"]\n" +
          provider("https://id.example/realms/force",
                   "client_secret_file = \"oidc.secret\"\nclaim = \"upn\"\n"
                   "second_factor_amr = [\"mfa\", \"hwk\"]\nauthority = \"/etc/force-ca.pem\"\n"),
      "/etc/regmark", {});
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->sign_in.passwords, std::vector{access::Role::administrator});
  const auto& settings = read->sign_in.identity_provider.value();
  EXPECT_EQ(settings.rules.issuer, "https://id.example/realms/force");
  EXPECT_EQ(settings.rules.claim, "upn");
  EXPECT_EQ(settings.rules.amr.size(), 2U);
  EXPECT_TRUE(settings.rules.acr.empty());
  EXPECT_EQ(settings.secret_file, "/etc/regmark/oidc.secret");
  EXPECT_EQ(settings.authority, "/etc/force-ca.pem");

  for (const auto* wrong :
       {"http://id.example", "https://id.example?x=1", "https://id.example#x", "id.example",
        "https://", "https://a b", "http://localhost.evil.example", "http://127.0.0.1.evil"}) {
    EXPECT_NE(complaint(provider(wrong)).find("line 3"), std::string::npos) << wrong;
  }
  for (const auto* good : {"http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"}) {
    EXPECT_EQ(complaint(provider(good)), "") << good;
  }
  EXPECT_NE(complaint("[sign_in]\npasswords = []\n").find("nobody else"), std::string::npos);
  EXPECT_NE(complaint("[sign_in]\npasswords = [\"king\"]\n" + provider("https://id.example"))
                .find("line 2"),
            std::string::npos);
  EXPECT_NE(complaint(provider("https://id.example", "other = 1\n")).find("line 6"),
            std::string::npos);
}

}  // namespace
}  // namespace regmark::server
