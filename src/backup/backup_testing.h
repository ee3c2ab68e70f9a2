// An office's rooms in a data folder, as a backup meets them. Never included by a program.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "audit/audit_testing.h"
#include "audit/verify.h"
#include "backup/backups.h"
#include "backup/restore.h"
#include "base/encoding.h"
#include "base/files.h"
#include "base/sealed_box.h"
#include "sightings/sightings_testing.h"

namespace regmark::backup {

constexpr records::Migration test_tables[] = {
    {"test/001", "CREATE TABLE thing (name TEXT PRIMARY KEY) STRICT;"}};

// The rooms of one data folder, opened as the office opens them.
class TestOffice {
 public:
  TestOffice(std::filesystem::path data, const base::Clock& clock, const base::Key& master,
             const base::SigningKey& signing)
      : data_(std::move(data)) {
    REGMARK_CHECK(base::make_private_folder(data_));
    log =
        audit::Log::open(data_ / "audit", signing, std::string(audit::test_origin), clock).value();
    records = records::Database::open(data_ / "records.db").value();
    REGMARK_CHECK(records->migrate(test_tables));
    store = sightings::open_embedded({.folder = data_ / "sightings", .master_key = master}, clock)
                .value();
  }

  const std::filesystem::path& data() const { return data_; }

  // Reads with pictures and a record, all observed at this time.
  void keep(sightings::ReadMaker& maker, const std::string& plate, std::string_view time) {
    auto read =
        maker.plain("cam-1", plate, base::parse_utc(time).value(), plate + std::string(time));
    REGMARK_CHECK(
        sightings::append_all(
            *store, {sightings::with_pictures(read, {maker.picture(plate::PictureKind::overview)})})
            ->front() == sightings::Kept::stored);
    REGMARK_CHECK(add(plate + std::string(time)));
  }
  Result<void> add(const std::string& name) {
    return records->write([&](records::Transaction& transaction) -> Result<void> {
      REGMARK_TRY(transaction.run("INSERT INTO thing VALUES (?1)", {name}));
      return {};
    });
  }
  std::int64_t things() {
    return records
        ->read([](records::Transaction& transaction) -> Result<std::int64_t> {
          REGMARK_ASSIGN(const auto rows, transaction.run("SELECT COUNT(*) FROM thing"));
          return rows.front().integer(0);
        })
        .value();
  }
  // What a verification of the whole store finds wrong, and how many reads it has.
  sightings::Health health() {
    return store->verify(sightings::UnloggedReceipts::of(audit::MachineVerb::verify)).value();
  }
  audit::MachineReceipt receipt(audit::MachineVerb verb) { return log->record(verb, "{}").value(); }

  std::unique_ptr<audit::Log> log;
  std::unique_ptr<records::Database> records;
  std::unique_ptr<sightings::Store> store;

 private:
  std::filesystem::path data_;
};

// One office, one place, and the key to it.
class TestBackup {
 public:
  TestBackup() {
    REGMARK_CHECK(base::make_private_folder(ring().parent_path()));
    open();
  }

  std::filesystem::path place() const { return folder.path() / "to"; }
  std::filesystem::path ring() const { return folder.path() / "apart" / "ring"; }
  RestoreFrom from() const {
    return {.folder = place(), .ring = ring(), .key = box, .log_key = {}};
  }

  void open() {
    backups.reset();
    office.reset();
    office = std::make_unique<TestOffice>(folder.path() / "data", clock, master, signing);
    backups =
        Backups::open({*office->log, *office->records, *office->store, clock}, {master, signing},
                      office->data(), {.places = {{place(), ring()}}, .public_key = box.public_key})
            .value();
  }
  Result<Made> make() {
    return backups->make(office->receipt(audit::MachineVerb::back_up), place());
  }
  Result<void> rewrap() { return backups->rewrap(office->receipt(audit::MachineVerb::back_up)); }
  void drop(std::string_view day) {
    REGMARK_CHECK(office->store->drop(office->receipt(audit::MachineVerb::drop),
                                      base::parse_day(day).value()));
  }
  // Another data folder from what lies at the place.
  Result<Restored> restore(const std::string& to) {
    return backup::restore(from(), folder.path() / to);
  }
  std::unique_ptr<TestOffice> opened(const std::string& to) {
    return std::make_unique<TestOffice>(folder.path() / to, clock, master, signing);
  }

  base::TestFolder folder;
  base::ManualClock clock{"2026-03-29T12:00:00Z"};
  const base::BoxKey box = base::box_key_from_secret({9, 9, 9});
  const base::Key master{1, 2, 3};
  const base::SigningKey signing = base::signing_key_from_seed({4, 5, 6});
  sightings::ReadMaker maker{1};
  std::unique_ptr<TestOffice> office;
  std::unique_ptr<Backups> backups;
};

}  // namespace regmark::backup
