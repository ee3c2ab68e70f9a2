// Public versions of impact assessments, as somebody checked them: drafts that stand as they were,
// and are not for release.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "accountability/deed.h"
#include "accountability/public_impact.h"
#include "estate/site_file.h"

namespace regmark::accountability {

struct PublicVersion {
  std::uint64_t number = 0;
  base::SiteId site;
  std::uint64_t paper = 0;          // the number of the assessment in the site's file
  std::uint64_t paper_version = 0;  // of it at that site
  Deed checked;
  std::string rules{};           // the version of the redaction rules
  std::vector<Strike> struck{};  // what the person struck out besides
};

struct Draft {
  std::string page;  // HTML
  std::string pdf;
};

// May be used from many threads at once. Keeps references to database and clock.
class PublicVersions {
 public:
  PublicVersions(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Keeps what somebody checked, as page and on paper; gives its number. `authors` wrote any of
  // what is shown. Wants a receipt for advise_estate whose subject is the site. Fails with
  //   invalid_input   the receipt is for something else
  //   conflict        whoever wrote any of it does not check it
  Result<std::uint64_t> keep(const audit::Receipt& receipt, const base::SiteId& site,
                             const estate::PaperRecord& paper,
                             const std::vector<base::PersonId>& authors, const Redaction& rules,
                             const std::vector<Strike>& struck, const PublicImpact& impact);

  // Want a receipt for read_estate.
  //   not_found       there is no such version of the site
  Result<std::vector<PublicVersion>> of_site(const audit::Receipt& receipt,
                                             const base::SiteId& site) const;
  // Of which sites there is one, in the order of their ids: live ones and others.
  Result<std::vector<base::SiteId>> sites(const audit::Receipt& receipt) const;
  // When the first one of each site was kept, of those that were by `until`. Wants a receipt for
  // read_register or read_estate.
  Result<std::map<base::SiteId, base::UtcDay>> first_kept(const audit::Receipt& receipt,
                                                          base::UtcTime until) const;
  Result<Draft> draft(const audit::Receipt& receipt, const base::SiteId& site,
                      std::uint64_t number) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

// [{"form": …, "part": …, "field": …, "row": 0, "passage": …, "reason": …}]. Reads back the same.
// Fails with
//   invalid_input   no JSON, or another shape
//   limit_exceeded  more than strikes_max
Result<std::vector<Strike>> parse_strikes(std::string_view json);
std::string format_strikes(const std::vector<Strike>& strikes);

}  // namespace regmark::accountability
