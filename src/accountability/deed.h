// Who did something, when, and under which receipt: what every row of this room begins with.
#pragma once

#include <string>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "records/database.h"

namespace regmark::accountability {

struct Deed {
  base::UtcTime at;
  base::PersonId by;
  std::uint64_t receipt = 0;
};

namespace internal {

inline Deed deed_of(const audit::Receipt& receipt, base::UtcTime now) {
  return {now, receipt.permit().person().id, receipt.number()};
}

// Columns `first` to `first` + 2: at, by_person, receipt. Fails with
//   corrupt   nobody we would have written
inline Result<Deed> deed_at(const records::Row& row, std::size_t first) {
  auto by = base::PersonId::parse(row.text(first + 1));
  if (!by) return fail(ErrorCode::corrupt, "the records name somebody who is none");
  return Deed{row.time(first), *std::move(by), static_cast<std::uint64_t>(row.integer(first + 2))};
}

// Row number, as records give it and take it.
inline records::Value number_of(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

}  // namespace internal
}  // namespace regmark::accountability
