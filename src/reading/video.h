// Recorded video and live streams as frames. FFmpeg does the work (reading/ffmpeg/video.cc).
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "reading/frame.h"

namespace regmark::reading {

// No camera on a road sends larger frames than 8K.
inline constexpr std::int64_t frame_pixels_max = std::int64_t{7680} * 4320;

struct VideoSettings {
  // Frames a second that are read; those in between are passed over. A vehicle at 30 m/s moves 2.4
  // m in the time between two, and is in view of a camera for three times that or more.
  double frames_per_second_max = 12.5;
};

// A file on this machine: MP4, Matroska, AVI, MPEG and their like. Takes only what is in the file:
// a playlist in it opens nothing. Its frames' times are those the file says it was recorded at; a
// file that does not say is taken to have ended when it was last written. One that ends before it
// says it does fails there (unavailable). Fails with, in this order:
//   not_found       there is no such file
//   invalid_input   no video in it that can be decoded
Result<std::unique_ptr<FrameSource>> open_video_file(const std::filesystem::path& path,
                                                     const VideoSettings& settings,
                                                     std::stop_token stop);

struct StreamSettings {
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds silence_timeout{10'000};  // no frame for so long: connect again
  // Between tries: doubles, from and to.
  std::chrono::milliseconds wait_min{500}, wait_max{30'000};
  // Tries before a stream that never gave a frame counts as away. One that did is tried for ever.
  int first_tries_max = 3;
};

// Whether a name is one open_stream() takes: rtsp, rtsps, http or https, then "://".
bool is_stream(std::string_view name);

// The address without the user and password it may hold, for people and logs.
std::string without_secrets(std::string_view url);

// A stream of a camera. A thread of its own takes frames as they come and keeps the newest only, so
// that reading never falls behind. When a stream breaks off it is opened again; an HTTP address
// that gives a file of known length ends with it. Frames' times are the clock's when they came.
// Fails with
//   invalid_input   no address that is_stream()
Result<std::unique_ptr<FrameSource>> open_stream(const std::string& url,
                                                 const StreamSettings& settings,
                                                 const base::Clock& clock, std::stop_token stop);

}  // namespace regmark::reading
