// The self-assessment begins with what is on record; what the cameras did is told in numbers and in
// examples that two people stand for.
#include <gtest/gtest.h>

#include "alerts/alerts_testing.h"
#include "assessment/assessment_testing.h"
#include "desk/assess_self.h"
#include "desk/desk_testing.h"
#include "desk/file_paper.h"
#include "desk/take_surroundings.h"
#include "desk/tell_effectiveness.h"
#include "estate/estate_testing.h"
#include "watchlist/lists_testing.h"

namespace regmark::desk {
namespace {

using access::Role;

class Accounts : public ::testing::Test {
 protected:
  Asker someone(Role role, std::string_view id = "person-test") const {
    return rooms_.person(id, role);
  }
  Result<Answer<std::uint64_t>> write(std::string_view words) {
    return write_example(*rooms_.desk, someone(Role::anpr_manager, "writer"), words);
  }
  accountability::Effectiveness told() {
    const auto answer = tell("2026-01-01", "2026-03-31");
    REGMARK_CHECK(answer.has_value());
    return std::get<Done<accountability::Effectiveness>>(*answer).value;
  }
  Result<Answer<accountability::Effectiveness>> tell(std::string_view from,
                                                     std::string_view until) {
    return read_effectiveness(*rooms_.desk, someone(Role::foi_officer),
                              base::parse_day(from).value(), base::parse_day(until).value());
  }
  // Into the quarter behind the one in which the tests begin.
  void quarter_ends() {
    while (base::day_of(rooms_.clock.now()) < base::parse_day("2026-04-01").value()) {
      rooms_.clock.advance(std::chrono::days{1});
    }
  }
  void raise_and_reject(int count) {
    for (int number = 0; number < count; ++number) {
      auto read = plate::a_read("cam-1", "AB12CDE", base::format_utc(rooms_.clock.now()));
      read.source_event = "event " + std::to_string(number);
      read.id = plate::ReadId::of(read.camera, read.source_event);
      const auto hit = alerts::a_hit("AB12CDE", "list-" + std::to_string(number));
      const auto ids = rooms_.alerts->raise(read, std::vector{hit});
      ASSERT_TRUE(rooms_.alerts->keep(ids));
      const auto receipt =
          rooms_.log.receipt_for(access::Act::reject_alert, {.subject = ids.front().text()});
      ASSERT_TRUE(rooms_.alerts->reject(receipt, ids.front(), "it says AB12COE"));
    }
  }
  TestDesk rooms_;
};

TEST_F(Accounts, ASelfAssessmentBeginsWithTheRecords) {
  const auto begun = begin_self_assessment(*rooms_.desk, someone(Role::controller));
  ASSERT_TRUE(begun) << begun.error().message;
  const auto& paper = std::get<Done<assessment::Paper>>(*begun).value;
  EXPECT_NE(paper.answer("principle_4", "words").find("has set no deployment"),
            std::string_view::npos);
  EXPECT_NE(paper.answer("principle_6", "words").find("365 days"), std::string_view::npos);
  EXPECT_EQ(paper.answer("principle_6", "met"), "");
}

TEST_F(Accounts, ASelfAssessmentSaysWhatCameOfHitsAndHowListsAreKept) {
  ASSERT_TRUE(rooms_.lists->create(
      rooms_.log.receipt_for(access::Act::change_lists),
      watchlist::a_list(
          "stolen", base::format_day(base::day_of(rooms_.clock.now()) + std::chrono::days{30}))));
  ASSERT_TRUE(rooms_.lists->import(rooms_.log.receipt_for(access::Act::change_lists),
                                   watchlist::list_id("stolen"), "AB12CDE\n"));
  raise_and_reject(2);
  const auto begun = begin_self_assessment(*rooms_.desk, someone(Role::controller));
  ASSERT_TRUE(begun) << begun.error().message;
  const auto& paper = std::get<Done<assessment::Paper>>(*begun).value;
  EXPECT_NE(paper.answer("principle_11", "words").find("how they ended: wrong vehicle 2."),
            std::string_view::npos);
  EXPECT_NE(paper.answer("principle_12", "words")
                .find("Lists of vehicles of interest: 1, of them past their review: 0, muted: 0. "
                      "Entries that stand on them: 1."),
            std::string_view::npos);
}

TEST_F(Accounts, TheControllerFilesASelfAssessment) {
  const auto paper = assessment::whole_paper("self_assessment");
  const auto refused = file_self_assessment(*rooms_.desk, someone(Role::anpr_manager), paper);
  ASSERT_TRUE(refused);
  EXPECT_TRUE(std::holds_alternative<Refused>(*refused));
  const auto controller = someone(Role::controller);
  EXPECT_FALSE(file_self_assessment(*rooms_.desk, controller, paper));  // nobody handed it in
  ASSERT_TRUE(hand_in_evidence(*rooms_.desk, controller, base::as_bytes("a file")));
  ASSERT_TRUE(file_self_assessment(*rooms_.desk, controller, paper));
  const auto all = read_self_assessments(*rooms_.desk, someone(Role::dpo));
  EXPECT_EQ(std::get<Done<std::vector<accountability::SelfAssessment>>>(*all).value.size(), 1U);
}

TEST_F(Accounts, AlertsAreToldByReasonAndEnding) {
  raise_and_reject(6);
  // The quarter that it is is not told, nor a part of one that was.
  EXPECT_EQ(tell("2026-01-01", "2026-03-31").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(tell("2025-10-01", "2025-11-30").error().code, ErrorCode::invalid_input);
  quarter_ends();
  const auto lines = told().lines();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].reason, watchlist::ReasonCode::stolen);
  EXPECT_EQ(lines[0].all, 6U);
}

TEST_F(Accounts, OneWritesAnExampleAndAnotherApprovesIt) {
  const auto written = write("A stolen car was found within the hour.");
  ASSERT_TRUE(written) << written.error().message;
  const auto number = std::get<Done<std::uint64_t>>(*written).value;
  quarter_ends();
  EXPECT_TRUE(told().examples().empty());
  const auto self = approve_example(*rooms_.desk, someone(Role::anpr_manager, "writer"), number);
  EXPECT_EQ(self.error().code, ErrorCode::conflict);
  ASSERT_TRUE(approve_example(*rooms_.desk, someone(Role::anpr_manager, "second"), number));
  ASSERT_EQ(told().examples().size(), 1U);
  EXPECT_EQ(told().examples()[0].text(), "A stolen car was found within the hour.");
}

TEST_F(Accounts, AnExampleNamesNoSite) {
  const auto receipt = rooms_.log.receipt_for(access::Act::change_estate, {.subject = "quay"});
  const estate::Grounds grounds{"thefts", "local_crime",
                                base::day_of(rooms_.clock.now()) + std::chrono::days{300}};
  ASSERT_TRUE(rooms_.estate->propose(
      receipt, {base::SiteId::parse("quay").value(), "Old Quay", {53.4, -2.2}, grounds}));
  EXPECT_EQ(write("It was seen at the old quay.").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(write("AB12CDE was seen.").error().code, ErrorCode::invalid_input);
  const auto refused = write_example(*rooms_.desk, someone(Role::foi_officer), "A car was found.");
  ASSERT_TRUE(refused);
  EXPECT_TRUE(std::holds_alternative<Refused>(*refused));
}

// Nobody who may not know of them learns of them here: the refusal is the one of any road's name.
TEST_F(Accounts, NamesOfWhatIsKeptApartAreLookedForLikeAnyOther) {
  const surroundings::NewData points{
      surroundings::DataKind::points, "A list", base::day_of(rooms_.clock.now()),
      "name,kind,latitude,longitude\nSilver Docks,border,53.4,-2.2\n"};
  ASSERT_TRUE(take_in_surroundings(*rooms_.desk, someone(Role::anpr_manager), points));
  const estate::Grounds grounds{"an authority by statute", "local_crime",
                                base::day_of(rooms_.clock.now()) + std::chrono::days{30}};
  const auto receipt = [&](const std::string& subject) {
    return rooms_.log.receipt_for(access::Act::change_covert, {.subject = subject});
  };
  const auto said = [&](std::string_view words) {
    const auto written = write(words);
    return written ? std::string("passed") : written.error().message;
  };
  EXPECT_EQ(said("It was seen at Fallow Barn."), "passed");
  ASSERT_TRUE(rooms_.estate->propose(receipt("0a1b"), {base::SiteId::parse("0a1b").value(),
                                                       "Fallow Barn",
                                                       {53.4, -2.2},
                                                       grounds,
                                                       estate::Path::statutory}));
  const auto now = rooms_.clock.now();
  ASSERT_TRUE(rooms_.estate->propose(
      receipt("0c2d"), estate::NewDeployment{base::DeploymentId::parse("0c2d").value(),
                                             "Kestrel",
                                             {{53.4, -2.2}, 500},
                                             now,
                                             now + std::chrono::days{20},
                                             grounds,
                                             /*is_apart=*/true}));
  const auto like_any = said("It was seen at Silver Docks.");
  EXPECT_NE(like_any, "passed");
  for (const auto* words : {"It was seen at Fallow Barn.", "It was seen at fallow-barn.",
                            "FALLOWBARN", "Kestrel saw it.", "It was 0a1b."}) {
    EXPECT_EQ(said(words), like_any) << words;
  }
  EXPECT_EQ(said("A kestrel sat on the barn."), "passed");
}

// A camera may come to stand where an example speaks of.
TEST_F(Accounts, AnExampleThatTellsAPlaceByNowIsLeftOutAndCounted) {
  const auto number_of = [&](std::string_view words) {
    return std::get<Done<std::uint64_t>>(write(words).value()).value;
  };
  const auto approve = [&](std::uint64_t number) {
    return approve_example(*rooms_.desk, someone(Role::anpr_manager, "second"), number);
  };
  const auto early = number_of("It was seen at the old quay.");
  const auto late = number_of("It was found by the old quay.");
  const auto other = number_of("A stolen car was found.");
  ASSERT_TRUE(approve(early));
  ASSERT_TRUE(approve(other));
  const auto receipt = rooms_.log.receipt_for(access::Act::change_estate, {.subject = "quay"});
  const estate::Grounds grounds{"thefts", "local_crime",
                                base::day_of(rooms_.clock.now()) + std::chrono::days{300}};
  ASSERT_TRUE(rooms_.estate->propose(
      receipt, {base::SiteId::parse("quay").value(), "Old Quay", {53.4, -2.2}, grounds}));
  EXPECT_EQ(approve(late).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(approve(99).error().code, ErrorCode::not_found);
  quarter_ends();
  const auto draft = told();
  ASSERT_EQ(draft.examples().size(), 1U);
  EXPECT_EQ(draft.examples()[0].text(), "A stolen car was found.");
  EXPECT_EQ(draft.examples_left_out(), 1U);
}

TEST_F(Accounts, NamesOfRoadsThatWereTakenInAreLookedForToo) {
  const surroundings::NewData roads{
      surroundings::DataKind::roads, "A map", base::day_of(rooms_.clock.now()),
      R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties":
          {"id": "r-1", "name": "Weaver's Folly"}, "geometry":
          {"type": "LineString", "coordinates": [[-2.51, 54.5], [-2.49, 54.5]]}}]})"};
  ASSERT_TRUE(write("It was seen on Weaver's Folly."));
  const auto taken = take_in_surroundings(*rooms_.desk, someone(Role::anpr_manager), roads);
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_FALSE(write("It was seen on Weaver's Folly."));
  const auto all = read_surroundings(*rooms_.desk, someone(Role::dpo));
  EXPECT_EQ(std::get<Done<std::vector<surroundings::DataSet>>>(*all).value.size(), 1U);
}

TEST_F(Accounts, CheckingAFileAboutPlacesTakesNothingIn) {
  const auto check = [&](Role role, std::string_view csv) {
    return check_surroundings(*rooms_.desk, someone(role), surroundings::DataKind::traffic, csv);
  };
  const auto checked =
      check(Role::anpr_manager, "latitude,longitude,vehicles_a_day\n54,-2,9\n54,-2\n");
  ASSERT_TRUE(checked) << checked.error().message;
  const auto& found = std::get<Done<surroundings::CheckedData>>(*checked).value;
  EXPECT_EQ(found.rows, 2U);
  ASSERT_EQ(found.mistakes.size(), 1U);
  EXPECT_EQ(found.mistakes[0].line, 3U);
  const std::string long_one(surroundings::data_size_max + 1, 'x');
  EXPECT_EQ(check(Role::anpr_manager, long_one).error().code, ErrorCode::limit_exceeded);
  const auto refused = check(Role::dpo, "latitude,longitude,vehicles_a_day\n54,-2,9\n");
  ASSERT_TRUE(refused);
  EXPECT_TRUE(std::holds_alternative<Refused>(*refused));
  const auto all = read_surroundings(*rooms_.desk, someone(Role::dpo));
  EXPECT_TRUE(std::get<Done<std::vector<surroundings::DataSet>>>(*all).value.empty());
}

}  // namespace
}  // namespace regmark::desk
