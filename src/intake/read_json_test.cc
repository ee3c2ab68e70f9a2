#include "intake/read_json.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/encoding.h"

namespace regmark::intake {
namespace {

// The fields a read must have, as JSON, with some replaced or added; an empty one is left out.
std::string a_message(const std::map<std::string, std::string>& changes = {}) {
  std::map<std::string, std::string> fields{{"source_event", R"("e-1")"},
                                            {"plate", R"("ab12 cde")"},
                                            {"score", "0.97"},
                                            {"observed", R"("2026-03-29T01:30:00+01:00")"},
                                            {"sent", R"("2026-03-29T00:30:01.5Z")"}};
  for (const auto& [name, value] : changes) fields[name] = value;
  std::string json;
  for (const auto& [name, value] : fields) {
    if (!value.empty()) json.append(json.empty() ? "{" : ",").append("\"" + name + "\":" + value);
  }
  return json + "}";
}

Result<ReadMessage> read(const std::string& json) {
  Dropped dropped;
  return ReadJson().read(json, dropped);
}

std::string outcome(const std::string& json) {
  const auto message = read(json);
  return message ? "ok" : std::string(name(message.error().code)) + ": " + message.error().message;
}

TEST(ReadJson, ReadsTheLeastThatMakesARead) {
  const auto message = read(a_message());
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->source_event, "e-1");
  EXPECT_EQ(message->plate.text(), "AB12CDE");
  EXPECT_EQ(message->raw_text, "ab12 cde");
  EXPECT_FLOAT_EQ(message->score, 0.97F);
  EXPECT_EQ(base::format_utc(message->observed), "2026-03-29T00:30:00.000Z");
  EXPECT_EQ(base::format_utc(message->sent), "2026-03-29T00:30:01.500Z");
  EXPECT_EQ(message->observed_by, plate::TimeSource::explicit_offset);
  EXPECT_EQ(message->phase, plate::Phase::final);
  EXPECT_FALSE(message->position || message->heading || message->lane || message->corners);
  EXPECT_TRUE(message->supersedes.empty() && message->country.empty());
}

TEST(ReadJson, ReadsEveryField) {
  const auto message = read(a_message({
      {"raw", R"("AB12 CDE")"},
      {"alternatives", R"([{"plate":"A812CDE","score":0.1},{"plate":"ab12 cdf","score":0.2}])"},
      {"character_scores", "[1,0.5,0.994,0.996,1,1,0]"},
      {"country", R"("gb")"},
      {"observed_by", R"("camera_setting")"},
      {"position", R"({"latitude":51.5,"longitude":-0.1})"},
      {"heading", "360"},
      {"direction", R"("receding")"},
      {"lane", "2"},
      {"corners", "[[1,2],[3.5,2],[3,-4],[1,4]]"},
      {"vehicle", R"({"class":{"text":"car","score":1},"make":{"text":"FORD","score":0.5},)"
                  R"("colour":{"text":"blue"}})"},
      {"reader", R"("reader 1.2")"},
      {"phase", R"("provisional")"},
      {"supersedes", R"("e-0")"},
      {"pictures", R"([{"kind":"overview","base64":"/9j/"}])"},
  }));
  ASSERT_TRUE(message.has_value()) << message.error().message;
  EXPECT_EQ(message->raw_text, "AB12 CDE");
  ASSERT_EQ(message->alternatives.size(), 2U);
  EXPECT_EQ(message->alternatives[0].text, "AB12CDF");  // best first
  EXPECT_EQ(message->character_scores, (std::vector<std::uint8_t>{100, 50, 99, 100, 100, 100, 0}));
  EXPECT_EQ(message->country, "GB");
  EXPECT_EQ(message->observed_by, plate::TimeSource::camera_setting);
  EXPECT_EQ(message->position, (base::Position{51.5, -0.1}));
  EXPECT_EQ(message->heading, 0.0F);
  EXPECT_EQ(message->direction, plate::Direction::receding);
  EXPECT_EQ(message->lane, 2);
  EXPECT_EQ(message->corners->at(2), (plate::Point{3, -4}));
  EXPECT_EQ(message->vehicle_class, (plate::Claim{"car", 1}));
  EXPECT_EQ(message->make, (plate::Claim{"FORD", 0.5}));
  EXPECT_EQ(message->colour, (plate::Claim{"blue", 0}));
  EXPECT_EQ(message->reader_version, "reader 1.2");
  EXPECT_EQ(message->phase, plate::Phase::provisional);
  EXPECT_EQ(message->supersedes, "e-0");
  ASSERT_EQ(message->pictures.size(), 1U);
  EXPECT_EQ(message->pictures[0].jpeg, (base::Bytes{0xFF, 0xD8, 0xFF}));
}

const std::string bad = "invalid_input: ";

struct WrongField {
  std::string field, value, want;
};

void expect_refused(const std::vector<WrongField>& wrong) {
  for (const auto& [field, value, want] : wrong) {
    SCOPED_TRACE(field + " " + value);
    EXPECT_EQ(outcome(a_message({{field, value}})), want);
  }
}

TEST(ReadJson, RefusesWrongEventsPlatesAndTimesByName) {
  expect_refused({
      {"source_event", "", bad + "source_event: missing"},
      {"source_event", "null", bad + "source_event: missing"},
      {"source_event", R"("")", bad + "source_event: empty"},
      {"source_event", "7", bad + "source_event: not a text"},
      {"source_event", "\"" + std::string(129, 'x') + "\"",
       bad + "source_event: longer than 128 bytes"},
      {"source_event", R"("a\u0000b")", bad + "source_event: holds a control character"},
      {"plate", "", bad + "plate: missing"},
      {"plate", "[]", bad + "plate: not a text"},
      {"plate", R"("")", bad + "plate: not a plate"},
      {"plate", R"("<script>")", bad + "plate: not a plate"},
      {"plate", R"("ABCDEFGHIJK")", bad + "plate: not a plate"},
      {"plate", "\"" + std::string(33, ' ') + "\"", bad + "plate: longer than 32 bytes"},
      {"score", "", bad + "score: missing"},
      {"score", R"("0.9")", bad + "score: not a number"},
      {"score", "1.01", bad + "score: out of range"},
      {"score", "-0.1", bad + "score: out of range"},
      {"score", "1e999", bad + "the read is not JSON"},
      {"score", "NaN", bad + "the read is not JSON"},
      {"observed", "", bad + "observed: missing"},
      {"observed", "1774744200", bad + "observed: not a text"},
      {"observed", R"("2026-03-29T00:30:00")",
       bad + "observed: not a time with an offset (RFC 3339)"},
      {"observed", R"("2026-02-30T00:30:00Z")",
       bad + "observed: not a time with an offset (RFC 3339)"},
      {"observed", R"("9999-01-01T00:00:00Z")",
       bad + "observed: not a time with an offset (RFC 3339)"},
      {"sent", "", bad + "sent: missing"},
      {"sent", R"("yesterday")", bad + "sent: not a time with an offset (RFC 3339)"},
      {"observed_by", R"("guess")", bad + "observed_by: not one of its words"},
  });
}

TEST(ReadJson, RefusesWrongReadingsByName) {
  expect_refused({
      {"raw", "\"" + std::string(33, 'x') + "\"", bad + "raw: longer than 32 bytes"},
      {"alternatives", "{}", bad + "alternatives: not a list"},
      {"alternatives", "[1]", bad + "alternatives: not an object"},
      {"alternatives", R"([{"plate":"AB12CDE"}])",
       bad + "alternatives: each needs a plate and a score"},
      {"alternatives", R"([{"plate":"?","score":1}])", bad + "alternatives: not a plate"},
      {"alternatives", "[1,2,3,4,5,6]", bad + "alternatives: more than 5"},
      {"character_scores", "[1,1]",
       bad + "character_scores: not one for each character of the plate"},
      {"character_scores", "[2]", bad + "character_scores: out of range"},
      {"character_scores", "[0,0,0,0,0,0,0,0,0,0,0]", bad + "character_scores: more than 10"},
      {"country", R"("GBR")", bad + "country: longer than 2 bytes"},
      {"country", R"("G")", bad + "country: not two letters (ISO 3166-1)"},
      {"country", R"("12")", bad + "country: not two letters (ISO 3166-1)"},
      {"corners", "[[1,2],[3,4],[5,6]]", bad + "corners: a plate has four"},
      {"corners", "[[1],[3,4],[5,6],[7,8]]", bad + "corners: each is x and y"},
      {"corners", "[[1,1e9],[3,4],[5,6],[7,8]]", bad + "corners: out of range"},
      {"reader", "\"" + std::string(65, 'x') + "\"", bad + "reader: longer than 64 bytes"},
      {"phase", R"("done")", bad + "phase: not one of its words"},
      {"supersedes", R"("e-1")", bad + "supersedes: a read cannot correct itself"},
      {"pictures", R"([{"kind":"plate"}])", bad + "pictures: each needs a kind and base64"},
      {"pictures", R"([{"kind":"boot","base64":""}])", bad + "pictures: not one of its words"},
      {"pictures", R"([{"kind":"plate","base64":"%%"}])", bad + "pictures: not base64"},
  });
}

TEST(ReadJson, RefusesWrongPlacesAndVehiclesByName) {
  expect_refused({
      {"position", R"({"latitude":91,"longitude":0})", bad + "position: out of range"},
      {"position", R"({"latitude":51})", bad + "position: needs a latitude and a longitude"},
      {"position", "[51,0]", bad + "position: not an object"},
      {"heading", "-1", bad + "heading: out of range"},
      {"direction", R"("up")", bad + "direction: not one of its words"},
      {"lane", "1.5", bad + "lane: not a whole number"},
      {"lane", "256", bad + "lane: out of range"},
      {"lane", "18446744073709551615", bad + "lane: not a whole number"},
      {"vehicle", R"("car")", bad + "vehicle: not an object"},
      {"vehicle", R"({"make":"FORD"})", bad + "vehicle: not an object"},
      {"vehicle", R"({"make":{"text":"FORD","score":7}})", bad + "vehicle: out of range"},
  });
}

TEST(ReadJson, RefusesWhatIsNotOneObject) {
  struct Case {
    std::string json, want;
  };
  const auto good = a_message();
  const Case cases[] = {
      {"", bad + "the read is not JSON"},
      {"{", bad + "the read is not JSON"},
      {"{}", bad + "observed: missing"},
      {"null", bad + "the read is not a JSON object"},
      {"[" + good + "]", bad + "the read is not a JSON object"},
      {good + good, bad + "the read is not JSON"},
      {good + "x", bad + "the read is not JSON"},
      {"\xEF\xBB\xBF" + good, bad + "the read is not JSON"},  // a byte order mark
      {R"({"plate":"AB12CDE","plate":"XY34ZZZ"})", bad + "plate: there twice"},
      {a_message({{"reader", "\"caf\xE9\""}}), bad + "the read is not UTF-8"},  // Latin-1
      {a_message({{"reader", "\"\xED\xA0\x80\""}}), bad + "the read is not UTF-8"},
      {std::string("{\0\"\0p\0", 6), bad + "the read is not JSON"},  // UTF-16
      {a_message({{"x", std::string(nesting_max, '[') + std::string(nesting_max, ']')}}),
       "limit_exceeded: the read is nested too deeply"},
      {std::string(1'000'000, '['), bad + "the read is not JSON"},
      {std::string(700'000, '[') + std::string(700'000, ']'),
       "limit_exceeded: the read is nested too deeply"},
      {a_message({{"x", "\"" + std::string(read_size_max, 'x') + "\""}}),
       "limit_exceeded: the read is too large"},
  };
  for (const auto& [json, want] : cases) {
    SCOPED_TRACE(json.substr(0, 100));
    EXPECT_EQ(outcome(json), want);
  }
  const auto deep = std::string(nesting_max - 2, '[') + std::string(nesting_max - 2, ']');
  EXPECT_EQ(outcome(a_message({{"x", deep}})), "ok");
}

TEST(ReadJson, NeverRepeatsWhatAFieldHolds) {
  for (const auto& [field, value] : std::map<std::string, std::string>{
           {"plate", R"("SECRET1!!")"}, {"raw", "\"SECRET1" + std::string(40, 'x') + "\""}}) {
    EXPECT_EQ(outcome(a_message({{field, value}})).find("SECRET1"), std::string::npos);
  }
}

TEST(ReadJson, DropsAndListsWhatMustNotBeHeld) {
  Dropped dropped;
  ReadJson reader;
  const auto message =
      reader.read(a_message({{"occupants", "2"},
                             {"vehicle", R"({"signature":"abc","make":{"text":"FORD"}})"},
                             {"extra", R"([{"deep":{"driverFace":{"base64":"AAAA"}}}])"},
                             {"pictures", R"([{"kind":"face","base64":"AAAA"}])"},
                             {"unknown", "1"}}),
                  dropped);
  ASSERT_TRUE(message.has_value()) << message.error().message;
  EXPECT_TRUE(message->pictures.empty());
  EXPECT_EQ(dropped.names(),
            (std::vector<std::string>{"occupants", "faces", "vehicle_fingerprint"}));
  // Also where the read itself is refused.
  Dropped refused;
  EXPECT_FALSE(reader.read(a_message({{"alternatives", "1"}, {"smoking", "true"}}), refused));
  EXPECT_EQ(refused.names(), std::vector<std::string>{"smoking"});
}

TEST(ReadJson, ReadsOneAfterAnother) {
  ReadJson reader;
  Dropped dropped;
  const auto large = base::to_base64(base::Bytes(600'000, 7));
  for (int i = 0; i < 20; ++i) {
    const auto event = "\"" + std::to_string(i) + "\"";
    const auto pictures = R"([{"kind":"plate","base64":")" + (i % 5 == 0 ? large : "") + "\"}]";
    const auto message =
        reader.read(a_message({{"source_event", event}, {"pictures", pictures}}), dropped);
    ASSERT_TRUE(message.has_value());
    EXPECT_EQ(message->source_event, std::to_string(i));
    EXPECT_EQ(message->pictures[0].jpeg.size(), i % 5 == 0 ? 600'000U : 0U);
    EXPECT_FALSE(reader.read("{", dropped).has_value());
  }
}

}  // namespace
}  // namespace regmark::intake
