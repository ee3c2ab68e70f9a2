#include "reading/country.h"

#include <algorithm>
#include <array>

#include "plate/layout.h"

namespace regmark::reading {
namespace {

// The two-letter counties of Romania (OUG 195/2002 and its rules): LL NN LLL like ours.
constexpr std::array<std::string_view, 41> counties = {
    "AB", "AG", "AR", "BC", "BH", "BN", "BR", "BT", "BV", "BZ", "CJ", "CL", "CS", "CT",
    "CV", "DB", "DJ", "GJ", "GL", "GR", "HD", "HR", "IF", "IL", "IS", "MH", "MM", "MS",
    "NT", "OT", "PH", "SB", "SJ", "SM", "SV", "TL", "TM", "TR", "VL", "VN", "VS"};

}  // namespace

std::string guess_country(std::string_view text, Background background) {
  if (background == Background::unknown) return "";
  const auto plate = plate::Plate::parse(text);
  if (!plate) return "";
  const auto layouts = plate::layouts_of(*plate);
  const bool is_long = text.size() == 7;  // three digits in the prefix and suffix layouts
  const bool prefix_or_suffix =
      layouts.contains(plate::Layout::prefix) || layouts.contains(plate::Layout::suffix);
  if (is_long && prefix_or_suffix) return "GB";
  if (!layouts.contains(plate::Layout::current)) return "";
  const bool may_be_romanian = std::ranges::find(counties, text.substr(0, 2)) != counties.end();
  return background == Background::yellow || !may_be_romanian ? "GB" : "";
}

}  // namespace regmark::reading
