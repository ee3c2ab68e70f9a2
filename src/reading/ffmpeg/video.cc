#include "reading/video.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "reading/ffmpeg/input.h"

namespace regmark::reading {
namespace {

using std::chrono::microseconds;

// Which frames are read, so that no more than so many come a second.
class Pace {
 public:
  explicit Pace(double frames_per_second_max)
      : step_(static_cast<std::int64_t>(1e6 / frames_per_second_max)) {}
  bool takes(microseconds position) {
    if (position < next_) return false;
    // A tenth less, so that the jitter of frames' times does not drop every second frame.
    next_ = position + step_ - step_ / 10;
    return true;
  }

 private:
  microseconds step_;
  microseconds next_{0};
};

class FileSource final : public FrameSource {
 public:
  FileSource(std::unique_ptr<ffmpeg::Input> input, const VideoSettings& settings,
             base::UtcTime start, plate::TimeSource start_by, std::stop_token stop)
      : input_(std::move(input)),
        pace_(settings.frames_per_second_max),
        start_(start),
        start_by_(start_by),
        stop_(std::move(stop)) {}

  Result<std::optional<Frame>> next() override {
    while (!stop_.stop_requested()) {
      REGMARK_ASSIGN(const auto decoded, input_->next());
      if (!decoded) {
        if (auto why = input_->cut_short(); !why.empty()) {
          return fail(ErrorCode::unavailable, std::move(why));
        }
        break;
      }
      if (!pace_.takes(decoded->position)) {
        ++skipped_;
        continue;
      }
      REGMARK_ASSIGN(auto picture, input_->picture(*decoded->frame));
      return Frame{std::move(picture), start_ + decoded->position, start_by_, decoded->position};
    }
    return std::optional<Frame>();
  }
  std::uint64_t skipped() const override { return skipped_; }
  std::uint64_t damaged() const override { return input_->damaged(); }

 private:
  std::unique_ptr<ffmpeg::Input> input_;
  Pace pace_;
  base::UtcTime start_;
  plate::TimeSource start_by_;
  std::stop_token stop_;
  std::uint64_t skipped_ = 0;
};

// Frames come in a thread of their own, which keeps the newest that nobody took yet. A file that
// has an end waits for its frames to be taken: there none is lost.
class StreamSource final : public FrameSource {
 public:
  StreamSource(std::string url, const StreamSettings& settings, const base::Clock& clock,
               std::stop_token stop)
      : url_(std::move(url)),
        settings_(settings),
        clock_(clock),
        stop_(std::move(stop)),
        started_(std::chrono::steady_clock::now()),
        thread_([this](const std::stop_token& closing) { run(closing); }) {}

  Result<std::optional<Frame>> next() override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop_, [this] { return newest_ || finished_; });
    if (newest_ && !stop_.stop_requested()) {
      auto frame = std::move(*newest_);
      newest_.reset();
      changed_.notify_all();
      return frame;
    }
    if (failure_ && !stop_.stop_requested()) return tl::unexpected<Error>(*failure_);
    return std::optional<Frame>();
  }
  std::uint64_t skipped() const override {
    const std::lock_guard lock(mutex_);
    return skipped_;
  }
  std::uint64_t damaged() const override {
    const std::lock_guard lock(mutex_);
    return damaged_;
  }

 private:
  enum class Ended : std::uint8_t { at_its_end, broken_off };

  void run(const std::stop_token& closing) {
    auto wait = settings_.wait_min;
    int tries = 0;
    while (!is_over(closing)) {
      const auto frames_before = frames_;
      auto ended = receive(closing);
      if (ended && *ended == Ended::at_its_end) break;
      if (frames_ > frames_before) wait = settings_.wait_min;
      if (frames_ == 0 && ++tries >= settings_.first_tries_max) {
        const std::lock_guard lock(mutex_);
        failure_ = ended ? Error{ErrorCode::unavailable, "the stream gives no frames"}
                         : std::move(ended).error();
        break;
      }
      pause(wait, closing);
      wait = std::min(wait * 2, settings_.wait_max);
    }
    const std::lock_guard lock(mutex_);
    finished_ = true;
    changed_.notify_all();
  }

  // One connection, from its opening to its end.
  Result<Ended> receive(const std::stop_token& closing) {
    ffmpeg::InputSettings settings;
    settings.protocols =
        url_.starts_with("rtsp") ? "rtsp,rtsps,rtp,udp,tcp,tls" : "http,https,httpproxy,tcp,tls";
    if (url_.starts_with("rtsp")) settings.options.emplace_back("rtsp_transport", "tcp");
    settings.open_timeout = settings_.connect_timeout;
    settings.read_timeout = settings_.silence_timeout;
    settings.stops = {stop_, closing};
    REGMARK_ASSIGN(const auto input, ffmpeg::Input::open(url_, settings));
    const bool has_end = input->has_end();
    Pace pace(VideoSettings{}.frames_per_second_max);
    std::uint64_t damaged = 0;
    for (;;) {
      auto next = input->next();
      count_damaged(input->damaged() - std::exchange(damaged, input->damaged()));
      REGMARK_ASSIGN(const auto decoded, std::move(next));
      if (!decoded) return has_end ? Ended::at_its_end : Ended::broken_off;
      if (has_end && !pace.takes(decoded->position)) continue;
      REGMARK_ASSIGN(auto picture, input->picture(*decoded->frame));
      // A file's own time where there is one; of a live stream the time that we see.
      const auto position = has_end ? decoded->position
                                    : std::chrono::duration_cast<microseconds>(
                                          std::chrono::steady_clock::now() - started_);
      Frame frame{std::move(picture), clock_.now(), plate::TimeSource::explicit_offset, position};
      if (!put(std::move(frame), has_end, closing)) return Ended::broken_off;
    }
  }

  // False: told to stop.
  bool put(Frame frame, bool waits, const std::stop_token& closing) {
    std::unique_lock lock(mutex_);
    if (waits) {
      // Two tokens may end this: woken by either, or after a moment by neither.
      while (newest_ && !is_over(closing)) changed_.wait_for(lock, std::chrono::milliseconds{50});
    }
    if (is_over(closing)) return false;
    if (newest_) ++skipped_;
    newest_ = std::move(frame);
    ++frames_;
    changed_.notify_all();
    return true;
  }

  void count_damaged(std::uint64_t count) {
    const std::lock_guard lock(mutex_);
    damaged_ += count;
  }

  void pause(std::chrono::milliseconds time, const std::stop_token& closing) {
    const auto until = std::chrono::steady_clock::now() + time;
    std::unique_lock lock(mutex_);
    while (!is_over(closing) && std::chrono::steady_clock::now() < until) {
      changed_.wait_until(
          lock, std::min(until, std::chrono::steady_clock::now() + std::chrono::milliseconds{50}));
    }
  }

  bool is_over(const std::stop_token& closing) const {
    return closing.stop_requested() || stop_.stop_requested();
  }

  const std::string url_;
  const StreamSettings settings_;
  const base::Clock& clock_;
  const std::stop_token stop_;
  const std::chrono::steady_clock::time_point started_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Frame> newest_;   // under mutex_
  std::optional<Error> failure_;  // under mutex_
  bool finished_ = false;         // under mutex_
  std::uint64_t skipped_ = 0;     // under mutex_
  std::uint64_t damaged_ = 0;     // under mutex_
  std::uint64_t frames_ = 0;      // of the thread alone
  std::jthread thread_;           // last: it uses all of the above
};

constexpr std::string_view schemes[] = {"rtsp://", "rtsps://", "http://", "https://"};

// When a file that does not say was recorded: it ended when it was last written.
Result<base::UtcTime> start_of(const std::filesystem::path& path, microseconds duration) {
  std::error_code error;
  const auto written = std::filesystem::last_write_time(path, error);
  if (error) return fail(ErrorCode::unavailable, "its time cannot be read: " + error.message());
  const auto ended = std::chrono::floor<microseconds>(std::chrono::file_clock::to_sys(written));
  return ended - duration;
}

}  // namespace

Result<std::unique_ptr<FrameSource>> open_video_file(const std::filesystem::path& path,
                                                     const VideoSettings& settings,
                                                     std::stop_token stop) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return fail(ErrorCode::not_found, "no such file");
  ffmpeg::InputSettings input_settings;
  input_settings.protocols = "file";
  input_settings.stops = {stop};
  // "file:" keeps a name such as "http:.mp4" a name.
  REGMARK_ASSIGN(auto input, ffmpeg::Input::open("file:" + path.string(), input_settings));
  REGMARK_ASSIGN(const auto assumed, start_of(path, input->duration()));
  const auto recorded = input->recorded();
  return std::make_unique<FileSource>(
      std::move(input), settings, recorded.value_or(assumed),
      recorded ? plate::TimeSource::camera_setting : plate::TimeSource::assumed, std::move(stop));
}

bool is_stream(std::string_view name) {
  return std::ranges::any_of(schemes, [&](auto scheme) {
    return name.size() > scheme.size() && name.starts_with(scheme);
  });
}

std::string without_secrets(std::string_view url) {
  const auto host = url.find("://");
  if (host == std::string_view::npos) return std::string(url);
  const auto begin = host + 3;
  // A password may hold an "@" of its own: the last one before the path counts.
  const auto end = std::min(url.find_first_of("/?#", begin), url.size());
  const auto at = url.substr(begin, end - begin).rfind('@');
  if (at == std::string_view::npos) return std::string(url);
  return std::string(url.substr(0, begin)).append(url.substr(begin + at + 1));
}

Result<std::unique_ptr<FrameSource>> open_stream(const std::string& url,
                                                 const StreamSettings& settings,
                                                 const base::Clock& clock, std::stop_token stop) {
  if (!is_stream(url)) {
    return fail(ErrorCode::invalid_input, "not an address of rtsp, rtsps, http or https");
  }
  return std::make_unique<StreamSource>(url, settings, clock, std::move(stop));
}

}  // namespace regmark::reading
