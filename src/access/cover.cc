#include "access/cover.h"

#include <algorithm>
#include <bitset>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace regmark::access {
namespace {

constexpr std::size_t states_max = 4'096;
// Stands for every character that neither pattern names.
constexpr char other = '\0';

// "" is any plate; runs of stars are one.
std::string folded(std::string_view pattern) {
  std::string text;
  for (const char c : pattern) {
    if (c == ' ' || c == '-' || (c == '*' && text.ends_with('*'))) continue;
    text.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  }
  return text.empty() ? "*" : text;
}

// The places of a pattern at which a text so far may stand: place n is before its nth character.
// A pattern longer than pattern_size_max never gets here.
using Places = std::bitset<pattern_size_max + 1>;

struct Smaller {
  bool operator()(const Places& a, const Places& b) const { return a.to_string() < b.to_string(); }
};

// A star may be passed over without a character.
void pass_stars(const std::string& pattern, Places& places) {
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (places[at] && pattern[at] == '*') places.set(at + 1);
  }
}

Places start(const std::string& pattern) {
  Places places;
  places.set(0);
  pass_stars(pattern, places);
  return places;
}

Places step(const std::string& pattern, const Places& from, char c) {
  Places to;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (!from[at]) continue;
    if (pattern[at] == '*') to.set(at);
    if (pattern[at] == '?' || (pattern[at] == c && c != other)) to.set(at + 1);
  }
  pass_stars(pattern, to);
  return to;
}

std::set<char> letters_of(const std::string& a, const std::string& b) {
  std::set<char> letters{other};
  for (const char c : a + b) {
    if (c != '*' && c != '?') letters.insert(c);
  }
  return letters;
}

// Whether every set of places that a text can lead to is among so few that all can be gone through.
bool has_few_states(const std::string& pattern) {
  const auto letters = letters_of(pattern, {});
  std::set<Places, Smaller> reached;
  std::vector<Places> open{start(pattern)};
  while (!open.empty()) {
    const auto places = open.back();
    open.pop_back();
    if (!reached.insert(places).second) continue;
    if (reached.size() > states_max) return false;
    for (const char c : letters) open.push_back(step(pattern, places, c));
  }
  return true;
}

// Looks for a text that fits `inner` and not `outer`, through all pairs of a place in the one and
// the places in the other that one text can lead to.
bool covers(const std::string& outer, const std::string& inner) {
  const auto letters = letters_of(outer, inner);
  std::map<Places, Places, Smaller> reached;  // outer's places: inner's that were met with them
  std::vector<std::pair<Places, Places>> open{{start(outer), start(inner)}};
  while (!open.empty()) {
    const auto [in_outer, in_inner] = open.back();
    open.pop_back();
    auto& met = reached[in_outer];
    if ((in_inner & ~met).none()) continue;
    met |= in_inner;
    if (met[inner.size()] && !in_outer[outer.size()]) return false;
    for (const char c : letters) {
      const auto next = step(inner, in_inner, c);
      if (next.any()) open.emplace_back(step(outer, in_outer, c), next);
    }
  }
  return true;
}

bool cameras_cover(const std::vector<base::CameraId>& outer,
                   const std::vector<base::CameraId>& inner) {
  if (outer.empty()) return true;
  return !inner.empty() && std::ranges::all_of(inner, [&](const base::CameraId& camera) {
    return std::ranges::find(outer, camera) != outer.end();
  });
}

bool area_covers(const std::optional<base::Area>& outer, const std::optional<base::Area>& inner) {
  if (!outer) return true;
  return inner &&
         base::distance_m(outer->centre, inner->centre) + inner->radius_m <= outer->radius_m;
}

bool fields_cover(const Fields& outer, const Fields& inner) {
  return (outer.place || !inner.place) && (outer.vehicle || !inner.vehicle) &&
         (outer.pictures || !inner.pictures);
}

}  // namespace

bool pattern_covers(std::string_view outer, std::string_view inner) {
  if (outer.size() > pattern_size_max || inner.size() > pattern_size_max) return false;
  return can_cover(outer) && covers(folded(outer), folded(inner));
}

bool can_cover(std::string_view outer) {
  return outer.size() <= pattern_size_max && has_few_states(folded(outer));
}

bool scope_covers(const Scope& outer, const Scope& inner) {
  return pattern_covers(outer.plate, inner.plate) && cameras_cover(outer.cameras, inner.cameras) &&
         area_covers(outer.area, inner.area) && outer.window && inner.window &&
         outer.window->from <= inner.window->from && inner.window->until <= outer.window->until &&
         inner.rows_max <= outer.rows_max && fields_cover(outer.fields, inner.fields);
}

}  // namespace regmark::access
