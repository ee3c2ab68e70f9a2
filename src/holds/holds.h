// What is kept past the end of retention: for which case, by whom, and until when somebody must
// look again. The reads themselves are marked and copied by `sightings`.
//
// A hold that nobody reviewed in time is overdue, and stays: it is never dropped in silence.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/decide.h"
#include "audit/receipt.h"
#include "base/result.h"
#include "base/time.h"
#include "records/database.h"

namespace regmark::holds {

inline constexpr std::size_t words_size_max = 1'000;  // of a reason
inline constexpr std::size_t records_max = 1'000;     // that latest() gives
inline constexpr std::chrono::days review_max{366};   // from now: CPIA reviews are yearly at least

struct Record {
  base::HoldId id;
  access::Purpose purpose{};  // under which it was made: the case is its reference
  base::PersonId owner;
  base::OrganisationId organisation;
  base::UtcTime made_at{};
  base::UtcDay review{};  // look again by the end of this day
  std::optional<base::UtcTime> released_at{};
  std::string words{};  // of the last review or of the release

  bool is_overdue(base::UtcDay today) const { return !released_at && review < today; }
  // From when on nobody reviewed it in time.
  base::UtcTime missed_at() const { return review + std::chrono::days{1}; }
  access::HeldFor held_for() const { return {purpose.reference, organisation}; }
};

// Whether these words say why, for the record. Fails with
//   invalid_input   blank, unprintable, or longer than words_size_max
Result<void> check_why(std::string_view words);

// May be used from many threads at once. Keeps references to database and clock. Every call can
// also fail as the database does: unavailable, corrupt.
class Holds {
 public:
  static std::span<const records::Migration> migrations();
  Holds(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Makes it, or does nothing when it is there for the same case. Wants a receipt for
  // hold_sightings whose subject is the hold. Fails with
  //   invalid_input   a review that is over, or more than review_max ahead
  //   conflict        it is there for another case, or was released
  Result<Record> make(const audit::Receipt& receipt, const base::HoldId& id, base::UtcDay review);
  // These want a receipt for review_hold whose subject is the hold, and fail with
  //   not_found       there is none, or it was released
  //   invalid_input   as make() does; without words
  Result<Record> keep_on(const audit::Receipt& receipt, const base::HoldId& id, base::UtcDay review,
                         std::string_view words);
  Result<Record> release(const audit::Receipt& receipt, const base::HoldId& id,
                         std::string_view words);

  // What decide() is asked with. Fails with
  //   not_found       there is none, or it was released
  Result<Record> find(const base::HoldId& id) const;
  // Newest first; those of the person's organisation. Wants a receipt for read_holds.
  Result<std::vector<Record>> latest(const audit::Receipt& receipt, std::size_t count) const;
  // How many wait for their review, and for at least so long; of all organisations.
  Result<std::uint64_t> overdue(std::chrono::days since = {}) const;
  // These, of the organisations of access::answered_for(), the one that waited longest first; at
  // most records_max. For whoever follows them up: what a person may see is the caller's to say.
  Result<std::vector<Record>> overdue_ones(const std::string& organisations) const;
  // Of one organisation, that nobody released: whether it may be closed.
  Result<std::uint64_t> open_of(const base::OrganisationId& organisation) const;

  // How many were released before this, and are still known with their words; what erases them
  // leaves how many there were of each kind, and wants a receipt for drop. Fails with
  //   invalid_input   another receipt
  static Result<std::uint64_t> count_released(records::Transaction& transaction,
                                              base::UtcTime before);
  static Result<std::uint64_t> erase_released(records::Transaction& transaction,
                                              const audit::MachineReceipt& receipt,
                                              base::UtcTime before);

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

}  // namespace regmark::holds
