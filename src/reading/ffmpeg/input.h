// One opened video file or stream: packets in, frames out.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "reading/ffmpeg/handles.h"

namespace regmark::reading::ffmpeg {

struct InputSettings {
  std::string protocols;  // which may be spoken, "file" or "http,https,tcp,tls"
  std::vector<std::pair<std::string, std::string>> options;
  std::chrono::milliseconds open_timeout{10'000}, read_timeout{10'000};
  std::vector<std::stop_token> stops;  // any of them ends whatever is going on
};

struct DecodedFrame {
  FramePointer frame;
  std::chrono::microseconds position{0};  // since the input's first frame; never runs backwards
};

// Used by one thread.
class Input {
 public:
  // Fails with
  //   unavailable     it does not open, or not in time
  //   invalid_input   no video in it that can be decoded
  static Result<std::unique_ptr<Input>> open(const std::string& address,
                                             const InputSettings& settings);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  // Nothing: the end. Frames that cannot be decoded, or not whole, are counted and passed over:
  // what a decoder paints over a gap is of another time. Fails with
  //   unavailable     it broke off, fell silent or was stopped
  //   invalid_input   nothing but damaged frames
  Result<std::optional<DecodedFrame>> next();
  // How many were passed over. Of a live stream only from its first whole frame on: whoever comes
  // in the middle misses what the first ones build on.
  std::uint64_t damaged() const { return damaged_; }

  // The frame's pixels, the right way up.
  Result<Picture> picture(const AVFrame& frame) const;

  // After the end: why it came too early for what the file says of its length, or empty.
  std::string cut_short() const;

  bool has_end() const;  // a file of known length, wherever it lies
  std::chrono::microseconds duration() const;
  std::optional<base::UtcTime> recorded() const;  // when, as the file says itself

 private:
  struct Watch;
  struct CloseFormat {
    void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
  };
  Input();
  Result<void> choose_stream();
  Result<bool> feed();
  Result<void> count_damaged();
  DecodedFrame take(FramePointer frame);

  std::unique_ptr<Watch> watch_;  // outlives format_, which asks it
  std::unique_ptr<AVFormatContext, CloseFormat> format_;
  CodecContext decoder_;
  const AVStream* stream_ = nullptr;
  int orientation_ = 1;
  bool drained_ = false;
  int damaged_in_a_row_ = 0;
  std::uint64_t damaged_ = 0;
  bool is_begun_ = false;  // a whole frame was given
  std::optional<std::chrono::microseconds> first_;
  std::chrono::microseconds last_{0};
  std::chrono::microseconds gap_{0};  // between the last two frames
};

}  // namespace regmark::reading::ffmpeg
