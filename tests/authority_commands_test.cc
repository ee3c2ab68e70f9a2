// What a person types about a senior officer's authority, against a whole office.
#include <gtest/gtest.h>

#include "commands_testing.h"

namespace regmark::testing {
namespace {

class AuthorityCommands : public Commands {
 protected:
  AuthorityCommands() {
    const auto standing = office_.role("administrator")
                              .post("/v1/people/" + officer_id() + "/standing",
                                    {{"rank", "inspector"}, {"training", Json::array()}});
    EXPECT_LT(standing.status, 300);
    sign_in_as(office_.role("investigator"));
  }

  std::string officer_id() { return office_.person_of(officer_); }
  // Asks for leave as an investigator; gives its id.
  std::string ask(const std::vector<std::string>& more = {}) {
    auto words = with_purpose({"authority", "ask", "AB12*", "--from", "2025-12-01T00:00:00Z",
                               "--until", "2025-12-20T00:00:00Z"});
    words.insert(words.end(), more.begin(), more.end());
    const auto asked = run(words);
    EXPECT_EQ(asked.status, 0) << asked.text;
    return asked.text.substr(0, asked.text.find(' '));
  }

  const Client officer_ = office_.role("authoriser");
};

TEST_F(AuthorityCommands, LeaveIsAskedForAndGivenUp) {
  const auto id = ask();
  EXPECT_TRUE(run({"authority", "list"}).has(id));
  // It is its requester's to give up, and with a reason.
  EXPECT_EQ(run(with_purpose({"authority", "give-up", id})).status, 2);
  sign_in_as(office_.role("operator"));
  EXPECT_EQ(run(with_purpose({"authority", "give-up", id, "--why", "not needed"})).status, 1);
  sign_in_as(office_.role("investigator"));
  const auto done = run(with_purpose({"authority", "give-up", id, "--why", "not needed any more"}));
  EXPECT_EQ(done.status, 0) << done.text;
  EXPECT_TRUE(done.has(id + " is given up"));
  EXPECT_EQ(run(with_purpose({"authority", "give-up", id, "--why", "twice"})).status, 1);
}

TEST_F(AuthorityCommands, AnUnknownKindIsToldThoseThatThereAre) {
  const auto asked =
      run(with_purpose({"authority", "ask", "AB12*", "--from", "2025-12-01T00:00:00Z", "--until",
                        "2025-12-20T00:00:00Z", "--kind", "chief"}));
  EXPECT_EQ(asked.status, 1);
  EXPECT_TRUE(asked.has("it knows: senior_officer")) << asked.text;
}

TEST_F(AuthorityCommands, ItIsListedAsItWasGranted) {
  const auto id = ask();
  EXPECT_TRUE(run({"authority", "list"}).has("AB12*"));
  sign_in_as(officer_);
  const auto granted =
      run({"authority", "grant", id, "--reason", "For this vehicle alone", "--plate", "AB12CDE",
           "--from", "2025-12-05T00:00:00Z", "--until", "2025-12-06T00:00:00Z"});
  EXPECT_EQ(granted.status, 0) << granted.text;
  const auto listed = run({"authority", "list"});
  EXPECT_TRUE(listed.has("AB12CDE")) << listed.text;
  EXPECT_TRUE(listed.has("2025-12-05")) << listed.text;
  for (const auto* asked_for : {"AB12*", "2025-12-01"}) EXPECT_FALSE(listed.has(asked_for));
  // Whole, it is shown with what was asked.
  const auto shown = run({"authority", "show", id});
  for (const auto* words : {"Plate: AB12*", "What it covers, which is less:", "Plate: AB12CDE",
                            "From: 2025-12-05", "For this vehicle alone", "Uses: 0 of 10"}) {
    EXPECT_TRUE(shown.has(words)) << words << " in " << shown.text;
  }
}

TEST_F(AuthorityCommands, AWindowIsNarrowedAtBothEndsAndNeverWidened) {
  const auto id = ask();
  sign_in_as(officer_);
  const std::vector<std::string> grant{"authority", "grant", id, "--reason", "For that one day"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), grant.begin(), grant.end());
    return run(more);
  };
  EXPECT_EQ(with({"--from", "2025-12-05T00:00:00Z"}).status, 2);
  EXPECT_EQ(with({"--until", "2025-12-06T00:00:00Z"}).status, 2);
  EXPECT_EQ(with({"--from", "2025-11-01T00:00:00Z", "--until", "2025-12-06T00:00:00Z"}).status, 1);
  EXPECT_TRUE(run({"authority", "show", id}).has("is asked"));
}

TEST_F(AuthorityCommands, AnOfficerSeesWhatTheyDecideOn) {
  const auto id = ask({"--camera", "cam-1", "--camera", "cam-2"});
  sign_in_as(officer_);
  const auto listed = run({"authority", "list"});
  for (const auto* words : {"search", "Test investigator", "CR/1234/26", "serious", "DS Example"}) {
    EXPECT_TRUE(listed.has(words)) << words << " in " << listed.text;
  }
  const auto shown = run({"authority", "show", id});
  EXPECT_EQ(shown.status, 0);
  for (const auto* words :
       {"is asked (senior_officer)", "To: search", "Asked by: Test investigator (person-",
        "Reason: Robbery in the town centre", "For whom: DS Example", "Category: serious",
        "Reference: CR/1234/26", "Plate: AB12*", "Cameras: cam-1, cam-2", "From: 2025-12-01",
        "Rows: at most 1000"}) {
    EXPECT_TRUE(shown.has(words)) << words << " in " << shown.text;
  }
  EXPECT_FALSE(shown.has("What was decided"));
  EXPECT_FALSE(shown.has("word of mouth"));
  EXPECT_EQ(Json::parse(run({"authority", "list", "--json"}).text).at(0).at("id"), id);
  EXPECT_EQ(Json::parse(run({"authority", "show", id, "--json"}).text).at("id"), id);
  // It is not there for those whom it does not concern.
  EXPECT_EQ(run({"authority", "show", "authority-none"}).status, 1);
  sign_in_as(office_.another("investigator", "somebody-else"));
  EXPECT_TRUE(run({"authority", "show", id}).has("no such authority"));
}

TEST_F(AuthorityCommands, WhatIsOnlySaidToBeGivenIsMarked) {
  const auto id = ask({"--given-by", officer_id()});
  sign_in_as(officer_);
  EXPECT_TRUE(run({"authority", "list"}).has("NOT CONFIRMED, due 2026-03-29T10:00:00"));
  const auto shown = run({"authority", "show", id});
  EXPECT_TRUE(shown.has("Said to be given by: Test authoriser, inspector")) << shown.text;
  EXPECT_FALSE(shown.has("  Given by")) << shown.text;
  const auto confirmed = run({"authority", "confirm", id, "--reason", "As I said on the phone",
                              "--from", "2025-12-05T00:00:00Z", "--until", "2025-12-06T00:00:00Z"});
  EXPECT_EQ(confirmed.status, 0) << confirmed.text;
  EXPECT_FALSE(run({"authority", "list"}).has("NOT CONFIRMED"));
  const auto now = run({"authority", "show", id});
  EXPECT_TRUE(now.has("By word of mouth: confirmed")) << now.text;
  EXPECT_TRUE(now.has("From: 2025-12-05")) << now.text;
}

TEST_F(AuthorityCommands, WhatNobodyConfirmedInTimeIsOverdue) {
  ask({"--given-by", officer_id()});
  office_.clock().advance(std::chrono::hours{25});
  sign_in_as(office_.again("authoriser"));
  const auto listed = run({"authority", "list"});
  EXPECT_TRUE(listed.has("NOT CONFIRMED, overdue since 2026-03-29T10:00:00")) << listed.text;
}

}  // namespace
}  // namespace regmark::testing
