// Any bytes either fail cleanly or give parts that lie in the body, in order and apart.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "intake/media_type.h"
#include "intake/multipart.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;  // NOLINT(google-build-using-namespace)
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto line_end = all.find('\n');
  if (line_end == std::string_view::npos) return 0;
  // The first line is the content type, the rest the body.
  const auto type = intake::parse_header_value(all.substr(0, line_end));
  const auto body = all.substr(line_end + 1);
  std::string boundary = "b";
  if (type && type->parameters.contains("boundary")) boundary = type->parameters.at("boundary");
  constexpr std::size_t parts_max = 8;
  const auto parts = intake::parse_multipart(boundary, body, parts_max);
  if (!parts) return 0;
  REGMARK_CHECK(parts->size() <= parts_max);
  const char* at = body.data();
  for (const auto& part : *parts) {
    REGMARK_CHECK(!part.name.empty());
    REGMARK_CHECK(part.content.find("\r\n--" + boundary) == std::string_view::npos);
    if (part.content.empty()) continue;
    REGMARK_CHECK(part.content.data() >= at);
    at = part.content.data() + part.content.size();
    REGMARK_CHECK(at <= body.data() + body.size());
  }
  return 0;
}
