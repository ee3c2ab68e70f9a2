// Tries to get a place into what is meant for the public.
#include "accountability/public_impact.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "assessment/assessment_testing.h"
#include "documents/page.h"

namespace regmark::accountability {
namespace {

using assessment::Guidance;
using assessment::Paper;
using assessment::whole_paper;

const Redaction& rules() {
  return Redaction::built_in();
}

Sieve a_sieve() {
  return Sieve({"Mill Lane north", "mill-1"}, {"Old Quay"});
}

Result<Checked> checked(const Paper& paper, const std::vector<Strike>& strikes = {}) {
  return check(rules(), Guidance::built_in(), {paper, whole_paper("dpo_advice")}, strikes,
               a_sieve());
}

Result<PublicImpact> made(const Paper& paper, const std::vector<Strike>& strikes = {}) {
  REGMARK_ASSIGN(const auto one, checked(paper, strikes));
  return PublicImpact::of(rules(), Guidance::built_in(), one, a_sieve());
}

std::string page_of(const PublicImpact& impact) {
  return documents::page_of(impact.document(3, base::parse_day("2026-03-28").value()));
}

Paper that_says(std::string words) {
  auto paper = whole_paper("impact");
  paper.parts["necessity"].rows[0]["words"] = std::move(words);
  return paper;
}

Strike a_strike(std::string passage, std::string reason = "It tells where.") {
  return {"impact", "necessity", "words", 0, std::move(passage), std::move(reason)};
}

TEST(PublicImpact, ShowsWhatTheRulesLetAndSaysWhatTheyDoNot) {
  auto paper = that_says("Because nothing else works.");
  paper.parts["location"].rows[0]["words"] = "Beside the mill";
  paper.parts["resident_population"].rows[0]["people"] = "1264";
  const auto page = page_of(made(paper).value());
  for (const auto* said : {"Because nothing else works.", "about 1000", "Advice (section 7",
                           "would help those whom it is to detect", "checked on 2026-03-28"}) {
    EXPECT_NE(page.find(said), std::string::npos) << said;
  }
  for (const auto* kept_back : {"Beside the mill", "1264", "a file"}) {
    EXPECT_EQ(page.find(kept_back), std::string::npos) << kept_back;
  }
}

TEST(PublicImpact, IsMarkedNotForRelease) {
  const auto document = made(that_says("Yes.")).value().document(1, base::UtcDay{});
  const auto mark = [](const documents::Block& block) {
    return std::get<documents::Paragraph>(block).text;
  };
  EXPECT_EQ(mark(document.blocks.front()), "NOT FOR RELEASE");
  EXPECT_EQ(mark(document.blocks.back()), "NOT FOR RELEASE");
}

TEST(PublicImpact, NoPlaceComesThroughAnyAnswer) {
  const std::string places[] = {"Mill Lane north", "mill lane",  "mill-1", "the Old Quay",
                                "53.40012",        "53.4, -2.2", "A614",   "S10 2TN"};
  for (const auto& part : Guidance::built_in().form("impact")->parts) {
    for (const auto& field : part.fields) {
      for (const auto& place : places) {
        SCOPED_TRACE(part.id + "." + field.id + ": " + place);
        auto paper = whole_paper("impact");
        paper.parts[part.id].rows[0][field.id] = "It is about " + place + ".";
        const auto impact = made(paper);
        // Either it is refused, or it is not shown.
        if (!impact) {
          EXPECT_EQ(impact.error().message.find(place), std::string::npos);
          continue;
        }
        EXPECT_EQ(page_of(*impact).find(place), std::string::npos);
      }
    }
  }
}

TEST(PublicImpact, NoPlaceComesThroughEvidenceOrReasons) {
  auto paper = whole_paper("impact");
  for (auto& [id, answers] : paper.parts) {
    for (auto& piece : answers.evidence) piece.title = "Counts of Mill Lane north";
  }
  EXPECT_EQ(page_of(made(paper).value()).find("Mill Lane"), std::string::npos);
  const auto refused = checked(that_says("There."), {a_strike("There", "Mill Lane is near.")});
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
}

// The words that figures are offered in say what the number beside them only hints at.
TEST(PublicImpact, NoWordsRepeatWhatIsOnlyToldAbout) {
  const auto says = [](std::string_view part, std::string_view field, std::string words) {
    auto paper = whole_paper("impact");
    paper.parts["resident_population"].rows[0]["people"] = "7";
    paper.parts["transient_population"].rows[0]["vehicles_a_day"] = "8431";
    paper.parts[std::string(part)].rows[0][std::string(field)] = std::move(words);
    return paper;
  };
  const auto passing = says("transient_population", "words",
                            "8,431 vehicles pass in a day (A traffic count, 2025-12-31).");
  const auto refused = made(passing);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("the exact number"), std::string::npos);
  EXPECT_EQ(refused.error().message.find("431"), std::string::npos);
  const auto found = checked(passing).value();
  const auto words = std::ranges::find_if(found.answers, [](const Answer& one) {
    return one.part == "transient_population" && one.field == "words";
  });
  EXPECT_EQ(words->findings, (std::vector<Finding>{{0, 5, words->findings.at(0).what}}));
  // It tells the road wherever it stands; a small number only beside its question.
  EXPECT_FALSE(made(says("rights", "words", "Of 8 431 vehicles few are known.")));
  EXPECT_FALSE(made(says("resident_population", "words", "7 people live within 250 metres.")));
  EXPECT_TRUE(made(says("rights", "words", "Pictures are kept for 7 days.")));
  EXPECT_TRUE(made(says("transient_population", "words", "About 8,000 vehicles pass.")));
  Strike strike{"impact", "transient_population", "words", 0, "8,431", "It tells the road."};
  const auto page = page_of(made(passing, {strike}).value());
  EXPECT_NE(page.find("[withheld] vehicles pass"), std::string::npos);
  EXPECT_NE(page.find("about 8000"), std::string::npos);
}

TEST(PublicImpact, TellsOfANumberItsSizeAlone) {
  struct Case {
    std::string_view number, want;
  };
  constexpr Case cases[] = {{"0", "fewer than 10"}, {"3", "fewer than 10"}, {"9", "fewer than 10"},
                            {"10", "about 10"},     {"14", "about 10"},     {"95", "about 100"},
                            {"8431", "about 8000"}, {"8000", "about 8000"}};
  for (const auto& [number, want] : cases) {
    SCOPED_TRACE(number);
    auto paper = whole_paper("impact");
    paper.parts["resident_population"].rows[0]["people"] = std::string(number);
    paper.parts["transient_population"].rows[0].erase("vehicles_a_day");
    EXPECT_NE(page_of(made(paper).value()).find(">" + std::string(want) + "<"), std::string::npos);
  }
}

// Of a number there is no part to strike: what is left of it would be another number.
TEST(PublicImpact, AStrikeOfANumberWithholdsItWhole) {
  const auto paper = whole_paper("impact");
  for (const auto* passage : {"1000", "about", ""}) {
    const Strike strike{"impact", "resident_population", "people", 0, passage, "It tells where."};
    const auto found = checked(paper, {strike}).value();
    const auto people = std::ranges::find(found.answers, "people", &Answer::field);
    EXPECT_EQ(people->show, Show::withheld) << passage;
    EXPECT_EQ(people->text, "");
    EXPECT_EQ(page_of(made(paper, {strike}).value()).find("about 0"), std::string::npos);
  }
  const Strike other{"impact", "resident_population", "people", 0, "1200", "It tells where."};
  EXPECT_EQ(checked(paper, {other}).error().code, ErrorCode::invalid_input);
}

TEST(PublicImpact, PassesOnceAPersonStruckOutWhatWasFound) {
  const auto paper = that_says("Thefts at Mill Lane north rose. At Mill Lane north they fell.");
  const auto first = checked(paper).value();
  EXPECT_FALSE(first.passes());
  EXPECT_FALSE(made(paper));
  const auto impact = made(paper, {a_strike("Mill Lane north")});
  ASSERT_TRUE(impact) << impact.error().message;
  const auto page = page_of(*impact);
  EXPECT_NE(page.find("Thefts at [withheld] rose. At [withheld] they fell."), std::string::npos);
  EXPECT_NE(page.find("It tells where."), std::string::npos);
  const auto all = page_of(made(paper, {a_strike("")}).value());
  EXPECT_EQ(all.find("Thefts"), std::string::npos);
}

TEST(PublicImpact, SaysWhichStrikeIsOfNothing) {
  const auto paper = that_says("There.");
  EXPECT_EQ(checked(paper, {a_strike("elsewhere")}).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(checked(paper, {a_strike("There", "")}).error().code, ErrorCode::invalid_input);
  auto nowhere = a_strike("There");
  nowhere.row = 7;
  EXPECT_EQ(checked(paper, {nowhere}).error().code, ErrorCode::invalid_input);
  const std::vector<Strike> many(strikes_max + 1, a_strike("There"));
  EXPECT_EQ(checked(paper, many).error().code, ErrorCode::limit_exceeded);
}

// Whatever is written, and struck or not: what passes holds nothing that the sieve knows.
RC_GTEST_PROP(PublicImpact, HoldsNothingThatTheSieveKnows, ()) {
  const auto piece =
      rc::gen::element<std::string>("Mill ", "Lane ", "north ", "mill-1 ", "A", "614 ", "53.4",
                                    ", -2.2 ", "thefts ", "of cars. ");
  std::string words;
  for (const auto& one : *rc::gen::container<std::vector<std::string>>(piece)) words += one;
  std::vector<Strike> strikes;
  if (words.find("Mill ") != std::string::npos && *rc::gen::arbitrary<bool>()) {
    strikes.push_back(a_strike("Mill "));
  }
  const auto impact = made(that_says("It was: " + words), strikes);
  RC_CLASSIFY(impact.has_value(), "passes");
  if (!impact) return;
  for (const auto& section : impact->sections()) {
    for (const auto& shown : section.answers) {
      const auto* text = std::get_if<PublicText>(&shown.text);
      if (!text) continue;
      RC_ASSERT(a_sieve().findings(text->text()).empty());
    }
  }
}

}  // namespace
}  // namespace regmark::accountability
