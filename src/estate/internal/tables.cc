#include "estate/internal/tables.h"

#include <algorithm>

namespace regmark::estate::internal {
namespace {

using records::Row;
using records::Transaction;
using records::Value;

std::int64_t day_number(base::UtcDay day) {
  return day.time_since_epoch().count();
}

base::UtcDay day_at(const Row& row, std::size_t column) {
  return base::UtcDay{std::chrono::days{row.integer(column)}};
}

Value value_or_null(const std::optional<base::UtcDay>& day) {
  return day ? Value{day_number(*day)} : Value{nullptr};
}

std::optional<base::UtcDay> optional_day_at(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return day_at(row, column);
}

Value value_or_null(const std::optional<Grounds>& grounds, std::string Grounds::*part) {
  return grounds ? Value{(*grounds).*part} : Value{nullptr};
}

Result<void> note(Transaction& transaction, const Deed& deed, Kind kind, std::string_view subject,
                  std::string_view step, const std::optional<Grounds>& grounds,
                  const std::optional<std::string>& reason = std::nullopt,
                  const std::optional<base::UtcDay>& lapses = std::nullopt,
                  const std::optional<base::UtcTime>& until = std::nullopt) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO estate_history (kind, subject, step, at, by_person, receipt, need, category,"
      " review_day, reason, lapse_day, until)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      {std::string(name(kind)), std::string(subject), std::string(step), records::value_of(deed.at),
       deed.by.text(), static_cast<std::int64_t>(deed.receipt),
       value_or_null(grounds, &Grounds::need), value_or_null(grounds, &Grounds::category),
       grounds ? Value{day_number(grounds->review)} : Value{nullptr},
       reason ? Value{*reason} : Value{nullptr}, value_or_null(lapses), records::value_of(until)}));
  return {};
}

// One row was changed, or the step does not follow.
Result<void> one_changed(const Transaction& transaction) {
  if (transaction.changed() != 1) {
    return fail(ErrorCode::conflict, "the records have moved on: read again");
  }
  return {};
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
                                 " review_day, lapse_day, category FROM estate_history"
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

std::string_view name(Kind kind) {
  switch (kind) {
    case Kind::site:
      return "site";
    case Kind::deployment:
      return "deployment";
    case Kind::camera:
      return "camera";
  }
  return "";
}

bool take(SiteRow& site, StepRecord step) {
  auto& record = site.record;
  const auto next = after({record.path, record.stage, !site.decisions.empty()}, step.step);
  if (!next) return false;
  record.path = next->path;
  record.stage = next->stage;
  if (step.lapses) {
    record.lapses = step.lapses;
    site.decisions.push_back({step.at, *step.lapses});
  }
  site.steps.push_back(std::move(step));
  return true;
}

void take(DeploymentRow& deployment, DeploymentStep step) {
  auto& record = deployment.record;
  const auto& taken = step.record;
  if (step.grounds) record.about.grounds = *step.grounds;
  if (taken.until) record.about.until = *taken.until;
  if (taken.lapses) {
    record.state = State::live;
    record.approver = taken.by;
    if (!record.live_from) record.live_from = taken.at;
    deployment.decisions.push_back({taken.at, *taken.lapses});
  }
  if (taken.step == Step::stop) {
    record.state = State::stopped;
    record.stopped_at = taken.at;
    record.stop_reason = taken.words;
  }
  deployment.steps.push_back(std::move(step));
}

Result<Rows> load(Transaction& transaction) {
  Rows rows;
  REGMARK_TRY(load_sites(transaction, rows));
  REGMARK_TRY(load_deployments(transaction, rows));
  REGMARK_TRY(load_cameras(transaction, rows));
  REGMARK_TRY(load_steps(transaction, rows));
  REGMARK_TRY(load_deployment_steps(transaction, rows));
  return rows;
}

Result<void> add_site(Transaction& transaction, const Deed& deed, const NewSite& site) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO estate_sites (id, name, latitude, longitude, need, category, review_day,"
      " author, path) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      {site.id.text(), site.name, site.position.latitude, site.position.longitude,
       site.grounds.need, site.grounds.category, day_number(site.grounds.review), deed.by.text(),
       std::string(estate::name(site.path))}));
  return note(transaction, deed, Kind::site, site.id.text(), "proposed", site.grounds);
}

Result<void> add_deployment(Transaction& transaction, const Deed& deed,
                            const NewDeployment& deployment) {
  const auto& grounds = deployment.grounds;
  REGMARK_TRY(transaction.run(
      "INSERT INTO estate_deployments (id, name, latitude, longitude, radius_m, starts_at,"
      " ends_at, need, category, review_day, author, is_apart)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      {deployment.id.text(), deployment.name, deployment.area.centre.latitude,
       deployment.area.centre.longitude, deployment.area.radius_m,
       records::value_of(deployment.from), records::value_of(deployment.until), grounds.need,
       grounds.category, day_number(grounds.review), deed.by.text(),
       std::int64_t{deployment.is_apart ? 1 : 0}}));
  return note(transaction, deed, Kind::deployment, deployment.id.text(), "proposed", grounds);
}

Result<void> add_camera(Transaction& transaction, const Deed& deed, const NewCamera& camera,
                        const base::Digest& token) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO estate_cameras (id, name, site, deployment, token_sha256, live_from)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      {camera.id.text(), camera.name, camera.site ? Value{camera.site->text()} : Value{nullptr},
       camera.deployment ? Value{camera.deployment->text()} : Value{nullptr},
       base::Bytes(token.begin(), token.end()), records::value_of(deed.at)}));
  return note(transaction, deed, Kind::camera, camera.id.text(), "commissioned", std::nullopt);
}

Result<void> approve(Transaction& transaction, const Deed& deed, Kind kind, std::string_view id) {
  const std::string table = kind == Kind::site ? "estate_sites" : "estate_deployments";
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("UPDATE " + table +
                          " SET approver = ?2, live_from = ?3 WHERE id = ?1 AND approver IS NULL"
                          " RETURNING need, category, review_day",
                      {std::string(id), deed.by.text(), records::value_of(deed.at)}));
  REGMARK_TRY(one_changed(transaction));
  const Grounds grounds{rows.front().text(0), rows.front().text(1), day_at(rows.front(), 2)};
  return note(transaction, deed, kind, id, "approved", grounds, std::nullopt, grounds.review);
}

Result<void> extend_site(Transaction& transaction, const Deed& deed, const base::SiteId& site,
                         const Grounds& grounds) {
  REGMARK_TRY(transaction.run(
      "UPDATE estate_sites SET approver = ?2, need = ?3, category = ?4,"
      " review_day = ?5 WHERE id = ?1 AND live_from IS NOT NULL",
      {site.text(), deed.by.text(), grounds.need, grounds.category, day_number(grounds.review)}));
  REGMARK_TRY(one_changed(transaction));
  return note(transaction, deed, Kind::site, site.text(), "extended", grounds, std::nullopt,
              grounds.review);
}

Result<void> extend_deployment(Transaction& transaction, const Deed& deed,
                               const base::DeploymentId& deployment, const Extension& extension) {
  const auto& grounds = extension.grounds;
  REGMARK_TRY(
      transaction.run("UPDATE estate_deployments SET approver = ?2, need = ?3, category = ?4,"
                      " review_day = ?5 WHERE id = ?1 AND live_from IS NOT NULL",
                      {deployment.text(), deed.by.text(), grounds.need, grounds.category,
                       day_number(grounds.review)}));
  REGMARK_TRY(one_changed(transaction));
  return note(transaction, deed, Kind::deployment, deployment.text(), "extended", grounds,
              std::nullopt, grounds.review, extension.until);
}

Result<void> inherit_site(Transaction& transaction, const Deed& deed, const NewSite& site) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO estate_sites (id, name, latitude, longitude, need, category, review_day,"
      " author, path, approver, live_from) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      {site.id.text(), site.name, site.position.latitude, site.position.longitude,
       site.grounds.need, site.grounds.category, day_number(site.grounds.review), deed.by.text(),
       std::string(estate::name(Path::inherited)), std::string(nobody_recorded),
       records::value_of(deed.at)}));
  return note(transaction, deed, Kind::site, site.id.text(), "inherited", site.grounds,
              std::nullopt, site.grounds.review);
}

Result<void> add_step(Transaction& transaction, const Deed& deed, const base::SiteId& site,
                      Step step, const NewStep& taken) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO estate_history (kind, subject, step, at, by_person, receipt, reason, paper,"
      " review_day, lapse_day, category) VALUES ('site', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      {site.text(), std::string(estate::name(step)), records::value_of(deed.at), deed.by.text(),
       static_cast<std::int64_t>(deed.receipt),
       taken.words.empty() ? Value{nullptr} : Value{taken.words},
       taken.paper ? Value{static_cast<std::int64_t>(*taken.paper)} : Value{nullptr},
       value_or_null(taken.review), value_or_null(taken.lapses),
       taken.purpose.empty() ? Value{nullptr} : Value{taken.purpose}}));
  if (taken.decider) {
    REGMARK_TRY(
        transaction.run("UPDATE estate_sites SET approver = ?2,"
                        " live_from = coalesce(live_from, ?3) WHERE id = ?1",
                        {site.text(), taken.decider->text(), records::value_of(deed.at)}));
    REGMARK_TRY(one_changed(transaction));
  }
  if (taken.review) {
    REGMARK_TRY(transaction.run("UPDATE estate_sites SET review_day = ?2 WHERE id = ?1",
                                {site.text(), day_number(*taken.review)}));
    REGMARK_TRY(one_changed(transaction));
  }
  if (step == Step::stop || step == Step::refuse) {
    REGMARK_TRY(
        transaction.run("UPDATE estate_sites SET stopped_at = ?2, stop_reason = ?3"
                        " WHERE id = ?1 AND live_from IS NOT NULL",
                        {site.text(), records::value_of(deed.at), taken.words}));
  }
  return {};
}

Result<void> stop_row(Transaction& transaction, const Deed& deed, Kind kind, std::string_view id,
                      std::string_view reason) {
  const std::string table = "estate_" + std::string(name(kind)) + "s";
  REGMARK_TRY(transaction.run("UPDATE " + table +
                                  " SET stopped_at = ?2, stop_reason = ?3 WHERE id = ?1"
                                  " AND stopped_at IS NULL AND live_from IS NOT NULL",
                              {std::string(id), records::value_of(deed.at), std::string(reason)}));
  REGMARK_TRY(one_changed(transaction));
  return note(transaction, deed, kind, id, "stopped", std::nullopt, std::string(reason));
}

Result<void> renew_token(Transaction& transaction, const Deed& deed, const base::CameraId& camera,
                         const base::Digest& token) {
  REGMARK_TRY(transaction.run("UPDATE estate_cameras SET token_sha256 = ?2 WHERE id = ?1",
                              {camera.text(), base::Bytes(token.begin(), token.end())}));
  REGMARK_TRY(one_changed(transaction));
  return note(transaction, deed, Kind::camera, camera.text(), "token_renewed", std::nullopt);
}

}  // namespace regmark::estate::internal
