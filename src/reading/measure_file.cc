#include "reading/measure_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <tuple>

namespace regmark::reading {
namespace {

constexpr std::string_view header =
    "set\tfile\ttruth\tfound\ttext\tscore\tthere\tin_five\tin_five_alike\ton_box";
constexpr std::size_t parts_count = 10;

std::string_view take(std::string_view& text, char end) {
  const auto length = std::min(text.find(end), text.size());
  const auto part = text.substr(0, length);
  text.remove_prefix(std::min(length + 1, text.size()));
  return part;
}

bool take_flag(std::string_view part, bool& flag) {
  flag = part == "1";
  return part == "1" || part == "0";
}

bool take_outcome(std::string_view line, Outcome& one) {
  if (static_cast<std::size_t>(std::ranges::count(line, '\t')) != parts_count - 1) return false;
  std::array<std::string_view, parts_count> parts;
  for (auto& part : parts) part = take(line, '\t');
  one.set = parts[0];
  one.file = parts[1];
  one.truth = parts[2];
  one.text = parts[4];
  const auto* end = parts[5].data() + parts[5].size();
  const auto [at, error] = std::from_chars(parts[5].data(), end, one.score);
  one.there = parts[6];
  one.on_box = parts[9];
  return error == std::errc() && at == end && std::isfinite(one.score) &&
         take_flag(parts[3], one.found) && take_flag(parts[7], one.in_five) &&
         take_flag(parts[8], one.in_five_alike);
}

// A set and a file may have a name with anything in it but what parts a line.
std::string cleaned(std::string name) {
  std::ranges::replace_if(
      name, [](char character) { return character == '\t' || character == '\n'; }, ' ');
  return name;
}

// Twice the chance of at most `fewer` heads among `all` throws, at most 1.
double sign_test(std::size_t fewer, std::size_t all) {
  double sum = 0;
  for (std::size_t heads = 0; heads <= fewer; ++heads) {
    const auto n = static_cast<double>(all), k = static_cast<double>(heads);
    // One thread measures. NOLINTBEGIN(concurrency-mt-unsafe)
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) -
                    n * std::log(2.0));
    // NOLINTEND(concurrency-mt-unsafe)
  }
  return std::min(1.0, 2 * sum);
}

}  // namespace

std::string text_of(const Tally& run) {
  std::string text(header);
  text += '\n';
  for (const auto& one : run.outcomes) {
    text += fmt::format("{}\t{}\t{}\t{:d}\t{}\t{:.5f}\t{}\t{:d}\t{:d}\t{}\n", cleaned(one.set),
                        cleaned(one.file), cleaned(one.truth), one.found, one.text, one.score,
                        one.there, one.in_five, one.in_five_alike, one.on_box);
  }
  return text;
}

Result<std::vector<Outcome>> parse_outcomes(std::string_view text) {
  if (text.size() > run_size_max) {
    return fail(ErrorCode::limit_exceeded, "the file of a run is too long");
  }
  if (take(text, '\n') != header) {
    return fail(ErrorCode::invalid_input, "line 1: not the file of a measuring run");
  }
  std::vector<Outcome> outcomes;
  for (std::size_t number = 2; !text.empty(); ++number) {
    Outcome one;
    if (!take_outcome(take(text, '\n'), one)) {
      return fail(ErrorCode::invalid_input, fmt::format("line {}: not a plate's outcome", number));
    }
    outcomes.push_back(std::move(one));
  }
  return outcomes;
}

Comparison compare(const std::vector<Outcome>& first, const std::vector<Outcome>& second) {
  using Key = std::tuple<std::string, std::string, std::string, std::size_t>;
  const auto keyed = [](const std::vector<Outcome>& outcomes) {
    std::map<Key, const Outcome*> made;
    for (const auto& one : outcomes) {
      if (one.truth.empty()) continue;
      std::size_t which = 0;
      while (!made.try_emplace({one.set, one.file, one.truth, which}, &one).second) ++which;
    }
    return made;
  };
  const auto others = keyed(second);
  Comparison made;
  for (const auto& [key, one] : keyed(first)) {
    const auto other = others.find(key);
    if (other == others.end()) continue;
    ++made.plates;
    const bool first_is_right = one->text == one->truth;
    const bool second_is_right = other->second->text == one->truth;
    if (first_is_right && second_is_right) ++made.both;
    if (!first_is_right && !second_is_right) ++made.neither;
    if (first_is_right && !second_is_right) made.only_first.push_back(*one);
    if (!first_is_right && second_is_right) made.only_second.push_back(*other->second);
  }
  made.chance = sign_test(std::min(made.only_first.size(), made.only_second.size()),
                          made.only_first.size() + made.only_second.size());
  return made;
}

}  // namespace regmark::reading
