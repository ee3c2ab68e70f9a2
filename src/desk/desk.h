// What people do, one file for each act. Every act goes the same way: decide, record, do, record
// how it ended. A refusal is recorded like a permit, and is an answer like any other.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "access/decide.h"
#include "access/policy.h"
#include "alerts/alerts.h"
#include "alerts/camera_tally.h"
#include "audit/cosigned.h"
#include "audit/log.h"
#include "audit/opening.h"
#include "authority/authorities.h"
#include "backup/backups.h"
#include "base/time.h"
#include "camera_register/camera_register.h"
#include "drift/drift.h"
#include "estate/camera_book.h"
#include "estate/camera_keys.h"
#include "estate/estate.h"
#include "holds/holds.h"
#include "oversight/oversight.h"
#include "people/people.h"
#include "sightings/store.h"
#include "watchlist/lists.h"

namespace regmark::accountability {
class Accountability;
}
namespace regmark::people {
class IdentityProvider;
}
namespace regmark::surroundings {
class Surroundings;
}

namespace regmark::desk {

// The rooms that the acts reach into. Owned by the office, which outlives every act.
struct Desk {
  const access::Policy& policy;
  audit::Log& log;
  people::People& people;
  estate::Estate& estate;
  camera_register::CameraRegister& camera_register;
  watchlist::Lists& lists;
  sightings::Store& store;
  alerts::Alerts& alerts;
  authority::Authorities& authorities;
  holds::Holds& holds;
  estate::CameraKeys& camera_keys;
  estate::CameraBook& camera_book;
  alerts::CameraTallies& camera_tallies;
  drift::Drift& drift;
  drift::Samples& samples;
  oversight::Oversight& oversight;
  const audit::LogFolder& log_folder;
  backup::Backups& backups;
  accountability::Accountability& accountability;
  surroundings::Surroundings& surroundings;
  const base::Clock& clock;
  people::IdentityProvider* identity_provider = nullptr;  // none: passwords alone
  audit::Witnesses* witnesses = nullptr;                  // none: nobody signs the log beside us
};

// Who asks, as `people` knows them now, and what for.
struct Asker {
  access::Person person;
  access::Purpose purpose;
  base::UtcTime session_until;  // no permit outlives it
  // What a senior officer gave them for this, when they say so.
  std::optional<base::AuthorityId> authority{};
  std::string operation{};  // by the API's name for it, for the record
  // Whose roles, rank, training, line or organisation the act would change: never their own.
  std::optional<base::PersonId> whom{};
};

// It was allowed and done: the record of the permit, and what came of it.
template <typename T>
struct Done {
  // For std::in_place: clang 14 makes no aggregates from parentheses.
  Done(std::uint64_t receipt_number, base::UtcTime until, T what)
      : receipt(receipt_number), valid_until(until), value(std::move(what)) {}
  std::uint64_t receipt = 0;  // number of the permit's leaf in the log
  base::UtcTime valid_until;  // of the permit
  T value;
};

// It was not allowed: the record of the refusal, and the reasons.
struct Refused {
  std::uint64_t receipt = 0;  // number of the refusal's leaf in the log
  access::Refusal refusal;
};

template <typename T>
using Answer = std::variant<Done<T>, Refused>;

// The value of an act that gives none.
struct Nothing {};

}  // namespace regmark::desk
