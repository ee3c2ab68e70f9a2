#include "sightings/internal/pattern.h"

#include <algorithm>

#include "base/check.h"
#include "plate/fold.h"

namespace regmark::sightings::internal {
namespace {

// With more masks than this it is quicker to look for the pattern's runs first, wherever they
// stand, and to lay masks only on words that have them all.
constexpr std::size_t masks_alone_max = 3;

// The lowest bit of each place, and what is made of it.
constexpr PlateWord each_place = [] {
  PlateWord word = 0;
  for (std::size_t place = 0; place < plate::length_max; ++place) {
    word |= PlateWord{1} << symbol_shift(place);
  }
  return word;
}();
constexpr PlateWord high_bits = each_place << (symbol_bits - 1);
constexpr PlateWord low_bits = high_bits - each_place;

// The high bit of each place whose bits are all zero. No place carries into the next.
constexpr PlateWord zero_places(PlateWord word) {
  return ~(((word & low_bits) + low_bits) | word) & high_bits;
}

tl::unexpected<Error> wrong(const char* why) {
  return fail(ErrorCode::invalid_input, why);
}

}  // namespace

Result<Pattern> Pattern::parse(std::string_view typed) {
  if (typed.size() > pattern_length_max) return wrong("the pattern is longer than any plate");
  std::vector<std::uint8_t> parts;
  bool has_character = false;
  while (!typed.empty()) {
    if (typed.front() == '*' || typed.front() == '?') {
      const auto part = typed.front() == '*' ? any_run : any_one;
      const bool again = part == any_run && !parts.empty() && parts.back() == any_run;
      if (!again) parts.push_back(part);
      typed.remove_prefix(1);
      continue;
    }
    const auto glyph = plate::first_glyph(typed);
    const auto letters = glyph ? plate::folded(glyph->point) : std::nullopt;
    if (!letters) return wrong("the pattern has a character that no plate carries");
    for (const char c : *letters) parts.push_back(static_cast<std::uint8_t>(symbol_of(c)));
    has_character = has_character || !letters->empty();
    typed.remove_prefix(glyph->size);
  }
  if (!has_character) return wrong("the pattern has no letter or digit");
  const auto fixed = std::ranges::count_if(parts, [](auto part) { return part != any_run; });
  if (static_cast<std::size_t>(fixed) > plate::length_max) {
    return wrong("the pattern is longer than any plate");
  }
  return Pattern(std::move(parts));
}

Pattern::Pattern(std::vector<std::uint8_t> parts) : parts_(std::move(parts)) {
  lay(0, 0, Mask{0, 0, ~PlateWord{0}});
  std::ranges::sort(masks_);
  masks_.erase(std::unique(masks_.begin(), masks_.end()), masks_.end());
  REGMARK_CHECK(masks_.size() <= masks_max);
  find_runs();
}

void Pattern::find_runs() {
  Run run;
  std::size_t first = 0;
  const auto end_run = [&] {
    if (!run.empty()) runs_.push_back(std::move(run));
    run.clear();
  };
  for (std::size_t at = 0; at < parts_.size(); ++at) {
    if (parts_[at] == any_run) {
      end_run();
    } else if (parts_[at] != any_one) {
      if (run.empty()) first = at;
      run.push_back({parts_[at] * each_place, symbol_bits * static_cast<unsigned>(at - first)});
    }
  }
  end_run();
  std::ranges::stable_sort(runs_, std::ranges::greater{},
                           [](const Run& one) { return one.size(); });
}

// Lays the parts from `part` on, the first of them on `place`, in every way there is.
void Pattern::lay(std::size_t part, std::size_t place, Mask so_far) {
  if (part == parts_.size()) {
    // The plate ends here.
    if (place < plate::length_max) so_far.mask |= (PlateWord{1} << (symbol_shift(place) + 6)) - 1;
    masks_.push_back(so_far);
    return;
  }
  if (parts_[part] == any_run) {
    if (part + 1 == parts_.size()) {
      masks_.push_back(so_far);
      return;
    }
    for (std::size_t from = place; from < plate::length_max; ++from) lay(part + 1, from, so_far);
    return;
  }
  if (place == plate::length_max) return;
  const auto field = PlateWord{0x3f} << symbol_shift(place);
  if (parts_[part] == any_one) {
    // Characters before the last are there when the last is: only the last must be asked for.
    so_far.some = field;
  } else {
    so_far.mask |= field;
    so_far.value |= PlateWord{parts_[part]} << symbol_shift(place);
    so_far.some = ~PlateWord{0};
  }
  lay(part + 1, place + 1, so_far);
}

std::optional<PlateWord> Pattern::exact() const {
  const bool wild =
      std::ranges::any_of(parts_, [](auto part) { return part == any_one || part == any_run; });
  return wild ? std::nullopt : std::optional(masks_.front().value);
}

bool Pattern::matches(PlateWord word) const {
  return std::ranges::any_of(masks_, [&](const Mask& mask) { return mask.matches(word); });
}

void Pattern::match_sorted(std::span<const PlateWord> sorted, std::vector<PlateWord>& found) const {
  // Words with the pattern's first characters stand together.
  PlateWord low = 0;
  std::size_t place = 0;
  for (; place < parts_.size() && parts_[place] != any_one && parts_[place] != any_run; ++place) {
    low |= PlateWord{parts_[place]} << symbol_shift(place);
  }
  if (place > 0) {
    const auto high = low + (PlateWord{1} << symbol_shift(place - 1));
    const auto from = std::ranges::lower_bound(sorted, low);
    const auto until = std::lower_bound(from, sorted.end(), high);
    sorted = std::span(from, until);
  }
  Block block{};
  while (!sorted.empty()) {
    const auto size = std::min(block_size, sorted.size());
    std::ranges::copy(sorted.first(size), block.begin());
    sorted = sorted.subspan(size);
    const auto left =
        masks_.size() <= masks_alone_max ? leave_masked(block, size) : leave_runs(block, size);
    for (std::size_t at = 0; at < left; ++at) {
      if (matches(block[at])) found.push_back(block[at]);
    }
  }
}

std::size_t Pattern::leave_masked(Block& block, std::size_t size) const {
  Block marks{};
  for (const auto& mask : masks_) {
    for (std::size_t at = 0; at < block_size; ++at) marks[at] |= PlateWord{mask.matches(block[at])};
  }
  return leave_marked(block, marks, size);
}

std::size_t Pattern::leave_runs(Block& block, std::size_t size) const {
  auto left = size;
  for (const auto& run : runs_) {
    // The places at which the run may begin.
    Block begins;
    begins.fill(high_bits);
    for (const auto& [everywhere, bits_after] : run) {
      for (std::size_t at = 0; at < block_size; ++at) {
        begins[at] &= zero_places(block[at] ^ everywhere) << bits_after;
      }
    }
    left = leave_marked(block, begins, left);
    if (left == 0) return 0;
  }
  return left;
}

std::size_t Pattern::leave_marked(Block& block, const Block& marks, std::size_t size) {
  PlateWord any = 0;
  for (std::size_t at = 0; at < block_size; ++at) any |= marks[at];
  if (any == 0) return 0;
  std::size_t left = 0;
  for (std::size_t at = 0; at < size; ++at) {
    block[left] = block[at];
    left += marks[at] != 0 ? 1 : 0;
  }
  return left;
}

}  // namespace regmark::sightings::internal
