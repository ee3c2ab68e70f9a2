// What a person types, as the program takes it apart, against a whole office: commands that no
// other test types.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <iostream>
#include <sstream>
#include <thread>

#include "base/encoding.h"
#include "base/files.h"
#include "cli/cli.h"
#include "cli/client.h"
#include "office_testing.h"
#include "people/security_keys_testing.h"

namespace regmark::testing {
namespace {

struct Said {
  int status = 0;
  std::string text;  // on both channels
  bool has(std::string_view words) const { return text.find(words) != std::string::npos; }
};

class Commands : public ::testing::Test {
 protected:
  Commands() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): the office reads no environment
    ::setenv("XDG_CONFIG_HOME", (office_.folder() / "config").c_str(), 1);
  }

  void sign_in_as(const Client& client) {
    const cli::Client session("http://127.0.0.1:" + std::to_string(office_.port()), client.token);
    ASSERT_TRUE(cli::save_session(session));
  }
  // `typed` on standard input answers what the command asks.
  static Said run(std::vector<std::string> words, const std::string& typed = "") {
    words.insert(words.begin(), "regmark");
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    std::ostringstream text;
    std::istringstream in(typed);
    auto* const out = std::cout.rdbuf(text.rdbuf());
    auto* const err = std::cerr.rdbuf(text.rdbuf());
    auto* const keyboard = std::cin.rdbuf(in.rdbuf());
    const int status = cli::run(static_cast<int>(arguments.size()), arguments.data(), {}, {}, {});
    std::cout.rdbuf(out);
    std::cerr.rdbuf(err);
    std::cin.rdbuf(keyboard);
    return {status, text.str()};
  }
  std::string password_file() const {
    const auto file = office_.folder() / "password";
    EXPECT_TRUE(base::write_file(file, base::as_bytes(std::string(password) + "\n")));
    return file.string();
  }

  TestOffice office_;
};

const std::vector<std::string> purpose_words = {"--category",  "serious",
                                                "--reference", "CR/1234/26",
                                                "--reason",    "Robbery in the town centre",
                                                "--for-whom",  "DS Example"};

std::vector<std::string> with_purpose(std::vector<std::string> words) {
  words.insert(words.end(), purpose_words.begin(), purpose_words.end());
  return words;
}

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

TEST_F(Commands, AuthorityIsAskedForAndGivenUp) {
  office_.camera("cam-1", "site-1");
  sign_in_as(office_.role("investigator"));
  const auto asked = run(with_purpose({"authority", "ask", "AB12CDE", "--from",
                                       "2025-10-01T00:00:00Z", "--until", "2025-10-02T00:00:00Z"}));
  ASSERT_EQ(asked.status, 0) << asked.text;
  EXPECT_TRUE(asked.has(" is asked."));
  const auto id = asked.text.substr(0, asked.text.find(' '));
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

TEST_F(Commands, AVehicleIsFollowedByLeaveOnly) {
  const auto camera = office_.camera("cam-1", "site-1");
  const auto officer = office_.role("authoriser");
  ASSERT_LT(office_.role("administrator")
                .post("/v1/people/" + office_.person_of(officer) + "/standing",
                      {{"rank", "inspector"}, {"training", Json::array()}})
                .status,
            300);
  sign_in_as(office_.role("investigator"));
  const auto now = office_.clock().now();
  const auto until = base::format_utc(now + std::chrono::hours(2));
  const auto refused = run(with_purpose({"track", "AB12CDE", "--until", until}));
  EXPECT_EQ(refused.status, 1);
  EXPECT_TRUE(refused.has("needs a senior officer's authority")) << refused.text;
  const auto asked = run(with_purpose({"authority", "ask", "AB12CDE", "--to", "track", "--from",
                                       base::format_utc(now), "--until", until}));
  ASSERT_EQ(asked.status, 0) << asked.text;
  const auto id = asked.text.substr(0, asked.text.find(' '));
  const auto path = "/v1/authorities/" + id;
  ASSERT_EQ(officer.post(path + "/grant", {{"reason", "Proportionate"}, {"hours", 1}, {"uses", 1}})
                .status,
            200);
  // The command goes on until leave is over.
  std::thread meanwhile([&] {
    while (officer.get("/v1/authorities").json().at("authorities").at(0).at("uses") == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    // It is a use a moment before the stream is attached.
    for (int event = 0; event < 20; ++event) {
      const auto read =
          a_read("e-" + std::to_string(event), "AB12CDE", now + std::chrono::seconds(event));
      EXPECT_EQ(camera.post("/v1/reads", read).status, 200);
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_EQ(officer.post(path + "/withdraw", {{"reason", "It is found already"}}).status, 200);
  });
  const auto told = run(with_purpose({"track", "AB12CDE", "--until", until, "--authority", id}));
  meanwhile.join();
  EXPECT_EQ(told.status, 0) << told.text;
  EXPECT_TRUE(told.has("cam-1  AB12CDE")) << told.text;
  EXPECT_TRUE(told.has("The office ended it")) << told.text;
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

// Whose a camera is goes in with it, and comes out again; and what is asked wrongly says what of
// it.
TEST_F(Commands, TheRegisterReadsBackWhatItHoldsOfACamera) {
  office_.camera("cam-1", "site-1");
  sign_in_as(office_.role("anpr_manager"));
  const auto token = (office_.folder() / "south.token").string();
  const auto added =
      run({"camera", "add", "cam-2", "--site", "site-1", "--name", "South", "--token-file", token,
           "--kind", "shared", "--owner", "Made-up Council", "--controller", "Chief Officer"});
  ASSERT_EQ(added.status, 0) << added.text;
  const auto held = run({"estate", "register", "camera", "cam-2"});
  EXPECT_EQ(held.status, 0) << held.text;
  for (const auto* word :
       {"shared", "Made-up Council", "Chief Officer", "2026-03-28", "it stands", "local_crime"}) {
    EXPECT_TRUE(held.has(word)) << word << "\n" << held.text;
  }
  EXPECT_TRUE(run({"estate", "register", "camera", "cam-1"}).has("not recorded"));
  EXPECT_EQ(run({"estate", "register", "camera", "cam-9"}).status, 1);
  EXPECT_EQ(run({"estate", "register", "camera"}).status, 2);
  const auto stand = run({"estate", "register", "standing", "--until", "2026-03-28"});
  EXPECT_EQ(stand.status, 0) << stand.text;
  EXPECT_TRUE(stand.has("shared"));
  EXPECT_EQ(run({"estate", "register", "standing"}).status, 2);
  EXPECT_TRUE(run({"estate", "register", "standing", "--until", "soon"}).has("until"));
  EXPECT_TRUE(run({"estate", "register", "standing", "--until", "2027-01-01"}).has("none to come"));
}

// How they read, when nobody has checked anything yet; and who may know.
TEST_F(Commands, CamerasAreListedByHowTheyRead) {
  office_.camera("cam-1", "site-1");
  sign_in_as(office_.role("anpr_manager"));
  const auto accuracy = run({"camera", "accuracy"});
  EXPECT_EQ(accuracy.status, 0) << accuracy.text;
  EXPECT_TRUE(accuracy.has("checked"));
  const auto drift = run({"camera", "drift"});
  EXPECT_EQ(drift.status, 0) << drift.text;
  EXPECT_TRUE(drift.has("camera"));
  EXPECT_TRUE(run({"camera", "list"}).has("cam-1"));
  EXPECT_TRUE(run({"site", "list"}).has("site-1"));
  sign_in_as(office_.role("patrol"));
  EXPECT_EQ(run({"camera", "accuracy"}).status, 1);
  EXPECT_EQ(run({"camera", "drift"}).status, 1);
}

TEST_F(Commands, EvidenceIsHandedInAndGotOutAgain) {
  sign_in_as(office_.role("anpr_manager"));
  const auto figures = office_.folder() / "figures.csv";
  const base::Bytes bytes{'a', ',', 'b', '\n', 0, 0xFF, 0xFE, '\r', '\n'};
  ASSERT_TRUE(base::write_file(figures, bytes));
  const auto handed_in = run({"estate", "evidence", figures.string()});
  ASSERT_EQ(handed_in.status, 0) << handed_in.text;
  const auto sha256 = handed_in.text.substr(0, handed_in.text.size() - 1);
  EXPECT_EQ(sha256, base::to_hex(base::sha256(bytes)));

  const auto out = office_.folder() / "out.csv";
  const auto get = [&](const std::string& which) {
    return run({"estate", "evidence", "get", which, "--out", out.string()});
  };
  EXPECT_TRUE(get("no digest").has("that is no SHA-256"));
  EXPECT_TRUE(get(std::string(64, '0')).has("there is no such evidence"));
  EXPECT_FALSE(std::filesystem::exists(out));
  const auto got = get(sha256);
  ASSERT_EQ(got.status, 0) << got.text;
  EXPECT_EQ(base::read_file(out, 1'000).value(), bytes);

  // Nobody says what is meant: neither a file nor which to get.
  EXPECT_NE(run({"estate", "evidence"}).status, 0);
}

TEST_F(Commands, SayWhenNobodyIsSignedIn) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"person", "keys", "list"}, {"days"}, {"camera", "accuracy"}, {"authority", "list"}}) {
    const auto said = run(words);
    EXPECT_EQ(said.status, 1);
    EXPECT_TRUE(said.has("nobody is signed in")) << said.text;
  }
}

// Proposed, approved, written for, extended, shown and stopped, and a camera in it from its lens to
// its end.
TEST_F(Commands, ADeploymentFromProposalToItsEnd) {
  const auto manager = office_.role("anpr_manager");
  const auto second = office_.another("anpr_manager", "second-manager");
  const auto paper = office_.folder() / "paper.json";
  const auto token = (office_.folder() / "van.token").string();
  sign_in_as(manager);
  const std::vector<std::string> grounds = {
      "--need", "Thefts at harvest", "--review", "2026-06-20", "--until", "2026-06-28T00:00:00Z"};
  std::vector<std::string> propose = {
      "deployment",  "propose", "d-1",      "--name", "Harvest", "--latitude",          "54.5",
      "--longitude", "-2.5",    "--radius", "5000",   "--from",  "2026-03-28T00:00:00Z"};
  propose.insert(propose.end(), grounds.begin(), grounds.end());
  const auto proposed = run(propose);
  ASSERT_EQ(proposed.status, 0) << proposed.text;
  EXPECT_TRUE(proposed.has("Another manager must approve it")) << proposed.text;
  EXPECT_EQ(run({"deployment", "approve", "d-1"}).status, 1);
  sign_in_as(second);
  EXPECT_EQ(run({"deployment", "approve", "d-1"}).status, 0);
  std::vector<std::string> review = {"deployment", "review", "d-1"};
  review.insert(review.end(), grounds.begin(), grounds.end());
  EXPECT_TRUE(run(review).has("its impact assessment is missing"));
  sign_in_as(manager);
  EXPECT_TRUE(run({"deployment", "list"}).has("Harvest"));
  const auto camera =
      run({"deployment", "camera", "d-1", "van-1", "--name", "Van", "--token-file", token});
  EXPECT_EQ(camera.status, 0) << camera.text;
  ASSERT_TRUE(base::write_file(paper, base::as_bytes(R"({"form":"impact","parts":{}})")));
  const auto written = run({"deployment", "paper", "d-1", paper.string()});
  EXPECT_TRUE(written.has("lacks") && written.has("description")) << written.text;
  EXPECT_TRUE(run({"deployment", "show", "d-1"}).has("\"approved\""));
  const auto lens = run(
      {"camera", "lens", "van-1", "--on", "2026-03-28", "--lens", "35 mm", "--reach", "5 to 30 m"});
  EXPECT_EQ(lens.status, 0) << lens.text;
  EXPECT_EQ(run({"camera", "direction", "van-1", "--on", "2026-03-28", "--bearing", "270",
                 "--lanes", "both"})
                .status,
            0);
  const auto position = run({"camera", "position", "van-1", "--on", "2026-03-28", "--latitude",
                             "54.5", "--longitude", "-2.5", "--mounted", "on the roof"});
  EXPECT_EQ(position.status, 0) << position.text;
  EXPECT_EQ(run({"camera", "direction", "van-1", "--on", "2026-03-28", "--bearing", "400",
                 "--lanes", "both"})
                .status,
            1);
  EXPECT_TRUE(run({"camera", "papers", "van-1"}).has("on the roof"));
  EXPECT_EQ(run({"camera", "stop", "van-1", "--reason", "broken"}).status, 0);
  EXPECT_TRUE(run({"estate", "taking-down"}).has("keys_ended"));
  ASSERT_TRUE(
      base::write_file(paper, base::as_bytes(R"({"form":"camera_decommissioning","parts":{}})")));
  EXPECT_TRUE(run({"camera", "take-down", "van-1", paper.string()}).has("sign_down"));
  const auto due = run({"estate", "due"});
  EXPECT_TRUE(due.has("taking_down") && due.has("anpr_manager")) << due.text;
  EXPECT_TRUE(run({"estate", "due", "--json"}).has("\"yours\""));
  EXPECT_EQ(run({"deployment", "stop", "d-1", "--reason", "over"}).status, 0);
}

// What comes next is said, and what is missing for it.
TEST_F(Commands, AProposalOnTheFullPathSaysWhatComesNext) {
  sign_in_as(office_.role("anpr_manager"));
  const auto said =
      run({"site", "propose", "gate", "--name", "Gate", "--latitude", "54.5", "--longitude", "-2.5",
           "--need", "Thefts", "--review", "2026-09-01", "--path", "full"});
  ASSERT_EQ(said.status, 0) << said.text;
  EXPECT_TRUE(said.has("the controller decides")) << said.text;
  EXPECT_TRUE(said.has("missing: pressing_need is missing")) << said.text;
  EXPECT_TRUE(said.has("missing: the controller has set no deployment assessment matrix yet"));
}

TEST_F(Commands, APlanIsWrittenByItsEndingOrNotAtAll) {
  const auto plan = std::string(REGMARK_SOURCE_DIR) + "/testdata/town/plan.json";
  const auto out = office_.folder() / "plan.txt";
  const auto said = run({"estate", "plan", plan, "--out", out.string()});
  EXPECT_EQ(said.status, 1);
  EXPECT_TRUE(said.has("*.html")) << said.text;
  EXPECT_FALSE(std::filesystem::exists(out));
}

}  // namespace
}  // namespace regmark::testing
