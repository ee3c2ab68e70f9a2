#include "oversight/cases.h"

#include <gtest/gtest.h>

#include "oversight/oversight_testing.h"

namespace regmark::oversight {
namespace {

using access::Act;

constexpr std::string_view csv =
    "Reference,Category,Opened,Closed\n"
    "CR/1/26,serious,2026-01-02,\n"
    "cr/2/26,major,2026-01-02,\n"
    "CR/3/26,serious,2026-01-02,2026-03-27\n"
    "CR/4/26,,2026-01-02,2026-03-28\n";

std::string against(TestOversight& rooms, std::string_view reference) {
  auto purpose = access::test_purpose();
  purpose.reference = reference;
  const auto flag = rooms.room->cases.against(rooms.force, purpose).value();
  return flag ? std::string(name(*flag)) : "";
}

TEST(Cases, SayNothingUntilARegisterIsConnected) {
  TestOversight rooms;
  EXPECT_EQ(against(rooms, "CR/9/26"), "");
}

TEST(Cases, KnowWhatIsUnknownClosedOrOfAnotherCategory) {
  TestOversight rooms;
  const auto report = rooms.import_cases(csv);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->taken, 4U);
  EXPECT_EQ(against(rooms, "CR/1/26"), "");
  EXPECT_EQ(against(rooms, " cr/1/26 "), "");
  EXPECT_EQ(against(rooms, "CR/2/26"), "case_category");
  EXPECT_EQ(against(rooms, "CR/3/26"), "case_closed");
  EXPECT_EQ(against(rooms, "CR/4/26"), "");  // closed today: it was open this morning
  EXPECT_EQ(against(rooms, "CR/9/26"), "case_unknown");
}

TEST(Cases, AreReplacedAsAWholeOrNotAtAll) {
  TestOversight rooms;
  ASSERT_TRUE(rooms.import_cases(csv));
  EXPECT_EQ(outcome(rooms.import_cases("Reference\n\n")), "conflict");
  EXPECT_EQ(outcome(rooms.import_cases("Number\n1\n")), "invalid_input");
  EXPECT_EQ(outcome(rooms.room->cases.import(rooms.receipt(Act::change_cases, "other"), rooms.force,
                                             csv)),
            "invalid_input");
  EXPECT_EQ(against(rooms, "CR/1/26"), "");
  ASSERT_TRUE(rooms.import_cases("reference\nCR/9/26\n"));
  EXPECT_EQ(against(rooms, "CR/9/26"), "");
  EXPECT_EQ(against(rooms, "CR/1/26"), "case_unknown");
}

TEST(Cases, RowsThatCannotBeTakenAreNamedByTheirLine) {
  struct Case {
    std::string_view row, reason;
  };
  constexpr Case cases[] = {
      {",serious,2026-01-02,", "it has no reference"},
      {"CR/1/26,serious,02/01/2026,", "a day is not written as 2026-11-22"},
      {"CR/1/26,serious,2026-01-02,2026-01-01", "it was closed before it was opened"},
      {"CR/0/26,serious,,", "an earlier row has the same reference"},
      {"CR/1/26,serious", "it has not as many fields as the first row"},
  };
  for (const auto& [row, reason] : cases) {
    SCOPED_TRACE(row);
    const auto read =
        read_cases("reference,category,opened,closed\nCR/0/26,,,\n" + std::string(row));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->report.taken, 1U);
    ASSERT_EQ(read->report.rejected.size(), 1U);
    EXPECT_EQ(read->report.rejected[0].line, 3U);
    EXPECT_EQ(read->report.rejected[0].reason, reason);
  }
}

}  // namespace
}  // namespace regmark::oversight
