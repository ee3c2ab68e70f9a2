#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/crypto.h"
#include "reading/exif.h"

// Any bytes give an orientation that there is. Each input is also tried as the EXIF part of each
// format, which bytes at random would seldom become.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view block(reinterpret_cast<const char*>(data), size);
  using namespace std::string_literals;
  const std::string length{static_cast<char>((size + 8) >> 8), static_cast<char>(size + 8)};
  const std::string files[] = {
      std::string(block), "\xFF\xD8\xFF\xE1"s + length + "Exif\0\0"s + std::string(block),
      "\x89PNG\r\n\x1A\n\0\0"s +
          std::string{static_cast<char>(size >> 8), static_cast<char>(size)} + "eXIf" +
          std::string(block),
      "RIFF\0\0\0\0WEBPEXIF"s + std::string{static_cast<char>(size), static_cast<char>(size >> 8)} +
          "\0\0"s + std::string(block)};
  for (const auto& file : files) {
    const auto facts = regmark::reading::exif_of(regmark::base::as_bytes(file));
    REGMARK_CHECK(facts.orientation >= 1 && facts.orientation <= 8);
  }
  return 0;
}
