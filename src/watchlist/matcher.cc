#include "watchlist/matcher.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "plate/layout.h"
#include "plate/look_alike.h"
#include "plate/misread.h"
#include "watchlist/internal/index.h"

namespace regmark::watchlist {
namespace {

using internal::Index;
using plate::MisreadModel;

constexpr std::size_t glyphs_count = 34;
constexpr std::size_t candidates_max =
    1 + plate::length_max * (glyphs_count - 1) + plate::alternatives_max;

// Nobody reads worse than by guessing.
constexpr float right_min = 1.0F / static_cast<float>(glyphs_count);

// Glyphs that may have been shown, and the probability that they were.
struct Candidate {
  PlateCode glyphs;
  float probability = 0;
};

// How likely each place was read right: what the camera said of it, but never surer than the model.
class Rights {
 public:
  Rights(std::string_view text, const Doubt& doubt) {
    const auto& model = MisreadModel::built_in();
    const bool by_character = doubt.character_scores.size() == text.size();
    const float whole = doubt.score > 0 && doubt.score < 1
                            ? std::pow(doubt.score, 1.0F / static_cast<float>(text.size()))
                            : 1;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const float said =
          by_character ? static_cast<float>(doubt.character_scores[at]) / 100 : whole;
      rights_[at] = std::clamp(said, right_min, model.shown_as(text[at], text[at]));
      all_ *= rights_[at];
    }
  }
  float all() const { return all_; }
  float at(std::size_t place) const { return rights_[place]; }

 private:
  float all_ = 1;
  std::array<float, plate::length_max> rights_{};
};

// What may have been shown where this plate was read: itself first. No allocation.
class Candidates {
 public:
  Candidates(PlateCode read, float probability) { add(read.glyphs(), probability); }

  void add_misreads(std::string_view text, PlateCode code, const Rights& rights) {
    const auto& model = MisreadModel::built_in();
    for (std::size_t at = 0; at < text.size(); ++at) {
      const float usual = model.shown_as(text[at], text[at]);
      // The camera says how likely this place is wrong, the model what it then was.
      const float others = rights.all() / rights.at(at) * (1 - rights.at(at)) / (1 - usual);
      for (const auto& suspect : model.suspects(text[at])) {
        add(code.with_glyph(at, suspect.shown), others * suspect.probability);
      }
    }
  }

  void add_alternatives(std::span<const plate::Alternative> alternatives, float read_score) {
    alternatives = alternatives.first(std::min(alternatives.size(), plate::alternatives_max));
    float sum = read_score > 0 ? std::min(read_score, 1.0F) : 1;
    for (const auto& each : alternatives) sum += share_of(each);
    for (const auto& each : alternatives) {
      const auto code = PlateCode::of(each.text);
      if (!code || code->glyphs() == candidates_[0].glyphs) continue;
      const float probability = share_of(each) / sum;
      const auto known = std::find_if(candidates_.begin(), end(), [&](const Candidate& other) {
        return other.glyphs == code->glyphs();
      });
      if (known == end()) {
        add(code->glyphs(), probability);
      } else {
        known->probability = std::max(known->probability, probability);
      }
    }
  }

  std::span<const Candidate> all() const { return std::span(candidates_).first(count_); }

 private:
  static float share_of(const plate::Alternative& alternative) {
    return std::isfinite(alternative.score) ? std::clamp(alternative.score, 0.0F, 1.0F) : 0;
  }
  std::array<Candidate, candidates_max>::iterator end() {
    return candidates_.begin() + static_cast<std::ptrdiff_t>(count_);
  }
  void add(PlateCode glyphs, float probability) {
    REGMARK_CHECK(count_ < candidates_.size());
    candidates_[count_++] = {glyphs, probability};
  }

  std::array<Candidate, candidates_max> candidates_;
  std::size_t count_ = 0;
};

// One picture, two spellings: the layouts decide if they can. Where the listed one fits a layout of
// the United Kingdom and the read one fits none, the listed one was shown; else each may be.
float spelling_share(const plate::Plate& read, PlateCode listed) {
  const auto text = listed.plate();
  std::size_t respelled = 0;
  for (std::size_t at = 0; at < std::min(read.text().size(), text.text().size()); ++at) {
    const char a = read.text()[at];
    const char b = text.text()[at];
    if (a != b && plate::glyph_of(a) == plate::glyph_of(b)) ++respelled;
  }
  if (respelled == 0) return 1;
  return layouts_of(text).british() && !layouts_of(read).british() ? 1 : 0.5F;
}

bool better(const Match& a, const Match& b) {
  if (a.grade != b.grade) return a.grade < b.grade;
  if (a.probability != b.probability) return a.probability > b.probability;
  return a.entry < b.entry;
}

void keep_best(std::vector<Match>& found) {
  if (found.size() <= 1) return;
  const auto kept = std::min(found.size(), matches_max);
  const auto middle = found.begin() + static_cast<std::ptrdiff_t>(kept);
  std::partial_sort(found.begin(), middle, found.end(), better);
  found.erase(middle, found.end());
}

class HashMatcher final : public Matcher {
 public:
  explicit HashMatcher(Index index) : index_(std::move(index)) {}

  std::vector<Match> exact(const plate::Plate& plate) const override {
    const auto code = PlateCode::of(plate);
    std::vector<Match> found;
    index_.find(code.glyphs(), index_.home(code.glyphs()),
                [&](PlateCode listed, EntryNumber entry) {
                  if (listed == code) found.push_back({entry, Grade::exact, 0, listed});
                });
    if (found.empty()) return found;
    for (auto& match : found) match.probability = Rights(plate.text(), {}).all();
    keep_best(found);
    return found;
  }

  std::vector<Match> matches(const plate::Plate& plate,
                             std::span<const plate::Alternative> alternatives, const Doubt& doubt,
                             const Stands& stands) const override {
    const auto code = PlateCode::of(plate);
    const Rights rights(plate.text(), doubt);
    Candidates candidates(code, rights.all());
    candidates.add_misreads(plate.text(), code, rights);
    candidates.add_alternatives(alternatives, doubt.score);
    const auto all = candidates.all();
    std::array<std::size_t, candidates_max> homes;
    for (std::size_t at = 0; at < all.size(); ++at) {
      homes[at] = index_.home(all[at].glyphs);
      index_.fetch(homes[at]);
    }
    std::vector<Match> found;
    for (std::size_t at = 0; at < all.size(); ++at) {
      const auto grade = at == 0 ? Grade::look_alike : Grade::near;
      const float probability = all[at].probability;
      index_.find(all[at].glyphs, homes[at], [&](PlateCode listed, EntryNumber entry) {
        const auto match =
            listed == code
                ? Match{entry, Grade::exact, probability, listed}
                : Match{entry, grade, probability * spelling_share(plate, listed), listed};
        if (!stands || stands(match)) found.push_back(match);
      });
    }
    keep_best(found);
    return found;
  }

  void each(const std::function<void(PlateCode, EntryNumber)>& take) const override {
    index_.each(take);
  }
  std::size_t size() const override { return index_.size(); }
  std::size_t bytes() const override { return index_.bytes(); }

 private:
  const Index index_;
};

}  // namespace

struct MatcherBuilder::Parts {
  explicit Parts(std::size_t count_max) : index(count_max) {}
  Index index;
};

MatcherBuilder::MatcherBuilder(std::size_t count_max)
    : parts_(std::make_unique<Parts>(count_max)) {}
MatcherBuilder::MatcherBuilder(MatcherBuilder&&) noexcept = default;
MatcherBuilder& MatcherBuilder::operator=(MatcherBuilder&&) noexcept = default;
MatcherBuilder::~MatcherBuilder() = default;

void MatcherBuilder::add(PlateCode plate, EntryNumber entry) {
  parts_->index.add(plate, entry);
}

std::shared_ptr<const Matcher> MatcherBuilder::build() && {
  return std::make_shared<HashMatcher>(std::move(parts_->index));
}

std::shared_ptr<const Matcher> Matcher::build(std::span<const Listed> listed) {
  MatcherBuilder builder(listed.size());
  for (const auto& [plate, entry] : listed) builder.add(PlateCode::of(plate), entry);
  return std::move(builder).build();
}

}  // namespace regmark::watchlist
