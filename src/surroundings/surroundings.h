// What is known of the places around cameras: people, vehicles, roads, crime; and the plans that
// were made from it.
#pragma once

#include <span>

#include "records/database.h"
#include "surroundings/data_sets.h"
#include "surroundings/kept_plans.h"

namespace regmark::surroundings {

// The room's parts, on one database. May be used from many threads at once.
class Surroundings {
 public:
  static std::span<const records::Migration> migrations();
  Surroundings(records::Database& database, const base::Clock& clock)
      : data_sets(database, clock), plans(database, clock) {}

  DataSets data_sets;
  KeptPlans plans;
};

}  // namespace regmark::surroundings
