#include "oversight/household.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "oversight/oversight_testing.h"

namespace regmark::oversight {
namespace {

using access::Act;

Match find(TestOversight& rooms, std::string_view pattern, std::string_view person) {
  return rooms.room->household.vehicles(rooms.receipt(Act::read_signals))
      .value()
      .find(pattern, base::PersonId::parse(person).value());
}

TEST(Household, KnowsAVehicleAndWhoseItIs) {
  TestOversight rooms;
  const auto report = rooms.room->household.import_vehicles(
      rooms.receipt(Act::change_household),
      "plate,person\nab12 cde,ann\nAB12CDE,bob\nCD34EFG,bob\n");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->taken, 3U);
  struct Case {
    std::string_view pattern, person;
    Match want;
  };
  constexpr Case cases[] = {
      {"AB12CDE", "ann", Match::own},
      {"AB12CDE", "bob", Match::own},
      {"AB12CDE", "cat", Match::colleague},
      {"ab12 cde", "cat", Match::colleague},
      {"CD34EFG", "ann", Match::colleague},
      {"ZZ99ZZZ", "ann", Match::none},
      {"", "ann", Match::none},
      {"AB12CD?", "cat", Match::colleague},
      {"?B12CD?", "cat", Match::colleague},
      {"AB12C*", "cat", Match::colleague},
      {"AB12CDE*", "ann", Match::own},
      {"AB1*", "cat", Match::none},  // too open to tell
      {"AB1???E", "cat", Match::none},
      {"??", "cat", Match::none},
  };
  for (const auto& [pattern, person, want] : cases) {
    SCOPED_TRACE(std::string(pattern) + " " + std::string(person));
    EXPECT_EQ(find(rooms, pattern, person), want);
  }
}

TEST(Household, StandsInTheDatabaseAsHashesOnly) {
  TestOversight rooms;
  ASSERT_TRUE(rooms.room->household.import_vehicles(rooms.receipt(Act::change_household),
                                                    "plate,person\nAB12CDE,person-ann\n"));
  for (const auto& file : std::filesystem::directory_iterator(rooms.database.folder())) {
    const auto bytes = base::read_file(file.path(), std::size_t{64} << 20U).value();
    const auto text = base::as_text(bytes);
    EXPECT_EQ(text.find("AB12CDE"), std::string::npos) << file.path();
    EXPECT_EQ(text.find("person-ann"), std::string::npos) << file.path();
  }
  // Under another key, the same file knows nothing.
  Household other(*rooms.database, rooms.clock, base::Key{9});
  EXPECT_EQ(other.vehicles(rooms.receipt(Act::read_signals))
                .value()
                .find("AB12CDE", base::PersonId::parse("x").value()),
            Match::none);
}

TEST(Household, IsReplacedAndSaysWhatItCouldNotTake) {
  TestOversight rooms;
  const auto import = [&](std::string_view csv) {
    return rooms.room->household.import_vehicles(rooms.receipt(Act::change_household), csv);
  };
  ASSERT_TRUE(import("plate,person\nAB12CDE,ann\n"));
  const auto report = import("plate,person\nCD34EFG,ann\n!!,ann\nEF56GHJ,\n");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->taken, 1U);
  EXPECT_EQ(report->rejected_count, 2U);
  EXPECT_EQ(find(rooms, "AB12CDE", "x"), Match::none);
  EXPECT_EQ(find(rooms, "CD34EFG", "x"), Match::colleague);
  EXPECT_EQ(outcome(import("person\nann\n")), "invalid_input");
  EXPECT_EQ(find(rooms, "CD34EFG", "x"), Match::colleague);
  EXPECT_EQ(
      outcome(rooms.room->household.import_vehicles(rooms.receipt(Act::read_signals), "plate")),
      "invalid_input");
  EXPECT_EQ(outcome(rooms.room->household.vehicles(rooms.receipt(Act::change_household))),
            "invalid_input");
}

TEST(Household, KeepsTimesOnDuty) {
  TestOversight rooms;
  const auto report = rooms.room->household.import_duty(
      rooms.receipt(Act::change_household),
      "person,from,until\nann,2026-03-28T08:00:00Z,2026-03-28T16:00:00Z\n"
      "ann,2026-03-27T08:00:00Z,2026-03-27T16:00:00Z\n"
      "bob,2026-03-28T08:00:00Z,2026-03-28T07:00:00Z\n"
      "bob,2026-03-01T08:00:00Z,2026-04-01T08:00:00Z\n");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->taken, 2U);
  EXPECT_EQ(report->rejected_count, 2U);
  const auto duty =
      rooms.room->household
          .duty(rooms.receipt(Act::read_signals), base::parse_utc("2026-03-28T00:00:00Z").value())
          .value();
  ASSERT_EQ(duty.size(), 1U);
  EXPECT_EQ(duty.begin()->second.size(), 1U);
}

}  // namespace
}  // namespace regmark::oversight
