// What a person types about sites, cameras, deployments and their papers, against a whole office.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "assessment/assessment_testing.h"
#include "base/encoding.h"
#include "base/files.h"
#include "cli/demo/demo_estate.h"
#include "commands_testing.h"

namespace regmark::testing {
namespace {

class EstateCommands : public Commands {
 protected:
  // What an extension wants, each by whoever may write it; leaves nobody of them signed in last.
  void write_to_extend(const std::vector<std::string>& command, const Client& author) {
    const auto path = office_.folder() / "paper.json";
    sign_in_as(author);
    ASSERT_TRUE(base::write_file(path, base::as_bytes("a file")));
    ASSERT_EQ(run({"estate", "evidence", path.string()}).status, 0);
    for (const std::string id : {"impact", "dpo_advice", "overt_lead_advice", "public_notice"}) {
      const auto* form = assessment::Guidance::built_in().form(id);
      sign_in_as(form->role ? office_.role(std::string(access::name(*form->role))) : author);
      const auto text = assessment::format_paper(assessment::whole_paper(*form));
      ASSERT_TRUE(base::write_file(path, base::as_bytes(text)));
      auto words = command;
      words.push_back(path.string());
      const auto written = run(words);
      ASSERT_TRUE(written.has("lacks") == false && written.status == 0) << id << written.text;
    }
  }
};

// Whose a camera is goes in with it, and comes out again; and what is asked wrongly says what of
// it.
TEST_F(EstateCommands, TheRegisterReadsBackWhatItHoldsOfACamera) {
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
TEST_F(EstateCommands, CamerasAreListedByHowTheyRead) {
  office_.camera("cam-1", "site-1");
  sign_in_as(office_.role("anpr_manager"));
  const auto accuracy = run({"camera", "accuracy"});
  EXPECT_EQ(accuracy.status, 0) << accuracy.text;
  EXPECT_TRUE(accuracy.has("checked"));
  const auto drift = run({"camera", "drift"});
  EXPECT_EQ(drift.status, 0) << drift.text;
  EXPECT_TRUE(drift.has("camera"));
  EXPECT_TRUE(run({"camera", "list"}).has("cam-1"));
  const auto sites = run({"site", "list"});
  EXPECT_TRUE(sites.has("site-1") && sites.has("collects_now") && sites.has("true")) << sites.text;
  sign_in_as(office_.role("patrol"));
  EXPECT_EQ(run({"camera", "accuracy"}).status, 1);
  EXPECT_EQ(run({"camera", "drift"}).status, 1);
}

TEST_F(EstateCommands, EvidenceIsHandedInAndGotOutAgain) {
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

// Proposed, approved, written for, extended, shown and stopped, and a camera in it from its lens to
// its end.
TEST_F(EstateCommands, ADeploymentFromProposalToItsEnd) {
  const auto manager = office_.role("anpr_manager");
  const auto second = office_.another("anpr_manager", "second-manager");
  const auto paper = office_.folder() / "paper.json";
  const auto token = (office_.folder() / "van.token").string();
  sign_in_as(manager);
  const std::vector<std::string> grounds = {
      "--need",   "Thefts at harvest", "--category", "local_crime",
      "--review", "2026-06-20",        "--until",    "2026-06-28T00:00:00Z"};
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
  EXPECT_TRUE(run(review).has("impact is missing: nothing is extended without"));
  sign_in_as(manager);
  EXPECT_TRUE(run({"deployment", "list"}).has("Harvest"));
  const auto camera =
      run({"deployment", "camera", "d-1", "van-1", "--name", "Van", "--token-file", token});
  EXPECT_EQ(camera.status, 0) << camera.text;
  ASSERT_TRUE(base::write_file(paper, base::as_bytes(R"({"form":"impact","parts":{}})")));
  const auto written = run({"deployment", "paper", "d-1", paper.string()});
  EXPECT_TRUE(written.has("not whole yet") && written.has("lacks description")) << written.text;
  ASSERT_TRUE(base::write_file(paper, base::as_bytes("no paper")));
  EXPECT_TRUE(run({"deployment", "paper", "d-1", paper.string()}).has("paper.json is not JSON"));
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

// A whole force's register, and the next export of it: what stands in both is taken in once.
TEST_F(EstateCommands, ARegisterIsTakenInTwiceAndAddsUpOnce) {
  sign_in_as(office_.role("anpr_manager"));
  const auto file = office_.folder() / "force.csv";
  std::ostringstream csv;
  const auto today = base::parse_day(assessment::day_at_first).value();
  cli::write_made_up_register(csv, 600, /*seed=*/1, today);
  const auto import = [&](const std::string& text) {
    EXPECT_TRUE(base::write_file(file, base::as_bytes(text)));
    return run({"estate", "import", file.string()});
  };
  const auto answers = [&] {
    std::string all;
    for (const auto* question : {"standing", "costs", "reviews", "grounds"}) {
      all += run({"estate", "register", question, "--until", "2026-03-28"}).text;
    }
    return all + run({"site", "list"}).text + run({"camera", "list"}).text;
  };
  const auto first = import(csv.str());
  ASSERT_EQ(first.status, 0) << first.text;
  EXPECT_TRUE(first.has("Took in 600 cameras")) << first.text;
  EXPECT_FALSE(first.has("said nothing new"));
  const auto before = answers();
  ASSERT_TRUE(before.find("body_worn") != std::string::npos) << before;
  // Before anybody counted a kind, a whole is of the others, and says so.
  const auto early = run({"estate", "register", "standing", "--until", "2001-01-01"});
  EXPECT_TRUE(early.has(", of what is recorded; not recorded: body_worn")) << early.text;
  const auto second = import(csv.str());
  ASSERT_EQ(second.status, 0) << second.text;
  const auto rows = std::ranges::count(csv.str(), '\n') - 1;
  EXPECT_TRUE(second.has("of these " + std::to_string(rows) + " said nothing new")) << second.text;
  EXPECT_EQ(answers(), before);
  // What was corrected is taken from the next file; another day of review is not.
  const std::string heading = "camera,site,latitude,longitude,installed,review\n";
  ASSERT_EQ(import(heading + "old-1,old,54,-2,2019-05-01,2026-09-01\n").status, 0);
  const auto corrected = import(heading + "old-1,old,54,-2,2018-05-01,2026-09-01\n");
  EXPECT_EQ(corrected.status, 0) << corrected.text;
  EXPECT_TRUE(run({"estate", "register", "camera", "old-1"}).has("2018-05-01"));
  const auto refused = import(heading + "old-1,old,54,-2,2017-05-01,2026-10-01\n");
  EXPECT_EQ(refused.status, 1);
  EXPECT_TRUE(
      refused.has("line 2: site old: its review is due 2026-09-01 by the estate, and not "
                  "2026-10-01: an import changes no day of review"))
      << refused.text;
  EXPECT_TRUE(run({"estate", "register", "camera", "old-1"}).has("2018-05-01"));
}

// What was taken in from an older register collects once it has a token; what is short is extended
// by somebody else than its author.
TEST_F(EstateCommands, AnImportedCameraGetsATokenAndAShortSiteIsExtended) {
  const auto manager = office_.role("anpr_manager");
  sign_in_as(manager);
  const auto csv = office_.folder() / "old.csv";
  ASSERT_TRUE(base::write_file(
      csv,
      base::as_bytes("camera,site,latitude,longitude,review\nold-1,old,54.0,-2.0,2026-09-01\n")));
  ASSERT_EQ(run({"estate", "import", csv.string()}).status, 0);
  const auto token_file = office_.folder() / "old-1.token";
  const auto renewed = run({"camera", "token", "old-1", "--token-file", token_file.string()});
  ASSERT_EQ(renewed.status, 0) << renewed.text;
  auto token = std::string(base::as_text(base::read_file(token_file, 1'000).value()));
  token.pop_back();
  const Client camera{office_.port(), token};
  EXPECT_EQ(camera.post("/v1/reads", a_read("e-1", "AB12CDE", office_.clock().now())).status, 200);
  EXPECT_EQ(run({"camera", "token", "none", "--token-file", token_file.string()}).status, 1);

  ASSERT_EQ(run({"site", "propose", "van", "--name", "Van", "--latitude", "54.5", "--longitude",
                 "-2.5", "--need", "Thefts", "--review", "2026-05-01"})
                .status,
            0);
  const std::vector<std::string> extend = {"site",        "extend",       "van",
                                           "--need",      "Thefts go on", "--category",
                                           "local_crime", "--review",     "2026-07-01"};
  EXPECT_TRUE(run(extend).has("it was not approved yet"));
  const auto second = office_.another("anpr_manager", "second-manager");
  sign_in_as(second);
  ASSERT_EQ(run({"site", "approve", "van"}).status, 0);
  sign_in_as(manager);
  EXPECT_TRUE(run(extend).has("somebody else must"));
  const auto third = office_.another("anpr_manager", "third-manager");
  sign_in_as(third);
  EXPECT_TRUE(run(extend).has("impact is missing: nothing is extended without"));
  write_to_extend({"estate", "paper", "van"}, manager);
  sign_in_as(third);
  const auto extended = run(extend);
  EXPECT_TRUE(extended.has("Extended van until 2026-07-01")) << extended.text;
  EXPECT_TRUE(run({"estate", "file", "van"}).has("Thefts go on"));
}

// What is kept apart is read by those whom the policy names, for a reason that goes on record; to
// anybody else it is not there.
TEST_F(EstateCommands, AFileThatIsKeptApartIsReadByThoseWhoAreNamed) {
  const auto first = office_.another("anpr_manager", "covert-first");
  const auto second = office_.another("anpr_manager", "covert-second");
  office_.name_for_covert({first, second});
  const std::vector<std::string> why = {"--why", "operation of the made-up kind"};
  const auto covert = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "covert");
    words.insert(words.end(), why.begin(), why.end());
    return run(words);
  };
  sign_in_as(first);
  const auto proposed =
      covert({"propose", "sites", "--name", "Fallow Barn", "--need", "By authority 12/26",
              "--review", "2026-06-01", "--latitude", "54.5", "--longitude", "-2.5"});
  ASSERT_EQ(proposed.status, 0) << proposed.text;
  const auto begin = proposed.text.find("as ") + 3;
  const auto site = proposed.text.substr(begin, proposed.text.find('.', begin) - begin);
  sign_in_as(second);
  EXPECT_EQ(covert({"approve", "sites", site}).status, 0);
  const auto file = covert({"file", "sites", site});
  EXPECT_EQ(file.status, 0) << file.text;
  EXPECT_TRUE(file.has("Fallow Barn") && file.has("\"approved\"")) << file.text;
  EXPECT_TRUE(covert({"file", "sites", site, "--on", "2026-03-28"}).has("Fallow Barn"));
  EXPECT_EQ(covert({"file", "sites", site, "--on", "2026-03-27"}).status, 1);
  EXPECT_EQ(covert({"file", "deployments", site}).status, 1);
  EXPECT_EQ(run({"covert", "file", "sites", site}).status, 2);  // not without a reason
  EXPECT_EQ(run({"estate", "file", site}).status, 1);
  const auto token = (office_.folder() / "barn.token").string();
  ASSERT_EQ(covert({"camera", "sites", site, "--name", "Barn door", "--token-file", token}).status,
            0);
  const auto added = covert({"file", "sites", site});
  const auto listed = nlohmann::json::parse(added.text);
  const std::string camera = listed.at("cameras").at(0);
  const auto renewed = covert({"token", camera, "--token-file", token + "-2"});
  EXPECT_EQ(renewed.status, 0) << renewed.text;
  EXPECT_EQ(covert({"stop", "cameras", camera, "--reason", "found"}).status, 0);
  sign_in_as(office_.role("anpr_manager"));
  EXPECT_EQ(covert({"file", "sites", site}).status, 1);
}

// What comes next is said, and what is missing for it.
TEST_F(EstateCommands, AProposalOnTheFullPathSaysWhatComesNext) {
  sign_in_as(office_.role("anpr_manager"));
  const auto said =
      run({"site", "propose", "gate", "--name", "Gate", "--latitude", "54.5", "--longitude", "-2.5",
           "--need", "Thefts", "--review", "2026-09-01", "--path", "full"});
  ASSERT_EQ(said.status, 0) << said.text;
  EXPECT_TRUE(said.has("the controller decides")) << said.text;
  EXPECT_TRUE(said.has("missing: pressing_need is missing")) << said.text;
  EXPECT_TRUE(said.has("missing: the controller has set no deployment assessment matrix yet"));
}

TEST_F(EstateCommands, APlanIsWrittenByItsEndingOrNotAtAll) {
  const auto plan = std::string(REGMARK_SOURCE_DIR) + "/testdata/town/plan.json";
  const auto out = office_.folder() / "plan.txt";
  const auto said = run({"estate", "plan", plan, "--out", out.string()});
  EXPECT_EQ(said.status, 1);
  EXPECT_TRUE(said.has("*.html")) << said.text;
  EXPECT_FALSE(std::filesystem::exists(out));
}

// What is given out is what was kept, and the same plan comes of what it was made from.
TEST_F(EstateCommands, AKeptPlanIsGivenOutWithWhatItWasMadeFrom) {
  sign_in_as(office_.role("anpr_manager"));
  const auto town = std::string(REGMARK_SOURCE_DIR) + "/testdata/town/plan.json";
  ASSERT_TRUE(run({"estate", "plan", town, "--keep"}).has("Kept as plan 1"));
  EXPECT_TRUE(run({"estate", "plans"}).has("digest"));
  const auto out = office_.folder() / "kept.json";
  const auto folder = office_.folder() / "made" / "from";
  const auto given =
      run({"estate", "plans", "1", "--out", out.string(), "--sources", folder.string()});
  ASSERT_EQ(given.status, 0) << given.text;
  const auto kept = Json::parse(base::as_text(base::read_file(out, std::size_t{8} << 20U).value()));
  EXPECT_EQ(kept.at("kept"), 1);
  EXPECT_TRUE(kept.at("recommended").contains("sites"));
  EXPECT_EQ(Json::parse(run({"estate", "plans", "1"}).text), kept);
  const auto again = run({"estate", "plan", (folder / "plan.json").string(), "--network",
                          (folder / "network.geojson").string()});
  EXPECT_TRUE(again.has("Made from " + kept.at("made_from").get<std::string>())) << again.text;
  EXPECT_EQ(run({"estate", "plans", "2"}).status, 1);
  EXPECT_EQ(run({"estate", "plans", "--out", out.string()}).status, 2);  // of which?
  sign_in_as(office_.role("patrol"));
  EXPECT_EQ(run({"estate", "plans", "1"}).status, 1);
}

TEST_F(EstateCommands, ACostIsWrittenDownAndAddedUp) {
  sign_in_as(office_.role("anpr_manager"));
  const auto add = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"estate", "cost", "add", "--year", "2026", "--kind", "running"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  };
  const auto costs = [&] {
    return run({"estate", "register", "costs", "--from", "2026-01-01", "--until", "2026-03-28"});
  };
  EXPECT_TRUE(add({"--pounds", "1200"}).has("Written down."));
  EXPECT_TRUE(add({"--pounds", "1200"}).has("if this is another, say so"));
  EXPECT_TRUE(costs().has("1200")) << costs().text;
  EXPECT_EQ(add({"--pounds", "1200", "--another"}).status, 0);
  EXPECT_TRUE(costs().has("2400")) << costs().text;
  EXPECT_EQ(add({"--pounds", "100", "--about"}).status, 0);
  EXPECT_TRUE(costs().has("about 2500")) << costs().text;
  EXPECT_EQ(add({"--about"}).status, 2);
  EXPECT_EQ(add({"--pounds", "-1"}).status, 2);
  const auto below = add({"--pounds", "-5"}).text;
  EXPECT_NE(below.find("-5 not in range"), std::string::npos) << below;
  EXPECT_LT(below.size(), 200U) << below;
  EXPECT_EQ(run({"estate", "cost", "add", "--year", "2027", "--kind", "other"}).status, 1);
  sign_in_as(office_.role("controller"));
  EXPECT_EQ(add({"--pounds", "1"}).status, 1);
}

}  // namespace
}  // namespace regmark::testing
