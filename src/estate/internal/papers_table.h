// What was written for a site, the evidence and the matrix, as rows. Each function runs inside the
// caller's transaction.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "estate/internal/tables.h"

namespace regmark::estate::internal {

// Fails with
//   invalid_input   it names evidence that nobody handed in
Result<void> check_evidence(records::Transaction& transaction, const assessment::Paper& paper);

// Adds a version. Gives its number. Fails with
//   invalid_input   it names evidence that nobody handed in
Result<std::uint64_t> add_paper(records::Transaction& transaction, const Deed& deed,
                                const base::SiteId& site, const assessment::Paper& paper,
                                const std::string& guidance_version);

// In the order in which they were written. Fails with
//   corrupt   one that is none
Result<std::vector<PaperRecord>> papers_of(records::Transaction& transaction,
                                           const base::SiteId& site);

// The same of a deployment or a camera.
Result<std::uint64_t> add_paper(records::Transaction& transaction, const Deed& deed, Kind kind,
                                std::string_view subject, const assessment::Paper& paper,
                                const std::string& guidance_version);
Result<std::vector<PaperRecord>> papers_of(records::Transaction& transaction, Kind kind,
                                           std::string_view subject);

// The first whole impact assessment of a site; later ones change nothing here.
Result<void> note_impact(records::Transaction& transaction, const Deed& deed,
                         const base::SiteId& site, std::uint64_t paper);
Result<void> note_impact(records::Transaction& transaction, const Deed& deed,
                         const base::DeploymentId& deployment, std::uint64_t paper);

// The latest of a form; nothing: none was written.
const PaperRecord* latest_paper(std::span<const PaperRecord> papers, std::string_view form);

Result<void> add_evidence(records::Transaction& transaction, const Deed& deed,
                          const base::Digest& sha256, std::span<const std::uint8_t> file);
// Nothing: nobody handed it in.
Result<std::optional<base::Bytes>> evidence_at(records::Transaction& transaction,
                                               const base::Digest& sha256);

Result<void> add_matrix(records::Transaction& transaction, const Deed& deed, std::string_view toml,
                        std::string_view reasons);
// The one in force; nothing: none was ever set.
// The one in force, now or at that time; or the one of that version.
Result<std::optional<MatrixRecord>> matrix_at(records::Transaction& transaction,
                                              const WhichMatrix& which = {});

}  // namespace regmark::estate::internal
