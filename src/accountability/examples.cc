#include "accountability/examples.h"

#include "base/words.h"

namespace regmark::accountability {

using access::Act;
using audit::Receipt;
using internal::deed_at;
using internal::deed_of;
using internal::number_of;
using records::Transaction;

namespace {
constexpr std::string_view subject = "example";
}

Result<std::uint64_t> Examples::write(const Receipt& receipt, const PublicText& words) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, subject, now));
  REGMARK_TRY(base::check_words("the example", words.text(), example_size_max));
  const auto deed = deed_of(receipt, now);
  return database_.write([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(const auto count,
                   transaction.run("SELECT count(*) FROM accountability_examples"));
    if (count.front().integer(0) >= static_cast<std::int64_t>(examples_max)) {
      return fail(ErrorCode::limit_exceeded, "there are too many examples");
    }
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("INSERT INTO accountability_examples (at, by_person, receipt,"
                                   " words) VALUES (?1, ?2, ?3, ?4) RETURNING number",
                                   {records::value_of(deed.at), deed.by.text(),
                                    number_of(deed.receipt), words.text()}));
    return static_cast<std::uint64_t>(rows.front().integer(0));
  });
}

Result<void> Examples::approve(const Receipt& receipt, std::uint64_t number) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::approve_estate, subject, now));
  const auto deed = deed_of(receipt, now);
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_ASSIGN(const auto rows, transaction.run("SELECT by_person FROM accountability_examples"
                                                    " WHERE number = ?1",
                                                    {number_of(number)}));
    if (rows.empty()) return fail(ErrorCode::not_found, "there is no such example");
    if (rows.front().text(0) == deed.by.text()) {
      return fail(ErrorCode::conflict, "whoever wrote it does not approve it");
    }
    const auto done = transaction.run(
        "INSERT INTO accountability_approvals (example, at, by_person, receipt)"
        " VALUES (?1, ?2, ?3, ?4)",
        {number_of(number), records::value_of(deed.at), deed.by.text(), number_of(deed.receipt)});
    if (!done && done.error().code == ErrorCode::conflict) {
      return fail(ErrorCode::conflict, "it is approved already");
    }
    if (!done) return tl::unexpected<Error>(done.error());
    return {};
  });
}

Result<std::vector<Example>> Examples::all(const Receipt& receipt, base::UtcDay until) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_register, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<std::vector<Example>> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("SELECT e.number, e.at, e.by_person, e.receipt, e.words, a.at, a.by_person,"
                        " a.receipt FROM accountability_examples e"
                        " LEFT JOIN accountability_approvals a ON a.example = e.number"
                        " WHERE e.at < ?1 ORDER BY e.number",
                        {records::value_of(base::UtcTime{until + std::chrono::days{1}})}));
    std::vector<Example> all;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto written, deed_at(row, 1));
      Example one{static_cast<std::uint64_t>(row.integer(0)), std::move(written), row.text(4), {}};
      if (!row.is_null(5)) {
        REGMARK_ASSIGN(one.approved, deed_at(row, 5));
      }
      all.push_back(std::move(one));
    }
    return all;
  });
}

}  // namespace regmark::accountability
