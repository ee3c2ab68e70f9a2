// Erasing what has ended: what stays is how many there were.
#include "authority/authorities.h"

namespace regmark::authority {
namespace {

using records::Transaction;

// Whoever gave leave by word of mouth still has to say so, however old it is.
constexpr std::string_view ended =
    " FROM authorities WHERE COALESCE(ended_at, valid_until, decided_at, asked_at) <= ?1 "
    "AND NOT (is_oral = 1 AND confirmed_at IS NULL AND ended_at IS NULL)";

}  // namespace

Result<std::uint64_t> Authorities::count_ended(Transaction& transaction, base::UtcTime before) {
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT COUNT(*)" + std::string(ended),
                                                  {records::value_of(before)}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

Result<std::uint64_t> Authorities::erase_ended(Transaction& transaction,
                                               const audit::MachineReceipt& receipt,
                                               base::UtcTime before) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  REGMARK_TRY(transaction.run(
      "INSERT INTO authorities_tally SELECT organisation, kind, act, category, state, is_oral, "
      "asked_at / ?2, COUNT(*), SUM(uses)" +
          std::string(ended) +
          " GROUP BY 1, 2, 3, 4, 5, 6, 7 ON CONFLICT DO UPDATE SET "
          "authorities = authorities + excluded.authorities, uses = uses + excluded.uses",
      {records::value_of(before), records::day_length}));
  REGMARK_TRY(transaction.run("DELETE" + std::string(ended), {records::value_of(before)}));
  return static_cast<std::uint64_t>(transaction.changed());
}

}  // namespace regmark::authority
