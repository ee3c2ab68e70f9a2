#include "reading/turbojpeg/jpeg.h"

#include <turbojpeg.h>

#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace regmark::reading::turbojpeg {
namespace {

struct Close {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, Close>;

tl::unexpected<Error> damaged(const Handle& handle) {
  return fail(ErrorCode::invalid_input,
              std::string("the JPEG cannot be read: ") + tjGetErrorStr2(handle.get()));
}

// Cameras fill their last bytes up to a word of the bus that they come over. More than that is what
// is left of a scan that damage cut off.
constexpr int stray_bytes_max = 16;

// The library goes on after a warning and paints grey what it could not make out: a plate that
// stood there would be missing without a word. These alone leave the picture whole: a few stray
// bytes before its end, and headers with an unknown version.
bool is_harmless(std::string_view warning) {
  for (const std::string_view header : {"unknown JFIF revision", "Unknown Adobe color transform"}) {
    if (warning.find(header) != std::string_view::npos) return true;
  }
  constexpr std::string_view before = "Corrupt JPEG data: ";
  if (!warning.starts_with(before)) return false;
  warning.remove_prefix(before.size());
  int count = 0;
  const auto read = std::from_chars(warning.data(), warning.data() + warning.size(), count);
  warning.remove_prefix(static_cast<std::size_t>(read.ptr - warning.data()));
  return warning == " extraneous bytes before marker 0xd9" && count <= stray_bytes_max;
}

// Whether the last scan is followed by the end of the image. Within a scan no such marker can
// stand; the library reports its first warning only, and would hide this one behind another.
bool has_end(std::span<const std::uint8_t> file) {
  const auto text = base::as_text(file);
  const auto scan = text.rfind("\xFF\xDA"), end = text.rfind("\xFF\xD9");
  return end != std::string_view::npos && scan != std::string_view::npos && scan < end;
}

bool is_damaged(const Handle& handle, int outcome, std::span<const std::uint8_t> file) {
  if (outcome == 0) return false;
  if (tjGetErrorCode(handle.get()) == TJERR_FATAL || !has_end(file)) return true;
  return !is_harmless(tjGetErrorStr2(handle.get()));
}

// Four inks, as the programs that write them store them: 255 is no ink.
Result<Picture> decode_inks(const Handle& handle, std::span<const std::uint8_t> file,
                            Picture picture) {
  const auto pixels = picture.pixels().size() / 3;
  std::vector<std::uint8_t> inks(pixels * 4);
  const int outcome =
      tjDecompress2(handle.get(), file.data(), file.size(), inks.data(), picture.width(),
                    picture.width() * 4, picture.height(), TJPF_CMYK, TJFLAG_LIMITSCANS);
  if (is_damaged(handle, outcome, file)) return damaged(handle);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const unsigned black = inks[pixel * 4 + 3];
    for (std::size_t channel = 0; channel < 3; ++channel) {
      picture.pixels()[pixel * 3 + channel] =
          static_cast<std::uint8_t>(inks[pixel * 4 + channel] * black / 255U);
    }
  }
  return picture;
}

}  // namespace

Result<Picture> decode(std::span<const std::uint8_t> file, std::int64_t pixels_max) {
  const Handle handle(tjInitDecompress());
  if (!handle) return fail(ErrorCode::unavailable, "no memory to read a JPEG");
  int width = 0, height = 0, subsampling = 0, colours = 0;
  const int header = tjDecompressHeader3(handle.get(), file.data(), file.size(), &width, &height,
                                         &subsampling, &colours);
  // A header's warnings come again with the picture.
  const bool is_fatal = header != 0 && tjGetErrorCode(handle.get()) == TJERR_FATAL;
  if (is_fatal || width < 1 || height < 1) return damaged(handle);
  REGMARK_ASSIGN(auto picture, Picture::create(width, height, pixels_max));
  if (colours == TJCS_CMYK || colours == TJCS_YCCK) {
    return decode_inks(handle, file, std::move(picture));
  }
  // Scans are limited because each of a progressive JPEG's costs as much as a whole picture.
  const int outcome = tjDecompress2(handle.get(), file.data(), file.size(), picture.pixels().data(),
                                    width, width * 3, height, TJPF_RGB, TJFLAG_LIMITSCANS);
  if (is_damaged(handle, outcome, file)) return damaged(handle);
  return picture;
}

Result<base::Bytes> encode(const Picture& picture, int quality) {
  const Handle handle(tjInitCompress());
  if (!handle) return fail(ErrorCode::unavailable, "no memory to write a JPEG");
  unsigned char* made = nullptr;
  unsigned long size = 0;  // NOLINT(google-runtime-int): the library's own type
  const int outcome =
      tjCompress2(handle.get(), picture.pixels().data(), picture.width(), picture.width() * 3,
                  picture.height(), TJPF_RGB, &made, &size, TJSAMP_420, quality, 0);
  const std::unique_ptr<unsigned char, decltype(&tjFree)> owner(made, tjFree);
  if (outcome != 0) {
    return fail(ErrorCode::unavailable,
                std::string("the JPEG cannot be written: ") + tjGetErrorStr2(handle.get()));
  }
  return base::Bytes(made, made + size);
}

}  // namespace regmark::reading::turbojpeg
