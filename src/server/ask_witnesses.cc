#include "server/ask_witnesses.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "audit/cosignature.h"
#include "relay/curl/request.h"

namespace regmark::server {
namespace {

namespace curl = relay::curl;

// A witness that is away must not hold up an office that closes.
constexpr std::chrono::seconds answer_time_max{10};

bool is_asked(const std::string& name, const std::vector<std::string>& only) {
  return only.empty() || std::ranges::find(only, name) != only.end();
}

// For a court: that a log was forked is to be said, and not where somebody's server is.
std::string why_not(const Result<void>& done) {
  const bool is_away = done || done.error().code == ErrorCode::unavailable;
  return is_away ? "could not be reached in time" : done.error().message;
}

tl::unexpected<Error> failed(ErrorCode code, const std::string& name, const std::string& what) {
  return fail(code, "the witness " + name + " " + what);
}

}  // namespace

AskWitnesses::AskWitnesses(Parts parts, const WitnessSettings& settings)
    : parts_(std::move(parts)), every_(settings.every) {
  for (const auto& witness : settings.witnesses) {
    asked_.push_back({witness, 0});
    parts_.times.expect(witness.key.name);
    const auto cosigned = audit::read_cosigned(parts_.folder, parts_.log_key, witness.key);
    if (!cosigned) continue;  // it will say itself what it has
    asked_.back().signed_size = cosigned->checkpoint.size;
    parts_.times.signed_by(witness.key.name, cosigned->at, cosigned->checkpoint.size);
  }
}

AskWitnesses::~AskWitnesses() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_all();
  thread_.join();
}

Result<void> AskWitnesses::ask_all() {
  const std::lock_guard lock(round_);
  return ask_each();
}

Result<void> AskWitnesses::ask_each() {
  was_asked_ = true;
  Result<void> first_failure;
  // The same for all, so that one proof can carry what each of them wrote.
  const auto note = parts_.log.checkpoint();
  for (auto& asked : asked_) {
    auto done = ask(asked, note, answer_time_max);
    if (!done && first_failure) first_failure = std::move(done);
  }
  return first_failure;
}

std::optional<base::UtcTime> AskWitnesses::signed_over(std::uint64_t record,
                                                       const std::string& name) const {
  for (const auto& witness : parts_.times.all()) {
    if (witness.name == name && witness.size > record) return witness.signed_at;
  }
  return std::nullopt;
}

// All sign the same checkpoint, so that one proof can carry what each of them wrote.
std::vector<audit::Witnesses::Answer> AskWitnesses::have_signed(
    std::uint64_t record, std::chrono::milliseconds time_max,
    const std::vector<std::string>& only) {
  const auto last = std::chrono::steady_clock::now() + time_max;
  const std::unique_lock lock(round_, last);
  std::vector<Answer> answers;
  const auto note = parts_.log.checkpoint();
  std::vector<std::thread> asking;
  std::vector<Result<void>> done(asked_.size());
  for (std::size_t i = 0; lock && i < asked_.size(); ++i) {
    const auto& name = asked_[i].witness.key.name;
    if (!is_asked(name, only) || signed_over(record, name)) continue;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(last - std::chrono::steady_clock::now());
    asking.emplace_back([this, &done, &note, left, i] {
      // It may be sent twice, and nought would be without an end.
      done[i] = ask(asked_[i], note, std::max(left / 2, std::chrono::milliseconds{1}));
    });
  }
  for (auto& one : asking) one.join();
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    const auto& name = asked_[i].witness.key.name;
    if (!is_asked(name, only)) continue;
    answers.push_back({.name = name, .signed_at = signed_over(record, name)});
    if (answers.back().signed_at) continue;
    answers.back().why_not = why_not(done[i]);
  }
  return answers;
}

// It may have signed later than we know of, when an answer of its was lost: then it says which
// size it has, and is asked once more from there.
Result<void> AskWitnesses::ask(Asked& asked, const std::string& note,
                               std::chrono::milliseconds time_max) const {
  const auto& name = asked.witness.key.name;
  REGMARK_ASSIGN(const auto checkpoint, audit::open_checkpoint(note, parts_.log_key));
  constexpr int tries_max = 2;
  for (int tries = 0; tries < tries_max; ++tries) {
    if (asked.signed_size > checkpoint.size) {
      // It is asked anew in the next round: a person may have told it meanwhile that this is right.
      const auto had = std::exchange(asked.signed_size, 0);
      return failed(ErrorCode::corrupt, name,
                    "has signed " + std::to_string(had) + " records of this log, which has " +
                        std::to_string(checkpoint.size) + ": it was rolled back");
    }
    REGMARK_ASSIGN(auto body, audit::request_to_witness(parts_.folder, note, parts_.log_key,
                                                        asked.signed_size));
    const auto reply = curl::send({.method = "POST",
                                   .url = asked.witness.url + "/add-checkpoint",
                                   .content_type = "text/plain; charset=utf-8",
                                   .body = std::move(body),
                                   .time_max = time_max});
    if (!reply) return failed(ErrorCode::unavailable, name, "is away: " + reply.error().message);
    if (reply->status == 200) return keep(asked, note, reply->body);
    if (reply->status == 422) break;
    if (reply->status != 409) {
      return failed(ErrorCode::unavailable, name, "answered " + std::to_string(reply->status));
    }
    REGMARK_ASSIGN(asked.signed_size, audit::read_conflict(reply->body));
  }
  return failed(ErrorCode::corrupt, name, "has signed another history of this log: it was forked");
}

Result<void> AskWitnesses::keep(Asked& asked, const std::string& note,
                                const std::string& answer) const {
  const auto& key = asked.witness.key;
  const auto cosigned = audit::with_cosignature(note, answer, key);
  if (!cosigned) return failed(ErrorCode::corrupt, key.name, "did not sign with its key");
  REGMARK_TRY(audit::keep_cosigned(parts_.folder, key, *cosigned));
  REGMARK_ASSIGN(const auto at, audit::cosigned_at(*cosigned, key));
  REGMARK_ASSIGN(const auto checkpoint, audit::open_checkpoint(*cosigned, parts_.log_key));
  asked.signed_size = checkpoint.size;
  parts_.times.signed_by(key.name, at, checkpoint.size);
  return {};
}

void AskWitnesses::ask_and_say() {
  if (const auto done = ask_all(); !done) spdlog::error("{}", done.error().message);
}

void AskWitnesses::ask_first() {
  const std::lock_guard lock(round_);
  if (was_asked_) return;
  if (const auto done = ask_each(); !done) spdlog::error("{}", done.error().message);
}

void AskWitnesses::start() {
  if (asked_.empty()) return;
  thread_ = std::thread([this] {
    ask_first();
    std::unique_lock lock(mutex_);
    while (!stopping_changed_.wait_for(lock, every_, [this] { return stopping_; })) {
      lock.unlock();
      ask_and_say();
      lock.lock();
    }
    ask_and_say();
  });
}

}  // namespace regmark::server
