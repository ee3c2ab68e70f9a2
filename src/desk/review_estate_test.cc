// A yearly review with what the records hold, through all the rooms.
#include "desk/review_estate.h"

#include <gtest/gtest.h>

#include "alerts/alerts_testing.h"
#include "assessment/assessment_testing.h"
#include "desk/desk_testing.h"
#include "desk/find_sightings.h"
#include "desk/keep_camera_book.h"
#include "desk/read_review_evidence.h"
#include "estate/estate_testing.h"
#include "sightings/sightings_testing.h"

namespace regmark::desk {
namespace {

using access::Act;
using access::Role;
using assessment::Paper;
using estate::BookEntry;
using estate::BookKind;
using estate::Found;
using estate::ReviewEvidence;
using std::chrono::days;

class YearlyReview : public ::testing::Test {
 protected:
  // A site that stood before, with two cameras, assessed at last, one day ago.
  YearlyReview() {
    estate::InheritedSite stood{{gate_,
                                 "Gate",
                                 {51.5, -0.1},
                                 {"Thefts", "local_crime", today() + days{300}},
                                 estate::Path::inherited},
                                {}};
    for (const auto* camera : {"cam-1", "cam-2"}) {
      stood.cameras.push_back({id(camera), "Lane", gate_, {}});
    }
    REGMARK_CHECK(rooms_.estate->inherit(receipt("register"), std::vector{stood}, {}));
    REGMARK_CHECK(rooms_.estate->hand_in(receipt("evidence"), base::as_bytes("a file")));
    for (const auto* form :
         {"strategic_assessment", "pressing_need", "impact", "dpo_advice", "overt_lead_advice"}) {
      const auto act = assessment::Guidance::built_in().form(form)->act;
      // Each adviser is somebody else.
      const auto* writer = act == Act::advise_estate ? form : "owner";
      REGMARK_CHECK(rooms_.estate->file(rooms_.log.receipt_for(act, {.subject = "gate"}, writer),
                                        gate_, assessment::whole_paper(form)));
    }
    happen();
    rooms_.clock.advance(days{1});
  }

  static base::CameraId id(std::string_view camera) {
    return base::CameraId::parse(camera).value();
  }
  base::UtcDay today() const { return base::day_of(rooms_.clock.now()); }
  audit::Receipt receipt(std::string_view subject) {
    return rooms_.log.receipt_for(Act::change_estate, {.subject = std::string(subject)}, "owner");
  }
  Asker manager() const { return rooms_.asker({Role::anpr_manager}); }
  const Desk& desk() const { return *rooms_.desk; }

  // Two reads, one alert that somebody rejects, a search that finds one of them, a fault.
  void happen() {
    const std::vector<sightings::NewSighting> seen{
        {plate::a_read("cam-1", "AB12CDE", "2026-03-28T08:00:00Z"), {}},
        {plate::a_read("cam-1", "XY34ZZZ", "2026-03-28T09:00:00Z"), {}}};
    const auto justified = estate::TestJustifications::fixed("cam-1");
    const std::vector<sightings::CameraBatch> batches{{justified, seen}};
    REGMARK_CHECK(rooms_.store->append(batches).has_value());
    auto read = seen.front().read;
    read.pictures = {alerts::a_picture()};
    const auto raised = rooms_.alerts->raise(read, std::vector{alerts::a_hit("AB12CDE")});
    REGMARK_CHECK(rooms_.alerts->keep(raised).has_value());
    const auto& alert = raised.front();
    REGMARK_CHECK(rooms_.alerts->reject(
        rooms_.log.receipt_for(Act::reject_alert, {.subject = alert.text()}), alert, "an F"));
    const sightings::Query query{
        .plate = "AB12CDE",
        .window = access::Window{rooms_.clock.now() - std::chrono::hours{24}, rooms_.clock.now()}};
    REGMARK_CHECK(words(find_sightings(desk(), rooms_.asker({Role::investigator}), query)) ==
                  "done");
    REGMARK_CHECK(words(write_camera_book(desk(), manager(),
                                          {.camera = id("cam-2"),
                                           .kind = BookKind::fault,
                                           .day = today(),
                                           .words = "lens cracked"})) == "done");
  }

  ReviewEvidence evidence() {
    return std::get<Done<ReviewEvidence>>(read_review_evidence(desk(), manager(), gate_).value())
        .value;
  }
  static Paper review() {
    auto paper = assessment::review_that_continues();
    paper.parts["aims"].evidence.clear();
    for (const auto* camera : {"cam-1", "cam-2"}) {
      paper.parts["cameras"].rows.push_back(
          {{"camera", camera}, {"outcome", "continue"}, {"words", "as found"}});
    }
    return paper;
  }

  TestDesk rooms_;
  const base::SiteId gate_ = base::SiteId::parse("gate").value();
};

TEST_F(YearlyReview, IsToldWhatTheRecordsHoldOfEachCamera) {
  const auto found = evidence();
  EXPECT_EQ(found.from, today() - days{1});
  EXPECT_EQ(found.until, today());
  EXPECT_EQ(found.kept_from, today() - days{1});
  ASSERT_EQ(found.cameras.size(), 2U);
  const auto& first = found.cameras[0];
  EXPECT_EQ(first[Found::reads], 2U);
  EXPECT_EQ(first[Found::alerts], 1U);
  EXPECT_EQ(first[Found::alerts_rejected], 1U);
  EXPECT_EQ(first.right_in_thousand(), 0U);
  EXPECT_EQ(first[Found::searches], 1U);
  EXPECT_EQ(first[Found::cases], 1U);
  EXPECT_EQ(first[Found::faults], 0U);
  const auto& second = found.cameras[1];
  EXPECT_EQ(second[Found::reads], 0U);
  EXPECT_EQ(second[Found::searches], 0U);
  EXPECT_EQ(second[Found::faults], 1U);
  EXPECT_EQ(second[Found::faults_open], 1U);
}

TEST_F(YearlyReview, IsToldHowWellItReadsByWhatPeopleChecked) {
  const auto check = [&](std::string_view event, bool right) {
    const auto read = plate::ReadId::of(id("cam-1"), std::string(event));
    const auto now = rooms_.clock.now();
    REGMARK_CHECK(rooms_.database->write([&](records::Transaction& transaction) {
      return drift::Samples::put(transaction, {{read, id("cam-1"), now}}, now);
    }));
    REGMARK_CHECK(
        rooms_.samples.tell(rooms_.log.receipt_for(Act::check_reads), read,
                            {right ? drift::Verdict::right : drift::Verdict::wrong, "current"}));
  };
  check("first", true);
  check("second", true);
  check("third", false);
  // As long as reads of a day may still be checked, no review counts any of it.
  rooms_.clock.advance(drift::samples_wait);
  EXPECT_EQ(evidence().cameras[0][Found::reads_checked], 0U);
  rooms_.clock.advance(days{1});
  const auto found = evidence();
  EXPECT_EQ(found.cameras[0][Found::reads_checked], 3U);
  EXPECT_EQ(found.cameras[0][Found::reads_checked_right], 2U);
  EXPECT_EQ(found.cameras[0].checked_in_thousand(), (estate::CameraFound::Checked{667, 208, 939}));
  EXPECT_FALSE(found.cameras[1].checked_in_thousand());
}

TEST_F(YearlyReview, IsOfTheDaysThatAreOverSinceTheLastOne) {
  ASSERT_EQ(words(review_site_of_year(desk(), manager(), gate_, review(), today() + days{365})),
            "done");
  const auto same_day = evidence();
  EXPECT_EQ(same_day.from, same_day.until);
  EXPECT_EQ(same_day.cameras[0][Found::reads], 0U);
  rooms_.clock.advance(days{30});
  const auto later = evidence();
  EXPECT_EQ(later.until - later.from, days{30});
  EXPECT_EQ(later.cameras[0][Found::searches], 0U);
  // A fault that nobody mended is told of again.
  EXPECT_EQ(later.cameras[1][Found::faults_open], 1U);
}

TEST_F(YearlyReview, NamesTheFileAsEvidence) {
  const auto file = estate::format_review_evidence(evidence());
  ASSERT_EQ(words(review_site_of_year(desk(), manager(), gate_, review(), today() + days{365})),
            "done");
  const auto kept = rooms_.estate->site_file(
      rooms_.log.receipt_for(Act::read_estate, {.subject = "gate"}), gate_, std::nullopt);
  const auto& named = kept->papers.back().paper.parts.at("aims").evidence;
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named.front().kind, "records");
  EXPECT_EQ(named.front().sha256, base::sha256(base::as_bytes(file)));
  const auto bytes =
      rooms_.estate->evidence(rooms_.log.receipt_for(Act::read_estate), named.front().sha256);
  EXPECT_EQ(base::as_text(*bytes), file);
  EXPECT_EQ(file.find("AB12CDE"), std::string::npos);
}

TEST_F(YearlyReview, EachLookIsOnRecord) {
  const auto before = rooms_.records().size();
  ASSERT_TRUE(read_review_evidence(desk(), manager(), gate_));
  std::vector<std::string> acts;
  const auto records = rooms_.records();
  for (std::size_t i = before; i < records.size(); ++i) {
    const auto& shown = records[i].shown;
    if (shown.act != "read_audit") acts.push_back(shown.act + " " + shown.outcome);
  }
  EXPECT_EQ(acts, (std::vector<std::string>{"read_estate permitted", "count permitted",
                                            "read_estate done"}));
}

TEST_F(YearlyReview, IsForNobodyElse) {
  const auto other = rooms_.asker({Role::investigator});
  EXPECT_EQ(words(read_review_evidence(desk(), other, gate_)), "none of your roles may do this");
  EXPECT_EQ(words(review_site_of_year(desk(), other, gate_, review(), today() + days{365})),
            "none of your roles may do this");
  const auto dpo = rooms_.asker({Role::dpo});
  EXPECT_EQ(words(read_review_evidence(desk(), dpo, gate_)), "done");
  EXPECT_EQ(words(review_site_of_year(desk(), dpo, gate_, review(), today() + days{365})),
            "none of your roles may do this");
}

TEST_F(YearlyReview, OfNoSiteThereIsNone) {
  const auto none = base::SiteId::parse("none").value();
  EXPECT_EQ(words(read_review_evidence(desk(), manager(), none)), "there is no such site");
}

}  // namespace
}  // namespace regmark::desk
