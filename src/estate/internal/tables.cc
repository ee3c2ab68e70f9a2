// What is written into the estate's tables.
#include "estate/internal/tables.h"

namespace regmark::estate::internal {
namespace {

using records::Transaction;
using records::Value;

std::int64_t day_number(base::UtcDay day) {
  return day.time_since_epoch().count();
}

Value value_or_null(const std::optional<base::UtcDay>& day) {
  return day ? Value{day_number(*day)} : Value{nullptr};
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
