// What an act decided, for the log: the permit says what was asked for, and not what came of it.
#pragma once

#include <string>

#include "alerts/alerts.h"
#include "audit/log.h"
#include "authority/authorities.h"
#include "base/time.h"
#include "holds/holds.h"
#include "oversight/reviews.h"

namespace regmark::desk {

// What was held for a case, and when somebody must look at it again.
struct Held {
  std::uint64_t reads = 0;
  base::UtcDay review{};
};

// What was released, why, and who had held it.
struct Released {
  std::uint64_t reads = 0;
  std::string why;
  base::PersonId owner;
};

// Most acts decide nothing that their permit does not say.
template <typename T>
void tell(audit::Outcome&, const T&) {}

// "asked", "granted", "given_orally", "confirmed", "refused" or "withdrawn": for anybody to count.
// For how long, how often and how far it reaches stands in the details.
void tell(audit::Outcome& outcome, const authority::Record& record);
// "taken", "in_order", "needs_explanation" or "misuse_suspected": for anybody to count.
void tell(audit::Outcome& outcome, const oversight::Review& review);
void tell(audit::Outcome& outcome, const holds::Record& hold);
void tell(audit::Outcome& outcome, const Held& held);
void tell(audit::Outcome& outcome, const Released& released);
void tell(audit::Outcome& outcome, const alerts::Alert& alert);

}  // namespace regmark::desk
