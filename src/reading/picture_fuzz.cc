#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/crypto.h"
#include "reading/picture.h"

// Any bytes either fail cleanly or give a picture within the limit. The limit is small here: a few
// bytes may ask for a hundred megapixels, and then nothing else would be tried.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  constexpr std::int64_t pixels_max = 256 * 256;
  using namespace std::string_literals;
  const std::string rest(reinterpret_cast<const char*>(data), size);
  // The first bytes choose the decoder; with them given, every input reaches one.
  for (const auto& magic :
       {""s, "\xFF\xD8\xFF"s, "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s, "RIFF\0\0\1\0WEBPVP8"s, "BM"s}) {
    const auto file = magic + rest;
    const auto picture = reading::decode_picture(base::as_bytes(file), pixels_max);
    if (!picture) continue;
    REGMARK_CHECK(picture->width() >= 1 && picture->height() >= 1);
    REGMARK_CHECK(static_cast<std::int64_t>(picture->width()) * picture->height() <= pixels_max);
    REGMARK_CHECK(picture->pixels().size() ==
                  picture->row_size() * static_cast<std::size_t>(picture->height()));
  }
  return 0;
}
