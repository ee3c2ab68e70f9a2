#include "desk/read_review_evidence.h"

#include <algorithm>
#include <map>

#include "desk/ask.h"

namespace regmark::desk {
namespace {

using audit::Receipt;
using estate::CameraFound;
using estate::Found;
using estate::ReviewEvidence;

// The first day of which nobody has decided yet what to make.
base::UtcDay since(const estate::SiteFile& file) {
  auto from = base::day_of(file.site.live_from.value_or(file.steps.front().at));
  for (const auto& step : file.steps) {
    if (step.step == estate::Step::review) from = base::day_of(step.at);
  }
  return from;
}

std::vector<base::CameraId> ids_of(const ReviewEvidence& evidence) {
  std::vector<base::CameraId> ids;
  for (const auto& camera : evidence.cameras) ids.push_back(camera.camera);
  return ids;
}

Result<void> add_reads(const Desk& desk, ReviewEvidence& evidence) {
  std::map<base::CameraId, std::uint64_t> reads;
  // The log has it that the program counted; for whom, the receipt before it says.
  REGMARK_ASSIGN(const auto receipt,
                 desk.log.record(audit::MachineVerb::count, R"({"for":"review_evidence"})"));
  for (const auto& slice : desk.store.slices()) {
    if (slice.day < evidence.from || slice.day >= evidence.until) continue;
    evidence.kept_from = std::min(evidence.kept_from.value_or(slice.day), slice.day);
    REGMARK_ASSIGN(const auto counts, desk.store.counts(receipt, slice.day));
    for (const auto& [camera, count] : counts) reads[camera] += count;
  }
  for (auto& camera : evidence.cameras) camera[Found::reads] = reads[camera.camera];
  return {};
}

Result<void> add_alerts(const Desk& desk, const Receipt& receipt, ReviewEvidence& evidence) {
  constexpr std::pair<std::string_view, Found> outcomes[] = {
      {"stopped", Found::stopped},
      {"not_found", Found::not_found},
      {"wrong_vehicle", Found::wrong_vehicle},
      {"already_resolved", Found::already_resolved},
      {"observed", Found::observed},
      {"no_action", Found::no_action}};
  static_assert(std::size(outcomes) == std::size(alerts::outcomes));
  REGMARK_ASSIGN(const auto tallies,
                 desk.camera_tallies.of(receipt, ids_of(evidence), evidence.from, evidence.until));
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    const auto& tally = tallies[i];
    auto& camera = evidence.cameras[i];
    camera[Found::alerts] = tally.alerts;
    camera[Found::alerts_confirmed] = tally.confirmed;
    camera[Found::alerts_rejected] = tally.rejected;
    camera[Found::alerts_retracted] = tally.retracted;
    camera[Found::alerts_open] = tally.open;
    camera[Found::acted_on] = tally.acted;
    for (const auto& [code, found] : outcomes) {
      const auto count = tally.outcomes.find(std::string(code));
      if (count != tally.outcomes.end()) camera[found] = count->second;
    }
  }
  return {};
}

Result<void> add_uses(const Desk& desk, const Receipt& receipt, ReviewEvidence& evidence) {
  const auto ids = ids_of(evidence);
  REGMARK_ASSIGN(const auto uses,
                 desk.oversight.searches.uses(receipt, ids, evidence.from, evidence.until));
  REGMARK_ASSIGN(const auto hours,
                 desk.drift.unusual_hours(receipt, ids, evidence.from, evidence.until));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    auto& camera = evidence.cameras[i];
    camera[Found::searches] = uses[i].searches;
    camera[Found::cases] = uses[i].cases;
    camera[Found::unusual_hours] = hours[i];
  }
  return {};
}

// What was drawn waits drift::samples_wait to be checked, so the days that are counted end so much
// earlier, and began so much earlier: of each day a review counts what was said, once, and all day
// the same.
Result<void> add_checked(const Desk& desk, const Receipt& receipt, ReviewEvidence& evidence) {
  REGMARK_ASSIGN(const auto accuracies,
                 desk.samples.accuracies(receipt, evidence.from - drift::samples_wait,
                                         evidence.until - drift::samples_wait));
  for (const auto& one : accuracies) {
    if (one.by != "camera") continue;
    const auto camera = std::ranges::find_if(evidence.cameras, [&](const CameraFound& found) {
      return found.camera.text() == one.what;
    });
    if (camera == evidence.cameras.end()) continue;
    (*camera)[Found::reads_checked] = one.right.whole;
    (*camera)[Found::reads_checked_right] = one.right.part;
    (*camera)[Found::reads_unreadable] = one.unreadable;
  }
  return {};
}

void add_entry(const estate::BookEntry& entry, CameraFound& camera) {
  const bool failed = entry.passed && !*entry.passed;
  switch (entry.kind) {
    case estate::BookKind::fault:
      ++camera[Found::faults];
      if (!entry.ended) ++camera[Found::faults_open];
      return;
    case estate::BookKind::clock_test:
      ++camera[Found::clock_tests];
      if (failed) ++camera[Found::clock_tests_failed];
      return;
    case estate::BookKind::accuracy_test:
      ++camera[Found::accuracy_tests];
      if (failed) ++camera[Found::accuracy_tests_failed];
      if (!entry.accuracy) return;
      camera[Found::vehicles_looked_at] += entry.accuracy->looked_at;
      camera[Found::vehicles_read_right] += entry.accuracy->right;
      return;
    case estate::BookKind::complaint:
      ++camera[Found::complaints];
      return;
    case estate::BookKind::location:
      return;
  }
}

Result<void> add_book(const Desk& desk, const Receipt& receipt, ReviewEvidence& evidence) {
  REGMARK_ASSIGN(const auto book, desk.camera_book.entries(receipt, ids_of(evidence)));
  for (const auto& record : book) {
    const auto& entry = record.entry;
    const bool is_of_then = entry.day >= evidence.from && entry.day < evidence.until;
    // A fault that was not mended is one, however old it is.
    const bool is_open =
        entry.kind == estate::BookKind::fault && !entry.ended && entry.day < evidence.until;
    if (record.is_replaced || !(is_of_then || is_open)) continue;
    add_entry(entry, *std::ranges::find(evidence.cameras, entry.camera, &CameraFound::camera));
  }
  return {};
}

Result<ReviewEvidence> look(const Desk& desk, const Receipt& receipt, const base::SiteId& site) {
  REGMARK_ASSIGN(const auto file, desk.estate.site_file(receipt, site, std::nullopt));
  ReviewEvidence evidence{
      .site = site, .from = since(file), .until = base::day_of(desk.clock.now())};
  for (const auto& camera : file.cameras) evidence.cameras.push_back({camera});
  REGMARK_TRY(add_reads(desk, evidence));
  REGMARK_TRY(add_alerts(desk, receipt, evidence));
  REGMARK_TRY(add_uses(desk, receipt, evidence));
  REGMARK_TRY(add_checked(desk, receipt, evidence));
  REGMARK_TRY(add_book(desk, receipt, evidence));
  return evidence;
}

}  // namespace

Result<Answer<ReviewEvidence>> read_review_evidence(const Desk& desk, const Asker& asker,
                                                    const base::SiteId& site) {
  return ask(desk, asker, access::Act::read_estate, about(site.text()),
             [&](const Receipt& receipt) { return look(desk, receipt, site); });
}

}  // namespace regmark::desk
