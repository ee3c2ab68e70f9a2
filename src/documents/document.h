// A document for people, said once and shown on paper (haru/pdf.h) or as a page (page.h): headings,
// text, tables, pictures.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/crypto.h"

namespace regmark::documents {

// Past these there is no document, but a mistake.
inline constexpr std::size_t blocks_max = 100'000;
inline constexpr std::size_t columns_max = 12;

struct Heading {
  int level = 2;  // 2 or 3: the title is the only one of level 1
  std::string text{};
};

struct Paragraph {
  std::string text{};
};

// Every row has as many cells as the head.
struct Table {
  std::string caption{};
  std::vector<std::string> head{};
  std::vector<std::vector<std::string>> rows{};
};

struct Picture {
  std::string file{};  // where the page finds it, beside itself
  base::Bytes jpeg{};  // for paper
  std::string caption{};
};

using Block = std::variant<Heading, Paragraph, Table, Picture>;

// All texts are UTF-8.
struct Document {
  std::string title{};
  std::vector<Block> blocks{};
};

}  // namespace regmark::documents
