// An office with every room real, and switches that take one away. Never included by a program.
#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "estate/estate_testing.h"
#include "intake/intake.h"
#include "watchlist/lists_testing.h"

namespace regmark::intake {

// A room that can be away: passes everything on while `is_away` is not set.
class SwitchedDatabase final : public records::Database {
 public:
  explicit SwitchedDatabase(records::Database& database) : database_(database) {}
  std::atomic<bool> is_away{false};

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
    if (is_away) return fail(ErrorCode::unavailable, "the disk is away");
    return kind == Kind::write ? database_.write(work) : database_.read(work);
  }

 private:
  records::Database& database_;
};

class SwitchedStore final : public sightings::Store {
 public:
  explicit SwitchedStore(std::unique_ptr<sightings::Store> store) : store_(std::move(store)) {}
  std::atomic<bool> is_away{false};
  std::atomic<int> appends{0};

  Result<std::vector<sightings::Kept>> append(
      std::span<const sightings::CameraBatch> batches) override {
    ++appends;
    if (is_away) return fail(ErrorCode::unavailable, "the disk is away");
    return store_->append(batches);
  }
  Result<sightings::Page> find(const audit::Receipt& receipt,
                               const sightings::Query& query) const override {
    return store_->find(receipt, query);
  }
  Result<std::size_t> rows_before(const sightings::Query& query) const override {
    return store_->rows_before(query);
  }
  Result<sightings::HeldReads> held_about(const audit::Receipt& receipt,
                                          std::span<const base::HoldId> holds,
                                          const access::Window& window) const override {
    return store_->held_about(receipt, holds, window);
  }
  Result<sightings::Convoy> convoy(const audit::Receipt& receipt,
                                   const sightings::ConvoyQuery& query) const override {
    return store_->convoy(receipt, query);
  }
  Result<std::unique_ptr<sightings::Track>> track(const audit::Receipt& receipt,
                                                  sightings::Track::Told told) override {
    return store_->track(receipt, std::move(told));
  }
  Result<std::uint64_t> release(const audit::Receipt& receipt, const base::HoldId& hold) override {
    return store_->release(receipt, hold);
  }
  Result<plate::Read> read(const audit::Receipt& receipt, const plate::ReadId& id) const override {
    return store_->read(receipt, id);
  }
  Result<base::Bytes> picture(const audit::Receipt& receipt, const plate::ReadId& id,
                              plate::PictureKind kind) const override {
    return store_->picture(receipt, id, kind);
  }
  Result<std::uint64_t> hold(const audit::Receipt& receipt, const base::HoldId& hold,
                             const sightings::Query& query) override {
    return store_->hold(receipt, hold, query);
  }
  Result<void> seal(const audit::MachineReceipt& receipt, base::UtcDay day) override {
    return store_->seal(receipt, day);
  }
  Result<sightings::Dropped> drop(const audit::MachineReceipt& receipt, base::UtcDay day) override {
    return store_->drop(receipt, day);
  }
  Result<sightings::Dropped> drop_pictures(const audit::MachineReceipt& receipt,
                                           base::UtcDay day) override {
    return store_->drop_pictures(receipt, day);
  }
  Result<sightings::Dropped> drop_short(const audit::MachineReceipt& receipt,
                                        base::UtcTime from) override {
    return store_->drop_short(receipt, from);
  }
  std::vector<sightings::Span> short_slices() const override { return store_->short_slices(); }
  Result<sightings::ErasedReads> erase_reads(const audit::MachineReceipt& receipt,
                                             std::span<const plate::ReadId> reads) override {
    return store_->erase_reads(receipt, reads);
  }
  Result<sightings::Health> verify(const audit::MachineReceipt& receipt) const override {
    return store_->verify(receipt);
  }
  Result<std::vector<sightings::CameraCount>> counts(const audit::MachineReceipt& receipt,
                                                     base::UtcDay day) const override {
    return store_->counts(receipt, day);
  }
  std::vector<sightings::SliceInfo> slices() const override { return store_->slices(); }
  Result<std::vector<sightings::DayInfo>> days(const audit::Receipt& receipt) const override {
    return store_->days(receipt);
  }
  Result<void> snapshot(const audit::MachineReceipt& receipt,
                        const std::filesystem::path& folder) const override {
    return store_->snapshot(receipt, folder);
  }
  Result<std::vector<sightings::SealedKey>> sealed_keys(
      const audit::MachineReceipt& receipt) const override {
    return store_->sealed_keys(receipt);
  }
  Result<std::vector<std::string>> key_names() const override { return store_->key_names(); }

 private:
  std::unique_ptr<sightings::Store> store_;
};

// A read as a camera writes it, with some fields changed or added; an empty one is left out.
inline std::string a_message(std::string_view event, std::string_view plate, std::string_view at,
                             const std::map<std::string, std::string>& changes = {}) {
  std::map<std::string, std::string> fields{{"source_event", "\"" + std::string(event) + "\""},
                                            {"plate", "\"" + std::string(plate) + "\""},
                                            {"score", "0.97"},
                                            {"observed", "\"" + std::string(at) + "\""},
                                            {"sent", "\"" + std::string(at) + "\""}};
  for (const auto& [name, value] : changes) fields[name] = value;
  std::string json;
  for (const auto& [name, value] : fields) {
    if (!value.empty()) json.append(json.empty() ? "{" : ",").append("\"" + name + "\":" + value);
  }
  return json + "}";
}

inline base::CameraId camera_id(std::string_view text) {
  return base::CameraId::parse(text).value();
}

// At first it is 2026-06-01 12:00 UTC; "cam-1" stands at a live site and "AB12CDE" is on a list.
class TestOffice {
 public:
  explicit TestOffice(const Tolerances& tolerances = {}) : tolerances_(tolerances) {
    estate.clock.set("2026-06-01T12:00:00Z");
    estate.live_camera("cam-1");
    estate.clock.advance(std::chrono::minutes(10));
    reopen();
    const auto receipt = estate.log.receipt_for(access::Act::change_lists);
    REGMARK_CHECK(lists->create(receipt, watchlist::a_list("stolen")).has_value());
    REGMARK_CHECK(lists->import(receipt, watchlist::list_id("stolen"), "vrm,make\nAB12CDE,FORD\n")
                      .has_value());
  }
  TestOffice(const TestOffice&) = delete;
  TestOffice& operator=(const TestOffice&) = delete;
  ~TestOffice() { close(); }

  void close() {
    intake.reset();
    drift.reset();
    alerts.reset();
    store.reset();
    lists.reset();
    records.reset();
  }

  // As a restart would.
  void reopen() {
    close();
    estate.reopen();
    records = std::make_unique<SwitchedDatabase>(*estate.database);
    REGMARK_CHECK(estate.database->migrate(watchlist::Lists::migrations()).has_value());
    REGMARK_CHECK(estate.database->migrate(alerts::Alerts::migrations()).has_value());
    lists = watchlist::Lists::open(*estate.database, estate.clock).value();
    alerts = alerts::Alerts::open(*records, estate.clock).value();
    alerts->listen([this](const alerts::Alert& alert) {
      const std::lock_guard lock(mutex_);
      told_.push_back(alert);
    });
    store = std::make_unique<SwitchedStore>(
        sightings::open_embedded({.folder = estate.database.folder() / "sightings",
                                  .master_key = base::Key{1, 2, 3},
                                  .kept = std::chrono::days(365),
                                  .short_slices = short_slices},
                                 estate.clock)
            .value());
    REGMARK_CHECK(estate.database->migrate(drift::Drift::migrations()).has_value());
    drift = std::make_unique<drift::Drift>(*records, *estate, estate.clock);
    intake = Intake::create({*estate, *lists, *store, *alerts, log, *drift, estate.clock},
                            tolerances_, non_hits, pace);
  }

  // What the listeners of alerts were told since the last call.
  std::vector<alerts::Alert> told() {
    const std::lock_guard lock(mutex_);
    return std::exchange(told_, {});
  }

  std::string now() const { return base::format_utc(estate.clock.now()); }

  // A message of this moment.
  std::string message(std::string_view event, std::string_view plate,
                      const std::map<std::string, std::string>& changes = {}) const {
    return a_message(event, plate, now(), changes);
  }

  Result<Outcome> send(std::string_view lines, std::string_view camera = "cam-1") {
    return intake->accept(camera_id(camera), "application/x-ndjson", lines);
  }

  // Everything that is kept of a plate or pattern.
  std::vector<plate::Read> found(std::string_view pattern) {
    // A window may not end in the future, and does not hold its own end.
    estate.clock.advance(std::chrono::milliseconds(1));
    const access::Window window{.from = estate.clock.now() - std::chrono::days(300),
                                .until = estate.clock.now()};
    const auto receipt = estate.log.receipt_for(access::Act::search_sightings,
                                                {.plate = std::string(pattern), .window = window});
    sightings::Query query;
    query.plate = pattern;
    query.window = window;
    query.rows = sightings::page_rows_max;
    return store->find(receipt, query).value().reads;
  }

  // The log's records from `first` on that speak of collection.
  std::vector<audit::Entry> collected(std::uint64_t first = 0) {
    const auto receipt = estate.log.receipt_for(access::Act::read_audit);
    auto entries = log.read(receipt, first, audit::entries_max).value();
    std::erase_if(entries, [](const auto& entry) { return entry.shown.act != "collect"; });
    return entries;
  }

  // From the next reopen() on.
  NonHits non_hits = NonHits::kept;
  Pace pace{.reads_per_second = 1e9};
  std::optional<sightings::ShortSlices> short_slices;
  estate::TestEstate estate;
  audit::FailingLog log{estate.log.log()};
  std::unique_ptr<SwitchedDatabase> records;  // of the alerts only
  std::unique_ptr<watchlist::Lists> lists;
  std::unique_ptr<alerts::Alerts> alerts;
  std::unique_ptr<SwitchedStore> store;
  std::unique_ptr<drift::Drift> drift;
  std::unique_ptr<Intake> intake;

 private:
  const Tolerances tolerances_;
  std::mutex mutex_;
  std::vector<alerts::Alert> told_;
};

}  // namespace regmark::intake
