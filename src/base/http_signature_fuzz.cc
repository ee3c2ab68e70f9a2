// Any headers either fail cleanly or claim what, written again, reads the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/http_signature.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::base;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto first = text.find('\n');
  const auto second = text.find('\n', first == std::string_view::npos ? first : first + 1);
  if (second == std::string_view::npos) return 0;
  const SignatureHeaders headers{std::string(text.substr(0, first)),
                                 std::string(text.substr(first + 1, second - first - 1)),
                                 std::string(text.substr(second + 1))};
  const auto claim = read_claim(headers);
  if (!claim) return 0;
  REGMARK_CHECK(headers.signature_input == "regmark=" + claim->parameters);
  REGMARK_CHECK(headers.content_digest == claim->digest);
  REGMARK_CHECK(!is_signed(*claim, {}, {"POST", "/", "", ""}));
  return 0;
}
