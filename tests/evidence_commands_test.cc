// Evidence from the command that writes it to the one that checks it, with whole witnesses.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/files.h"
#include "commands_testing.h"
#include "evidence/zip.h"
#include "server/witness_testing.h"

namespace regmark::testing {
namespace {

class EvidenceCommands : public Commands {
 protected:
  EvidenceCommands() {
    const auto camera = office_.camera("cam-1", "site-1");
    const auto read = a_read("e-1", "AB12CDE", office_.clock().now());
    EXPECT_EQ(camera.post("/v1/reads", read).status, 200);
    office_.clock().advance(std::chrono::minutes(1));
    sign_in_as(office_.role("investigator"));
  }
  std::vector<std::string> asking(std::vector<std::string> words) {
    const auto now = office_.clock().now();
    words.insert(words.end(), {"AB12CDE", "--from", base::format_utc(now - std::chrono::hours(1)),
                               "--until", base::format_utc(now)});
    words.insert(words.end(), {"--category", "serious", "--reference", "CR/1234/26", "--reason",
                               "Robbery in the town centre", "--for-whom", "DS Example"});
    return words;
  }
  std::string file(const std::string& name) const { return (office_.folder() / name).string(); }
  std::string log_key() const { return file("data/audit.vkey"); }
  // Its public key, as it would publish it.
  std::string key_file(const server::TestWitness& witness) const {
    auto path = file(witness.key().name + ".pub");
    EXPECT_TRUE(base::write_file(path, base::as_bytes(audit::to_text(witness.key()) + "\n")));
    return path;
  }
};

TEST_F(EvidenceCommands, WhatWitnessesSignedIsVerified) {
  const auto text = base::read_file(log_key(), 1'000).value();
  const auto log = audit::parse_verifier_key(base::as_text(text)).value();
  server::TestWitness near(log, "near.example", office_.clock());
  server::TestWitness second(log, "second.example", office_.clock());
  server::TestWitness far(log, "far.example", office_.clock());
  far.go_away();
  office_.have_witnesses({near.settings(), far.settings(), second.settings()});
  const auto out = file("case.zip");
  const auto exported = run(asking({"evidence", "export", "--out", out}));
  ASSERT_EQ(exported.status, 0) << exported.text;
  EXPECT_TRUE(exported.has("Witness: near.example")) << exported.text;
  EXPECT_FALSE(exported.has("Witness: far.example")) << exported.text;
  const auto verify = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"evidence", "verify", out, "--key", log_key()});
    return run(std::move(words));
  };
  const auto holds = verify({"--witness", key_file(near), "--witness", key_file(second)});
  EXPECT_EQ(holds.status, 0) << holds.text;
  EXPECT_TRUE(holds.has("near.example signed the log's checkpoint at ")) << holds.text;
  EXPECT_TRUE(holds.has("second.example signed the log's checkpoint at ")) << holds.text;
  const auto without = verify({"--witness", key_file(far)});
  EXPECT_EQ(without.status, 1);
  EXPECT_TRUE(without.has("far.example has not signed the checkpoint")) << without.text;
  const auto zip = base::read_file(out, evidence::zip_size_max).value();
  const auto files = evidence::read_zip(base::as_text(zip)).value();
  const auto page = std::ranges::find(files, "statement.html", &evidence::File::name)->bytes;
  EXPECT_NE(page.find("far.example"), std::string::npos);
  EXPECT_NE(page.find("not signed: could not be reached in time"), std::string::npos);
}

TEST_F(EvidenceCommands, WhatIsHeldIsExportedForItsCase) {
  const auto review = base::format_utc(office_.clock().now() + std::chrono::days(90)).substr(0, 10);
  const auto held = run(asking({"hold", "make", "case-7", "--review", review}));
  ASSERT_EQ(held.status, 0) << held.text;
  const auto none = run(asking({"evidence", "export", "--out", file("a.zip"), "--hold", "case-8"}));
  EXPECT_EQ(none.status, 1);
  EXPECT_TRUE(none.has("there is no such hold")) << none.text;
  EXPECT_FALSE(std::filesystem::exists(file("a.zip")));
  const auto exported =
      run(asking({"evidence", "export", "--out", file("b.zip"), "--hold", "case-7"}));
  ASSERT_EQ(exported.status, 0) << exported.text;
  EXPECT_TRUE(exported.has("No witness has signed the log over it.")) << exported.text;
  const auto holds = run({"evidence", "verify", file("b.zip"), "--key", log_key()});
  EXPECT_EQ(holds.status, 0) << holds.text;
  EXPECT_TRUE(holds.has("The evidence holds: 1 reads")) << holds.text;
}

}  // namespace
}  // namespace regmark::testing
