#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "access/cover.h"

namespace regmark::access {
namespace {

TEST(PatternCovers, WhatFitsItsStarsAndMarks) {
  const auto covers = [](const char* outer, const char* inner) {
    return pattern_covers(outer, inner);
  };
  EXPECT_TRUE(covers("AB12CDE", "ab12 cde"));
  EXPECT_FALSE(covers("AB12CDE", "AB12CDF"));
  EXPECT_TRUE(covers("", "AB12*"));
  EXPECT_TRUE(covers("", ""));
  EXPECT_FALSE(covers("AB12*", ""));
  EXPECT_TRUE(covers("AB12*", "AB12C*"));
  EXPECT_FALSE(covers("AB12C*", "AB12*"));
  EXPECT_TRUE(covers("AB??CDE", "AB1?CDE"));
  EXPECT_FALSE(covers("AB1?CDE", "AB??CDE"));
  EXPECT_TRUE(covers("?*", "*?"));
  EXPECT_TRUE(covers("*?", "?*"));
  EXPECT_TRUE(covers("*A*", "*BA?*"));
  EXPECT_FALSE(covers("*A?*", "*A*"));
  // An X may stand for what neither names, and must not be taken for it.
  EXPECT_FALSE(covers("X*", "?*"));
}

TEST(PatternCovers, NothingWhenItCannotTell) {
  const std::string rich = "*A" + std::string(20, '?');
  EXPECT_FALSE(can_cover(rich));
  EXPECT_FALSE(pattern_covers(rich, rich));
  EXPECT_TRUE(can_cover("*A?????*"));
  EXPECT_TRUE(can_cover(std::string(pattern_size_max, '?')));
  EXPECT_FALSE(can_cover(std::string(pattern_size_max + 1, '?')));
}

bool fits(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return fits(pattern.substr(1), text) || (!text.empty() && fits(pattern, text.substr(1)));
  }
  return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
         fits(pattern.substr(1), text.substr(1));
}

// All texts over two named letters and one unnamed, as long as tells all patterns of four apart.
const std::vector<std::string>& all_texts() {
  static const auto texts = [] {
    std::vector<std::string> all{""};
    for (std::size_t at = 0; at < all.size() && all[at].size() < 8; ++at) {
      for (const char c : {'A', 'B', 'X'}) all.push_back(all[at] + c);
    }
    return all;
  }();
  return texts;
}

RC_GTEST_PROP(PatternCovers, AgreesWithTryingEveryText, ()) {
  const auto pattern = [] {
    const auto size = *rc::gen::inRange<std::size_t>(1, 5);
    return *rc::gen::container<std::string>(size, rc::gen::elementOf(std::string("AB?*")));
  };
  const auto outer = pattern();
  const auto inner = pattern();
  bool covered = true;
  for (const auto& text : all_texts()) {
    if (fits(inner, text) && !fits(outer, text)) covered = false;
  }
  RC_ASSERT(pattern_covers(outer, inner) == covered);
}

TEST(ScopeCovers, EveryPartOfIt) {
  const auto time = [](const char* text) { return base::parse_utc(text).value(); };
  const auto camera = [](const char* text) { return base::CameraId::parse(text).value(); };
  const Scope outer{.plate = "AB12*",
                    .cameras = {camera("cam-1"), camera("cam-2")},
                    .area = base::Area{{52.0, 0.0}, 1'000},
                    .window = Window{time("2026-03-01T00:00:00Z"), time("2026-03-08T00:00:00Z")},
                    .rows_max = 100};
  EXPECT_TRUE(scope_covers(outer, outer));
  const auto with = [&](auto change) {
    auto inner = outer;
    change(inner);
    return scope_covers(outer, inner);
  };
  EXPECT_TRUE(with([](Scope& s) { s.plate = "AB12CDE"; }));
  EXPECT_FALSE(with([](Scope& s) { s.plate = "AB1*"; }));
  EXPECT_TRUE(with([](Scope& s) { s.cameras.pop_back(); }));
  EXPECT_FALSE(with([](Scope& s) { s.cameras.clear(); }));
  EXPECT_FALSE(with([&](Scope& s) { s.cameras.push_back(camera("cam-3")); }));
  EXPECT_TRUE(with([](Scope& s) { s.area->radius_m = 10; }));
  EXPECT_FALSE(with([](Scope& s) { s.area->centre.latitude += 0.001; }));
  EXPECT_FALSE(with([](Scope& s) { s.area.reset(); }));
  EXPECT_TRUE(with([&](Scope& s) { s.window->from = time("2026-03-02T00:00:00Z"); }));
  EXPECT_FALSE(with([&](Scope& s) { s.window->from = time("2026-02-28T00:00:00Z"); }));
  EXPECT_FALSE(with([&](Scope& s) { s.window->until = time("2026-03-08T00:00:01Z"); }));
  EXPECT_FALSE(with([](Scope& s) { s.window.reset(); }));
  EXPECT_FALSE(with([](Scope& s) { s.rows_max = 101; }));
  auto endless = outer;
  endless.window.reset();
  EXPECT_FALSE(scope_covers(endless, outer));
}

}  // namespace
}  // namespace regmark::access
