// Sites, deployments and cameras: which may collect, why, and until when.
//
// A fixed camera stands at a site; a mobile one belongs to a deployment (area and dates). How a
// site comes to collect, and how it goes on, is its life (life.h): the full path takes an
// assessment, a decision of the controller and a review each year; the short one takes two people
// and ends by itself, and while its impact assessment is not written, sooner. What was written for
// it is its file (site_file.h). Past its review and the guidance's grace, its cameras'
// justification has lapsed.
//
// What is covert, or stands under an authority by statute, is kept apart: every act on it wants a
// receipt for change_covert or read_covert in the place of the one that is named, and these open
// nothing else. With any other there is no such site, deployment or camera, in no list and in no
// count.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assessment/guidance.h"
#include "assessment/matrix.h"
#include "assessment/paper.h"
#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "estate/camera_acts.h"
#include "estate/deployment_file.h"
#include "estate/due.h"
#include "estate/justification.h"
#include "estate/life.h"
#include "estate/site_file.h"
#include "estate/stands.h"
#include "records/database.h"

namespace regmark::estate {

// What another room writes in the estate's transaction; empty: nothing.
using Alongside = std::function<Result<void>(records::Transaction&)>;

// May be used from many threads at once; standing() and camera_of() answer from memory.
class Estate {
 public:
  static std::span<const records::Migration> migrations();
  // What is due, without opening the estate: for who looks from outside.
  static Result<DueCounts> count_due(
      records::Transaction& transaction, base::UtcDay today,
      const assessment::Guidance& guidance = assessment::Guidance::built_in());
  // The guidance outlives it.
  static Result<std::unique_ptr<Estate>> open(
      records::Database& database, const base::Clock& clock,
      const assessment::Guidance& guidance = assessment::Guidance::built_in());
  virtual ~Estate() = default;

  // Each wants a receipt for change_estate (approve() and review() for approve_estate) whose
  // subject is the thing's id. Durable on return, and in force from then on. They fail with, in
  // this order:
  //   invalid_input   the receipt is for another act or thing, or has run out; a part is missing or
  //                   out of range
  //   not_found       no such site, deployment or camera
  //   conflict        the id is taken; the step does not follow the present one; the approver or
  //                   reviewer is the author
  //   limit_exceeded  more than cameras_max or places_max
  //   unavailable     the records are away: nothing changed
  virtual Result<void> propose(const audit::Receipt& receipt, const NewSite& site) = 0;
  virtual Result<void> propose(const audit::Receipt& receipt, const NewDeployment& deployment) = 0;
  // Of a site of under twelve months or a deployment, and where it is extended, also with
  //   conflict        with other short ones at its place it would stand for twelve months (1.4)
  // An emergency, proposed or approved, also with
  //   conflict        another stands at its place, or stood there not long ago (4.1)
  virtual Result<void> approve(const audit::Receipt& receipt, const base::SiteId& site) = 0;
  virtual Result<void> approve(const audit::Receipt& receipt,
                               const base::DeploymentId& deployment) = 0;
  // Extends a live site of under twelve months inside its twelve months. One that comes late
  // extends it from now on: what was observed after the old date stays uncovered. For anything
  // longer the site takes the full path. This, and that of a deployment that is not kept apart,
  // also fails with
  //   invalid_input   its impact assessment, or the advice on it of the data protection officer or
  //                   of the senior person for overt surveillance, is missing or not whole
  //   conflict        either is against it
  virtual Result<void> review(const audit::Receipt& receipt, const base::SiteId& site,
                              const Grounds& grounds) = 0;
  virtual Result<void> stop(const audit::Receipt& receipt, const base::SiteId& site,
                            std::string_view reason) = 0;
  virtual Result<void> stop(const audit::Receipt& receipt, const base::DeploymentId& deployment,
                            std::string_view reason) = 0;
  // Extends a deployment that has not ended, inside its twelve months; whoever proposed it may not
  // (approve_estate). One that comes after its review was due extends it from now on.
  virtual Result<void> review(const audit::Receipt& receipt, const base::DeploymentId& deployment,
                              const Extension& extension) = 0;
  // Installs a camera, and gives its bearer token, shown this once; a new token ends the old one.
  // Where a site's papers decide how many cameras stand there (the full path, and what was
  // inherited), only while it is decided and not yet commissioned, and no more than that many: any
  // other is a conflict that says what to do. Elsewhere at a live site or deployment, none whose
  // review is overdue. One that was put up on a decision collects once its site is begun after it,
  // also where the site stood before. `alongside` writes what belongs to it elsewhere, in the same
  // transaction.
  virtual Result<std::string> commission(const audit::Receipt& receipt, const NewCamera& camera,
                                         const Alongside& alongside) = 0;
  Result<std::string> commission(const audit::Receipt& receipt, const NewCamera& camera) {
    return commission(receipt, camera, Alongside());
  }
  virtual Result<std::string> renew_token(const audit::Receipt& receipt,
                                          const base::CameraId& camera) = 0;
  virtual Result<void> stop(const audit::Receipt& receipt, const base::CameraId& camera,
                            std::string_view reason) = 0;

  // --- The full path (life.h). Each is a step that follows or a conflict; what a step needs to be
  // written down must be there and whole, or it is invalid_input, and says what is missing. Nobody
  // takes two steps that must check each other: whoever proposed neither assesses nor decides nor
  // reviews, whoever assessed or advised does not decide.

  // Keeps a file that papers may name as evidence; the same one again is no second one. Wants a
  // receipt for change_estate, advise_estate, review_estate or decide_estate whose subject is
  // "evidence". Fails with
  //   limit_exceeded  more than evidence_size_max bytes
  virtual Result<base::Digest> hand_in(const audit::Receipt& receipt,
                                       std::span<const std::uint8_t> file) = 0;
  // Of a paper that is kept elsewhere. Wants a receipt for decide_estate. Fails with
  //   invalid_input   it names evidence that nobody handed in
  virtual Result<void> check_handed_in(const audit::Receipt& receipt,
                                       const assessment::Paper& paper) const = 0;
  // Adds a version of a paper to the site's file, whole or not, and gives what it lacks. Wants a
  // receipt for the act of the paper's form; papers that are steps are taken below. Fails with
  //   invalid_input   there is no such form; evidence that nobody handed in
  //   conflict        the site is over
  virtual Result<std::vector<assessment::Lack>> file(const audit::Receipt& receipt,
                                                     const base::SiteId& site,
                                                     const assessment::Paper& paper) = 0;
  // The same for a deployment: area, dates and need stand in its proposal, and of the forms all but
  // the fit of a fixed place are its too. A deployment without a whole impact assessment collects
  // for as long as a short site does.
  virtual Result<std::vector<assessment::Lack>> file(const audit::Receipt& receipt,
                                                     const base::DeploymentId& deployment,
                                                     const assessment::Paper& paper) = 0;
  // What is written of one camera (NeededFor::camera): its lens, direction and position, each
  // whole, and how it was taken down, as far as that has come. Also fails with
  //   conflict        (camera_decommissioning) it was not stopped
  //   invalid_input   a day before it was put up, unless it was inherited; of its taking down, one
  //                   before it was stopped
  virtual Result<std::vector<assessment::Lack>> file(const audit::Receipt& receipt,
                                                     const base::CameraId& camera,
                                                     const assessment::Paper& paper) = 0;
  // A second manager finds everything there that the guidance asks for (approve_estate). Again,
  // where any of it was written anew before it began; then it is decided anew. Also fails with
  //   conflict        it was assessed, and nothing was written since
  virtual Result<void> assess(const audit::Receipt& receipt, const base::SiteId& site) = 0;
  // The controller decides with reasons, by the matrix or against it (decide_estate). Gives the
  // matrix's code for the place and its strongest purpose. Where somebody whose advice was asked
  // said that it must not, going ahead needs a reason for that too. Also fails with
  //   invalid_input   it goes ahead for 0 cameras, or does not for more
  //   conflict        no matrix is set; something was written since it was assessed
  virtual Result<std::string> decide(const audit::Receipt& receipt, const base::SiteId& site,
                                     const assessment::Paper& decision) = 0;
  // change_estate: tested and signed; collecting from now to the first review. The paper says what
  // each camera of the site sees, and of no other. Also fails with
  //   invalid_input   it names a camera that does not stand there, or leaves one out; it was
  //                   attested before the site was proposed, unless that was inherited
  //   conflict        something was written since it was assessed (both); more cameras stand there
  //                   than were decided for
  virtual Result<void> commission(const audit::Receipt& receipt, const base::SiteId& site,
                                  const assessment::Paper& commissioning) = 0;
  virtual Result<void> begin(const audit::Receipt& receipt, const base::SiteId& site,
                             base::UtcDay review) = 0;
  // The yearly review (review_estate): what follows is worked out from its answers by section 7,
  // for the site and each of its cameras, and takes effect at once. Late, it continues from now on;
  // once it lapsed it is sent back whatever was found, and collects nothing, or stops. Where it
  // continues, it also fails with
  //   invalid_input   it stops every camera; a paper that it rests on is missing or not whole, or
  //                   the advice on an impact assessment that nobody judged before
  //   conflict        the pressing need was not found; somebody advised against what nobody judged
  //                   before; the reviewer wrote any of that, or advised on it
  virtual Result<assessment::ReviewCourse> review(const audit::Receipt& receipt,
                                                  const base::SiteId& site,
                                                  const assessment::Paper& review,
                                                  base::UtcDay next) = 0;
  // change_estate: what grows past the short path; it collects on as long as it might before.
  virtual Result<void> take_full_path(const audit::Receipt& receipt, const base::SiteId& site,
                                      std::string_view reason) = 0;
  virtual Result<void> withdraw(const audit::Receipt& receipt, const base::SiteId& site,
                                std::string_view reason) = 0;
  virtual Result<void> decommission(const audit::Receipt& receipt, const base::SiteId& site,
                                    const assessment::Paper& decommissioning) = 0;
  // Takes an existing register in, all of it or nothing: sites that stood before, with their
  // cameras, live until their first review. Wants a receipt for change_estate whose subject is
  // "register". One that was taken in before, with the same place, names, day of review and no
  // other camera, is not taken in again. Fails with what propose() and commission() fail with,
  // naming the line, and with
  //   conflict   it was taken in before, and the file says something else of it
  // `alongside` writes what belongs to it elsewhere, in the same transaction.
  virtual Result<void> inherit(const audit::Receipt& receipt, std::span<const InheritedSite> sites,
                               const Alongside& alongside) = 0;
  // change_matrix, subject "matrix". Every version is kept, with its reasons. Gives where it
  // departs from what the guidance says of every matrix. Fails with
  //   invalid_input   the reasons are none, or too short; a hole, an unknown code; it says that it
  //   is
  //                   an example
  virtual Result<std::vector<std::string>> set_matrix(const audit::Receipt& receipt,
                                                      std::string_view toml,
                                                      std::string_view reasons) = 0;

  // Want a receipt for read_estate.
  //   not_found       no such site, deployment, camera, evidence; it was not yet proposed then: the
  //                   message says when it was; no matrix was set
  virtual Result<SiteFile> site_file(const audit::Receipt& receipt, const base::SiteId& site,
                                     std::optional<base::UtcTime> as_of) const = 0;
  virtual Result<DeploymentFile> deployment_file(const audit::Receipt& receipt,
                                                 const base::DeploymentId& deployment,
                                                 std::optional<base::UtcTime> as_of) const = 0;
  // Every version of everything that was written of it, the oldest first.
  virtual Result<std::vector<PaperRecord>> camera_papers(const audit::Receipt& receipt,
                                                         const base::CameraId& camera) const = 0;
  virtual Result<base::Bytes> evidence(const audit::Receipt& receipt,
                                       const base::Digest& sha256) const = 0;
  virtual Result<MatrixRecord> matrix(const audit::Receipt& receipt,
                                      const WhichMatrix& which = {}) const = 0;
  // Every live site by when its review is due, the most urgent first.
  virtual Result<std::vector<ReviewDue>> reviews_due(const audit::Receipt& receipt) const = 0;
  virtual Result<std::vector<DeploymentDue>> deployments_due(
      const audit::Receipt& receipt) const = 0;
  // What was stopped, ended or lapsed and still stands, the most urgent first. A camera of a site
  // that was taken down went with it. What lapsed and goes ahead by a new decision is not among it.
  virtual Result<std::vector<ToTakeDown>> to_take_down(const audit::Receipt& receipt) const = 0;
  // For a gauge: how many, and no word of which.
  virtual DueCounts due_counts() const = 0;
  // Cameras that collect now and will not at the end of that day if nobody does anything.
  virtual Result<std::vector<WouldStop>> would_stop(const audit::Receipt& receipt,
                                                    base::UtcDay day) const = 0;
  // How many reviews were held from that instant up to, and without, the other, and how many sites
  // were overdue then. Wants a receipt for read_register.
  virtual Result<ReviewCount> review_count(const audit::Receipt& receipt, base::UtcTime from,
                                           base::UtcTime until) const = 0;
  // And these, of everything; also with one for export_evidence or export_held: a court may
  // ask why a camera stood; for read_register: a text for the public is looked through for every
  // name; and for change_estate whose subject is "register": what is taken in must not contradict
  // them.
  virtual Result<std::vector<SiteRecord>> sites(const audit::Receipt& receipt) const = 0;
  virtual Result<std::vector<DeploymentRecord>> deployments(
      const audit::Receipt& receipt) const = 0;
  virtual Result<std::vector<CameraRecord>> cameras(const audit::Receipt& receipt) const = 0;
  // What acts until `known` did to each of these cameras, and for what its place was decided by
  // then and by `at`.
  virtual Result<std::vector<CameraActs>> camera_acts(const audit::Receipt& receipt,
                                                      base::UtcTime at,
                                                      base::UtcTime known) const = 0;
  // Whether its place is. For rooms above: what they tell of cameras in general leaves it out.
  virtual bool is_kept_apart(const base::CameraId& camera) const = 0;

  // Whose token this is. Fails with
  //   not_found   nobody's
  virtual Result<base::CameraId> camera_of(std::string_view token) const = 0;

  // Whether the camera may hand in reads now: live on arrival, or stopped no longer ago than
  // spool_grace (then it covers only what was observed before the stop).
  virtual Standing standing(const base::CameraId& camera) const = 0;

  // How this camera's place stood in that time, one for each stand that it had then, in order: its
  // record is as it is now. Wants a receipt as cameras() does. Fails with
  //   not_found       there is no such camera
  virtual Result<std::vector<Stand>> stands(const audit::Receipt& receipt,
                                            const base::CameraId& camera,
                                            const access::Window& window) const = 0;

 protected:
  // For the one implementation, and for tests: nobody else may make a justification.
  static Justification make(base::CameraId camera, std::optional<base::Position> position,
                            std::optional<base::Area> area, std::vector<Period> periods) {
    return Justification(std::move(camera), position, area, std::move(periods));
  }
};

}  // namespace regmark::estate
