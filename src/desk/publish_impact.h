// Makes the public version of a site's impact assessment: by the rules, and by a person who reads
// what they leave. It stays a draft, not for release.
#pragma once

#include "accountability/public_versions.h"
#include "desk/desk.h"

namespace regmark::desk {

struct ImpactToCheck {
  estate::PaperRecord paper;  // the latest version
  // The number of the newest paper of those that are shown: advice is shown beside the assessment,
  // and may be newer.
  std::uint64_t newest_paper = 0;
  accountability::Checked checked;
};

// What the rules and these strikes leave of the latest version, and what in it still tells a
// place. The act is read_estate. Fails as estate::Estate and accountability::check() do, and with
//   not_found       nobody wrote one
Result<Answer<ImpactToCheck>> check_public_impact(
    const Desk& desk, const Asker& asker, const base::SiteId& site,
    const std::vector<accountability::Strike>& strikes);

// Keeps it as this person checked it; gives its number. Two acts, read_estate and advise_estate.
// `newest_paper` is that of the check that they read. Whoever wrote any of what is shown, or any
// version of the assessment, does not check it. Fails as the above, accountability::PublicImpact
// and accountability::PublicVersions do, and with
//   conflict        some of what is shown was written anew meanwhile
Result<Answer<std::uint64_t>> keep_public_impact(
    const Desk& desk, const Asker& asker, const base::SiteId& site, std::uint64_t newest_paper,
    const std::vector<accountability::Strike>& strikes);

// The act is read_estate.
Result<Answer<std::vector<accountability::PublicVersion>>> read_public_versions(
    const Desk& desk, const Asker& asker, const base::SiteId& site);
Result<Answer<accountability::Draft>> read_public_draft(const Desk& desk, const Asker& asker,
                                                        const base::SiteId& site,
                                                        std::uint64_t number);

}  // namespace regmark::desk
