// What is kept of an account for telling its owner.
#pragma once

#include <string>

#include "base/result.h"
#include "people/account_news.h"
#include "records/database.h"

namespace regmark::people {

// What was changed is new for so long at least: whoever signs in in somebody's place, and again,
// hides nothing by it.
inline constexpr std::chrono::days changes_new_for{7};

Result<void> note_change(records::Transaction& transaction, const std::string& person,
                         AccountChange change, base::UtcTime now);
// A session begins, and takes over what there is to tell.
Result<void> begin_to_tell(records::Transaction& transaction, const std::string& person,
                           const std::string& session, base::UtcTime now);
Result<AccountNews> news_of(records::Transaction& transaction, const std::string& session,
                            base::UtcTime now);
// Of somebody whose access is over.
Result<void> forget_news(records::Transaction& transaction, const std::string& person);
Result<void> forget_old_changes(records::Transaction& transaction, base::UtcTime now);

}  // namespace regmark::people
