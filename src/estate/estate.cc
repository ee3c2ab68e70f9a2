#include "estate/estate.h"

#include <mutex>
#include <utility>

#include "base/crypto.h"
#include "base/encoding.h"
#include "estate/internal/advice.h"
#include "estate/internal/check.h"
#include "estate/internal/check_commissioning.h"
#include "estate/internal/papers_table.h"
#include "estate/internal/recorded_estate.h"
#include "estate/internal/same_place.h"

namespace regmark::estate::internal {
namespace {

using access::Act;
using audit::Receipt;
using records::Transaction;

// So that a token that turns up where it should not can be told for what it is.
constexpr std::string_view token_prefix = "rmcam_";
constexpr std::size_t token_size = 32;                             // random bytes
constexpr std::size_t token_text_size = token_prefix.size() + 43;  // base64url without padding

std::string new_token() {
  return std::string(token_prefix) + base::to_base64_url(base::random_bytes<token_size>());
}

base::Digest hash_of(std::string_view token) {
  return base::sha256(base::as_bytes(token));
}

}  // namespace

Result<void> check_may_look(const Receipt& receipt, base::UtcTime now) {
  const auto act = receipt.permit().act();
  if (act == Act::change_estate) {
    return audit::check_open(receipt, Act::change_estate, "register", now);
  }
  const bool may = act == Act::export_evidence || act == Act::export_held ||
                   act == Act::read_covert || act == Act::read_register;
  return audit::check_open(receipt, may ? act : Act::read_estate, now);
}

tl::unexpected<Error> not_found(std::string_view what) {
  return fail(ErrorCode::not_found, "there is no such " + std::string(what));
}

tl::unexpected<Error> conflict(std::string message) {
  return fail(ErrorCode::conflict, std::move(message));
}

Result<void> check_may(const Receipt& receipt, Act act, std::string_view subject,
                       base::UtcTime now) {
  const bool is_apart = opened_by(receipt) == Kept::apart;
  return audit::check_open(receipt, is_apart ? Act::change_covert : act, subject, now);
}

Result<void> RecordedEstate::propose(const Receipt& receipt, const NewSite& site) {
  const auto now = clock_.now();
  const bool is_apart = site.path == Path::statutory;
  REGMARK_TRY(audit::check_open(receipt, is_apart ? Act::change_covert : Act::change_estate,
                                site.id.text(), now));
  REGMARK_TRY(check_site(site, guidance_.life(), now));
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime at) -> Result<void> {
        if (snapshot.site(site.id)) return conflict("the site's id is taken");
        REGMARK_TRY(check_first_emergency(snapshot, site, at, guidance_.life()));
        if (snapshot.site_count() >= places_max) {
          return fail(ErrorCode::limit_exceeded, "there are too many sites");
        }
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) {
        return add_site(transaction, deed, site);
      });
}

Result<void> RecordedEstate::propose(const Receipt& receipt, const NewDeployment& deployment) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt,
                                deployment.is_apart ? Act::change_covert : Act::change_estate,
                                deployment.id.text(), now));
  REGMARK_TRY(check_deployment(deployment, now));
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime) -> Result<void> {
        if (snapshot.deployment(deployment.id)) return conflict("the deployment's id is taken");
        if (snapshot.deployment_count() >= places_max) {
          return fail(ErrorCode::limit_exceeded, "there are too many deployments");
        }
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) {
        return add_deployment(transaction, deed, deployment);
      });
}

namespace {

// A proposal that waited too long is not approved as if it were new.
Result<void> still_current(const SiteRecord& record, base::UtcTime now) {
  if (overdue_from(record.about.grounds.review) <= now) {
    return conflict("its review date has passed: propose it again");
  }
  return {};
}

Result<void> still_current(const DeploymentRecord& record, base::UtcTime now) {
  if (overdue_from(record.about.grounds.review) <= now || record.about.until <= now) {
    return conflict("its dates have passed: propose it again");
  }
  if (record.about.from < begins_earliest(now)) {
    return conflict("it was to begin at " + base::format_utc(record.about.from) +
                    ", before anybody approved it: propose it again from a later day");
  }
  return {};
}

// What belongs to one kind of place alone.
Result<void> may_be_approved(const Snapshot& snapshot, const SiteRow& row, base::UtcTime now,
                             const assessment::LifeRules& rules) {
  if (!after({row.record.path, row.record.stage, false}, Step::approve)) {
    return row.record.stage == Stage::proposed
               ? conflict("it takes the full path: it is assessed, and decided by the controller")
               : conflict("it was decided already");
  }
  REGMARK_TRY(still_current(row.record, now));
  REGMARK_TRY(check_first_emergency(snapshot, row.record.about, now, rules));
  const auto until = overdue_from(row.record.about.grounds.review);
  return check_same_place(snapshot, row, now, until, rules);
}

Result<void> may_be_approved(const Snapshot& snapshot, const DeploymentRow& row, base::UtcTime now,
                             const assessment::LifeRules& rules) {
  if (row.record.state != State::proposed) return conflict("it was decided already");
  REGMARK_TRY(still_current(row.record, now));
  const auto& about = row.record.about;
  const auto until = std::min(about.until, overdue_from(about.grounds.review));
  return check_same_place(snapshot, row, now, until, rules);
}

}  // namespace

template <typename Id, typename Find>
Result<void> RecordedEstate::approve_place(const Receipt& receipt, const Id& id, Kind kind,
                                           std::string_view noun, const Find& row_of) {
  REGMARK_TRY(check_may(receipt, Act::approve_estate, id.text(), clock_.now()));
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) -> Result<void> {
        const auto* row = seen(receipt, row_of(snapshot));
        if (!row) return not_found(noun);
        if (row->record.author == receipt.permit().person().id &&
            row->record.state == State::proposed) {
          return conflict("its author may not approve it: somebody else must");
        }
        return may_be_approved(snapshot, *row, now, guidance_.life());
      },
      [&](Transaction& transaction, const Deed& deed) {
        return internal::approve(transaction, deed, kind, id.text());
      });
}

Result<void> RecordedEstate::approve(const Receipt& receipt, const base::SiteId& site) {
  return approve_place(receipt, site, Kind::site, "site",
                       [&](const Snapshot& snapshot) { return snapshot.site_row(site); });
}

Result<void> RecordedEstate::approve(const Receipt& receipt, const base::DeploymentId& deployment) {
  return approve_place(
      receipt, deployment, Kind::deployment, "deployment",
      [&](const Snapshot& snapshot) { return snapshot.deployment_row(deployment); });
}

Result<void> RecordedEstate::review(const Receipt& receipt, const base::SiteId& site,
                                    const Grounds& grounds) {
  const auto asked = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::approve_estate, site.text(), asked));
  REGMARK_TRY(check_grounds(grounds, asked));
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) -> Result<void> {
        const auto* row = seen(receipt, snapshot.site_row(site));
        if (!row) return not_found("site");
        const auto* record = &row->record;
        if (record->state == State::proposed) return conflict("it was not approved yet");
        if (record->state == State::stopped) return conflict("it was stopped");
        if (record->path != Path::under_twelve_months || record->stage != Stage::live) {
          return conflict("only what stands for under twelve months is extended: review it");
        }
        if (record->author == receipt.permit().person().id) {
          return conflict("its author may not review it: somebody else must");
        }
        if (grounds.review > base::day_of(twelve_months_after(*record->live_from))) {
          return conflict("it would stand for twelve months: take it to the full path");
        }
        return check_same_place(snapshot, *row, now, overdue_from(grounds.review),
                                guidance_.life());
      },
      [&](Transaction& transaction, const Deed& deed) -> Result<void> {
        REGMARK_ASSIGN(const auto papers, papers_of(transaction, site));
        REGMARK_TRY(check_may_extend(guidance_, papers));
        return extend_site(transaction, deed, site, grounds);
      });
}

template <typename Id, typename Find>
Result<void> RecordedEstate::stop_place(const Receipt& receipt, const Id& id, Kind kind,
                                        std::string_view noun, std::string_view reason,
                                        const Find& record_of) {
  REGMARK_TRY(check_may(receipt, Act::change_estate, id.text(), clock_.now()));
  REGMARK_TRY(check_reason(reason));
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime) -> Result<void> {
        const auto* record = seen(receipt, record_of(snapshot));
        if (!record) return not_found(noun);
        if (record->state == State::proposed) return conflict("it was not approved yet");
        if (record->state == State::stopped) return conflict("it was stopped already");
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) {
        return stop_row(transaction, deed, kind, id.text(), reason);
      });
}

Result<void> RecordedEstate::stop(const Receipt& receipt, const base::SiteId& site,
                                  std::string_view reason) {
  return stop_place(receipt, site, Kind::site, "site", reason,
                    [&](const Snapshot& snapshot) { return snapshot.site(site); });
}

Result<void> RecordedEstate::stop(const Receipt& receipt, const base::DeploymentId& deployment,
                                  std::string_view reason) {
  return stop_place(receipt, deployment, Kind::deployment, "deployment", reason,
                    [&](const Snapshot& snapshot) { return snapshot.deployment(deployment); });
}

namespace {

// A place where a camera may be installed: approved, and neither stopped nor lapsed. One that only
// starts later is fine: its camera collects from then.
Result<void> check_place(State state, const Lifetime& life, base::UtcTime now) {
  if (state == State::proposed) return conflict("its place was not approved yet");
  const auto verdict = judge(life, now);
  if (verdict.collects) return {};
  if (!life.periods.empty() && now < life.periods.front().from) return {};
  return conflict("its place is not live: " + verdict.why_not);
}

// On the full path the cameras are put up before anything is commissioned; on the short one, and
// nowhere else, while it is live.
Result<void> may_be_put_up(const SiteRecord& site, const Lifetime& life, std::size_t standing,
                           base::UtcTime now) {
  if (site.stage == Stage::decided) return {};
  if (site.stage == Stage::commissioned) return needs_papers(site, standing);
  REGMARK_TRY(check_place(site.state, life, now));
  return is_short(site.path) ? Result<void>{} : needs_papers(site, standing);
}

}  // namespace

Result<std::string> RecordedEstate::commission(const Receipt& receipt, const NewCamera& camera,
                                               const Alongside& alongside) {
  REGMARK_TRY(check_may(receipt, Act::change_estate, camera.id.text(), clock_.now()));
  REGMARK_TRY(check_camera(camera));
  auto token = new_token();
  std::size_t standing = 0;
  REGMARK_TRY(change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) -> Result<void> {
        const auto* site = camera.site ? seen(receipt, snapshot.site(*camera.site)) : nullptr;
        const auto* deployment =
            camera.deployment ? seen(receipt, snapshot.deployment(*camera.deployment)) : nullptr;
        if (camera.site && !site) return not_found("site");
        if (camera.deployment && !deployment) return not_found("deployment");
        if (snapshot.camera(camera.id)) return conflict("the camera's id is taken");
        if (site) {
          standing = snapshot.cameras_at(*camera.site).size();
          REGMARK_TRY(may_be_put_up(*site, snapshot.life(*camera.site), standing, now));
        } else if (deployment) {
          REGMARK_TRY(check_place(deployment->state, snapshot.life(*camera.deployment), now));
        }
        if (snapshot.camera_count() >= cameras_max) {
          return fail(ErrorCode::limit_exceeded, "there are too many cameras");
        }
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) -> Result<void> {
        if (camera.site) {
          REGMARK_ASSIGN(const auto papers, papers_of(transaction, *camera.site));
          REGMARK_TRY(check_has_room(papers, standing));
        }
        REGMARK_TRY(add_camera(transaction, deed, camera, hash_of(token)));
        return alongside ? alongside(transaction) : Result<void>{};
      }));
  return token;
}

namespace {

// A camera that neither it nor its place ended.
Result<void> check_not_ended(const Receipt& receipt, const Snapshot& snapshot,
                             const base::CameraId& camera, base::UtcTime now) {
  const auto* found = snapshot.life(camera);
  if (!found || found->is_apart != (opened_by(receipt) == Kept::apart)) return not_found("camera");
  const auto& life = found->lifetime;
  if (life.ended && *life.ended <= now) return conflict(life.why_ended);
  return {};
}

}  // namespace

Result<std::string> RecordedEstate::renew_token(const Receipt& receipt,
                                                const base::CameraId& camera) {
  REGMARK_TRY(check_may(receipt, Act::change_estate, camera.text(), clock_.now()));
  auto token = new_token();
  REGMARK_TRY(change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) {
        return check_not_ended(receipt, snapshot, camera, now);
      },
      [&](Transaction& transaction, const Deed& deed) {
        return internal::renew_token(transaction, deed, camera, hash_of(token));
      }));
  return token;
}

Result<void> RecordedEstate::stop(const Receipt& receipt, const base::CameraId& camera,
                                  std::string_view reason) {
  REGMARK_TRY(check_may(receipt, Act::change_estate, camera.text(), clock_.now()));
  REGMARK_TRY(check_reason(reason));
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) {
        return check_not_ended(receipt, snapshot, camera, now);
      },
      [&](Transaction& transaction, const Deed& deed) {
        return stop_row(transaction, deed, Kind::camera, camera.text(), reason);
      });
}

Result<std::vector<SiteRecord>> RecordedEstate::sites(const Receipt& receipt) const {
  const auto now = clock_.now();
  REGMARK_TRY(check_may_look(receipt, now));
  return current()->sites(opened_by(receipt), now);
}

Result<std::vector<DeploymentRecord>> RecordedEstate::deployments(const Receipt& receipt) const {
  const auto now = clock_.now();
  REGMARK_TRY(check_may_look(receipt, now));
  return current()->deployments(opened_by(receipt), now);
}

Result<std::vector<CameraRecord>> RecordedEstate::cameras(const Receipt& receipt) const {
  const auto now = clock_.now();
  REGMARK_TRY(check_may_look(receipt, now));
  return current()->cameras(opened_by(receipt), now);
}

bool RecordedEstate::is_kept_apart(const base::CameraId& camera) const {
  const auto snapshot = current();
  const auto* life = snapshot->life(camera);
  return life && life->is_apart;
}

Result<base::CameraId> RecordedEstate::camera_of(std::string_view token) const {
  // Longer ones are not worth hashing.
  if (token.size() == token_text_size && token.starts_with(token_prefix)) {
    const auto snapshot = current();
    if (const auto* camera = snapshot->holder(hash_of(token))) return *camera;
  }
  return fail(ErrorCode::not_found, "nobody's token");
}

Standing RecordedEstate::standing(const base::CameraId& camera) const {
  const auto snapshot = current();
  const auto* life = snapshot->life(camera);
  if (!life) return NotJustified{"never commissioned"};
  auto verdict = judge(life->lifetime, clock_.now());
  if (!verdict.may_hand_in) return NotJustified{std::move(verdict.why_not)};
  return make(camera, life->position, life->area, life->lifetime.periods);
}

}  // namespace regmark::estate::internal

namespace regmark::estate {

std::span<const records::Migration> Estate::migrations() {
  return internal::migrations();
}

Result<std::unique_ptr<Estate>> Estate::open(records::Database& database, const base::Clock& clock,
                                             const assessment::Guidance& guidance) {
  REGMARK_TRY(database.migrate(migrations()));
  REGMARK_ASSIGN(auto rows, database.read([](records::Transaction& transaction) {
    return internal::load(transaction);
  }));
  return std::make_unique<internal::RecordedEstate>(
      database, clock, guidance,
      std::make_shared<const internal::Snapshot>(std::move(rows), guidance.life()));
}

}  // namespace regmark::estate
