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
                               "--until", day + "T10:00:01Z", "--review", review});
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
                                       day + "T00:00:00Z", "--until", day + "T10:00:01Z"}));
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

// As many reads as there are, and by the day that is kept.
TEST_F(HoldCommands, ItIsSaidWhatIsHeldByWhomAndUntilWhen) {
  const auto camera = office_.camera("cam-1", "site-1");
  ASSERT_EQ(camera.post("/v1/reads", a_read("e-1", "AB12CDE", office_.clock().now())).status, 200);
  const auto made = hold("case-7", "2026-03-28", "2026-06-01");
  EXPECT_TRUE(made.has("case-7 holds 1 reads; somebody must look again by 2026-06-01"))
      << made.text;
  const auto listed = run({"hold", "list"});
  for (const auto* words : {"Test investigator", "CR/1234/26", "2026-06-01", "AB12CDE",
                            "2026-03-28T10:00:01", "any", "Robbery in the town centre"}) {
    EXPECT_TRUE(listed.has(words)) << words << " in " << listed.text;
  }
  ASSERT_EQ(hold("case-7", "2026-03-27", "2026-06-01", {"--camera", "cam-1"}).status, 0);
  const auto shown = run({"hold", "show", "case-7"});
  for (const auto* words :
       {"is to be reviewed by 2026-06-01", "Owner: Test investigator (person-", "Reads: 1",
        "Plate: AB12CDE", "Cameras: any", "Cameras: cam-1", "From: 2026-03-27T00:00:00"}) {
    EXPECT_TRUE(shown.has(words)) << words << " in " << shown.text;
  }
  EXPECT_EQ(Json::parse(run({"hold", "list", "--json"}).text).at(0).at("parts").size(), 2U);
  EXPECT_EQ(Json::parse(run({"hold", "show", "case-7", "--json"}).text).at("reads"), 1);
  EXPECT_EQ(run({"hold", "show", "case-8"}).status, 1);
}

TEST_F(HoldCommands, AnotherDayOfReviewIsRefusedWithTheOneThatStands) {
  ASSERT_EQ(hold("case-7", "2026-03-28", "2026-06-01").status, 0);
  const auto again = hold("case-7", "2026-03-28", "2026-05-01");
  EXPECT_EQ(again.status, 1);
  EXPECT_TRUE(again.has("to be reviewed by 2026-06-01")) << again.text;
  EXPECT_FALSE(run({"hold", "list"}).has("2026-05-01"));
}

TEST_F(HoldCommands, PlatesAreShownUnderTheirCaseAlone) {
  ASSERT_EQ(hold("case-7", "2026-03-28", "2026-06-01").status, 0);
  sign_in_as(office_.another("investigator", "colleague"));
  const auto listed = run({"hold", "list"});
  EXPECT_TRUE(listed.has("(for its case)")) << listed.text;
  EXPECT_FALSE(listed.has("AB12CDE")) << listed.text;
  EXPECT_TRUE(run(with_purpose({"hold", "list"})).has("AB12CDE"));
  EXPECT_TRUE(run(with_purpose({"hold", "show", "case-7"})).has("Plate: AB12CDE"));
  // A purpose is whole or none.
  EXPECT_EQ(run({"hold", "list", "--reference", "CR/1234/26"}).status, 2);
  sign_in_as(office_.role("auditor"));
  EXPECT_FALSE(run(with_purpose({"hold", "list"})).has("AB12CDE"));
}

TEST_F(HoldCommands, AColleagueReleasesNothingAndASeniorOfficerDoes) {
  ASSERT_EQ(hold("case-7", "2026-03-28", "2026-06-01").status, 0);
  const auto release = with_purpose({"hold", "release", "case-7", "--words", "acquitted"});
  sign_in_as(office_.another("investigator", "colleague"));
  const auto refused = run(release);
  EXPECT_EQ(refused.status, 1);
  EXPECT_TRUE(refused.has("somebody else holds it")) << refused.text;
  const auto officer = office_.role("authoriser");
  sign_in_as(officer);
  EXPECT_TRUE(run(release).has("this is for inspector or above"));
  const auto standing = office_.role("administrator")
                            .post("/v1/people/" + office_.person_of(officer) + "/standing",
                                  {{"rank", "inspector"}, {"training", Json::array()}});
  ASSERT_LT(standing.status, 300);
  const auto done = run(release);
  EXPECT_EQ(done.status, 0) << done.text;
  const auto shown = run({"hold", "show", "case-7"});
  EXPECT_TRUE(shown.has("Released by: Test authoriser")) << shown.text;
  EXPECT_TRUE(shown.has("Why released: acquitted")) << shown.text;
}

}  // namespace
}  // namespace regmark::testing
