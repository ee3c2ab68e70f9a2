#include "reading/ffmpeg/handles.h"

extern "C" {
#include <libavutil/error.h>
#include <libavutil/log.h>
}

#include <algorithm>
#include <array>
#include <cstddef>

namespace regmark::reading::ffmpeg {
namespace {

// The names with a J say "full range" in the format itself; the library wants it said apart.
AVPixelFormat plain(AVPixelFormat format, bool& full_range) {
  switch (format) {
    case AV_PIX_FMT_YUVJ420P:
      full_range = true;
      return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P:
      full_range = true;
      return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P:
      full_range = true;
      return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P:
      full_range = true;
      return AV_PIX_FMT_YUV440P;
    default:
      return format;
  }
}

// A file that does not say is, by custom, BT.709 from 720 lines on and BT.601 below.
int colours_of(const AVFrame& frame) {
  if (frame.colorspace == AVCOL_SPC_BT709) return SWS_CS_ITU709;
  if (frame.colorspace == AVCOL_SPC_UNSPECIFIED && frame.height >= 720) return SWS_CS_ITU709;
  return SWS_CS_ITU601;
}

}  // namespace

std::string message_of(int error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(error, text.data(), text.size());
  return text.data();
}

void be_quiet() {
  av_log_set_level(AV_LOG_QUIET);
}

Result<CodecContext> open_decoder(AVCodecID codec, const AVCodecParameters* parameters,
                                  std::int64_t pixels_max) {
  be_quiet();
  const AVCodec* decoder = avcodec_find_decoder(codec);
  if (decoder == nullptr) {
    return fail(ErrorCode::invalid_input, std::string("no decoder for ") + avcodec_get_name(codec));
  }
  CodecContext context(avcodec_alloc_context3(decoder));
  if (!context) return fail(ErrorCode::unavailable, "no memory for a decoder");
  if (parameters != nullptr && avcodec_parameters_to_context(context.get(), parameters) < 0) {
    return fail(ErrorCode::invalid_input, "the video's parameters make no sense");
  }
  context->max_pixels = pixels_max;
  // Pictures by themselves fail where they are damaged; a video's frames say so in their flags.
  const auto* known = avcodec_descriptor_get(codec);
  if (known != nullptr && (known->props & AV_CODEC_PROP_INTRA_ONLY) != 0) {
    context->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
  }
  context->thread_count = 1;
  if (const int error = avcodec_open2(context.get(), decoder, nullptr); error < 0) {
    return fail(ErrorCode::invalid_input, "the decoder does not start: " + message_of(error));
  }
  return context;
}

Result<Picture> picture_of(const AVFrame& frame, std::int64_t pixels_max) {
  REGMARK_ASSIGN(auto picture, Picture::create(frame.width, frame.height, pixels_max));
  bool full_range = frame.color_range == AVCOL_RANGE_JPEG;
  const auto format = plain(static_cast<AVPixelFormat>(frame.format), full_range);
  const Scaler scaler(sws_getContext(frame.width, frame.height, format, frame.width, frame.height,
                                     AV_PIX_FMT_RGB24, SWS_BILINEAR | SWS_ACCURATE_RND, nullptr,
                                     nullptr, nullptr));
  if (!scaler) return fail(ErrorCode::invalid_input, "its kind of pixels cannot be converted");
  // Fails for what is not made of brightness and colour difference: nothing to say there.
  sws_setColorspaceDetails(scaler.get(), sws_getCoefficients(colours_of(frame)), full_range ? 1 : 0,
                           sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
  // The library may write a little past a row's end: into a frame of its own, not into ours.
  const FramePointer flat(av_frame_alloc());
  if (!flat) return fail(ErrorCode::unavailable, "no memory for a picture");
  flat->width = frame.width;
  flat->height = frame.height;
  flat->format = AV_PIX_FMT_RGB24;
  if (av_frame_get_buffer(flat.get(), 0) < 0) {
    return fail(ErrorCode::unavailable, "no memory for a picture");
  }
  const int made = sws_scale(scaler.get(), static_cast<const std::uint8_t* const*>(frame.data),
                             static_cast<const int*>(frame.linesize), 0, frame.height,
                             static_cast<std::uint8_t* const*>(flat->data),
                             static_cast<const int*>(flat->linesize));
  if (made != frame.height) {
    return fail(ErrorCode::invalid_input, "its kind of pixels cannot be converted");
  }
  for (int y = 0; y < frame.height; ++y) {
    std::copy_n(flat->data[0] + std::ptrdiff_t{y} * flat->linesize[0], picture.row_size(),
                picture.at(0, y));
  }
  return picture;
}

}  // namespace regmark::reading::ffmpeg
