#include "oversight/erasures.h"

#include "oversight/internal/rows.h"

namespace regmark::oversight {

using records::Transaction;

namespace {

Result<void> check_open_erasure(Transaction& transaction, const audit::Receipt& receipt,
                                const SubjectRequestId& request) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT wish, state FROM subject_requests WHERE "
                                 "id = ?1 AND organisation = ?2",
                                 {request.text(), receipt.permit().person().organisation.text()}));
  if (rows.empty()) return fail(ErrorCode::not_found, "there is no such request");
  if (rows.front().text(1) != name(SubjectState::open)) {
    return fail(ErrorCode::conflict, "it is decided");
  }
  if (rows.front().text(0) != name(Wish::erasure)) {
    return fail(ErrorCode::conflict, "nobody asked for erasure");
  }
  return {};
}

}  // namespace

Result<void> Erasures::begin(const audit::Receipt& receipt, const SubjectRequestId& request,
                             std::span<const plate::ReadId> reads) {
  REGMARK_TRY(
      audit::check_open(receipt, access::Act::answer_subject, request.text(), clock_.now()));
  if (reads.empty()) return fail(ErrorCode::invalid_input, "name what is to be erased");
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(check_open_erasure(transaction, receipt, request));
    for (const auto& read : reads) {
      REGMARK_TRY(transaction.run("INSERT OR IGNORE INTO subject_erasing VALUES (?1, ?2)",
                                  {request.text(), read.text()}));
    }
    return {};
  });
}

Result<std::vector<BegunErasure>> Erasures::begun() const {
  return database_.read([](Transaction& transaction) -> Result<std::vector<BegunErasure>> {
    REGMARK_ASSIGN(const auto rows, transaction.run("SELECT request, read FROM subject_erasing "
                                                    "ORDER BY request, read"));
    std::vector<BegunErasure> begun;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto request, internal::id_of<SubjectRequestId>(row.text(0)));
      REGMARK_ASSIGN(auto read, internal::id_of<plate::ReadId>(row.text(1)));
      if (begun.empty() || begun.back().request != request) {
        begun.push_back({std::move(request), {}});
      }
      begun.back().reads.push_back(read);
    }
    return begun;
  });
}

Result<void> Erasures::end(const audit::MachineReceipt& receipt, const SubjectRequestId& request,
                           const ErasedCounts& erased) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run(
        "INSERT INTO subject_erased VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET "
        "reads = reads + excluded.reads, pictures = pictures + excluded.pictures, "
        "alerts = alerts + excluded.alerts, kept = kept + excluded.kept",
        {request.text(), number(erased.reads), number(erased.pictures), number(erased.alerts),
         number(erased.kept)}));
    REGMARK_TRY(
        transaction.run("DELETE FROM subject_erasing WHERE request = ?1", {request.text()}));
    REGMARK_TRY(
        transaction.run("INSERT INTO erased_early VALUES (?1)", {records::value_of(clock_.now())}));
    return {};
  });
}

Result<std::optional<base::UtcTime>> Erasures::last_unforgotten() const {
  return database_.read([](Transaction& transaction) -> Result<std::optional<base::UtcTime>> {
    REGMARK_ASSIGN(const auto rows, transaction.run("SELECT MAX(at) FROM erased_early"));
    return rows.front().optional_time(0);
  });
}

Result<void> Erasures::forgotten(base::UtcTime until) {
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(
        transaction.run("DELETE FROM erased_early WHERE at <= ?1", {records::value_of(until)}));
    return {};
  });
}

}  // namespace regmark::oversight
