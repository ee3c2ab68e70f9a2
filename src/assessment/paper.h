// A form that somebody filled in. A value: it is written once, kept as a version, and never
// changed.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"

namespace regmark::assessment {

inline constexpr std::size_t answer_size_max = 8'000;  // bytes of one field
inline constexpr std::size_t title_size_max = 200;     // of a piece of evidence
inline constexpr std::size_t paper_size_max = std::size_t{512} << 10U;
inline constexpr std::size_t rows_most = 500;
inline constexpr std::size_t evidence_max = 50;  // of one part

// A file that shows what was written, by its SHA-256. The file itself is kept by `estate`.
struct Evidence {
  std::string kind;  // a word of the form's part
  std::string title;
  base::Digest sha256{};
  friend bool operator==(const Evidence&, const Evidence&) = default;
};

using Row = std::map<std::string, std::string>;  // by the field's id

struct Answers {
  std::vector<Row> rows;
  std::vector<Evidence> evidence;
  friend bool operator==(const Answers&, const Answers&) = default;
};

struct Paper {
  std::string form;
  std::map<std::string, Answers> parts;  // by the part's id

  // What the first row of a part says in a field; empty when it says nothing.
  std::string_view answer(const std::string& part, const std::string& field) const;
  friend bool operator==(const Paper&, const Paper&) = default;
};

// Reads {"form": …, "parts": {"balance": {"rows": [{"words": "…"}], "evidence": [{"kind": …,
// "title": …, "sha256": …}]}}}. Whether it is whole is for check(). Fails with, in this order:
//   limit_exceeded   more than paper_size_max bytes, rows_most rows or evidence_max pieces
//   invalid_input    no JSON, another shape, an answer that is too long or moves a cursor
Result<Paper> parse_paper(std::string_view json);
// Reads back as the same paper.
std::string format_paper(const Paper& paper);

}  // namespace regmark::assessment
