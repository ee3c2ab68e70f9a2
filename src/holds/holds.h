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
#include "base/geography.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "records/database.h"

namespace regmark::holds {

inline constexpr std::size_t words_size_max = 1'000;  // of a reason
inline constexpr std::size_t records_max = 1'000;     // that latest() gives
inline constexpr std::chrono::days review_max{366};   // from now: CPIA reviews are yearly at least
inline constexpr std::size_t parts_max = 50;          // of one hold: more is for another

// What somebody asked to be held: a hold may be of more than one question.
struct Part {
  base::UtcTime at{};
  base::PersonId by;
  std::optional<std::string> plate{};  // or a pattern; empty: any; nothing: not for whoever asked
  std::vector<base::CameraId> cameras{};  // none: any
  std::optional<base::Area> area{};
  access::Window window{};
  // How many reads the hold held then; nothing: it failed, or the office was stopped before it
  // could count, and some may be held all the same.
  std::optional<std::uint64_t> reads{};
};

struct Record {
  base::HoldId id;
  access::Purpose purpose{};  // under which it was made: the case is its reference
  base::PersonId owner;
  base::OrganisationId organisation;
  base::UtcTime made_at{};
  base::UtcDay review{};  // look again by the end of this day
  std::optional<base::UtcTime> released_at{};
  std::optional<base::PersonId> released_by{};
  std::string words{};        // of the last review or of the release
  std::vector<Part> parts{};  // the first one first; none of those made before parts were kept

  // How many reads it held when somebody last added to it.
  std::optional<std::uint64_t> reads() const;

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

  // Makes it, or adds to one that is there for the same case: what the receipt's permit covers is a
  // part of it, once. Wants a receipt for hold_sightings whose subject is the hold. Fails with
  //   invalid_input    a review that is over, or more than review_max ahead
  //   conflict         it is there for another case, or was released; or it is there with another
  //                    review, which keep_on() changes, with words
  //   limit_exceeded   it has parts_max parts already
  Result<Record> make(const audit::Receipt& receipt, const base::HoldId& id, base::UtcDay review);
  // How many reads it holds, now that this part is held too. Wants the receipt of make().
  Result<void> count(const audit::Receipt& receipt, const base::HoldId& id, std::uint64_t reads);
  // Wants a receipt for review_hold whose subject is the hold. Fails with
  //   not_found       there is none, or it was released
  //   invalid_input   as make() does; without words
  Result<Record> keep_on(const audit::Receipt& receipt, const base::HoldId& id, base::UtcDay review,
                         std::string_view words);
  // These want a receipt whose subject is the hold: for review_hold, by its owner; for
  // release_others_hold by anybody else. They fail with
  //   invalid_input   without words
  //   not_found       there is none, or it was released
  //   conflict        under review_hold, by somebody who does not own it
  Result<Record> release(const audit::Receipt& receipt, const base::HoldId& id,
                         std::string_view words);
  // Whether release() would: for who erases first what is held.
  Result<void> check_release(const audit::Receipt& receipt, const base::HoldId& id,
                             std::string_view words) const;

  // What decide() is asked with; without its parts. Fails with
  //   not_found       there is none, or it was released
  Result<Record> find(const base::HoldId& id) const;
  // Newest first; those of the person's organisation, with their parts. Wants a receipt for
  // read_holds.
  Result<std::vector<Record>> latest(const audit::Receipt& receipt, std::size_t count) const;
  // How many wait for their review, and for at least so long; of all organisations.
  Result<std::uint64_t> overdue(std::chrono::days since = {}) const;
  // These, of the organisations of access::answered_for(), the one that waited longest first; at
  // most records_max. For whoever follows them up: what a person may see is the caller's to say.
  Result<std::vector<Record>> overdue_ones(const std::string& organisations) const;
  // Of one organisation, that nobody released: whether it may be closed.
  Result<std::uint64_t> open_of(const base::OrganisationId& organisation) const;
  // Which these are: whose copies an organisation's keepers may be told of.
  Result<std::vector<base::HoldId>> standing_of(const base::OrganisationId& organisation) const;

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
