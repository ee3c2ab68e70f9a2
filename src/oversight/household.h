// What professional standards keep to compare searches with: the vehicles of colleagues and their
// households, and when people are on duty.
//
// A plate and whose it is stand in the database as keyed hashes only, and the key does not: whoever
// reads the file learns of nobody. A hash cannot be turned back, so the list can only be replaced.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/receipt.h"
#include "base/crypto.h"
#include "base/result.h"
#include "oversight/cases.h"
#include "records/database.h"

namespace regmark::oversight {

inline constexpr std::size_t household_max = 200'000;
inline constexpr std::size_t duty_max = 1'000'000;
// Characters that a pattern may leave open and still be looked up: two are 1,369 plates.
inline constexpr std::size_t open_characters_max = 2;

enum class Match : std::uint8_t { none, colleague, own };

struct DutyTime {
  base::UtcTime from{}, until{};
};
using Duty = std::map<base::PersonId, std::vector<DutyTime>>;  // in order of time

// Whom a row names, by sign-in name or id; nothing: there is nobody like that.
using WhoIs = std::function<std::optional<base::PersonId>(std::string_view)>;

// The list as it is compared with. Holds the key: not to be kept.
class HouseholdList {
 public:
  // Whether a search for this plate, or for a pattern that leaves no more open than
  // open_characters_max, could find a listed vehicle, and if so whether the searcher's own.
  Match find(std::string_view pattern, const base::PersonId& searcher) const;

 private:
  friend class Household;
  explicit HouseholdList(const base::Key& key) : key_(key) {}
  base::Key key_;
  std::map<base::Digest, std::set<base::Digest>> whose_;  // by hash of the plate
};

// May be used from many threads at once. Every call can also fail as the database does.
class Household {
 public:
  Household(records::Database& database, const base::Clock& clock, const base::Key& key)
      : database_(database), clock_(clock), key_(key) {}

  // These replace what is there, for the organisation, in one step; want a receipt for
  // change_household; reject each row whose person `who_is` does not know; and fail with
  //   invalid_input    another receipt; the first row does not name the columns
  //   limit_exceeded   more than household_max or duty_max
  //   conflict         no row can be taken: what is there stays
  // Columns: plate, person (whose it is, or in whose household it is).
  Result<ImportReport> import_vehicles(const audit::Receipt& receipt, const WhoIs& who_is,
                                       std::string_view csv);
  // Columns: person, from, until (2026-11-22T08:00:00Z).
  Result<ImportReport> import_duty(const audit::Receipt& receipt, const WhoIs& who_is,
                                   std::string_view csv);

  // These want a receipt for read_signals.
  Result<HouseholdList> vehicles(const audit::Receipt& receipt) const;
  Result<Duty> duty(const audit::Receipt& receipt, base::UtcTime from) const;

  // Times on duty that were over before this; vehicles on lists that nobody has replaced since.
  // What erases them wants a receipt for drop. Fails with
  //   invalid_input   another receipt
  static Result<std::uint64_t> count_duty(records::Transaction& transaction, base::UtcTime before);
  static Result<std::uint64_t> erase_duty(records::Transaction& transaction,
                                          const audit::MachineReceipt& receipt,
                                          base::UtcTime before);
  static Result<std::uint64_t> count_vehicles(records::Transaction& transaction,
                                              base::UtcTime before);
  static Result<std::uint64_t> erase_vehicles(records::Transaction& transaction,
                                              const audit::MachineReceipt& receipt,
                                              base::UtcTime before);

 private:
  records::Database& database_;
  const base::Clock& clock_;
  const base::Key key_;
};

}  // namespace regmark::oversight
