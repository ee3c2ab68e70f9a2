// Real files of real sites, printed.
#include "accountability/printed_paper.h"

#include <gtest/gtest.h>

#include "documents/haru/pdf.h"
#include "documents/page.h"
#include "estate/estate_testing.h"

namespace regmark::accountability {
namespace {

using access::Act;
using assessment::Guidance;
using assessment::whole_paper;

class PrintedPaper : public ::testing::Test {
 protected:
  PrintedPaper() {
    auto site = estate_.site("gate");
    site.path = estate::Path::full;
    EXPECT_TRUE(estate_->propose(estate_.to_change("gate"), site));
    EXPECT_TRUE(estate_.hand_in("a file"));
  }
  estate::SiteFile file() {
    return estate_
        ->site_file(estate_.receipt(Act::read_estate, "gate", estate::test_author), gate_,
                    std::nullopt)
        .value();
  }
  Result<documents::Document> print(std::string_view form = "impact") {
    return printed(Guidance::built_in(), file(), form,
                   [](const base::PersonId& id) { return "Name of " + id.text(); });
  }
  std::string page(std::string_view form = "impact") {
    return documents::page_of(print(form).value());
  }

  estate::TestEstate estate_;
  const base::SiteId gate_ = base::SiteId::parse("gate").value();
};

TEST_F(PrintedPaper, HasEverySectionOfItsForm) {
  estate_.file_all("gate");
  const auto text = page();
  for (const auto& part : Guidance::built_in().form("impact")->parts) {
    EXPECT_NE(text.find(part.title), std::string::npos) << part.title;
    for (const auto& field : part.fields) {
      if (part.fields.size() == 1 && field.id == "words") continue;  // the part's own title
      EXPECT_NE(text.find(field.title), std::string::npos) << field.title;
    }
  }
  for (const auto* said : {"It has everything that the guidance asks for.", "1200",
                           "Advice (section 7 of the impact assessment)", "53.400000, -2.200000",
                           "not for release", "population figures"}) {
    EXPECT_NE(text.find(said), std::string::npos) << said;
  }
}

TEST_F(PrintedPaper, SaysWhoWroteAdvisedAssessedAndDecided) {
  estate_.file_all("gate");
  ASSERT_TRUE(estate_->set_matrix(estate_.receipt(Act::change_matrix, "matrix", "controller"),
                                  assessment::Matrix::example_as_if_decided(), "by the guidance"));
  ASSERT_TRUE(estate_->assess(estate_.to_approve("gate"), gate_));
  ASSERT_TRUE(estate_->decide(estate_.receipt(Act::decide_estate, "gate", "controller"), gate_,
                              whole_paper("decision")));
  const auto text = page();
  for (const auto* said : {"Name of person-author", "Name of person-dpo", "Name of person-overt",
                           "Name of person-approver", "Name of controller"}) {
    EXPECT_NE(text.find(said), std::string::npos) << said;
  }
}

TEST_F(PrintedPaper, SaysWhatWasNotAnswered) {
  auto paper = whole_paper("impact");
  paper.parts.erase("rights");
  paper.parts["necessity"].rows[0].erase("lawful_basis");
  paper.parts["resident_population"].evidence.clear();
  ASSERT_TRUE(estate_.file("gate", paper));
  const auto text = page();
  for (const auto* said : {"Not answered.", "No evidence is attached, though some is needed.",
                           "Nobody has advised yet.", "What is missing", "The lawful basis"}) {
    EXPECT_NE(text.find(said), std::string::npos) << said;
  }
  EXPECT_EQ(text.find("It has everything"), std::string::npos);
}

TEST_F(PrintedPaper, SaysThatAdviceWasOnAnEarlierVersion) {
  estate_.file_all("gate");
  EXPECT_EQ(page().find("older than the version"), std::string::npos);
  ASSERT_TRUE(estate_.file("gate", whole_paper("impact")));
  EXPECT_NE(page().find("older than the version"), std::string::npos);
}

// What is not whole is never printed as if it counted.
TEST_F(PrintedPaper, PrintsWhatIsInForceAndSaysWhatIsADraft) {
  auto draft = whole_paper("impact");
  draft.parts["rights"].rows[0]["words"] = "what nobody finished";
  draft.parts.erase("location");
  const auto has = [&](std::string_view said) { return page().find(said) != std::string::npos; };
  ASSERT_TRUE(estate_.file("gate", draft));
  EXPECT_TRUE(has("what nobody finished"));
  EXPECT_TRUE(has("A draft: it is not whole"));
  estate_.file_all("gate");
  EXPECT_TRUE(has("Version 2, written on"));
  EXPECT_FALSE(has("draft"));
  ASSERT_TRUE(estate_.file("gate", draft));
  ASSERT_TRUE(estate_.file("gate", assessment::Paper{"dpo_advice", {}}));
  EXPECT_TRUE(has("Version 2, written on"));
  EXPECT_TRUE(has("Version 3, of 2026-03-28, is a draft"));
  EXPECT_FALSE(has("what nobody finished"));
  EXPECT_TRUE(has("It has everything"));
  // Nor does a draft stand in for the advice that was given.
  EXPECT_TRUE(has("Version 2, of 2026-03-28, is a draft"));
  EXPECT_FALSE(has("Not answered."));
}

TEST_F(PrintedPaper, FitsOnPaperHoweverLongItsWords) {
  auto paper = whole_paper("impact");
  paper.parts["necessity"].rows[0]["words"] = std::string(8'000, 'w');
  auto& risks = paper.parts["risks"].rows;
  risks.assign(50, risks.front());
  for (auto& risk : risks) risk["measures"] = std::string(900, 'm');
  ASSERT_TRUE(estate_.file("gate", paper));
  const auto pdf = documents::pdf_of(print().value());
  ASSERT_TRUE(pdf) << pdf.error().message;
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
  EXPECT_GT(pdf->size(), 20'000U);
}

TEST_F(PrintedPaper, SaysWhatItCannotPrint) {
  EXPECT_EQ(print("no_such_form").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(print("impact").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace regmark::accountability
