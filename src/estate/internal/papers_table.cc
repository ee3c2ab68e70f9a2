#include "estate/internal/papers_table.h"

namespace regmark::estate::internal {

using records::Transaction;

namespace {

base::Bytes bytes_of(const base::Digest& digest) {
  return {digest.begin(), digest.end()};
}

Result<base::PersonId> person_of(std::string_view text) {
  auto person = base::PersonId::parse(text);
  if (!person) return fail(ErrorCode::corrupt, "the estate's records hold a name that is none");
  return person;
}

Result<std::vector<PaperRecord>> papers_in(const Result<std::vector<records::Row>>& rows) {
  if (!rows) return tl::unexpected<Error>(rows.error());
  std::vector<PaperRecord> papers;
  for (const auto& row : *rows) {
    REGMARK_ASSIGN(auto by, person_of(row.text(3)));
    auto paper = assessment::parse_paper(row.text(5));
    if (!paper) return fail(ErrorCode::corrupt, "the estate's records hold a paper that is none");
    papers.push_back({static_cast<std::uint64_t>(row.integer(0)),
                      static_cast<std::uint64_t>(row.integer(1)), row.time(2), std::move(by),
                      static_cast<std::uint64_t>(row.integer(4)), *std::move(paper)});
  }
  return papers;
}

}  // namespace

Result<void> check_evidence(Transaction& transaction, const assessment::Paper& paper) {
  for (const auto& [part, answers] : paper.parts) {
    for (const auto& piece : answers.evidence) {
      REGMARK_ASSIGN(const auto rows,
                     transaction.run("SELECT 1 FROM estate_evidence WHERE sha256 = ?1",
                                     {bytes_of(piece.sha256)}));
      if (rows.empty()) {
        return fail(ErrorCode::invalid_input, part + " names evidence that nobody handed in");
      }
    }
  }
  return {};
}

Result<std::uint64_t> add_paper(Transaction& transaction, const Deed& deed,
                                const base::SiteId& site, const assessment::Paper& paper,
                                const std::string& guidance_version) {
  REGMARK_TRY(check_evidence(transaction, paper));
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("INSERT INTO estate_papers (site, form, version, at, by_person, receipt,"
                      " guidance, body) VALUES (?1, ?2, 1 + (SELECT count(*) FROM estate_papers"
                      " WHERE site = ?1 AND form = ?2), ?3, ?4, ?5, ?6, ?7) RETURNING number",
                      {site.text(), paper.form, records::value_of(deed.at), deed.by.text(),
                       static_cast<std::int64_t>(deed.receipt), guidance_version,
                       assessment::format_paper(paper)}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

Result<std::uint64_t> add_paper(Transaction& transaction, const Deed& deed, Kind kind,
                                std::string_view subject, const assessment::Paper& paper,
                                const std::string& guidance_version) {
  REGMARK_TRY(check_evidence(transaction, paper));
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run(
          "INSERT INTO estate_other_papers (kind, subject, form, version, at,"
          " by_person, receipt, guidance, body) VALUES (?1, ?2, ?3,"
          " 1 + (SELECT count(*) FROM estate_other_papers WHERE kind = ?1"
          " AND subject = ?2 AND form = ?3), ?4, ?5, ?6, ?7, ?8) RETURNING number",
          {std::string(name(kind)), std::string(subject), paper.form, records::value_of(deed.at),
           deed.by.text(), static_cast<std::int64_t>(deed.receipt), guidance_version,
           assessment::format_paper(paper)}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

Result<void> note_impact(Transaction& transaction, const Deed& deed, const base::SiteId& site,
                         std::uint64_t paper) {
  REGMARK_TRY(transaction.run(
      "INSERT OR IGNORE INTO estate_short_impacts (site, paper, at) VALUES (?1, ?2, ?3)",
      {site.text(), static_cast<std::int64_t>(paper), records::value_of(deed.at)}));
  return {};
}

Result<void> note_impact(Transaction& transaction, const Deed& deed,
                         const base::DeploymentId& deployment, std::uint64_t paper) {
  REGMARK_TRY(transaction.run(
      "INSERT OR IGNORE INTO estate_deployment_impacts (deployment, paper, at) VALUES (?1, ?2, ?3)",
      {deployment.text(), static_cast<std::int64_t>(paper), records::value_of(deed.at)}));
  return {};
}

Result<std::vector<PaperRecord>> papers_of(Transaction& transaction, const base::SiteId& site) {
  return papers_in(
      transaction.run("SELECT number, version, at, by_person, receipt, body"
                      " FROM estate_papers WHERE site = ?1 ORDER BY number",
                      {site.text()}));
}

Result<std::vector<PaperRecord>> papers_of(Transaction& transaction, Kind kind,
                                           std::string_view subject) {
  return papers_in(transaction.run(
      "SELECT number, version, at, by_person, receipt, body FROM estate_other_papers"
      " WHERE kind = ?1 AND subject = ?2 ORDER BY number",
      {std::string(name(kind)), std::string(subject)}));
}

const PaperRecord* latest_paper(std::span<const PaperRecord> papers, std::string_view form) {
  const PaperRecord* found = nullptr;
  for (const auto& each : papers) {
    if (each.paper.form == form) found = &each;
  }
  return found;
}

Result<void> add_evidence(Transaction& transaction, const Deed& deed, const base::Digest& sha256,
                          std::span<const std::uint8_t> file) {
  REGMARK_TRY(transaction.run(
      "INSERT OR IGNORE INTO estate_evidence (sha256, bytes, at, by_person,"
      " receipt) VALUES (?1, ?2, ?3, ?4, ?5)",
      {bytes_of(sha256), base::Bytes(file.begin(), file.end()), records::value_of(deed.at),
       deed.by.text(), static_cast<std::int64_t>(deed.receipt)}));
  return {};
}

Result<std::optional<base::Bytes>> evidence_at(Transaction& transaction,
                                               const base::Digest& sha256) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT bytes FROM estate_evidence WHERE sha256 = ?1", {bytes_of(sha256)}));
  if (rows.empty()) return std::optional<base::Bytes>{};
  return std::optional<base::Bytes>{rows.front().bytes(0)};
}

Result<void> add_matrix(Transaction& transaction, const Deed& deed, std::string_view toml,
                        std::string_view reasons) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO estate_matrices (at, by_person, receipt, toml, reasons)"
      " VALUES (?1, ?2, ?3, ?4, ?5)",
      {records::value_of(deed.at), deed.by.text(), static_cast<std::int64_t>(deed.receipt),
       std::string(toml), std::string(reasons)}));
  return {};
}

Result<std::optional<MatrixRecord>> matrix_at(Transaction& transaction, const WhichMatrix& which) {
  const auto at = records::value_of(which.as_of.value_or(base::UtcTime::max()));
  const auto version = static_cast<std::int64_t>(which.version.value_or(0));
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT version, at, by_person, toml, reasons FROM estate_matrices"
                                 " WHERE at <= ?1 AND (?2 = 0 OR version = ?2)"
                                 " ORDER BY version DESC LIMIT 1",
                                 {at, version}));
  if (rows.empty()) return std::optional<MatrixRecord>{};
  const auto& row = rows.front();
  REGMARK_ASSIGN(auto by, person_of(row.text(2)));
  return std::optional<MatrixRecord>{MatrixRecord{static_cast<std::uint64_t>(row.integer(0)),
                                                  row.time(1), std::move(by), row.text(3),
                                                  row.text(4)}};
}

}  // namespace regmark::estate::internal
