// What goes before its time because a keeper asked: which reads are to go, and which went.
//
// What is begun is done, whatever crashes: the reads are written down first, and stay until they
// are gone and the log says so. Then nothing is left of them but how many there were.
#pragma once

#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "audit/receipt.h"
#include "base/result.h"
#include "base/time.h"
#include "oversight/subjects.h"
#include "plate/read.h"
#include "records/database.h"

namespace regmark::oversight {

// Reads of one request that are to go. The vehicle they are of is not said here.
struct BegunErasure {
  SubjectRequestId request;
  std::vector<plate::ReadId> reads;
};

// May be used from many threads at once. Every call can also fail as the database does.
class Erasures {
 public:
  Erasures(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // From here on these reads go. Durable on return. Wants a receipt for answer_subject whose
  // subject is the request. Fails with
  //   invalid_input   another receipt; no reads
  //   not_found       there is no such request in the organisation
  //   conflict        it is decided, or it is not for erasure
  Result<void> begin(const audit::Receipt& receipt, const SubjectRequestId& request,
                     std::span<const plate::ReadId> reads);

  // Held by whoever finishes what was begun, so that nothing is said twice.
  std::unique_lock<std::mutex> alone() { return std::unique_lock(finishing_); }
  // By request.
  Result<std::vector<BegunErasure>> begun() const;
  // They are gone, and the log has said so: adds to the request's counts, and forgets the reads.
  // Wants MachineVerb::drop.
  Result<void> end(const audit::MachineReceipt& receipt, const SubjectRequestId& request,
                   const ErasedCounts& erased);

  // When the last of them went that the records' file, or a backup, may still hold; nothing when
  // there is none.
  Result<std::optional<base::UtcTime>> last_unforgotten() const;
  // Nothing holds any more what went up to then.
  Result<void> forgotten(base::UtcTime until);

 private:
  records::Database& database_;
  const base::Clock& clock_;
  std::mutex finishing_;
};

}  // namespace regmark::oversight
