#include "planning/read_network.h"

#include "planning/expat/osm.h"
#include "planning/json/geojson.h"

namespace regmark::planning {

Result<Network> read_network(std::string_view text) {
  // A byte order mark is no blank to either parser's taste, and means nothing.
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '<') return read_osm(text.substr(first));
  return read_geojson(text);
}

}  // namespace regmark::planning
