// What happened to a camera and how it was tested, with real records.
#include "estate/camera_book.h"

#include <gtest/gtest.h>

#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using std::chrono::days;

template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "done" : std::string(name(result.error().code));
}

class Book : public ::testing::Test {
 protected:
  Book() {
    EXPECT_TRUE(estate_.database->migrate(CameraBook::migrations()));
    estate_.live_camera("cam-1");
    estate_.live_camera("cam-2");
  }

  static base::CameraId id(std::string_view camera) {
    return base::CameraId::parse(camera).value();
  }
  base::UtcDay today() const { return base::day_of(estate_.clock.now()); }
  BookEntry entry(BookKind kind, std::string_view camera = "cam-1") const {
    BookEntry made{.camera = id(camera), .kind = kind, .day = today(), .words = "as found"};
    if (kind == BookKind::clock_test || kind == BookKind::accuracy_test) made.passed = true;
    return made;
  }
  Result<std::uint64_t> write(const BookEntry& entry) {
    return book_.write(estate_.to_change(entry.camera.text()), entry);
  }
  std::vector<BookRecord> entries() {
    const std::vector<base::CameraId> cameras{id("cam-1"), id("cam-2")};
    return book_.entries(estate_.receipt(Act::read_estate, "site", "reader"), cameras).value();
  }
  std::vector<TestDue> due() {
    const auto cameras = estate_->cameras(estate_.receipt(Act::read_estate, "cameras", "reader"));
    return tests_due(*cameras, entries(), assessment::Guidance::built_in().life(), today());
  }
  // The due day of a test of the first camera.
  TestDue due(BookKind kind) {
    for (auto& one : due()) {
      if (one.camera == id("cam-1") && one.kind == kind) return one;
    }
    REGMARK_CHECK(false);
  }

  TestEstate estate_;
  CameraBook book_{*estate_.database, estate_.clock};
};

TEST_F(Book, KeepsWhatWasWritten) {
  const auto file = estate_.hand_in("a protocol").value();
  auto tested = entry(BookKind::accuracy_test);
  tested.accuracy = {200, 196};
  tested.evidence = {file};
  ASSERT_TRUE(write(tested));
  auto clock = entry(BookKind::clock_test, "cam-2");
  clock.clock_off = -40;
  clock.passed = false;
  ASSERT_TRUE(write(clock));
  const auto all = entries();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].by.text(), test_author);
  EXPECT_EQ(all[0].entry.accuracy->right, 196U);
  EXPECT_EQ(all[0].entry.evidence, std::vector{file});
  EXPECT_EQ(all[1].entry.camera, id("cam-2"));
  EXPECT_EQ(all[1].entry.clock_off, -40);
  EXPECT_EQ(all[1].entry.passed, false);
}

TEST_F(Book, AFaultThatWasMendedIsANewEntryInThePlaceOfTheOld) {
  const auto broken = write(entry(BookKind::fault)).value();
  estate_.clock.advance(days{3});
  auto mended = entry(BookKind::fault);
  mended.day = today() - days{3};
  mended.ended = today();
  mended.replaces = broken;
  ASSERT_TRUE(write(mended));
  const auto all = entries();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(all[0].is_replaced);
  EXPECT_FALSE(all[0].entry.ended);
  EXPECT_FALSE(all[1].is_replaced);
  EXPECT_EQ(outcome(write(mended)), "conflict");
  mended.replaces = 99;
  EXPECT_EQ(outcome(write(mended)), "not_found");
  mended.replaces = all[1].number;
  mended.camera = id("cam-2");
  EXPECT_EQ(outcome(write(mended)), "not_found");  // of another camera
}

TEST_F(Book, RefusesWhatCannotBe) {
  using Change = void (*)(BookEntry&);
  struct Case {
    const char* what;
    BookKind kind;
    Change change;
    std::string_view want;
  };
  const Case cases[] = {
      {"no words", BookKind::fault, [](BookEntry& one) { one.words = " "; }, "invalid_input"},
      {"to come", BookKind::fault, [](BookEntry& one) { one.day += days{1}; }, "invalid_input"},
      {"long ago", BookKind::fault, [](BookEntry& one) { one.day -= days{50'000}; },
       "invalid_input"},
      {"a test that ends", BookKind::clock_test, [](BookEntry& one) { one.ended = one.day; },
       "invalid_input"},
      {"ended before", BookKind::fault, [](BookEntry& one) { one.ended = one.day - days{1}; },
       "invalid_input"},
      {"ends to come", BookKind::complaint, [](BookEntry& one) { one.ended = one.day + days{1}; },
       "invalid_input"},
      {"a fault that passed", BookKind::fault, [](BookEntry& one) { one.passed = true; },
       "invalid_input"},
      {"a test without result", BookKind::clock_test, [](BookEntry& one) { one.passed.reset(); },
       "invalid_input"},
      {"accuracy of a clock", BookKind::clock_test,
       [](BookEntry& one) {
         one.accuracy = {1, 1};
       },
       "invalid_input"},
      {"a clock of accuracy", BookKind::accuracy_test, [](BookEntry& one) { one.clock_off = 1; },
       "invalid_input"},
      {"more right than there are", BookKind::accuracy_test,
       [](BookEntry& one) {
         one.accuracy = {5, 6};
       },
       "invalid_input"},
      {"nothing looked at", BookKind::accuracy_test,
       [](BookEntry& one) {
         one.accuracy = {0, 0};
       },
       "invalid_input"},
      {"evidence that nobody has", BookKind::fault,
       [](BookEntry& one) { one.evidence = {base::sha256(base::as_bytes("?"))}; }, "invalid_input"},
      {"no camera", BookKind::fault, [](BookEntry& one) { one.camera = id("cam-9"); }, "not_found"},
      {"all is well", BookKind::fault, [](BookEntry&) {}, "done"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    auto made = entry(one.kind);
    one.change(made);
    EXPECT_EQ(outcome(write(made)), one.want);
  }
  EXPECT_EQ(entries().size(), 1U);
  EXPECT_EQ(outcome(book_.write(estate_.to_change("cam-2"), entry(BookKind::fault))),
            "invalid_input");
  EXPECT_EQ(outcome(book_.entries(estate_.to_change("cam-1"), std::vector{id("cam-1")})),
            "invalid_input");
}

// A clock test of 1950 would be overdue since then.
TEST_F(Book, HoldsNothingFromBeforeTheCameraWasPutUp) {
  auto about = estate_.site("old");
  about.path = Path::inherited;
  const InheritedSite stood{about, {{id("cam-old"), "Lane", about.id, {}}}};
  estate_.clock.advance(days{1});
  ASSERT_TRUE(estate_->inherit(estate_.to_change("register"), std::vector{stood}, {}));
  for (const auto kind : all_book_kinds) {
    SCOPED_TRACE(name(kind));
    auto early = entry(kind);
    early.day = base::parse_day("1950-01-01").value();
    EXPECT_EQ(message(write(early)),
              "the day: 1950-01-01 is before the camera was put up on 2026-03-28");
    early.day = base::parse_day("2026-03-28").value();  // the day itself
    EXPECT_EQ(message(write(early)), "done");
    // Nobody here knows since when it stands.
    early = entry(kind, "cam-old");
    early.day = base::parse_day("2019-05-01").value();
    EXPECT_EQ(message(write(early)), "done");
  }
}

TEST_F(Book, NothingInItChangesOrGoes) {
  const auto file = estate_.hand_in("a photograph").value();
  auto made = entry(BookKind::location);
  made.evidence = {file};
  ASSERT_TRUE(write(made));
  for (const auto* statement : {"UPDATE camera_book SET words = 'x'", "DELETE FROM camera_book",
                                "DELETE FROM camera_book_evidence"}) {
    SCOPED_TRACE(statement);
    EXPECT_EQ(outcome(estate_.database->write(
                  [&](records::Transaction& transaction) { return transaction.run(statement); })),
              "conflict");
  }
}

TEST_F(Book, TestsAreDueFromTheLastThatWasPassed) {
  const auto& rules = assessment::Guidance::built_in().life();
  EXPECT_EQ(due().size(), 4U);
  EXPECT_EQ(due(BookKind::clock_test).due, today() + rules.clock_test);
  EXPECT_FALSE(due(BookKind::clock_test).is_overdue);
  estate_.clock.advance(rules.clock_test);
  EXPECT_FALSE(due(BookKind::clock_test).is_overdue);
  estate_.clock.advance(days{1});
  EXPECT_TRUE(due(BookKind::clock_test).is_overdue);
  ASSERT_TRUE(write(entry(BookKind::clock_test)));
  EXPECT_FALSE(due(BookKind::clock_test).is_overdue);
  EXPECT_EQ(due(BookKind::clock_test).last, today());
  EXPECT_FALSE(due(BookKind::accuracy_test).last);
  // One that failed is due again at once.
  estate_.clock.advance(days{1});
  auto failed = entry(BookKind::clock_test);
  failed.passed = false;
  const auto number = write(failed).value();
  EXPECT_TRUE(due(BookKind::clock_test).is_overdue);
  EXPECT_TRUE(due(BookKind::clock_test).failed);
  // It was written down wrong: what took its place counts.
  auto right = entry(BookKind::clock_test);
  right.replaces = number;
  ASSERT_TRUE(write(right));
  EXPECT_FALSE(due(BookKind::clock_test).is_overdue);
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-1"), id("cam-1"), "gone"));
  EXPECT_EQ(due().size(), 2U);
}

}  // namespace
}  // namespace regmark::estate
