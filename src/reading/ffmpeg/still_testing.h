// Writes picture files for tests with FFmpeg's encoders. Never included by a program.
#pragma once

#include <algorithm>
#include <string>

#include "base/check.h"
#include "base/crypto.h"
#include "reading/ffmpeg/handles.h"

namespace regmark::reading::ffmpeg {

inline Scaler scaler_to(const AVFrame& from, AVPixelFormat format) {
  return Scaler(sws_getContext(from.width, from.height, static_cast<AVPixelFormat>(from.format),
                               from.width, from.height, format, SWS_BILINEAR | SWS_ACCURATE_RND,
                               nullptr, nullptr, nullptr));
}

inline FramePointer frame_with(int width, int height, AVPixelFormat format) {
  FramePointer frame(av_frame_alloc());
  frame->width = width;
  frame->height = height;
  frame->format = format;
  REGMARK_CHECK(av_frame_get_buffer(frame.get(), 0) >= 0);
  return frame;
}

// The picture as a file of this encoder ("png", "bmp", "libwebp"), its pixels arranged as `format`.
inline base::Bytes encode_still(const std::string& encoder, AVPixelFormat format,
                                const Picture& picture) {
  be_quiet();
  const auto rgb = frame_with(picture.width(), picture.height(), AV_PIX_FMT_RGB24);
  for (int y = 0; y < picture.height(); ++y) {
    std::copy_n(picture.at(0, y), picture.row_size(),
                rgb->data[0] + std::ptrdiff_t{y} * rgb->linesize[0]);
  }
  const auto frame = frame_with(picture.width(), picture.height(), format);
  const auto scaler = scaler_to(*rgb, format);
  REGMARK_CHECK(scaler);
  sws_scale(scaler.get(), rgb->data, rgb->linesize, 0, rgb->height, frame->data, frame->linesize);
  const AVCodec* codec = avcodec_find_encoder_by_name(encoder.c_str());
  REGMARK_CHECK(codec != nullptr);
  const CodecContext context(avcodec_alloc_context3(codec));
  context->width = picture.width();
  context->height = picture.height();
  context->pix_fmt = format;
  context->time_base = {1, 25};
  REGMARK_CHECK(avcodec_open2(context.get(), codec, nullptr) >= 0);
  const PacketPointer packet(av_packet_alloc());
  REGMARK_CHECK(avcodec_send_frame(context.get(), frame.get()) >= 0);
  REGMARK_CHECK(avcodec_send_frame(context.get(), nullptr) >= 0);
  REGMARK_CHECK(avcodec_receive_packet(context.get(), packet.get()) >= 0);
  return {packet->data, packet->data + packet->size};
}

}  // namespace regmark::reading::ffmpeg
