#include "accountability/internal/place_words.h"

#include <algorithm>
#include <span>
#include <utility>

namespace regmark::accountability::internal {
namespace {

using Words = std::span<const std::string_view>;

bool among(Words words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

constexpr std::string_view numbered_words[] = {"road",     "rd",         "bypass",      "junction",
                                               "services", "roundabout", "interchange", "bridge"};

// One speaks of them with numbers too ("lane 2", "we close 2"), so they want a name before them.
constexpr std::string_view named_words[] = {
    "street",    "st",     "lane",    "avenue",   "ave",     "drive",     "crescent",
    "close",     "way",    "hill",    "row",      "place",   "park",      "terrace",
    "gardens",   "court",  "grove",   "mews",     "square",  "rise",      "walk",
    "green",     "parade", "quay",    "wharf",    "yard",    "viaduct",   "flyover",
    "underpass", "tunnel", "highway", "motorway", "parkway", "promenade", "embankment",
    "esplanade", "circus", "croft"};

constexpr std::string_view ordinary_words[] = {
    "north",      "south",      "east",        "west",       "northern",  "southern",  "eastern",
    "western",    "northbound", "southbound",  "eastbound",  "westbound", "in",        "out",
    "inbound",    "outbound",   "inner",       "outer",      "upper",     "lower",     "left",
    "right",      "near",       "from",        "with",       "towards",   "toward",    "between",
    "entry",      "exit",       "entrance",    "slip",       "clockwise", "centre",    "center",
    "side",       "gate",       "corner",      "ring",       "main",      "high",      "great",
    "little",     "long",       "camera",      "cameras",    "site",      "anpr",      "fixed",
    "mobile",     "unit",       "pole",        "column",     "mast",      "gantry",    "signals",
    "lights",     "traffic",    "carriageway", "overbridge", "dual",      "town",      "city",
    "village",    "market",     "station",     "police",     "church",    "school",    "college",
    "hospital",   "university", "airport",     "railway",    "river",     "canal",     "retail",
    "industrial", "business",   "estate",      "office",     "vehicle",   "temporary", "border",
    "arena",      "stadium",    "power",       "water",      "old",       "new"};

constexpr std::pair<std::string_view, std::string_view> no_roads[] = {
    {"crown", "court"}, {"high", "court"},   {"county", "court"},      {"supreme", "court"},
    {"youth", "court"}, {"family", "court"}, {"magistrates", "court"}, {"car", "park"}};

}  // namespace

bool is_numbered_word(std::string_view word) {
  return among(numbered_words, word);
}

bool is_street_word(std::string_view word) {
  return is_numbered_word(word) || among(named_words, word);
}

bool is_ordinary(std::string_view word) {
  return is_street_word(word) || among(ordinary_words, word);
}

bool is_no_road(std::string_view first, std::string_view second) {
  return std::ranges::find(no_roads, std::pair(first, second)) != std::end(no_roads);
}

}  // namespace regmark::accountability::internal
