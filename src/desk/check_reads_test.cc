#include "desk/check_reads.h"

#include <gtest/gtest.h>

#include "desk/desk_testing.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"

namespace regmark::desk {
namespace {

using access::Role;

// What a store takes for one: it looks into none.
base::Bytes a_picture() {
  return base::Bytes(100, 7);
}

// One read of AB12CDE with its picture is stored, and waits to be checked.
class CheckedReads : public ::testing::Test {
 protected:
  CheckedReads() {
    auto read = plate::a_read("cam-1", "AB12CDE", "2026-03-28T08:10:00Z");
    read.pictures = {{plate::PictureKind::plate, base::sha256({a_picture()}),
                      static_cast<std::uint32_t>(a_picture().size())}};
    const auto camera = estate::TestJustifications::fixed("cam-1");
    const std::vector<sightings::NewSighting> sightings{
        {read, {{plate::PictureKind::plate, a_picture()}}}};
    const std::vector<sightings::CameraBatch> batches{{camera, sightings}};
    REGMARK_CHECK(rooms_.store->append(batches).value().front() == sightings::Kept::stored);
    wait(read);
    read_ = read.id;
  }
  void wait(const plate::Read& read) {
    REGMARK_CHECK(rooms_.database
                      ->write([&](records::Transaction& transaction) {
                        return drift::Samples::put(transaction,
                                                   {{read.id, read.camera, read.observed}},
                                                   rooms_.clock.now());
                      })
                      .has_value());
  }
  Asker checker() const { return rooms_.asker({Role::control_operator}); }
  std::string tell(Sees sees, std::string_view text) {
    return words(tell_sample(*rooms_.desk, checker(), *read_, sees, text));
  }
  // "right of told unreadable", of all.
  std::string counted() {
    const auto answer =
        read_accuracies(*rooms_.desk, rooms_.asker({Role::anpr_manager}), {}, rooms_.clock.now());
    const auto& all = std::get<Done<std::vector<drift::Accuracy>>>(answer.value()).value;
    if (all.empty()) return "";
    return std::to_string(all.front().right.part) + " of " +
           std::to_string(all.front().right.whole) + " " + std::to_string(all.front().unreadable);
  }
  std::string records_text() {
    std::string all;
    for (const auto& entry : rooms_.records()) all += entry.details;
    return all;
  }

  TestDesk rooms_;
  std::optional<plate::ReadId> read_;
};

TEST_F(CheckedReads, ShowsThePictureAndTakesWhatAPersonReads) {
  const auto next = next_sample(*rooms_.desk, checker()).value();
  EXPECT_EQ(std::get<Done<std::optional<plate::ReadId>>>(next).value, read_);
  const auto picture = see_sample(*rooms_.desk, checker(), *read_).value();
  EXPECT_EQ(std::get<Done<base::Bytes>>(picture).value, a_picture());
  EXPECT_EQ(tell(Sees::plate, "ab12 cde"), "done");
  EXPECT_EQ(counted(), "1 of 1 0");
  EXPECT_EQ(tell(Sees::plate, "AB12CDE"), "this read does not wait to be checked");
  EXPECT_EQ(words(see_sample(*rooms_.desk, checker(), *read_)),
            "this read does not wait to be checked");
}

TEST_F(CheckedReads, TellsWhatWasReadWrongly) {
  EXPECT_EQ(tell(Sees::plate, "AB12CDF"), "done");
  EXPECT_EQ(counted(), "0 of 1 0");
}

TEST_F(CheckedReads, CountsNoPlateAsWrongAndWhatNobodyCanReadNotAtAll) {
  EXPECT_EQ(tell(Sees::no_plate, ""), "done");
  EXPECT_EQ(counted(), "0 of 1 0");
  wait([&] {
    auto read = plate::a_read("cam-1", "AB12CDE", "2026-03-28T08:10:00Z");
    read.id = *read_;
    return read;
  }());
  EXPECT_EQ(tell(Sees::unreadable, ""), "done");
  EXPECT_EQ(counted(), "0 of 1 1");
}

TEST_F(CheckedReads, WantsATextForAPlateAndNoneElse) {
  EXPECT_NE(tell(Sees::plate, ""), "done");
  EXPECT_NE(tell(Sees::plate, "!!"), "done");
  EXPECT_EQ(tell(Sees::unreadable, "AB12CDE"), "a text is for what shows a plate that can be read");
  EXPECT_EQ(counted(), "");
}

// Whoever checks may see what was drawn, and nothing else of what is kept.
TEST_F(CheckedReads, OpensNoOtherRead) {
  auto other = plate::a_read("cam-1", "CD34EFG", "2026-03-28T08:20:00Z");
  const auto camera = estate::TestJustifications::fixed("cam-1");
  const std::vector<sightings::NewSighting> sightings{{other, {}}};
  const std::vector<sightings::CameraBatch> batches{{camera, sightings}};
  REGMARK_CHECK(rooms_.store->append(batches).has_value());
  EXPECT_EQ(words(see_sample(*rooms_.desk, checker(), other.id)),
            "this read does not wait to be checked");
  const auto investigator = rooms_.asker({Role::investigator});
  EXPECT_EQ(words(see_sample(*rooms_.desk, investigator, *read_)),
            "none of your roles may do this");
  EXPECT_EQ(words(next_sample(*rooms_.desk, investigator)), "none of your roles may do this");
}

TEST_F(CheckedReads, ForgetsWhatIsGone) {
  ASSERT_TRUE(rooms_.store->drop(rooms_.log.machine_receipt(audit::MachineVerb::drop),
                                 base::parse_day("2026-03-28").value()));
  EXPECT_NE(tell(Sees::plate, "AB12CDE"), "done");
  const auto next = next_sample(*rooms_.desk, checker()).value();
  EXPECT_FALSE(std::get<Done<std::optional<plate::ReadId>>>(next).value);
  EXPECT_EQ(counted(), "");
}

// That somebody looked is on record; what they read is nowhere.
TEST_F(CheckedReads, KeepsNoPlate) {
  ASSERT_EQ(tell(Sees::plate, "ZZ99ZZZ"), "done");
  EXPECT_EQ(records_text().find("ZZ99ZZZ"), std::string::npos);
  EXPECT_NE(records_text().find(read_->text()), std::string::npos);
}

}  // namespace
}  // namespace regmark::desk
