#include "oversight/signals.h"

#include <gtest/gtest.h>

#include "oversight/made_year_testing.h"

namespace regmark::oversight {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr base::UtcDay first_day{std::chrono::days{20'454}};  // 2026-01-01, a Thursday

// Searches written down one after another, in any order.
class Scenes {
 public:
  SearchNote& add(std::string_view person, int day, int hour, std::string plate,
                  std::string reference, std::string reason = "robbery in mill lane, white van") {
    notes_.push_back({.receipt = notes_.size(),
                      .at = base::UtcTime{first_day} + days{day} + hours{hour},
                      .act = access::Act::search_sightings,
                      .person = base::PersonId::parse(person).value(),
                      .organisation = base::OrganisationId::parse("force").value(),
                      .purpose = {"serious", std::move(reason), std::move(reference), "DS"},
                      .plate = std::move(plate),
                      .rows = 5});
    return notes_.back();
  }
  // Office hours of somebody: so many searches a day, each of another plate.
  void usual(std::string_view person, int from, int until, int a_day) {
    for (int day = from; day < until; ++day) {
      for (int each = 0; each < a_day; ++each) {
        add(person, day, 9 + each, "U" + std::to_string(notes_.size()),
            "CR/" + std::to_string(day / 9) + "/" + std::string(person));
      }
    }
  }
  std::vector<Signal> found(SignalKind kind, Known known = {}, int from = 100, int until = 130) {
    std::ranges::stable_sort(notes_, {}, &SearchNote::at);
    const Period period{base::UtcTime{first_day} + days{from},
                        base::UtcTime{first_day} + days{until}};
    auto all = signals_in(notes_, period, known);
    std::erase_if(all, [&](const Signal& one) { return one.kind != kind; });
    return all;
  }

 private:
  std::vector<SearchNote> notes_;
};

TEST(Signals, SeeOnePlateAgainAndAgainUnderChangingReferences) {
  Scenes scenes;
  for (int time = 0; time < 5; ++time) {
    scenes.add("ann", 90 + 5 * time, 10, "AB12 CDE", "CR/" + std::to_string(time % 3));
    // The same, for one case: that is work.
    scenes.add("bob", 90 + 5 * time, 10, "CD34EFG", "CR/9");
    // The same, but the team looks for it too.
    for (const auto* one : {"cat", "dan"}) {
      scenes.add(one, 90 + 5 * time, 10, "EF56GHJ", "CR/" + std::to_string(time % 3));
    }
  }
  const auto found = scenes.found(SignalKind::plate_again);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].person.text(), "ann");
  EXPECT_EQ(found[0].searches, 5U);
  EXPECT_EQ(found[0].evidence.size(), 5U);
  EXPECT_EQ(found[0].words,
            "5 searches for one plate on 5 days, under 3 references; of everybody's searches for "
            "it, 5 of 5 were theirs. What do the cases have in common?");
  EXPECT_TRUE(scenes.found(SignalKind::plate_again, {}, 200, 230).empty());
}

TEST(Signals, SeeSearchesOutsideOwnHours) {
  Scenes scenes;
  scenes.usual("ann", 0, 130, 3);
  scenes.usual("bob", 0, 130, 3);
  for (int night = 0; night < 3; ++night) scenes.add("ann", 110 + night, 2, "AB12CDE", "CR/1");
  // Once called out, whatever the hour.
  for (int each = 0; each < 5; ++each) scenes.add("bob", 115, 2, "AB12CDE", "CR/1");
  const auto found = scenes.found(SignalKind::off_hours);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].person.text(), "ann");
  EXPECT_EQ(found[0].searches, 3U);
}

TEST(Signals, NightsThatOneKeepsUpMakeNoNightUsual) {
  Scenes scenes;
  scenes.usual("ann", 0, 130, 3);
  // A look by itself each second night, for months: one in seven of all that they search.
  for (int night = 0; night < 130; night += 2) scenes.add("ann", night, 2, "AB12CDE", "CR/1");
  EXPECT_EQ(scenes.found(SignalKind::off_hours).size(), 1U);
}

TEST(Signals, BelieveTheDutyListWhereThereIsOne) {
  Scenes scenes;
  scenes.usual("ann", 0, 130, 3);
  for (int night = 0; night < 3; ++night) scenes.add("ann", 110 + night, 2, "AB12CDE", "CR/1");
  Known known;
  auto& duty = known.duty[base::PersonId::parse("ann").value()];
  for (int day = 0; day < 130; ++day) {
    const auto morning = base::UtcTime{first_day} + days{day};
    duty.push_back({morning + hours{1}, morning + hours{3}});
    duty.push_back({morning + hours{8}, morning + hours{17}});
  }
  EXPECT_TRUE(scenes.found(SignalKind::off_hours, known).empty());
  duty.clear();
  for (int day = 0; day < 130; ++day) {
    const auto morning = base::UtcTime{first_day} + days{day};
    duty.push_back({morning + hours{8}, morning + hours{17}});
  }
  const auto found = scenes.found(SignalKind::off_hours, known);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].words.find("not on duty"), std::string::npos);
}

TEST(Signals, SeeAWeekFarFromUsualUnlessEverybodyIsBusy) {
  const auto busy = [](bool everybody) {
    Scenes scenes;
    for (const auto* one : {"ann", "bob", "cat", "dan", "eve"}) {
      scenes.usual(one, 0, 130, 1);
      if (!everybody && one != std::string_view("ann")) continue;
      for (int each = 0; each < 40; ++each) {
        scenes.add(one, 112 + each % 5, 9 + each % 8, "B" + std::to_string(each), "CR/1");
      }
    }
    return scenes.found(SignalKind::far_from_usual);
  };
  ASSERT_EQ(busy(/*everybody=*/false).size(), 1U);
  EXPECT_EQ(busy(/*everybody=*/false)[0].person.text(), "ann");
  EXPECT_TRUE(busy(/*everybody=*/true).empty());
}

TEST(Signals, SeeAReferenceThatCoversWhatDoesNotBelongTogether) {
  constexpr const char* reasons[] = {
      "neighbour about parked car",       "welfare of family friend",
      "delivery driver acting strangely", "ex partner seen in town",
      "trailer left by allotments",       "noise at night from exhaust"};
  Scenes scenes;
  for (int each = 0; each < 6; ++each) {
    const auto number = std::to_string(each);
    scenes.add("ann", 100 + each, 10, "A" + number, "CR/1", reasons[each]);
    // As many plates, but of one case.
    scenes.add("bob", 100 + each, 10, "B" + number, "CR/2");
    // One reference for people of several teams.
    scenes.add("p" + number, 100 + each, 10, "C" + number, "CR/3", reasons[each]).line =
        "line-" + number;
  }
  const auto found = scenes.found(SignalKind::reference_reused);
  ASSERT_EQ(found.size(), 7U);
  EXPECT_EQ(
      std::ranges::count_if(found, [](const auto& one) { return one.person.text() == "ann"; }), 1);
  EXPECT_EQ(
      std::ranges::count_if(found, [](const auto& one) { return one.person.text() == "bob"; }), 0);
}

TEST(Signals, SeeVehiclesOfColleagues) {
  Scenes scenes;
  scenes.add("ann", 110, 10, "AB12CDE", "CR/1");
  scenes.add("bob", 110, 10, "AB12CDE", "CR/1");
  scenes.add("cat", 110, 10, "ZZ99ZZZ", "CR/1");
  const Known known{.duty = {}, .household = [](const SearchNote& note) {
                      if (note.plate != "AB12CDE") return Match::none;
                      return note.person.text() == "ann" ? Match::own : Match::colleague;
                    }};
  const auto found = scenes.found(SignalKind::household, known);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_NE(found[0].words.find("own household"), std::string::npos);
  EXPECT_NE(found[1].words.find("colleague"), std::string::npos);
  EXPECT_TRUE(scenes.found(SignalKind::household).empty());  // there is no list
}

TEST(Signals, SeeBulkUnlessASeniorOfficerGaveLeave) {
  Scenes scenes;
  for (const auto* one : {"ann", "bob", "cat"}) scenes.usual(one, 0, 130, 2);
  scenes.add("ann", 110, 10, "", "CR/1").rows = 8'000;
  auto& given = scenes.add("bob", 110, 10, "", "CR/1");
  given.rows = 8'000;
  given.leave = Leave{.id = base::AuthorityId::parse("authority-1").value()};
  const auto found = scenes.found(SignalKind::bulk);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].person.text(), "ann");
}

TEST(Signals, NameNoPlateAndNobody) {
  const auto year = made_year(1);
  const Known known{.duty = year.duty,
                    .household = [&](const SearchNote& note) { return year.match(note); }};
  const auto found = signals_in(year.notes, year.period, known);
  ASSERT_FALSE(found.empty());
  for (const auto& signal : found) {
    EXPECT_EQ(signal.words.find("person-"), std::string::npos);
    EXPECT_FALSE(signal.evidence.empty());
    EXPECT_LE(signal.evidence.size(), evidence_max);
    EXPECT_LE(signal.from, signal.until);
    for (const auto receipt : signal.evidence) {
      const auto& note = year.notes.at(receipt);
      EXPECT_EQ(note.person, signal.person);
      EXPECT_TRUE(note.plate.empty() || signal.words.find(note.plate) == std::string::npos);
    }
  }
}

// Figures are for the benchmark to report; this is so that no change ruins them unseen.
TEST(Signals, FindMostOfWhatIsPlantedAndAreMostlyRight) {
  for (const auto duty : {DutyIs::known, DutyIs::not_known}) {
    std::map<SignalKind, Score> scores;
    for (const auto seed : {1U, 2U, 3U}) add_scores(scores, made_year(seed), duty);
    const auto all = total_of(scores);
    EXPECT_GE(all.precision(), 0.7);
    EXPECT_GE(all.recall(), 0.7);
  }
}

}  // namespace
}  // namespace regmark::oversight
