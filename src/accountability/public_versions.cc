#include "accountability/public_versions.h"

#include <algorithm>

#include "documents/haru/pdf.h"
#include "documents/page.h"

namespace regmark::accountability {

using access::Act;
using audit::Receipt;
using internal::deed_at;
using internal::deed_of;
using internal::number_of;
using records::Transaction;

Result<std::uint64_t> PublicVersions::keep(const Receipt& receipt, const base::SiteId& site,
                                           const estate::PaperRecord& paper,
                                           const std::vector<base::PersonId>& authors,
                                           const Redaction& rules,
                                           const std::vector<Strike>& struck,
                                           const PublicImpact& impact) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::advise_estate, site.text(), now));
  const auto deed = deed_of(receipt, now);
  if (deed.by == paper.by || std::ranges::find(authors, deed.by) != authors.end()) {
    return fail(ErrorCode::conflict,
                "whoever wrote any of what is shown does not check it: another adviser does");
  }
  const auto document = impact.document(paper.version, base::day_of(now));
  const auto page = documents::page_of(document);
  REGMARK_ASSIGN(const auto pdf, documents::pdf_of(document));
  const auto bytes = [](const std::string& text) {
    const auto of = base::as_bytes(text);
    return base::Bytes(of.begin(), of.end());
  };
  return database_.write([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("INSERT INTO accountability_public_versions (site, paper, paper_version,"
                        " at, by_person, receipt, rules, struck, page, pdf)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING number",
                        {site.text(), number_of(paper.number), number_of(paper.version),
                         records::value_of(deed.at), deed.by.text(), number_of(deed.receipt),
                         rules.version(), format_strikes(struck), bytes(page), bytes(pdf)}));
    return static_cast<std::uint64_t>(rows.front().integer(0));
  });
}

Result<std::vector<PublicVersion>> PublicVersions::of_site(const Receipt& receipt,
                                                           const base::SiteId& site) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<std::vector<PublicVersion>> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT number, paper, paper_version, at, by_person, receipt,"
                                   " rules, struck FROM accountability_public_versions"
                                   " WHERE site = ?1 ORDER BY number",
                                   {site.text()}));
    std::vector<PublicVersion> all;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto deed, deed_at(row, 3));
      REGMARK_ASSIGN(auto struck, parse_strikes(row.text(7)));
      all.push_back({static_cast<std::uint64_t>(row.integer(0)), site,
                     static_cast<std::uint64_t>(row.integer(1)),
                     static_cast<std::uint64_t>(row.integer(2)), std::move(deed), row.text(6),
                     std::move(struck)});
    }
    return all;
  });
}

Result<std::vector<base::SiteId>> PublicVersions::sites(const Receipt& receipt) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, clock_.now()));
  return database_.read([](Transaction& transaction) -> Result<std::vector<base::SiteId>> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT DISTINCT site FROM accountability_public_versions"
                                   " ORDER BY site"));
    std::vector<base::SiteId> sites;
    for (const auto& row : rows) {
      auto site = base::SiteId::parse(row.text(0));
      if (!site) return fail(ErrorCode::corrupt, "the records name a site that is none");
      sites.push_back(*std::move(site));
    }
    return sites;
  });
}

Result<std::map<base::SiteId, base::UtcDay>> PublicVersions::first_kept(const Receipt& receipt,
                                                                        base::UtcTime until) const {
  const bool counts = receipt.permit().act() == Act::read_register;
  REGMARK_TRY(
      audit::check_open(receipt, counts ? Act::read_register : Act::read_estate, clock_.now()));
  return database_.read(
      [&](Transaction& transaction) -> Result<std::map<base::SiteId, base::UtcDay>> {
        REGMARK_ASSIGN(const auto rows,
                       transaction.run("SELECT site, min(at) FROM accountability_public_versions"
                                       " WHERE at <= ?1 GROUP BY site",
                                       {records::value_of(until)}));
        std::map<base::SiteId, base::UtcDay> first;
        for (const auto& row : rows) {
          auto site = base::SiteId::parse(row.text(0));
          if (!site) return fail(ErrorCode::corrupt, "the records name a site that is none");
          first.emplace(*std::move(site), base::day_of(row.time(1)));
        }
        return first;
      });
}

Result<Draft> PublicVersions::draft(const Receipt& receipt, const base::SiteId& site,
                                    std::uint64_t number) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<Draft> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT page, pdf FROM accountability_public_versions"
                                   " WHERE site = ?1 AND number = ?2",
                                   {site.text(), number_of(number)}));
    if (rows.empty()) return fail(ErrorCode::not_found, "there is no such public version");
    return Draft{std::string(base::as_text(rows.front().bytes(0))),
                 std::string(base::as_text(rows.front().bytes(1)))};
  });
}

}  // namespace regmark::accountability
