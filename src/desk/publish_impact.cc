#include "desk/publish_impact.h"

#include <algorithm>

#include "accountability/accountability.h"
#include "desk/ask.h"
#include "desk/sieve_of_estate.h"
#include "estate/in_force.h"

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
  std::vector<base::PersonId> authors;
  accountability::Sieve sieve;
};

// Of each form that is shown the paper in force; and who had a hand in any of it.
struct Shown {
  std::vector<assessment::Paper> papers;
  std::vector<base::PersonId> authors;
  std::uint64_t newest_paper = 0;
  std::optional<estate::PaperRecord> impact;
};

Shown shown_of(const estate::SiteFile& file) {
  Shown shown;
  const auto& forms = Redaction::built_in().forms();
  // The latest first: of each form the first that is whole counts.
  for (auto record = file.papers.rbegin(); record != file.papers.rend(); ++record) {
    const auto& form = record->paper.form;
    if (std::ranges::find(forms, form) == forms.end()) continue;
    const auto* counts = estate::in_force(Guidance::built_in(), file.papers, form);
    const bool is_shown = counts && counts->number == record->number;
    // What a later version kept of an earlier one is still its author's.
    if (is_shown || form == "impact") shown.authors.push_back(record->by);
    if (!is_shown) continue;
    shown.papers.push_back(record->paper);
    shown.newest_paper = std::max(shown.newest_paper, record->number);
    if (form == "impact") shown.impact = *record;
  }
  return shown;
}

Result<Looked> look(const Desk& desk, const Receipt& receipt, const base::SiteId& site,
                    const std::vector<Strike>& strikes) {
  REGMARK_ASSIGN(const auto file, desk.estate.site_file(receipt, site, std::nullopt));
  auto shown = shown_of(file);
  if (!shown.impact) return fail(ErrorCode::not_found, "the site has no impact assessment");
  REGMARK_ASSIGN(auto sieve, sieve_of_estate(desk, receipt, site));
  REGMARK_ASSIGN(auto checked, accountability::check(Redaction::built_in(), Guidance::built_in(),
                                                     shown.papers, strikes, sieve));
  return Looked{{*std::move(shown.impact), shown.newest_paper, std::move(checked)},
                std::move(shown.authors),
                std::move(sieve)};
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
                                                 const base::SiteId& site,
                                                 std::uint64_t newest_paper,
                                                 const std::vector<Strike>& strikes) {
  const auto seen = ask(desk, asker, Act::read_estate, about(site.text()),
                        [&](const Receipt& receipt) { return look(desk, receipt, site, strikes); });
  if (!seen) return tl::unexpected<Error>(seen.error());
  if (const auto* refused = std::get_if<Refused>(&*seen)) return Answer<std::uint64_t>{*refused};
  const auto& looked = std::get<Done<Looked>>(*seen).value;
  return ask(desk, asker, Act::advise_estate, about(site.text()),
             [&](const Receipt& receipt) -> Result<std::uint64_t> {
               if (looked.impact.newest_paper != newest_paper) {
                 return fail(ErrorCode::conflict,
                             "some of what is shown was written anew: read that first");
               }
               const auto& rules = Redaction::built_in();
               REGMARK_ASSIGN(const auto shown,
                              PublicImpact::of(rules, Guidance::built_in(), looked.impact.checked,
                                               looked.sieve));
               return desk.accountability.public_versions.keep(
                   receipt, site, looked.impact.paper, looked.authors, rules, strikes, shown);
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
