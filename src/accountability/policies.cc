#include "accountability/policies.h"

#include "base/crypto.h"
#include "base/encoding.h"

namespace regmark::accountability {

using access::Act;
using audit::Receipt;
using records::Transaction;

Result<void> Policies::keep(const access::Policy& policy) {
  const auto now = clock_.now();
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run(
        "INSERT OR IGNORE INTO accountability_policies (version, title, text, kept_since)"
        " VALUES (?1, ?2, ?3, ?4)",
        {policy.version(), policy.title(), policy.text(), records::value_of(now)}));
    return {};
  });
}

Result<std::vector<KeptPolicy>> Policies::all(const Receipt& receipt) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_policy, clock_.now()));
  return database_.read([](Transaction& transaction) -> Result<std::vector<KeptPolicy>> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT version, title, kept_since FROM accountability_policies"
                                   " ORDER BY number DESC LIMIT ?1",
                                   {static_cast<std::int64_t>(policies_max)}));
    std::vector<KeptPolicy> all;
    for (const auto& row : rows) all.push_back({row.text(0), row.text(1), row.time(2)});
    return all;
  });
}

Result<std::string> Policies::text(const Receipt& receipt, std::string_view version) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_policy, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<std::string> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT text FROM accountability_policies WHERE version = ?1",
                                   {std::string(version)}));
    if (rows.empty()) return fail(ErrorCode::not_found, "no policy of this version is kept here");
    auto text = rows.front().text(0);
    if (base::to_hex(base::sha256(base::as_bytes(text))) != version) {
      return fail(ErrorCode::corrupt, "the text that is kept is not that of this version");
    }
    return text;
  });
}

}  // namespace regmark::accountability
