#include "watchlist/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regmark::watchlist {
namespace {

// "1[a|b] 2!too many fields": each row with its line, or why it is bad.
std::string told(std::string_view text) {
  CsvReader reader(text);
  std::string all;
  while (const auto next = reader.next()) {
    if (!all.empty()) all += ' ';
    if (const auto* bad = std::get_if<BadCsvRow>(&*next)) {
      all += std::to_string(bad->line) + '!' + bad->reason;
      continue;
    }
    const auto& row = std::get<CsvRow>(*next);
    all += std::to_string(row.line) + '[';
    for (std::size_t at = 0; at < row.fields.size(); ++at) {
      all += (at > 0 ? "|" : "") + row.fields[at];
    }
    all += ']';
  }
  return all;
}

TEST(Csv, ReadsWhatPeopleSend) {
  struct Case {
    std::string_view text, want;
  };
  constexpr Case cases[] = {
      {"", ""},
      {"\n \r\n\t\n", ""},
      {"a,b,c", "1[a|b|c]"},
      {"a,b\nc,d\n", "1[a|b] 2[c|d]"},
      {"a,b\r\nc,d\r\n", "1[a|b] 2[c|d]"},
      {"a,b\rc,d\r", "1[a|b] 2[c|d]"},
      {"a,b\n\n\nc,d", "1[a|b] 4[c|d]"},
      {"\xEF\xBB\xBF"
       "a,b",
       "1[a|b]"},
      {",,", "1[||]"},
      {"a,\n", "1[a|]"},
      {" a , b ", "1[ a | b ]"},  // as given
      {"1E10,007", "1[1E10|007]"},
      {"\"a\",\"b,c\"", "1[a|b,c]"},
      {"\"a \"\"b\"\"\",c", "1[a \"b\"|c]"},
      {"\"a\nb\",c\nd", "1[a\nb|c] 3[d]"},
      {"\"a\r\nb\",c\r\nd", "1[a\r\nb|c] 3[d]"},
      {"\"\",\"\"", "1[|]"},
      {"5\" wheel,b", "1[5\" wheel|b]"},  // a quote that does not begin a field
      {"a;b,c;d", "1[a|b,c|d]"},
      {"a\tb;c", "1[a|b;c]"},
      {"\"a,b\";c", "1[a,b|c]"},  // the comma stands within quotes
      {"\n\na;b\nc;d,e", "3[a|b] 4[c|d,e]"},
      // Bad rows, each alone.
      {"\"a\"b,c\nd", "1!text behind a closing quote 2[d]"},
      {"\"a,b\nc,d\ne", "1!a quote that is not closed 2[c|d] 3[e]"},
      {"a,\"b\nc,d", "1!a quote that is not closed 2[c|d]"},
      {"a,\xC4\nb", "1!bytes that are no UTF-8 text 2[b]"},
      {"a,\x01\nb", "1!a control character 2[b]"},
      {"a,\xC2\x85\nb", "1!a control character 2[b]"},
      {std::string_view("a\0b\nc", 5), "1!a control character 2[c]"},
      {"Č,ж", "1[Č|ж]"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(told(text), want);
  }
}

TEST(Csv, HoldsItsLimits) {
  const auto fields = [](std::size_t count) {
    std::string text = "a";
    for (std::size_t at = 1; at < count; ++at) text += ",a";
    return text;
  };
  EXPECT_TRUE(told(fields(csv_fields_max)).starts_with("1["));
  EXPECT_EQ(told(fields(csv_fields_max + 1) + "\nb"), "1!too many fields 2[b]");
  const std::string longest(csv_field_size_max, 'x');
  EXPECT_EQ(told(longest), "1[" + longest + "]");
  EXPECT_EQ(told('"' + longest + '"'), "1[" + longest + "]");
  EXPECT_EQ(told(longest + "x\nb"), "1!a field that is too long 2[b]");
  EXPECT_EQ(told('"' + longest + "x\"\nb"), "1!a field that is too long 2[b]");
  // A quote that is never closed costs no more than one field, not the rest of the file.
  EXPECT_EQ(told("\"" + std::string(100'000, 'x') + "\nb"), "1!a field that is too long 2[b]");
}

RC_GTEST_PROP(Csv, WritesWhatItReads, ()) {
  const auto any_field = rc::gen::container<std::string>(
      rc::gen::element('a', ',', ';', '\t', '"', '\n', '\r', ' ', '1'));
  const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(rc::gen::resize(
      5, rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(any_field))));
  std::string text;
  std::vector<std::vector<std::string>> want;
  // The first row decides the delimiter.
  text += "a,b\n";
  for (const auto& row : rows) {
    if (row.size() > csv_fields_max) continue;
    const auto line = csv_row(row);
    text += line + *rc::gen::element("\n", "\r\n", "\n\n");
    const bool blank = line.find_first_not_of(" \t") == std::string::npos;
    if (!blank) want.push_back(row);
  }
  CsvReader reader(text);
  static_cast<void>(reader.next());
  std::vector<std::vector<std::string>> found;
  while (auto next = reader.next()) found.push_back(std::get<CsvRow>(*next).fields);
  RC_CLASSIFY(text.find("\"\"") != std::string::npos, "with quotes in quotes");
  RC_ASSERT(found == want);
}

}  // namespace
}  // namespace regmark::watchlist
