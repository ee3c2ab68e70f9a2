// The parts of a hold, in the database.
#pragma once

#include <cstdint>
#include <vector>

#include "holds/holds.h"

namespace regmark::holds {

// In the order in which they were added.
Result<std::vector<Part>> parts_of(records::Transaction& transaction, const base::HoldId& id);

// Adds what the permit covers, unless it is a part already. Fails with
//   limit_exceeded   the hold has parts_max
Result<void> add_part(records::Transaction& transaction, const base::HoldId& id,
                      const access::Permit& permit, base::UtcTime now);

// Of the part that the permit covers.
Result<void> count_part(records::Transaction& transaction, const base::HoldId& id,
                        const access::Permit& permit, std::uint64_t reads);

// Of those holds that were released before.
Result<void> erase_parts(records::Transaction& transaction, base::UtcTime before);

}  // namespace regmark::holds
