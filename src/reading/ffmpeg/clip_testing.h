// Writes video for tests and benchmarks with FFmpeg's encoder of H.264. Never included by a
// program.
#pragma once

extern "C" {
#include <libavutil/opt.h>
}

#include <fstream>
#include <functional>
#include <string>
#include <utility>

#include "reading/ffmpeg/still_testing.h"

namespace regmark::reading::ffmpeg {

// Pictures of one size as packets of H.264, 25 a second, each handed to `take`.
class Encoder {
 public:
  using Take = std::function<void(AVPacket&)>;
  // `at_once`: each picture is a packet before the next one comes, as a camera sends them.
  enum class Delay : std::uint8_t { as_it_likes, at_once };
  Encoder(int width, int height, Delay delay, Take take)
      : take_(std::move(take)),
        rgb_(frame_with(width, height, AV_PIX_FMT_RGB24)),
        frame_(frame_with(width, height, AV_PIX_FMT_YUV420P)),
        scaler_(scaler_to(*rgb_, AV_PIX_FMT_YUV420P)) {
    be_quiet();
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    REGMARK_CHECK(codec != nullptr);
    context_.reset(avcodec_alloc_context3(codec));
    context_->width = width;
    context_->height = height;
    context_->pix_fmt = AV_PIX_FMT_YUV420P;
    context_->time_base = {1, 25};
    context_->gop_size = 50;
    context_->bit_rate = 6'000'000;  // as cameras on roads send 1920 x 1080
    if (delay == Delay::at_once) {
      context_->gop_size = 10;
      REGMARK_CHECK(av_opt_set(context_->priv_data, "tune", "zerolatency", 0) >= 0);
    }
    REGMARK_CHECK(avcodec_open2(context_.get(), codec, nullptr) >= 0);
  }

  void add(const Picture& picture) {
    for (int y = 0; y < picture.height(); ++y) {
      std::copy_n(picture.at(0, y), picture.row_size(),
                  rgb_->data[0] + std::ptrdiff_t{y} * rgb_->linesize[0]);
    }
    REGMARK_CHECK(av_frame_make_writable(frame_.get()) >= 0);
    sws_scale(scaler_.get(), rgb_->data, rgb_->linesize, 0, rgb_->height, frame_->data,
              frame_->linesize);
    frame_->pts = next_++;
    send(frame_.get());
  }
  void finish() { send(nullptr); }
  const AVCodecContext& context() const { return *context_; }

 private:
  void send(const AVFrame* frame) {
    REGMARK_CHECK(avcodec_send_frame(context_.get(), frame) >= 0);
    const PacketPointer packet(av_packet_alloc());
    while (avcodec_receive_packet(context_.get(), packet.get()) >= 0) {
      take_(*packet);
      av_packet_unref(packet.get());
    }
  }

  Take take_;
  FramePointer rgb_, frame_;
  Scaler scaler_;
  CodecContext context_;
  std::int64_t next_ = 0;
};

// One frame after another, as a stream without a container, which runs at 25 frames a second.
class ClipWriter {
 public:
  ClipWriter(const std::string& path, int width, int height)
      : file_(path, std::ios::binary),
        encoder_(width, height, Encoder::Delay::as_it_likes, [this](const AVPacket& packet) {
          file_.write(reinterpret_cast<const char*>(packet.data), packet.size);
        }) {}

  void add(const Picture& picture) { encoder_.add(picture); }
  void finish() {
    encoder_.finish();
    file_.close();
    REGMARK_CHECK(file_.good());
  }

 private:
  std::ofstream file_;
  Encoder encoder_;
};

}  // namespace regmark::reading::ffmpeg
