#include "accountability/redaction.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace regmark::accountability {
namespace {

using assessment::Guidance;

std::string with_rule(std::string_view rule) {
  return "format = 1\ntitle = \"t\"\nevidence_reason = \"e\"\nunnamed_reason = \"u\"\n[[rule]]\n" +
         std::string(rule);
}

std::string outcome(std::string_view toml) {
  const auto rules = Redaction::parse(toml, Guidance::built_in());
  return rules ? "read" : rules.error().message;
}

TEST(Redaction, HasARuleForEachAnswerOfAnAssessmentAndItsConsultation) {
  const auto& rules = Redaction::built_in();
  for (const auto* form : {"impact", "consultation"}) {
    for (const auto& part : Guidance::built_in().form(form)->parts) {
      for (const auto& field : part.fields) {
        const auto& rule = rules.rule(form, part.id, field.id);
        EXPECT_NE(rule.reason, "No rule lets this answer be shown.") << part.id << "." << field.id;
        // An exact number of people or vehicles tells the place.
        if (field.kind != assessment::FieldKind::number) continue;
        EXPECT_EQ(rule.show, Show::about);
      }
    }
  }
  EXPECT_EQ(rules.rule("consultation", "stakeholders", "who").show, Show::withheld);
  EXPECT_EQ(rules.rule("impact", "location", "words").show, Show::withheld);
  EXPECT_EQ(rules.forms(), (std::vector<std::string>{"impact", "dpo_advice", "overt_lead_advice",
                                                     "consultation"}));
}

TEST(Redaction, WithholdsWhatNoRuleNames) {
  const auto& rule = Redaction::built_in().rule("fit", "tactical_use", "words");
  EXPECT_EQ(rule.show, Show::withheld);
  EXPECT_FALSE(rule.reason.empty());
}

TEST(Redaction, SaysWhatIsWrongAndWhere) {
  const std::string good = R"(form = "impact"
part = "rights"
fields = ["words"]
show = "words")";
  EXPECT_EQ(outcome(with_rule(good)), "read");
  struct Case {
    std::string from, to, want;
  };
  const Case cases[] = {
      {"rights", "wrongs", "the guidance has no such part"},
      {"\"impact\"", "\"story\"", "the guidance has no such part"},
      {"[\"words\"]", "[\"deeds\"]", "the guidance has no such field"},
      {"show = \"words\"", "show = \"aloud\"", "it is shown as words, about or withheld"},
      {"show = \"words\"", "show = \"withheld\"", "what is not shown has a reason"},
      {"show = \"words\"", "show = \"about\"\nreason = \"r\"", "only a number is shown as about"},
      {"show = \"words\"", "show = \"words\"\nwhy = \"r\"", "why"},
  };
  for (const auto& [from, to, want] : cases) {
    auto text = good;
    text.replace(text.find(from), from.size(), to);
    EXPECT_NE(outcome(with_rule(text)).find(want), std::string::npos) << outcome(with_rule(text));
  }
  EXPECT_NE(outcome(with_rule(good + "\n[[rule]]\n" + good)).find("two rules for one field"),
            std::string::npos);
  EXPECT_NE(outcome(std::string(redaction_size_max + 1, '#')), "read");
}

}  // namespace
}  // namespace regmark::accountability
