// What must hold before a list is changed or shown. All of it fails with invalid_input, but for
// check_owner().
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "audit/receipt.h"
#include "watchlist/internal/tables.h"
#include "watchlist/lists.h"

namespace regmark::watchlist::internal {

// Whether the receipt is for one of these acts, for this time, and for a thing with one of these
// names; a scope that names no subject is good for any.
Result<void> check_receipt(const audit::Receipt& receipt, std::span<const access::Act> acts,
                           base::UtcTime now,
                           std::initializer_list<std::string_view> subjects = {});

bool covers(const audit::Receipt& receipt, const base::ListId& list);
Result<void> check_covers(const audit::Receipt& receipt, const base::ListId& list);

// Fails with
//   conflict   the receipt is another person's than the list
Result<void> check_owner(const audit::Receipt& receipt, const StoredList& list);

// Whether there are 1 to size_max bytes.
Result<void> check_text(std::string_view what, std::string_view text, std::size_t size_max);
Result<void> check_new(const NewList& list, base::UtcTime now);

}  // namespace regmark::watchlist::internal
