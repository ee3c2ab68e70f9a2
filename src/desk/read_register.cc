#include "desk/read_register.h"

#include <set>

#include "accountability/accountability.h"
#include "desk/ask.h"

namespace regmark::desk {
namespace {

using audit::Receipt;

// What the estate did by itself, as it was known then.
Result<camera_register::FromEstate> from_estate(const Desk& desk, const Receipt& receipt,
                                                base::UtcTime at, base::UtcTime known) {
  camera_register::FromEstate from;
  REGMARK_ASSIGN(from.cameras, desk.estate.camera_acts(receipt, at, known));
  REGMARK_ASSIGN(from.published, desk.accountability.public_versions.first_kept(receipt, known));
  return from;
}

}  // namespace

Result<Answer<camera_register::Draft>> read_register(const Desk& desk, const Asker& asker,
                                                     const camera_register::Asked& asked) {
  return ask(
      desk, asker, access::Act::read_register, about(std::string(name(asked.question))),
      [&](const Receipt& receipt) -> Result<camera_register::Draft> {
        const auto known = asked.known.value_or(desk.clock.now());
        const base::UtcTime after = asked.until + std::chrono::days{1};
        REGMARK_ASSIGN(const auto reviews,
                       desk.estate.review_count(receipt, asked.from, std::min(after, known)));
        // At the last instant of the last day.
        REGMARK_ASSIGN(const auto from,
                       from_estate(desk, receipt, after - std::chrono::microseconds{1}, known));
        return desk.camera_register.answer(receipt, asked, {reviews.done, reviews.overdue}, from);
      });
}

Result<Answer<std::vector<camera_register::Known>>> read_particulars(
    const Desk& desk, const Asker& asker, const WhichCameras& which,
    std::optional<base::UtcTime> known) {
  const auto subject = which.camera ? which.camera->text()
                       : which.site ? which.site->text()
                                    : std::string("register");
  return ask(desk, asker, access::Act::read_estate, about(subject),
             [&](const Receipt& receipt) -> Result<std::vector<camera_register::Known>> {
               const auto then = known.value_or(desk.clock.now());
               REGMARK_ASSIGN(const auto from, from_estate(desk, receipt, then, then));
               REGMARK_ASSIGN(auto all, desk.camera_register.cameras(receipt, from, known));
               std::set<base::CameraId> at_site;
               for (const auto& acts : from.cameras) {
                 if (acts.site == which.site) at_site.insert(acts.camera);
               }
               std::erase_if(all, [&](const camera_register::Known& one) {
                 const auto& id = one.camera.camera;
                 return desk.estate.is_kept_apart(id) || (which.camera && id != *which.camera) ||
                        (which.site && !at_site.contains(id));
               });
               if (which.camera && all.empty()) {
                 return fail(ErrorCode::not_found, "there is no such camera");
               }
               return all;
             });
}

}  // namespace regmark::desk
