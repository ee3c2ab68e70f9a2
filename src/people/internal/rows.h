// Pieces of transactions that more than one call needs.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/decide.h"
#include "base/ids.h"
#include "base/result.h"
#include "records/database.h"

namespace regmark::people {

Result<std::vector<access::Role>> roles_of(records::Transaction& transaction,
                                           const std::string& person);
// In place of those they had; one given twice counts once.
Result<void> put_roles(records::Transaction& transaction, const std::string& person,
                       std::span<const access::Role> roles);
// The rank and what was learnt, likewise.
Result<void> put_standing(records::Transaction& transaction, const std::string& person,
                          std::string_view rank, std::span<const access::Training> training);
// A person as `access` knows one, and how they are shown; not_found: no such active person.
Result<std::pair<access::Person, std::string>> active_person(records::Transaction& transaction,
                                                             const std::string& person);
Result<std::vector<access::Training>> training_of(records::Transaction& transaction,
                                                  const std::string& person);
// not_found: no such organisation stands.
Result<void> check_stands(records::Transaction& transaction, const std::string& organisation);
// Those that this one is part of, nearest first; and those that are part of it, the closed ones
// too: what their people did is still answered for.
Result<std::vector<base::OrganisationId>> above(records::Transaction& transaction,
                                                const std::string& organisation);
Result<std::vector<base::OrganisationId>> below(records::Transaction& transaction,
                                                const std::string& organisation);
Result<void> end_sessions(records::Transaction& transaction, const std::string& person);
// These, and what was handed out until now for showing who they are: tickets.
Result<void> end_all(records::Transaction& transaction, const std::string& person,
                     base::UtcTime now);
// Whether it was handed out before that.
Result<bool> is_ended(records::Transaction& transaction, const std::string& person,
                      base::UtcTime handed_out);
// All but the one of this token: they were opened with less than is asked for from now on.
Result<void> end_other_sessions(records::Transaction& transaction, const std::string& person,
                                const base::Bytes& token_hash);

// An id from the database; another text there is damage.
template <typename Id>
Result<Id> id_of(const std::string& text) {
  auto id = Id::parse(text);
  if (!id) return fail(ErrorCode::corrupt, "the records hold an id that is none");
  return id;
}

}  // namespace regmark::people
