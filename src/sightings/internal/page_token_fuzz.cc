// Any text either fails cleanly or is a token; any inside of a token reads back as itself.
#include "base/check.h"
#include "sightings/internal/page_token.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::sightings::internal;
  static const regmark::base::Key key{1, 2, 3};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  REGMARK_CHECK(!read_token(text, key));  // nobody makes one up
  const auto token = decode_token({data, size});
  if (!token) return 0;
  const auto again = read_token(write_token(*token, key), key);
  REGMARK_CHECK(again && encode_token(*again) == encode_token(*token));
  return 0;
}
