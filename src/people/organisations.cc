#include "people/organisations.h"

#include <algorithm>

#include "base/word_table.h"
#include "base/words.h"
#include "people/internal/rows.h"

namespace regmark::people {
namespace {

using records::Transaction;
using records::Value;

Value parent_of(const OrganisationAbout& about) {
  return about.parent ? Value{about.parent->text()} : Value{nullptr};
}

Result<OrganisationKind> kind_of(const std::string& text) {
  const auto kind = base::named<OrganisationKind>(all_organisation_kinds, text);
  if (!kind)
    return fail(ErrorCode::corrupt, "the records hold a kind of organisation that is none");
  return *kind;
}

Result<OrganisationKind> kind_of(Transaction& transaction, const std::string& id) {
  REGMARK_TRY(check_stands(transaction, id));
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT kind FROM organisations WHERE id = ?1", {id}));
  return kind_of(rows.front().text(0));
}

Result<void> check_parent(Transaction& transaction, const OrganisationAbout& about) {
  if (!about.parent) return {};
  REGMARK_ASSIGN(const auto kind, kind_of(transaction, about.parent->text()));
  if (kind > about.kind) return {};
  return fail(ErrorCode::invalid_input, "a " + std::string(name(about.kind)) +
                                            " cannot be part of a " + std::string(name(kind)));
}

// Also the closed ones: what their people did is answered for by whoever stands above.
Result<void> check_children(Transaction& transaction, const base::OrganisationId& id,
                            OrganisationKind kind) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT kind FROM organisations WHERE parent = ?1", {id.text()}));
  for (const auto& row : rows) {
    REGMARK_ASSIGN(const auto child, kind_of(row.text(0)));
    if (child >= kind) {
      return fail(ErrorCode::invalid_input, "a " + std::string(name(child)) +
                                                " is part of it, which cannot be of a " +
                                                std::string(name(kind)));
    }
  }
  return {};
}

Result<void> check_name(const OrganisationAbout& about) {
  if (about.name.find_first_of("\t\r\n") != std::string::npos) {
    return fail(ErrorCode::invalid_input, "a name is one line");
  }
  return base::check_words("the name", about.name, organisation_name_size_max);
}

Result<bool> there_are(Transaction& transaction, std::string_view sql,
                       const base::OrganisationId& id) {
  REGMARK_ASSIGN(const auto rows, transaction.run(sql, {id.text()}));
  return rows.front().integer(0) != 0;
}

}  // namespace

std::string_view name(OrganisationKind kind) {
  switch (kind) {
    case OrganisationKind::partner:
      return "partner";
    case OrganisationKind::force:
      return "force";
    case OrganisationKind::region:
      return "region";
    case OrganisationKind::national:
      return "national";
  }
  return "unknown";
}

Result<void> Organisations::add(const base::OrganisationId& id, const OrganisationAbout& about) {
  REGMARK_TRY(check_name(about));
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(check_parent(transaction, about));
    REGMARK_ASSIGN(
        const bool known,
        there_are(transaction, "SELECT EXISTS (SELECT 1 FROM organisations WHERE id = ?1)", id));
    if (known) return fail(ErrorCode::conflict, "this id is an organisation's already");
    REGMARK_ASSIGN(const auto count, transaction.run("SELECT COUNT(*) FROM organisations"));
    if (count.front().integer(0) >= static_cast<std::int64_t>(organisations_max)) {
      return fail(ErrorCode::limit_exceeded,
                  "at most " + std::to_string(organisations_max) + " organisations");
    }
    REGMARK_TRY(
        transaction.run("INSERT INTO organisations (id, kind, name, parent, taken_over, since) "
                        "VALUES (?1, ?2, ?3, ?4, 0, ?5)",
                        {id.text(), std::string(people::name(about.kind)), about.name,
                         parent_of(about), records::value_of(clock_.now())}));
    return {};
  });
}

Result<void> Organisations::change(const base::OrganisationId& id, const OrganisationAbout& about) {
  REGMARK_TRY(check_name(about));
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_ASSIGN(
        const bool known,
        there_are(transaction, "SELECT EXISTS (SELECT 1 FROM organisations WHERE id = ?1)", id));
    if (!known) return fail(ErrorCode::not_found, "there is no such organisation");
    // Its parent must be of a higher kind, and its parts of a lower: it is no part of itself.
    REGMARK_TRY(check_parent(transaction, about));
    REGMARK_TRY(check_children(transaction, id, about.kind));
    if (about.parent == id) {
      return fail(ErrorCode::invalid_input, "an organisation is no part of itself");
    }
    REGMARK_TRY(transaction.run(
        "UPDATE organisations SET kind = ?2, name = ?3, parent = ?4, taken_over = 0, until = NULL "
        "WHERE id = ?1",
        {id.text(), std::string(people::name(about.kind)), about.name, parent_of(about)}));
    return {};
  });
}

Result<void> Organisations::close(const base::OrganisationId& id) {
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(check_stands(transaction, id.text()));
    REGMARK_ASSIGN(const bool has_people,
                   there_are(transaction,
                             "SELECT EXISTS (SELECT 1 FROM people WHERE organisation = ?1 AND "
                             "active = 1)",
                             id));
    if (has_people) return fail(ErrorCode::conflict, "people belong to it: move them first");
    REGMARK_ASSIGN(const bool has_parts,
                   there_are(transaction,
                             "SELECT EXISTS (SELECT 1 FROM organisations WHERE parent = ?1 AND "
                             "until IS NULL)",
                             id));
    if (has_parts) return fail(ErrorCode::conflict, "others are part of it: change them first");
    REGMARK_TRY(transaction.run("UPDATE organisations SET until = ?2 WHERE id = ?1",
                                {id.text(), records::value_of(clock_.now())}));
    return {};
  });
}

Result<std::vector<OrganisationRecord>> Organisations::list() const {
  static constexpr std::string_view all =
      "SELECT id, kind, name, parent, taken_over, since, until, "
      "(SELECT COUNT(*) FROM people WHERE organisation = o.id AND active = 1) "
      "FROM organisations o ORDER BY id";
  return database_.read([](Transaction& transaction) -> Result<std::vector<OrganisationRecord>> {
    REGMARK_ASSIGN(const auto rows, transaction.run(all));
    std::vector<OrganisationRecord> organisations;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto id, id_of<base::OrganisationId>(row.text(0)));
      REGMARK_ASSIGN(const auto kind, kind_of(row.text(1)));
      std::optional<base::OrganisationId> parent;
      if (!row.is_null(3)) {
        REGMARK_ASSIGN(parent, id_of<base::OrganisationId>(row.text(3)));
      }
      organisations.push_back({.id = std::move(id),
                               .about = {kind, row.text(2), std::move(parent)},
                               .taken_over = row.integer(4) != 0,
                               .since = row.time(5),
                               .until = row.optional_time(6),
                               .people = static_cast<std::uint64_t>(row.integer(7))});
    }
    return organisations;
  });
}

}  // namespace regmark::people
