// The estate's tables. Each function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "estate/estate.h"
#include "estate/internal/snapshot.h"
#include "records/database.h"

namespace regmark::estate::internal {

std::span<const records::Migration> migrations();

// Who did something, when, and under which receipt.
struct Deed {
  base::UtcTime at;
  base::PersonId by;
  std::uint64_t receipt;
};

// A day as the tables hold it: days since 1970.
inline base::UtcDay day_at(const records::Row& row, std::size_t column) {
  return base::UtcDay{std::chrono::days{row.integer(column)}};
}

// Fails with
//   corrupt   a row that we would not have written
Result<Rows> load(records::Transaction& transaction);

Result<void> add_site(records::Transaction& transaction, const Deed& deed, const NewSite& site);
Result<void> add_deployment(records::Transaction& transaction, const Deed& deed,
                            const NewDeployment& deployment);
Result<void> add_camera(records::Transaction& transaction, const Deed& deed,
                        const NewCamera& camera, const base::Digest& token);

enum class Kind { site, deployment, camera };
std::string_view name(Kind kind);

// Who approved what stood before these records began.
inline constexpr std::string_view nobody_recorded = "not-recorded";

// What is noted of a step beside who and when.
struct NewStep {
  std::string words{};
  std::optional<std::uint64_t> paper{};
  std::optional<base::UtcDay> review{};
  std::optional<base::UtcDay> lapses{};
  std::optional<base::PersonId> decider{};  // of begin: who decided that it may
  std::string purpose{};                    // of decide: the strongest that it is justified by
};

// Notes a step that follows, and brings the site's own row up to it.
Result<void> add_step(records::Transaction& transaction, const Deed& deed, const base::SiteId& site,
                      Step step, const NewStep& taken);

// A site that stood before, live until its first review.
Result<void> inherit_site(records::Transaction& transaction, const Deed& deed, const NewSite& site);

// The one who approves must not be the author: the table refuses it too.
Result<void> approve(records::Transaction& transaction, const Deed& deed, Kind kind,
                     std::string_view id);
Result<void> extend_site(records::Transaction& transaction, const Deed& deed,
                         const base::SiteId& site, const Grounds& grounds);
// It ends then; the day on which it was to end first stays in its own row.
Result<void> extend_deployment(records::Transaction& transaction, const Deed& deed,
                               const base::DeploymentId& deployment, const Extension& extension);
Result<void> stop_row(records::Transaction& transaction, const Deed& deed, Kind kind,
                      std::string_view id, std::string_view reason);
Result<void> renew_token(records::Transaction& transaction, const Deed& deed,
                         const base::CameraId& camera, const base::Digest& token);

}  // namespace regmark::estate::internal
