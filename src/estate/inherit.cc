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

Result<void> check_one(const Snapshot& snapshot, const InheritedSite& one,
                       const assessment::LifeRules& rules, base::UtcTime now) {
  auto as_proposed = one.site;
  as_proposed.path = Path::full;
  // Nobody may propose without a category; what stood before may have none.
  if (as_proposed.grounds.category == "not_recorded") as_proposed.grounds.category = categories[0];
  REGMARK_TRY(check_site(as_proposed, rules, now));
  if (snapshot.site(one.site.id)) return conflict("the site's id is taken");
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
  return change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime now) -> Result<void> {
        std::size_t cameras = snapshot.camera_count();
        for (std::size_t i = 0; i < sites.size(); ++i) {
          if (auto ok = check_one(snapshot, sites[i], guidance_.life(), now); !ok) {
            return at_site(sites[i], ok.error());
          }
          cameras += sites[i].cameras.size();
        }
        if (snapshot.site_count() + sites.size() > places_max || cameras > cameras_max) {
          return fail(ErrorCode::limit_exceeded, "there are too many sites or cameras");
        }
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) -> Result<void> {
        for (std::size_t i = 0; i < sites.size(); ++i) {
          auto done = inherit_site(transaction, deed, sites[i].site);
          for (const auto& camera : sites[i].cameras) {
            if (done) done = add_camera(transaction, deed, camera, nobodys_token());
          }
          if (!done) return at_site(sites[i], done.error());
        }
        return alongside ? alongside(transaction) : Result<void>{};
      });
}

}  // namespace regmark::estate::internal
