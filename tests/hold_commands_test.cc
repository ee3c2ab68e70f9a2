// What a person types about what is held for a case, against a whole office.
#include <gtest/gtest.h>

#include "commands_testing.h"

namespace regmark::testing {
namespace {

class HoldCommands : public Commands {
 protected:
  HoldCommands() { sign_in_as(office_.role("investigator")); }

  Said hold(const std::string& id, const std::string& day, const std::string& review,
            const std::vector<std::string>& more = {}) {
    auto words = with_purpose({"hold", "make", id, "AB12CDE", "--from", day + "T00:00:00Z",
                               "--until", day + "T10:00:00Z", "--review", review});
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
};

TEST_F(HoldCommands, OlderDataIsHeldUnderAnAuthority) {
  const auto officer = office_.role("authoriser");
  const auto standing = office_.role("administrator")
                            .post("/v1/people/" + office_.person_of(officer) + "/standing",
                                  {{"rank", "inspector"}, {"training", Json::array()}});
  ASSERT_LT(standing.status, 300);
  const std::string day = "2025-12-01";
  const auto refused = hold("case-7", day, "2026-06-01");
  EXPECT_EQ(refused.status, 1);
  EXPECT_TRUE(refused.has("needs a senior officer's authority")) << refused.text;
  const auto asked = run(with_purpose({"authority", "ask", "AB12CDE", "--to", "hold", "--from",
                                       day + "T00:00:00Z", "--until", day + "T10:00:00Z"}));
  ASSERT_EQ(asked.status, 0) << asked.text;
  const auto id = asked.text.substr(0, asked.text.find(' '));
  sign_in_as(officer);
  ASSERT_EQ(run({"authority", "grant", id, "--reason", "Proportionate", "--uses", "1"}).status, 0);
  sign_in_as(office_.role("investigator"));
  const auto held = hold("case-7", day, "2026-06-01", {"--authority", id});
  EXPECT_EQ(held.status, 0) << held.text;
  EXPECT_TRUE(held.has("case-7 holds 0 reads")) << held.text;
  EXPECT_TRUE(run({"hold", "list"}).has("case-7"));
}

}  // namespace
}  // namespace regmark::testing
