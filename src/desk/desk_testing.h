// Every room that a desk reaches into, real ones, in a folder of their own. Never included by a
// program.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/access_testing.h"
#include "accountability/accountability.h"
#include "audit/audit_testing.h"
#include "base/check.h"
#include "base/time_testing.h"
#include "desk/desk.h"
#include "people/people_testing.h"
#include "records/database_testing.h"
#include "surroundings/surroundings.h"

namespace regmark::desk {

// "done", the first reason of a refusal, or what went wrong.
template <typename T>
std::string words(const Result<Answer<T>>& answer) {
  if (!answer) return answer.error().message;
  if (const auto* refused = std::get_if<Refused>(&*answer)) return refused->refusal.reasons.front();
  return "done";
}

class TestDesk {
 public:
  // The policy outlives it.
  explicit TestDesk(const oversight::Settings& looked_after = {},
                    const access::Policy& policy = access::Policy::built_in())
      : oversight(*database, clock, looked_after, base::Key{}, [this] { return drawn; }) {
    REGMARK_CHECK(database->migrate(people::People::migrations()));
    REGMARK_CHECK(database->migrate(estate::Estate::migrations()));
    REGMARK_CHECK(database->migrate(estate::CameraBook::migrations()));
    REGMARK_CHECK(database->migrate(camera_register::CameraRegister::migrations()));
    REGMARK_CHECK(database->migrate(watchlist::Lists::migrations()));
    REGMARK_CHECK(database->migrate(alerts::Alerts::migrations()));
    REGMARK_CHECK(database->migrate(authority::Authorities::migrations()));
    REGMARK_CHECK(database->migrate(holds::Holds::migrations()));
    REGMARK_CHECK(database->migrate(drift::Drift::migrations()));
    REGMARK_CHECK(database->migrate(oversight::Oversight::migrations()));
    REGMARK_CHECK(database->migrate(accountability::Accountability::migrations()));
    REGMARK_CHECK(database->migrate(surroundings::Surroundings::migrations()));
    people.emplace(*database, clock, people::SignInRules{.key = base::Key{9}});
    people::add_test_force(*people);
    estate = estate::Estate::open(*database, clock).value();
    camera_keys = estate::CameraKeys::open(*database, clock).value();
    lists = watchlist::Lists::open(*database, clock).value();
    store =
        sightings::open_embedded({.folder = log.folder() / "sightings",
                                  .master_key = base::random_bytes<32>(),
                                  .short_slices = sightings::ShortSlices{std::chrono::minutes(30),
                                                                         std::chrono::minutes(10)}},
                                 clock)
            .value();
    alerts = alerts::Alerts::open(*database, clock).value();
    drift.emplace(*database, *estate, clock);
    backups = backup::Backups::open({log.log(), *database, *store, clock}, {},
                                    log.folder() / "backed", {})
                  .value();
    desk.emplace(Desk{
        policy,  failing_log, *people,    *estate,      camera_register, *lists,         *store,
        *alerts, authorities, holds,      *camera_keys, camera_book,     camera_tallies, *drift,
        samples, oversight,   log_folder, *backups,     accountability,  surroundings,   clock});
  }

  Asker asker(std::vector<access::Role> roles) const {
    return {access::test_person("person-test", std::move(roles)), access::test_purpose(),
            clock.now() + std::chrono::hours{8}};
  }
  // Somebody of their own.
  Asker person(std::string_view id, access::Role role, std::string rank = "") const {
    auto who = asker({role});
    who.person.id = base::PersonId::parse(id).value();
    who.person.rank = std::move(rank);
    return who;
  }
  // Everything on record, as an auditor reads it.
  std::vector<audit::Entry> records() {
    const auto size = log.log().size();
    return log.log().read(log.receipt_for(access::Act::read_audit), 0, size).value();
  }

  base::ManualClock clock{"2026-03-28T10:00:00Z"};
  audit::TestLog log{clock};
  audit::FailingLog failing_log{log.log()};
  records::TestDatabase database;
  std::optional<people::People> people;
  std::unique_ptr<estate::Estate> estate;
  std::unique_ptr<estate::CameraKeys> camera_keys;
  estate::CameraBook camera_book{*database, clock};
  alerts::CameraTallies camera_tallies{*database, clock};
  camera_register::CameraRegister camera_register{*database, clock};
  std::unique_ptr<watchlist::Lists> lists;
  std::unique_ptr<sightings::Store> store;
  std::unique_ptr<alerts::Alerts> alerts;
  authority::Authorities authorities{*database, clock};
  holds::Holds holds{*database, clock};
  std::optional<drift::Drift> drift;
  drift::Samples samples{*database, clock};
  audit::LogFolder log_folder{log.folder(), {"test", audit::KeyKind::log, log.key().public_key}};
  // What the next draws are; a sample is drawn below 5 of 100.
  std::uint64_t drawn = 99;
  oversight::Oversight oversight;
  std::unique_ptr<backup::Backups> backups;  // of no place
  accountability::Accountability accountability{*database, clock};
  surroundings::Surroundings surroundings{*database, clock};
  std::optional<Desk> desk;
};

}  // namespace regmark::desk
