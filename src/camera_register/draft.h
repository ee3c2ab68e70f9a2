// An answer that is meant for the public and was not released. It is made of numbers, days and the
// register's few words, and has no place for anything else: no text, no id, no coordinate goes in,
// so none comes out. Only `disclosure` makes something public of it.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"
#include "camera_register/words.h"

namespace regmark::camera_register {

inline constexpr std::string_view not_for_release = "NOT FOR RELEASE";

struct Figure {
  std::uint64_t value = 0;
  Certainty how = Certainty::exact;
  // That may belong to it, and nobody wrote down whether they do.
  std::uint64_t unknown = 0;
  // When a kind was counted as a whole: on that day it was so many, and on a later one about.
  std::optional<base::UtcDay> counted{};
  // Of a whole: its kinds that are not recorded. The value is that of the others.
  std::vector<CameraKind> without{};
  friend bool operator==(const Figure&, const Figure&) = default;
};

// As a line: all of it.
struct Year {
  int number;
  friend bool operator==(const Year&, const Year&) = default;
};
enum class Total : std::uint8_t { all, done, overdue, published, not_published };
std::string_view name(Total total);

struct CostLine {
  Year year;
  CostKind kind;
  friend bool operator==(const CostLine&, const CostLine&) = default;
};

using Label = std::variant<Total, CameraKind, Ground, CostLine, Year>;
std::string text_of(const Label& label);

struct Line {
  Label label;
  Figure figure;
};

class Draft {
 public:
  Draft(Question question, base::UtcDay from, base::UtcDay until)
      : question_(question), from_(from), until_(until) {}

  // The label is one of the register's words and the figure a number: there is no other way to
  // write into a draft.
  template <typename Word>
  requires(std::same_as<Word, Total> || std::same_as<Word, CameraKind> ||
           std::same_as<Word, Ground> || std::same_as<Word, CostLine> ||
           std::same_as<Word, Year>) void add(Word word, const Figure& figure) {
    lines_.push_back({Label{word}, figure});
  }

  Question question() const { return question_; }
  base::UtcDay from() const { return from_; }
  base::UtcDay until() const { return until_; }
  const std::vector<Line>& lines() const { return lines_; }

  // Begins and ends with not_for_release.
  std::string text() const;

 private:
  Question question_;
  base::UtcDay from_;
  base::UtcDay until_;
  std::vector<Line> lines_;
};

}  // namespace regmark::camera_register
