// What was seen: no more of it than the policy lets one question have, in however many pages.
#include "desk/find_sightings.h"

#include <gtest/gtest.h>

#include "desk/desk_testing.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"

namespace regmark::desk {
namespace {

using access::Role;
using std::chrono::hours;
using std::chrono::minutes;

access::Policy with_rows(std::string_view rows) {
  std::string text = access::Policy::built_in().text();
  constexpr std::string_view before = "rows_max = 10_000";
  for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
    text.replace(at, before.size(), rows);
  }
  return access::Policy::parse(text).value();
}

class FoundSightings : public ::testing::Test {
 protected:
  FoundSightings() {
    const auto justification = estate::TestJustifications::fixed("cam-1");
    std::vector<sightings::NewSighting> passings;
    for (int at = 1; at <= 9; ++at) {
      const auto time = base::format_utc(rooms_.clock.now() - minutes{at});
      auto read = plate::a_read("cam-1", "AB12CDE", time);
      read.source_event = std::to_string(at);
      read.id = plate::ReadId::of(read.camera, read.source_event);
      passings.push_back({std::move(read), {}});
    }
    const std::vector<sightings::CameraBatch> batches{{justification, passings}};
    REGMARK_CHECK(rooms_.store->append(batches).has_value());
  }
  sightings::Query query(std::size_t rows) const {
    const auto now = rooms_.clock.now();
    return {.plate = "AB12CDE", .window = access::Window{now - hours{2}, now}, .rows = rows};
  }
  auto ask(const sightings::Query& query) {
    return find_sightings(*rooms_.desk, rooms_.asker({Role::investigator}), query);
  }

  const access::Policy policy_ = with_rows("rows_max = 5");
  TestDesk rooms_{{}, policy_};
};

TEST_F(FoundSightings, AreNoMoreThanThePolicyLetsOneQuestionHave) {
  EXPECT_EQ(words(ask(query(6))), "say how many rows at most, up to 5");
  auto asked = query(2);
  std::size_t rows = 0;
  for (int page = 0; page < 2; ++page) {
    const auto answer = ask(asked);
    ASSERT_EQ(words(answer), "done");
    const auto& found = std::get<Done<sightings::Page>>(*answer).value;
    rows += found.reads.size();
    asked.after = found.next;
  }
  EXPECT_EQ(rows, 4U);
  EXPECT_EQ(words(ask(asked)), "4 of 5 rows were given: ask for 1 at most");
  asked.rows = 1;
  const auto last = ask(asked);
  ASSERT_EQ(words(last), "done");
  asked.after = std::get<Done<sightings::Page>>(*last).value.next;
  EXPECT_EQ(words(ask(asked)), "all rows that one question may have were given: 5");
  // The rows of the pages before stand on record with this one's.
  const auto records = rooms_.records();
  EXPECT_TRUE(std::ranges::any_of(records, [](const audit::Entry& entry) {
    return entry.details.find("\"rows_max\":6") != std::string::npos;
  }));
}

TEST_F(FoundSightings, GoOnFromNoOtherQuestion) {
  const auto first = ask(query(2));
  ASSERT_EQ(words(first), "done");
  auto other = query(2);
  other.plate = "AB12CDF";
  other.after = std::get<Done<sightings::Page>>(*first).value.next;
  EXPECT_EQ(words(ask(other)), "the page goes on from another question");
}

}  // namespace
}  // namespace regmark::desk
