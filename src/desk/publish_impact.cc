#include "desk/publish_impact.h"

#include <algorithm>

#include "accountability/accountability.h"
#include "desk/ask.h"
#include "desk/sieve_of_estate.h"

namespace regmark::desk {
namespace {

using access::Act;
using accountability::PublicImpact;
using accountability::Redaction;
using accountability::Strike;
using assessment::Guidance;
using audit::Receipt;

// What is read of the estate before anything of it is shown.
struct Looked {
  ImpactToCheck impact;
  accountability::Sieve sieve;
};

Result<Looked> look(const Desk& desk, const Receipt& receipt, const base::SiteId& site,
                    const std::vector<Strike>& strikes) {
  REGMARK_ASSIGN(const auto file, desk.estate.site_file(receipt, site, std::nullopt));
  std::vector<assessment::Paper> papers;
  std::optional<estate::PaperRecord> impact;
  // The latest first: of each form the first that is met counts.
  for (auto paper = file.papers.rbegin(); paper != file.papers.rend(); ++paper) {
    const auto& form = paper->paper.form;
    if (std::ranges::find(papers, form, &assessment::Paper::form) != papers.end()) continue;
    papers.push_back(paper->paper);
    if (form == "impact") impact = *paper;
  }
  if (!impact) return fail(ErrorCode::not_found, "the site has no impact assessment");
  REGMARK_ASSIGN(auto sieve, sieve_of_estate(desk, receipt, site));
  REGMARK_ASSIGN(auto checked, accountability::check(Redaction::built_in(), Guidance::built_in(),
                                                     papers, strikes, sieve));
  return Looked{{*std::move(impact), std::move(checked)}, std::move(sieve)};
}

}  // namespace

Result<Answer<ImpactToCheck>> check_public_impact(const Desk& desk, const Asker& asker,
                                                  const base::SiteId& site,
                                                  const std::vector<Strike>& strikes) {
  return ask(desk, asker, Act::read_estate, about(site.text()),
             [&](const Receipt& receipt) -> Result<ImpactToCheck> {
               REGMARK_ASSIGN(auto looked, look(desk, receipt, site, strikes));
               return std::move(looked.impact);
             });
}

Result<Answer<std::uint64_t>> keep_public_impact(const Desk& desk, const Asker& asker,
                                                 const base::SiteId& site, std::uint64_t paper,
                                                 const std::vector<Strike>& strikes) {
  const auto seen = ask(desk, asker, Act::read_estate, about(site.text()),
                        [&](const Receipt& receipt) { return look(desk, receipt, site, strikes); });
  if (!seen) return tl::unexpected<Error>(seen.error());
  if (const auto* refused = std::get_if<Refused>(&*seen)) return Answer<std::uint64_t>{*refused};
  const auto& looked = std::get<Done<Looked>>(*seen).value;
  return ask(desk, asker, Act::advise_estate, about(site.text()),
             [&](const Receipt& receipt) -> Result<std::uint64_t> {
               const auto& record = looked.impact.paper;
               if (record.number != paper) {
                 return fail(ErrorCode::conflict, "a later version of it was written: read that");
               }
               const auto& rules = Redaction::built_in();
               REGMARK_ASSIGN(const auto shown,
                              PublicImpact::of(rules, Guidance::built_in(), looked.impact.checked,
                                               looked.sieve));
               return desk.accountability.public_versions.keep(receipt, site, record, rules,
                                                               strikes, shown);
             });
}

Result<Answer<std::vector<accountability::PublicVersion>>> read_public_versions(
    const Desk& desk, const Asker& asker, const base::SiteId& site) {
  return ask(desk, asker, Act::read_estate, about(site.text()), [&](const Receipt& receipt) {
    return desk.accountability.public_versions.of_site(receipt, site);
  });
}

Result<Answer<accountability::Draft>> read_public_draft(const Desk& desk, const Asker& asker,
                                                        const base::SiteId& site,
                                                        std::uint64_t number) {
  return ask(desk, asker, Act::read_estate, about(site.text()), [&](const Receipt& receipt) {
    return desk.accountability.public_versions.draft(receipt, site, number);
  });
}

}  // namespace regmark::desk
