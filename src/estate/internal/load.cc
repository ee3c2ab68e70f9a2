// The estate as its tables hold it.
#include <algorithm>

#include "estate/internal/tables.h"

namespace regmark::estate::internal {
namespace {

using records::Row;
using records::Transaction;

std::optional<base::UtcDay> optional_day_at(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return day_at(row, column);
}

// The records hold only what parsed once: anything else is damage.
template <typename Id>
Result<Id> id_at(const Row& row, std::size_t column) {
  auto id = Id::parse(row.text(column));
  if (!id) return fail(ErrorCode::corrupt, "the estate's records hold a name that is none");
  return id;
}

template <typename Id>
Result<std::optional<Id>> optional_id_at(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::optional<Id>{};
  REGMARK_ASSIGN(auto id, id_at<Id>(row, column));
  return std::optional<Id>{std::move(id)};
}

State state_of(const std::optional<base::UtcTime>& live_from,
               const std::optional<base::UtcTime>& stopped_at) {
  if (stopped_at) return State::stopped;
  return live_from ? State::live : State::proposed;
}

// The columns that sites and deployments share, from `first` on: need, category, review_day,
// author, approver, live_from, stopped_at, stop_reason.
template <typename Record, typename About>
Result<Record> record_of(const Row& row, std::size_t first, About about) {
  about.grounds = {row.text(first), row.text(first + 1), day_at(row, first + 2)};
  REGMARK_ASSIGN(auto author, id_at<base::PersonId>(row, first + 3));
  REGMARK_ASSIGN(auto approver, optional_id_at<base::PersonId>(row, first + 4));
  const auto live_from = row.optional_time(first + 5);
  const auto stopped_at = row.optional_time(first + 6);
  return Record{.about = std::move(about),
                .state = state_of(live_from, stopped_at),
                .author = std::move(author),
                .approver = std::move(approver),
                .live_from = live_from,
                .stopped_at = stopped_at,
                .stop_reason = row.text(first + 7)};
}

Result<void> load_sites(Transaction& transaction, Rows& rows) {
  REGMARK_ASSIGN(const auto found,
                 transaction.run("SELECT id, name, latitude, longitude, need, category,"
                                 " review_day, author, approver, live_from, stopped_at,"
                                 " stop_reason, path FROM estate_sites"));
  for (const auto& row : found) {
    REGMARK_ASSIGN(auto id, id_at<base::SiteId>(row, 0));
    const auto path = path_of(row.text(12));
    if (!path) return fail(ErrorCode::corrupt, "the estate's records hold a path that is none");
    NewSite about{id, row.text(1), {row.real(2), row.real(3)}, {}, *path};
    REGMARK_ASSIGN(auto record, record_of<SiteRecord>(row, 4, std::move(about)));
    if (record.approver && record.approver->text() == nobody_recorded) record.approver.reset();
    record.path = *path;
    record.stage = Stage::nothing;
    rows.sites.emplace(std::move(id), SiteRow{std::move(record), {}, {}});
  }
  REGMARK_ASSIGN(const auto written, transaction.run("SELECT site, at FROM estate_short_impacts"));
  for (const auto& row : written) {
    REGMARK_ASSIGN(const auto id, id_at<base::SiteId>(row, 0));
    if (const auto site = rows.sites.find(id); site != rows.sites.end()) {
      site->second.impact_at = row.time(1);
    }
  }
  // Each that is kept is whole.
  REGMARK_ASSIGN(const auto told, transaction.run("SELECT site, min(at) FROM estate_papers"
                                                  " WHERE form = 'public_notice' GROUP BY site"));
  for (const auto& row : told) {
    REGMARK_ASSIGN(const auto id, id_at<base::SiteId>(row, 0));
    if (const auto site = rows.sites.find(id); site != rows.sites.end()) {
      site->second.notice_at = row.time(1);
    }
  }
  return {};
}

Result<void> load_deployments(Transaction& transaction, Rows& rows) {
  REGMARK_ASSIGN(
      const auto found,
      transaction.run("SELECT id, name, latitude, longitude, radius_m, starts_at, ends_at, need,"
                      " category, review_day, author, approver, live_from, stopped_at,"
                      " stop_reason, is_apart FROM estate_deployments"));
  for (const auto& row : found) {
    REGMARK_ASSIGN(auto id, id_at<base::DeploymentId>(row, 0));
    NewDeployment about{id,
                        row.text(1),
                        {{row.real(2), row.real(3)}, row.real(4)},
                        row.time(5),
                        row.time(6),
                        {},
                        row.integer(15) != 0};
    REGMARK_ASSIGN(auto record, record_of<DeploymentRecord>(row, 7, std::move(about)));
    rows.deployments.emplace(std::move(id), DeploymentRow{std::move(record), row.time(6)});
  }
  REGMARK_ASSIGN(const auto written,
                 transaction.run("SELECT deployment, at FROM estate_deployment_impacts"));
  for (const auto& row : written) {
    REGMARK_ASSIGN(const auto id, id_at<base::DeploymentId>(row, 0));
    const auto deployment = rows.deployments.find(id);
    if (deployment != rows.deployments.end()) deployment->second.impact_at = row.time(1);
  }
  REGMARK_ASSIGN(
      const auto told,
      transaction.run("SELECT subject, min(at) FROM estate_other_papers"
                      " WHERE kind = 'deployment' AND form = 'public_notice' GROUP BY subject"));
  for (const auto& row : told) {
    REGMARK_ASSIGN(const auto id, id_at<base::DeploymentId>(row, 0));
    const auto deployment = rows.deployments.find(id);
    if (deployment != rows.deployments.end()) deployment->second.notice_at = row.time(1);
  }
  return {};
}

Result<void> load_cameras(Transaction& transaction, Rows& rows) {
  REGMARK_ASSIGN(const auto found,
                 transaction.run("SELECT id, name, site, deployment, live_from, stopped_at,"
                                 " token_sha256 FROM estate_cameras"));
  for (const auto& row : found) {
    REGMARK_ASSIGN(auto id, id_at<base::CameraId>(row, 0));
    NewCamera about{id, row.text(1), std::nullopt, std::nullopt};
    // Each put in its place at once: moved as optionals they make GCC 12 warn for nothing.
    if (!row.is_null(2)) {
      REGMARK_ASSIGN(about.site, id_at<base::SiteId>(row, 2));
    }
    if (!row.is_null(3)) {
      REGMARK_ASSIGN(about.deployment, id_at<base::DeploymentId>(row, 3));
    }
    const bool placed = about.site
                            ? rows.sites.contains(*about.site)
                            : about.deployment && rows.deployments.contains(*about.deployment);
    const auto& token = row.bytes(6);
    base::Digest digest{};
    if (!placed || token.size() != digest.size()) {
      return fail(ErrorCode::corrupt, "the estate's records hold a camera without a place");
    }
    std::ranges::copy(token, digest.begin());
    CameraRow camera{std::move(about), row.time(4), row.optional_time(5), digest};
    rows.cameras.emplace(std::move(id), std::move(camera));
  }
  return {};
}

// Every step that a site took, from which its stage and its decisions follow.
Result<void> load_steps(Transaction& transaction, Rows& rows) {
  REGMARK_ASSIGN(const auto found,
                 transaction.run("SELECT subject, step, at, by_person, receipt, reason, paper,"
                                 " review_day, lapse_day, category, need FROM estate_history"
                                 " WHERE kind = 'site'"
                                 " ORDER BY number"));
  for (const auto& row : found) {
    REGMARK_ASSIGN(const auto id, id_at<base::SiteId>(row, 0));
    const auto site = rows.sites.find(id);
    const auto step = step_of(row.text(1));
    if (site == rows.sites.end() || !step) {
      return fail(ErrorCode::corrupt, "the estate's history holds what nobody wrote");
    }
    REGMARK_ASSIGN(auto by, id_at<base::PersonId>(row, 3));
    StepRecord taken{.step = *step,
                     .at = row.time(2),
                     .by = std::move(by),
                     .receipt = static_cast<std::uint64_t>(row.integer(4)),
                     .words = row.text_or_empty(5),
                     .review = optional_day_at(row, 7),
                     .lapses = optional_day_at(row, 8)};
    if (!row.is_null(6)) taken.paper = static_cast<std::uint64_t>(row.integer(6));
    if (!row.is_null(9)) site->second.purposes.push_back({taken.at, row.text(9)});
    if (!row.is_null(10)) site->second.needs.push_back({taken.at, row.text(10), row.text(9)});
    if (!take(site->second, std::move(taken))) {
      return fail(ErrorCode::corrupt, "the estate's history holds a step that does not follow");
    }
  }
  return {};
}

// Every step that a deployment took. Until when it lasts is what the last of them says.
Result<void> load_deployment_steps(Transaction& transaction, Rows& rows) {
  REGMARK_ASSIGN(const auto found,
                 transaction.run("SELECT subject, step, at, by_person, receipt, reason, need,"
                                 " category, review_day, lapse_day, until FROM estate_history"
                                 " WHERE kind = 'deployment' ORDER BY number"));
  for (const auto& row : found) {
    REGMARK_ASSIGN(const auto id, id_at<base::DeploymentId>(row, 0));
    const auto deployment = rows.deployments.find(id);
    const auto step = step_of(row.text(1));
    if (deployment == rows.deployments.end() || !step) {
      return fail(ErrorCode::corrupt, "the estate's history holds what nobody wrote");
    }
    REGMARK_ASSIGN(auto by, id_at<base::PersonId>(row, 3));
    DeploymentStep taken{{.step = *step,
                          .at = row.time(2),
                          .by = std::move(by),
                          .receipt = static_cast<std::uint64_t>(row.integer(4)),
                          .words = row.text_or_empty(row.is_null(5) ? 6 : 5),
                          .review = optional_day_at(row, 8),
                          .lapses = optional_day_at(row, 9)},
                         {}};
    if (!row.is_null(10)) taken.record.until = row.time(10);
    if (!row.is_null(6)) taken.grounds = {row.text(6), row.text(7), day_at(row, 8)};
    take(deployment->second, std::move(taken));
  }
  return {};
}

}  // namespace

Result<Rows> load(Transaction& transaction) {
  Rows rows;
  REGMARK_TRY(load_sites(transaction, rows));
  REGMARK_TRY(load_deployments(transaction, rows));
  REGMARK_TRY(load_cameras(transaction, rows));
  REGMARK_TRY(load_steps(transaction, rows));
  REGMARK_TRY(load_deployment_steps(transaction, rows));
  return rows;
}

}  // namespace regmark::estate::internal
