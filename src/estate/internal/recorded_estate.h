// The estate that is kept in the records.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "estate/estate.h"
#include "estate/internal/snapshot.h"
#include "estate/internal/tables.h"

namespace regmark::estate::internal {

tl::unexpected<Error> not_found(std::string_view what);
tl::unexpected<Error> conflict(std::string message);

// Whether the receipt is one for what is kept apart.
inline Kept opened_by(const audit::Receipt& receipt) {
  const auto act = receipt.permit().act();
  return act == access::Act::change_covert || act == access::Act::read_covert ? Kept::apart
                                                                              : Kept::openly;
}
// For this act, or for change_covert. Fails as audit::check_open does.
Result<void> check_may(const audit::Receipt& receipt, access::Act act, std::string_view subject,
                       base::UtcTime now);
// At everything that is not kept apart, or that is: whoever may see the estate, counts it, shows it
// to a court, or takes a register in.
Result<void> check_may_look(const audit::Receipt& receipt, base::UtcTime now);
// The record if the receipt opens it; nothing: there is none, for all that it says.
template <typename Record>
const Record* seen(const audit::Receipt& receipt, const Record* record) {
  return record && is_apart(*record) == (opened_by(receipt) == Kept::apart) ? record : nullptr;
}
inline bool is_apart(const SiteRow& row) {
  return estate::is_apart(row.record);
}
inline bool is_apart(const DeploymentRow& row) {
  return estate::is_apart(row.record);
}

// Every change goes the same way: checks against the snapshot, which under changing_ is what the
// records say; writes; reads the whole estate again inside the same transaction; and only when that
// is durable, puts it in force. So what is in force is always something that was durable.
class RecordedEstate final : public Estate {
 public:
  using Receipt = audit::Receipt;

  RecordedEstate(records::Database& database, const base::Clock& clock,
                 const assessment::Guidance& guidance, std::shared_ptr<const Snapshot> snapshot)
      : database_(database), clock_(clock), guidance_(guidance), snapshot_(std::move(snapshot)) {}

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
  Result<std::string> commission(const Receipt& receipt, const NewCamera& camera,
                                 const Alongside& alongside) override;
  Result<std::string> renew_token(const Receipt& receipt, const base::CameraId& camera) override;
  Result<void> stop(const Receipt& receipt, const base::CameraId& camera,
                    std::string_view reason) override;

  // The full path: full_path.cc.
  Result<void> assess(const Receipt& receipt, const base::SiteId& site) override;
  Result<std::string> decide(const Receipt& receipt, const base::SiteId& site,
                             const assessment::Paper& decision) override;
  Result<void> commission(const Receipt& receipt, const base::SiteId& site,
                          const assessment::Paper& commissioning) override;
  Result<void> begin(const Receipt& receipt, const base::SiteId& site,
                     base::UtcDay review) override;
  Result<void> take_full_path(const Receipt& receipt, const base::SiteId& site,
                              std::string_view reason) override;
  Result<void> withdraw(const Receipt& receipt, const base::SiteId& site,
                        std::string_view reason) override;
  Result<void> decommission(const Receipt& receipt, const base::SiteId& site,
                            const assessment::Paper& decommissioning) override;

  // Reviews: reviews.cc.
  Result<assessment::ReviewCourse> review(const Receipt& receipt, const base::SiteId& site,
                                          const assessment::Paper& review,
                                          base::UtcDay next) override;
  Result<std::vector<ReviewDue>> reviews_due(const Receipt& receipt) const override;
  Result<std::vector<WouldStop>> would_stop(const Receipt& receipt,
                                            base::UtcDay day) const override;

  // What is due: due.cc.
  Result<std::vector<DeploymentDue>> deployments_due(const Receipt& receipt) const override;
  DueCounts due_counts() const override;

  // Deployments: deployments.cc.
  Result<void> review(const Receipt& receipt, const base::DeploymentId& deployment,
                      const Extension& extension) override;
  Result<std::vector<assessment::Lack>> file(const Receipt& receipt,
                                             const base::DeploymentId& deployment,
                                             const assessment::Paper& paper) override;
  Result<DeploymentFile> deployment_file(const Receipt& receipt,
                                         const base::DeploymentId& deployment,
                                         std::optional<base::UtcTime> as_of) const override;

  // One camera: camera_papers.cc.
  Result<std::vector<assessment::Lack>> file(const Receipt& receipt, const base::CameraId& camera,
                                             const assessment::Paper& paper) override;
  Result<std::vector<PaperRecord>> camera_papers(const Receipt& receipt,
                                                 const base::CameraId& camera) const override;
  Result<std::vector<ToTakeDown>> to_take_down(const Receipt& receipt) const override;

  Result<ReviewCount> review_count(const Receipt& receipt, base::UtcTime from,
                                   base::UtcTime until) const override;

  // What is written down: papers.cc.
  Result<base::Digest> hand_in(const Receipt& receipt, std::span<const std::uint8_t> file) override;
  Result<std::vector<assessment::Lack>> file(const Receipt& receipt, const base::SiteId& site,
                                             const assessment::Paper& paper) override;
  Result<std::vector<std::string>> set_matrix(const Receipt& receipt, std::string_view toml,
                                              std::string_view reasons) override;
  Result<SiteFile> site_file(const Receipt& receipt, const base::SiteId& site,
                             std::optional<base::UtcTime> as_of) const override;
  Result<base::Bytes> evidence(const Receipt& receipt, const base::Digest& sha256) const override;
  Result<MatrixRecord> matrix(const Receipt& receipt, const WhichMatrix& which) const override;
  Result<void> check_handed_in(const Receipt& receipt,
                               const assessment::Paper& paper) const override;

  // An existing register: inherit.cc.
  Result<void> inherit(const Receipt& receipt, std::span<const InheritedSite> sites,
                       const Alongside& alongside) override;

  // What the acts did to each camera: camera_acts.cc.
  Result<std::vector<CameraActs>> camera_acts(const Receipt& receipt, base::UtcTime at,
                                              base::UtcTime known) const override;

  Result<std::vector<SiteRecord>> sites(const Receipt& receipt) const override;
  Result<std::vector<DeploymentRecord>> deployments(const Receipt& receipt) const override;
  Result<std::vector<CameraRecord>> cameras(const Receipt& receipt) const override;
  bool is_kept_apart(const base::CameraId& camera) const override;

  // How places stood: stands.cc.
  Result<std::vector<Stand>> stands(const Receipt& receipt, const base::CameraId& camera,
                                    const access::Window& window) const override;

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
    REGMARK_ASSIGN(auto next, database_.write([&](records::Transaction& transaction)
                                                  -> Result<std::shared_ptr<const Snapshot>> {
      REGMARK_TRY(write(transaction, deed));
      REGMARK_ASSIGN(auto rows, load(transaction));
      return std::make_shared<const Snapshot>(std::move(rows), guidance_.life());
    }));
    const std::lock_guard snapshot_lock(snapshot_mutex_);
    snapshot_ = std::move(next);
    return {};
  }

  // Takes a step of a site's life that follows; `write` (Transaction&, const Deed&, const SiteRow&
  // -> Result<NewStep>) checks and writes what belongs to it, and says what is noted.
  template <typename Write>
  Result<void> take(const Receipt& receipt, access::Act act, const base::SiteId& site, Step step,
                    const Write& write) {
    return take(receipt, act, site, step, write, [](const Deed&) { return std::nullopt; });
  }
  // The same, and the step that follows from it at once: `follow` (const Deed& -> nothing, or a
  // step and what is noted of it).
  template <typename Write, typename Follow>
  Result<void> take(const Receipt& receipt, access::Act act, const base::SiteId& site, Step step,
                    const Write& write, const Follow& follow);

  // Stops what `record_of` (const Snapshot& -> const SiteRecord* or the like) finds.
  template <typename Id, typename Find>
  Result<void> stop_place(const Receipt& receipt, const Id& id, Kind kind, std::string_view noun,
                          std::string_view reason, const Find& record_of);
  template <typename Id, typename Find>
  Result<void> approve_place(const Receipt& receipt, const Id& id, Kind kind, std::string_view noun,
                             const Find& record_of);

  // The step that a review's course ends with, and what is noted of it. `lapsed`: after which day
  // the justification did; nothing: it had not.
  std::pair<Step, NewStep> what_follows(const assessment::ReviewCourse& course, base::UtcDay next,
                                        const Deed& deed,
                                        const std::optional<base::UtcDay>& lapsed) const;

  // The last day on which a site may collect whose review is due on that day.
  base::UtcDay lapses(base::UtcDay review) const { return review + guidance_.life().grace; }
  // The form of a paper that the receipt lets be written of `subject`.
  Result<const assessment::Form*> form_to_fill(const Receipt& receipt, const std::string& subject,
                                               const assessment::Paper& paper,
                                               base::UtcTime now) const;

  records::Database& database_;
  const base::Clock& clock_;
  const assessment::Guidance& guidance_;
  std::mutex changing_;  // taken before snapshot_mutex_
  mutable std::mutex snapshot_mutex_;
  std::shared_ptr<const Snapshot> snapshot_;  // under snapshot_mutex_; never null
};

// For read_estate, or for read_covert. Fails as audit::check_open does.
Result<void> check_may_read_file(const audit::Receipt& receipt, base::UtcTime now);

// A step follows, and somebody else took those that it checks. Fails with
//   conflict   it does not; the person took one of `not_of` since the site was last proposed or
//   sent
//              back, or wrote for them
Result<void> check_follows(const SiteRow& row, Step step);
Result<void> check_other_person(const SiteRow& row, const base::PersonId& person,
                                std::span<const Step> not_of);

// What the next step of a site wants and does not find, in words.
std::vector<std::string> missing_of(const assessment::Guidance& guidance, const SiteRow& row,
                                    std::span<const PaperRecord> papers, bool has_matrix,
                                    base::UtcTime now);

// It was assessed and not begun, and something was written since.
bool awaits_assessing_anew(const assessment::Guidance& guidance, const SiteRow& row,
                           std::span<const PaperRecord> papers);

template <typename Write, typename Follow>
Result<void> RecordedEstate::take(const Receipt& receipt, access::Act act, const base::SiteId& site,
                                  Step step, const Write& write, const Follow& follow) {
  REGMARK_TRY(audit::check_open(receipt, act, site.text(), clock_.now()));
  const SiteRow* row = nullptr;
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime) -> Result<void> {
        // What it points into stays: nobody else changes the estate until this is done.
        row = seen(receipt, snapshot.site_row(site));
        if (!row) return not_found("site");
        return check_follows(*row, step);
      },
      [&](records::Transaction& transaction, const Deed& deed) -> Result<void> {
        REGMARK_ASSIGN(const NewStep taken, write(transaction, deed, *row));
        REGMARK_TRY(add_step(transaction, deed, site, step, taken));
        const std::optional<std::pair<Step, NewStep>> next = follow(deed);
        if (!next) return {};
        return add_step(transaction, deed, site, next->first, next->second);
      });
}

}  // namespace regmark::estate::internal
