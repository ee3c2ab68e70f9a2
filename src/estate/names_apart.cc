#include "estate/names_apart.h"

namespace regmark::estate {

using records::Transaction;

Result<std::vector<std::string>> NamesApart::all(const audit::MachineReceipt& receipt) const {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::verify));
  return database_.read([](Transaction& transaction) -> Result<std::vector<std::string>> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("SELECT id, name FROM estate_sites WHERE path = 'statutory'"
                        " UNION ALL SELECT id, name FROM estate_deployments WHERE is_apart = 1"
                        " UNION ALL SELECT id, name FROM estate_cameras"
                        " WHERE id IN (SELECT id FROM estate_cameras_apart)"));
    std::vector<std::string> names;
    for (const auto& row : rows) {
      names.push_back(row.text(0));
      names.push_back(row.text(1));
    }
    return names;
  });
}

}  // namespace regmark::estate
