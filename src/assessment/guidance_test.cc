#include "assessment/guidance.h"

#include <gtest/gtest.h>

#include <set>

namespace regmark::assessment {
namespace {

std::string outcome(const Result<Guidance>& result) {
  return result ? "done" : std::string(name(result.error().code)) + ": " + result.error().message;
}

TEST(Guidance, HasWhatTheNationalTextNames) {
  const auto& guidance = Guidance::built_in();
  EXPECT_EQ(guidance.columns().size(), 5U);
  EXPECT_EQ(guidance.location_types().size(), 5U);
  EXPECT_EQ(guidance.codes().size(), 3U);
  for (const auto* id : {"strategic_assessment", "pressing_need", "impact", "dpo_advice",
                         "overt_lead_advice", "consultation", "fit", "decision", "commissioning",
                         "review", "decommissioning", "public_notice"}) {
    EXPECT_NE(guidance.form(id), nullptr) << id;
  }
  EXPECT_EQ(guidance.form("parking"), nullptr);
  std::set<std::string> factors;
  for (const auto& part : guidance.form("pressing_need")->parts) {
    if (part.paragraph == "3.1") factors.insert(part.id);
  }
  EXPECT_EQ(factors.size(), 8U);
  EXPECT_EQ(guidance.form("self_assessment")->parts.size(), 12U);
}

// Which category of the assessment feeds which column of the matrix is stated, once each.
TEST(Guidance, EveryColumnIsFedByOneClaim) {
  const auto& guidance = Guidance::built_in();
  std::multiset<std::string> fed;
  for (const auto& part : guidance.form("strategic_assessment")->parts) {
    EXPECT_EQ(part.presence == Presence::claimed, !part.columns.empty()) << part.id;
    EXPECT_TRUE(part.presence != Presence::claimed || !part.evidence.empty()) << part.id;
    fed.insert(part.columns.begin(), part.columns.end());
  }
  for (const auto& column : guidance.columns()) EXPECT_EQ(fed.count(column.id), 1U) << column.id;
}

TEST(Guidance, ThePlaceOfAFitIsARowOfTheMatrix) {
  const auto& guidance = Guidance::built_in();
  const auto& field = guidance.form("fit")->part("location_type")->fields.front();
  std::vector<std::string> rows;
  for (const auto& type : guidance.location_types()) rows.push_back(type.id);
  EXPECT_EQ(field.choices, rows);
}

constexpr std::string_view head = R"toml(
format = 1
title = "T"
[life]
review_days_max = 366
warn_days = 60
escalate_days = 7
grace_days = 28
reassess_days = 90
emergency_days_max = 28
emergency_again_days = 90
statutory_days_max = 366
short_impact_days = 28
taking_down_days = 28
clock_test_days = 92
accuracy_test_days = 366
many_cameras = 50
same_place_m = 100
[[column]]
id = "c"
title = "C"
[[location_type]]
id = "l"
title = "L"
[[code]]
id = "k"
title = "K"
)toml";

TEST(Guidance, SaysWhereAFileIsWrong) {
  struct Case {
    std::string_view what, tail, want;
  };
  constexpr Case cases[] = {
      {"as it is", "", "done"},
      {"a form",
       "[[form]]\nid='f'\ntitle='F'\nparagraph='1'\nact='change_estate'\n[[form.part]]\nid='p'\n"
       "title='P'\nparagraph='1'\n",
       "done"},
      {"no parts", "[[form]]\nid='f'\ntitle='F'\nparagraph='1'\nact='change_estate'\n",
       "invalid_input: line 28: a form has parts"},
      {"unknown act", "[[form]]\nid='f'\ntitle='F'\nparagraph='1'\nact='fly'\n",
       "invalid_input: line 32: there is no such act"},
      {"unknown key", "[[code]]\nid='x'\ntitle='X'\ncolour='red'\n",
       "invalid_input: line 31: unknown key 'colour'"},
      {"twice", "[[code]]\nid='k'\ntitle='X'\n", "invalid_input: line 1: an id stands there twice"},
      {"unknown column",
       "[[form]]\nid='f'\ntitle='F'\nparagraph='1'\nact='change_estate'\n[[form.part]]\nid='p'\n"
       "title='P'\nparagraph='1'\ncolumns=['x']\n",
       "invalid_input: line 37: the matrix has no such column"},
      {"a condition about nothing",
       "[[form]]\nid='f'\ntitle='F'\nparagraph='1'\nact='change_estate'\n[[form.part]]\nid='p'\n"
       "title='P'\nparagraph='1'\nneeded_when=['q.r=yes']\n",
       "invalid_input: line 28: a condition of 'p' is about no choice there is"},
      {"a choice without choices",
       "[[form]]\nid='f'\ntitle='F'\nparagraph='1'\nact='change_estate'\n[[form.part]]\nid='p'\n"
       "title='P'\nparagraph='1'\n[[form.part.field]]\nid='a'\ntitle='A'\nkind='choice'\n",
       "invalid_input: line 37: a choice has choices, and nothing else has"},
      {"no TOML", "[[", "invalid_input: line 28"},
  };
  for (const auto& [what, tail, want] : cases) {
    SCOPED_TRACE(what);
    const auto got = outcome(Guidance::parse(std::string(head) + std::string(tail)));
    EXPECT_EQ(got.substr(0, want.size()), want);
  }
  EXPECT_EQ(outcome(Guidance::parse(std::string(guidance_size_max + 1, '#'))).substr(0, 14),
            "limit_exceeded");
}

}  // namespace
}  // namespace regmark::assessment
