// Any bytes either fail cleanly or give a target whose parts are plain text and fit together.
#include <cstddef>
#include <cstdint>
#include <string>

#include "api/http/internal/target.h"
#include "api/http/server.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::api::http;  // NOLINT(google-build-using-namespace)
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  if (const auto target = parse_target(raw)) {
    std::string joined;
    for (const auto& segment : target->segments) joined += '/' + segment;
    REGMARK_CHECK(joined == target->path && is_plain_text(joined));
    REGMARK_CHECK(target->query.size() <= query_parameters_max);
    for (const auto& [name, value] : target->query) {
      REGMARK_CHECK(is_plain_text(name) && is_plain_text(value));
    }
  }
  Request request;
  request.headers.emplace_back("cookie", raw);
  REGMARK_CHECK(request.cookie("regmark_session").size() <= size);
  return 0;
}
