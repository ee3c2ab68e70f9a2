#include "audit/witness.h"

#include <gtest/gtest.h>

#include <thread>

#include "audit/cosignature.h"
#include "audit/witness_testing.h"
#include "base/encoding.h"
#include "base/files.h"
#include "base/files_testing.h"
#include "base/time_testing.h"

namespace regmark::audit {
namespace {

using Kind = WitnessAnswer::Kind;

class WitnessOfALog : public ::testing::Test {
 protected:
  WitnessOfALog() { reopen(); }

  std::string open(const VerifierKey& log, const std::string& own_name = "witness.example") {
    witness_.reset();
    auto opened = Witness::open(folder_.path(), log, own_name, clock_);
    if (!opened) return name(opened.error().code);
    witness_ = *std::move(opened);
    return "ok";
  }
  void reopen() { ASSERT_EQ(open(history_verifier), "ok"); }
  WitnessAnswer add(const AddCheckpoint& request) { return witness_->add(to_text(request)); }

  base::TestFolder folder_;
  base::ManualClock clock_;
  std::unique_ptr<Witness> witness_;
  const History log_{0, 40, "a"};
};

TEST_F(WitnessOfALog, SignsWhatContinuesWhatItSigned) {
  std::uint64_t old_size = 0;
  for (const std::uint64_t size : {0U, 1U, 1U, 7U, 8U, 31U, 40U}) {
    SCOPED_TRACE(size);
    const auto request = log_.request(old_size, size);
    const auto answer = add(request);
    ASSERT_EQ(answer.kind, Kind::cosigned) << answer.text;
    const auto note = with_cosignature(request.note, answer.text, witness_->key());
    ASSERT_TRUE(note) << note.error().message;
    EXPECT_EQ(cosigned_at(*note, witness_->key()), clock_.now());
    EXPECT_EQ(witness_->size(), size);
    old_size = size;
    clock_.advance(std::chrono::seconds(60));
    if (size == 7) reopen();
  }
}

TEST_F(WitnessOfALog, AnswersInTheOrderOfTheSpecification) {
  ASSERT_EQ(add(log_.request(0, 10)).kind, Kind::cosigned);
  const auto kind = [&](const AddCheckpoint& request) { return add(request).kind; };
  EXPECT_EQ(witness_->add("").kind, Kind::malformed);
  EXPECT_EQ(witness_->add("old 10\n\n").kind, Kind::malformed);
  EXPECT_EQ(witness_->add("old 10\n\n" + log_.note(12).substr(0, 60)).kind, Kind::malformed);

  auto request = log_.request(10, 12);
  const auto other_key = base::signing_key_from_seed({9});
  request.note = sign_checkpoint({"another.example/log", 12, log_.root(12)}, other_key);
  EXPECT_EQ(kind(request), Kind::unknown_log);
  request.note = sign_checkpoint({history_verifier.name, 12, log_.root(12)}, other_key);
  EXPECT_EQ(kind(request), Kind::not_signed);
  request.note =
      sign_note(history_verifier.name + "\n012\nx\n", history_verifier.name, history_key);
  EXPECT_EQ(kind(request), Kind::malformed);

  EXPECT_EQ(kind({13, {}, log_.note(12)}), Kind::malformed);  // the old size is past the new
  EXPECT_EQ(kind(log_.request(9, 12)), Kind::conflict);
  EXPECT_EQ(add(log_.request(0, 12)).text, "10\n");
  EXPECT_EQ(kind({0, {}, log_.note(5)}), Kind::conflict);

  request = log_.request(10, 12);
  request.proof.front()[0] ^= 1U;
  EXPECT_EQ(kind(request), Kind::inconsistent);
  request.proof.clear();
  EXPECT_EQ(kind(request), Kind::inconsistent);
  EXPECT_EQ(kind({10, {log_.root(3)}, log_.note(10)}), Kind::inconsistent);
  EXPECT_EQ(witness_->size(), 10U);
  EXPECT_EQ(kind(log_.request(10, 12)), Kind::cosigned);
}

TEST_F(WitnessOfALog, SignsNeitherAForkNorARollback) {
  const History fork(8, 40, "b");
  ASSERT_EQ(add(log_.request(0, 20)).kind, Kind::cosigned);
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(add(fork.request(20, 20)).kind, Kind::conflict);  // the same size, another root
    EXPECT_EQ(add(fork.request(20, 30)).kind, Kind::inconsistent);
    EXPECT_EQ(add(fork.request(8, 30)).kind, Kind::conflict);  // from where both were the same
    EXPECT_EQ(add(fork.request(0, 30)).kind, Kind::conflict);
    EXPECT_EQ(add(log_.request(10, 15)).kind, Kind::conflict);  // an old checkpoint
    EXPECT_EQ(add({20, {}, log_.note(15)}).kind, Kind::malformed);
    reopen();
  }
  EXPECT_EQ(add(log_.request(20, 30)).kind, Kind::cosigned);
}

TEST_F(WitnessOfALog, AcceptsANewBeginningOnlyWhenSomebodySaysSo) {
  const History restored(8, 40, "b");  // from a backup of 8 records, and on from there
  ASSERT_EQ(add(log_.request(0, 20)).kind, Kind::cosigned);
  ASSERT_EQ(add(restored.request(8, 12)).kind, Kind::conflict);
  const Witness::NewBeginning beginning{restored.note(12), "J. Keeper, the regulator",
                                        "The disk was lost; backup of 28 March"};
  ASSERT_TRUE(witness_->accept(beginning));
  EXPECT_EQ(witness_->size(), 12U);
  // What it signed until now, and why it does no longer, can be read by anybody who asks.
  const auto kept = base::read_file(folder_.path() / "accepted" / "1", 100'000).value();
  for (const auto& part : {log_.note(20), restored.note(12), beginning.by, beginning.reason,
                           base::format_utc(clock_.now())}) {
    EXPECT_NE(base::as_text(kept).find(part), std::string_view::npos) << part;
  }
  reopen();
  EXPECT_EQ(add(log_.request(20, 30)).kind, Kind::conflict);
  EXPECT_EQ(add(log_.request(12, 30)).kind, Kind::inconsistent);  // the one that was let go
  EXPECT_EQ(add(restored.request(12, 30)).kind, Kind::cosigned);
  // A second time takes nothing away of the first.
  ASSERT_TRUE(witness_->accept({log_.note(10), "J. Keeper", "It was a mistake"}));
  EXPECT_EQ(base::read_file(folder_.path() / "accepted" / "1", 100'000).value(), kept);
  EXPECT_TRUE(base::read_file(folder_.path() / "accepted" / "2", 100'000));
}

TEST_F(WitnessOfALog, AcceptsNothingElse) {
  ASSERT_EQ(add(log_.request(0, 20)).kind, Kind::cosigned);
  const auto other_key = base::signing_key_from_seed({9});
  const auto forged = sign_checkpoint({history_verifier.name, 12, log_.root(12)}, other_key);
  struct Case {
    Witness::NewBeginning beginning;
    const char* want;
  };
  const Case cases[] = {
      {{log_.note(12), "", "why"}, "invalid_input"},
      {{log_.note(12), "who", " "}, "invalid_input"},
      {{log_.note(12), "who", std::string(accepted_words_max + 1, 'x')}, "invalid_input"},
      {{forged, "who", "why"}, "corrupt"},
      {{"", "who", "why"}, "corrupt"},
      {{log_.note(20), "who", "why"}, "conflict"},
  };
  for (const auto& [beginning, want] : cases) {
    const auto accepted = witness_->accept(beginning);
    ASSERT_FALSE(accepted);
    EXPECT_STREQ(name(accepted.error().code), want) << accepted.error().message;
  }
  EXPECT_EQ(witness_->size(), 20U);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "accepted"));
}

TEST_F(WitnessOfALog, TakesTheSignaturesOfOthersAlong) {
  auto request = log_.request(0, 10);
  request.note += cosign("x\n", "other.example", base::signing_key_from_seed({6}), clock_.now());
  EXPECT_EQ(add(request).kind, Kind::cosigned);
  reopen();
  // A wrong one by the log itself spoils the note.
  request = log_.request(10, 12);
  request.note += sign_note("x\n", history_verifier.name, history_key).substr(3);
  EXPECT_EQ(add(request).kind, Kind::not_signed);
}

TEST_F(WitnessOfALog, OfManyAtOnceSignsOneHistory) {
  const History fork(0, 40, "b");
  std::atomic<int> signed_log{0};
  std::atomic<int> signed_fork{0};
  {
    std::vector<std::jthread> senders;
    for (int i = 0; i < 4; ++i) {
      senders.emplace_back([&, i] {
        const auto& history = i % 2 == 0 ? log_ : fork;
        auto& count = i % 2 == 0 ? signed_log : signed_fork;
        for (std::uint64_t size = 1; size <= 40; ++size) {
          const auto answer = add(history.request(size - 1, size));
          if (answer.kind == Kind::cosigned) ++count;
        }
      });
    }
  }
  EXPECT_GT(signed_log + signed_fork, 0);
  EXPECT_TRUE(signed_log == 0 || signed_fork == 0) << signed_log << ", " << signed_fork;
}

TEST_F(WitnessOfALog, IsOpenedOnceAndForOneLog) {
  EXPECT_STREQ(name(Witness::open(folder_.path(), history_verifier, "w", clock_).error().code),
               "conflict");
  const auto key = witness_->key();
  ASSERT_EQ(add(log_.request(0, 10)).kind, Kind::cosigned);
  auto other = history_verifier;
  other.name = "another.example/log";
  EXPECT_EQ(open(other), "corrupt");
  other = history_verifier;
  other.key = base::signing_key_from_seed({9}).public_key;
  EXPECT_EQ(open(other), "corrupt");
  other.kind = KeyKind::witness;
  EXPECT_EQ(open(other), "invalid_input");
  EXPECT_EQ(open(history_verifier, "no name"), "invalid_input");
  EXPECT_EQ(open(history_verifier, ""), "ok");
  EXPECT_TRUE(witness_->key().name.starts_with("regmark-witness/")) << witness_->key().name;
  EXPECT_EQ(witness_->key().key, key.key);
  reopen();
  EXPECT_EQ(witness_->key(), key);
  EXPECT_EQ(witness_->size(), 10U);
  const auto shown = base::read_file(folder_.path() / "witness.pub", 1'000).value();
  EXPECT_EQ(parse_verifier_key(base::as_text(shown)), key);
}

// Without its file it does not know what it signed: then it must not be taken for the one it was.
TEST_F(WitnessOfALog, HasAnotherKeyWhenItsFileIsGone) {
  const auto key = witness_->key();
  ASSERT_EQ(add(log_.request(0, 10)).kind, Kind::cosigned);
  witness_.reset();
  std::filesystem::remove(folder_.path() / "witness.state");
  reopen();
  EXPECT_NE(witness_->key(), key);
}

TEST_F(WitnessOfALog, RefusesAFileThatWasChanged) {
  ASSERT_EQ(add(log_.request(0, 10)).kind, Kind::cosigned);
  witness_.reset();
  const auto path = folder_.path() / "witness.state";
  const auto bytes = base::read_file(path, 10'000).value();
  for (std::size_t at = 65; at < bytes.size(); ++at) {
    auto changed = bytes;
    changed[at] ^= 1U;
    ASSERT_TRUE(base::write_file(path, changed));
    EXPECT_EQ(open(history_verifier), "corrupt") << at;
  }
  for (std::size_t size = 66; size < bytes.size(); ++size) {
    ASSERT_TRUE(base::write_file(path, std::span(bytes).first(size)));
    EXPECT_EQ(open(history_verifier), "corrupt") << size;
  }
  for (std::size_t size = 0; size < 65; ++size) {
    ASSERT_TRUE(base::write_file(path, std::span(bytes).first(size)));
    EXPECT_EQ(open(history_verifier), "corrupt") << size;
  }
}

// A folder in the way of the file that write_file makes first.
TEST_F(WitnessOfALog, SignsNothingThatItCannotKeep) {
  ASSERT_EQ(add(log_.request(0, 10)).kind, Kind::cosigned);
  const auto path = folder_.path() / "witness.state";
  const auto before = base::read_file(path, 10'000).value();
  std::filesystem::remove(path);
  std::filesystem::create_directories(path / "x");
  EXPECT_EQ(add(log_.request(10, 12)).kind, Kind::unavailable);
  EXPECT_EQ(witness_->size(), 10U);
  std::filesystem::remove_all(path);
  ASSERT_TRUE(base::write_file(path, before));
  EXPECT_EQ(add(log_.request(10, 12)).kind, Kind::cosigned);
}

TEST(AddCheckpoint, IsTheTextOfTheSpecification) {
  const auto hash = [](std::string_view text) {
    const auto bytes = base::from_base64(text).value();
    base::Digest digest{};
    std::ranges::copy(bytes, digest.begin());
    return digest;
  };
  const std::string text =
      "old 20852014\n"
      "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n"
      "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
      "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
      "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n"
      "\n"
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
      "\u2014 example.com/behind-the-sofa "
      "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8"
      "=\n";
  const auto request = read_add_checkpoint(text).value();
  EXPECT_EQ(request.old_size, 20'852'014U);
  ASSERT_EQ(request.proof.size(), 4U);
  EXPECT_EQ(request.proof[3], hash("/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0="));
  EXPECT_TRUE(request.note.starts_with("example.com/behind-the-sofa\n"));
  EXPECT_EQ(to_text(request), text);
}

TEST(AddCheckpoint, HasOneFormOnly) {
  const std::string hash = base::to_base64(base::Digest{1}) + "\n";
  std::string many;
  for (std::size_t i = 0; i < consistency_lines_max; ++i) many += hash;
  EXPECT_TRUE(read_add_checkpoint("old 0\n\nnote"));
  EXPECT_TRUE(read_add_checkpoint("old 1\n" + many + "\nnote"));
  for (const std::string& wrong :
       {std::string(), std::string("old 0"), std::string("old 0\n"), std::string("old 00\n\n"),
        std::string("old -1\n\n"), std::string("Old 0\n\n"), std::string("old  0\n\n"),
        std::string("old 0\r\n\r\n"), std::string("old 18446744073709551616\n\n"),
        std::string("old 1\nAAAA\n\n"), "old 1\n" + many + hash + "\n", "old 1\n" + hash + "note",
        std::string(add_checkpoint_size_max + 1, 'x')}) {
    EXPECT_FALSE(read_add_checkpoint(wrong)) << wrong.substr(0, 40);
  }
}

}  // namespace
}  // namespace regmark::audit
