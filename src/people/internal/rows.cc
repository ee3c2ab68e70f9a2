#include "people/internal/rows.h"

#include <algorithm>

namespace regmark::people {

Result<std::vector<access::Role>> roles_of(records::Transaction& transaction,
                                           const std::string& person) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT role FROM person_roles WHERE person = ?1 ORDER BY place", {person}));
  std::vector<access::Role> roles;
  for (const auto& row : rows) {
    const auto role = access::role_of(row.text(0));
    // A role that this program does not know might be one that checks another.
    if (!role) return fail(ErrorCode::corrupt, "the records hold a role that is none");
    roles.push_back(*role);
  }
  return roles;
}

Result<void> put_roles(records::Transaction& transaction, const std::string& person,
                       std::span<const access::Role> roles) {
  REGMARK_TRY(transaction.run("DELETE FROM person_roles WHERE person = ?1", {person}));
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const auto before = roles.first(i);
    if (std::ranges::find(before, roles[i]) != before.end()) continue;
    REGMARK_TRY(transaction.run(
        "INSERT INTO person_roles (person, role, place) VALUES (?1, ?2, ?3)",
        {person, std::string(access::name(roles[i])), static_cast<std::int64_t>(i)}));
  }
  return {};
}

Result<void> end_sessions(records::Transaction& transaction, const std::string& person) {
  REGMARK_TRY(transaction.run("DELETE FROM sessions WHERE person = ?1", {person}));
  return {};
}

}  // namespace regmark::people
