#include "documents/haru/pdf.h"

#include <hpdf.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "base/check.h"
#include "documents/haru/latin.h"

namespace regmark::documents {
namespace {

// In points, 1/72 inch.
constexpr float margin = 56;
constexpr float page_width = 595;
constexpr float page_height = 842;
constexpr float text_width = page_width - 2 * margin;
constexpr float picture_height_max = 240;
constexpr float cell_padding = 3;

struct Look {
  HPDF_Font font;
  float size;
  float line() const { return size * 1.35F; }
};

// A libharu document does nothing any more after its first error, which is asked for at the end.
struct Freed {
  void operator()(HPDF_Doc document) const { HPDF_Free(document); }
};
using Owned = std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, Freed>;

// How many bytes of the text stand in one line of this width; at least one.
std::size_t line_end(const std::string& text, std::size_t begin, const Look& look, float width) {
  std::size_t end = begin;
  std::size_t last_blank = std::string::npos;
  float used = 0;
  for (; end < text.size() && text[end] != '\n'; ++end) {
    const char letter[] = {text[end], 0};
    const auto* bytes = reinterpret_cast<const HPDF_BYTE*>(letter);
    used += static_cast<float>(HPDF_Font_TextWidth(look.font, bytes, 1).width) * look.size / 1'000;
    if (used > width && end > begin) break;
    if (text[end] == ' ') last_blank = end;
  }
  if (end < text.size() && text[end] != '\n' && last_blank != std::string::npos) return last_blank;
  return end;
}

std::vector<std::string> lines_of(const std::string& utf8, const Look& look, float width) {
  const auto text = latin(utf8);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = line_end(text, at, look, width);
    lines.push_back(text.substr(at, end - at));
    at = end;
    if (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

class Printer {
 public:
  explicit Printer(HPDF_Doc document)
      : document_(document),
        plain_{HPDF_GetFont(document, "Helvetica", "WinAnsiEncoding"), 10},
        small_{plain_.font, 8},
        bold_{HPDF_GetFont(document, "Helvetica-Bold", "WinAnsiEncoding"), 8} {
    turn();
  }

  void title(const std::string& text) { lines(text, {bold_.font, 16}); }
  Result<void> operator()(const Heading& heading) {
    const Look look{bold_.font, heading.level <= 2 ? 13.0F : 11.0F};
    room(look.line() * 3);  // never alone at the end of a page
    y_ -= look.size / 2;
    lines(heading.text, look);
    y_ -= look.size / 3;
    return {};
  }
  Result<void> operator()(const Paragraph& paragraph) {
    lines(paragraph.text, plain_);
    y_ -= plain_.size / 2;
    return {};
  }
  Result<void> operator()(const Table& table);
  Result<void> operator()(const Picture& picture);
  void number_pages();

 private:
  using Cells = std::vector<std::vector<std::string>>;  // of each cell its lines

  void turn() {
    page_ = HPDF_AddPage(document_);
    HPDF_Page_SetSize(page_, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    pages_.push_back(page_);
    y_ = page_height - margin;
  }
  // Makes sure that so much of the page is left.
  bool room(float height) {
    if (y_ - height >= margin) return false;
    turn();
    return true;
  }
  void write(const std::string& text, const Look& look, float x, float y) {
    HPDF_Page_BeginText(page_);
    HPDF_Page_SetFontAndSize(page_, look.font, look.size);
    HPDF_Page_TextOut(page_, x, y, text.c_str());
    HPDF_Page_EndText(page_);
  }
  void lines(const std::string& text, const Look& look) {
    for (const auto& line : lines_of(text, look, text_width)) {
      room(look.line());
      y_ -= look.line();
      write(line, look, margin, y_);
    }
  }
  static std::vector<float> widths_of(const Table& table);
  Cells cells_of(const std::vector<std::string>& row, const std::vector<float>& widths,
                 const Look& look) const;
  void print(const Cells& cells, const std::vector<float>& widths, const Look& look);

  HPDF_Doc document_;
  Look plain_, small_, bold_;
  HPDF_Page page_ = nullptr;
  std::vector<HPDF_Page> pages_;
  float y_ = 0;
};

// By the longest cell of each column, so that none takes more than its share of the rest.
std::vector<float> Printer::widths_of(const Table& table) {
  std::vector<float> widths;
  for (std::size_t column = 0; column < table.head.size(); ++column) {
    std::size_t longest = table.head[column].size();
    for (const auto& row : table.rows) longest = std::max(longest, row[column].size());
    widths.push_back(static_cast<float>(std::clamp<std::size_t>(longest, 6, 40)));
  }
  const float all = std::accumulate(widths.begin(), widths.end(), 0.0F);
  for (auto& width : widths) width *= text_width / all;
  return widths;
}

Printer::Cells Printer::cells_of(const std::vector<std::string>& row,
                                 const std::vector<float>& widths, const Look& look) const {
  Cells cells;
  for (std::size_t column = 0; column < row.size(); ++column) {
    cells.push_back(lines_of(row[column], look, widths[column] - 2 * cell_padding));
  }
  return cells;
}

// A row that is taller than what is left of a page goes on the next one; one taller than a page is
// parted.
void Printer::print(const Cells& cells, const std::vector<float>& widths, const Look& look) {
  std::size_t tallest = 0;
  for (const auto& cell : cells) tallest = std::max(tallest, cell.size());
  const auto fits = static_cast<std::size_t>((page_height - 3 * margin) / look.line());
  for (std::size_t first = 0; first < tallest; first += fits) {
    const auto count = std::min(fits, tallest - first);
    const float height = static_cast<float>(count) * look.line() + 2 * cell_padding;
    room(height);
    float x = margin;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      HPDF_Page_SetLineWidth(page_, 0.5F);
      HPDF_Page_Rectangle(page_, x, y_ - height, widths[column], height);
      HPDF_Page_Stroke(page_);
      for (std::size_t i = first; i < std::min(first + count, cells[column].size()); ++i) {
        const float down = static_cast<float>(i - first + 1) * look.line();
        write(cells[column][i], look, x + cell_padding, y_ - down);
      }
      x += widths[column];
    }
    y_ -= height;
  }
}

Result<void> Printer::operator()(const Table& table) {
  if (table.head.size() > columns_max) {
    return fail(ErrorCode::limit_exceeded, "a table has too many columns for paper");
  }
  for (const auto& row : table.rows) {
    if (row.size() == table.head.size()) continue;
    return fail(ErrorCode::invalid_input, "a table's row has other cells than its head");
  }
  if (!table.caption.empty()) {
    room(bold_.line() * 4);
    lines(table.caption, {bold_.font, 9});
    y_ -= cell_padding;
  }
  if (table.head.empty()) return {};
  const auto widths = widths_of(table);
  const auto head = cells_of(table.head, widths, bold_);
  print(head, widths, bold_);
  for (const auto& row : table.rows) {
    const auto cells = cells_of(row, widths, small_);
    const auto page_before = page_;
    float height = 0;
    for (const auto& cell : cells) {
      height = std::max(height, static_cast<float>(cell.size()) * small_.line());
    }
    room(std::min(height + 2 * cell_padding, page_height - 3 * margin));
    if (page_ != page_before) print(head, widths, bold_);
    print(cells, widths, small_);
  }
  y_ -= plain_.size;
  return {};
}

Result<void> Printer::operator()(const Picture& picture) {
  const auto image = HPDF_LoadJpegImageFromMem(document_, picture.jpeg.data(),
                                               static_cast<HPDF_UINT>(picture.jpeg.size()));
  if (image == nullptr) {
    HPDF_ResetError(document_);
    lines(picture.caption + ": cannot be shown on paper, see " + picture.file, small_);
    return {};
  }
  const auto wide = static_cast<float>(HPDF_Image_GetWidth(image));
  const auto tall = static_cast<float>(HPDF_Image_GetHeight(image));
  const float scale = std::min({text_width / wide, picture_height_max / tall, 1.0F});
  room(tall * scale + small_.line() * 2);
  HPDF_Page_DrawImage(page_, image, margin, y_ - tall * scale, wide * scale, tall * scale);
  y_ -= tall * scale;
  lines(picture.caption, small_);
  y_ -= plain_.size;
  return {};
}

void Printer::number_pages() {
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    page_ = pages_[i];
    const auto text = "Page " + std::to_string(i + 1) + " of " + std::to_string(pages_.size());
    write(text, small_, page_width - margin - 60, margin / 2);
  }
}

}  // namespace

Result<std::string> pdf_of(const Document& document) {
  if (document.blocks.size() > blocks_max) {
    return fail(ErrorCode::limit_exceeded, "the document is too long for paper");
  }
  const Owned pdf(HPDF_New(nullptr, nullptr));
  REGMARK_CHECK(pdf != nullptr);
  HPDF_SetCompressionMode(pdf.get(), HPDF_COMP_TEXT);
  HPDF_SetInfoAttr(pdf.get(), HPDF_INFO_TITLE, latin(document.title).c_str());
  Printer printer(pdf.get());
  printer.title(document.title);
  for (const auto& block : document.blocks) REGMARK_TRY(std::visit(printer, block));
  printer.number_pages();
  HPDF_SaveToStream(pdf.get());
  if (HPDF_GetError(pdf.get()) != HPDF_OK) {
    return fail(ErrorCode::invalid_input, "the document cannot be put on paper");
  }
  std::string bytes(HPDF_GetStreamSize(pdf.get()), 0);
  auto size = static_cast<HPDF_UINT32>(bytes.size());
  HPDF_ReadFromStream(pdf.get(), reinterpret_cast<HPDF_BYTE*>(bytes.data()), &size);
  bytes.resize(size);
  return bytes;
}

}  // namespace regmark::documents
