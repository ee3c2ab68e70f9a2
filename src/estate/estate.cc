#include "estate/estate.h"

#include <mutex>
#include <utility>

#include "base/crypto.h"
#include "base/encoding.h"
#include "estate/internal/check.h"
#include "estate/internal/snapshot.h"
#include "estate/internal/tables.h"

namespace regmark::estate {
namespace {

using access::Act;
using audit::Receipt;
using internal::Deed;
using internal::Kind;
using internal::Snapshot;
using records::Transaction;

// So that a token that turns up where it should not can be told for what it is.
constexpr std::string_view token_prefix = "rmcam_";
constexpr std::size_t token_size = 32;                             // random bytes
constexpr std::size_t token_text_size = token_prefix.size() + 43;  // base64url without padding

Result<void> check_may_read(const Receipt& receipt, base::UtcTime now) {
  const bool for_court = receipt.permit().act() == Act::export_evidence;
  return audit::check_open(receipt, for_court ? Act::export_evidence : Act::read_estate, now);
}

std::string new_token() {
  return std::string(token_prefix) + base::to_base64_url(base::random_bytes<token_size>());
}

base::Digest hash_of(std::string_view token) {
  return base::sha256(base::as_bytes(token));
}

tl::unexpected<Error> not_found(std::string_view what) {
  return fail(ErrorCode::not_found, "there is no such " + std::string(what));
}

tl::unexpected<Error> conflict(std::string message) {
  return fail(ErrorCode::conflict, std::move(message));
}

// Every change goes the same way: checks against the snapshot, which under changing_ is what the
// records say; writes; reads the whole estate again inside the same transaction; and only when that
// is durable, puts it in force. So what is in force is always something that was durable.
class RecordedEstate final : public Estate {
 public:
  RecordedEstate(records::Database& database, const base::Clock& clock,
                 std::shared_ptr<const Snapshot> snapshot)
      : database_(database), clock_(clock), snapshot_(std::move(snapshot)) {}

  Result<void> propose(const Receipt& receipt, const NewSite& site) override;
  Result<void> propose(const Receipt& receipt, const NewDeployment& deployment) override;
  Result<void> approve(const Receipt& receipt, const base::SiteId& site) override;
  Result<void> approve(const Receipt& receipt, const base::DeploymentId& deployment) override;
  Result<void> review(const Receipt& receipt, const base::SiteId& site,
                      const Grounds& grounds) override;
  Result<void> stop(const Receipt& receipt, const base::SiteId& site,
                    std::string_view reason) override;
  Result<void> stop(const Receipt& receipt, const base::DeploymentId& deployment,
                    std::string_view reason) override;
  Result<std::string> commission(const Receipt& receipt, const NewCamera& camera) override;
  Result<std::string> renew_token(const Receipt& receipt, const base::CameraId& camera) override;
  Result<void> stop(const Receipt& receipt, const base::CameraId& camera,
                    std::string_view reason) override;

  Result<std::vector<SiteRecord>> sites(const Receipt& receipt) const override;
  Result<std::vector<DeploymentRecord>> deployments(const Receipt& receipt) const override;
  Result<std::vector<CameraRecord>> cameras(const Receipt& receipt) const override;

  Result<base::CameraId> camera_of(std::string_view token) const override;
  Standing standing(const base::CameraId& camera) const override;

 private:
  std::shared_ptr<const Snapshot> current() const {
    const std::lock_guard lock(snapshot_mutex_);
    return snapshot_;
  }

  // `check` (const Snapshot&, UtcTime now -> Result<void>) says whether the step follows, `write`
  // (Transaction&, const Deed&) takes it.
  template <typename Check, typename Write>
  Result<void> change(const Receipt& receipt, const Check& check, const Write& write) {
    const std::lock_guard lock(changing_);
    const Deed deed{clock_.now(), receipt.permit().person().id, receipt.number()};
    REGMARK_TRY(check(*current(), deed.at));
    REGMARK_ASSIGN(
        auto next,
        database_.write([&](Transaction& transaction) -> Result<std::shared_ptr<const Snapshot>> {
          REGMARK_TRY(write(transaction, deed));
          REGMARK_ASSIGN(auto rows, internal::load(transaction));
          return std::make_shared<const Snapshot>(std::move(rows));
        }));
    const std::lock_guard snapshot_lock(snapshot_mutex_);
    snapshot_ = std::move(next);
    return {};
  }

  // Stops what `record_of` (const Snapshot& -> const SiteRecord* or the like) finds.
  template <typename Id, typename Find>
  Result<void> stop_place(const Receipt& receipt, const Id& id, Kind kind, std::string_view noun,
                          std::string_view reason, const Find& record_of);
  template <typename Id, typename Find>
  Result<void> approve_place(const Receipt& receipt, const Id& id, Kind kind, std::string_view noun,
                             const Find& record_of);

  records::Database& database_;
  const base::Clock& clock_;
  std::mutex changing_;  // taken before snapshot_mutex_
  mutable std::mutex snapshot_mutex_;
  std::shared_ptr<const Snapshot> snapshot_;  // under snapshot_mutex_; never null
};

Result<void> RecordedEstate::propose(const Receipt& receipt, const NewSite& site) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, site.id.text(), now));
  REGMARK_TRY(internal::check_site(site, now));
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime) -> Result<void> {
        if (snapshot.site(site.id)) return conflict("the site's id is taken");
        if (snapshot.site_count() >= places_max) {
          return fail(ErrorCode::limit_exceeded, "there are too many sites");
        }
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) {
        return internal::add_site(transaction, deed, site);
      });
}

Result<void> RecordedEstate::propose(const Receipt& receipt, const NewDeployment& deployment) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, deployment.id.text(), now));
  REGMARK_TRY(internal::check_deployment(deployment, now));
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
        return internal::add_deployment(transaction, deed, deployment);
      });
}

// A proposal that waited too long is not approved as if it were new.
Result<void> still_current(const SiteRecord& record, base::UtcTime now) {
  if (internal::overdue_from(record.about.grounds.review) <= now) {
    return conflict("its review date has passed: propose it again");
  }
  return {};
}

Result<void> still_current(const DeploymentRecord& record, base::UtcTime now) {
  if (internal::overdue_from(record.about.grounds.review) <= now || record.about.until <= now) {
    return conflict("its dates have passed: propose it again");
  }
  return {};
}

template <typename Id, typename Find>
Result<void> RecordedEstate::approve_place(const Receipt& receipt, const Id& id, Kind kind,
                                           std::string_view noun, const Find& record_of) {
  REGMARK_TRY(audit::check_open(receipt, Act::approve_estate, id.text(), clock_.now()));
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) -> Result<void> {
        const auto* record = record_of(snapshot);
        if (!record) return not_found(noun);
        if (record->state != State::proposed) return conflict("it was decided already");
        if (record->author == receipt.permit().person().id) {
          return conflict("its author may not approve it: somebody else must");
        }
        return still_current(*record, now);
      },
      [&](Transaction& transaction, const Deed& deed) {
        return internal::approve(transaction, deed, kind, id.text());
      });
}

Result<void> RecordedEstate::approve(const Receipt& receipt, const base::SiteId& site) {
  return approve_place(receipt, site, Kind::site, "site",
                       [&](const Snapshot& snapshot) { return snapshot.site(site); });
}

Result<void> RecordedEstate::approve(const Receipt& receipt, const base::DeploymentId& deployment) {
  return approve_place(receipt, deployment, Kind::deployment, "deployment",
                       [&](const Snapshot& snapshot) { return snapshot.deployment(deployment); });
}

Result<void> RecordedEstate::review(const Receipt& receipt, const base::SiteId& site,
                                    const Grounds& grounds) {
  const auto asked = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::approve_estate, site.text(), asked));
  REGMARK_TRY(internal::check_grounds(grounds, asked));
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime) -> Result<void> {
        const auto* record = snapshot.site(site);
        if (!record) return not_found("site");
        if (record->state == State::proposed) return conflict("it was not approved yet");
        if (record->state == State::stopped) return conflict("it was stopped");
        if (record->author == receipt.permit().person().id) {
          return conflict("its author may not review it: somebody else must");
        }
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) {
        return internal::review_site(transaction, deed, site, grounds);
      });
}

template <typename Id, typename Find>
Result<void> RecordedEstate::stop_place(const Receipt& receipt, const Id& id, Kind kind,
                                        std::string_view noun, std::string_view reason,
                                        const Find& record_of) {
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, id.text(), clock_.now()));
  REGMARK_TRY(internal::check_reason(reason));
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime) -> Result<void> {
        const auto* record = record_of(snapshot);
        if (!record) return not_found(noun);
        if (record->state == State::proposed) return conflict("it was not approved yet");
        if (record->state == State::stopped) return conflict("it was stopped already");
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) {
        return internal::stop(transaction, deed, kind, id.text(), reason);
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

// A place where a camera may be installed: approved, and neither stopped nor lapsed. One that only
// starts later is fine: its camera collects from then.
Result<void> check_place(State state, const internal::Lifetime& life, base::UtcTime now) {
  if (state == State::proposed) return conflict("its place was not approved yet");
  const auto verdict = internal::judge(life, now);
  if (verdict.collects) return {};
  if (!life.periods.empty() && now < life.periods.front().from) return {};
  return conflict("its place is not live: " + verdict.why_not);
}

Result<std::string> RecordedEstate::commission(const Receipt& receipt, const NewCamera& camera) {
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, camera.id.text(), clock_.now()));
  REGMARK_TRY(internal::check_camera(camera));
  auto token = new_token();
  REGMARK_TRY(change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) -> Result<void> {
        const auto* site = camera.site ? snapshot.site(*camera.site) : nullptr;
        const auto* deployment =
            camera.deployment ? snapshot.deployment(*camera.deployment) : nullptr;
        if (camera.site && !site) return not_found("site");
        if (camera.deployment && !deployment) return not_found("deployment");
        if (snapshot.camera(camera.id)) return conflict("the camera's id is taken");
        REGMARK_TRY(site ? check_place(site->state, snapshot.life(*camera.site), now)
                         : check_place(deployment->state, snapshot.life(*camera.deployment), now));
        if (snapshot.camera_count() >= cameras_max) {
          return fail(ErrorCode::limit_exceeded, "there are too many cameras");
        }
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) {
        return internal::add_camera(transaction, deed, camera, hash_of(token));
      }));
  return token;
}

// A camera that neither it nor its place ended.
Result<void> check_not_ended(const Snapshot& snapshot, const base::CameraId& camera,
                             base::UtcTime now) {
  const auto* found = snapshot.life(camera);
  if (!found) return not_found("camera");
  const auto& life = found->lifetime;
  if (life.ended && *life.ended <= now) return conflict(life.why_ended);
  return {};
}

Result<std::string> RecordedEstate::renew_token(const Receipt& receipt,
                                                const base::CameraId& camera) {
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, camera.text(), clock_.now()));
  auto token = new_token();
  REGMARK_TRY(change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) {
        return check_not_ended(snapshot, camera, now);
      },
      [&](Transaction& transaction, const Deed& deed) {
        return internal::renew_token(transaction, deed, camera, hash_of(token));
      }));
  return token;
}

Result<void> RecordedEstate::stop(const Receipt& receipt, const base::CameraId& camera,
                                  std::string_view reason) {
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, camera.text(), clock_.now()));
  REGMARK_TRY(internal::check_reason(reason));
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) {
        return check_not_ended(snapshot, camera, now);
      },
      [&](Transaction& transaction, const Deed& deed) {
        return internal::stop(transaction, deed, Kind::camera, camera.text(), reason);
      });
}

Result<std::vector<SiteRecord>> RecordedEstate::sites(const Receipt& receipt) const {
  REGMARK_TRY(check_may_read(receipt, clock_.now()));
  return current()->sites();
}

Result<std::vector<DeploymentRecord>> RecordedEstate::deployments(const Receipt& receipt) const {
  REGMARK_TRY(check_may_read(receipt, clock_.now()));
  return current()->deployments();
}

Result<std::vector<CameraRecord>> RecordedEstate::cameras(const Receipt& receipt) const {
  const auto now = clock_.now();
  REGMARK_TRY(check_may_read(receipt, now));
  return current()->cameras(now);
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
  auto verdict = internal::judge(life->lifetime, clock_.now());
  if (!verdict.may_hand_in) return NotJustified{std::move(verdict.why_not)};
  return make(camera, life->position, life->area, life->lifetime.periods);
}

}  // namespace

std::span<const records::Migration> Estate::migrations() {
  return internal::migrations();
}

Result<std::unique_ptr<Estate>> Estate::open(records::Database& database,
                                             const base::Clock& clock) {
  REGMARK_TRY(database.migrate(migrations()));
  REGMARK_ASSIGN(auto rows, database.read([](Transaction& transaction) {
    return internal::load(transaction);
  }));
  return std::make_unique<RecordedEstate>(database, clock,
                                          std::make_shared<const Snapshot>(std::move(rows)));
}

}  // namespace regmark::estate
