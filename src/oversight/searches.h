// What was searched, noted for those who look after it: by whom, why, for whom, how far, and how
// much came of it.
//
// A note holds a vehicle and a person. It is erased when its time is over, but never while somebody
// has still to review it; what stays is that there was one in its month.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/decide.h"
#include "audit/receipt.h"
#include "base/result.h"
#include "base/time.h"
#include "oversight/flags.h"
#include "oversight/settings.h"
#include "records/database.h"

namespace regmark::oversight {

// The senior officer's authority that a search stood on, or an urgent one that it named without
// need.
struct Leave {
  base::AuthorityId id;
  std::optional<base::PersonId> giver{};
  std::string giver_line{};  // empty: not known
  bool is_oral = false;
};

// What somebody has just been given, or has just held.
struct Looked {
  access::Scope scope{};   // that they asked for
  std::uint64_t rows = 0;  // that were found
  bool is_next_page = false;
  std::optional<Leave> leave{};
  std::string line{};                     // of the searcher: their team; empty: not known
  std::vector<base::CameraId> read_by{};  // the cameras of what was found, each once
};

// How often what a camera read was given to somebody.
struct CameraUse {
  base::CameraId camera;
  std::uint64_t searches = 0;
  std::uint64_t cases = 0;  // different references of those that are not erased
};

struct Noted {
  base::UtcTime at{};
  bool is_next_page = false;  // it was added to the note of its question
};

struct SearchNote {
  std::uint64_t receipt = 0;
  base::UtcTime at{};
  access::Act act{};
  base::PersonId person;
  base::OrganisationId organisation;
  std::string line{};
  access::Purpose purpose{};
  std::string plate{};  // as it was asked for; empty: everybody who passed
  std::optional<access::Window> window{};
  std::uint64_t cameras = 0;  // named ones; 0: any
  bool has_area = false;
  std::uint64_t rows = 0;
  std::uint64_t pages = 1;
  std::optional<Leave> leave{};
  std::vector<Flag> flags{};
};

// How far back the searches of a force are read at once, for signals.
inline constexpr std::size_t notes_max = 1'000'000;

// May be used from many threads at once. Keeps references to database and clock. Every call can
// also fail as the database does: unavailable, corrupt.
class Searches {
 public:
  Searches(records::Database& database, const base::Clock& clock, const Settings& settings,
           Draw draw)
      : database_(database), clock_(clock), settings_(settings), draw_(std::move(draw)) {}

  // Notes what the receipt of a search, a look for convoys, a hold, an export, a keeper's answer or
  // a look at what is held led to, flags it, and puts it before a reviewer where chance, an urgent
  // authority or a flag says so. The next page of a question adds to its note. Durable on return.
  // Fails with
  //   invalid_input   a receipt for anything else
  //   conflict        it is noted already
  Result<Noted> note(const audit::Receipt& receipt, const Looked& looked);

  // Those of the organisation of the person of a receipt for read_signals, from then on, oldest
  // first. Fails with
  //   invalid_input    another receipt
  //   limit_exceeded   more than notes_max
  Result<std::vector<SearchNote>> since(const audit::Receipt& receipt, base::UtcTime from) const;

  // How often each of these cameras was of use, from the first day up to, and without, the last.
  // Counts alone: who searched and for what is not told. Wants a receipt for read_estate. Fails
  // with
  //   invalid_input   another receipt
  Result<std::vector<CameraUse>> uses(const audit::Receipt& receipt,
                                      std::span<const base::CameraId> cameras, base::UtcDay from,
                                      base::UtcDay until) const;

  // How many are of before this, still with their words, and wait for no reviewer; what erases them
  // leaves their counts, and wants a receipt for drop. Fails with
  //   invalid_input   another receipt
  static Result<std::uint64_t> count_over(records::Transaction& transaction, base::UtcTime before);
  static Result<std::uint64_t> erase_over(records::Transaction& transaction,
                                          const audit::MachineReceipt& receipt,
                                          base::UtcTime before);

 private:
  records::Database& database_;
  const base::Clock& clock_;
  const Settings settings_;
  const Draw draw_;
};

}  // namespace regmark::oversight
