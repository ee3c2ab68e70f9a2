// Who there is. Signing in is in sign_in.cc.
#include "people/people.h"

#include <algorithm>

#include "base/words.h"
#include "people/internal/account_news.h"
#include "people/internal/factors.h"
#include "people/internal/rows.h"
#include "people/internal/secrets.h"
#include "people/internal/security_keys.h"

namespace regmark::people {
namespace {

using records::Transaction;

constexpr std::string_view first_name = "administrator";

Result<void> check_roles(std::span<const access::Role> roles) {
  if (const auto pair = access::held_together(roles)) {
    return fail(ErrorCode::invalid_input, "one person may not be both " +
                                              std::string(access::name(pair->first)) + " and " +
                                              std::string(access::name(pair->second)));
  }
  return {};
}

Result<void> check(const NewPerson& person) {
  const auto& name = person.sign_in_name;
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  if (name.empty() || name.size() > base::id_length_max || !std::ranges::all_of(name, fits)) {
    return fail(ErrorCode::invalid_input,
                "a sign-in name is 1 to 64 of a-z, 0-9, '.', '_' and '-'");
  }
  const auto& shown = person.display_name;
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  if (shown.find_first_not_of(' ') == std::string::npos || shown.size() > display_name_size_max ||
      std::ranges::any_of(shown, is_control)) {
    return fail(ErrorCode::invalid_input, "a display name is 1 to 128 bytes of printable text");
  }
  return check_roles(person.roles);
}

Result<void> check_is_active(Transaction& transaction, const base::PersonId& person) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT 1 FROM people WHERE id = ?1 AND active = 1", {person.text()}));
  if (rows.empty()) return fail(ErrorCode::not_found, "there is no such active person");
  return {};
}

// Somebody else must be able to change people, or nobody ever will again. Whoever never chose a
// password, nor was vouched for by the identity provider, has yet to show that they can sign in.
Result<void> check_is_not_last(Transaction& transaction, const base::PersonId& person) {
  static constexpr std::string_view others =
      "SELECT COUNT(*) FROM people JOIN person_roles ON person = id "
      "WHERE role = 'administrator' AND active = 1 AND id <> ?1 AND (password_hash IS NOT NULL "
      "OR EXISTS (SELECT 1 FROM provider_subjects WHERE provider_subjects.person = id))";
  REGMARK_ASSIGN(const auto held, roles_of(transaction, person.text()));
  if (std::ranges::find(held, access::Role::administrator) == held.end()) return {};
  REGMARK_ASSIGN(const auto rows, transaction.run(others, {person.text()}));
  if (rows.front().integer(0) > 0) return {};
  return fail(ErrorCode::conflict,
              "this is the last administrator who has signed in: another must choose a password "
              "first");
}

// Puts a new code in the place of password and sessions.
Result<std::string> put_code(Transaction& transaction, const std::string& person,
                             base::UtcTime now) {
  auto code = new_code();
  REGMARK_TRY(transaction.run(
      "UPDATE people SET password_hash = NULL, code_hash = ?2, code_until = ?3 WHERE id = ?1",
      {person, hash_of_code(code), records::value_of(now + code_time)}));
  REGMARK_TRY(end_all(transaction, person, now));
  return code;
}

// Whoever the name means at the identity provider next time is them.
Result<void> forget_subject(Transaction& transaction, const std::string& person) {
  REGMARK_TRY(transaction.run("DELETE FROM provider_subjects WHERE person = ?1", {person}));
  return {};
}

// Of anybody, also when their access is over.
Result<std::string> column_of(records::Database& database, const char* column,
                              const base::PersonId& person) {
  return database.read([&](Transaction& transaction) -> Result<std::string> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT " + std::string(column) + " FROM people WHERE id = ?1",
                                   {person.text()}));
    if (rows.empty()) return fail(ErrorCode::not_found, "there is no such person");
    return rows.front().text(0);
  });
}

}  // namespace

People::People(records::Database& database, const base::Clock& clock, SignInRules rules)
    : database_(database),
      clock_(clock),
      rules_(std::move(rules)),
      key_(rules_.key.value_or(base::Key{})),
      organisations_(database, clock) {}

Result<std::optional<std::string>> People::make_first_administrator() {
  const NewPerson first{.sign_in_name = std::string(first_name),
                        .display_name = "First administrator",
                        .organisation = base::OrganisationId::parse("office").value(),
                        .roles = {access::Role::administrator}};
  REGMARK_ASSIGN(const auto there, list());
  if (there.empty()) {
    // A crash may have left it without anybody.
    const auto made = organisations_.add(first.organisation, {.name = "This office"});
    if (!made && made.error().code != ErrorCode::conflict) {
      return tl::unexpected<Error>(made.error());
    }
    REGMARK_ASSIGN(auto added, add(first));
    return std::move(added.second);
  }
  const auto& only = there.front();
  if (there.size() > 1 || only.has_password || only.about.sign_in_name != first_name) {
    return std::nullopt;
  }
  REGMARK_ASSIGN(auto code, reset(only.id));
  return code;
}

Result<std::pair<base::PersonId, std::string>> People::add(const NewPerson& person) {
  REGMARK_TRY(check(person));
  const auto id = base::PersonId::random();
  const auto now = clock_.now();
  using Added = std::pair<base::PersonId, std::string>;
  auto added = database_.write([&](Transaction& transaction) -> Result<Added> {
    REGMARK_TRY(check_stands(transaction, person.organisation.text()));
    REGMARK_TRY(transaction.run(
        "INSERT INTO people (id, sign_in_name, display_name, organisation, active, created_at) "
        "VALUES (?1, ?2, ?3, ?4, 1, ?5)",
        {id.text(), person.sign_in_name, person.display_name, person.organisation.text(),
         records::value_of(now)}));
    REGMARK_TRY(put_roles(transaction, id.text(), person.roles));
    REGMARK_TRY(put_standing(transaction, id.text(), person.rank, person.training));
    REGMARK_ASSIGN(auto code, put_code(transaction, id.text(), now));
    return Added{id, std::move(code)};
  });
  if (!added && added.error().code == ErrorCode::conflict) {
    return fail(ErrorCode::conflict, "this sign-in name is taken");
  }
  return added;
}

Result<void> People::set_roles(const base::PersonId& person, std::span<const access::Role> roles) {
  REGMARK_TRY(check_roles(roles));
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(check_is_active(transaction, person));
    if (std::ranges::find(roles, access::Role::administrator) == roles.end()) {
      REGMARK_TRY(check_is_not_last(transaction, person));
    }
    return put_roles(transaction, person.text(), roles);
  });
}

Result<void> People::set_standing(const base::PersonId& person, std::string_view rank,
                                  std::span<const access::Training> training) {
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(check_is_active(transaction, person));
    return put_standing(transaction, person.text(), rank, training);
  });
}

Result<void> People::move(const base::PersonId& person, const base::OrganisationId& organisation) {
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(check_is_active(transaction, person));
    REGMARK_TRY(check_stands(transaction, organisation.text()));
    REGMARK_TRY(transaction.run("UPDATE people SET organisation = ?2 WHERE id = ?1",
                                {person.text(), organisation.text()}));
    return end_sessions(transaction, person.text());
  });
}

Result<void> People::set_line(const base::PersonId& person, std::string_view line) {
  REGMARK_TRY(base::check_printable("the line", line, line_size_max));
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(check_is_active(transaction, person));
    REGMARK_TRY(transaction.run("UPDATE people SET line = ?2 WHERE id = ?1",
                                {person.text(), std::string(line)}));
    return {};
  });
}

Result<std::string> People::line(const base::PersonId& person) const {
  return column_of(database_, "line", person);
}

Result<access::Person> People::find(const base::PersonId& person) const {
  return database_.read([&](Transaction& transaction) -> Result<access::Person> {
    REGMARK_ASSIGN(auto found, active_person(transaction, person.text()));
    return std::move(found.first);
  });
}

Result<std::optional<base::PersonId>> People::person_named(std::string_view sign_in_name) const {
  using Maybe = std::optional<base::PersonId>;
  return database_.read([&](Transaction& transaction) -> Result<Maybe> {
    REGMARK_ASSIGN(const auto rows, transaction.run("SELECT id FROM people WHERE sign_in_name = ?1",
                                                    {std::string(sign_in_name)}));
    if (rows.empty()) return Maybe();
    REGMARK_ASSIGN(auto id, id_of<base::PersonId>(rows.front().text(0)));
    return Maybe(std::move(id));
  });
}

Result<std::string> People::sign_in_name(const base::PersonId& person) const {
  return column_of(database_, "sign_in_name", person);
}

Result<std::string> People::display_name(const base::PersonId& person) const {
  return column_of(database_, "display_name", person);
}

Result<void> People::deactivate(const base::PersonId& person) {
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(check_is_active(transaction, person));
    REGMARK_TRY(check_is_not_last(transaction, person));
    REGMARK_TRY(transaction.run(
        "UPDATE people SET active = 0, password_hash = NULL, code_hash = NULL WHERE id = ?1",
        {person.text()}));
    REGMARK_TRY(remove_factors(transaction, person.text()));
    REGMARK_TRY(forget_subject(transaction, person.text()));
    REGMARK_TRY(forget_news(transaction, person.text()));
    return end_sessions(transaction, person.text());
  });
}

Result<std::string> People::reset(const base::PersonId& person) {
  return database_.write([&](Transaction& transaction) -> Result<std::string> {
    REGMARK_TRY(check_is_active(transaction, person));
    REGMARK_TRY(forget_subject(transaction, person.text()));
    const auto now = clock_.now();
    REGMARK_TRY(note_change(transaction, person.text(), AccountChange::password_reset, now));
    return put_code(transaction, person.text(), now);
  });
}

Result<void> People::remove_second_factor(const base::PersonId& person) {
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(check_is_active(transaction, person));
    REGMARK_TRY(remove_factors(transaction, person.text()));
    const auto now = clock_.now();
    REGMARK_TRY(note_change(transaction, person.text(), AccountChange::factors_removed, now));
    return end_all(transaction, person.text(), now);
  });
}

Result<std::vector<PersonRecord>> People::list() const {
  static constexpr std::string_view all =
      "SELECT id, sign_in_name, display_name, organisation, active, password_hash IS NOT NULL, "
      "rank, line "
      "FROM people ORDER BY sign_in_name";
  return database_.read([](Transaction& transaction) -> Result<std::vector<PersonRecord>> {
    REGMARK_ASSIGN(const auto rows, transaction.run(all));
    std::vector<PersonRecord> people;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto id, id_of<base::PersonId>(row.text(0)));
      REGMARK_ASSIGN(auto organisation, id_of<base::OrganisationId>(row.text(3)));
      REGMARK_ASSIGN(auto roles, roles_of(transaction, row.text(0)));
      REGMARK_ASSIGN(auto training, training_of(transaction, row.text(0)));
      REGMARK_ASSIGN(const bool has_second_factor, has_factor(transaction, row.text(0)));
      REGMARK_ASSIGN(auto keys, keys_of(transaction, row.text(0)));
      people.push_back({.id = std::move(id),
                        .about = {.sign_in_name = row.text(1),
                                  .display_name = row.text(2),
                                  .organisation = std::move(organisation),
                                  .roles = std::move(roles),
                                  .rank = row.text(6),
                                  .training = std::move(training)},
                        .active = row.integer(4) != 0,
                        .has_password = row.integer(5) != 0,
                        .line = row.text(7),
                        .has_second_factor = has_second_factor,
                        .security_keys = std::move(keys)});
    }
    return people;
  });
}

}  // namespace regmark::people
