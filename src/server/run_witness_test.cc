#include "server/run_witness.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>

#include "audit/cosignature.h"
#include "audit/witness_testing.h"
#include "base/encoding.h"
#include "base/files_testing.h"
#include "relay/curl/request.h"
#include "server/forked_testing.h"

namespace regmark::server {
namespace {

using audit::History;

std::string log_key_file(const base::TestFolder& folder) {
  const auto path = folder.path() / "log.vkey";
  std::ofstream(path) << to_text(audit::history_verifier) << "\n";
  return path;
}

relay::curl::Reply post(std::uint16_t port, const std::string& body) {
  return relay::curl::send({.method = "POST",
                            .url = "http://127.0.0.1:" + std::to_string(port) + "/add-checkpoint",
                            .body = body})
      .value();
}

// A witness in a process of its own, and what it said.
class WitnessProcess {
 public:
  explicit WitnessProcess(const WitnessOptions& options)
      : process_([&] { return run_witness(options, std::cout, std::cerr); }) {
    const auto greeting = process_.read_until("Ctrl-C");
    const auto port = greeting.find("port ");
    if (port != std::string::npos) port_ = std::stoi(greeting.substr(port + 5));
    const auto key = greeting.find("signs as\n");
    if (key == std::string::npos) return;
    key_ = greeting.substr(key + 9, greeting.find('\n', key + 9) - key - 9);
  }

  std::uint16_t port() const { return static_cast<std::uint16_t>(port_); }
  const std::string& key() const { return key_; }
  int end(int signal) const { return process_.end(signal); }

 private:
  Forked process_;
  int port_ = 0;
  std::string key_;
};

TEST(RunWitness, AnswersAsTheSpecificationSays) {
  const base::TestFolder folder;
  const base::SystemClock clock;
  const auto witness =
      audit::Witness::open(folder.path() / "witness", audit::history_verifier, "w.example", clock)
          .value();
  const auto server = serve_witness(*witness, {"127.0.0.1", 0}).value();
  const History log(5, 30, "a");
  const History fork(5, 30, "b");
  const auto first = post(server->port(), to_text(log.request(0, 10)));
  EXPECT_EQ(first.status, 200);
  EXPECT_TRUE(audit::with_cosignature(log.note(10), first.body, witness->key()));

  const auto status = [&](const audit::AddCheckpoint& request) {
    return post(server->port(), to_text(request)).status;
  };
  auto other_log = log.request(10, 20);
  other_log.note = audit::sign_checkpoint({"other.example", 20, {}}, audit::history_key);
  auto unsigned_note = log.request(10, 20);
  unsigned_note.note = audit::sign_checkpoint({audit::history_verifier.name, 20, log.root(20)},
                                              base::signing_key_from_seed({8}));
  EXPECT_EQ(status(other_log), 404);
  EXPECT_EQ(status(unsigned_note), 403);
  EXPECT_EQ(status({11, {}, log.note(10)}), 400);
  EXPECT_EQ(post(server->port(), "what?").status, 400);
  EXPECT_EQ(status(fork.request(10, 20)), 422);
  EXPECT_EQ(status(fork.request(10, 10)), 409);
  const auto conflict = post(server->port(), to_text(log.request(3, 20)));
  EXPECT_EQ(conflict.status, 409);
  EXPECT_EQ(conflict.body, "10\n");
  EXPECT_EQ(status(log.request(10, 20)), 200);
  EXPECT_EQ(post(server->port(), std::string(audit::add_checkpoint_size_max + 1, 'x')).status, 413);
}

// Killed after every few checkpoints, and asked now for the one history and now for the other.
TEST(RunWitness, KilledAndStartedAgainSignsOneHistory) {
  const base::TestFolder folder;
  const WitnessOptions options{folder.path() / "witness", log_key_file(folder), "127.0.0.1:0",
                               "w.example"};
  const History log(3, 60, "a");
  const History fork(3, 60, "b");
  std::uint64_t size = 0;
  std::string key;
  for (int run = 0; run < 6; ++run) {
    SCOPED_TRACE(run);
    const WitnessProcess witness(options);
    ASSERT_NE(witness.port(), 0);
    if (run == 0) key = witness.key();
    EXPECT_EQ(witness.key(), key);
    if (run > 0) {
      EXPECT_NE(post(witness.port(), to_text(fork.request(size, size + 1))).status, 200);
      EXPECT_NE(post(witness.port(), to_text(fork.request(0, size + 1))).status, 200);
      EXPECT_NE(post(witness.port(), to_text(log.request(0, size - 1))).status, 200);
    }
    for (int i = 0; i < 5; ++i, ++size) {
      EXPECT_EQ(post(witness.port(), to_text(log.request(size, size + 1))).status, 200);
    }
    EXPECT_EQ(witness.end(SIGKILL), 128 + SIGKILL);
  }
  const WitnessProcess last(options);
  EXPECT_EQ(last.end(SIGTERM), 0);
}

TEST(RunWitness, SaysWhatIsWrongWithWhatWasAsked) {
  const base::TestFolder folder;
  const auto key = log_key_file(folder);
  struct Case {
    WitnessOptions options;
    int status;
    std::string says;
  };
  const Case cases[] = {
      {{folder.path() / "w", key, "0.0.0.0:0", "w"}, 2, "loopback only"},
      {{folder.path() / "w", folder.path() / "none", "127.0.0.1:0", "w"}, 2, "no such file"},
      {{folder.path() / "w", key, "127.0.0.1:0", "a b"}, 2, "name"},
      {{"/proc/nowhere", key, "127.0.0.1:0", "w"}, 1, "folder"},
  };
  for (const auto& [options, status, says] : cases) {
    SCOPED_TRACE(says);
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(run_witness(options, out, err), status);
    EXPECT_NE(err.str().find(says), std::string::npos) << err.str();
    EXPECT_EQ(out.str(), "");
  }
}

}  // namespace
}  // namespace regmark::server
