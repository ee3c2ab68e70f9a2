#include "audit/log.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "audit/audit_testing.h"
#include "audit/checkpoint.h"
#include "base/files.h"

namespace regmark::audit {
namespace {

using access::Act;

Event event(std::string details = "{}") {
  return {.shown = {.operation = Operation::sign_in,
                    .act = "sign_in",
                    .day = base::parse_day("2026-03-29").value(),
                    .role = "operator",
                    .outcome = "done"},
          .details = std::move(details)};
}

void fill(Log& log, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    ASSERT_TRUE(log.record(event("{\"i\":" + std::to_string(i) + "}")));
  }
}

TEST(AuditLog, NumbersRecordsAndReadsThemBack) {
  TestLog test;
  const auto search = test.receipt_for(Act::search_sightings, {.plate = "AB12*"});
  EXPECT_EQ(search.number(), 0U);
  EXPECT_EQ(test.log().record(search, {.result = "done", .rows = 7}), 1U);
  const access::Request refused{.person = access::test_person("person-9", {}),
                                .act = Act::search_sightings,
                                .purpose = {},
                                .scope = {},
                                .now = test.clock.now()};
  EXPECT_EQ(test.log().record(refused, {.reasons = {"no reason given"}, .rules = {}}), 2U);
  EXPECT_EQ(test.machine_receipt(MachineVerb::drop).number(), 3U);
  EXPECT_EQ(test.log().record(event()), 4U);

  const auto auditor = test.receipt_for(Act::read_audit);
  const auto entries = test.log().read(auditor, 0, 100).value();
  ASSERT_EQ(entries.size(), 6U);
  EXPECT_EQ(entries[0].shown.operation, Operation::consultation);
  EXPECT_EQ(entries[0].shown.act, "search_sightings");
  EXPECT_EQ(entries[0].shown.role, "investigator");
  EXPECT_EQ(entries[0].at, test.clock.now());
  EXPECT_NE(entries[0].details.find("\"plate\":\"AB12*\""), std::string::npos);
  EXPECT_NE(entries[0].details.find("near a robbery"), std::string::npos);
  EXPECT_EQ(entries[1].details, R"({"receipt":0,"rows":7})");
  EXPECT_EQ(entries[2].shown.outcome, "refused");
  EXPECT_EQ(entries[2].shown.role, "nobody");
  EXPECT_EQ(entries[3].shown.operation, Operation::erasure);
  EXPECT_EQ(entries[5].number, 5U);
}

TEST(AuditLog, IsTheSameAfterItIsOpenedAgain) {
  // Round a bundle's end, and a bundle of bundles is too slow to fill here: see tiles_test.cc.
  for (const std::size_t count : {0U, 1U, 255U, 256U, 257U, 600U}) {
    SCOPED_TRACE(count);
    TestLog test;
    fill(test.log(), count);
    const auto before = test.log().checkpoint();
    test.reopen();
    EXPECT_EQ(test.log().size(), count);
    EXPECT_EQ(test.log().checkpoint(), before);
    const auto verified = verify(test.folder(), test.key().public_key);
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->size, count);
    EXPECT_EQ(verified->details_missing, 0U);
    EXPECT_EQ(open_checkpoint(before, test.key().public_key)->root, verified->root);
  }
}

}  // namespace
}  // namespace regmark::audit
