// What stays on record of the full path: as it stood on any day, unchanged, and counted.
#include "estate/full_path_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using assessment::commissioning_of;
using assessment::whole_paper;

TEST_F(FullPath, EveryMatrixCanBeReadAgain) {
  const auto read = [&](const WhichMatrix& which) {
    return estate_->matrix(estate_.receipt(Act::read_estate, "matrix", "reader"), which);
  };
  ASSERT_TRUE(set_matrix());
  const auto then = estate_.clock.now();
  estate_.clock.advance(std::chrono::days{10});
  ASSERT_TRUE(set_matrix());
  EXPECT_EQ(read({})->version, 2U);
  EXPECT_EQ(read({.as_of = then + std::chrono::days{9}})->version, 1U);
  EXPECT_EQ(read({.version = 1})->at, then);
  EXPECT_FALSE(read({.version = 3}));
  EXPECT_FALSE(read({.as_of = then - std::chrono::days{1}}));
}

TEST_F(FullPath, CanBeReadAsItStoodOnAnyDay) {
  ASSERT_TRUE(set_matrix());
  const auto proposed = estate_.clock.now();
  estate_.clock.advance(std::chrono::days{10});
  file_all();
  ASSERT_TRUE(assess());
  const auto assessed = estate_.clock.now();
  estate_.clock.advance(std::chrono::days{10});
  ASSERT_TRUE(file(whole_paper("consultation")));
  ASSERT_TRUE(assess());
  ASSERT_TRUE(decide());
  estate_.commission("cam-1", gate_);
  ASSERT_TRUE(commission());
  ASSERT_TRUE(begin());
  const auto live = estate_.clock.now();
  estate_.clock.advance(std::chrono::days{10});
  ASSERT_TRUE(estate_->stop(estate_.to_change("gate"), gate_, "road closed"));

  EXPECT_EQ(read(proposed).site.stage, Stage::proposed);
  EXPECT_TRUE(read(proposed).papers.empty());
  EXPECT_EQ(read(assessed).site.stage, Stage::assessed);
  EXPECT_EQ(read(assessed).papers.size(), 7U);
  EXPECT_FALSE(read(assessed).site.live_from);
  EXPECT_EQ(read(live).site.stage, Stage::live);
  EXPECT_EQ(read(live).site.state, State::live);
  EXPECT_EQ(read(live).papers.back().version, 1U);
  EXPECT_EQ(read(live).papers[7].version, 2U);  // the consultation, written again
  EXPECT_EQ(read().site.state, State::stopped);
  const auto before = estate_->site_file(estate_.receipt(Act::read_estate, "gate", test_author),
                                         gate_, proposed - std::chrono::seconds{1});
  EXPECT_EQ(outcome(before), "not_found");
  EXPECT_EQ(before.error().message, "the site was not yet proposed then: it was on " +
                                        base::format_day(base::day_of(proposed)));
}

// Its need and until when it stands, as they were said then, and not as it was extended later.
TEST_F(FullPath, AShortOneIsReadAsItStoodBeforeItWasExtended) {
  const auto van = base::SiteId::parse("van").value();
  auto site = estate_.site("van");
  site.grounds = estate_.grounds(std::chrono::days{60});
  ASSERT_TRUE(estate_->propose(estate_.to_change("van"), site));
  ASSERT_TRUE(estate_->approve(estate_.to_approve("van"), van));
  const auto at_first = estate_.clock.now();
  estate_.clock.advance(std::chrono::days{20});
  const auto longer = Grounds{"lorries' loads stolen", "serious_organised_major_crime",
                              base::day_of(estate_.clock.now()) + std::chrono::days{100}};
  estate_.write_to_extend(van);
  ASSERT_TRUE(estate_->review(estate_.to_approve("van", "third"), van, longer));
  const auto extended = estate_.clock.now();
  estate_.clock.advance(std::chrono::days{10});
  const auto said = [&](std::optional<base::UtcTime> as_of) {
    const auto file =
        estate_->site_file(estate_.receipt(Act::read_estate, "van", test_author), van, as_of);
    const auto& record = file->site;
    const auto& grounds = record.about.grounds;
    return grounds.need + ", " + grounds.category + ", until " + base::format_day(grounds.review) +
           ", lapses " + base::format_day(*record.lapses) + ", by " + record.approver->text();
  };
  EXPECT_EQ(said(at_first),
            "thefts of vehicles along this road, local_crime, until 2026-05-27, lapses 2026-05-27,"
            " by person-approver");
  EXPECT_EQ(said(std::nullopt),
            "lorries' loads stolen, serious_organised_major_crime, until 2026-07-26, lapses "
            "2026-07-26, by third");
  EXPECT_EQ(said(extended), said(std::nullopt));
}

TEST_F(FullPath, NothingThatWasWrittenChangesOrGoes) {
  file_all();
  ASSERT_TRUE(set_matrix());
  for (const auto* table :
       {"estate_papers", "estate_evidence", "estate_matrices", "estate_history"}) {
    for (const auto& statement :
         {"UPDATE " + std::string(table) + " SET at = 1", "DELETE FROM " + std::string(table)}) {
      SCOPED_TRACE(statement);
      EXPECT_EQ(outcome(estate_.database->write([&](records::Transaction& transaction) {
                  return to_void(transaction.run(statement));
                })),
                "conflict");
    }
  }
}

TEST_F(FullPath, AShortDeploymentEndsOrIsAssessed) {
  struct Case {
    Path path;
    std::chrono::days days;
    std::string_view want;
  };
  using std::chrono::days;
  constexpr Case cases[] = {{Path::emergency, days{28}, "done"},
                            {Path::emergency, days{29}, "invalid_input"},
                            {Path::statutory, days{366}, "done"},
                            {Path::inherited, days{30}, "invalid_input"}};
  int number = 0;
  for (const auto& one : cases) {
    auto site = estate_.site("short-" + std::to_string(number++));
    site.path = one.path;
    site.grounds.review = base::day_of(estate_.clock.now()) + one.days;
    const auto act = one.path == Path::statutory ? Act::change_covert : Act::change_estate;
    const auto receipt = estate_.receipt(act, site.id.text(), test_author);
    EXPECT_EQ(outcome(estate_->propose(receipt, site)), one.want)
        << name(one.path) << one.days.count();
  }
  estate_.live_site("van");
  const auto van = base::SiteId::parse("van").value();
  estate_.clock.advance(days{200});
  EXPECT_EQ(message(estate_->review(estate_.to_approve("van"), van, estate_.grounds())),
            "it would stand for twelve months: take it to the full path");
  ASSERT_TRUE(estate_->take_full_path(estate_.to_change("van"), van, "it is needed for longer"));
  EXPECT_EQ(outcome(estate_->assess(estate_.to_approve("van"), van)), "invalid_input");
  ASSERT_TRUE(set_matrix());
  estate_.file_all("van");
  EXPECT_EQ(outcome(estate_->assess(estate_.to_approve("van"), van)), "done");
}

// While it is short it ends and waits for no review; nor does what was proposed and never begun.
TEST_F(FullPath, AShortOneIsCountedAmongReviewsFromItsBeginningOn) {
  using std::chrono::days;
  const auto began = estate_.clock.now();
  const auto counted = [&](base::UtcTime until) {
    const auto found = estate_->review_count(
        estate_.receipt(Act::read_register, "reviews", "foi-officer"), began, until);
    return std::to_string(found->done) + " done, " + std::to_string(found->overdue) + " overdue";
  };
  const auto count = [&] { return counted(estate_.clock.now()); };
  estate_.live_site("van");
  const auto van = base::SiteId::parse("van").value();
  estate_.commission("cam-1", van);
  estate_.clock.advance(days{340});
  ASSERT_TRUE(estate_->take_full_path(estate_.to_change("van"), van, "it is needed for longer"));
  estate_.clock.advance(days{50});  // past the day on which it was to end, and the gate's
  EXPECT_EQ(count(), "0 done, 0 overdue");
  ASSERT_TRUE(set_matrix());
  estate_.file_all("van");
  ASSERT_TRUE(estate_->assess(estate_.to_approve("van"), van));
  ASSERT_TRUE(estate_->decide(estate_.receipt(Act::decide_estate, "van", "controller"), van,
                              whole_paper("decision")));
  ASSERT_TRUE(estate_->commission(estate_.to_change("van"), van, commissioning_of({"cam-1"})));
  ASSERT_TRUE(
      estate_->begin(estate_.to_change("van"), van, base::day_of(estate_.clock.now()) + days{100}));
  const auto begun = estate_.clock.now();
  estate_.clock.advance(days{101});
  EXPECT_EQ(count(), "0 done, 1 overdue");
  EXPECT_EQ(counted(begun), "0 done, 0 overdue");
  auto review = assessment::review_that_continues();
  review.parts["cameras"].rows = {
      {{"camera", "cam-1"}, {"outcome", "continue"}, {"words", "as found"}}};
  const auto course = estate_->review(estate_.receipt(Act::review_estate, "van", "reviewer"), van,
                                      review, base::day_of(estate_.clock.now()) + days{365});
  ASSERT_TRUE(course) << course.error().message;
  estate_.clock.advance(days{1});
  EXPECT_EQ(count(), "1 done, 0 overdue");
}

}  // namespace
}  // namespace regmark::estate
