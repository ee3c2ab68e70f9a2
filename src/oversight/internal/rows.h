// Notes and reviews as rows of the database.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oversight/cases.h"
#include "oversight/reasons.h"
#include "oversight/reviews.h"
#include "oversight/searches.h"

namespace regmark::oversight::internal {

template <typename Id>
Result<Id> id_of(const std::string& text) {
  auto id = Id::parse(text);
  if (!id) return fail(ErrorCode::corrupt, "the records hold an id that is none");
  return id;
}

inline std::int64_t number_of_day(base::UtcDay day) {
  return day.time_since_epoch().count();
}
// The first day of its month, as such a number.
std::int64_t month_of(base::UtcTime at);
inline base::UtcDay day_of_number(std::int64_t number) {
  return base::UtcDay{std::chrono::days{number}};
}

// The names of several, with blanks between, and back.
template <typename Several>
std::string names_of(const Several& several) {
  std::string text;
  for (const auto one : several) text.append(text.empty() ? "" : " ").append(name(one));
  return text;
}
template <typename One, std::size_t size>
Result<std::vector<One>> ones_of(std::string_view text, const One (&all)[size]) {
  std::vector<One> ones;
  for (const auto& word : parted(text)) {
    const auto found = std::ranges::find(all, word, [](One one) { return name(one); });
    if (found == std::end(all)) return fail(ErrorCode::corrupt, "the records hold a strange word");
    ones.push_back(*found);
  }
  return ones;
}

inline constexpr std::string_view search_columns =
    "s.receipt, s.at, s.act, s.person, s.organisation, s.line, s.category, s.reason, s.reference, "
    "s.for_whom, s.plate, s.from_time, s.until_time, s.cameras, s.has_area, s.rows, s.pages, "
    "s.authority, s.giver, s.giver_line, s.is_oral, s.flags";

// From the columns above, which begin with `at`.
Result<SearchNote> search_of(const records::Row& row, std::size_t at);

// What stands in the table beside the note itself.
struct NoteKeys {
  std::vector<std::string> words;
  std::int64_t question = 0;
};

// Gives the row's number.
Result<std::int64_t> insert(records::Transaction& transaction, const SearchNote& note,
                            const NoteKeys& keys);

Result<void> insert_review(records::Transaction& transaction, std::int64_t search,
                           const SearchNote& note, const std::vector<Why>& why, base::UtcTime due);

Result<std::optional<Flag>> case_flag(records::Transaction& transaction,
                                      const base::OrganisationId& organisation,
                                      const access::Purpose& purpose, base::UtcDay today);

}  // namespace regmark::oversight::internal
