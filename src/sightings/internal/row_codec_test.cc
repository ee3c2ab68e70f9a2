#include "sightings/internal/row_codec.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "sightings/sightings_testing.h"

namespace regmark::sightings::internal {
namespace {

// A book in memory.
class Book final : public TextNumbers, public TextBook {
 public:
  std::uint32_t number_of(TextKind kind, std::string_view text) override {
    auto& texts = texts_[kind];
    const auto known = std::ranges::find(texts, text);
    if (known == texts.end()) texts.emplace_back(text);
    return static_cast<std::uint32_t>(std::ranges::find(texts, text) - texts.begin()) + 1;
  }
  std::optional<std::string> text_of(TextKind kind, std::uint32_t number) const override {
    const auto texts = texts_.find(kind);
    if (texts == texts_.end() || number == 0 || number > texts->second.size()) return std::nullopt;
    return texts->second[number - 1];
  }

 private:
  std::map<TextKind, std::vector<std::string>> texts_;
};

const base::UtcTime noon = base::parse_utc("2026-03-29T12:00:00Z").value();

std::vector<PicturePlace> places_for(const plate::Read& read) {
  std::vector<PicturePlace> places;
  for (std::uint32_t at = 0; at < read.pictures.size(); ++at) places.push_back({at + 1, 99});
  return places;
}

RC_GTEST_PROP(RowCodec, ReadsBackWhatItWrote, (std::uint64_t seed)) {
  ReadMaker maker(seed);
  auto read = maker.any("cam-1", maker.plate_text(), noon + std::chrono::microseconds{seed % 999},
                        maker.one_in(3)   ? maker.uuid()
                        : maker.one_in(2) ? std::to_string(seed)
                                          : "frame-00" + std::to_string(seed));
  if (maker.one_in(3)) read.id = plate::ReadId::of(read.camera, "another");
  if (maker.one_in(2)) {
    read = with_pictures(read, {maker.picture(plate::PictureKind::overview),
                                maker.picture(plate::PictureKind::plate)})
               .read;
  }
  RC_ASSERT(check_bounds(read).has_value());
  const auto places = places_for(read);
  Book book;
  NoTexts no_texts;
  for (auto* texts : {static_cast<TextNumbers*>(&book), static_cast<TextNumbers*>(&no_texts)}) {
    const auto bytes = encode_row(read, places, *texts);
    const auto row = decode_row({read.camera, read.plate, read.observed}, bytes, book);
    RC_ASSERT(row.has_value());
    RC_ASSERT(equal(row->read, read));
    RC_ASSERT(row->places == places);
    // A part of a row is none.
    const auto part = std::span(bytes).first(maker.below(bytes.size()));
    RC_ASSERT(!decode_row({read.camera, read.plate, read.observed}, part, book).has_value());
  }
}

// Numbers that it does not keep exactly come back near, and then stay as they are.
RC_GTEST_PROP(RowCodec, KeepsWhatItRounded, (std::uint64_t seed)) {
  ReadMaker maker(seed);
  auto read = maker.any("cam-1", "AB12CDE", noon, "1");
  const auto fraction = [&] { return static_cast<float>(maker.below(1'000'000)) / 1e6F; };
  read.score = fraction();
  for (auto& other : read.alternatives) other.score = fraction();
  read.received += std::chrono::microseconds{maker.below(1'000)};
  read.position = base::Position{51.123456789012, -0.987654321098};
  read.position_by = plate::PositionSource::camera;
  read.heading = 359.999F * fraction();
  read.corners = std::array<plate::Point, 4>{};
  for (auto& corner : *read.corners) corner = {1'000 * fraction(), 1'000 * fraction()};
  const auto kept = as_kept(read);
  RC_ASSERT(std::abs(kept.score - read.score) <= 0.0025001F);
  RC_ASSERT(read.received - kept.received < std::chrono::milliseconds{1});
  RC_ASSERT(base::distance_m(*kept.position, *read.position) < 0.01);
  RC_ASSERT(std::abs(*kept.heading - *read.heading) <= 0.00501F);
  RC_ASSERT(std::abs((*kept.corners)[2].y - (*read.corners)[2].y) <= 0.125F);
  RC_ASSERT(equal(as_kept(kept), kept));
  RC_ASSERT(same_content(kept, read));
}

TEST(RowCodec, OrdinaryReadsTakeFewBytes) {
  ReadMaker maker(1);
  auto read = maker.plain("cam-1", "AB12CDE", noon, maker.uuid());
  read.raw_text = "AB12 CDE";
  read.country = "GB";
  read.position = base::Position{51.5, -0.1};
  read.lane = 2;
  read.make = {"FORD", 0.8F};
  read.colour = {"blue", 0.7F};
  read.reader_version = "1.2.3";
  Book book;
  EXPECT_LE(encode_row(read, {}, book).size(), 28U);  // 16 of them the camera's UUID
}

TEST(RowCodec, RefusesWhatItCannotKeep) {
  struct Case {
    const char* what;
    std::function<void(plate::Read&)> change;
  };
  const auto nan = std::numeric_limits<float>::quiet_NaN();
  const Case cases[] = {
      {"no event", [](auto& read) { read.source_event.clear(); }},
      {"a long event", [](auto& read) { read.source_event.assign(129, 'x'); }},
      {"a long raw text", [](auto& read) { read.raw_text.assign(33, 'x'); }},
      {"a score that is none", [&](auto& read) { read.score = nan; }},
      {"a score above one", [](auto& read) { read.score = 1.01F; }},
      {"many alternatives", [](auto& read) { read.alternatives.resize(6); }},
      {"a long alternative",
       [](auto& read) {
         read.alternatives = {{std::string(33, 'x'), 1}};
       }},
      {"many character scores", [](auto& read) { read.character_scores.resize(32); }},
      {"a long country", [](auto& read) { read.country = "GBR"; }},
      {"an ancient time", [](auto& read) { read.sent = base::UtcTime::min(); }},
      {"a time far ahead", [](auto& read) { read.received = base::UtcTime::max(); }},
      {"a place off the earth",
       [](auto& read) {
         read.position = {{91, 0}};
       }},
      {"a heading that is none", [&](auto& read) { read.heading = nan; }},
      {"a heading past the circle", [](auto& read) { read.heading = 361.0F; }},
      {"corners that are none",
       [&](auto& read) {
         read.corners = {{{nan, 0}, {}, {}, {}}};
       }},
      {"a long claim",
       [](auto& read) {
         read.make = {std::string(65, 'x'), 1};
       }},
      {"a claim's score",
       [](auto& read) {
         read.colour = {"red", -1};
       }},
      {"a long version", [](auto& read) { read.reader_version.assign(65, 'x'); }},
      {"two pictures of a kind", [](auto& read) { read.pictures.resize(2); }},
  };
  for (const auto& [what, change] : cases) {
    SCOPED_TRACE(what);
    auto read = ReadMaker(1).plain("cam-1", "AB12CDE", noon, "1");
    EXPECT_TRUE(check_bounds(read));
    change(read);
    EXPECT_EQ(check_bounds(read).error().code, ErrorCode::invalid_input);
  }
}

TEST(SameContent, LooksAtWhatTheCameraSaid) {
  struct Case {
    const char* what;
    bool same;
    std::function<void(plate::Read&)> change;
  };
  using std::chrono::milliseconds;
  const Case cases[] = {
      {"sent later", true, [](auto& read) { read.sent += milliseconds{5}; }},
      {"received later", true, [](auto& read) { read.received += milliseconds{5}; }},
      {"late", true, [](auto& read) { read.late = true; }},
      {"skewed", true, [](auto& read) { read.skewed = true; }},
      {"a site measured anew", true,
       [](auto& read) {
         read.position = {{1, 2}};
       }},
      {"a position of its own", false,
       [](auto& read) { read.position_by = plate::PositionSource::camera; }},
      {"seen later", false, [](auto& read) { read.observed += milliseconds{5}; }},
      {"another plate", false,
       [](auto& read) { read.plate = plate::Plate::parse("AB12CDF").value(); }},
      {"another raw text", false, [](auto& read) { read.raw_text = "AB12CD"; }},
      {"another score", false, [](auto& read) { read.score = 0.5F; }},
      {"a lane", false, [](auto& read) { read.lane = 1; }},
      {"a make", false,
       [](auto& read) {
         read.make = {"FORD", 0.5F};
       }},
      {"a picture", false, [](auto& read) { read.pictures.resize(1); }},
      {"what it supersedes", false, [](auto& read) { read.supersedes = read.id; }},
  };
  for (const auto& [what, same, change] : cases) {
    SCOPED_TRACE(what);
    auto read = ReadMaker(1).plain("cam-1", "AB12CDE", noon, "1");
    read.score = 0.9F;
    read.position = base::Position{51, 0};
    auto other = read;
    change(other);
    EXPECT_EQ(same_content(read, other), same);
  }
}

}  // namespace
}  // namespace regmark::sightings::internal
