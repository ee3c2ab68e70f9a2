// Whole papers for tests of rooms above. Never included by a program.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "assessment/check.h"
#include "assessment/guidance.h"
#include "assessment/paper.h"
#include "base/check.h"

namespace regmark::assessment {

// The day on which the clocks of the test estate, desk and office start: nothing is written of it
// earlier.
inline constexpr std::string_view day_at_first = "2026-03-28";

// Every part filled in, the first choice everywhere, and every day the same.
inline Paper whole_paper(const Form& form, std::string_view day = day_at_first) {
  Paper paper{form.id, {}};
  for (const auto& part : form.parts) {
    Row row;
    for (const auto& field : part.fields) {
      switch (field.kind) {
        case FieldKind::words:
          row[field.id] = "as it was found on the spot";
          break;
        case FieldKind::choice:
          row[field.id] = field.choices.front();
          break;
        case FieldKind::number:
          row[field.id] = "1200";
          break;
        case FieldKind::day:
          row[field.id] = day;
          break;
      }
    }
    Answers answers{{std::move(row)}, {}};
    if (!part.evidence.empty()) {
      answers.evidence.push_back(
          {part.evidence.front(), "a file", base::sha256(base::as_bytes("a file"))});
    }
    paper.parts.emplace(part.id, std::move(answers));
  }
  return paper;
}

inline Paper whole_paper(std::string_view form, std::string_view day = day_at_first) {
  const auto* found = Guidance::built_in().form(form);
  REGMARK_CHECK(found != nullptr);
  return whole_paper(*found, day);
}

// The commissioning of a site at which these cameras stand.
inline Paper commissioning_of(std::initializer_list<std::string_view> cameras) {
  auto paper = whole_paper("commissioning");
  auto& rows = paper.parts["views"].rows;
  const auto row = rows.front();
  rows.clear();
  for (const auto camera : cameras) {
    rows.push_back(row);
    rows.back()["camera"] = camera;
    rows.back()["lens"] = "lens of " + std::string(camera);
  }
  return paper;
}

// A review that finds nothing changed, before anything is answered otherwise.
inline Paper review_that_continues() {
  auto paper = whole_paper("review");
  for (const auto* field : {"location_changed", "residents_changed", "transients_changed"}) {
    paper.parts["impact"].rows[0][field] = "no";
  }
  paper.parts.erase("proportionate");
  paper.parts.erase("cameras");
  return paper;
}

}  // namespace regmark::assessment
