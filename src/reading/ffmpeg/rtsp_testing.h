// The camera's side of RTSP (RFC 2326) for tests: H.264 in RTP packets within the connection.
// Never included by a program.
#pragma once

#include <sys/socket.h>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "reading/camera_testing.h"
#include "reading/ffmpeg/clip_testing.h"

namespace regmark::reading::ffmpeg {

// Pictures to whoever sits at the other end.
class RtpSender {
 public:
  RtpSender(int connection, int width, int height)
      : connection_(connection),
        encoder_(width, height, Encoder::Delay::at_once, [this](AVPacket& packet) {
          av_packet_rescale_ts(&packet, encoder_.context().time_base, stream_->time_base);
          packet.stream_index = 0;
          REGMARK_CHECK(av_write_frame(muxer_.get(), &packet) >= 0);
        }) {
    AVFormatContext* made = nullptr;
    REGMARK_CHECK(avformat_alloc_output_context2(&made, nullptr, "rtp", nullptr) >= 0);
    muxer_.reset(made);
    stream_ = avformat_new_stream(made, nullptr);
    REGMARK_CHECK(avcodec_parameters_from_context(stream_->codecpar, &encoder_.context()) >= 0);
    auto* buffer = static_cast<unsigned char*>(av_malloc(packet_size_max));
    made->pb = avio_alloc_context(buffer, packet_size_max, 1, this, nullptr, &written, nullptr);
    REGMARK_CHECK(made->pb != nullptr);
    made->pb->max_packet_size = packet_size_max;
    made->packet_size = packet_size_max;
    REGMARK_CHECK(avformat_write_header(made, nullptr) >= 0);
  }

  // False: the other side went.
  bool send(const Picture& picture) {
    encoder_.add(picture);
    return is_there_;
  }
  // So many of the packets that come next get lost, after the first of their picture.
  void lose(int packets) { to_lose_ = packets; }

 private:
  static constexpr int packet_size_max = 1'200;
  struct Close {
    void operator()(AVFormatContext* format) const {
      av_write_trailer(format);
      av_freep(&format->pb->buffer);
      avio_context_free(&format->pb);
      avformat_free_context(format);
    }
  };

  static int written(void* self, std::uint8_t* data, int size) {
    static_cast<RtpSender*>(self)->put_packet({data, static_cast<std::size_t>(size)});
    return size;
  }
  void put_packet(std::span<const std::uint8_t> packet) {
    const bool is_report = packet[1] == 200;  // RTCP has a channel of its own
    // A picture's first packet has a time that the one before it had not.
    const std::string time(base::as_text(packet.subspan(4, 4)));
    const bool is_first = !is_report && std::exchange(last_time_, time) != time;
    if (!is_report && !is_first && to_lose_ > 0) {
      --to_lose_;
      return;
    }
    const std::array<std::uint8_t, 4> head{'$', static_cast<std::uint8_t>(is_report ? 1 : 0),
                                           static_cast<std::uint8_t>(packet.size() >> 8U),
                                           static_cast<std::uint8_t>(packet.size() & 0xFFU)};
    is_there_ = is_there_ && put(connection_, base::as_text(head)) &&
                put(connection_, base::as_text(packet));
  }

  int connection_;
  bool is_there_ = true;
  int to_lose_ = 0;
  std::string last_time_;
  std::unique_ptr<AVFormatContext, Close> muxer_;
  AVStream* stream_ = nullptr;
  Encoder encoder_;
};

// What such a camera answers until it is told to play.
class RtspTalk {
 public:
  // `password`: what it wants, as "user:password" in base 64, or nothing.
  RtspTalk(int connection, std::string heard, std::string password)
      : connection_(connection), heard_(std::move(heard)), password_(std::move(password)) {}

  // False: the other side went before, or does not know the password.
  bool until_play() {
    while (const auto request = next()) {
      const auto method = request->substr(0, request->find(' '));
      if (!password_.empty() && method != "OPTIONS" &&
          request->find("Authorization: Basic " + password_ + "\r\n") == std::string::npos) {
        ++refused_;
        answer(*request, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"camera\"\r\n");
      } else if (method == "DESCRIBE") {
        answer(*request, "200 OK", "Content-Type: application/sdp\r\n", description);
      } else if (method == "SETUP") {
        answer(*request, "200 OK",
               "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n");
      } else {
        answer(*request, "200 OK",
               "Session: 1\r\nPublic: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n");
        if (method == "PLAY") return true;
      }
    }
    return false;
  }
  int refused() const { return refused_; }

 private:
  static constexpr std::string_view description =
      "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n"
      "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n"
      "a=control:track1\r\n";

  std::optional<std::string> next() {
    for (;;) {
      if (const auto end = heard_.find("\r\n\r\n"); end != std::string::npos) {
        auto request = heard_.substr(0, end + 4);
        heard_.erase(0, end + 4);
        return request;
      }
      std::array<char, 4096> more{};
      const auto size = recv(connection_, more.data(), more.size(), 0);
      if (size <= 0) return std::nullopt;
      heard_.append(more.data(), static_cast<std::size_t>(size));
    }
  }
  void answer(const std::string& request, std::string_view status, std::string_view headers,
              std::string_view body = {}) const {
    const auto begin = request.find("CSeq:");
    const auto sequence = request.substr(begin, request.find("\r\n", begin) - begin);
    put(connection_, "RTSP/1.0 " + std::string(status) + "\r\n" + sequence + "\r\n" +
                         std::string(headers) + "Content-Length: " + std::to_string(body.size()) +
                         "\r\n\r\n" + std::string(body));
  }

  int connection_;
  std::string heard_, password_;
  int refused_ = 0;
};

}  // namespace regmark::reading::ffmpeg
