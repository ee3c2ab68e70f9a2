#include "server/ask_witnesses.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "audit/cosignature.h"
#include "audit/folder_testing.h"
#include "audit/proof_file.h"
#include "base/time_testing.h"
#include "relay/curl/request.h"
#include "server/office.h"
#include "server/witness_testing.h"

namespace regmark::server {
namespace {

class Asking : public ::testing::Test {
 protected:
  Asking() { log_.clock.set("2026-03-29T00:30:00Z"); }

  // As after a start of the office.
  std::unique_ptr<AskWitnesses> asker(const std::vector<WitnessSettings::Witness>& witnesses) {
    times_ = std::make_unique<audit::WitnessTimes>();
    return std::make_unique<AskWitnesses>(
        AskWitnesses::Parts{log_.log(), log_.folder(), log_.key().public_key, *times_},
        WitnessSettings{witnesses, std::chrono::hours(1)});
  }
  std::string outcome(AskWitnesses& asking) {
    const auto done = asking.ask_all();
    return done ? "ok" : done.error().message;
  }
  audit::Cosigned kept(const TestWitness& witness) {
    return audit::read_cosigned(log_.folder(), log_.key().public_key, witness.key()).value();
  }
  // The log has ten records again, of twenty that the witness signed; gives what it signed.
  audit::Cosigned roll_back() {
    audit::fill(log_.log(), 10);
    log_.close();
    const auto old_files = audit::read_all(log_.folder());
    log_.reopen();
    audit::fill(log_.log(), 10);
    EXPECT_EQ(outcome(*asker({witness_.settings()})), "ok");
    auto cosigned = kept(witness_);
    log_.close();
    audit::write_all(log_.folder(), old_files);
    log_.reopen();
    return cosigned;
  }

  audit::TestLog log_;
  const audit::VerifierKey log_key_{std::string(audit::test_origin), audit::KeyKind::log,
                                    log_.key().public_key};
  TestWitness witness_{log_key_, "w1.example", log_.clock};
  std::unique_ptr<audit::WitnessTimes> times_;
};

TEST_F(Asking, HasEveryCheckpointSignedAndKeepsIt) {
  const auto asking = asker({witness_.settings()});
  EXPECT_EQ(times_->all().at(0).signed_at, std::nullopt);
  for (const std::size_t more : {0U, 1U, 300U, 0U, 20U}) {
    audit::fill(log_.log(), more);
    log_.clock.advance(std::chrono::minutes(1));
    ASSERT_EQ(outcome(*asking), "ok");
    const auto cosigned = kept(witness_);
    EXPECT_EQ(cosigned.checkpoint.size, log_.log().size());
    EXPECT_EQ(cosigned.at, log_.clock.now());  // also when nothing was added
    EXPECT_EQ(times_->all().at(0).signed_at, log_.clock.now());
    EXPECT_EQ(times_->all().at(0).size, log_.log().size());
    EXPECT_TRUE(
        audit::verify(log_.folder(), log_.key().public_key, std::span(&cosigned.checkpoint, 1)));
  }
}

TEST_F(Asking, GoesOnAfterAStartAndAfterALostAnswer) {
  audit::fill(log_.log(), 10);
  ASSERT_EQ(outcome(*asker({witness_.settings()})), "ok");
  audit::fill(log_.log(), 10);
  const auto again = asker({witness_.settings()});
  EXPECT_EQ(times_->all().at(0).size, 10U);
  ASSERT_EQ(outcome(*again), "ok");
  // The office does not know what the witness signed last: the witness says it.
  std::filesystem::remove_all(log_.folder() / "cosigned");
  audit::fill(log_.log(), 10);
  ASSERT_EQ(outcome(*asker({witness_.settings()})), "ok");
  EXPECT_EQ(kept(witness_).checkpoint.size, 30U);
}

TEST_F(Asking, IsToldOfARollbackAndOfAFork) {
  const auto cosigned = roll_back();
  EXPECT_EQ(audit::complaint(log_), "");  // the folder alone shows nothing
  EXPECT_EQ(outcome(*asker({witness_.settings()})),
            "the witness w1.example has signed 20 records of this log, which has 10: it was rolled "
            "back");
  for (const std::size_t more : {10U, 5U}) {
    audit::fill(log_.log(), more);
    EXPECT_EQ(outcome(*asker({witness_.settings()})),
              "the witness w1.example has signed another history of this log: it was forked");
  }
  EXPECT_FALSE(std::filesystem::exists(log_.folder() / audit::cosigned_path(witness_.key())));
  EXPECT_FALSE(
      audit::verify(log_.folder(), log_.key().public_key, std::span(&cosigned.checkpoint, 1)));
}

TEST_F(Asking, GoesOnOnceAPersonToldTheWitnessOfARestore) {
  roll_back();
  const auto asking = asker({witness_.settings()});
  for (int round = 0; round < 3; ++round) {
    EXPECT_NE(outcome(*asking).find("rolled back"), std::string::npos);
  }
  witness_.accept(log_.log().checkpoint());
  EXPECT_EQ(outcome(*asking), "ok");
  EXPECT_EQ(kept(witness_).checkpoint.size, 10U);
}

TEST_F(Asking, DoesNotLetOneWitnessKeepOthersWaiting) {
  TestWitness second(log_key_, "w2.example", log_.clock);
  auto impostor = second.settings();
  impostor.key.name = "w3.example";
  audit::fill(log_.log(), 3);
  witness_.go_away();
  const auto asking = asker({witness_.settings(), impostor, second.settings()});
  const auto said = outcome(*asking);
  EXPECT_TRUE(said.starts_with("the witness w1.example is away")) << said;
  EXPECT_EQ(kept(second).checkpoint.size, 3U);
  EXPECT_EQ(outcome(*asker({impostor})), "the witness w3.example did not sign with its key");
  EXPECT_EQ(outcome(*asker({})), "ok");
}

// --- For whoever gives a record away now ---------------------------------------------------------

constexpr std::chrono::seconds patience{60};

TEST_F(Asking, OneProofCarriesWhatEachWitnessWrote) {
  TestWitness second(log_key_, "w2.example", log_.clock);
  const auto asking = asker({witness_.settings(), second.settings()});
  audit::fill(log_.log(), 3);
  ASSERT_EQ(outcome(*asking), "ok");
  audit::fill(log_.log(), 4);
  const auto answers = asking->have_signed(6, patience, {});
  ASSERT_EQ(answers.size(), 2U);
  for (const auto& answer : answers) {
    EXPECT_EQ(answer.signed_at, log_.clock.now()) << answer.name;
    EXPECT_EQ(answer.why_not, "");
  }
  const auto text = audit::prove_entry(log_.folder(), 6, log_.key().public_key).value();
  const auto note = audit::check_proof(text, log_.key().public_key).value().note;
  EXPECT_TRUE(audit::cosigned_at(note, witness_.key()));
  EXPECT_TRUE(audit::cosigned_at(note, second.key()));
  auto names = audit::names_on(note, audit::test_origin).value();
  std::ranges::sort(names);  // they stand there in the order of their keys
  EXPECT_EQ(names, (std::vector<std::string>{"w1.example", "w2.example"}));
  // One that signed something newer alone does not take their place.
  audit::fill(log_.log(), 2);
  ASSERT_EQ(asking->have_signed(8, patience, {"w2.example"}).size(), 1U);
  EXPECT_EQ(kept(second).checkpoint.size, 9U);
  EXPECT_EQ(kept(witness_).checkpoint.size, 7U);
}

TEST_F(Asking, WhatIsSignedAlreadyIsNotAskedForAgain) {
  const auto asking = asker({witness_.settings()});
  audit::fill(log_.log(), 3);
  ASSERT_EQ(outcome(*asking), "ok");
  const auto signed_at = log_.clock.now();
  log_.clock.advance(std::chrono::minutes{1});
  witness_.go_away();
  EXPECT_EQ(asking->have_signed(2, patience, {}).at(0).signed_at, signed_at);
  audit::fill(log_.log(), 1);
  const auto answers = asking->have_signed(3, patience, {});
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].signed_at, std::nullopt);
  EXPECT_EQ(answers[0].why_not, "could not be reached in time");
}

TEST_F(Asking, OneThatNeverAnswersKeepsNobodyForLong) {
  const SilentServer silent;
  auto never = witness_.settings();
  never.url = silent.url();
  never.key.name = "never.example";
  TestWitness second(log_key_, "w2.example", log_.clock);
  const auto asking = asker({never, second.settings()});
  audit::fill(log_.log(), 1);
  const auto answers = asking->have_signed(0, std::chrono::seconds{2}, {});
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].why_not, "could not be reached in time");
  EXPECT_EQ(answers[1].signed_at, log_.clock.now());
}

TEST_F(Asking, AForkIsSaidToWhoeverAsks) {
  roll_back();
  const auto asking = asker({witness_.settings()});
  const auto answers = asking->have_signed(9, patience, {});
  EXPECT_NE(answers.at(0).why_not.find("rolled back"), std::string::npos) << answers[0].why_not;
}

// --- The whole office ----------------------------------------------------------------------------

std::string metric_of(std::uint16_t port) {
  const auto url = "http://127.0.0.1:" + std::to_string(port) + "/metrics";
  const auto text = relay::curl::send({.url = url}).value().body;
  const auto at = text.find("\nregmark_audit_witness_signed_seconds_ago{");
  return at == std::string::npos ? "" : text.substr(at + 1, text.find('\n', at + 1) - at - 1);
}

TEST(OfficeWithAWitness, HasItsLogSignedAlsoWhenItCloses) {
  const base::TestFolder folder;
  base::ManualClock clock;
  Settings settings;
  settings.data = folder.path() / "data";
  settings.listen.port = 0;
  const auto pages = api::Pages{};
  const auto open = [&] { return Office::open(settings, clock, pages).value(); };
  open().reset();
  const auto text = base::read_file(settings.data / "audit.vkey", 1'000).value();
  const auto log_key = audit::parse_verifier_key(base::as_text(text)).value();
  TestWitness witness(log_key, "w1.example", clock);
  settings.witnesses.witnesses = {witness.settings()};
  settings.witnesses.every = std::chrono::hours(24);
  const auto signed_size = [&] {
    return audit::read_cosigned(settings.data / "audit", log_key.key, witness.key())
        .value()
        .checkpoint.size;
  };
  auto office = open();
  ASSERT_TRUE(office->ask_witnesses());
  clock.advance(std::chrono::seconds(90));
  EXPECT_EQ(metric_of(office->port()),
            "regmark_audit_witness_signed_seconds_ago{witness=\"w1.example\"} 90");
  office.reset();
  const auto whole = audit::verify(settings.data / "audit", log_key.key).value();
  EXPECT_EQ(signed_size(), whole.size);
  // What was signed before counts after a start.
  witness.go_away();
  office = open();
  EXPECT_EQ(metric_of(office->port()),
            "regmark_audit_witness_signed_seconds_ago{witness=\"w1.example\"} 0");
  EXPECT_FALSE(office->ask_witnesses());
}

}  // namespace
}  // namespace regmark::server
