// The case register: which references there are, of which category, and which are closed. It comes
// from the force's own system as a whole, as CSV.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/decide.h"
#include "audit/receipt.h"
#include "base/result.h"
#include "base/time.h"
#include "oversight/flags.h"
#include "records/database.h"

namespace regmark::oversight {

inline constexpr std::size_t cases_max = 500'000;
inline constexpr std::size_t rejected_max = 100;  // that a report names; it counts them all

struct RejectedLine {
  std::size_t line;
  std::string reason;  // never holds what stands in the line
};

// As references are compared: upper case, no blanks around.
std::string compared(std::string_view reference);

struct CaseRow {
  std::string reference;  // compared()
  std::string category;   // a word of the policy's; empty: any
  std::optional<base::UtcDay> opened{};
  std::optional<base::UtcDay> closed{};
};

struct ImportReport {
  std::uint64_t taken = 0;
  std::uint64_t rejected_count = 0;
  std::vector<RejectedLine> rejected{};
};
// Counts it, and names it while there is room.
void reject(ImportReport& report, std::size_t line, std::string reason);

struct ReadCases {
  std::vector<CaseRow> rows;
  ImportReport report;
};

// Columns, named in the first row: reference, category, opened, closed; the last three may be blank
// or missing. Days as 2026-11-22. Rejected are a reference that is blank, twice, or longer than a
// request's may be; a day that is none. Fails with
//   invalid_input    no column for the reference
//   limit_exceeded   more than cases_max
Result<ReadCases> read_cases(std::string_view csv);

// May be used from many threads at once. Every call can also fail as the database does.
class Cases {
 public:
  Cases(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Puts these in place of all cases of the organisation, in one step. Wants a receipt for
  // change_cases whose subject is the organisation: an administrator's own may be another. Fails
  // with
  //   invalid_input   another receipt; as read_cases does
  //   conflict        not one row could be taken: the register stays as it was
  Result<ImportReport> import(const audit::Receipt& receipt,
                              const base::OrganisationId& organisation, std::string_view csv);

  // What the register has against this reference; nothing while none was imported.
  Result<std::optional<Flag>> against(const base::OrganisationId& organisation,
                                      const access::Purpose& purpose) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

}  // namespace regmark::oversight
