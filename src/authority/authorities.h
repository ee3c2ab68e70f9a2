// Leave that one person asks for and another gives: from the asking to the last use.
//
//   asked -> granted -> used up | run out | withdrawn
//         -> refused | withdrawn
//
// An urgent one is given by word of mouth: recorded as granted at once, for as long as the policy
// lets it wait for the officer's own words, and overdue when these do not come.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/policy.h"
#include "audit/receipt.h"
#include "base/result.h"
#include "base/time.h"
#include "records/database.h"

namespace regmark::authority {

// Of one person, given by word of mouth and not confirmed yet. Ours, for want of a published one:
// an emergency may be about more than one vehicle.
inline constexpr std::uint64_t oral_waiting_max = 3;

enum class State : std::uint8_t { asked, granted, refused, withdrawn, used_up, run_out };

inline constexpr State all_states[] = {State::asked,     State::granted, State::refused,
                                       State::withdrawn, State::used_up, State::run_out};
std::string_view name(State state);

inline constexpr std::size_t words_size_max = 1'000;  // of a reason
inline constexpr std::size_t records_max = 1'000;     // that latest() gives

// What somebody asks leave for. Why stands in the permit they ask under.
struct Asking {
  std::string kind;   // of the policy
  access::Act act{};  // search_sightings, find_convoys, track_plate, hold_sightings,
                      // export_evidence
  access::Scope scope;
};

// How far a senior officer lets it reach: never further than was asked, nor than the policy lets.
struct Grant {
  std::chrono::hours valid{0};
  std::uint64_t uses = 0;
  access::Scope scope;
  std::string reason;
};

struct Record {
  base::AuthorityId id;
  State state = State::asked;
  Asking asked;
  access::Purpose purpose{};
  base::PersonId requester;
  base::OrganisationId organisation;
  base::UtcTime asked_at{};
  std::optional<access::Scope> granted{};  // what it covers; nothing until it is granted
  std::optional<base::PersonId> decided_by{};
  std::string decided_rank{};
  std::optional<base::UtcTime> decided_at{};
  std::string decision{};  // the officer's words
  std::optional<base::UtcTime> valid_until{};
  std::uint64_t uses_max = 0;
  std::uint64_t uses = 0;
  bool is_oral = false;
  std::optional<base::UtcTime> confirm_by{};  // of an oral one
  std::optional<base::UtcTime> confirmed_at{};
  std::optional<base::UtcTime> ended_at{};
  std::string end_reason{};

  // Given by word of mouth, and in time the officer said neither yes nor no: for a reviewer.
  bool is_overdue(base::UtcTime now) const { return is_unanswered() && *confirm_by <= now; }
  bool is_unanswered() const { return is_oral && !confirmed_at && !ended_at; }
};

// Whether one whose uses are all gone still opens what they found: a search that used it up is
// followed by its pictures.
enum class UsedUp : std::uint8_t { is_over, stands_for_what_was_found };

// The value that decide() takes: what is granted and neither used up, run out nor ended; otherwise
// what was asked, granted by nobody.
access::Authority value_of(const Record& record, UsedUp used_up = UsedUp::is_over);

// Whether leave can be asked for so. Fails with
//   invalid_input   no window; an act that needs none; a pattern too rich to compare with
Result<void> check(const Asking& asking, base::UtcTime now);

// May be used from many threads at once. Keeps references to database and clock. Every call can
// also fail as the database does: unavailable, corrupt.
class Authorities {
 public:
  static std::span<const records::Migration> migrations();
  Authorities(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Wants a receipt for ask_authority. Fails as check() does.
  Result<Record> ask(const audit::Receipt& receipt, const Asking& asking);
  // Given by word of mouth by this officer, of whom the caller knows that they may. Until the
  // officer confirms it, it is good for one use and no longer than `rule` lets it wait. As ask(),
  // and with
  //   invalid_input   the policy lets none of this kind be given so
  //   conflict        the requester has oral_waiting_max already that no officer confirmed yet, or
  //                   one whose time for that is over: whoever is said to have given it says so
  //                   first
  Result<Record> ask_given_orally(const audit::Receipt& receipt, const Asking& asking,
                                  const access::Person& officer, const access::AuthorityRule& rule);

  // These want a receipt for decide_authority that names this authority, and fail with
  //   not_found       there is none
  //   conflict        it is past that state
  //   invalid_input   without a reason; further than was asked or than `rule` lets
  Result<Record> grant(const audit::Receipt& receipt, const base::AuthorityId& id,
                       const Grant& grant, const access::AuthorityRule& rule);
  Result<Record> refuse(const audit::Receipt& receipt, const base::AuthorityId& id,
                        std::string_view reason);
  // In writing, what was given by word of mouth: by the officer who gave it.
  Result<Record> confirm(const audit::Receipt& receipt, const base::AuthorityId& id,
                         const Grant& grant, const access::AuthorityRule& rule);
  // Also one for tracking while its last use goes on, which ends with it. Also by who asked, under
  // a receipt for ask_authority; but not one given by word of mouth that they used: the officer
  // still has to say that they gave it. The officer may say that they did not, however long it has
  // been used up or run out.
  Result<Record> withdraw(const audit::Receipt& receipt, const base::AuthorityId& id,
                          std::string_view reason);

  // Counts one use by the permit that stands on it. Fails with
  //   conflict   it was withdrawn, has run out or was used up meanwhile
  Result<void> use(const audit::Receipt& receipt);

  // For decide(), and not for a person: what one may see is latest().
  Result<Record> find(const base::AuthorityId& id) const;
  // Newest first: what the person of a receipt for read_authorities asked for; for an authoriser,
  // what their organisation's people did, and of these kinds, what those of its parts did.
  Result<std::vector<Record>> latest(const audit::Receipt& receipt, std::size_t count,
                                     const std::vector<std::string>& kinds_from_above = {}) const;
  // Given by word of mouth and not confirmed in time.
  // How many, and for at least so long; of all organisations.
  Result<std::uint64_t> overdue(std::chrono::days since = {}) const;
  // These, of the organisations of access::answered_for(), the one that waited longest first; at
  // most records_max. For whoever follows them up: what a person may see is the caller's to say.
  Result<std::vector<Record>> overdue_ones(const std::string& organisations) const;

  // How many ended before this (or were asked for and never decided) and are still known with what
  // they were about; one by word of mouth that nobody answered stays. What erases them leaves how
  // many there were of each kind, and wants a receipt for drop. Fails with
  //   invalid_input   another receipt
  static Result<std::uint64_t> count_ended(records::Transaction& transaction, base::UtcTime before);
  static Result<std::uint64_t> erase_ended(records::Transaction& transaction,
                                           const audit::MachineReceipt& receipt,
                                           base::UtcTime before);

 private:
  Result<Record> add(const Record& record);

  records::Database& database_;
  const base::Clock& clock_;
};

}  // namespace regmark::authority
