#include "people/internal/throttle.h"

#include <algorithm>
#include <string>

#include "people/people.h"

namespace regmark::people {
namespace {

using records::Transaction;

constexpr std::chrono::hours failures_kept{1};
constexpr std::chrono::days places_kept{30};
// Of a name from everywhere, and of a place with any name: a shift that begins has some.
constexpr std::int64_t name_failures_max = 20;
constexpr std::int64_t source_failures_max = 50;
// Of a place, codes that the identity provider refused: whoever did sign in there brings one that
// it takes.
constexpr std::int64_t return_failures_max = 20;
// Argon2id lets through some fifty tries a second: an hour of them. Whatever is oldest goes first,
// whether anybody has the name or not.
constexpr std::int64_t counters_max = 600'000;

base::Bytes key_of(const base::Key& key, std::string_view kind, std::string_view name,
                   std::string_view source) {
  std::string text(kind);
  for (const auto part : {name, source}) {
    text += std::to_string(part.size()) + ":";
    text += part;
  }
  const auto hash = base::keyed_hash(key, base::as_bytes(text));
  return {hash.begin(), hash.end()};
}

std::string in_words(std::chrono::seconds time) {
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(time).count();
  return std::to_string(minutes) + (minutes == 1 ? " minute" : " minutes");
}

}  // namespace

std::chrono::seconds wait_after(std::int64_t failures, std::int64_t free) {
  if (failures < free) return std::chrono::seconds{0};
  const auto doublings = std::min<std::int64_t>(failures - free, 10);
  return std::min<std::chrono::seconds>(wait_min * (std::int64_t{1} << doublings), wait_max);
}

Result<void> forget_old_tries(Transaction& transaction, base::UtcTime now) {
  REGMARK_TRY(transaction.run("DELETE FROM sign_in_tries WHERE failed_at <= ?1",
                              {records::value_of(now - failures_kept)}));
  REGMARK_TRY(transaction.run("DELETE FROM sign_in_places WHERE seen_at <= ?1",
                              {records::value_of(now - places_kept)}));
  return {};
}

Throttle::Throttle(const base::Key& key, std::string_view sign_in_name, std::string_view source,
                   base::UtcTime now)
    : Throttle({{key_of(key, "pair", sign_in_name, source), failures_max},
                {key_of(key, "name", sign_in_name, {}), name_failures_max},
                {key_of(key, "source", {}, source), source_failures_max}},
               now) {}

Throttle Throttle::of_return(const base::Key& key, std::string_view source, base::UtcTime now) {
  return Throttle({{key_of(key, "return", {}, source), return_failures_max}}, now);
}

// How long this one has to wait from now on; nought: not at all.
Result<std::chrono::seconds> Throttle::wait(Transaction& transaction) const {
  const auto& pair = counters_.front();
  REGMARK_ASSIGN(const auto places,
                 transaction.run("SELECT 1 FROM sign_in_places WHERE place = ?1", {pair.what}));
  std::chrono::seconds longest{0};
  for (const auto& counter : counters_) {
    if (&counter != &pair && !places.empty()) continue;
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT failures, failed_at FROM sign_in_tries WHERE what = ?1",
                                   {counter.what}));
    if (rows.empty()) continue;
    const auto until = rows.front().time(1) + wait_after(rows.front().integer(0), counter.free);
    longest = std::max(longest, std::chrono::ceil<std::chrono::seconds>(until - now_));
  }
  return longest;
}

Result<void> Throttle::count(Transaction& transaction) const {
  REGMARK_TRY(forget_old_tries(transaction, now_));
  REGMARK_ASSIGN(const auto left, wait(transaction));
  if (left.count() > 0) {
    return fail(ErrorCode::limit_exceeded, "too many failures; try again in " + in_words(left));
  }
  REGMARK_TRY(
      transaction.run("DELETE FROM sign_in_tries WHERE what IN (SELECT what FROM sign_in_tries "
                      "ORDER BY failed_at DESC LIMIT -1 OFFSET ?1)",
                      {counters_max - static_cast<std::int64_t>(counters_.size())}));
  for (const auto& counter : counters_) {
    REGMARK_TRY(transaction.run(
        "INSERT INTO sign_in_tries (what, failures, failed_at, before) VALUES (?1, 1, ?2, ?2) "
        "ON CONFLICT (what) DO UPDATE SET failures = failures + 1, before = failed_at, "
        "failed_at = excluded.failed_at",
        {counter.what, records::value_of(now_)}));
  }
  return {};
}

Result<void> Throttle::take_back(Transaction& transaction) const {
  for (const auto& counter : counters_) {
    REGMARK_TRY(
        transaction.run("UPDATE sign_in_tries SET failures = failures - 1, failed_at = before "
                        "WHERE what = ?1 AND failures > 0",
                        {counter.what}));
  }
  return {};
}

Result<void> Throttle::succeed(Transaction& transaction) const {
  REGMARK_TRY(take_back(transaction));
  REGMARK_TRY(
      transaction.run("DELETE FROM sign_in_tries WHERE what = ?1", {counters_.front().what}));
  REGMARK_TRY(
      transaction.run("INSERT INTO sign_in_places (place, seen_at) VALUES (?1, ?2) "
                      "ON CONFLICT (place) DO UPDATE SET seen_at = excluded.seen_at",
                      {counters_.front().what, records::value_of(now_)}));
  return {};
}

}  // namespace regmark::people
