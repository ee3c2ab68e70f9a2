// What tests of alerts, here and in other rooms, share. Never included by a program.
//
//   alerts::TestAlerts alerts;
//   const auto read = alerts.read("cam-1", "AB12CDE");
//   const auto id = alerts.kept(read, {alerts::a_hit("AB12CDE")}).front();
//   alerts->confirm(alerts.receipt(access::Act::confirm_alert, id), id, "as listed");
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/alerts.h"
#include "audit/audit_testing.h"
#include "base/time_testing.h"
#include "plate/read_testing.h"
#include "records/database_testing.h"

namespace regmark::alerts {

// An exact hit on one list, "list-1", whose window is five minutes; the entry is named after the
// plate.
inline watchlist::Hit a_hit(std::string_view plate, std::string_view list = "list-1") {
  return {.entry = base::EntryId::parse("entry-" + std::string(plate)).value(),
          .list = base::ListId::parse(list).value(),
          .grade = watchlist::Grade::exact,
          .probability = 0.97F,
          .priority = watchlist::Priority::high,
          .conflicts = {},
          .listed_plate = plate::Plate::parse(plate).value(),
          .list_name = "Stolen vehicles",
          .reason = "stolen",
          .action = "stop",
          .warning_markers = "",
          .entry_confirmed_at = base::parse_utc("2026-03-01T00:00:00Z").value(),
          .alert_window = std::chrono::minutes{5}};
}

inline plate::PictureName a_picture() {
  return {plate::PictureKind::plate, base::sha256(base::as_bytes("a picture")), 9};
}

// The entry of a hit, read again: it stands.
inline watchlist::Stand a_stand(const watchlist::Hit& hit) {
  const auto time = hit.entry_confirmed_at;
  return {.entry = {.id = hit.entry,
                    .list = hit.list,
                    .row = {},
                    .plate = hit.listed_plate,
                    .state = watchlist::EntryState::active,
                    .added_at = time,
                    .confirmed_at = time,
                    .expires_at = std::nullopt,
                    .ended_at = std::nullopt,
                    .end_reason = {}},
          .list = {.about = {.id = hit.list,
                             .name = hit.list_name,
                             .level = watchlist::Level::force,
                             .organisation = base::OrganisationId::parse("test-force").value(),
                             .purpose = "stolen vehicles",
                             .priority = hit.priority,
                             .review = base::day_of(time) + std::chrono::days{90},
                             .age_max = std::chrono::hours{24},
                             .alert_window = hit.alert_window},
                   .owner = base::PersonId::parse("person-owner").value(),
                   .version = 1,
                   .imported_at = time,
                   .active = 1,
                   .muted = false,
                   .why_muted = {}},
          .may_fire = true,
          .why_not = {}};
}

// Alerts with records, an audit log and a clock of their own, and a listener that remembers.
class TestAlerts {
 public:
  explicit TestAlerts(const Settings& settings = {}) : settings_(settings) { reopen(); }

  Alerts& operator*() { return *alerts_; }
  Alerts* operator->() { return alerts_.get(); }

  // As a restart would: what was not durable is gone.
  void reopen() {
    alerts_.reset();
    database.reopen();
    auto opened = Alerts::open(*database, clock, settings_);
    REGMARK_CHECK(opened.has_value());
    alerts_ = *std::move(opened);
    alerts_->listen([this](const Alert& alert) {
      const std::lock_guard lock(told_mutex_);
      told_.push_back(alert);
    });
  }

  // A final read of now, with a picture; the event is named after the plate and the time.
  plate::Read read(std::string_view camera, std::string_view plate) const {
    const auto now = base::format_utc(clock.now());
    auto made = plate::a_read(camera, plate, now);
    made.source_event = std::string(plate) + " " + now;
    made.id = plate::ReadId::of(made.camera, made.source_event);
    made.pictures = {a_picture()};
    return made;
  }
  // Raises and keeps.
  std::vector<base::AlertId> kept(const plate::Read& read,
                                  const std::vector<watchlist::Hit>& hits) {
    auto ids = alerts_->raise(read, hits);
    REGMARK_CHECK(alerts_->keep(ids).has_value());
    return ids;
  }
  audit::Receipt receipt(access::Act act, std::string_view subject,
                         std::string_view person = "person-test") {
    return log.receipt_for(act, {.subject = std::string(subject)}, person);
  }
  audit::Receipt receipt(access::Act act, const base::AlertId& alert,
                         std::string_view person = "person-test") {
    return receipt(act, alert.text(), person);
  }
  // As it stands now.
  Alert find(const base::AlertId& alert) {
    return alerts_->find(receipt(access::Act::watch_alerts, alert), alert).value();
  }
  std::vector<Step> history(const base::AlertId& alert) {
    return alerts_->history(receipt(access::Act::watch_alerts, alert), alert).value();
  }
  std::vector<Alert> latest(std::size_t count = alerts_page_max) {
    return alerts_->latest(receipt(access::Act::watch_alerts, ""), count).value();
  }
  // What the listener was told since the last call.
  std::vector<Alert> take_told() {
    const std::lock_guard lock(told_mutex_);
    return std::exchange(told_, {});
  }

  base::ManualClock clock;
  audit::TestLog log{clock};
  records::TestDatabase database;

 private:
  Settings settings_;
  std::mutex told_mutex_;
  std::vector<Alert> told_;
  std::unique_ptr<Alerts> alerts_;
};

// "done", or the name of the error; of an alert its state.
template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "done" : name(result.error().code);
}
inline std::string outcome(const Result<Alert>& alert) {
  return std::string(alert ? name(alert->state) : regmark::name(alert.error().code));
}

// A second later the same camera thinks better of an earlier read.
inline plate::Read correcting(TestAlerts& alerts, const plate::Read& earlier,
                              std::string_view plate) {
  alerts.clock.advance(std::chrono::seconds{1});
  auto read = alerts.read(earlier.camera.text(), plate);
  read.supersedes = earlier.id;
  return read;
}

inline Result<Alert> confirm(TestAlerts& alerts, const base::AlertId& id,
                             const std::optional<plate::ReadId>& seen = {}) {
  return alerts->confirm(alerts.receipt(access::Act::confirm_alert, id), id, "", seen);
}

// The first number that a statement gives.
inline std::int64_t count(records::Database& database, std::string_view sql) {
  return database
      .read([&](records::Transaction& transaction) -> Result<std::int64_t> {
        REGMARK_ASSIGN(const auto rows, transaction.run(sql));
        return rows.front().integer(0);
      })
      .value();
}

inline Result<void> run(records::Database& database, std::string_view sql) {
  return database.write([&](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run(sql));
    return {};
  });
}

}  // namespace regmark::alerts
