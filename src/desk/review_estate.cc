#include "desk/review_estate.h"

#include <algorithm>

#include "desk/ask.h"
#include "desk/read_review_evidence.h"

namespace regmark::desk {
namespace {

using access::Act;
using audit::Receipt;
using Reviewed = Answer<assessment::ReviewCourse>;

constexpr std::string_view aims = "aims";  // the part of the form, and its kind of evidence
constexpr std::string_view records = "records";

// The review with the file of the program's own among its evidence, once.
void name_evidence(assessment::Paper& review, const estate::ReviewEvidence& evidence,
                   const base::Digest& sha256) {
  const auto part = review.parts.find(std::string(aims));
  if (part == review.parts.end()) return;  // what the form lacks is said when it is checked
  auto& pieces = part->second.evidence;
  if (std::ranges::find(pieces, sha256, &assessment::Evidence::sha256) != pieces.end()) return;
  pieces.push_back({std::string(records),
                    "What the records hold, " + base::format_day(evidence.from) + " to " +
                        base::format_day(evidence.until),
                    sha256});
}

}  // namespace

Result<Reviewed> review_site_of_year(const Desk& desk, const Asker& asker, const base::SiteId& site,
                                     const assessment::Paper& review, base::UtcDay next) {
  REGMARK_ASSIGN(const auto looked, read_review_evidence(desk, asker, site));
  if (const auto* refused = std::get_if<Refused>(&looked)) return Reviewed{*refused};
  const auto& evidence = std::get<Done<estate::ReviewEvidence>>(looked).value;
  const auto file = estate::format_review_evidence(evidence);
  REGMARK_ASSIGN(const auto kept, ask(desk, asker, Act::review_estate, about("evidence"),
                                      [&](const Receipt& receipt) {
                                        return desk.estate.hand_in(receipt, base::as_bytes(file));
                                      }));
  if (const auto* refused = std::get_if<Refused>(&kept)) return Reviewed{*refused};
  auto named = review;
  name_evidence(named, evidence, std::get<Done<base::Digest>>(kept).value);
  return ask(desk, asker, Act::review_estate, about(site.text()), [&](const Receipt& receipt) {
    return desk.estate.review(receipt, site, named, next);
  });
}

}  // namespace regmark::desk
