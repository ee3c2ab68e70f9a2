// Who may write down what happened to a camera, and what is overdue.
#include "desk/keep_camera_book.h"

#include <gtest/gtest.h>

#include "desk/approve_estate.h"
#include "desk/change_estate.h"
#include "desk/desk_testing.h"

namespace regmark::desk {
namespace {

using access::Role;
using estate::BookEntry;
using estate::BookKind;
using std::chrono::days;

class KeptBook : public ::testing::Test {
 protected:
  KeptBook() {
    auto second = manager();
    second.person.id = base::PersonId::parse("person-second").value();
    const estate::NewSite site{
        gate_, "Gate", {51.5, -0.1}, {"Thefts", "local_crime", today() + days{300}}};
    REGMARK_CHECK(words(propose_site(desk(), manager(), site)) == "done");
    REGMARK_CHECK(words(approve_site(desk(), second, gate_)) == "done");
    REGMARK_CHECK(words(commission_camera(desk(), manager(), {cam_, "Lane", gate_, {}})) == "done");
  }

  const Desk& desk() const { return *rooms_.desk; }
  base::UtcDay today() const { return base::day_of(rooms_.clock.now()); }
  Asker manager() const { return rooms_.asker({Role::anpr_manager}); }
  BookEntry fault() const {
    return {.camera = cam_, .kind = BookKind::fault, .day = today(), .words = "dark since noon"};
  }

  TestDesk rooms_;
  const base::SiteId gate_ = base::SiteId::parse("gate").value();
  const base::CameraId cam_ = base::CameraId::parse("cam-1").value();
};

TEST_F(KeptBook, AManagerWritesAndOthersRead) {
  ASSERT_EQ(words(write_camera_book(desk(), manager(), fault())), "done");
  EXPECT_EQ(words(write_camera_book(desk(), rooms_.asker({Role::dpo}), fault())),
            "none of your roles may do this");
  const auto read = read_camera_books(desk(), rooms_.asker({Role::dpo}), gate_).value();
  const auto& books = std::get<Done<CameraBooks>>(read).value;
  ASSERT_EQ(books.entries.size(), 1U);
  EXPECT_EQ(books.entries.front().entry.words, "dark since noon");
  EXPECT_EQ(books.tests.size(), 2U);
  EXPECT_EQ(words(read_camera_books(desk(), rooms_.asker({Role::patrol}), gate_)),
            "none of your roles may do this");
  EXPECT_EQ(words(read_camera_books(desk(), manager(), base::SiteId::parse("none").value())),
            "there is no such site");
}

TEST_F(KeptBook, SaysWhichTestsAreOverdue) {
  const auto overdue = [&] {
    const auto answer = read_tests_overdue(desk(), manager()).value();
    return std::get<Done<std::vector<estate::TestDue>>>(answer).value.size();
  };
  EXPECT_EQ(overdue(), 0U);
  rooms_.clock.advance(assessment::Guidance::built_in().life().clock_test + days{1});
  EXPECT_EQ(overdue(), 1U);
}

TEST_F(KeptBook, NothingIsWrittenThatCannotBeRecorded) {
  rooms_.failing_log.fill_up_after(0);
  EXPECT_FALSE(write_camera_book(desk(), manager(), fault()));
  rooms_.failing_log.make_room();
  const auto read = read_camera_books(desk(), manager(), gate_).value();
  EXPECT_TRUE(std::get<Done<CameraBooks>>(read).value.entries.empty());
}

}  // namespace
}  // namespace regmark::desk
