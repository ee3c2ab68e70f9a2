#include "oversight/household.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "oversight/oversight_testing.h"

namespace regmark::oversight {
namespace {

using access::Act;

// Everybody whom these tests know, by id and by the name they sign in with.
std::optional<base::PersonId> who_is(std::string_view named) {
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"ann", "person-ann"}, {"bob", "person-bob"}, {"cat", "person-cat"}};
  for (const auto& [name, id] : names) {
    if (named == name || named == id) return base::PersonId::parse(id).value();
  }
  return std::nullopt;
}

Match find(TestOversight& rooms, std::string_view pattern, std::string_view person) {
  return rooms.room->household.vehicles(rooms.receipt(Act::read_signals))
      .value()
      .find(pattern, base::PersonId::parse(person).value());
}

TEST(Household, KnowsAVehicleAndWhoseItIs) {
  TestOversight rooms;
  const auto report = rooms.room->household.import_vehicles(
      rooms.receipt(Act::change_household), who_is,
      "plate,person\nab12 cde,ann\nAB12CDE,person-bob\nCD34EFG,bob\n");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->taken, 3U);
  struct Case {
    std::string_view pattern, person;
    Match want;
  };
  constexpr Case cases[] = {
      {"AB12CDE", "person-ann", Match::own},
      {"AB12CDE", "person-bob", Match::own},
      {"AB12CDE", "person-cat", Match::colleague},
      {"ab12 cde", "person-cat", Match::colleague},
      {"CD34EFG", "person-ann", Match::colleague},
      {"ZZ99ZZZ", "person-ann", Match::none},
      {"", "person-ann", Match::none},
      {"AB12CD?", "person-cat", Match::colleague},
      {"?B12CD?", "person-cat", Match::colleague},
      {"AB12C*", "person-cat", Match::colleague},
      {"AB12CDE*", "person-ann", Match::own},
      {"AB1*", "person-cat", Match::none},  // too open to tell
      {"AB1???E", "person-cat", Match::none},
      {"??", "person-cat", Match::none},
  };
  for (const auto& [pattern, person, want] : cases) {
    SCOPED_TRACE(std::string(pattern) + " " + std::string(person));
    EXPECT_EQ(find(rooms, pattern, person), want);
  }
}

TEST(Household, StandsInTheDatabaseAsHashesOnly) {
  TestOversight rooms;
  ASSERT_TRUE(rooms.room->household.import_vehicles(rooms.receipt(Act::change_household), who_is,
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
    return rooms.room->household.import_vehicles(rooms.receipt(Act::change_household), who_is, csv);
  };
  ASSERT_TRUE(import("plate,person\nAB12CDE,ann\n"));
  const auto report = import("plate,person\nCD34EFG,ann\n!!,ann\nEF56GHJ,\nGH78JKL,zoe\n");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->taken, 1U);
  ASSERT_EQ(report->rejected_count, 3U);
  EXPECT_EQ(report->rejected[2].line, 5U);
  EXPECT_EQ(report->rejected[2].reason, "nobody has this sign-in name or id");
  EXPECT_EQ(find(rooms, "GH78JKL", "x"), Match::none);
  EXPECT_EQ(find(rooms, "AB12CDE", "x"), Match::none);
  EXPECT_EQ(find(rooms, "CD34EFG", "x"), Match::colleague);
  EXPECT_EQ(outcome(import("person\nann\n")), "invalid_input");
  EXPECT_EQ(find(rooms, "CD34EFG", "x"), Match::colleague);
  EXPECT_EQ(outcome(rooms.room->household.import_vehicles(rooms.receipt(Act::read_signals), who_is,
                                                          "plate")),
            "invalid_input");
  EXPECT_EQ(outcome(rooms.room->household.vehicles(rooms.receipt(Act::change_household))),
            "invalid_input");
}

// One that was cut short, or is another file.
TEST(Household, StaysAsItWasWhenNoRowCanBeTaken) {
  TestOversight rooms;
  auto& household = rooms.room->household;
  const auto receipt = rooms.receipt(Act::change_household);
  ASSERT_TRUE(household.import_vehicles(receipt, who_is, "plate,person\nAB12CDE,ann\n"));
  ASSERT_TRUE(household.import_duty(
      receipt, who_is, "person,from,until\nann,2026-03-28T08:00:00Z,2026-03-28T16:00:00Z\n"));
  for (const auto* csv :
       {"plate,person\n", "plate,person\n!!,ann\n", "plate,person\nAB12CDE,zoe\n"}) {
    SCOPED_TRACE(csv);
    EXPECT_EQ(outcome(household.import_vehicles(receipt, who_is, csv)), "conflict");
  }
  for (const auto* csv : {"person,from,until\n", "person,from,until\nann,,\n",
                          "person,from,until\nzoe,2026-03-28T08:00:00Z,2026-03-28T16:00:00Z\n"}) {
    SCOPED_TRACE(csv);
    const auto report = household.import_duty(receipt, who_is, csv);
    EXPECT_EQ(outcome(report), "conflict");
  }
  EXPECT_NE(household.import_vehicles(receipt, who_is, "plate,person\nAB12CDE,zoe\n")
                .error()
                .message.find("Line 2: nobody has"),
            std::string::npos);
  EXPECT_EQ(find(rooms, "AB12CDE", "person-ann"), Match::own);
  const auto from = base::parse_utc("2026-03-28T00:00:00Z").value();
  EXPECT_EQ(household.duty(rooms.receipt(Act::read_signals), from)->size(), 1U);
}

TEST(Household, KeepsTimesOnDuty) {
  TestOversight rooms;
  const auto report = rooms.room->household.import_duty(
      rooms.receipt(Act::change_household), who_is,
      "person,from,until\nann,2026-03-28T08:00:00Z,2026-03-28T16:00:00Z\n"
      "ann,2026-03-27T08:00:00Z,2026-03-27T16:00:00Z\n"
      "bob,2026-03-28T08:00:00Z,2026-03-28T07:00:00Z\n"
      "bob,2026-03-01T08:00:00Z,2026-04-01T08:00:00Z\n"
      "zoe,2026-03-28T08:00:00Z,2026-03-28T16:00:00Z\n");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->taken, 2U);
  EXPECT_EQ(report->rejected_count, 3U);
  const auto duty =
      rooms.room->household
          .duty(rooms.receipt(Act::read_signals), base::parse_utc("2026-03-28T00:00:00Z").value())
          .value();
  ASSERT_EQ(duty.size(), 1U);
  EXPECT_EQ(duty.begin()->first.text(), "person-ann");
  EXPECT_EQ(duty.begin()->second.size(), 1U);
}

}  // namespace
}  // namespace regmark::oversight
