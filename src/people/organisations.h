// Organisations, and which is part of which: a force of a region, a region of the nation. Whoever
// signs in belongs to one of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "records/database.h"

namespace regmark::people {

// An organisation may be part of one further down this list only: so the tree has no loops.
enum class OrganisationKind : std::uint8_t { partner, force, region, national };

inline constexpr OrganisationKind all_organisation_kinds[] = {
    OrganisationKind::partner, OrganisationKind::force, OrganisationKind::region,
    OrganisationKind::national};

std::string_view name(OrganisationKind kind);

// Of one office; there are under fifty forces.
inline constexpr std::size_t organisations_max = 1'000;
inline constexpr std::size_t organisation_name_size_max = 128;

struct OrganisationAbout {
  OrganisationKind kind = OrganisationKind::force;
  std::string name;
  std::optional<base::OrganisationId> parent{};  // that it is part of; none: of nothing
};

struct OrganisationRecord {
  base::OrganisationId id;
  OrganisationAbout about;
  // Known only because people named it, from before there were records: nobody said what it is.
  bool taken_over = false;
  base::UtcTime since;
  std::optional<base::UtcTime> until{};  // it stands while there is none
  std::uint64_t people = 0;              // active ones that belong to it
};

// May be used from many threads at once. Keeps references to database and clock. The tables are
// those of People::migrations(). Every change is durable on return, and works at once, also for
// open sessions. Every call can also fail as the database does: unavailable, corrupt.
class Organisations {
 public:
  Organisations(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Fails with
  //   invalid_input    the name is blank, too long or not printable; the parent's kind is not above
  //   not_found        no such parent stands
  //   conflict         the id is known, also when it is of one that was closed
  //   limit_exceeded   there are organisations_max
  Result<void> add(const base::OrganisationId& id, const OrganisationAbout& about);
  // Says anew what it is; it is taken over no longer. One that was closed stands again: what its
  // people left to be reviewed, or hold, is nobody else's. Fails with
  //   invalid_input    as add(), or one that is part of it would not be below it any more
  //   not_found        there is no such organisation, or no such parent stands
  Result<void> change(const base::OrganisationId& id, const OrganisationAbout& about);
  // Fails with
  //   not_found        no such organisation stands
  //   conflict         people belong to it, or one that stands is part of it
  Result<void> close(const base::OrganisationId& id);
  // In the order of their ids, the closed ones too.
  Result<std::vector<OrganisationRecord>> list() const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

}  // namespace regmark::people
