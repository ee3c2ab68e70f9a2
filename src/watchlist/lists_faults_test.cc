// What lists do when the records fail, when others read while they change, and whether they do
// what a simple model does.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "watchlist/internal/import.h"
#include "watchlist/internal/snapshot.h"
#include "watchlist/lists_testing.h"

namespace regmark::watchlist {
namespace {

using access::Act;

// Stands before a database and fails from one statement or commit on.
class FailingDatabase final : public records::Database {
 public:
  static constexpr int never = -1;

  explicit FailingDatabase(records::Database& database) : database_(database) {}

  // The step after `count` more fails, and all that follow.
  void fail_after(int count) {
    left_ = count;
    has_failed_ = false;
  }
  bool has_failed() const { return has_failed_; }

  Result<void> migrate(std::span<const records::Migration> migrations) override {
    return database_.migrate(migrations);
  }
  Result<void> forget() override { return database_.forget(); }
  Result<void> copy_to(const std::filesystem::path& file) override {
    return database_.copy_to(file);
  }

 protected:
  Result<void> in_transaction(
      Kind kind, const std::function<Result<void>(records::Transaction&)>& work) override {
    const auto guarded = [&](records::Transaction& transaction) -> Result<void> {
      Guarded guard(*this, transaction);
      REGMARK_TRY(work(guard));
      return kind == Kind::write ? step() : Result<void>{};  // the commit
    };
    return kind == Kind::write ? database_.write(guarded) : database_.read(guarded);
  }

 private:
  class Guarded final : public records::Transaction {
   public:
    Guarded(FailingDatabase& owner, records::Transaction& transaction)
        : owner_(owner), transaction_(transaction) {}
    using records::Transaction::run;
    Result<std::vector<records::Row>> run(std::string_view sql,
                                          std::span<const records::Value> values) override {
      REGMARK_TRY(owner_.step());
      return transaction_.run(sql, values);
    }
    std::int64_t changed() const override { return transaction_.changed(); }

   private:
    FailingDatabase& owner_;
    records::Transaction& transaction_;
  };

  Result<void> step() {
    has_failed_ = has_failed_ || left_ == 0;
    if (left_ == 0) return fail(ErrorCode::unavailable, "the disk is full");
    if (left_ > 0) --left_;
    return {};
  }

  records::Database& database_;
  int left_ = never;
  bool has_failed_ = false;
};

TEST(ListsFaults, LeaveTheOldVersionWholeWhereverAnImportFails) {
  TestLists lists;
  lists.create(a_list("stolen"));
  ASSERT_TRUE(lists.import("stolen", "AB12CDE,FORD\nKN05PQR,BMW\n"));
  FailingDatabase failing(*lists.database);
  const auto opened = Lists::open(failing, lists.clock).value();
  const auto met = [](Lists& asked) {
    std::string text;
    for (const std::string_view plate : {"AB12CDE", "KN05PQR", "XY66ZZZ"}) {
      for (const auto& hit : asked.hits(plate::a_read("camera-1", plate))) {
        text += std::string(hit.listed_plate.text()) + ' ';
      }
    }
    return text;
  };
  bool done = false;
  int faults = 0;
  for (; !done; ++faults) {
    ASSERT_LT(faults, 1'000);
    failing.fail_after(faults);
    const auto report =
        opened->import(lists.change(), list_id("stolen"), "XY66ZZZ,KIA\nKN05PQR,VW\n");
    done = !failing.has_failed();
    failing.fail_after(FailingDatabase::never);
    ASSERT_EQ(report.has_value(), done) << faults;
    if (done) break;
    EXPECT_EQ(report.error().code, ErrorCode::unavailable);
    EXPECT_EQ(met(*opened), "AB12CDE KN05PQR ") << faults;
    const auto again = Lists::open(*lists.database, lists.clock).value();
    EXPECT_EQ(met(*again), "AB12CDE KN05PQR ") << faults;
    EXPECT_EQ(lists.entries("stolen").size(), 2U) << faults;
  }
  EXPECT_GT(faults, 10);  // many places to fail at were tried
  EXPECT_EQ(met(*opened), "KN05PQR XY66ZZZ ");
}

TEST(ListsFaults, LeaveAnEntryStandingWhereverItsEndFails) {
  TestLists lists;
  lists.create(a_list("stolen"));
  ASSERT_TRUE(lists.import("stolen", "AB12CDE,FORD\n"));
  const auto entry = lists.entries("stolen")[0].id;
  FailingDatabase failing(*lists.database);
  const auto opened = Lists::open(failing, lists.clock).value();
  const auto read = plate::a_read("camera-1", "AB12CDE");
  int faults = 0;
  for (bool done = false; !done; ++faults) {
    failing.fail_after(faults);
    done = opened->withdraw(lists.receipt(Act::withdraw_entry), entry, "sold").has_value();
    failing.fail_after(FailingDatabase::never);
    EXPECT_EQ(opened->hits(read).size(), done ? 0U : 1U);
  }
  EXPECT_GT(faults, 3);
}

TEST(ListsFaults, MeetReadsEvenWhenTheRecordsAreAway) {
  TestLists lists;
  lists.create(a_list("stolen"));
  ASSERT_TRUE(lists.import("stolen", "AB12CDE,FORD,,,STOP\nKN05PQR,BMW\n"));
  ASSERT_TRUE(lists.withdraw(lists.entries("stolen")[1].id));
  FailingDatabase failing(*lists.database);
  const auto opened = Lists::open(failing, lists.clock).value();
  failing.fail_after(0);
  const auto hits = opened->hits(plate::a_read("camera-1", "AB12CDE"));
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].entry, lists.entries("stolen")[0].id);
  EXPECT_EQ(hits[0].list_name, "List stolen");
  EXPECT_EQ(hits[0].listed_plate.text(), "AB12CDE");
  EXPECT_EQ(hits[0].entry_confirmed_at, lists.clock.now());
  EXPECT_EQ(hits[0].action, "");
  EXPECT_EQ(hits[0].conflicts, std::vector<std::string>{"entry: its details could not be read"});
  EXPECT_TRUE(opened->hits(plate::a_read("camera-1", "KN05PQR")).empty());
  EXPECT_EQ(opened->lists(lists.receipt(Act::read_lists)).error().code, ErrorCode::unavailable);
}

TEST(ListsFaults, ForgetWhatAPowerCutLeftHalfRead) {
  TestLists lists;
  lists.create(a_list("stolen"));
  const auto left = lists.database->write([](records::Transaction& transaction) {
    return transaction.run("INSERT INTO watch_staging VALUES ('AB12CDE', '', 'x', NULL)");
  });
  ASSERT_TRUE(left.has_value());
  lists.reopen();
  EXPECT_EQ(lists.import("stolen", "KN05PQR\n")->added, 1U);
  EXPECT_TRUE(lists.hits("AB12CDE").empty());
}

TEST(ListsImport, TakesNoMoreRowsThanItMay) {
  TestLists lists;
  constexpr std::size_t rows_max = 100;
  const auto stage = [&](std::size_t count) {
    std::string csv;
    for (std::size_t at = 0; at < count; ++at) csv += "A" + std::to_string(at) + "\n";
    auto reader = ExchangeReader::open(csv).value();
    ImportReport report;
    return internal::stage(*lists.database, reader, lists.clock.now(), rows_max, report);
  };
  EXPECT_EQ(stage(rows_max).value(), rows_max);
  EXPECT_EQ(stage(rows_max + 1).error().code, ErrorCode::limit_exceeded);
}

// Two versions that replace one another all the time. Each has two entries of one plate, so a read
// that met one of each would have seen a list half loaded, and one that met none a list between.
TEST(ListsThreads, MeetOneVersionOrTheOtherWhileListsChange) {
  TestLists lists;
  lists.create(a_list("stolen"));
  const std::string_view one = "vrm,pnc id,reason\nAB12CDE,1,one\nAB12CDE,2,one\n";
  const std::string_view two = "vrm,pnc id,reason\nAB12CDE,3,two\nAB12CDE,4,two\n";
  ASSERT_TRUE(lists.import("stolen", one));
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::atomic<int> asked{0};
  std::vector<std::thread> readers;
  for (int at = 0; at < 2; ++at) {
    readers.emplace_back([&] {
      const auto read = plate::a_read("camera-1", "AB12CDE");
      while (!stop) {
        const auto hits = lists->hits(read);
        if (hits.size() != 2 || hits[0].reason != hits[1].reason) ++wrong;
        ++asked;
      }
    });
  }
  for (int at = 0; at < 30; ++at) {
    ASSERT_TRUE(lists.import("stolen", at % 2 == 0 ? two : one));
  }
  while (asked < 100) std::this_thread::yield();
  stop = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

TEST(ListsThreads, NeverMeetAnEntryOnceItsEndHasReturned) {
  TestLists lists;
  lists.create(a_list("stolen"));
  std::string csv;
  for (int at = 0; at < 50; ++at) csv += "AB" + std::to_string(1000 + at) + "\n";
  ASSERT_TRUE(lists.import("stolen", csv));
  const auto entries = lists.entries("stolen");
  std::atomic<std::size_t> ended{0};
  std::atomic<int> wrong{0};
  std::thread reader([&] {
    while (ended < entries.size()) {
      const std::size_t before = ended;
      for (std::size_t at = 0; at < before; ++at) {
        for (const auto& hit : lists.hits(entries[at].plate.text())) {
          if (hit.entry == entries[at].id) ++wrong;
        }
      }
    }
  });
  for (const auto& entry : entries) {
    EXPECT_TRUE(lists.withdraw(entry.id));
    ++ended;
  }
  reader.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(lists->active_entries(), 0U);
}

TEST(Snapshot, StaysWithinItsBytes) {
  constexpr std::size_t count = 200'000;
  std::vector<internal::IndexedList> known;
  known.push_back({1, a_list("stolen"), std::nullopt});
  internal::SnapshotBuilder builder(std::move(known), count);
  const auto day = base::parse_day("2026-07-01").value();
  for (std::size_t at = 0; at < count; ++at) {
    const auto plate = PlateCode::of("A" + std::to_string(at)).value();
    builder.add(1, internal::IndexedEntry{static_cast<std::int64_t>(at) + 1, plate,
                                          day + std::chrono::days{at % 365}});
  }
  const auto snapshot = std::move(builder).build();
  EXPECT_EQ(snapshot->size(), count);
  EXPECT_EQ(snapshot->active(day - std::chrono::days{1}), count);
  EXPECT_LE(snapshot->bytes(), count * 32);
}

// What the lists must be, kept as plainly as can be.
struct Model {
  struct Entry {
    std::string row;
    std::optional<base::UtcTime> expires;
    bool ended_by_person = false;  // and still in the file
  };
  std::map<std::string, Entry> entries;  // by plate

  void import(const std::map<std::string, Entry>& file) {
    for (auto at = entries.begin(); at != entries.end();) {
      at = file.contains(at->first) ? std::next(at) : entries.erase(at);
    }
    for (const auto& [plate, entry] : file) {
      auto& mine = entries[plate];
      const bool same = mine.row == entry.row;
      mine = {entry.row, entry.expires, same && mine.ended_by_person};
    }
  }
  std::set<std::string> active(base::UtcTime now) const {
    std::set<std::string> plates;
    for (const auto& [plate, entry] : entries) {
      if (!entry.ended_by_person && (!entry.expires || *entry.expires > now)) plates.insert(plate);
    }
    return plates;
  }
};

constexpr std::string_view model_plates[] = {"AA11AAA", "EE22EEE", "JJ33JJJ", "LL44LLL", "PP55PPP"};

std::set<std::string> met(TestLists& lists) {
  std::set<std::string> plates;
  for (const auto plate : model_plates) {
    for (const auto& hit : lists.hits(plate)) {
      if (hit.grade == Grade::exact) plates.emplace(hit.listed_plate.text());
    }
  }
  return plates;
}

void import_any(TestLists& lists, Model& model) {
  std::string csv = "vrm,make,weed date\n";
  std::map<std::string, Model::Entry> file;
  for (const auto plate : model_plates) {
    if (!*rc::gen::arbitrary<bool>()) continue;
    const auto make = *rc::gen::element<std::string>("FORD", "BMW");
    const auto day = base::day_of(lists.clock.now()) + std::chrono::days{*rc::gen::inRange(0, 4)};
    const auto weed = *rc::gen::arbitrary<bool>() ? base::format_day(day) : "";
    csv += std::string(plate) + ',' + make + ',' + weed + '\n';
    // A weed date that has come is no row.
    if (!weed.empty() && base::UtcTime(day) <= lists.clock.now()) continue;
    file[std::string(plate)] = {
        make + weed, weed.empty() ? std::nullopt : std::optional(base::UtcTime(day)), false};
  }
  const auto report = lists.import("stolen", csv);
  RC_ASSERT(report.has_value() == !file.empty());
  if (report) model.import(file);
}

// One for all tries, emptied for each: making a database and a log waits long for the disk.
TestLists& emptied_lists() {
  static TestLists lists;
  if (lists->lists(lists.receipt(Act::read_lists)).value().empty()) {
    auto list = a_list("stolen", "2199-01-01");
    list.age_max = list_age_longest;
    lists.create(list);
  }
  const auto emptied = lists.database->write([](records::Transaction& transaction) {
    return transaction.run("DELETE FROM watch_entries");
  });
  REGMARK_CHECK(emptied.has_value());
  lists.reopen();
  return lists;
}

RC_GTEST_PROP(Lists, DoWhatASimpleModelDoes, ()) {
  auto& lists = emptied_lists();
  Model model;
  bool ended = false;
  for (int left = *rc::gen::inRange(1, 9); left > 0; --left) {
    switch (*rc::gen::inRange(0, 5)) {
      case 0:
      case 1:
        import_any(lists, model);
        break;
      case 2: {
        const auto active = model.active(lists.clock.now());
        if (active.empty()) break;
        const auto plate = *rc::gen::elementOf(active);
        const auto hits = lists.hits(plate);
        RC_ASSERT(!hits.empty());
        RC_ASSERT(lists.withdraw(hits[0].entry).has_value());
        model.entries[plate].ended_by_person = true;
        ended = true;
        break;
      }
      case 3:
        lists.clock.advance(std::chrono::hours{*rc::gen::inRange(0, 60)});
        break;
      default:
        lists.reopen();
        break;
    }
    const auto want = model.active(lists.clock.now());
    RC_ASSERT(met(lists) == want);
    RC_ASSERT(lists->active_entries() == want.size());
    std::set<std::string> shown;
    for (const auto& entry : lists.entries("stolen")) {
      if (entry.state == EntryState::active) shown.emplace(entry.plate.text());
    }
    RC_ASSERT(shown == want);
  }
  RC_CLASSIFY(ended, "a person ended one");
  RC_CLASSIFY(!model.active(lists.clock.now()).empty(), "some are left");
}

}  // namespace
}  // namespace regmark::watchlist
