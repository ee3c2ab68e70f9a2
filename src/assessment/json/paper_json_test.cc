#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "assessment/assessment_testing.h"
#include "assessment/paper.h"

namespace regmark::assessment {
namespace {

std::string outcome(const Result<Paper>& result) {
  return result ? "done" : name(result.error().code);
}

TEST(PaperJson, ReadsBackWhatItWrote) {
  for (const auto& form : Guidance::built_in().forms()) {
    const auto paper = whole_paper(form);
    EXPECT_EQ(parse_paper(format_paper(paper)).value(), paper) << form.id;
  }
}

// An empty form names the kinds of evidence; those that nobody used stay blank.
TEST(PaperJson, TakesNoEvidenceThatNobodyNamed) {
  const auto paper =
      parse_paper(R"({"form":"impact","parts":{"regulator":{"rows":[{"words":"w"}],)"
                  R"("evidence":[{"kind":"regulator_reply","title":"","sha256":""}]}}})");
  ASSERT_TRUE(paper);
  EXPECT_TRUE(paper->parts.at("regulator").evidence.empty());
}

TEST(PaperJson, RefusesWhatIsNoPaper) {
  struct Case {
    std::string text;
    std::string_view want;
  };
  const Case cases[] = {
      {R"({"form": "fit", "parts": {}})", "done"},
      {R"({"form": "fit", "parts": {"a": {"rows": [{"words": "w"}]}}})", "done"},
      {"", "invalid_input"},
      {"[]", "invalid_input"},
      {R"({"form": "fit"})", "invalid_input"},
      {R"({"form": 1, "parts": {}})", "invalid_input"},
      {R"({"form": "fit", "parts": {}, "more": 1})", "invalid_input"},
      {R"({"form": "fit", "parts": {"a": {"rows": [{"words": 1}]}}})", "invalid_input"},
      {R"({"form": "fit", "parts": {"a": {"rows": [{"a b": "w"}]}}})", "invalid_input"},
      {R"({"form": "fit", "parts": {"a": {"rows": [{"words": "\u001b[2J"}]}}})", "invalid_input"},
      {R"({"form": "fit", "parts": {"a": {"evidence": [{"kind": "k"}]}}})", "invalid_input"},
      {R"({"form": "fit", "parts": {"a": {"evidence":
          [{"kind": "k", "title": "t", "sha256": "00"}]}}})",
       "invalid_input"},
      {std::string(paper_size_max + 1, ' '), "limit_exceeded"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text.substr(0, 80));
    EXPECT_EQ(outcome(parse_paper(text)), want);
  }
}

TEST(PaperJson, SaysWhichPartAndFieldIsWrong) {
  const auto message = [](std::string_view text) { return parse_paper(text).error().message; };
  EXPECT_EQ(message(R"({"form": "fit", "parts": {"a": {"rows": [{"words": 1}]}}})"),
            "a: words: an answer is a text");
  EXPECT_EQ(message(R"({"form": "fit", "parts": {"a": {}, "b": {"evidence": [{"kind": "k"}]}}})"),
            "b: evidence has a kind, a title and a sha256");
}

RC_GTEST_PROP(PaperJson, AnyWordsComeBack, ()) {
  const auto words = *rc::gen::container<std::string>(rc::gen::inRange('\x20', '\x7f'));
  auto paper = whole_paper("dpo_advice");
  paper.parts["advice"].rows[0]["words"] = words;
  RC_CLASSIFY(words.find('"') != std::string::npos, "has a quote");
  RC_ASSERT(parse_paper(format_paper(paper)).value() == paper);
}

}  // namespace
}  // namespace regmark::assessment
