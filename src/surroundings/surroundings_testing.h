// The room with records, an audit log and a clock of its own. Never included by a program.
#pragma once

#include <string>
#include <string_view>

#include "audit/audit_testing.h"
#include "base/check.h"
#include "records/database_testing.h"
#include "surroundings/surroundings.h"

namespace regmark::surroundings {

struct TestSurroundings {
  TestSurroundings() { REGMARK_CHECK(database->migrate(Surroundings::migrations())); }
  audit::Receipt receipt(access::Act act, std::string_view subject = "") {
    return log.receipt_for(act, {.subject = std::string(subject)});
  }

  base::ManualClock clock;
  audit::TestLog log{clock};
  records::TestDatabase database;
  Surroundings room{*database, clock};
};

}  // namespace regmark::surroundings
