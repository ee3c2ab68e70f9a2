#include "desk/file_paper.h"

#include <algorithm>

#include "desk/ask.h"

namespace regmark::desk {
namespace {

using access::Act;
using access::Role;
using audit::Receipt;

bool holds(const Asker& asker, Role role) {
  return std::ranges::find(asker.person.roles, role) != asker.person.roles.end();
}

template <typename Id>
Result<Answer<std::vector<assessment::Lack>>> file(const Desk& desk, const Asker& asker,
                                                   const Id& thing,
                                                   const assessment::Paper& paper) {
  const auto* form = assessment::Guidance::built_in().form(paper.form);
  if (!form) return fail(ErrorCode::invalid_input, "there is no such form");
  return ask(desk, asker, form->act, about(thing.text()),
             [&](const Receipt& receipt) -> Result<std::vector<assessment::Lack>> {
               // The policy knows who may advise; whose advice this is, the form says.
               if (form->role && !holds(asker, *form->role)) {
                 return fail(ErrorCode::conflict,
                             "this is for the " + std::string(name(*form->role)) + " to write");
               }
               return desk.estate.file(receipt, thing, paper);
             });
}

}  // namespace

Result<Answer<std::vector<assessment::Lack>>> file_paper(const Desk& desk, const Asker& asker,
                                                         const base::SiteId& site,
                                                         const assessment::Paper& paper) {
  return file(desk, asker, site, paper);
}

Result<Answer<std::vector<assessment::Lack>>> file_paper(const Desk& desk, const Asker& asker,
                                                         const base::DeploymentId& deployment,
                                                         const assessment::Paper& paper) {
  return file(desk, asker, deployment, paper);
}

Result<Answer<std::vector<assessment::Lack>>> file_paper(const Desk& desk, const Asker& asker,
                                                         const base::CameraId& camera,
                                                         const assessment::Paper& paper) {
  return file(desk, asker, camera, paper);
}

Result<Answer<base::Digest>> hand_in_evidence(const Desk& desk, const Asker& asker,
                                              std::span<const std::uint8_t> file) {
  const auto act = holds(asker, Role::anpr_manager) ? Act::change_estate
                   : holds(asker, Role::controller) ? Act::decide_estate
                                                    : Act::advise_estate;
  return ask(desk, asker, act, about("evidence"),
             [&](const Receipt& receipt) { return desk.estate.hand_in(receipt, file); });
}

}  // namespace regmark::desk
