#include "reading/ffmpeg/input.h"

extern "C" {
#include <libavutil/dict.h>
#include <libavutil/display.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "reading/video.h"

namespace regmark::reading::ffmpeg {
namespace {

// Containers and codecs of cameras and of what people keep from them. None of these containers can
// name a second file or address, as a playlist can.
constexpr const char* formats =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,m4v,flv,asf,ogg,"
    "mjpeg,mpjpeg,jpeg_pipe,png_pipe,webp_pipe,bmp_pipe,rtsp";
constexpr const char* codecs =
    "h264,hevc,mpeg4,mpeg2video,mpeg1video,msmpeg4v3,h263,mjpeg,vp8,vp9,av1,libdav1d,theora,wmv2,"
    "wmv3,vc1,png,webp,bmp";

// How much earlier than it says a whole file may end: frames last for some time, and lengths are
// rounded.
constexpr std::chrono::seconds length_tolerance{1};

// A stream of broken packets ends here and not never.
constexpr int damaged_max = 500;
// How far a stream is read to learn what is in it.
constexpr const char* probe_bytes = "2000000";
constexpr const char* probe_microseconds = "3000000";

class Options {
 public:
  Options() = default;
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  ~Options() { av_dict_free(&options_); }
  void set(const std::string& name, const std::string& value) {
    av_dict_set(&options_, name.c_str(), value.c_str(), 0);
  }
  AVDictionary** get() { return &options_; }

 private:
  AVDictionary* options_ = nullptr;
};

std::chrono::microseconds microseconds(std::int64_t count, AVRational unit) {
  return std::chrono::microseconds(av_rescale_q(count, unit, AV_TIME_BASE_Q));
}

// Whether the decoder had all that the frame is made of.
bool is_whole(const AVFrame& frame) {
  return frame.decode_error_flags == 0 && (frame.flags & AV_FRAME_FLAG_CORRUPT) == 0;
}

// The stream's turn as EXIF would number it.
int orientation_of(const AVStream& stream) {
  const auto* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
  if (matrix == nullptr) return 1;
  const double degrees = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
  if (std::isnan(degrees)) return 1;
  switch (((std::lround(degrees / 90) % 4) + 4) % 4) {
    case 1:
      return 8;
    case 2:
      return 3;
    case 3:
      return 6;
    default:
      return 1;
  }
}

}  // namespace

// What the library asks while it waits: whether to give up.
struct Input::Watch {
  std::vector<std::stop_token> stops;
  std::chrono::steady_clock::time_point deadline;
  std::chrono::milliseconds read_timeout{0};

  static int asked(void* self) {
    const auto* watch = static_cast<const Watch*>(self);
    const bool stopped =
        std::ranges::any_of(watch->stops, [](const auto& stop) { return stop.stop_requested(); });
    return stopped || std::chrono::steady_clock::now() > watch->deadline ? 1 : 0;
  }
};

Input::Input() : watch_(std::make_unique<Watch>()) {}
Input::~Input() = default;

Result<std::unique_ptr<Input>> Input::open(const std::string& address,
                                           const InputSettings& settings) {
  be_quiet();
  std::unique_ptr<Input> input(new Input);
  input->watch_->stops = settings.stops;
  input->watch_->deadline = std::chrono::steady_clock::now() + settings.open_timeout;
  input->watch_->read_timeout = settings.read_timeout;
  AVFormatContext* format = avformat_alloc_context();
  if (format == nullptr) return fail(ErrorCode::unavailable, "no memory for a video");
  format->interrupt_callback = {&Watch::asked, input->watch_.get()};
  Options options;
  options.set("protocol_whitelist", settings.protocols);
  options.set("format_whitelist", formats);
  options.set("codec_whitelist", codecs);
  options.set("probesize", probe_bytes);
  options.set("analyzeduration", probe_microseconds);
  for (const auto& [name, value] : settings.options) options.set(name, value);
  // Frees `format` itself when it fails.
  if (const int error = avformat_open_input(&format, address.c_str(), nullptr, options.get());
      error < 0) {
    const bool wrong_kind = error == AVERROR_INVALIDDATA || error == AVERROR(EINVAL);
    return fail(wrong_kind ? ErrorCode::invalid_input : ErrorCode::unavailable,
                "cannot be opened: " + message_of(error));
  }
  input->format_.reset(format);
  if (const int error = avformat_find_stream_info(format, nullptr); error < 0) {
    return fail(ErrorCode::invalid_input, "no video in it: " + message_of(error));
  }
  REGMARK_TRY(input->choose_stream());
  return input;
}

Result<void> Input::choose_stream() {
  const int best = av_find_best_stream(format_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (best < 0) return fail(ErrorCode::invalid_input, "no video in it");
  for (unsigned index = 0; index < format_->nb_streams; ++index) {
    if (index != static_cast<unsigned>(best)) format_->streams[index]->discard = AVDISCARD_ALL;
  }
  stream_ = format_->streams[best];
  orientation_ = orientation_of(*stream_);
  REGMARK_ASSIGN(decoder_,
                 open_decoder(stream_->codecpar->codec_id, stream_->codecpar, frame_pixels_max));
  return {};
}

// One packet into the decoder. False: there are no more.
Result<bool> Input::feed() {
  const PacketPointer packet(av_packet_alloc());
  if (!packet) return fail(ErrorCode::unavailable, "no memory for a video");
  for (;;) {
    watch_->deadline = std::chrono::steady_clock::now() + watch_->read_timeout;
    const int error = av_read_frame(format_.get(), packet.get());
    if (error == AVERROR_EOF) return false;
    if (error == AVERROR(EAGAIN)) continue;  // the watch ends this if it goes on
    if (error < 0) return fail(ErrorCode::unavailable, "broke off: " + message_of(error));
    if (packet->stream_index == stream_->index) break;
    av_packet_unref(packet.get());
  }
  if (avcodec_send_packet(decoder_.get(), packet.get()) < 0) {
    REGMARK_TRY(count_damaged());
  }
  return true;
}

Result<void> Input::count_damaged() {
  if (is_begun_ || has_end()) ++damaged_;
  if (++damaged_in_a_row_ > damaged_max) {
    return fail(ErrorCode::invalid_input, "nothing but damaged frames");
  }
  return {};
}

Result<std::optional<DecodedFrame>> Input::next() {
  FramePointer frame(av_frame_alloc());
  if (!frame) return fail(ErrorCode::unavailable, "no memory for a video");
  for (;;) {
    const int error = avcodec_receive_frame(decoder_.get(), frame.get());
    if (error >= 0 && is_whole(*frame)) return take(std::move(frame));
    // Once told of the end, a decoder gives what it still holds and then says so.
    if (error == AVERROR_EOF) return std::optional<DecodedFrame>();
    if (error != AVERROR(EAGAIN)) {
      REGMARK_TRY(count_damaged());
      continue;
    }
    if (drained_) return std::optional<DecodedFrame>();
    REGMARK_ASSIGN(const bool more, feed());
    if (!more) {
      drained_ = true;
      avcodec_send_packet(decoder_.get(), nullptr);
    }
  }
}

DecodedFrame Input::take(FramePointer frame) {
  damaged_in_a_row_ = 0;
  is_begun_ = true;
  auto position = last_;
  if (frame->best_effort_timestamp != AV_NOPTS_VALUE) {
    position = microseconds(frame->best_effort_timestamp, stream_->time_base);
    if (!first_) first_ = position;
    position -= *first_;
  } else if (const auto rate = stream_->avg_frame_rate; rate.num > 0 && rate.den > 0) {
    position += microseconds(1, av_inv_q(rate));
  }
  gap_ = std::max(position - last_, std::chrono::microseconds{0});
  last_ = std::max(last_, position);
  return {std::move(frame), last_};
}

Result<Picture> Input::picture(const AVFrame& frame) const {
  REGMARK_ASSIGN(auto made, picture_of(frame, frame_pixels_max));
  return upright(std::move(made), orientation_);
}

std::string Input::cut_short() const {
  if (format_->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) return "";  // a guess
  // The container's own length may be that of its sound.
  auto length = stream_->duration == AV_NOPTS_VALUE
                    ? std::chrono::microseconds{0}
                    : microseconds(stream_->duration, stream_->time_base);
  const bool is_stated = format_->duration_estimation_method == AVFMT_DURATION_FROM_STREAM;
  if (length.count() == 0 && format_->nb_streams == 1 && is_stated) length = duration();
  // The last frame stands until the end: for long in what was taken every few seconds.
  const auto tolerance = std::max<std::chrono::microseconds>(length_tolerance, 2 * gap_);
  if (!is_begun_ || last_ + tolerance >= length) return "";
  const auto seconds = [](auto time) { return static_cast<double>(time.count()) / 1e6; };
  return fmt::format("it is cut short: nothing follows after {:.1f} of {:.1f} seconds",
                     seconds(last_), seconds(length));
}

bool Input::has_end() const {
  return format_->pb != nullptr && avio_size(format_->pb) > 0;
}

std::chrono::microseconds Input::duration() const {
  return std::chrono::microseconds(format_->duration == AV_NOPTS_VALUE ? 0 : format_->duration);
}

std::optional<base::UtcTime> Input::recorded() const {
  const auto* entry = av_dict_get(format_->metadata, "creation_time", nullptr, 0);
  if (entry == nullptr) return std::nullopt;
  const auto time = base::parse_utc(entry->value);
  // Recorders without a clock write the year in which their format's time began.
  constexpr auto earliest = std::chrono::sys_days{std::chrono::year{1990} / 1 / 1};
  return time && *time > earliest ? std::optional(*time) : std::nullopt;
}

}  // namespace regmark::reading::ffmpeg
