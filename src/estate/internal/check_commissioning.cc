#include "estate/internal/check_commissioning.h"

#include <algorithm>
#include <charconv>

#include "estate/internal/recorded_estate.h"

namespace regmark::estate::internal {
namespace {

tl::unexpected<Error> invalid(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

// Nothing: a decision from before the form asked for it names no number.
std::optional<std::size_t> decided_for(std::span<const PaperRecord> papers) {
  const auto* decision = latest_paper(papers, "decision");
  const auto said = decision ? decision->paper.answer("decision", "cameras") : std::string_view{};
  std::size_t decided = 0;
  const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), decided);
  if (error != std::errc() || end != said.data() + said.size()) return std::nullopt;
  return decided;
}

// "3 cameras"
std::string cameras(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " camera" : " cameras");
}

}  // namespace

Result<void> check_has_room(std::span<const PaperRecord> papers, std::size_t standing) {
  const auto decided = decided_for(papers);
  if (!decided || standing < *decided) return {};
  return conflict("the controller decided for " + cameras(*decided) + ", and as many stand: " +
                  "another is proposed as a site of its own, or waits for the site's next review");
}

Result<void> check_no_more_than_decided(std::span<const PaperRecord> papers, std::size_t standing) {
  const auto decided = decided_for(papers);
  if (!decided || standing <= *decided) return {};
  return conflict("the controller decided for " + cameras(*decided) + ", and " +
                  std::to_string(standing) + " stand: stop what is too many first");
}

tl::unexpected<Error> needs_papers(const SiteRecord& site, std::size_t standing) {
  const auto so_far = site.stage == Stage::commissioned
                          ? std::string("it was commissioned with ")
                          : std::string("it stands as it was decided or inherited, with ");
  return conflict(
      so_far + cameras(standing) +
      ": another is proposed as a site of its own, or the site's review sends it back " +
      "to be assessed and decided with it");
}

Result<void> check_views(const assessment::Paper& commissioning,
                         std::vector<base::CameraId> standing) {
  const auto part = commissioning.parts.find("views");
  if (part != commissioning.parts.end()) {
    for (const auto& row : part->second.rows) {
      const auto named = row.find("camera");
      const auto id = base::CameraId::parse(named == row.end() ? "" : named->second);
      const auto found = id ? std::ranges::find(standing, *id) : standing.end();
      if (found == standing.end()) {
        return invalid("views: " + (id ? "camera " + id->text() : "one camera") +
                       " does not stand at the site, or is there twice: add it first");
      }
      standing.erase(found);
    }
  }
  if (standing.empty()) return {};
  return invalid("views: nothing is said of camera " + standing.front().text());
}

}  // namespace regmark::estate::internal
