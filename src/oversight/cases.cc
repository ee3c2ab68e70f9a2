#include "oversight/cases.h"

#include <algorithm>
#include <set>

#include "oversight/internal/named_rows.h"
#include "oversight/internal/rows.h"

namespace regmark::oversight {

using access::Act;
using records::Transaction;
using records::Value;

namespace {

constexpr std::string_view columns[] = {"reference", "category", "opened", "closed"};

Result<std::optional<base::UtcDay>> day_or_none(const std::string& text) {
  if (text.empty()) return std::nullopt;
  REGMARK_ASSIGN(const auto day, base::parse_day(text));
  return day;
}

Result<CaseRow> case_of(const std::vector<std::string>& fields) {
  CaseRow row{.reference = compared(fields[0]), .category = fields[1]};
  if (row.reference.empty()) return fail(ErrorCode::invalid_input, "it has no reference");
  if (row.reference.size() > access::reference_size_max) {
    return fail(ErrorCode::invalid_input, "its reference is too long");
  }
  const auto opened = day_or_none(fields[2]);
  const auto closed = day_or_none(fields[3]);
  if (!opened || !closed) {
    return fail(ErrorCode::invalid_input, "a day is not written as 2026-11-22");
  }
  row.opened = *opened;
  row.closed = *closed;
  if (row.opened && row.closed && *row.closed < *row.opened) {
    return fail(ErrorCode::invalid_input, "it was closed before it was opened");
  }
  return row;
}

Value value_of(const std::optional<base::UtcDay>& day) {
  return day ? Value{internal::number_of_day(*day)} : Value{nullptr};
}

}  // namespace

std::string compared(std::string_view reference) {
  auto text = internal::trimmed(reference);
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

void reject(ImportReport& report, std::size_t line, std::string reason) {
  ++report.rejected_count;
  if (report.rejected.size() < rejected_max) report.rejected.push_back({line, std::move(reason)});
}

Result<ReadCases> read_cases(std::string_view csv) {
  REGMARK_ASSIGN(auto reader, internal::NamedRows::open(csv, columns));
  ReadCases read;
  std::set<std::string, std::less<>> seen;
  while (const auto next = reader.next()) {
    if (const auto* bad = std::get_if<watchlist::BadCsvRow>(&*next)) {
      reject(read.report, bad->line, bad->reason);
      continue;
    }
    const auto& row = std::get<watchlist::CsvRow>(*next);
    auto one = case_of(row.fields);
    if (!one) {
      reject(read.report, row.line, one.error().message);
    } else if (!seen.insert(one->reference).second) {
      reject(read.report, row.line, "an earlier row has the same reference");
    } else {
      read.rows.push_back(*std::move(one));
    }
    if (read.rows.size() > cases_max) {
      return fail(ErrorCode::limit_exceeded,
                  "a register of more than " + std::to_string(cases_max) + " cases");
    }
  }
  read.report.taken = read.rows.size();
  return read;
}

Result<ImportReport> Cases::import(const audit::Receipt& receipt,
                                   const base::OrganisationId& organisation, std::string_view csv) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::change_cases, organisation.text(), now));
  REGMARK_ASSIGN(auto read, read_cases(csv));
  if (read.rows.empty()) {
    return fail(ErrorCode::conflict, "there is no case to take; the register stays as it was");
  }
  const auto& of = organisation.text();
  return database_.write([&](Transaction& transaction) -> Result<ImportReport> {
    REGMARK_TRY(transaction.run("DELETE FROM cases WHERE organisation = ?1", {of}));
    REGMARK_TRY(transaction.run("INSERT OR REPLACE INTO case_registers VALUES (?1, ?2)",
                                {of, records::value_of(now)}));
    for (const auto& row : read.rows) {
      REGMARK_TRY(transaction.run(
          "INSERT INTO cases VALUES (?1, ?2, ?3, ?4, ?5)",
          {of, row.reference, row.category, value_of(row.opened), value_of(row.closed)}));
    }
    return std::move(read.report);
  });
}

Result<std::optional<Flag>> Cases::against(const base::OrganisationId& organisation,
                                           const access::Purpose& purpose) const {
  return database_.read([&](Transaction& transaction) {
    return internal::case_flag(transaction, organisation, purpose, base::day_of(clock_.now()));
  });
}

}  // namespace regmark::oversight
