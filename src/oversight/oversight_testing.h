// The room on a database of its own, with receipts of a real log. Never included by a program.
#pragma once

#include <optional>
#include <string>

#include "audit/audit_testing.h"
#include "base/time_testing.h"
#include "oversight/oversight.h"
#include "records/database_testing.h"

namespace regmark::oversight {

inline constexpr std::uint64_t drawn = 0;       // for review
inline constexpr std::uint64_t not_drawn = 99;  // of a hundred

class TestOversight {
 public:
  explicit TestOversight(Settings settings = {}) {
    REGMARK_CHECK(database->migrate(Oversight::migrations()));
    REGMARK_CHECK(database->migrate(holds::Holds::migrations()));
    REGMARK_CHECK(database->migrate(authority::Authorities::migrations()));
    room.emplace(*database, clock, settings, base::Key{1, 2, 3}, [this] { return draw; });
  }

  audit::Receipt receipt(access::Act act, std::string subject = {},
                         std::string_view person = "reviewer") {
    access::Scope scope;
    scope.subject = std::move(subject);
    return log.receipt_for(act, std::move(scope), person);
  }

  // A search by this person with this purpose, noted.
  Result<Noted> search(std::string_view person, const access::Purpose& purpose,
                       Looked looked = {}) {
    const auto now = clock.now();
    looked.scope.window = access::Window{now - std::chrono::hours{24}, now};
    if (looked.scope.plate.empty()) looked.scope.plate = "AB12CDE";
    auto scope = looked.scope;
    scope.rows_max = 100;
    const auto permit = access::permit_or_stop(access::decide(
        access::wide_policy(), {.person = access::test_person(person, {access::Role::investigator}),
                                .act = access::Act::search_sightings,
                                .purpose = purpose,
                                .scope = std::move(scope),
                                .now = now}));
    return room->searches.note(log.log().record(permit).value(), looked);
  }
  Result<ImportReport> import_cases(std::string_view csv) {
    return room->cases.import(receipt(access::Act::change_cases, force.text()), force, csv);
  }
  std::vector<Review> reviews(std::string_view person = "reviewer", std::string_view line = "") {
    return room->reviews.list(receipt(access::Act::read_reviews, "", person), line, 1'000).value();
  }

  const base::OrganisationId force = base::OrganisationId::parse("test-force").value();
  base::ManualClock clock{"2026-03-28T10:00:00Z"};
  audit::TestLog log{clock};
  records::TestDatabase database;
  std::uint64_t draw = not_drawn;
  std::optional<Oversight> room;
};

template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "ok" : std::string(regmark::name(result.error().code));
}

}  // namespace regmark::oversight
