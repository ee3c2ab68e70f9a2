// Cameras that stood before these records began.
#include "estate/internal/check.h"
#include "estate/internal/recorded_estate.h"

namespace regmark::estate::internal {
namespace {

using access::Act;
using records::Transaction;

// Says which of the sites is wrong, and where it stands.
tl::unexpected<Error> at_site(const InheritedSite& one, const Error& error) {
  const auto line = one.line == 0 ? std::string() : "line " + std::to_string(one.line) + ": ";
  return fail(error.code, line + "site " + one.site.id.text() + ": " + error.message);
}

// A name that the file does not say is the id.
template <typename Id>
bool says_another_name(const Id& id, std::string_view said, std::string_view held) {
  return said != held && said != id.text();
}

// Of one that is on record an import says nothing new: what the estate decided since is not undone
// by a file, and a camera more is put up on a decision.
Result<void> check_says_the_same(const Snapshot& snapshot, const SiteRow& held,
                                 const InheritedSite& one) {
  const auto& first = held.steps.front();
  if (first.step != Step::inherit) return conflict("the site's id is taken");
  const auto& site = one.site;
  const auto& about = held.record.about;
  if (site.position != about.position) {
    return conflict("it stands somewhere else by the estate, and an import moves no site");
  }
  if (says_another_name(site.id, site.name, about.name)) {
    return conflict("it has another name by the estate, and an import changes none");
  }
  const auto& review = site.grounds.review;
  if (review != first.review && review != about.grounds.review) {
    return conflict("its review is due " + base::format_day(about.grounds.review) +
                    " by the estate, and not " + base::format_day(review) +
                    ": an import changes no day of review");
  }
  for (const auto& camera : one.cameras) {
    const auto* row = snapshot.camera(camera.id);
    const auto which = "camera " + camera.id.text();
    if (!row) {
      return conflict("it is on record without " + which +
                      ": one more is put up on a decision of the controller");
    }
    if (row->about.site != site.id) return conflict("the id of " + which + " is taken");
    if (says_another_name(camera.id, camera.name, row->about.name)) {
      return conflict(which + " has another name by the estate, and an import changes none");
    }
  }
  return {};
}

Result<void> check_one(const Snapshot& snapshot, const InheritedSite& one,
                       const assessment::LifeRules& rules, base::UtcTime now) {
  if (const auto* held = snapshot.site_row(one.site.id)) {
    return check_says_the_same(snapshot, *held, one);
  }
  auto as_proposed = one.site;
  as_proposed.path = Path::full;
  // Nobody may propose without a category; what stood before may have none.
  if (as_proposed.grounds.category == "not_recorded") as_proposed.grounds.category = categories[0];
  REGMARK_TRY(check_site(as_proposed, rules, now));
  for (const auto& camera : one.cameras) {
    REGMARK_TRY(check_camera(camera));
    if (!camera.site || *camera.site != one.site.id) return conflict("a camera of another site");
    if (snapshot.camera(camera.id)) {
      return conflict("the id of camera " + camera.id.text() + " is taken");
    }
  }
  return {};
}

// A token that nobody holds: the camera hands nothing in until somebody renews it.
base::Digest nobodys_token() {
  return base::random_bytes<base::Digest{}.size()>();
}

}  // namespace

Result<void> RecordedEstate::inherit(const Receipt& receipt, std::span<const InheritedSite> sites,
                                     const Alongside& alongside) {
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, "register", clock_.now()));
  std::vector<const InheritedSite*> fresh;
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) -> Result<void> {
        std::size_t cameras = snapshot.camera_count();
        for (const auto& one : sites) {
          if (auto ok = check_one(snapshot, one, guidance_.life(), now); !ok) {
            return at_site(one, ok.error());
          }
          if (snapshot.site(one.site.id)) continue;
          fresh.push_back(&one);
          cameras += one.cameras.size();
        }
        if (snapshot.site_count() + fresh.size() > places_max || cameras > cameras_max) {
          return fail(ErrorCode::limit_exceeded, "there are too many sites or cameras");
        }
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) -> Result<void> {
        for (const auto* one : fresh) {
          auto done = inherit_site(transaction, deed, one->site);
          for (const auto& camera : one->cameras) {
            if (done) done = add_camera(transaction, deed, camera, nobodys_token());
          }
          if (!done) return at_site(*one, done.error());
        }
        return alongside ? alongside(transaction) : Result<void>{};
      });
}

}  // namespace regmark::estate::internal
