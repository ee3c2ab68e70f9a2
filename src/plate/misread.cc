#include "plate/misread.h"

#include <algorithm>
#include <string>

#include "base/check.h"
#include "plate/look_alike.h"
#include "plate/misread_table.h"

namespace regmark::plate {
namespace {

// Without the letters that a digit stands for.
constexpr std::string_view all_glyphs = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
constexpr std::size_t rows = 36;  // ten digits and twenty-six letters, of which two stay empty

std::size_t index_of(char character) {
  const char glyph = glyph_of(character);
  const bool digit = glyph >= '0' && glyph <= '9';
  REGMARK_CHECK(digit || (glyph >= 'A' && glyph <= 'Z'));
  return static_cast<std::size_t>(digit ? glyph - '0' : glyph - 'A' + 10);
}

using Table = std::array<std::array<double, rows>, rows>;

double weight_of(Confusion confusion) {
  return confusion == Confusion::strong ? strong_weight : weak_weight;
}

// P(read | shown) before anybody measured anything. See misread_table.h.
Table prior() {
  Table weight{};
  for (const auto& pair : confused_pairs()) {
    const auto one = index_of(pair.one);
    const auto other = index_of(pair.other);
    weight[one][other] = weight[other][one] = weight_of(pair.confusion);
  }
  Table table{};
  for (const char shown : all_glyphs) {
    const auto row = index_of(shown);
    double sum = 0;
    for (const double each : weight[row]) sum += each;
    const double wrong = 1 - right_prior;
    // A glyph that nothing pairs is mistaken for any other alike.
    const double anywhere = sum > 0 ? wrong * (1 - paired_share) : wrong;
    for (const char read : all_glyphs) {
      const auto column = index_of(read);
      table[row][column] = anywhere / static_cast<double>(all_glyphs.size() - 1);
      if (sum > 0) table[row][column] += wrong * paired_share * weight[row][column] / sum;
    }
    table[row][row] = right_prior;
  }
  return table;
}

}  // namespace

MisreadModel MisreadModel::learned(std::span<const MisreadCount> counts) {
  Table table = prior();
  for (auto& row : table) {
    for (auto& each : row) each *= prior_weight;
  }
  for (const auto& count : counts) {
    table[index_of(count.shown)][index_of(count.read)] += static_cast<double>(count.times);
  }
  for (const char shown : all_glyphs) {
    auto& row = table[index_of(shown)];
    double sum = 0;
    for (const double each : row) sum += each;
    for (auto& each : row) each /= sum;
  }
  MisreadModel model;
  for (const char read : all_glyphs) {
    const auto column = index_of(read);
    double sum = 0;
    for (const auto& row : table) sum += row[column];
    for (const char shown : all_glyphs) {
      const auto row = index_of(shown);
      model.read_as_[row][column] = static_cast<float>(table[row][column]);
      const auto back = static_cast<float>(table[row][column] / sum);
      model.shown_as_[column][row] = back;
      const auto wrong = static_cast<float>((sum - table[column][column]) / sum);
      if (shown != read && back >= std::max(suspect_min, suspect_share * wrong)) {
        model.suspects_[column].push_back({shown, back});
      }
    }
    std::ranges::stable_sort(model.suspects_[column], std::ranges::greater{},
                             &Suspect::probability);
  }
  return model;
}

const MisreadModel& MisreadModel::built_in() {
  static const MisreadModel model = learned(measured_misreads());
  return model;
}

float MisreadModel::read_as(char shown, char read) const {
  return read_as_[index_of(shown)][index_of(read)];
}

float MisreadModel::shown_as(char read, char shown) const {
  return shown_as_[index_of(read)][index_of(shown)];
}

bool MisreadModel::suspects(char read, char shown) const {
  const auto found = suspects(read);
  return std::ranges::find(found, glyph_of(shown), &Suspect::shown) != found.end();
}

std::span<const Suspect> MisreadModel::suspects(char read) const {
  return suspects_[index_of(read)];
}

std::vector<LikelyMisread> likely_misreads(const Plate& read, const MisreadModel& model) {
  float right = 1;
  for (const char each : read.text()) right *= model.shown_as(each, each);
  std::vector<LikelyMisread> found;
  // Two spellings of one picture share its probability, for all that the picture says.
  const auto others = look_alikes(read);
  for (const auto& other : others) {
    found.push_back({other, right / static_cast<float>(others.size() + 1)});
  }
  std::string text(read.text());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char was = text[at];
    for (const auto& suspect : model.suspects(was)) {
      const float probability = right / model.shown_as(was, was) * suspect.probability;
      const std::string_view spelled = suspect.shown == '0'   ? "0O"
                                       : suspect.shown == '1' ? "1I"
                                                              : std::string_view(&suspect.shown, 1);
      for (const char shown : spelled) {
        text[at] = shown;
        found.push_back(
            {Plate::parse(text).value(), probability / static_cast<float>(spelled.size())});
      }
    }
    text[at] = was;
  }
  std::ranges::sort(found, [](const LikelyMisread& a, const LikelyMisread& b) {
    if (a.probability != b.probability) return a.probability > b.probability;
    return a.shown < b.shown;
  });
  return found;
}

}  // namespace regmark::plate
