// What a person types, as the program takes it apart, against a whole office: commands that no
// other test types, but for those about the estate.
#include <gtest/gtest.h>

#include <thread>

#include "base/encoding.h"
#include "cli/client.h"
#include "commands_testing.h"
#include "people/security_keys_testing.h"

namespace regmark::testing {
namespace {

class KeyCommands : public Commands {
 protected:
  // Makes a key known, as a browser does; gives its id and, of the first, codes for paper.
  Json add_key(const Client& owner, const std::string& name) {
    const auto text = [](const base::Bytes& bytes) { return base::to_base64_url(bytes); };
    const Json shown{{"password", password}};
    const auto begun = owner.post("/v1/security-keys/begin", shown).json();
    const auto made = people::TestKey().made(begun.at("security_key").at("challenge"), name);
    return owner
        .post("/v1/security-keys", {{"name", name},
                                    {"client_data", text(made.client_data)},
                                    {"authenticator_data", text(made.authenticator_data)}})
        .json();
  }
};

TEST_F(KeyCommands, ShowAndTakeAwayOnesOwn) {
  const auto owner = office_.another("auditor", "keys-owner");
  sign_in_as(owner);
  EXPECT_EQ(run({"person", "keys", "list"}).status, 0);
  EXPECT_FALSE(run({"person", "keys", "list"}).has("Blue key"));
  const auto added = add_key(owner, "Blue key");
  const auto id = added.at("id").get<std::string>();
  const auto codes = added.at("recovery_codes");
  const auto listed = run({"person", "keys", "list"});
  EXPECT_EQ(listed.status, 0);
  EXPECT_TRUE(listed.has(id));
  EXPECT_TRUE(listed.has("Blue key"));
  // A password alone takes nothing away, and a wrong one not with any code.
  const auto file = password_file();
  const auto alone = run({"person", "keys", "remove", id, "--password-file", file}, "000000\n");
  EXPECT_EQ(alone.status, 1);
  EXPECT_TRUE(run({"person", "keys", "list"}).has("Blue key"));
  const auto done = run({"person", "keys", "remove", id, "--password-file", file, "--second-factor",
                         codes.at(0).get<std::string>()});
  EXPECT_EQ(done.status, 0) << done.text;
  EXPECT_TRUE(done.has("Removed"));
  EXPECT_FALSE(run({"person", "keys", "list"}).has("Blue key"));
  EXPECT_EQ(run({"person", "keys", "remove", id, "--password-file", file}).status, 1);
}

TEST_F(KeyCommands, AskForWhatWasNotGiven) {
  const auto owner = office_.another("auditor", "keys-owner");
  sign_in_as(owner);
  const auto added = add_key(owner, "Blue key");
  const auto code = added.at("recovery_codes").at(1).get<std::string>();
  const auto done = run({"person", "keys", "remove", added.at("id").get<std::string>()},
                        std::string(password) + "\n" + code + "\n");
  EXPECT_EQ(done.status, 0) << done.text;
}

TEST_F(KeyCommands, AnAdministratorTakesAwaySomebodysAndEndsTheirSessions) {
  const auto owner = office_.another("auditor", "keys-owner");
  const auto id = add_key(owner, "Blue key").at("id").get<std::string>();
  sign_in_as(office_.role("investigator"));
  EXPECT_EQ(run({"person", "keys", "list", "keys-owner"}).status, 1);
  EXPECT_EQ(run({"person", "keys", "remove", id, "--of", "keys-owner"}).status, 1);
  sign_in_as(office_.role("administrator"));
  EXPECT_TRUE(run({"person", "keys", "list", "keys-owner"}).has(id));
  EXPECT_TRUE(run({"person", "keys", "list", "nobody-here"}).has("nobody has this sign-in name"));
  EXPECT_EQ(run({"person", "keys", "remove", id, "--of", "nobody-here"}).status, 1);
  EXPECT_EQ(owner.get("/v1/session").status, 200);
  const auto done = run({"person", "keys", "remove", id, "--of", "keys-owner"});
  EXPECT_EQ(done.status, 0) << done.text;
  EXPECT_FALSE(run({"person", "keys", "list", "keys-owner"}).has(id));
  EXPECT_EQ(owner.get("/v1/session").status, 401);
  // Whose it is and how one shows oneself exclude each other.
  EXPECT_EQ(
      run({"person", "keys", "remove", id, "--of", "keys-owner", "--second-factor", "1"}).status,
      2);
}

class TrackCommands : public Commands {
 protected:
  TrackCommands() {
    const auto standing = office_.role("administrator")
                              .post("/v1/people/" + office_.person_of(officer_) + "/standing",
                                    {{"rank", "inspector"}, {"training", Json::array()}});
    EXPECT_LT(standing.status, 300);
    sign_in_as(office_.role("investigator"));
  }

  // Leave to follow the vehicle once; gives its path.
  std::string leave() {
    const auto asked = run(with_purpose({"authority", "ask", "AB12CDE", "--to", "track", "--from",
                                         base::format_utc(now_), "--until", until_}));
    EXPECT_EQ(asked.status, 0) << asked.text;
    const auto path = "/v1/authorities/" + asked.text.substr(0, asked.text.find(' '));
    const Json grant{{"reason", "Proportionate"}, {"hours", 1}, {"uses", 1}};
    EXPECT_EQ(officer_.post(path + "/grant", grant).status, 200);
    return path;
  }
  // The command goes on until it is ended, so the vehicle passes meanwhile.
  void pass_when_followed() {
    while (officer_.get("/v1/authorities").json().at("authorities").at(0).at("uses") == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    // It is a use a moment before the stream is attached.
    for (int event = 0; event < 20; ++event) {
      const auto read =
          a_read("e-" + std::to_string(event), "AB12CDE", now_ + std::chrono::seconds(event));
      EXPECT_EQ(camera_.post("/v1/reads", read).status, 200);
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  Said track(const std::string& path, const std::string& rows) {
    const auto id = path.substr(path.rfind('/') + 1);
    return run(
        with_purpose({"track", "AB12CDE", "--until", until_, "--authority", id, "--rows", rows}));
  }

  const Client camera_ = office_.camera("cam-1", "site-1");
  const Client officer_ = office_.role("authoriser");
  const base::UtcTime now_ = office_.clock().now();
  const std::string until_ = base::format_utc(now_ + std::chrono::hours(2));
};

TEST_F(TrackCommands, AVehicleIsFollowedByLeaveOnly) {
  const auto refused = run(with_purpose({"track", "AB12CDE", "--until", until_}));
  EXPECT_EQ(refused.status, 1);
  EXPECT_TRUE(refused.has("needs a senior officer's authority")) << refused.text;
  const auto path = leave();
  std::thread meanwhile([&] {
    pass_when_followed();
    EXPECT_EQ(officer_.post(path + "/withdraw", {{"reason", "It is found already"}}).status, 200);
  });
  const auto told = track(path, "100");
  meanwhile.join();
  EXPECT_EQ(told.status, 0) << told.text;
  EXPECT_TRUE(told.has("cam-1  AB12CDE")) << told.text;
  EXPECT_TRUE(told.has("The office ended it: its time, the leave or")) << told.text;
}

TEST_F(TrackCommands, TheEndIsSaidOnceAndWithItsReason) {
  const auto path = leave();
  std::thread meanwhile([&] { pass_when_followed(); });
  const auto told = track(path, "1");
  meanwhile.join();
  EXPECT_EQ(told.status, 0) << told.text;
  EXPECT_TRUE(told.has("cam-1  AB12CDE")) << told.text;
  EXPECT_TRUE(told.has("The office ended it: all passings that it was for")) << told.text;
  EXPECT_FALSE(told.has("its time")) << told.text;
}

TEST_F(Commands, AStreamThatIsRefusedSaysWhy) {
  const cli::Client auditor("http://127.0.0.1:" + std::to_string(office_.port()),
                            office_.role("auditor").token);
  const auto ended = auditor.get_events(
      "/v1/alerts/stream", [](const cli::Event& event) { ADD_FAILURE() << event.name; },
      [] { return true; });
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, ErrorCode::conflict);
  EXPECT_NE(ended.error().message, "");
}

TEST_F(Commands, APersonIsMovedToAnotherOrganisation) {
  const auto administrator = office_.role("administrator");
  office_.role("patrol");
  sign_in_as(administrator);
  ASSERT_EQ(run({"org", "add", "north", "--name", "The North"}).status, 0);
  const auto moved = run({"person", "move", "test-patrol", "--to", "north"});
  EXPECT_EQ(moved.status, 0) << moved.text;
  EXPECT_TRUE(moved.has("test-patrol belongs to north from now on"));
  EXPECT_EQ(run({"person", "move", "nobody", "--to", "north"}).status, 1);
  EXPECT_EQ(run({"person", "move", "test-patrol", "--to", "nowhere"}).status, 1);
}

TEST_F(Commands, APersonIsChangedAndShutOut) {
  const auto administrator = office_.role("administrator");
  const auto officer = office_.role("authoriser");
  sign_in_as(administrator);
  const auto person = [&] {
    const auto all = administrator.get("/v1/people").json();
    for (const auto& one : all.at("people")) {
      if (one.at("sign_in_name") == "test-authoriser") return one;
    }
    return Json();
  };
  EXPECT_EQ(run({"person", "standing", "test-authoriser", "--rank", "inspector", "--training",
                 "anpr_search=2027-01-01T00:00:00Z"})
                .status,
            0);
  EXPECT_EQ(person().at("rank"), "inspector");
  EXPECT_EQ(person().at("training").size(), 1U);
  EXPECT_EQ(run({"person", "standing", "test-authoriser", "--training", "anpr_search"}).status, 1);
  EXPECT_EQ(run({"person", "line", "test-authoriser", "--team", "north"}).status, 0);
  EXPECT_EQ(run({"person", "roles", "test-authoriser", "--role", "reviewer"}).status, 0);
  EXPECT_EQ(person().at("roles"), Json({"reviewer"}));
  EXPECT_TRUE(run({"person", "reset", "test-authoriser"}).has("One-time code"));
  EXPECT_EQ(officer.get("/v1/session").status, 401);
  EXPECT_EQ(run({"person", "end", "test-authoriser"}).status, 0);
  EXPECT_EQ(person().at("active"), false);
}

TEST_F(Commands, AHoldSaysForWhichCaseItIs) {
  const auto camera = office_.camera("cam-1", "site-1");
  const auto now = office_.clock().now();
  ASSERT_EQ(camera.post("/v1/reads", a_read("e-1", "AB12CDE", now)).status, 200);
  sign_in_as(office_.role("investigator"));
  const auto made = run(with_purpose(
      {"hold", "make", "case-7", "AB12CDE", "--from", base::format_utc(now - std::chrono::hours(1)),
       "--until", base::format_utc(now + std::chrono::seconds(1)), "--review", "2026-06-01"}));
  EXPECT_EQ(made.status, 0) << made.text;
  const auto listed = run({"hold", "list"});
  EXPECT_TRUE(listed.has("CR/1234/26")) << listed.text;
}

TEST_F(Commands, AReviewIsTakenAndDecided) {
  auto purpose = a_purpose();
  purpose["reason"] = "police enquiries into the vehicle";  // boilerplate: flagged
  ASSERT_EQ(office_.role("investigator")
                .post("/v1/searches", {{"purpose", purpose},
                                       {"plate", "AB12CDE"},
                                       {"from", "2026-03-27T00:00:00Z"},
                                       {"until", "2026-03-28T00:00:00Z"}})
                .status,
            200);
  const auto reviewer = office_.role("reviewer");
  sign_in_as(reviewer);
  EXPECT_TRUE(run({"reviews", "list"}).has("review-"));
  const auto reviews = reviewer.get("/v1/reviews?count=10").json().at("reviews");
  ASSERT_FALSE(reviews.empty());
  const auto id = reviews.back().at("id").get<std::string>();
  const auto decide = [&] {
    return run({"reviews", "decide", id, "in_order", "--words", "The case bears it out"});
  };
  EXPECT_TRUE(decide().has("take the review before you decide it"));
  const auto taken = run({"reviews", "take", id});
  EXPECT_EQ(taken.status, 0) << taken.text;
  EXPECT_EQ(decide().status, 0);
}

TEST_F(Commands, EveryFolderOfCasesIsTried) {
  int folders = 0;
  for (const auto& folder : std::filesystem::directory_iterator(REGMARK_SOURCE_DIR "/policies")) {
    const auto tried = run({"policy", "test", folder.path().string()});
    EXPECT_EQ(tried.status, 0) << folder.path() << "\n" << tried.text;
    EXPECT_TRUE(tried.has(" 0 wrong."));
    // The one that holds none is for the policy that the program carries.
    EXPECT_EQ(tried.has("against the policy built in"), folder.path().filename() == "built-in");
    ++folders;
  }
  EXPECT_EQ(folders, 6);
}

TEST_F(Commands, AnEarlierPolicyIsRead) {
  const auto auditor = office_.role("auditor");
  const auto before = auditor.get("/v1/policy").json();
  office_.name_for_covert({auditor});
  sign_in_as(auditor);
  const auto listed = run({"policy", "list"});
  const auto version = before.at("version").get<std::string>();
  EXPECT_TRUE(listed.has(version)) << listed.text;
  EXPECT_NE(run({"policy", "show"}).text, before.at("text"));
  EXPECT_EQ(run({"policy", "show", "--version", version}).text, before.at("text"));
  EXPECT_EQ(run({"policy", "show", "--version", "none"}).status, 1);
}

TEST_F(Commands, AnErasureForWhichNothingIsHeldSaysSo) {
  const auto officer = office_.role("dpo");
  const auto id = officer
                      .post("/v1/subject-requests", {{"purpose", a_purpose()},
                                                     {"wish", "erasure"},
                                                     {"plate", "ZZ99NIL"},
                                                     {"from", "2026-03-01T00:00:00Z"},
                                                     {"until", "2026-03-28T00:00:00Z"},
                                                     {"asked_by", "The keeper, by letter"},
                                                     {"received", "2026-03-27"}})
                      .json()
                      .at("id")
                      .get<std::string>();
  sign_in_as(officer);
  const auto seen = run({"subjects", "see", id, "--reason", "The keeper has asked"});
  EXPECT_TRUE(seen.has("Nothing is held about this vehicle in this time")) << seen.text;
  const auto decided = run({"subjects", "decide", id, "answered", "--words", "We hold nothing.",
                            "--reason", "The keeper has asked"});
  EXPECT_EQ(decided.status, 0) << decided.text;
  EXPECT_TRUE(decided.has("We have erased no record of this vehicle.")) << decided.text;
  EXPECT_TRUE(decided.has("Note: nothing was erased for this request")) << decided.text;
}

TEST_F(Commands, WhatOthersMissedIsFollowedUp) {
  sign_in_as(office_.role("investigator"));
  ASSERT_EQ(run(with_purpose({"hold", "make", "case-7", "AB12CDE", "--from", "2026-03-27T00:00:00Z",
                              "--until", "2026-03-28T00:00:00Z", "--review", "2026-03-28"}))
                .status,
            0);
  sign_in_as(office_.role("reviewer"));
  office_.role("standards");  // hired before the clock goes on
  EXPECT_FALSE(run({"reviews", "list"}).has("case-7"));
  office_.clock().advance(std::chrono::days{1});
  sign_in_as(office_.again("reviewer"));
  EXPECT_TRUE(run({"reviews", "list"}).has("case-7"));
  EXPECT_TRUE(run({"follow-ups", "list"}).has("2026-03-29T00:00:00.000Z"));
  const std::vector<std::string> note = {"follow-ups", "note",    "hold",
                                         "case-7",     "--words", "Asked DS Example"};
  EXPECT_TRUE(run(note).has("take it before you say what was done"));
  const auto taken = run({"follow-ups", "take", "hold", "case-7"});
  EXPECT_EQ(taken.status, 0) << taken.text;
  EXPECT_TRUE(taken.has("was not reviewed by 2026-03-29T00:00:00.000Z")) << taken.text;
  EXPECT_EQ(run(note).status, 0);

  office_.clock().advance(std::chrono::days{14});
  sign_in_as(office_.again("standards"));
  const auto seen = run({"signals", "--reason", "The monthly look"});
  EXPECT_TRUE(seen.has("case-7")) << seen.text;
  EXPECT_TRUE(seen.has("Asked DS Example")) << seen.text;
}

TEST_F(Commands, WhatIsKeptIsListedByDay) {
  const auto camera = office_.camera("cam-1", "site-1");
  ASSERT_EQ(camera.post("/v1/reads", a_read("e-1", "AB12CDE", office_.clock().now())).status, 200);
  sign_in_as(office_.role("dpo"));
  const auto days = run({"days"});
  EXPECT_EQ(days.status, 0) << days.text;
  EXPECT_TRUE(days.has("2026-03-28"));
  EXPECT_TRUE(days.has("open"));
  EXPECT_FALSE(days.has(" to "));  // no short slices under this policy
  EXPECT_FALSE(days.has("AB12CDE"));
  sign_in_as(office_.role("operator"));
  EXPECT_EQ(run({"days"}).status, 1);
}

TEST_F(Commands, TheLogIsReadForAReason) {
  office_.role("patrol");
  sign_in_as(office_.role("administrator"));
  EXPECT_EQ(run({"person", "end", "test-patrol"}).status, 0);
  sign_in_as(office_.role("auditor"));
  EXPECT_EQ(run({"audit", "read"}).status, 2);
  EXPECT_EQ(run({"audit", "read", "--reason", "short"}).status, 1);
  const auto newest = run({"audit", "read", "--reason", "Yearly check of 100 %", "--count", "5"});
  EXPECT_EQ(newest.status, 0) << newest.text;
  EXPECT_TRUE(newest.has("change_people")) << newest.text;
  EXPECT_FALSE(newest.has("make_keys"));
  const auto whole = run({"audit", "read", "--reason", "Yearly check of 100 %", "--json"});
  EXPECT_TRUE(whole.has(R"("operation":"deactivatePerson")")) << whole.text;
  EXPECT_TRUE(whole.has(R"("reason":"Yearly check of 100 %")"));
  const auto oldest =
      run({"audit", "read", "--reason", "Yearly check of 100 %", "--first", "0", "--count", "3"});
  EXPECT_TRUE(oldest.has("make_keys")) << oldest.text;
}

TEST_F(Commands, SayWhichWordIsNoCommandAndWhereToLook) {
  const std::pair<std::vector<std::string>, std::string> cases[] = {
      {{"polcy", "check", "x"}, "no command \"polcy\"; `regmark --help`"},
      {{"policy", "chek", "x"}, "no command \"policy chek\"; `regmark policy --help`"},
      {{"person", "keys", "lst"}, "no command \"person keys lst\"; `regmark person keys --help`"},
  };
  for (const auto& [words, want] : cases) {
    const auto said = run(words);
    EXPECT_EQ(said.status, 2);
    EXPECT_TRUE(said.has(want)) << said.text;
  }
}

TEST_F(Commands, ANumberOfARecordIsNotNegative) {
  const auto folder = (office_.folder() / "data" / "audit").string();
  const auto key = (office_.folder() / "data" / "audit.pub").string();
  const auto proved = run({"audit", "prove", "-1", folder, "--key", key});
  EXPECT_EQ(proved.status, 2);
  EXPECT_FALSE(proved.has("no such record")) << proved.text;
  EXPECT_EQ(run({"audit", "read", "--reason", "The yearly look", "--first", "-1"}).status, 2);
}

TEST_F(Commands, SayWhenNobodyIsSignedIn) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"person", "keys", "list"}, {"days"}, {"camera", "accuracy"}, {"authority", "list"}}) {
    const auto said = run(words);
    EXPECT_EQ(said.status, 1);
    EXPECT_TRUE(said.has("nobody is signed in")) << said.text;
  }
}

}  // namespace
}  // namespace regmark::testing
