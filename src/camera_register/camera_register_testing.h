// A made-up force's register: what was put up and taken down over ten years, at what cost, and what
// nobody wrote down. Never included by a program.
#pragma once

#include <random>
#include <string>

#include "base/check.h"
#include "camera_register/camera_register.h"

namespace regmark::camera_register {

inline base::UtcDay test_day(std::string_view text) {
  return base::parse_day(text).value();
}

inline Particulars test_camera(std::string_view id, std::string_view installed = "") {
  Particulars one{.camera = base::CameraId::parse(id).value()};
  if (!installed.empty()) one.installed = {test_day(installed), Certainty::exact};
  return one;
}

// `count` cameras, body-worn ones and CCTV as a whole, and costs of ten years up to `until`.
inline Entries made_up_force(std::size_t count, base::UtcDay until, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::uint32_t bound) { return random() % bound; };
  constexpr std::uint32_t days = 3'650;
  Entries entries;
  for (std::size_t i = 0; i < count; ++i) {
    Particulars one{.camera = base::CameraId::parse("camera-" + std::to_string(i + 1)).value(),
                    .kind = all_kinds[below(5)],
                    .owner = below(8) == 0 ? "" : "Made-up Constabulary",
                    .controller = "Chief Officer"};
    const auto age = std::chrono::days{1 + below(days)};
    if (below(10) != 0) {
      one.installed = {until - age, below(5) == 0 ? Certainty::approximate : Certainty::exact};
    }
    if (below(6) == 0) {
      one.is_removed = true;
      const auto since = std::chrono::days{below(static_cast<std::uint32_t>(age.count()))};
      if (below(10) != 0) one.removed = {until - since, Certainty::exact};
    }
    one.ground = all_grounds[below(std::size(all_grounds))];
    if (below(2) == 0) one.impact_published = until - std::chrono::days{below(400)};
    entries.cameras.push_back(std::move(one));
  }
  // Three cameras a site, reviewed each year, some late.
  for (std::size_t site = 1; site <= (count + 2) / 3; ++site) {
    const auto id = base::SiteId::parse("site-" + std::to_string(site)).value();
    for (int year = 1; year <= 10; ++year) {
      entries.reviews.push_back({id, until - std::chrono::days{365 * year + below(60)}});
    }
  }
  for (int year = 0; year <= 10; ++year) {
    const auto day = until - std::chrono::days{365 * year};
    const int number = static_cast<int>(std::chrono::year_month_day{day}.year());
    entries.counts.push_back({CameraKind::body_worn, day,
                              2'000 - 100 * static_cast<std::uint64_t>(year),
                              year > 7 ? Certainty::approximate : Certainty::exact});
    for (const auto kind : all_cost_kinds) {
      entries.costs.push_back({number, kind, 10'000 + below(90'000), Certainty::exact});
    }
  }
  return entries;
}

// Every site that has a review.
inline std::set<base::SiteId> sites_of(const Entries& entries) {
  std::set<base::SiteId> sites;
  for (const auto& review : entries.reviews) sites.insert(review.site);
  return sites;
}

}  // namespace regmark::camera_register
