// Any body either fails cleanly or fits the shape of a route, and then reads back as itself.
#include <cstddef>
#include <cstdint>

#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::api;
  static const Table table = whole_table();
  if (size == 0) return 0;
  const auto& endpoint = table[data[0] % table.size()];
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  static_cast<void>(percent_decoded(body));
  const auto parsed = parse_json(body);
  if (!parsed) return 0;
  const auto again = parse_json(to_text(*parsed));
  REGMARK_CHECK(again && *again == *parsed);
  if (endpoint.body) static_cast<void>(mismatch(*parsed, *endpoint.body, named_schemas()));
  return 0;
}
