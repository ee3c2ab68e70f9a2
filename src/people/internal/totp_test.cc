#include "people/internal/totp.h"

#include <gtest/gtest.h>

#include "base/crypto.h"
#include "base/time_testing.h"

namespace regmark::people {
namespace {

// RFC 6238 appendix B and RFC 4226 appendix D share this secret.
const auto published = base::as_bytes("12345678901234567890");

TEST(Totp, MakesThePublishedCodes) {
  const std::pair<std::int64_t, std::string_view> by_time[] = {
      {59, "94287082"},
      {1'111'111'109, "07081804"},
      {1'111'111'111, "14050471"},
      {1'234'567'890, "89005924"},
      {2'000'000'000, "69279037"},
      {20'000'000'000, "65353130"},
  };
  for (const auto& [seconds, want] : by_time) {
    const base::UtcTime at{std::chrono::seconds(seconds)};
    EXPECT_EQ(totp_code(published, totp_step(at), 8), want);
    EXPECT_EQ(totp_code(published, totp_step(at)), want.substr(2));
  }
  const std::string_view by_count[] = {"755224", "287082", "359152", "969429", "338314",
                                       "254676", "287922", "162583", "399871", "520489"};
  for (std::int64_t count = 0; count < 10; ++count) {
    EXPECT_EQ(totp_code(published, count), by_count[count]);
  }
}

TEST(Totp, TakesACodeOfTheStepsAroundNowOnce) {
  const base::UtcTime now{std::chrono::seconds(1'111'111'109)};
  const auto present = totp_step(now);
  const auto match = [&](std::int64_t step, std::int64_t used_last) {
    return totp_match(published, totp_code(published, step), now, used_last);
  };
  for (const auto off : {-1, 0, 1}) EXPECT_EQ(match(present + off, 0), present + off);
  for (const auto off : {-2, 2, 100}) EXPECT_EQ(match(present + off, 0), std::nullopt);
  EXPECT_EQ(match(present, present), std::nullopt);
  EXPECT_EQ(match(present - 1, present), std::nullopt);
  EXPECT_EQ(match(present + 1, present), present + 1);
  EXPECT_EQ(totp_match(published, "081 804", now, 0), present);
  for (const auto* wrong : {"", "081805", "81804", "07081804", "0818040", "abcdef"}) {
    EXPECT_EQ(totp_match(published, wrong, now, 0), std::nullopt) << wrong;
  }
}

TEST(Totp, WritesSecretsAsAppsReadThem) {
  // RFC 4648 section 10, without padding.
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},         {"f", "MY"},         {"fo", "MZXQ"},
      {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"foobar", "MZXW6YTBOI"},
  };
  for (const auto& [bytes, want] : cases) EXPECT_EQ(to_base32(base::as_bytes(bytes)), want);
  TotpSecret secret{};
  EXPECT_EQ(totp_uri("anna", secret),
            "otpauth://totp/Regmark:anna?secret=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&issuer=Regmark"
            "&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace regmark::people
