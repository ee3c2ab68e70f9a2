#include "desk/read_due.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "desk/ask.h"

namespace regmark::desk {
namespace {

using access::Act;
using audit::Receipt;

// After this day its cameras collect no more; nothing: they do.
template <typename Due>
std::optional<base::UtcDay> lapse_of(const Due& one) {
  if (one.awaits == estate::Awaits::notice) return std::nullopt;
  return one.lapses;
}

// What is short has no yearly review.
Result<std::set<base::SiteId>> short_sites(const Desk& desk, const Receipt& receipt) {
  REGMARK_ASSIGN(const auto sites, desk.estate.sites(receipt));
  std::set<base::SiteId> found;
  for (const auto& site : sites) {
    if (estate::is_short(site.path)) found.insert(site.about.id);
  }
  return found;
}

Result<void> add_sites(const Desk& desk, const Receipt& receipt, std::vector<DueThing>& things) {
  REGMARK_ASSIGN(const auto due, desk.estate.reviews_due(receipt));
  REGMARK_ASSIGN(const auto of_short, short_sites(desk, receipt));
  for (const auto& one : due) {
    const bool no_review_helps = one.awaits == estate::Awaits::review &&
                                 one.urgency == estate::Urgency::lapsed &&
                                 !of_short.contains(one.site);
    things.push_back({"site", one.site.text(), one.site_name,
                      no_review_helps ? "reassessment" : std::string(name(one.awaits)), one.urgency,
                      one.review, lapse_of(one)});
  }
  return {};
}

Result<void> add_places(const Desk& desk, const Receipt& receipt, std::vector<DueThing>& things) {
  REGMARK_TRY(add_sites(desk, receipt, things));
  REGMARK_ASSIGN(const auto deployments, desk.estate.deployments_due(receipt));
  for (const auto& one : deployments) {
    things.push_back({"deployment", one.deployment.text(), one.name, std::string(name(one.awaits)),
                      one.urgency, one.due, lapse_of(one)});
  }
  REGMARK_ASSIGN(const auto standing, desk.estate.to_take_down(receipt));
  for (const auto& one : standing) {
    things.push_back({one.camera ? "camera" : "site",
                      one.camera ? one.camera->text() : one.site->text(), one.name, "taking_down",
                      one.urgency, one.due});
  }
  return {};
}

Result<void> add_tests(const Desk& desk, const Receipt& receipt, std::vector<DueThing>& things) {
  const auto& rules = assessment::Guidance::built_in().life();
  const auto today = base::day_of(desk.clock.now());
  REGMARK_ASSIGN(const auto cameras, desk.estate.cameras(receipt));
  std::vector<base::CameraId> ids;
  for (const auto& camera : cameras) ids.push_back(camera.about.id);
  REGMARK_ASSIGN(const auto book, desk.camera_book.entries(receipt, ids));
  for (const auto& one : estate::tests_due(cameras, book, rules, today)) {
    things.push_back({"camera", one.camera.text(), "", std::string(name(one.kind)),
                      estate::urgency_of(one.due, std::nullopt, rules, today), one.due});
  }
  return {};
}

bool is_told(const Asker& asker, estate::Urgency urgency) {
  const auto roles = estate::told(urgency);
  return std::ranges::any_of(asker.person.roles, [&](access::Role role) {
    return std::ranges::find(roles, role) != roles.end();
  });
}

}  // namespace

Result<Answer<Due>> read_due(const Desk& desk, const Asker& asker) {
  return ask(
      desk, asker, Act::read_estate, about("due"), [&](const Receipt& receipt) -> Result<Due> {
        Due due;
        REGMARK_TRY(add_places(desk, receipt, due.things));
        REGMARK_TRY(add_tests(desk, receipt, due.things));
        std::erase_if(due.things,
                      [](const DueThing& one) { return one.urgency == estate::Urgency::later; });
        std::ranges::stable_sort(due.things, {}, [](const DueThing& one) {
          return std::tie(one.urgency, one.due, one.id);
        });
        due.yours = static_cast<std::uint64_t>(std::ranges::count_if(
            due.things, [&](const DueThing& one) { return is_told(asker, one.urgency); }));
        return due;
      });
}

}  // namespace regmark::desk
