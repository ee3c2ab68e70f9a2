#include "watchlist/exchange.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regmark::watchlist {
namespace {

struct Rows {
  std::vector<ImportRow> good;
  std::string bad;  // "2:reason 5:reason"
};

Rows read(std::string_view csv) {
  auto reader = ExchangeReader::open(csv);
  EXPECT_TRUE(reader.has_value());
  Rows rows;
  while (auto next = reader->next()) {
    if (auto* row = std::get_if<ImportRow>(&*next)) {
      rows.good.push_back(*row);
    } else {
      const auto& rejected = std::get<RejectedRow>(*next);
      rows.bad +=
          (rows.bad.empty() ? "" : " ") + std::to_string(rejected.line) + ':' + rejected.reason;
    }
  }
  return rows;
}

TEST(ExchangeReader, ReadsTheSixteenColumnsWithoutAHeader) {
  const auto rows = read(
      "ab12 cde,FORD,FOCUS,BLUE,STOP,VI,Stolen,E41,Taken at "
      "night,52Z1,2027-01-31,27/1234X,OFFICIAL,"
      "CAD 17,one,two\r\n"
      "Q123ABC,BMW\r\n");
  EXPECT_EQ(rows.bad, "");
  ASSERT_EQ(rows.good.size(), 2U);
  const auto& first = rows.good[0];
  EXPECT_EQ(first.plate.text(), "AB12CDE");
  EXPECT_EQ(first.row.vrm, "ab12 cde");  // as given
  EXPECT_EQ(first.row.warning_markers, "VI");
  EXPECT_EQ(first.row.pnc_id, "27/1234X");
  EXPECT_EQ(first.row.spare_2, "two");
  ASSERT_TRUE(first.expires_at.has_value());
  EXPECT_EQ(base::format_utc(*first.expires_at), "2027-01-31T00:00:00.000Z");
  EXPECT_EQ(rows.good[1].row.make, "BMW");
  EXPECT_EQ(rows.good[1].line, 2U);
  EXPECT_FALSE(rows.good[1].expires_at.has_value());
}

TEST(ExchangeReader, FindsColumnsByTheirHeader) {
  const auto rows = read(
      "\xEF\xBB\xBFReason;Registration Number;Seen by;WEED_DATE;Colour\n"
      "Stolen;AB12CDE;nobody;31/01/2027;RED\n"
      ";KN05PQR;;;\n");
  EXPECT_EQ(rows.bad, "");
  ASSERT_EQ(rows.good.size(), 2U);
  EXPECT_EQ(rows.good[0].row, (ExchangeRow{.vrm = "AB12CDE",
                                           .make = {},
                                           .model = {},
                                           .colour = "RED",
                                           .action = {},
                                           .warning_markers = {},
                                           .reason = "Stolen",
                                           .grading = {},
                                           .information = {},
                                           .force_and_area = {},
                                           .weed_date = "31/01/2027",
                                           .pnc_id = {},
                                           .protective_marking = {},
                                           .cad = {},
                                           .spare_1 = {},
                                           .spare_2 = {}}));
  EXPECT_EQ(rows.good[1].line, 3U);
}

TEST(ExchangeReader, SaysOfEachBadRowWhyItIs) {
  const auto rows = read(
      "vrm,make,weed date\n"
      "AB12CDE,FORD,\n"
      "AB1*,FORD,\n"
      ",FORD,\n"
      "AB12CDEFGHIJK,FORD,\n"
      "AB12CDF,FORD,31-01-2027\n"
      "AB12CDG,FORD,30/02/2027\n"
      "AB12CDH,FORD\n"
      "AB12CDJ,FORD,,x\n"
      "\"AB12CDK,FORD,\n"
      "AB12CDL,FORD,2027-01-31\n");
  EXPECT_EQ(rows.bad,
            "3:registration mark: a character that no plate carries "
            "4:no registration mark "
            "5:registration mark: more than 10 characters "
            "6:a weed date is 2026-11-22 or 22/11/2026 "
            "7:a weed date is 2026-11-22 or 22/11/2026 "
            "8:2 fields where 3 columns are "
            "9:4 fields where 3 columns are "
            "10:a quote that is not closed");
  ASSERT_EQ(rows.good.size(), 2U);
  EXPECT_EQ(rows.good[1].plate.text(), "AB12CDL");
}

TEST(ExchangeReader, TakesNoColumnTwice) {
  const auto reader = ExchangeReader::open("vrm,make,MAKE\n");
  ASSERT_FALSE(reader.has_value());
  EXPECT_EQ(reader.error().code, ErrorCode::invalid_input);
  // Only a row that names the registration mark is a header.
  EXPECT_EQ(read("make,model\n").bad, "");
  EXPECT_EQ(read("make,model\n").good.size(), 1U);  // MAKE could be a plate abroad
  EXPECT_EQ(read("").good.size(), 0U);
}

TEST(ExchangeReader, RejectsWhatIsTooWide) {
  std::string csv = "AB12CDE";
  for (std::size_t at = 1; at < exchange_columns; ++at) csv += ",x";
  EXPECT_EQ(read(csv).bad, "1:a weed date is 2026-11-22 or 22/11/2026");
  EXPECT_EQ(read("AB12CDE,,,,,,,,,,,,,,,").bad, "");
  EXPECT_EQ(read("AB12CDE,,,,,,,,,,,,,,,,").bad, "1:17 fields where 16 columns are");
}

TEST(WeedDate, KnowsTwoForms) {
  struct Case {
    std::string_view text, want;
  };
  constexpr Case cases[] = {
      {"", "never"},
      {"  ", "never"},
      {"2027-01-31", "2027-01-31T00:00:00.000Z"},
      {" 31/01/2027 ", "2027-01-31T00:00:00.000Z"},
      {"29/02/2028", "2028-02-29T00:00:00.000Z"},
      {"29/02/2027", "bad"},
      {"12/31/2027", "bad"},  // never the American order
      {"1/1/2027", "bad"},
      {"31.01.2027", "bad"},
      {"2027-01-31T00:00:00Z", "bad"},
      {"tomorrow", "bad"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    const auto date = parse_weed_date(text);
    const auto told = !date ? "bad" : !*date ? "never" : base::format_utc(**date);
    EXPECT_EQ(told, want);
  }
}

RC_GTEST_PROP(ExchangeText, ReadsBackAsTheRow, ()) {
  const auto any_field =
      rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', ' ', ';'));
  ExchangeRow row;
  for (auto* field : {&row.vrm, &row.make, &row.reason, &row.information, &row.spare_2}) {
    *field = *any_field;
  }
  const auto text = exchange_text(row);
  RC_CLASSIFY(text.find('"') != std::string::npos, "with quotes");
  RC_ASSERT(parse_exchange_text(text).value() == row);
}

TEST(ExchangeText, IsOneRowOfSixteen) {
  EXPECT_FALSE(parse_exchange_text("").has_value());
  EXPECT_FALSE(parse_exchange_text("a,b").has_value());
  EXPECT_FALSE(parse_exchange_text(exchange_text({}) + "\na").has_value());
  EXPECT_TRUE(parse_exchange_text(exchange_text({})).has_value());
}

}  // namespace
}  // namespace regmark::watchlist
