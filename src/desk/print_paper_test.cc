// A paper is printed for whoever may read the estate, and that it was is on record.
#include "desk/print_paper.h"

#include <gtest/gtest.h>

#include "desk/desk_testing.h"
#include "documents/page.h"
#include "estate/estate_testing.h"

namespace regmark::desk {
namespace {

class PrintPaper : public ::testing::Test {
 protected:
  PrintPaper() {
    const auto receipt = rooms_.log.receipt_for(access::Act::change_estate, {.subject = "gate"},
                                                estate::test_author);
    const estate::Grounds grounds{"thefts along this road", "local_crime",
                                  base::day_of(rooms_.clock.now()) + std::chrono::days{300}};
    REGMARK_CHECK(
        rooms_.estate
            ->propose(receipt, {gate_, "North gate", {53.4, -2.2}, grounds, estate::Path::full})
            .has_value());
    assessment::Paper paper{"impact", {}};
    paper.parts["location"].rows = {{{"words", "On the north road"}}};
    REGMARK_CHECK(rooms_.estate->file(receipt, gate_, paper).has_value());
  }
  Result<Answer<documents::Document>> print(access::Role role, std::string_view form = "impact") {
    return print_paper(*rooms_.desk, rooms_.asker({role}), gate_, form, std::nullopt);
  }

  const base::SiteId gate_ = base::SiteId::parse("gate").value();
  TestDesk rooms_;
};

TEST_F(PrintPaper, GivesTheDocumentAndIsOnRecord) {
  const auto answer = print(access::Role::dpo);
  ASSERT_TRUE(answer) << answer.error().message;
  const auto& done = std::get<Done<documents::Document>>(*answer);
  const auto page = documents::page_of(done.value);
  EXPECT_NE(page.find("On the north road"), std::string::npos);
  EXPECT_NE(page.find("no name on record (person-author)"), std::string::npos);
  const auto records = rooms_.records();
  EXPECT_TRUE(std::ranges::any_of(
      records, [&](const audit::Entry& entry) { return entry.number == done.receipt; }));
}

TEST_F(PrintPaper, IsRefusedToWhoMayNotReadTheEstate) {
  const auto answer = print(access::Role::patrol);
  ASSERT_TRUE(answer);
  EXPECT_TRUE(std::holds_alternative<Refused>(*answer));
}

TEST_F(PrintPaper, IsNotGivenWhenItCannotBeRecorded) {
  rooms_.failing_log.fill_up_after(0);
  EXPECT_FALSE(print(access::Role::dpo).has_value());
}

TEST_F(PrintPaper, SaysWhatNobodyWrote) {
  EXPECT_EQ(print(access::Role::dpo, "fit").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace regmark::desk
