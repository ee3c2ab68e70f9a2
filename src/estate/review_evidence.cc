#include "estate/review_evidence.h"

#include <algorithm>
#include <cmath>

#include "base/share.h"

namespace regmark::estate {
namespace {

struct Words {
  std::string_view name;
  std::string_view title;
};

constexpr std::array<Words, found_count> words{{
    {"reads", "Reads"},
    {"alerts", "Alerts"},
    {"alerts_confirmed", "Alerts confirmed on the picture"},
    {"alerts_rejected", "Alerts rejected on the picture"},
    {"alerts_retracted", "Alerts taken back by a later read"},
    {"alerts_open", "Alerts that nobody decided"},
    {"acted_on", "Alerts acted on"},
    {"stopped", "Outcome: stopped"},
    {"not_found", "Outcome: not found"},
    {"wrong_vehicle", "Outcome: wrong vehicle"},
    {"already_resolved", "Outcome: already resolved"},
    {"observed", "Outcome: observed"},
    {"no_action", "Outcome: no action"},
    {"searches", "Searches that gave a read of it"},
    {"cases", "Cases that these were for"},
    {"unusual_hours", "Hours in which it read unlike its usual"},
    {"reads_checked", "Reads drawn by chance and checked on the picture"},
    {"reads_checked_right", "Of these, read right"},
    {"reads_unreadable", "Reads drawn by chance that nobody can read"},
    {"faults", "Faults"},
    {"faults_open", "Faults not mended"},
    {"clock_tests", "Tests of its clock"},
    {"clock_tests_failed", "Tests of its clock that failed"},
    {"accuracy_tests", "Tests of accuracy"},
    {"accuracy_tests_failed", "Tests of accuracy that failed"},
    {"vehicles_looked_at", "Vehicles looked at in tests of accuracy"},
    {"vehicles_read_right", "Vehicles read right in them"},
    {"complaints", "Complaints"},
}};

const Words& words_of(Found found) {
  return words[static_cast<std::size_t>(found)];
}

}  // namespace

std::string_view name(Found found) {
  return words_of(found).name;
}

std::string_view title(Found found) {
  return words_of(found).title;
}

std::optional<std::uint64_t> CameraFound::right_in_thousand() const {
  const auto confirmed = (*this)[Found::alerts_confirmed];
  const auto looked_at = confirmed + (*this)[Found::alerts_rejected];
  if (looked_at == 0) return std::nullopt;
  const auto right = confirmed - std::min(confirmed, (*this)[Found::wrong_vehicle]);
  return (1'000 * right + looked_at / 2) / looked_at;
}

std::optional<CameraFound::Checked> CameraFound::checked_in_thousand() const {
  const base::Share share{(*this)[Found::reads_checked_right], (*this)[Found::reads_checked]};
  if (share.whole == 0) return std::nullopt;
  const auto in_thousand = [](double part) {
    return static_cast<std::uint64_t>(std::lround(1'000 * part));
  };
  return Checked{in_thousand(share.value()), in_thousand(share.low()), in_thousand(share.high())};
}

std::string format_review_evidence(const ReviewEvidence& evidence) {
  const auto kept = evidence.kept_from ? base::format_day(*evidence.kept_from) : "nothing";
  auto text = "site,from,until,kept_from\n" + evidence.site.text() + "," +
              base::format_day(evidence.from) + "," + base::format_day(evidence.until) + "," +
              kept + "\n\ncamera";
  for (const auto& [name, title] : words) text.append(",").append(name);
  text.append(",right_in_thousand,checked_right_in_thousand,checked_low,checked_high\n");
  for (const auto& camera : evidence.cameras) {
    text.append(camera.camera.text());
    for (const auto count : camera.counts) text.append(",").append(std::to_string(count));
    const auto right = camera.right_in_thousand();
    text.append(",").append(right ? std::to_string(*right) : "");
    if (const auto checked = camera.checked_in_thousand()) {
      for (const auto figure : {checked->right, checked->low, checked->high}) {
        text.append(",").append(std::to_string(figure));
      }
      text.append("\n");
    } else {
      text.append(",,,\n");
    }
  }
  return text;
}

}  // namespace regmark::estate
