// Oversight that somebody does: what was searched is noted, drawn for review, and weighed.
#pragma once

#include <span>

#include "oversight/cases.h"
#include "oversight/erasures.h"
#include "oversight/follow_ups.h"
#include "oversight/household.h"
#include "oversight/reviews.h"
#include "oversight/searches.h"
#include "oversight/settings.h"
#include "oversight/subjects.h"
#include "records/database.h"

namespace regmark::oversight {

// The room's parts, on one database. May be used from many threads at once.
struct Oversight {
  static std::span<const records::Migration> migrations();
  // `key` hides the plates of colleagues: it is not in the database.
  Oversight(records::Database& database, const base::Clock& clock, const Settings& how,
            const base::Key& key, const Draw& draw = draw_from_system)
      : settings(how),
        searches(database, clock, how, draw),
        reviews(database, clock, how),
        follow_ups(database, clock, how),
        cases(database, clock),
        household(database, clock, key),
        subjects(database, clock),
        erasures(database, clock) {}

  const Settings settings;
  Searches searches;
  Reviews reviews;
  FollowUps follow_ups;
  Cases cases;
  Household household;
  Subjects subjects;
  Erasures erasures;
};

}  // namespace regmark::oversight
