#include "reading/picture.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/check.h"
#include "reading/exif.h"
#include "reading/ffmpeg/still.h"
#include "reading/turbojpeg/jpeg.h"

namespace regmark::reading {
namespace {

bool starts_with(std::span<const std::uint8_t> file, std::string_view magic, std::size_t at = 0) {
  if (file.size() < at + magic.size()) return false;
  return base::as_text(file.subspan(at, magic.size())) == magic;
}

// Where a pixel of the upright picture comes from. Orientations above 4 swap the sides.
struct Place {
  int x, y;
};
Place source_of(Place to, int orientation, int width, int height) {
  switch (orientation) {
    case 2:
      return {width - 1 - to.x, to.y};
    case 3:
      return {width - 1 - to.x, height - 1 - to.y};
    case 4:
      return {to.x, height - 1 - to.y};
    case 5:
      return {to.y, to.x};
    case 6:
      return {to.y, height - 1 - to.x};
    case 7:
      return {width - 1 - to.y, height - 1 - to.x};
    case 8:
      return {width - 1 - to.y, to.x};
    default:
      return to;
  }
}

}  // namespace

Picture::Picture(int width, int height)
    : width_(width),
      height_(height),
      pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3) {}

Result<Picture> Picture::create(int width, int height, std::int64_t pixels_max) {
  if (width < 1 || height < 1) {
    return fail(ErrorCode::invalid_input, "a picture needs at least one pixel");
  }
  const auto pixels = static_cast<std::int64_t>(width) * height;
  if (width > picture_side_max || height > picture_side_max || pixels > pixels_max) {
    return fail(ErrorCode::limit_exceeded, "the picture is too large: " + std::to_string(width) +
                                               " x " + std::to_string(height) + " pixels");
  }
  return Picture(width, height);
}

Sniffed sniff(std::span<const std::uint8_t> file) {
  if (starts_with(file, "\xFF\xD8\xFF")) return {true, PictureFormat::jpeg};
  if (starts_with(file, "\x89PNG\r\n\x1A\n")) return {true, PictureFormat::png};
  if (starts_with(file, "RIFF") && starts_with(file, "WEBP", 8)) {
    return {true, PictureFormat::webp};
  }
  if (starts_with(file, "BM")) return {true, PictureFormat::bmp};
  return {};
}

Result<Picture> decode_picture(std::span<const std::uint8_t> file, std::int64_t pixels_max) {
  if (file.size() > picture_file_max) {
    return fail(ErrorCode::limit_exceeded,
                "the file is too large: over " + std::to_string(picture_file_max >> 20U) + " MiB");
  }
  const auto sniffed = sniff(file);
  if (!sniffed.is_picture) {
    return fail(ErrorCode::invalid_input, "not a picture: no JPEG, PNG, WebP or BMP");
  }
  auto picture = sniffed.format == PictureFormat::jpeg
                     ? turbojpeg::decode(file, pixels_max)
                     : ffmpeg::decode_still(sniffed.format, file, pixels_max);
  if (!picture) return picture;
  return upright(*std::move(picture), exif_of(file).orientation);
}

Picture upright(Picture picture, int orientation) {
  if (orientation < 2 || orientation > 8) return picture;
  const int width = picture.width(), height = picture.height();
  const bool swapped = orientation > 4;
  auto turned = Picture::create(swapped ? height : width, swapped ? width : height,
                                static_cast<std::int64_t>(width) * height);
  REGMARK_CHECK(turned);
  for (int y = 0; y < turned->height(); ++y) {
    for (int x = 0; x < turned->width(); ++x) {
      const auto from = source_of({x, y}, orientation, width, height);
      std::copy_n(picture.at(from.x, from.y), 3, turned->at(x, y));
    }
  }
  return *std::move(turned);
}

Result<base::Bytes> encode_jpeg(const Picture& picture, int quality) {
  return turbojpeg::encode(picture, std::clamp(quality, 1, 100));
}

}  // namespace regmark::reading
