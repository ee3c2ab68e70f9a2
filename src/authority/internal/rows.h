// A record of an authority as a row of the database.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "authority/authorities.h"

namespace regmark::authority {

Result<void> insert(records::Transaction& transaction, const Record& record);
// All but who asked for what, and when.
Result<void> update(records::Transaction& transaction, const Record& record);

// The state is as it is at `now`: one may have run out since it was written. Fails with
//   not_found   there is none
Result<Record> select(records::Transaction& transaction, const base::AuthorityId& id,
                      base::UtcTime now);
// What this person asked for; newest first.
Result<std::vector<Record>> select_asked_by(records::Transaction& transaction,
                                            const base::PersonId& person, std::size_t count,
                                            base::UtcTime now);
// What people of this officer's organisation asked for and, of these kinds, of its parts; likewise.
Result<std::vector<Record>> select_to_decide(records::Transaction& transaction,
                                             const access::Person& officer,
                                             const std::vector<std::string>& kinds_from_above,
                                             std::size_t count, base::UtcTime now);
// Given by word of mouth and not confirmed in time, the one that waited longest first.
Result<std::vector<Record>> select_overdue(records::Transaction& transaction,
                                           const std::string& organisations, std::size_t count,
                                           base::UtcTime now);
Result<std::uint64_t> count_overdue(records::Transaction& transaction, base::UtcTime by);

}  // namespace regmark::authority
