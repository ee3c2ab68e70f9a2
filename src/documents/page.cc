#include "documents/page.h"

#include <string_view>

namespace regmark::documents {
namespace {

constexpr std::string_view style =
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "caption{text-align:left;font-weight:600;padding:.25rem 0}"
    "th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}"
    "p{white-space:pre-line}figure{margin:1rem 0}img{max-width:100%;height:auto}"
    "@media print{body{margin:0;max-width:none}tr,figure{break-inside:avoid}}";

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + escaped(text) + "</" + std::string(name) + ">";
}

class Writer {
 public:
  void operator()(const Heading& heading) {
    text_ += element(heading.level <= 2 ? "h2" : "h3", heading.text) + "\n";
  }
  void operator()(const Paragraph& paragraph) { text_ += element("p", paragraph.text) + "\n"; }
  void operator()(const Table& table) {
    text_ += "<table>\n";
    if (!table.caption.empty()) text_ += element("caption", table.caption) + "\n";
    text_ += "<thead><tr>";
    for (const auto& cell : table.head) text_ += "<th scope=\"col\">" + escaped(cell) + "</th>";
    text_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      text_ += "<tr>";
      for (const auto& cell : row) text_ += element("td", cell);
      text_ += "</tr>\n";
    }
    text_ += "</tbody>\n</table>\n";
  }
  void operator()(const Picture& picture) {
    text_ += "<figure><img src=\"" + escaped(picture.file) + "\" alt=\"" +
             escaped(picture.caption) + "\">" + element("figcaption", picture.caption) +
             "</figure>\n";
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string page_of(const Document& document) {
  Writer writer;
  for (const auto& block : document.blocks) std::visit(writer, block);
  return "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
         element("title", document.title) + "\n" + element("style", style) +
         "\n</head>\n<body>\n<main>\n" + element("h1", document.title) + "\n" + writer.take() +
         "</main>\n</body>\n</html>\n";
}

}  // namespace regmark::documents
