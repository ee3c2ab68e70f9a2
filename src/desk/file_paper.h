// Writes a paper into the file of a site, a deployment or a camera, and hands in the evidence that
// papers name.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// What the paper still lacks. Which act it is, its form says. Fails as estate::Estate does, and
// with
//   invalid_input   there is no such form
//   conflict        the form is another role's alone to write
Result<Answer<std::vector<assessment::Lack>>> file_paper(const Desk& desk, const Asker& asker,
                                                         const base::SiteId& site,
                                                         const assessment::Paper& paper);
Result<Answer<std::vector<assessment::Lack>>> file_paper(const Desk& desk, const Asker& asker,
                                                         const base::DeploymentId& deployment,
                                                         const assessment::Paper& paper);
Result<Answer<std::vector<assessment::Lack>>> file_paper(const Desk& desk, const Asker& asker,
                                                         const base::CameraId& camera,
                                                         const assessment::Paper& paper);
// Its SHA-256. A manager's act, or an adviser's.
Result<Answer<base::Digest>> hand_in_evidence(const Desk& desk, const Asker& asker,
                                              std::span<const std::uint8_t> file);

}  // namespace regmark::desk
