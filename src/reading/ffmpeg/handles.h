// FFmpeg's objects with owners, and its frames as pictures.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/frame.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <string>

#include "base/result.h"
#include "reading/picture.h"

namespace regmark::reading::ffmpeg {

struct FreeContext {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};
struct FreeFrame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreePacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FreeScaler {
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
using CodecContext = std::unique_ptr<AVCodecContext, FreeContext>;
using FramePointer = std::unique_ptr<AVFrame, FreeFrame>;
using PacketPointer = std::unique_ptr<AVPacket, FreePacket>;
using Scaler = std::unique_ptr<SwsContext, FreeScaler>;

// What a negative return value says.
std::string message_of(int error);

// The library writes to standard error by default; we say what went wrong ourselves.
void be_quiet();

// A decoder for one thread that refuses frames above pixels_max. `parameters` may be null.
Result<CodecContext> open_decoder(AVCodecID codec, const AVCodecParameters* parameters,
                                  std::int64_t pixels_max);

// Fails with
//   limit_exceeded   more than pixels_max
//   invalid_input    an arrangement of pixels that cannot be converted
Result<Picture> picture_of(const AVFrame& frame, std::int64_t pixels_max);

}  // namespace regmark::reading::ffmpeg
