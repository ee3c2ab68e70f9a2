#include "reading/ffmpeg/still.h"

#include <algorithm>
#include <string>

#include "base/crypto.h"
#include "reading/ffmpeg/handles.h"

namespace regmark::reading::ffmpeg {
namespace {

struct Kind {
  AVCodecID codec;
  const char* name;
};

Kind kind_of(PictureFormat format) {
  switch (format) {
    case PictureFormat::png:
      return {AV_CODEC_ID_PNG, "PNG"};
    case PictureFormat::webp:
      return {AV_CODEC_ID_WEBP, "WebP"};
    case PictureFormat::bmp:
      return {AV_CODEC_ID_BMP, "BMP"};
    case PictureFormat::jpeg:
      break;
  }
  return {AV_CODEC_ID_MJPEG, "JPEG"};
}

tl::unexpected<Error> damaged(const Kind& kind, int error) {
  return fail(ErrorCode::invalid_input,
              std::string("the ") + kind.name + " cannot be read: " + message_of(error));
}

// The sides that a file's header states, so that a huge one is refused by its right name before the
// decoder sees it. Zeros: too short to say, and the decoder will find that out.
struct Sides {
  std::int64_t width = 0, height = 0;
};

// Up to 4 bytes, the least significant first or last.
std::int64_t number(std::span<const std::uint8_t> file, std::size_t at, std::size_t size,
                    bool little = true) {
  std::int64_t value = 0;
  for (std::size_t index = 0; index < size; ++index) {
    value = value * 256 + file[at + (little ? size - 1 - index : index)];
  }
  return value;
}

Sides sides_of_webp(std::span<const std::uint8_t> file) {
  const auto kind = base::as_text(file.subspan(12, 4));
  if (kind == "VP8X") return {number(file, 24, 3) + 1, number(file, 27, 3) + 1};
  if (kind == "VP8L") {
    const auto bits = number(file, 21, 4);
    return {(bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1};
  }
  return {number(file, 26, 2) & 0x3FFF, number(file, 28, 2) & 0x3FFF};
}

Sides sides_of(PictureFormat format, std::span<const std::uint8_t> file) {
  if (file.size() < 30) return {};
  if (format == PictureFormat::png) return {number(file, 16, 4, false), number(file, 20, 4, false)};
  if (format == PictureFormat::webp) return sides_of_webp(file);
  const auto height = static_cast<std::int32_t>(number(file, 22, 4));  // below 0: top row first
  return {number(file, 18, 4), height < 0 ? -std::int64_t{height} : std::int64_t{height}};
}

}  // namespace

Result<Picture> decode_still(PictureFormat format, std::span<const std::uint8_t> file,
                             std::int64_t pixels_max) {
  const auto kind = kind_of(format);
  const auto sides = sides_of(format, file);
  if (sides.width > picture_side_max || sides.height > picture_side_max ||
      sides.width * sides.height > pixels_max) {
    return fail(ErrorCode::limit_exceeded,
                "the picture is too large: " + std::to_string(sides.width) + " x " +
                    std::to_string(sides.height) + " pixels");
  }
  // The decoder counts rows rounded up to what its arithmetic likes; picture_of() counts exactly.
  constexpr std::int64_t rounding = std::int64_t{128} * picture_side_max;
  REGMARK_ASSIGN(const auto decoder, open_decoder(kind.codec, nullptr, pixels_max + rounding));
  const PacketPointer packet(av_packet_alloc());
  const FramePointer frame(av_frame_alloc());
  if (!packet || !frame || av_new_packet(packet.get(), static_cast<int>(file.size())) < 0) {
    return fail(ErrorCode::unavailable, "no memory to read a picture");
  }
  std::ranges::copy(file, packet->data);
  if (const int error = avcodec_send_packet(decoder.get(), packet.get()); error < 0) {
    return damaged(kind, error);
  }
  // The end of input makes a decoder that waits for a next frame give this one.
  if (const int error = avcodec_send_packet(decoder.get(), nullptr); error < 0) {
    return damaged(kind, error);
  }
  if (const int error = avcodec_receive_frame(decoder.get(), frame.get()); error < 0) {
    return damaged(kind, error);
  }
  return picture_of(*frame, pixels_max);
}

}  // namespace regmark::reading::ffmpeg
