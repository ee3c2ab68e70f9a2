// A record of an authority as a row of the database.
#pragma once

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
// Those of this person, or of this organisation; newest first.
Result<std::vector<Record>> select_of(records::Transaction& transaction, const char* column,
                                      const std::string& value, std::size_t count,
                                      base::UtcTime now);

}  // namespace regmark::authority
