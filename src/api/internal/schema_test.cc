#include "api/internal/schema.h"

#include <gtest/gtest.h>

#include <set>

#include "api/internal/guard.h"
#include "api/internal/openapi.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "intake/read_json.h"
#include "plate/read_testing.h"

namespace regmark::api {
namespace {

// What does not fit, in its own words; "fits" when all does.
std::string verdict(const Json& schema, std::string_view body) {
  const auto value = Json::parse(body);
  const Json named_here{{"Small", integer(0, 9)}};
  return mismatch(value, schema, named_here).value_or("fits");
}

TEST(Schema, SaysWhatDoesNotFit) {
  const Json whole = object({{"id", id_text()},
                             {"note", text(3), Need::optional},
                             {"at", time_text(), Need::optional},
                             {"day", day_text(), Need::optional},
                             {"n", or_null(named("Small")), Need::optional},
                             {"x", number(-1, 1), Need::optional},
                             {"on", flag(), Need::optional},
                             {"kind", one_of({"a", "b"}), Need::optional},
                             {"list", list_of(object({{"y", integer(1, 2)}}), 2), Need::optional},
                             {"any", any_object(), Need::optional}});
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"({"id":"a"})", "fits"},
      {R"({"id":"a","note":"äöü","at":"2026-03-29T00:30:00+01:00","day":"2026-02-28","n":9,
           "x":-1,"on":true,"kind":"b","list":[{"y":1},{"y":2}],"any":{"z":[1]}})",
       "fits"},
      {R"({"id":"a","n":null})", "fits"},
      {R"([])", "the body: must be an object"},
      {R"({})", "id: is missing"},
      {R"({"id":null})", "id: must be text"},
      {R"({"id":""})", "id: is too short"},
      {R"({"id":"a b"})", "id: must be 1 to 64 letters, digits, '.', '_' or '-'"},
      {R"({"id":"a","note":"abcd"})", "note: must have at most 3 characters"},
      {R"({"id":"a","at":"2026-03-29T00:30:00"})",
       "at: must be a time with an offset, such as 2026-11-22T02:40:04Z"},
      {R"({"id":"a","day":"2026-02-30"})", "day: must be a day, such as 2026-11-22"},
      {R"({"id":"a","n":10})", "n: must be from 0 to 9"},
      {R"({"id":"a","n":-1})", "n: must be from 0 to 9"},
      {R"({"id":"a","n":18446744073709551615})", "n: must be from 0 to 9"},
      {R"({"id":"a","n":1.0})", "n: must be a whole number"},
      {R"({"id":"a","n":"1"})", "n: must be a whole number"},
      {R"({"id":"a","x":1.01})", "x: must be from -1.0 to 1.0"},
      {R"({"id":"a","on":1})", "on: must be true or false"},
      {R"({"id":"a","kind":"c"})", "kind: must be one of: a, b"},
      {R"({"id":"a","list":{}})", "list: must be a list"},
      {R"({"id":"a","list":[{"y":1},{"y":1},{"y":1}]})", "list: must have at most 2 items"},
      {R"({"id":"a","list":[{"y":1},{"y":3}]})", "list[1].y: must be from 1 to 2"},
      {R"({"id":"a","any":1})", "any: must be an object"},
      {R"({"id":"a","more":1})", "the body: has no member called more"},
      // What came from outside is repeated only when it is harmless.
      {R"({"id":"a","\u0000<script>":1})", "the body: has no member called (unnamed)"},
  };
  for (const auto& [body, want] : cases) {
    SCOPED_TRACE(body);
    EXPECT_EQ(verdict(whole, body), want);
  }
}

std::string outcome(std::string_view body) {
  const auto parsed = parse_json(body);
  return parsed ? to_text(*parsed) : name(parsed.error().code);
}

TEST(ParseJson, TakesJsonAndNothingElse) {
  const std::string deep(depth_max, '[');
  const std::string deep_end(depth_max, ']');
  const std::pair<std::string, std::string> cases[] = {
      {R"( {"a":[1,2.5,"x",null,true]} )", R"({"a":[1,2.5,"x",null,true]})"},
      {deep + deep_end, deep + deep_end},
      {R"({"a":{"b":1},"c":{"b":1}})", R"({"a":{"b":1},"c":{"b":1}})"},
      {"[" + deep + deep_end + "]", "limit_exceeded"},
      {std::string(100'000, '['), "limit_exceeded"},
      {"", "invalid_input"},
      {"{", "invalid_input"},
      {"{}{}", "invalid_input"},
      {"[1e999]", "invalid_input"},
      {"[NaN]", "invalid_input"},
      {"\"\xc3\"", "invalid_input"},
      {"\"\xed\xa0\x80\"", "invalid_input"},
      {R"({"a":1,"a":1})", "invalid_input"},
      {R"([{"a":{"b":1,"b":2}}])", "invalid_input"},
  };
  for (const auto& [body, want] : cases) {
    SCOPED_TRACE(body.substr(0, 40));
    EXPECT_EQ(outcome(body), want);
  }
}

TEST(PercentDecoded, ReadsWhatEncodeUriComponentWrites) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},           {"a%20b", "a b"},   {"caf%C3%A9", "caf\xc3\xa9"},
      {"a%2Fb", "a/b"},   {"100%25", "100%"}, {"plain text", "plain text"},
      {"%", "invalid"},   {"%4", "invalid"},  {"%g0", "invalid"},
      {"%-1", "invalid"}, {"%0A", "invalid"}, {"%7f", "invalid"},
      {"%00", "invalid"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(percent_decoded(text).value_or("invalid"), want);
  }
}

// A keyword that the checker does not know would be a promise that nobody keeps.
void expect_only_known_keywords(const Json& schema) {
  static const std::set<std::string> known = {
      "$ref",    "anyOf",    "type",    "properties", "required",  "additionalProperties",
      "items",   "maxItems", "enum",    "maxLength",  "minLength", "format",
      "pattern", "minimum",  "maximum", "description"};
  for (const auto& [keyword, value] : schema.items())
    EXPECT_TRUE(known.contains(keyword)) << keyword;
  for (const auto& member : schema.value("properties", Json::object())) {
    expect_only_known_keywords(member);
  }
  if (schema.contains("items")) expect_only_known_keywords(schema.at("items"));
  if (schema.contains("anyOf")) expect_only_known_keywords(schema.at("anyOf").front());
}

TEST(Schema, EveryShapeUsesOnlyWhatIsChecked) {
  for (const auto& schema : named_schemas()) expect_only_known_keywords(schema);
  int bodies = 0;
  for (const auto& endpoint : whole_table()) {
    if (endpoint.body) expect_only_known_keywords(*endpoint.body);
    if (endpoint.success.schema) expect_only_known_keywords(*endpoint.success.schema);
    bodies += endpoint.body ? 1 : 0;
  }
  EXPECT_GT(bodies, 15);
}

TEST(Status, FollowsTheOneTable) {
  const std::pair<ErrorCode, int> cases[] = {
      {ErrorCode::invalid_input, 400},  {ErrorCode::not_found, 404},   {ErrorCode::conflict, 409},
      {ErrorCode::limit_exceeded, 413}, {ErrorCode::unavailable, 503}, {ErrorCode::corrupt, 500},
  };
  for (const auto& [code, status] : cases) {
    EXPECT_EQ(status_of(code), status);
    const auto response = problem_of({code, "why"});
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(Json::parse(response.body).at("code"), name(code));
    EXPECT_FALSE(mismatch(Json::parse(response.body), named("Problem"), named_schemas()));
  }
}

// What cameras send is read by intake, not by these schemas: here the document is held to it.
TEST(CameraRead, IsDocumentedAsItIsRead) {
  const Json whole = {
      {"source_event", "e-1"},
      {"plate", "AB12CDE"},
      {"raw", "AB12 CDE"},
      {"score", 0.97},
      {"alternatives", Json::array({{{"plate", "AB12CDF"}, {"score", 0.02}}})},
      {"character_scores", {1, 1, 1, 1, 1, 1, 1}},
      {"country", "GB"},
      {"observed", "2026-03-29T00:30:00Z"},
      {"observed_by", "assumed"},
      {"sent", "2026-03-29T00:30:01Z"},
      {"position", {{"latitude", 54.0}, {"longitude", -2.0}}},
      {"heading", 90},
      {"direction", "receding"},
      {"lane", 2},
      {"corners", Json::array({{1, 1}, {9, 1}, {9, 3}, {1, 3}})},
      {"vehicle", {{"make", {{"text", "FORD"}, {"score", 0.8}}}}},
      {"reader", std::string(intake::reader_size_max, 'r')},
      {"phase", "final"},
      {"supersedes", "e-0"},
      {"pictures", Json::array({{{"kind", "plate"}, {"base64", "/9j/"}}})},
  };
  const auto agree = [&](const Json& read) {
    intake::Dropped dropped;
    const bool is_read = intake::ReadJson().read(read.dump(), dropped).has_value();
    const auto wrong = mismatch(read, named_schemas().at("CameraRead"), named_schemas());
    EXPECT_EQ(is_read, !wrong) << wrong.value_or("");
    return is_read;
  };
  EXPECT_TRUE(agree(whole));
  std::set<std::string> documented;
  for (const auto& [name, schema] : named_schemas().at("CameraRead").at("properties").items()) {
    documented.insert(name);
  }
  for (const auto& [name, value] : whole.items()) {
    SCOPED_TRACE(name);
    EXPECT_EQ(documented.erase(name), 1U);
    auto without = whole;
    without.erase(name);
    agree(without);
    auto wrong = whole;
    wrong[name] = true;
    EXPECT_FALSE(agree(wrong));
  }
  EXPECT_TRUE(documented.empty()) << *documented.begin();
  auto long_reader = whole;
  long_reader["reader"] = std::string(intake::reader_size_max + 1, 'r');
  EXPECT_FALSE(agree(long_reader));
}

// An owner who hands in a vehicle that somebody took off the list must hear that it does not fire.
TEST(ImportReport, CountsRowsThatStayEnded) {
  watchlist::ImportReport report;
  report.still_ended = 3;
  EXPECT_EQ(show(report).at("still_ended"), 3);
  EXPECT_FALSE(mismatch(show(report), named("ImportReport"), named_schemas()));
}

TEST(ShownRead, SaysWhatItCorrectsAndHowItsTimeWasKnown) {
  auto read = plate::a_read("cam-1", "AB12CDE", "2026-03-29T00:30:00Z");
  EXPECT_EQ(show(read).at("supersedes"), nullptr);
  const auto earlier = plate::ReadId::of(read.camera, "earlier");
  read.supersedes = earlier;
  read.observed_by = plate::TimeSource::assumed;
  EXPECT_EQ(show(read).at("supersedes"), earlier.text());
  EXPECT_EQ(show(read).at("observed_by"), "assumed");
  EXPECT_FALSE(mismatch(show(read), named("Read"), named_schemas()));
}

}  // namespace
}  // namespace regmark::api
