// The room with records, an audit log and a clock of its own. Never included by a program.
#pragma once

#include <string>
#include <string_view>

#include "accountability/accountability.h"
#include "audit/audit_testing.h"
#include "base/check.h"
#include "base/time_testing.h"
#include "records/database_testing.h"

namespace regmark::accountability {

struct TestAccountability {
  TestAccountability() { REGMARK_CHECK(database->migrate(Accountability::migrations())); }
  audit::Receipt receipt(access::Act act, std::string_view subject = "",
                         std::string_view person = "person-test") {
    return log.receipt_for(act, {.subject = std::string(subject)}, person);
  }

  base::ManualClock clock;
  audit::TestLog log{clock};
  records::TestDatabase database;
  Accountability room{*database, clock};
};

}  // namespace regmark::accountability
