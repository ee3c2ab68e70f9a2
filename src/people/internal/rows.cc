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

Result<void> put_standing(records::Transaction& transaction, const std::string& person,
                          std::string_view rank, std::span<const access::Training> training) {
  REGMARK_TRY(
      transaction.run("UPDATE people SET rank = ?2 WHERE id = ?1", {person, std::string(rank)}));
  REGMARK_TRY(transaction.run("DELETE FROM trainings WHERE person = ?1", {person}));
  for (const auto& one : training) {
    REGMARK_TRY(transaction.run(
        "INSERT INTO trainings (person, course, until) VALUES (?1, ?2, ?3) "
        "ON CONFLICT (person, course) DO UPDATE SET until = MAX(until, excluded.until)",
        {person, one.course, records::value_of(one.until)}));
  }
  return {};
}

Result<std::vector<access::Training>> training_of(records::Transaction& transaction,
                                                  const std::string& person) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT course, until FROM trainings WHERE person = ?1 ORDER BY course",
                      {person}));
  std::vector<access::Training> training;
  for (const auto& row : rows) training.push_back({row.text(0), row.time(1)});
  return training;
}

Result<std::pair<access::Person, std::string>> active_person(records::Transaction& transaction,
                                                             const std::string& person) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT organisation, display_name, rank FROM people "
                                 "WHERE id = ?1 AND active = 1",
                                 {person}));
  if (rows.empty()) return fail(ErrorCode::not_found, "there is no such active person");
  const auto& row = rows.front();
  REGMARK_ASSIGN(auto id, id_of<base::PersonId>(person));
  REGMARK_ASSIGN(auto organisation, id_of<base::OrganisationId>(row.text(0)));
  REGMARK_ASSIGN(auto roles, roles_of(transaction, person));
  REGMARK_ASSIGN(auto training, training_of(transaction, person));
  REGMARK_ASSIGN(auto part_of, above(transaction, row.text(0)));
  REGMARK_ASSIGN(auto parts, below(transaction, row.text(0)));
  return std::pair(
      access::Person{std::move(id), std::move(organisation), std::move(roles), row.text(2),
                     std::move(training), std::move(part_of), std::move(parts)},
      row.text(1));
}

Result<void> check_stands(records::Transaction& transaction, const std::string& organisation) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT 1 FROM organisations WHERE id = ?1 AND until IS NULL",
                                 {organisation}));
  if (rows.empty()) return fail(ErrorCode::not_found, "no such organisation stands: add it first");
  return {};
}

namespace {

Result<std::vector<base::OrganisationId>> organisations_of(records::Transaction& transaction,
                                                           std::string_view sql,
                                                           const std::string& organisation) {
  REGMARK_ASSIGN(const auto rows, transaction.run(sql, {organisation}));
  std::vector<base::OrganisationId> ids;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto id, id_of<base::OrganisationId>(row.text(0)));
    ids.push_back(std::move(id));
  }
  return ids;
}

}  // namespace

Result<std::vector<base::OrganisationId>> above(records::Transaction& transaction,
                                                const std::string& organisation) {
  static constexpr std::string_view sql =
      "WITH RECURSIVE up (id, steps) AS ("
      "SELECT parent, 1 FROM organisations WHERE id = ?1 AND parent IS NOT NULL UNION "
      "SELECT o.parent, steps + 1 FROM organisations o JOIN up ON o.id = up.id "
      "WHERE o.parent IS NOT NULL) SELECT id FROM up ORDER BY steps";
  return organisations_of(transaction, sql, organisation);
}

Result<std::vector<base::OrganisationId>> below(records::Transaction& transaction,
                                                const std::string& organisation) {
  static constexpr std::string_view sql =
      "WITH RECURSIVE down (id) AS ("
      "SELECT id FROM organisations WHERE parent = ?1 UNION "
      "SELECT o.id FROM organisations o JOIN down ON o.parent = down.id) "
      "SELECT id FROM down ORDER BY id";
  return organisations_of(transaction, sql, organisation);
}

Result<void> end_sessions(records::Transaction& transaction, const std::string& person) {
  REGMARK_TRY(transaction.run("DELETE FROM sessions WHERE person = ?1", {person}));
  return {};
}

Result<void> end_all(records::Transaction& transaction, const std::string& person,
                     base::UtcTime now) {
  REGMARK_TRY(transaction.run("UPDATE people SET ended_at = ?2 WHERE id = ?1",
                              {person, records::value_of(now)}));
  return end_sessions(transaction, person);
}

Result<bool> is_ended(records::Transaction& transaction, const std::string& person,
                      base::UtcTime handed_out) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT 1 FROM people WHERE id = ?1 AND ended_at > ?2",
                                 {person, records::value_of(handed_out)}));
  return !rows.empty();
}

Result<void> end_other_sessions(records::Transaction& transaction, const std::string& person,
                                const base::Bytes& token_hash) {
  REGMARK_TRY(transaction.run("DELETE FROM sessions WHERE person = ?1 AND token_hash <> ?2",
                              {person, token_hash}));
  return {};
}

}  // namespace regmark::people
