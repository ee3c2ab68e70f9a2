#include "assessment/check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "assessment/assessment_testing.h"

namespace regmark::assessment {
namespace {

const Form& form(std::string_view id) {
  return *Guidance::built_in().form(id);
}

bool names(const std::vector<Lack>& found, std::string_view part, std::string_view field = "") {
  return std::ranges::any_of(
      found, [&](const Lack& lack) { return lack.part == part && lack.field == field; });
}

TEST(Check, AWholePaperLacksNothing) {
  for (const auto& each : Guidance::built_in().forms()) {
    EXPECT_EQ(lacks(each, whole_paper(each)), std::vector<Lack>{}) << each.id;
  }
}

// Every section, factor and principle is missed when it is not there: the data's own list.
TEST(Check, MissesEachNeededPart) {
  int tried = 0;
  for (const auto& each : Guidance::built_in().forms()) {
    for (const auto& part : each.parts) {
      if (part.presence != Presence::needed) continue;
      auto paper = whole_paper(each);
      paper.parts.erase(part.id);
      EXPECT_TRUE(names(lacks(each, paper), part.id)) << each.id << "." << part.id;
      ++tried;
    }
  }
  EXPECT_GT(tried, 50);
}

TEST(Check, MissesEachFieldThatIsBlank) {
  int tried = 0;
  for (const auto& each : Guidance::built_in().forms()) {
    for (const auto& part : each.parts) {
      for (const auto& field : part.fields) {
        if (field.optional || field.needed_when) continue;
        auto paper = whole_paper(each);
        paper.parts[part.id].rows[0][field.id] = " \n";
        EXPECT_TRUE(names(lacks(each, paper), part.id, field.id))
            << each.id << "." << part.id << "." << field.id;
        ++tried;
      }
    }
  }
  EXPECT_GT(tried, 80);
}

// A category that is ticked without evidence cannot pass, nor can any part that wants some.
TEST(Check, MissesEachEvidence) {
  int tried = 0;
  for (const auto& each : Guidance::built_in().forms()) {
    for (const auto& part : each.parts) {
      if (part.evidence.empty()) continue;
      auto paper = whole_paper(each);
      if (part.evidence_when) {
        auto& row = paper.parts[part.id].rows.at(0);
        row[part.evidence_when->field] = part.evidence_when->value;
      }
      paper.parts[part.id].evidence.clear();
      EXPECT_TRUE(names(lacks(each, paper), part.id)) << each.id << "." << part.id;
      paper.parts[part.id].evidence.push_back({"hearsay", "somebody said so", {}});
      EXPECT_TRUE(names(lacks(each, paper), part.id)) << each.id << "." << part.id;
      ++tried;
    }
  }
  EXPECT_GT(tried, 30);
}

// Factors, categories and principles: none is a matter of words alone (2.1.1, 3.1, 1.12).
TEST(Check, HasKindsOfEvidenceForEachFactorCategoryAndPrinciple) {
  int counted = 0;
  for (const auto& each : Guidance::built_in().forms()) {
    for (const auto& part : each.parts) {
      const bool is_factor = each.id == "pressing_need" && part.paragraph == "3.1";
      const bool is_category = each.id == "strategic_assessment" && !part.columns.empty();
      const bool is_principle = each.id == "self_assessment" && part.paragraph == "1.12";
      if (!is_factor && !is_category && !is_principle) continue;
      EXPECT_FALSE(part.evidence.empty()) << each.id << "." << part.id;
      ++counted;
    }
  }
  EXPECT_EQ(counted, 8 + 5 + 12);
}

TEST(Check, WantsEvidenceOfAPrincipleOnlyWhereItIsMet) {
  auto paper = whole_paper("self_assessment");
  auto& answers = paper.parts["principle_1"];
  answers.evidence.clear();
  answers.rows.at(0)["met"] = "yes";
  EXPECT_TRUE(names(lacks(form("self_assessment"), paper), "principle_1"));
  answers.rows.at(0)["met"] = "no";
  EXPECT_FALSE(names(lacks(form("self_assessment"), paper), "principle_1"));
}

TEST(Check, WantsOneCategoryAtLeast) {
  const auto& assessment = form("strategic_assessment");
  auto paper = whole_paper(assessment);
  for (const auto& part : assessment.parts) {
    if (part.presence == Presence::claimed) paper.parts.erase(part.id);
  }
  EXPECT_TRUE(names(lacks(assessment, paper), ""));
  EXPECT_TRUE(columns_claimed(assessment, paper).empty());
  paper.parts["local_crime"] = whole_paper(assessment).parts["local_crime"];
  EXPECT_EQ(lacks(assessment, paper), std::vector<Lack>{});
  EXPECT_EQ(columns_claimed(assessment, paper), std::vector<std::string>{"local_crime"});
}

TEST(Check, WantsWhatAnAnswerCallsFor) {
  struct Case {
    std::string_view form, part, field, value, missing_part, missing_field;
  };
  constexpr Case cases[] = {
      {"consultation", "extent", "limited", "yes", "extent", "why_limited"},
      {"fit", "local_considerations", "only_local", "yes", "local_considerations", "why"},
      {"fit", "existing_cameras", "duplicates", "yes", "existing_cameras", "why_nevertheless"},
      {"impact", "risks", "left", "high", "regulator", ""},
      {"impact", "description", "many_new_cameras", "yes", "regulator", ""},
      {"review", "impact", "location_changed", "yes", "proportionate", ""},
      {"self_assessment", "principle_4", "met", "partly", "principle_4", "action"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.field);
    auto paper = whole_paper(form(one.form));
    // What is asked only when it is answered otherwise.
    paper.parts["description"].rows.clear();
    if (one.form != "impact") paper.parts.erase("description");
    if (one.form == "impact") {
      paper.parts["description"] = whole_paper(form("impact")).parts["description"];
      paper.parts["description"].rows[0]["many_new_cameras"] = "no";
    }
    if (one.missing_field.empty()) {
      paper.parts.erase(std::string(one.missing_part));
    } else {
      paper.parts[std::string(one.missing_part)].rows[0].erase(std::string(one.missing_field));
    }
    auto& answer = paper.parts[std::string(one.part)].rows[0][std::string(one.field)];
    answer = one.value;
    EXPECT_TRUE(names(lacks(form(one.form), paper), one.missing_part, one.missing_field));
    answer = one.form == "impact" && one.part == "risks" ? "low"
             : one.form == "self_assessment"             ? "yes"
                                                         : "no";
    if (one.form == "review") {
      for (const auto* field : {"residents_changed", "transients_changed"}) {
        paper.parts["impact"].rows[0][field] = "no";
      }
    }
    EXPECT_EQ(lacks(form(one.form), paper), std::vector<Lack>{});
  }
}

TEST(Check, TakesNothingThatTheFormDoesNotAskFor) {
  auto paper = whole_paper("dpo_advice");
  paper.parts["weather"].rows = {{{"words", "fine"}}};
  paper.parts["advice"].rows[0]["mood"] = "good";
  paper.parts["advice"].rows.push_back(paper.parts["advice"].rows[0]);
  const auto found = lacks(form("dpo_advice"), paper);
  EXPECT_TRUE(names(found, "weather"));
  EXPECT_TRUE(names(found, "advice", "mood"));
  EXPECT_TRUE(names(found, "advice"));  // two rows where one may stand
  EXPECT_EQ(lacks(form("fit"), whole_paper("impact")).size(), 1U);
}

TEST(Check, HoldsKindsToTheirForm) {
  struct Case {
    std::string_view form, part, field, value;
  };
  constexpr Case cases[] = {
      {"impact", "resident_population", "people", "many"},
      {"impact", "resident_population", "people", "-1"},
      {"impact", "resident_population", "people", "1234567890123"},
      {"impact", "regulator", "asked_on", "2026-02-30"},
      {"impact", "risks", "severity", "awful"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.value);
    auto paper = whole_paper(form(one.form));
    paper.parts[std::string(one.part)].rows[0][std::string(one.field)] = one.value;
    EXPECT_TRUE(names(lacks(form(one.form), paper), one.part, one.field));
    EXPECT_FALSE(check_whole(form(one.form), paper));
  }
}

}  // namespace
}  // namespace regmark::assessment
