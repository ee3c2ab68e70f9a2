#include "documents/haru/pdf.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "documents/haru/latin.h"

namespace regmark::documents {
namespace {

std::size_t pages_in(const std::string& pdf) {
  const auto at = pdf.find("/Count ");
  return at == std::string::npos ? 0 : std::stoul(pdf.substr(at + 7));
}

base::Bytes some_jpeg() {
  return base::read_file(REGMARK_SOURCE_DIR "/testdata/pictures/street_01.jpg", 10U << 20U).value();
}

TEST(Pdf, IsOneWithAsManyPagesAsItNeeds) {
  Document document{.title = "Short", .blocks = {Paragraph{"One line."}}};
  auto pdf = pdf_of(document).value();
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  EXPECT_EQ(pages_in(pdf), 1U);
  EXPECT_EQ(pdf_of(document).value(), pdf);  // the same bytes each time
  for (int i = 0; i < 200; ++i) document.blocks.emplace_back(Paragraph{"One more line."});
  EXPECT_GT(pages_in(pdf_of(document).value()), 4U);
}

TEST(Pdf, TakesLongTablesAndLongCells) {
  Table table{"Many", {"number", "words"}, {}};
  for (int i = 0; i < 300; ++i) table.rows.push_back({std::to_string(i), "some words of a row"});
  EXPECT_GT(pages_in(pdf_of({.title = "t", .blocks = {table}}).value()), 4U);
  // A cell longer than a page, without a blank to break it at.
  const Table tall{"Tall", {"words"}, {{std::string(20'000, 'x')}}};
  EXPECT_GT(pages_in(pdf_of({.title = "t", .blocks = {tall}}).value()), 2U);
}

TEST(Pdf, HoldsPictures) {
  const auto with = pdf_of({.title = "t", .blocks = {Picture{"a.jpg", some_jpeg(), "a car"}}});
  ASSERT_TRUE(with);
  EXPECT_NE(with->find("/DCTDecode"), std::string::npos);
  // What a camera sent is not always one: the rest must still come out.
  const auto without =
      pdf_of({.title = "t", .blocks = {Picture{"a.jpg", {1, 2, 3}, "none"}, Paragraph{"More."}}});
  ASSERT_TRUE(without) << without.error().message;
  EXPECT_EQ(pages_in(*without), 1U);
}

TEST(Pdf, SaysWhatItCannotPrint) {
  const Table ragged{"Ragged", {"a", "b"}, {{"1"}}};
  EXPECT_EQ(pdf_of({.title = "t", .blocks = {ragged}}).error().code, ErrorCode::invalid_input);
  const Table wide{"Wide", std::vector<std::string>(13, "x"), {}};
  EXPECT_EQ(pdf_of({.title = "t", .blocks = {wide}}).error().code, ErrorCode::limit_exceeded);
}

TEST(Latin, KeepsWhatItCan) {
  EXPECT_EQ(latin("caf\xC3\xA9 \xE2\x82\xAC"), "caf\xE9 \x80");
  EXPECT_EQ(latin("\xFFx"), "?x");
  EXPECT_EQ(latin(""), "");
  EXPECT_EQ(latin(std::string(1'000, 'a')), std::string(1'000, 'a'));
}

}  // namespace
}  // namespace regmark::documents
