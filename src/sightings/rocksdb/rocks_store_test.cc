// What only the embedded driver can break: files that are torn, a disk that is full, keys that are
// gone. All that every driver must do is in sightings/store_*_test.cc.
#include "sightings/rocksdb/rocks_store.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "sightings/sightings_testing.h"

namespace regmark::sightings {
namespace {

namespace fs = std::filesystem;

base::Bytes bytes_of(const fs::path& path) {
  return base::read_file(path, std::size_t{1} << 30U).value();
}

void overwrite(const fs::path& path, const base::Bytes& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
}

std::vector<fs::path> files_in(const fs::path& folder, std::string_view extension = "") {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    if (extension.empty() || entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

class RocksStore : public testing::Test {
 protected:
  RocksStore() {
    clock.set("2026-03-29T12:00:00Z");
    EXPECT_EQ(reopen(), "open");
  }

  // "open", or why not.
  std::string reopen(base::Key master_key = {1, 2, 3}) {
    store.reset();
    auto opened = open_embedded(
        {.folder = root(), .master_key = master_key, .short_slices = short_slices}, clock);
    if (!opened) return name(opened.error().code);
    store = *std::move(opened);
    return "open";
  }
  fs::path root() const { return folder.path() / "store"; }

  NewSighting sighting(std::string_view plate, std::string_view time, bool has_picture) {
    auto read = maker.any("cam-1", plate, base::parse_utc(time).value(),
                          "event-" + std::to_string(++events));
    if (!has_picture) return {std::move(read), {}};
    return with_pictures(std::move(read), {maker.picture(plate::PictureKind::plate, 5'000)});
  }
  Result<std::vector<Kept>> keep(const std::vector<NewSighting>& sightings) {
    return append_all(*store, sightings);
  }
  audit::Receipt receipt(access::Scope scope) const {
    scope.window = access::Window{base::parse_utc("2020-01-01T00:00:00Z").value(), clock.now()};
    scope.rows_max = 1'000;
    return UnloggedReceipts::of(access::Act::search_sightings, std::move(scope), clock.now());
  }
  Result<Page> find(const Query& query) const { return store->find(receipt({}), query); }
  // The picture's bytes as one word.
  std::string picture(const NewSighting& sighting) const {
    const auto& id = sighting.read.id;
    const auto jpeg =
        store->picture(receipt({.subject = id.text()}), id, plate::PictureKind::plate);
    if (!jpeg) return name(jpeg.error().code);
    return *jpeg == sighting.pictures.front().jpeg ? "whole" : "wrong";
  }
  Health health() const {
    return store->verify(UnloggedReceipts::of(audit::MachineVerb::verify)).value();
  }
  Result<void> seal(base::UtcDay which) {
    return store->seal(UnloggedReceipts::of(audit::MachineVerb::seal), which);
  }

  base::ManualClock clock;
  base::TestFolder folder;
  ReadMaker maker{1};
  int events = 0;
  std::optional<ShortSlices> short_slices;  // from the next reopen() on
  std::unique_ptr<Store> store;
  const base::UtcDay day = base::parse_day("2026-03-28").value();
};

TEST_F(RocksStore, OpensForOneAtATimeAndWithItsMasterKeyOnly) {
  ASSERT_TRUE(keep({sighting("AB12CDE", "2026-03-28T08:00:00Z", true)}));
  const auto second = open_embedded({.folder = root(), .master_key = {1, 2, 3}}, clock);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_EQ(reopen({9, 9, 9}), "corrupt");
  EXPECT_EQ(reopen(), "open");
  EXPECT_TRUE(health().faults.empty());
}

TEST_F(RocksStore, SaysWhichKeyIsMissing) {
  ASSERT_TRUE(keep({sighting("AB12CDE", "2026-03-28T08:00:00Z", true)}));
  fs::rename(root() / "keys" / "rows-2026-03-28", folder.path() / "key");
  EXPECT_EQ(reopen(), "corrupt");
  fs::rename(folder.path() / "key", root() / "keys" / "rows-2026-03-28");
  EXPECT_EQ(reopen(), "open");
  auto key = bytes_of(root() / "keys" / "rows-2026-03-28");
  key.back() ^= 1;
  overwrite(root() / "keys" / "rows-2026-03-28", key);
  EXPECT_EQ(reopen(), "corrupt");
}

// Whatever happens to a pack, a picture is whole or reported, and never another.
TEST_F(RocksStore, ServesNoTornPicture) {
  std::vector<NewSighting> sightings;
  for (int at = 0; at < 4; ++at) {
    sightings.push_back(sighting("AB12CDE", "2026-03-28T08:00:00Z", true));
  }
  ASSERT_TRUE(keep(sightings));
  EXPECT_TRUE(health().faults.empty());
  const auto packs = files_in(root(), ".pack");
  ASSERT_EQ(packs.size(), 1U);
  const auto whole = bytes_of(packs.front());
  for (int round = 0; round < 40; ++round) {
    auto torn = whole;
    if (round % 2 == 0) {
      torn.resize(maker.below(whole.size()));
    } else {
      torn[16 + maker.below(whole.size() - 16)] ^= static_cast<std::uint8_t>(1 + maker.below(255));
    }
    overwrite(packs.front(), torn);
    std::size_t lost = 0;
    for (const auto& one : sightings) {
      const auto seen = picture(one);
      EXPECT_TRUE(seen == "whole" || seen == "corrupt") << seen;
      lost += seen == "corrupt" ? 1 : 0;
    }
    EXPECT_GE(lost, 1U);
    EXPECT_EQ(health().faults.size(), lost);
  }
  // Another picture in its place is not taken for it.
  auto swapped = whole;
  const auto first_size = sightings[0].pictures[0].jpeg.size() + base::seal_overhead;
  const auto second_at = 16 + 4 + first_size;
  std::copy(whole.begin() + static_cast<std::ptrdiff_t>(second_at), whole.end(),
            swapped.begin() + 16);
  overwrite(packs.front(), swapped);
  EXPECT_EQ(picture(sightings[0]), "corrupt");
  fs::remove(packs.front());
  EXPECT_EQ(picture(sightings[0]), "corrupt");
  // What is kept from here on is not put behind a torn end.
  const auto later = sighting("AB12CDE", "2026-03-28T09:00:00Z", true);
  EXPECT_EQ(reopen(), "open");
  ASSERT_TRUE(keep({later}));
  EXPECT_EQ(picture(later), "whole");
}

// A log that breaks off lost what was not acknowledged; one with wrong bytes inside lost more.
TEST_F(RocksStore, TellsATornLogFromADamagedOne) {
  for (int at = 0; at < 20; ++at) {
    ASSERT_TRUE(keep({sighting("AB12CDE", "2026-03-28T08:00:00Z", false)}));
  }
  store.reset();
  const auto logs = files_in(root() / "rows", ".log");
  ASSERT_EQ(logs.size(), 1U);
  const auto whole = bytes_of(logs.front());

  auto damaged = whole;
  damaged[whole.size() / 2] ^= 1;
  overwrite(logs.front(), damaged);
  EXPECT_EQ(reopen(), "corrupt");

  auto torn = whole;
  torn.resize(whole.size() - 10);
  overwrite(logs.front(), torn);
  EXPECT_EQ(reopen(), "open");
  EXPECT_EQ(find({}).value().reads.size(), 19U);
  EXPECT_TRUE(health().faults.empty());
}

// A changed byte in a table is reported wherever it is, also where no look-up ever reads it, and
// never read as something else.
TEST_F(RocksStore, ReportsDamagedTables) {
  std::vector<NewSighting> sightings;
  std::set<plate::ReadId> ids;
  for (int at = 0; at < 300; ++at) {
    sightings.push_back(sighting("AB12CDE", "2026-03-28T08:00:00Z", false));
    ids.insert(sightings.back().read.id);
  }
  ASSERT_TRUE(keep(sightings));
  ASSERT_TRUE(seal(day));
  ASSERT_EQ(reopen(), "open");  // lets go of tables that were compacted away
  store.reset();
  const auto original = folder.path() / "original";
  fs::rename(root(), original);
  const auto tables = files_in(original / "rows", ".sst");
  EXPECT_GE(tables.size(), 3U);
  // In the data, in what comes after it, and in the padding before the last 12 bytes.
  constexpr std::size_t places = 3;
  for (std::size_t at = 0; at < tables.size() * places; ++at) {
    const auto& table = tables[at % tables.size()];
    const auto place = at / tables.size();
    SCOPED_TRACE(table.filename().string() + " " + std::to_string(place));
    // Each time a copy, because an open store may replace its tables at any moment.
    store.reset();
    fs::remove_all(root());
    fs::copy(original, root(), fs::copy_options::recursive);
    auto damaged = bytes_of(table);
    const std::size_t where[places] = {damaged.size() / 3, damaged.size() * 2 / 3,
                                       damaged.size() - 13};
    damaged[where[place]] ^= 0x10;
    overwrite(root() / "rows" / table.filename(), damaged);
    if (const auto opened = reopen(); opened != "open") {
      EXPECT_EQ(opened, "corrupt");
      continue;
    }
    EXPECT_FALSE(health().faults.empty());
    const auto page = find({.rows = 1'000});
    if (page) {
      for (const auto& read : page->reads) EXPECT_TRUE(ids.contains(read.id));
    } else {
      EXPECT_EQ(page.error().code, ErrorCode::corrupt);
    }
  }
}

TEST_F(RocksStore, ReportsADamagedList) {
  ASSERT_TRUE(keep({sighting("AB12CDE", "2026-03-28T08:00:00Z", false)}));
  ASSERT_TRUE(seal(day));
  const auto lists = files_in(root() / "lists");
  ASSERT_EQ(lists.size(), 1U);
  auto list = bytes_of(lists.front());
  list.back() ^= 1;
  overwrite(lists.front(), list);
  EXPECT_EQ(find({.plate = "AB*"}).error().code, ErrorCode::corrupt);
  EXPECT_EQ(health().faults.size(), 1U);
  // Sealing again writes it anew, from the rows.
  ASSERT_TRUE(seal(day));
  EXPECT_EQ(find({.plate = "AB*"}).value().reads.size(), 1U);
  EXPECT_TRUE(health().faults.empty());
  EXPECT_EQ(files_in(root() / "lists").size(), 1U);
}

// Nothing that names a vehicle stands in any file: not in the logs, not in the tables, not in the
// lists, neither as text nor as the number that rows are made of.
TEST_F(RocksStore, WritesNoPlateInTheOpen) {
  auto told = sighting("QZ91XYZ", "2026-03-28T08:00:00Z", true);
  told.read.raw_text = "QZ91 XYZ";
  told.read.alternatives = {{"QZ91XYJ", 0.5F}, {"0Z91XYZ99", 0.25F}};
  told.read.make = {"LAMBORGHINI", 1};
  told.read.reader_version = "secret-reader";
  told.read.source_event = "event-of-QZ91XYZ";
  told.read.id = plate::ReadId::of(told.read.camera, told.read.source_event);
  ASSERT_EQ(keep({told}).value().front(), Kept::stored);
  const auto number = internal::number_of(told.read.plate);
  std::string packed;
  for (int shift = 32; shift >= 0; shift -= 8) {
    packed += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
  }
  const std::string_view secrets[] = {"QZ91",        "91XYZ",         "0Z91X",       packed,
                                      "LAMBORGHINI", "secret-reader", "\xff\xd8\xff"};
  // First the log, then the tables and the list.
  for (const bool sealed : {false, true}) {
    if (sealed) {
      ASSERT_TRUE(seal(day));
    }
    std::size_t looked = 0;
    for (const auto& path : files_in(root())) {
      const auto bytes = bytes_of(path);
      looked += bytes.size();
      for (const auto secret : secrets) {
        EXPECT_EQ(base::as_text(bytes).find(secret), std::string_view::npos) << path;
      }
    }
    EXPECT_GT(looked, 1'000U);
  }
  // What was looked for is what would have been found.
  EXPECT_EQ(find({.plate = "QZ91*"}).value().reads.front().raw_text, "QZ91 XYZ");
}

TEST_F(RocksStore, LeavesNoFileOfADroppedDay) {
  const auto gone = sighting("AB12CDE", "2026-03-28T08:00:00Z", true);
  ASSERT_TRUE(keep({gone, sighting("AB12CDE", "2026-03-29T08:00:00Z", true)}));
  ASSERT_TRUE(seal(day));
  const auto backup = folder.path() / "backup";
  fs::copy(root(), backup, fs::copy_options::recursive);
  ASSERT_TRUE(store->drop(UnloggedReceipts::of(audit::MachineVerb::drop), day));
  for (const auto& path : files_in(root())) {
    EXPECT_EQ(path.string().find("2026-03-28"), std::string::npos) << path;
  }
  // A backup without the keys folder's copy of the day's key opens no more.
  fs::remove(backup / "keys" / "rows-2026-03-28");
  const auto opened = open_embedded({.folder = backup, .master_key = {1, 2, 3}}, clock);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
}

// How many rows the tables have, also those that are struck out or written over.
std::uint64_t rows_in_tables(const fs::path& root) {
  const auto engine = rocks::Engine::open(root / "rows", std::make_shared<rocks::GoneDays>());
  rocksdb::TablePropertiesCollection tables;
  REGMARK_CHECK(
      (*engine)->db().GetPropertiesOfAllTables((*engine)->space(rocks::Space::rows), &tables).ok());
  std::uint64_t rows = 0;
  for (const auto& [name, table] : tables) rows += table->num_entries;
  return rows;
}

std::uintmax_t size_of_logs(const fs::path& root) {
  std::uintmax_t size = 0;
  for (const auto& log : files_in(root / "rows", ".log")) size += fs::file_size(log);
  return size;
}

TEST_F(RocksStore, LeavesNoByteOfAnErasedRead) {
  const auto gone = sighting("AB12CDE", "2026-03-28T08:00:00Z", true);
  const auto stays = sighting("GH56JKL", "2026-03-28T08:00:00Z", true);
  ASSERT_TRUE(keep({gone, stays}));
  const auto pack = root() / "pictures" / "2026-03-28" / "000001.pack";
  const auto before = bytes_of(pack);
  const auto log_before = size_of_logs(root());
  ASSERT_TRUE(store->erase_reads(UnloggedReceipts::of(audit::MachineVerb::drop),
                                 std::vector{gone.read.id}));
  const auto after = bytes_of(pack);
  ASSERT_EQ(before.size(), after.size());
  std::size_t zeros = 0;
  for (std::size_t at = 0; at < after.size(); ++at) {
    zeros += before[at] != after[at] && after[at] == 0 ? 1 : 0;
  }
  // A sealed byte is seldom zero by itself.
  EXPECT_GT(zeros, gone.pictures.front().jpeg.size() * 98 / 100);
  EXPECT_LE(zeros, gone.pictures.front().jpeg.size() + base::seal_overhead);
  EXPECT_EQ(picture(stays), "whole");
  EXPECT_LT(size_of_logs(root()), log_before / 2);
  store.reset();
  EXPECT_EQ(rows_in_tables(root()), 1U);
}

class ShortSlicesOnDisk : public RocksStore {
 protected:
  ShortSlicesOnDisk() {
    using std::chrono::minutes;
    short_slices = ShortSlices{minutes(30), minutes(10)};
    EXPECT_EQ(reopen(), "open");
  }

  NewSighting brief(std::string_view plate, std::string_view time) {
    auto one = sighting(plate, time, true);
    one.stay = Stay::minutes;
    return one;
  }
  Result<Dropped> drop_short(std::string_view from) {
    return store->drop_short(UnloggedReceipts::of(audit::MachineVerb::drop),
                             base::parse_utc(from).value());
  }
  // How many files have these bytes.
  std::size_t files_with(std::span<const std::uint8_t> bytes) const {
    return static_cast<std::size_t>(std::ranges::count_if(files_in(root()), [&](const auto& path) {
      const auto whole = bytes_of(path);
      return base::as_text(whole).find(base::as_text(bytes)) != std::string_view::npos;
    }));
  }
};

TEST_F(ShortSlicesOnDisk, LeaveNoByteOfWhatStayedForMinutes) {
  const auto gone = brief("AB12CDE", "2026-03-29T11:55:00Z");
  ASSERT_TRUE(keep({gone, sighting("GH56JKL", "2026-03-29T11:55:00Z", true)}));
  const std::string slice = "2026-03-29T1150";
  const auto sealed_key = bytes_of(root() / "keys" / ("rows-" + slice));
  auto picture = bytes_of(root() / "pictures" / slice / "000001.pack");
  picture.erase(picture.begin(), picture.begin() + 20);
  picture.resize(64);
  const auto ring = rocks::KeyRing::open(root() / "keys", {1, 2, 3}).value();
  const rocks::SliceCipher cipher(ring.load(rocks::rows_key_name(slice)).value());
  // The hit came second; its camera is the first, as the only one is.
  const rocks::Pass pass{gone.read.observed, 1, rocks::short_count};
  const auto row = rocks::row_key(cipher, 1, internal::number_of(gone.read.plate), pass);
  const auto hidden = base::as_bytes(std::string_view(row).substr(rocks::day_size));
  EXPECT_EQ(files_with(sealed_key), 1U);
  EXPECT_EQ(files_with(picture), 1U);
  EXPECT_GE(files_with(hidden), 1U);  // in the log, at least
  ASSERT_TRUE(drop_short("2026-03-29T11:50:00Z"));
  for (const bool again : {false, true}) {
    if (again) {
      EXPECT_EQ(reopen(), "open");
    }
    EXPECT_EQ(files_with(sealed_key), 0U);
    EXPECT_EQ(files_with(picture), 0U);
    EXPECT_EQ(files_with(hidden), 0U);
  }
  store.reset();
  EXPECT_EQ(rows_in_tables(root()), 1U);
}

TEST_F(ShortSlicesOnDisk, NoBackupBringsThemBack) {
  const auto gone = brief("AB12CDE", "2026-03-29T11:55:00Z");
  const auto stays = sighting("GH56JKL", "2026-03-29T11:55:00Z", true);
  ASSERT_TRUE(keep({gone, stays}));
  EXPECT_EQ(find({}).value().reads.size(), 2U);
  const auto back_up = [] { return UnloggedReceipts::of(audit::MachineVerb::back_up); };
  const auto backup = folder.path() / "backup";
  ASSERT_TRUE(store->snapshot(back_up(), backup));
  for (const auto& path : files_in(backup)) {
    EXPECT_EQ(path.string().find("2026-03-29T"), std::string::npos) << path;
  }
  const auto keys = store->sealed_keys(back_up()).value();
  EXPECT_EQ(keys.size(), 2U);  // the day's
  EXPECT_EQ(store->key_names().value().size(), 2U);
  const auto short_key = bytes_of(root() / "keys" / "rows-2026-03-29T1150");
  store.reset();
  const StoreSettings settings{
      .folder = backup, .master_key = {1, 2, 3}, .short_slices = short_slices};
  const std::vector<SealedKey> taken_along{{"rows-2026-03-29T1150", short_key}};
  EXPECT_EQ(restore_embedded(settings, taken_along).error().code, ErrorCode::invalid_input);
  ASSERT_TRUE(restore_embedded(settings, keys));
  store = open_embedded(settings, clock).value();
  EXPECT_EQ(find({}).value().reads.size(), 1U);
  EXPECT_EQ(picture(gone), "not_found");
  EXPECT_EQ(picture(stays), "whole");
  EXPECT_TRUE(store->short_slices().empty());
  EXPECT_EQ(keep({gone}).value().front(), Kept::too_old);
  EXPECT_EQ(health().faults, std::vector<std::string>());
  EXPECT_EQ(health().reads, 1U);
}

// What a failed append left has no record, and no rows that need it.
TEST_F(ShortSlicesOnDisk, AreTidiedWhenTheStoreIsOpened) {
  ASSERT_TRUE(keep({brief("AB12CDE", "2026-03-29T11:55:00Z")}));
  store.reset();
  const auto keys = root() / "keys";
  const auto pictures = root() / "pictures";
  for (const std::string name : {"rows-", "pictures-"}) {
    fs::copy(keys / (name + "2026-03-29T1150"), keys / (name + "2026-03-29T1140"));
  }
  fs::copy(pictures / "2026-03-29T1150", pictures / "2026-03-29T1140");
  EXPECT_EQ(reopen(), "open");
  for (const auto& path : files_in(root())) {
    EXPECT_EQ(path.string().find("2026-03-29T1140"), std::string::npos) << path;
  }
  EXPECT_FALSE(fs::exists(pictures / "2026-03-29T1140"));
  EXPECT_EQ(find({}).value().reads.size(), 1U);
  EXPECT_EQ(health().faults, std::vector<std::string>());
}

// Keeps until the disk has said no several times, makes room, and looks that all that was
// acknowledged is there, and of the rest nothing or everything.
void fill_up(Store& store, ReadMaker& maker, const std::function<void()>& make_room,
             const std::function<Result<Page>()>& look) {
  constexpr int refusals_wanted = 5;
  std::uint64_t kept = 0;
  int events = 0;
  std::vector<NewSighting> batch;
  // Each batch is sent until it is acknowledged, as its sender would.
  const auto send = [&] {
    const auto answer = append_all(store, batch);
    if (!answer) {
      EXPECT_EQ(answer.error().code, ErrorCode::unavailable) << answer.error().message;
      return false;
    }
    const std::set<Kept> met(answer->begin(), answer->end());
    EXPECT_EQ(met.size(), 1U) << "kept in part";
    EXPECT_TRUE(met.contains(Kept::stored) || met.contains(Kept::duplicate));
    kept += batch.size();
    batch.clear();
    return true;
  };
  for (int refusals = 0; refusals < refusals_wanted;) {
    while (batch.size() < 50) {
      auto read = maker.any("cam-1", "AB12CDE", base::parse_utc("2026-03-28T08:00:00Z").value(),
                            "fill-" + std::to_string(++events));
      batch.push_back(
          with_pictures(std::move(read), {maker.picture(plate::PictureKind::plate, 3'000)}));
    }
    if (send()) continue;
    ++refusals;
    EXPECT_TRUE(look());  // what is there is shown on
    ASSERT_LT(events, 100'000);
  }
  EXPECT_GT(kept, 0U);
  make_room();
  EXPECT_TRUE(send());
  const auto health = store.verify(UnloggedReceipts::of(audit::MachineVerb::verify)).value();
  EXPECT_EQ(health.faults, std::vector<std::string>());
  EXPECT_EQ(health.reads, kept);
  EXPECT_EQ(health.pictures, kept);
}

// Files may not grow past a limit: packs and logs meet it in the midst of a write, though new files
// still have room.
TEST_F(RocksStore, SurvivesFilesThatMayNotGrow) {
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  for (const rlim_t limit : {300'000U, 777'777U}) {
    const base::TestFolder here;
    auto opened = open_embedded({.folder = here.path() / "store", .master_key = {1}}, clock);
    ASSERT_TRUE(opened);
    rlimit small{.rlim_cur = limit, .rlim_max = before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    fill_up(
        **opened, maker, [&] { ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0); },
        [&] { return (*opened)->find(receipt({}), {}); });
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  }
}

// The same on a file system that is full, where one may be made.
TEST_F(RocksStore, SurvivesAFullFileSystem) {
  const base::TestFolder here;
  const auto mounted = [&](const char* options, unsigned long flags) {
    return ::mount("none", here.path().c_str(), "tmpfs", flags, options) == 0;
  };
  if (::unshare(CLONE_NEWNS) != 0 ||
      ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 || !mounted("size=24m", 0)) {
    GTEST_SKIP() << "no file system can be made here";
  }
  auto opened = open_embedded({.folder = here.path() / "store", .master_key = {1}}, clock);
  EXPECT_TRUE(opened);
  if (opened) {
    fill_up(
        **opened, maker, [&] { ASSERT_TRUE(mounted("size=200m", MS_REMOUNT)); },
        [&] { return (*opened)->find(receipt({}), {}); });
    opened->reset();
  }
  EXPECT_EQ(::umount(here.path().c_str()), 0);
}

}  // namespace
}  // namespace regmark::sightings
