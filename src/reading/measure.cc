#include "reading/measure.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <utility>

namespace regmark::reading {
namespace {

constexpr float found_overlap = 0.5F;
constexpr std::size_t bins_count = 10;
constexpr int chance_draws = 2'000;

float overlap_with(const Label& label, const Found& found) {
  return overlap(label.box, box_around(found.corners));
}

double share_of(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void count(Share& share, bool is_so) {
  ++share.whole;
  if (is_so) ++share.part;
}

// The smallest of them that at least this share of them do not exceed.
double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::ranges::nth_element(values, at);
  return *at;
}

bool has_score(const Outcome& one) {
  return !one.truth.empty() && !one.text.empty();
}

void add_score(std::vector<Bin>& bins, float given, bool is_right) {
  const auto score = std::clamp(static_cast<double>(given), 0.0, 1.0);
  auto& bin = bins[std::min(bins_count - 1, static_cast<std::size_t>(score * bins_count))];
  ++bin.count;
  bin.scores += score;
  if (is_right) ++bin.right;
}

void add_marks(Measure& made, std::span<const Outcome> outcomes) {
  std::map<std::string, Share> marks;
  for (const auto& one : outcomes) {
    if (!one.truth.empty()) count(marks[one.truth], one.text == one.truth);
  }
  made.marks = marks.size();
  for (const auto& [mark, share] : marks) {
    made.marks_exact += share.value() / static_cast<double>(marks.size());
    if (share.part == share.whole) ++made.marks_always;
  }
}

}  // namespace

std::string folded(std::string_view text) {
  std::string made(text);
  for (auto& character : made) {
    if (character == 'O' || character == 'Q') character = '0';
    if (character == 'I') character = '1';
  }
  return made;
}

bool alike(std::string_view a, std::string_view b) {
  return folded(a) == folded(b);
}

void add_picture(Tally& run, std::string_view set, std::string_view file,
                 std::span<const Label> labels, std::span<const Found> plates_found,
                 std::span<const Seen> seen, std::span<const std::string> on_boxes) {
  ++run.pictures;
  for (std::size_t at = 0; at < labels.size(); ++at) {
    const auto& label = labels[at];
    Outcome one{std::string(set),
                std::string(file),
                label.text,
                false,
                "",
                0,
                "",
                false,
                false,
                at < on_boxes.size() ? on_boxes[at] : ""};
    one.found = std::ranges::any_of(plates_found, [&](const Found& found) {
      return overlap_with(label, found) >= found_overlap;
    });
    const Seen* nearest = nullptr;
    const Seen* same = nullptr;
    for (const auto& plate : seen) {
      const float shared = overlap_with(label, plate.found);
      if (shared > 0 && (nearest == nullptr || shared > overlap_with(label, nearest->found))) {
        nearest = &plate;
      }
      if (plate.reading.text == label.text) same = &plate;
      one.in_five |= plate.reading.text == label.text;
      one.in_five_alike |= alike(plate.reading.text, label.text);
      for (const auto& alternative : plate.reading.alternatives) {
        one.in_five |= alternative.text == label.text;
        one.in_five_alike |= alike(alternative.text, label.text);
      }
    }
    if (nearest != nullptr) one.there = nearest->reading.text;
    const auto* given = same != nullptr ? same : nearest;
    if (given != nullptr) {
      one.text = given->reading.text;
      one.score = given->reading.score;
    }
    run.outcomes.push_back(std::move(one));
  }
  for (const auto& plate : seen) {
    const auto covers = [&](const Label& label) { return overlap_with(label, plate.found) > 0; };
    if (std::ranges::any_of(labels, covers)) continue;
    run.false_plates.push_back(
        {std::string(set), std::string(file), plate.reading.text, plate.reading.score});
  }
}

std::vector<Bin> calibration(std::span<const Outcome> outcomes, Right right) {
  std::vector<Bin> bins(bins_count);
  for (const auto& one : outcomes) {
    if (!has_score(one)) continue;
    const bool is_right =
        right == Right::exactly ? one.text == one.truth : alike(one.text, one.truth);
    add_score(bins, one.score, is_right);
  }
  return bins;
}

double calibration_error_by_chance(std::span<const Outcome> outcomes) {
  std::mt19937 random(1);
  std::vector<double> errors;
  for (int draw = 0; draw < chance_draws; ++draw) {
    std::vector<Bin> bins(bins_count);
    for (const auto& one : outcomes) {
      // The engine's numbers are the same everywhere; those of distributions are not.
      const double drawn = static_cast<double>(random()) / 4'294'967'296.0;
      if (has_score(one)) add_score(bins, one.score, drawn < static_cast<double>(one.score));
    }
    errors.push_back(expected_calibration_error(bins));
  }
  return percentile(std::move(errors), 0.95);
}

double expected_calibration_error(std::span<const Bin> bins) {
  double error = 0, all = 0;
  for (const auto& bin : bins) {
    error += std::abs(static_cast<double>(bin.right) - bin.scores);
    all += static_cast<double>(bin.count);
  }
  return all > 0 ? error / all : 0;
}

Measure measure(const Tally& run) {
  Measure made;
  made.pictures = run.pictures;
  made.false_plates = run.false_plates.size();
  std::set<std::pair<std::string, std::string>> with_false;
  for (const auto& one : run.false_plates) with_false.emplace(one.set, one.file);
  made.with_false.part = with_false.size();
  made.with_false.whole = run.pictures;
  for (const auto& one : run.outcomes) {
    count(made.found, one.found);
    if (one.truth.empty()) continue;
    count(made.exact, one.text == one.truth);
    count(made.exact_alike, alike(one.text, one.truth));
    count(made.on_box, one.on_box == one.truth);
    count(made.on_box_alike, alike(one.on_box, one.truth));
    count(made.in_five, one.in_five);
    count(made.in_five_alike, one.in_five_alike);
    if (one.found) {
      count(made.exact_found, one.there == one.truth);
      count(made.exact_found_alike, alike(one.there, one.truth));
    }
    if (one.there.empty()) continue;
    made.characters += one.truth.size();
    made.edits += edits_between(one.there, one.truth);
  }
  add_marks(made, run.outcomes);
  made.calibration_error = expected_calibration_error(calibration(run.outcomes));
  made.calibration_error_alike =
      expected_calibration_error(calibration(run.outcomes, Right::alike));
  made.calibration_by_chance = calibration_error_by_chance(run.outcomes);
  made.median = percentile(run.milliseconds, 0.5);
  made.p99 = percentile(run.milliseconds, 0.99);
  made.median_decoding = percentile(run.milliseconds_decoding, 0.5);
  return made;
}

double Measure::character_errors() const {
  return share_of(edits, characters);
}
double Measure::false_per_hundred() const {
  return 100 * share_of(false_plates, pictures);
}

}  // namespace regmark::reading
