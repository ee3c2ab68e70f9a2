// What is kept apart: for whoever has no permission for it, it is not there.
#include <gtest/gtest.h>

#include <algorithm>

#include "estate/camera_book.h"
#include "estate/camera_keys.h"
#include "estate/estate_testing.h"
#include "estate/names_apart.h"

namespace regmark::estate {
namespace {

using access::Act;

template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "done" : std::string(name(result.error().code));
}

// A statutory site and a covert deployment, each with a camera, beside one of each that is open.
class KeptApart : public ::testing::Test {
 protected:
  KeptApart() {
    EXPECT_TRUE(estate_.database->migrate(CameraBook::migrations()));
    auto site = estate_.site("hidden");
    site.path = Path::statutory;
    EXPECT_TRUE(estate_->propose(covert("hidden"), site));
    EXPECT_TRUE(estate_->approve(covert("hidden", "person-second"), site.id));
    auto deployment = estate_.deployment("watch");
    deployment.is_apart = true;
    EXPECT_TRUE(estate_->propose(covert("watch"), deployment));
    EXPECT_TRUE(estate_->approve(covert("watch", "person-second"), deployment.id));
    EXPECT_TRUE(estate_->commission(covert("cam-h"), {camera("cam-h"), "Lane", hidden_, {}}));
    EXPECT_TRUE(estate_->commission(covert("cam-w"), {camera("cam-w"), "Van", {}, watch_}));
    estate_.live_camera("cam-open");
    estate_.live_deployment("patrol");
  }

  static base::CameraId camera(std::string_view id) { return base::CameraId::parse(id).value(); }
  audit::Receipt covert(std::string_view subject, std::string_view person = test_author) {
    return estate_.receipt(Act::change_covert, subject, person);
  }
  audit::Receipt open(std::string_view subject) {
    return estate_.receipt(Act::read_estate, subject, "reader");
  }
  audit::Receipt apart(std::string_view subject) {
    return estate_.receipt(Act::read_covert, subject, "reader");
  }
  template <typename Records>
  static std::vector<std::string> ids(const Result<Records>& records) {
    std::vector<std::string> all;
    for (const auto& one : records.value()) all.push_back(one.about.id.text());
    return all;
  }

  TestEstate estate_;
  const base::SiteId hidden_ = base::SiteId::parse("hidden").value();
  const base::DeploymentId watch_ = base::DeploymentId::parse("watch").value();
};

using Ids = std::vector<std::string>;

TEST_F(KeptApart, IsInNoListOfAnybodyElse) {
  for (int restart = 0; restart < 2; ++restart) {
    EXPECT_EQ(ids(estate_->sites(open("sites"))), Ids{"site-of-cam-open"});
    EXPECT_EQ(ids(estate_->deployments(open("deployments"))), Ids{"patrol"});
    EXPECT_EQ(ids(estate_->cameras(open("cameras"))), Ids{"cam-open"});
    EXPECT_EQ(ids(estate_->sites(apart("sites"))), Ids{"hidden"});
    EXPECT_EQ(ids(estate_->deployments(apart("deployments"))), Ids{"watch"});
    EXPECT_EQ(ids(estate_->cameras(apart("cameras"))), (Ids{"cam-h", "cam-w"}));
    const auto court = estate_.receipt(Act::export_evidence, "case", "reader");
    EXPECT_EQ(ids(estate_->cameras(court)), Ids{"cam-open"});
    EXPECT_TRUE(estate_->is_kept_apart(camera("cam-h")));
    EXPECT_TRUE(estate_->is_kept_apart(camera("cam-w")));
    EXPECT_FALSE(estate_->is_kept_apart(camera("cam-open")));
    estate_.reopen();
  }
}

TEST_F(KeptApart, TellsTheProgramItsNamesAndNoOthers) {
  const NamesApart names(*estate_.database);
  auto all = names.all(estate_.log.machine_receipt(audit::MachineVerb::verify)).value();
  std::ranges::sort(all);
  EXPECT_TRUE(std::ranges::includes(all, Ids{"Lane", "Van", "cam-h", "cam-w", "hidden", "watch"}));
  EXPECT_EQ(all.size(), 8U);
  EXPECT_EQ(outcome(names.all(estate_.log.machine_receipt(audit::MachineVerb::count))),
            "invalid_input");
}

TEST_F(KeptApart, IsNeitherDueNorCountedNorNearForAnybodyElse) {
  const auto today = base::day_of(estate_.clock.now());
  EXPECT_EQ(estate_->reviews_due(open("reviews"))->size(), 1U);
  EXPECT_EQ(estate_->would_stop(open("reviews"), today + std::chrono::days{400})->size(), 1U);
  const auto near = base::SiteId::parse("site-of-cam-open").value();
  EXPECT_TRUE(estate_->site_file(open(near.text()), near, std::nullopt)->near.empty());
  estate_.clock.advance(std::chrono::days{400});
  const auto due = estate_.database->read([&](records::Transaction& transaction) {
    return Estate::count_due(transaction, base::day_of(estate_.clock.now()));
  });
  EXPECT_EQ(due.value().lapsed, 1U);  // the open site; the open deployment has ended by itself
  EXPECT_TRUE(estate_->deployments_due(open("due"))->empty());
}

TEST_F(KeptApart, AnswersEveryOtherActAsIfItWereNotThere) {
  const auto change = [&](std::string_view id) { return estate_.to_change(id, "person-third"); };
  const auto approve = [&](std::string_view id) { return estate_.to_approve(id, "person-third"); };
  const auto cam = camera("cam-h");
  const auto keys = CameraKeys::open(*estate_.database, estate_.clock).value();
  CameraBook book(*estate_.database, estate_.clock);
  const BookEntry fault{.camera = cam,
                        .kind = BookKind::fault,
                        .day = base::day_of(estate_.clock.now()),
                        .words = "dark"};
  EXPECT_EQ(outcome(estate_->approve(approve("hidden"), hidden_)), "not_found");
  EXPECT_EQ(outcome(estate_->approve(approve("watch"), watch_)), "not_found");
  EXPECT_EQ(outcome(estate_->review(approve("hidden"), hidden_, estate_.grounds())), "not_found");
  EXPECT_EQ(outcome(estate_->stop(change("hidden"), hidden_, "r")), "not_found");
  EXPECT_EQ(outcome(estate_->stop(change("watch"), watch_, "r")), "not_found");
  EXPECT_EQ(outcome(estate_->stop(change("cam-h"), cam, "r")), "not_found");
  EXPECT_EQ(outcome(estate_->renew_token(change("cam-h"), cam)), "not_found");
  EXPECT_EQ(outcome(estate_->commission(change("cam-9"), {camera("cam-9"), "Lane", hidden_, {}})),
            "not_found");
  EXPECT_EQ(outcome(estate_->site_file(open("hidden"), hidden_, std::nullopt)), "not_found");
  EXPECT_EQ(outcome(estate_->file(change("hidden"), hidden_, assessment::Paper{"impact", {}})),
            "not_found");
  EXPECT_EQ(outcome(estate_->take_full_path(change("hidden"), hidden_, "r")), "not_found");
  EXPECT_EQ(outcome(estate_->assess(approve("hidden"), hidden_)), "not_found");
  EXPECT_EQ(outcome(keys->set(change("cam-h"), cam, {.key = PublicKey{1}})), "not_found");
  EXPECT_EQ(outcome(book.write(change("cam-h"), fault)), "not_found");
  ASSERT_TRUE(book.write(covert("cam-h"), fault));
  EXPECT_TRUE(book.entries(open("hidden"), std::vector{cam})->empty());
  EXPECT_EQ(book.entries(apart("hidden"), std::vector{cam})->size(), 1U);
}

TEST_F(KeptApart, ItsPermissionOpensNothingElse) {
  const auto site = base::SiteId::parse("site-of-cam-open").value();
  EXPECT_EQ(outcome(estate_->stop(covert(site.text()), site, "r")), "not_found");
  EXPECT_EQ(outcome(estate_->stop(covert("cam-open"), camera("cam-open"), "r")), "not_found");
  EXPECT_EQ(outcome(estate_->site_file(apart(site.text()), site, std::nullopt)), "not_found");
  EXPECT_EQ(outcome(estate_->propose(covert("new"), estate_.site("new"))), "invalid_input");
  auto statutory = estate_.site("new");
  statutory.path = Path::statutory;
  EXPECT_EQ(outcome(estate_->propose(estate_.to_change("new"), statutory)), "invalid_input");
  auto secret = estate_.deployment("new");
  secret.is_apart = true;
  EXPECT_EQ(outcome(estate_->propose(estate_.to_change("new"), secret)), "invalid_input");
}

TEST_F(KeptApart, TakesTwoPeopleAndEndsByItself) {
  auto site = estate_.site("second");
  site.path = Path::statutory;
  ASSERT_TRUE(estate_->propose(covert("second"), site));
  EXPECT_EQ(outcome(estate_->approve(covert("second"), site.id)), "conflict");
  EXPECT_TRUE(std::holds_alternative<Justification>(estate_->standing(camera("cam-h"))));
  estate_.clock.advance(std::chrono::days{366});
  EXPECT_TRUE(std::holds_alternative<NotJustified>(estate_->standing(camera("cam-h"))));
  EXPECT_TRUE(estate_->site_file(apart("hidden"), hidden_, std::nullopt));
  ASSERT_TRUE(estate_->stop(covert("hidden"), hidden_, "it is over"));
}

}  // namespace
}  // namespace regmark::estate
