#include "alerts/covers.h"

#include <algorithm>

#include "access/organisations.h"

namespace regmark::alerts {
namespace {

// No names at all mean any.
template <typename Names, typename Id>
bool among(const Names& names, const Id& name) {
  return names.empty() || std::ranges::find(names, name) != names.end();
}

}  // namespace

bool covers(const access::Permit& permit, const Alert& alert) {
  const auto& scope = permit.scope();
  // Naming a region tells its forces' people.
  const auto theirs = [&](const base::OrganisationId& alerted) {
    return access::belongs_to(permit.person(), alerted);
  };
  const auto& alerted = alert.hit.alerted;
  if (!alerted.empty() && std::ranges::none_of(alerted, theirs)) return false;
  // Somebody in the control room confirmed it on the picture, and gave it to them.
  if (permit.role() == access::Role::patrol && alert.assigned_to != permit.person().id)
    return false;
  if (!among(scope.lists, alert.hit.list) || !among(scope.cameras, alert.read.camera)) return false;
  // A read that does not say where it was cannot be shown to somebody who may see one area only.
  return !scope.area || (alert.read.position && scope.area->contains(*alert.read.position));
}

}  // namespace regmark::alerts
