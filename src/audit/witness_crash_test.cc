// A witness that is killed at any time, and asked to sign now the one history, now the other, has
// never signed both.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <sstream>

#include "audit/kill_testing.h"
#include "audit/witness.h"
#include "audit/witness_testing.h"
#include "base/encoding.h"
#include "base/files_testing.h"

namespace regmark::audit {
namespace {

constexpr std::size_t shared = 5;
constexpr std::size_t history_size = 400;
constexpr std::uint64_t sizes_a_run = 12;

std::string setting(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? "" : value;
}

// What the killed process does: has the next sizes of its history signed, and says which were.
void sign_until_killed() {
  const base::SystemClock clock;
  const History history(shared, history_size, setting("REGMARK_WITNESS_HISTORY"));
  auto witness =
      Witness::open(setting("REGMARK_WITNESS_FOLDER"), history_verifier, "witness.example", clock);
  ASSERT_TRUE(witness) << witness.error().message;
  auto size = (*witness)->size();
  for (const auto end = size + sizes_a_run; size < end && size < history_size; ++size) {
    const auto answer = (*witness)->add(to_text(history.request(size, size + 1)));
    if (answer.kind != WitnessAnswer::Kind::cosigned) break;
    const auto line = std::to_string(size + 1) + " " + base::to_hex(history.root(size + 1)) + "\n";
    if (::write(STDERR_FILENO, line.data(), line.size()) < 0) std::abort();
  }
}

// Is also what the killed process runs.
TEST(WitnessKill, NeverSignsTwoHistories) {
  if (!setting("REGMARK_WITNESS_FOLDER").empty()) return sign_until_killed();
  static constexpr const char* points[] = {"", "write_file.written", "write_file.synced",
                                           "write_file.renamed", "witness.saved"};
  constexpr unsigned seed = 20260329;
  std::mt19937 random(seed);
  const History one(shared, history_size, "a");
  const History other(shared, history_size, "b");
  int died = 0;
  int parted = 0;
  const int kills = kills_wanted(40);
  for (int folders = 0; died < kills; ++folders) {
    const base::TestFolder folder;
    std::map<std::uint64_t, std::string> cosigned;
    for (int runs = 0; runs < 12 && died < kills; ++runs) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", folder " + std::to_string(folders) +
                   ", run " + std::to_string(runs));
      const std::string point = points[random() % std::size(points)];
      const auto run = run_until_killed(
          "WitnessKill.NeverSignsTwoHistories",
          {{"REGMARK_WITNESS_FOLDER", folder.path().string()},
           {"REGMARK_WITNESS_HISTORY", random() % 2 == 0 ? "a" : "b"}},
          {.point = point, .at = 1 + static_cast<int>(random() % (point.empty() ? 50 : 12))});
      died += run.was_killed ? 1 : 0;
      std::istringstream lines(run.said);
      std::uint64_t size = 0;
      for (std::string root; lines >> size >> root;) {
        EXPECT_EQ(cosigned.try_emplace(size, root).first->second, root);
      }
    }
    bool is_one = true;
    bool is_other = true;
    for (const auto& [size, root] : cosigned) {
      is_one = is_one && root == base::to_hex(one.root(size));
      is_other = is_other && root == base::to_hex(other.root(size));
    }
    EXPECT_TRUE(is_one || is_other);
    parted += is_one != is_other ? 1 : 0;
    // It remembers at least what it signed.
    const base::SystemClock clock;
    auto witness = Witness::open(folder.path(), history_verifier, "witness.example", clock);
    ASSERT_TRUE(witness) << witness.error().message;
    const auto largest = cosigned.empty() ? 0 : cosigned.rbegin()->first;
    EXPECT_GE((*witness)->size(), largest);
  }
  EXPECT_GT(parted, 0);  // the histories must have come apart, or nothing was tried
}

}  // namespace
}  // namespace regmark::audit
