// What a person is told who checks a log from the command line.
#include <gtest/gtest.h>

#include <iostream>
#include <sstream>

#include "audit/cosignature.h"
#include "audit/cosigned.h"
#include "audit/folder_testing.h"
#include "base/encoding.h"
#include "cli/commands.h"

namespace regmark::cli {
namespace {

namespace fs = std::filesystem;
using audit::TestLog;

// What a command prints, on both channels, and its exit status.
struct Said {
  int status = 0;
  std::string text;
  bool has(std::string_view words) const { return text.find(words) != std::string::npos; }
};

template <typename Command>
Said run(Command command) {
  std::ostringstream text;
  auto* const out = std::cout.rdbuf(text.rdbuf());
  auto* const err = std::cerr.rdbuf(text.rdbuf());
  const int status = command();
  std::cout.rdbuf(out);
  std::cerr.rdbuf(err);
  return {status, text.str()};
}

class AuditCommands : public ::testing::Test {
 protected:
  AuditCommands() {
    const auto& key = log_.key().public_key;
    write("log.pub", base::to_hex(key) + "\n");
    write("log.vkey",
          to_text(audit::VerifierKey{std::string(audit::test_origin), audit::KeyKind::log, key}) +
              "\n");
    write("w.vkey", to_text(witness_) + "\n");
    audit::fill(log_.log(), 300);
  }

  fs::path write(const std::string& name, const std::string& text) const {
    const auto path = files_.path() / name;
    EXPECT_TRUE(base::write_file(path, base::as_bytes(text)));
    return path;
  }
  fs::path file(const std::string& name) const { return files_.path() / name; }
  void have_it_signed() {
    const auto note = log_.log().checkpoint();
    const auto text = audit::open_note(note, audit::test_origin, log_.key().public_key).value();
    ASSERT_TRUE(audit::keep_cosigned(
        log_.folder(), witness_,
        note + audit::cosign(text, witness_.name, witness_key_, log_.clock.now())));
  }
  Said verify(std::vector<fs::path> since = {}, std::vector<fs::path> witnesses = {},
              bool details = false) const {
    return run([&] {
      return audit_verify({log_.folder(), file("log.pub"), since, witnesses, details});
    });
  }

  TestLog log_;
  base::TestFolder files_;
  const base::SigningKey witness_key_ = base::signing_key_from_seed({5});
  const audit::VerifierKey witness_{"w.example", audit::KeyKind::witness, witness_key_.public_key};
};

TEST_F(AuditCommands, VerifySinceAKeptCheckpoint) {
  const auto kept = write("kept", log_.log().checkpoint());
  log_.close();
  const auto old_files = audit::read_all(log_.folder());
  log_.reopen();
  audit::fill(log_.log(), 20);
  const auto later = write("later", log_.log().checkpoint());
  EXPECT_EQ(verify({kept, later}).status, 0);
  EXPECT_TRUE(verify({kept}).has("Its first 300 records are those of the checkpoint kept"));
  log_.close();
  audit::write_all(log_.folder(), old_files);
  EXPECT_EQ(verify().status, 0);
  EXPECT_EQ(verify({later}).status, 1);
  EXPECT_TRUE(verify({later}).has("the log does NOT hold: the log was rolled back"));
  log_.reopen();
  audit::fill(log_.log(), 30);
  EXPECT_EQ(verify({kept}).status, 0);
  EXPECT_TRUE(verify({later}).has("the log does NOT hold: the log was forked"));
  EXPECT_TRUE(verify({file("w.vkey")}).has("w.vkey: the checkpoint"));
}

TEST_F(AuditCommands, VerifyWhatAWitnessSigned) {
  EXPECT_EQ(verify({}, {file("w.vkey")}).status, 1);
  EXPECT_TRUE(verify({}, {file("w.vkey")}).has("nothing that w.example signed"));
  have_it_signed();
  audit::fill(log_.log(), 5);
  const auto said = verify({}, {file("w.vkey")});
  EXPECT_EQ(said.status, 0) << said.text;
  EXPECT_TRUE(
      said.has("Its first 300 records are those that w.example signed at 2026-03-29T00:30"));
  EXPECT_TRUE(verify({}, {file("log.vkey")}).has("this is a log's key"));
  EXPECT_TRUE(verify({}, {file("log.pub")}).has("no verifier key"));
}

TEST_F(AuditCommands, CountByMonth) {
  const auto counted = [&](const char* key) {
    return run([&] { return audit_count({log_.folder(), file(key)}); });
  };
  const auto said = counted("log.pub");
  EXPECT_EQ(said.status, 0);
  EXPECT_TRUE(said.has("2026-03")) << said.text;
  EXPECT_TRUE(said.has("300")) << said.text;
  EXPECT_TRUE(counted("w.vkey").has("this is a witness's key"));
}

TEST_F(AuditCommands, VerifyTheDetails) {
  EXPECT_EQ(verify({}, {}, true).status, 0);
  fs::remove(log_.folder() / "details/000");
  EXPECT_EQ(verify().status, 0);
  const auto said = verify({}, {}, true);
  EXPECT_EQ(said.status, 1);
  EXPECT_TRUE(
      said.has("no erasure explains that the details of 256 records of 2026-03-29 are "
               "missing (the first is record 0)"))
      << said.text;
}

TEST_F(AuditCommands, ProveARecordAndCheckTheProof) {
  have_it_signed();
  const auto proof = file("7.tlog-proof");
  const auto prove = [&](std::uint64_t number) {
    return run([&] { return audit_prove({number, log_.folder(), file("log.pub"), proof}); });
  };
  const auto check = [&](const std::string& key, std::vector<fs::path> witnesses = {}) {
    return run([&] { return audit_check_proof({proof, file(key), witnesses}); });
  };
  ASSERT_EQ(prove(7).status, 0);
  fs::remove_all(log_.folder() / "tile");  // it needs nothing else
  for (const auto* key : {"log.pub", "log.vkey"}) {
    const auto said = check(key, {file("w.vkey")});
    EXPECT_EQ(said.status, 0) << said.text;
    EXPECT_TRUE(said.has("Record 7 of test.example/audit (its first 300 records): sign_in"));
    EXPECT_TRUE(said.has("w.example signed the checkpoint at 2026-03-29T00:30"));
  }
  EXPECT_TRUE(check("w.vkey").has("this is a witness's key"));
  EXPECT_EQ(prove(300).status, 1);
  write("7.tlog-proof", "nothing\n");
  EXPECT_EQ(check("log.pub").status, 1);
}

}  // namespace
}  // namespace regmark::cli
