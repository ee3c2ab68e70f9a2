// What a force answers for to others: public versions of its impact assessments, its assessment of
// itself, what its cameras did against crime, and by which policies people decided.
#pragma once

#include <span>

#include "accountability/examples.h"
#include "accountability/policies.h"
#include "accountability/public_versions.h"
#include "accountability/self_assessments.h"
#include "estate/names_apart.h"
#include "records/database.h"

namespace regmark::accountability {

// The room's parts, on one database. May be used from many threads at once.
class Accountability {
 public:
  static std::span<const records::Migration> migrations();
  Accountability(records::Database& database, const base::Clock& clock)
      : public_versions(database, clock),
        self_assessments(database, clock),
        examples(database, clock),
        policies(database, clock),
        names_apart(database) {}

  PublicVersions public_versions;
  SelfAssessments self_assessments;
  Examples examples;
  Policies policies;
  estate::NamesApart names_apart;  // what no text for the public may hold either
};

}  // namespace regmark::accountability
