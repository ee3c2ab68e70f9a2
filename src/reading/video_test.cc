#include "reading/video.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/files.h"
#include "base/time_testing.h"
#include "reading/camera_testing.h"
#include "reading/ffmpeg/rtsp_testing.h"
#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

using std::chrono::milliseconds;

// The stream that most cameras speak beside RTSP.
bool put_parts_head(int connection) {
  return put(connection,
             "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=frame\r\n\r\n");
}
bool put_part(int connection, const base::Bytes& jpeg) {
  return put(connection, "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " +
                             std::to_string(jpeg.size()) + "\r\n\r\n") &&
         put(connection, base::as_text(jpeg)) && put(connection, "\r\n");
}

// A frame of one colour that says which one it is.
Picture plain(int number) {
  auto picture = Picture::create(64, 48).value();
  std::ranges::fill(picture.pixels(), static_cast<std::uint8_t>(number * 40));
  return picture;
}
base::Bytes numbered(int number) {
  return encode_jpeg(plain(number), 95).value();
}
int number_of(const Frame& frame) {
  return (frame.picture.at(32, 24)[0] + 20) / 40;
}

StreamSettings quick() {
  StreamSettings settings;
  settings.connect_timeout = milliseconds{3'000};
  settings.silence_timeout = milliseconds{1'500};
  settings.wait_min = milliseconds{10};
  settings.wait_max = milliseconds{40};
  return settings;
}

// Frames of the first three connections, each later than the one before it.
std::set<int> seen_of_three(FrameSource& frames, base::UtcTime since) {
  std::set<int> seen;
  std::chrono::microseconds last{-1};
  for (int count = 0; count < 500 && seen.size() < 3; ++count) {
    const auto frame = frames.next();
    if (!frame || !*frame) {
      ADD_FAILURE() << (frame ? "the stream ended" : frame.error().message);
      break;
    }
    EXPECT_GT((*frame)->position, last);
    last = (*frame)->position;
    EXPECT_GE((*frame)->at, since);
    EXPECT_EQ((*frame)->at_by, plate::TimeSource::explicit_offset);
    EXPECT_EQ((*frame)->picture.width(), 64);
    seen.insert(number_of(**frame));
  }
  return seen;
}

TEST(Stream, ReadsACamerasPartsAndComesBackWhenItBreaksOff) {
  // Each connection gives frames of its own number, then breaks off.
  const Camera camera([](int connection, int number, const std::string&) {
    if (!put_parts_head(connection)) return;
    for (int part = 0; part < 12; ++part) {
      if (!put_part(connection, numbered(number))) return;
      std::this_thread::sleep_for(milliseconds{20});
    }
  });
  const base::SystemClock clock;
  const auto before = clock.now();
  auto frames = open_stream(camera.url("/stream.mjpg"), quick(), clock, {}).value();
  EXPECT_EQ(seen_of_three(*frames, before).size(), 3U);
}

// What nearly every camera on a road speaks.
TEST(Stream, SpeaksRtspAndComesBackWhenItBreaksOff) {
  std::atomic<int> refused = 0;
  const Camera camera([&](int connection, int number, const std::string& heard) {
    ffmpeg::RtspTalk talk(connection, heard, "YWRtaW46aHVudGVyMg==");  // admin:hunter2
    const bool plays = talk.until_play();
    refused += talk.refused();
    if (!plays) return;
    ffmpeg::RtpSender sender(connection, 64, 48);
    for (int frame = 0; frame < 15; ++frame) {
      if (!sender.send(plain(number))) return;
      std::this_thread::sleep_for(milliseconds{20});
    }
  });
  const base::SystemClock clock;
  const auto before = clock.now();
  auto frames =
      open_stream("rtsp://admin:hunter2@" + camera.address() + "/live", quick(), clock, {}).value();
  EXPECT_EQ(seen_of_three(*frames, before), (std::set{1, 2, 3}));
  EXPECT_EQ(frames->damaged(), 0U);
  EXPECT_GT(refused, 0);  // it asks for the password, and gets it
}

TEST(Stream, SaysWhenAnRtspCameraRefusesThePassword) {
  const Camera camera([](int connection, int, const std::string& heard) {
    ffmpeg::RtspTalk(connection, heard, "YWRtaW46aHVudGVyMg==").until_play();
  });
  const base::SystemClock clock;
  auto frames =
      open_stream("rtsp://admin:wrong@" + camera.address() + "/", quick(), clock, {}).value();
  const auto frame = frames->next();
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().code, ErrorCode::unavailable);
  EXPECT_NE(frame.error().message.find("401"), std::string::npos) << frame.error().message;
}

// Packets that get lost take a part of a picture with them: it is no picture of the street.
TEST(Stream, CountsFramesOfWhichAPartIsMissing) {
  std::atomic<bool> done = false;
  const Camera camera([&](int connection, int, const std::string& heard) {
    if (!ffmpeg::RtspTalk(connection, heard, "").until_play()) return;
    ffmpeg::RtpSender sender(connection, 320, 240);
    for (int frame = 0; !done; ++frame) {
      if (frame >= 10 && frame % 4 == 0) sender.lose(2);
      if (!sender.send(noisy(320, 240, static_cast<std::uint32_t>(frame)))) return;
      std::this_thread::sleep_for(milliseconds{20});
    }
  });
  const base::SystemClock clock;
  auto frames = open_stream("rtsp://" + camera.address() + "/", quick(), clock, {}).value();
  for (int count = 0; count < 200 && frames->damaged() < 3; ++count) {
    const auto frame = frames->next();
    ASSERT_TRUE(frame) << frame.error().message;
    ASSERT_TRUE(*frame);
  }
  EXPECT_GE(frames->damaged(), 3U);
  done = true;
}

TEST(Stream, KeepsTheNewestFrameWhenReadingIsSlower) {
  std::atomic<bool> done = false;
  const Camera camera([&](int connection, int, const std::string&) {
    if (!put_parts_head(connection)) return;
    for (int part = 0; part < 40; ++part) {
      if (!put_part(connection, numbered(part / 10 + 1))) return;
      std::this_thread::sleep_for(milliseconds{10});
    }
    while (!done) {  // the last picture stays, as of a street at night
      if (!put_part(connection, numbered(5))) return;
      std::this_thread::sleep_for(milliseconds{20});
    }
  });
  const base::SystemClock clock;
  auto frames = open_stream(camera.url("/"), quick(), clock, {}).value();
  ASSERT_TRUE(frames->next());
  std::this_thread::sleep_for(milliseconds{900});  // a slow reader
  // One frame may have waited since before the pause; what follows is of now.
  ASSERT_TRUE(frames->next());
  const auto frame = frames->next();
  ASSERT_TRUE(frame && *frame);
  EXPECT_EQ(number_of(**frame), 5);
  EXPECT_GT(frames->skipped(), 5U);
  done = true;
}

TEST(Stream, GivesUpOnOneThatNeverAnswers) {
  const Camera camera(
      [](int connection, int, const std::string&) { put(connection, "HTTP/1.0 404 No\r\n\r\n"); });
  const base::SystemClock clock;
  auto frames = open_stream(camera.url("/"), quick(), clock, {}).value();
  const auto frame = frames->next();
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().code, ErrorCode::unavailable);
  EXPECT_EQ(camera.connections(), quick().first_tries_max);
}

TEST(Stream, NoticesSilence) {
  // A camera that takes the connection and says nothing more.
  std::atomic<bool> done = false;
  const Camera camera([&](int connection, int, const std::string&) {
    put_parts_head(connection);
    while (!done) std::this_thread::sleep_for(milliseconds{10});
  });
  auto settings = quick();
  settings.connect_timeout = settings.silence_timeout = milliseconds{200};
  settings.first_tries_max = 1;
  const base::SystemClock clock;
  auto frames = open_stream(camera.url("/"), settings, clock, {}).value();
  EXPECT_FALSE(frames->next());
  done = true;
}

TEST(Stream, StopsWhenItIsTold) {
  std::atomic<bool> done = false;
  const Camera camera([&](int connection, int, const std::string&) {
    if (!put_parts_head(connection)) return;
    for (int part = 0; part < 3; ++part) put_part(connection, numbered(1));
    while (!done) std::this_thread::sleep_for(milliseconds{10});
  });
  auto settings = quick();
  settings.silence_timeout = milliseconds{60'000};
  std::stop_source stop;
  const base::SystemClock clock;
  const auto begun = std::chrono::steady_clock::now();
  {
    auto frames = open_stream(camera.url("/"), settings, clock, stop.get_token()).value();
    ASSERT_TRUE(frames->next());
    const std::jthread later([&] {
      std::this_thread::sleep_for(milliseconds{100});
      stop.request_stop();
    });
    for (;;) {
      const auto frame = frames->next();
      ASSERT_TRUE(frame);
      if (!*frame) break;
    }
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds{10'000});
  done = true;
}

TEST(Stream, LosesNoFrameOfAFileBehindAnAddress) {
  const auto file = base::as_text(numbered(3)).size();
  const Camera camera([&](int connection, int, const std::string&) {
    put(connection, "HTTP/1.0 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: " +
                        std::to_string(file) + "\r\n\r\n");
    put(connection, base::as_text(numbered(3)));
  });
  const base::SystemClock clock;
  auto frames = open_stream(camera.url("/snapshot.jpg"), quick(), clock, {}).value();
  const auto first = frames->next();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ(number_of(**first), 3);
  const auto second = frames->next();
  ASSERT_TRUE(second);
  EXPECT_FALSE(*second);  // its end is the end
}

TEST(Stream, TakesAddressesOfItsSchemesOnly) {
  for (const char* url : {"rtsp://a/b", "rtsps://a", "http://a", "https://a"}) {
    EXPECT_TRUE(is_stream(url)) << url;
  }
  for (const char* url :
       {"", "http://", "ftp://a", "file:///etc/passwd", "a.jpg", "HTTP", "rtsp:/a", "concat:a|b"}) {
    EXPECT_FALSE(is_stream(url)) << url;
    const base::SystemClock clock;
    EXPECT_FALSE(open_stream(url, {}, clock, {})) << url;
  }
}

TEST(WithoutSecrets, TakesOutUserAndPassword) {
  struct Case {
    std::string_view url, want;
  };
  constexpr Case cases[] = {
      {"rtsp://admin:pass@10.0.0.1:554/live", "rtsp://10.0.0.1:554/live"},
      {"rtsp://admin:p@ss@10.0.0.1/live", "rtsp://10.0.0.1/live"},
      {"http://10.0.0.1/a@b.jpg", "http://10.0.0.1/a@b.jpg"},
      {"http://user@host", "http://host"},
      {"pictures/a@b.jpg", "pictures/a@b.jpg"},
      {"http://host?x=a@b", "http://host?x=a@b"},
  };
  for (const auto& [url, want] : cases) EXPECT_EQ(without_secrets(url), want);
}

TEST(VideoFile, GivesFramesInTheOrderOfTheirTime) {
  auto frames = open_video_file(testdata / "clip.mp4", {}, {});
  ASSERT_TRUE(frames) << frames.error().message;
  int count = 0;
  std::chrono::microseconds last{-1};
  std::optional<base::UtcTime> start;
  for (;;) {
    const auto frame = (*frames)->next();
    ASSERT_TRUE(frame);
    if (!*frame) break;
    EXPECT_GT((*frame)->position, last);
    last = (*frame)->position;
    if (!start) start = (*frame)->at;
    EXPECT_EQ((*frame)->at, *start + (*frame)->position);
    ++count;
  }
  EXPECT_GT(count, 30);
  EXPECT_GT(last, milliseconds{3'500});
}

TEST(VideoFile, PassesFramesOverAboveItsRate) {
  VideoSettings slow;
  slow.frames_per_second_max = 5;
  auto frames = open_video_file(testdata / "clip.mp4", slow, {}).value();
  std::chrono::microseconds last{0};
  int count = 0;
  for (auto frame = frames->next(); *frame; frame = frames->next()) {
    last = (*frame)->position;
    ++count;
  }
  EXPECT_LE(count, last / milliseconds{180} + 1);
  EXPECT_GE(count, last / milliseconds{280});
  EXPECT_GT(frames->skipped(), 0U);
}

std::uint64_t damaged_in(const std::filesystem::path& file, int& frames) {
  auto source = open_video_file(file, {.frames_per_second_max = 1'000}, {}).value();
  frames = 0;
  for (auto frame = source->next(); frame && *frame; frame = source->next()) ++frames;
  return source->damaged();
}

// A decoder paints over what it has not got with what was there before.
TEST(VideoFile, CountsFramesThatCannotBeDecodedWhole) {
  const ScratchFolder folder;
  const auto whole = folder.path() / "whole.h264";
  ffmpeg::ClipWriter writer(whole, 160, 120);
  for (std::uint32_t frame = 0; frame < 30; ++frame) writer.add(noisy(160, 120, frame));
  writer.finish();
  int frames = 0;
  EXPECT_EQ(damaged_in(whole, frames), 0U);
  EXPECT_EQ(frames, 30);
  auto bytes = base::read_file(whole, 1U << 24U).value();
  const auto middle = bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2);
  std::fill(middle, middle + 300, std::uint8_t{0x55});
  const auto damaged = damaged_in(folder.put("damaged.h264", bytes), frames);
  EXPECT_GE(damaged, 1U);
  EXPECT_GE(frames, 20);
  EXPECT_LT(frames, 30);
}

TEST(VideoFile, SaysThatItIsCutShort) {
  const ScratchFolder folder;
  auto bytes = base::read_file(testdata / "clip.mp4", 1U << 24U).value();
  bytes.resize(bytes.size() * 2 / 3);  // its index stands at the front
  auto source = open_video_file(folder.put("cut.mp4", bytes), {}, {}).value();
  Result<std::optional<Frame>> frame = source->next();
  int frames = 0;
  for (; frame && *frame; frame = source->next()) ++frames;
  EXPECT_GT(frames, 10);
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().code, ErrorCode::unavailable);
  EXPECT_NE(frame.error().message.find("of 5.2 seconds"), std::string::npos)
      << frame.error().message;
}

TEST(VideoFile, StopsWhenItIsTold) {
  std::stop_source stop;
  auto frames = open_video_file(testdata / "clip.mp4", {}, stop.get_token()).value();
  ASSERT_TRUE(*frames->next());
  stop.request_stop();
  const auto frame = frames->next();
  ASSERT_TRUE(frame);
  EXPECT_FALSE(*frame);
}

TEST(VideoFile, OpensNothingThatAFileNames) {
  const ScratchFolder folder;
  const auto clip = (testdata / "clip.mp4").string();
  const auto try_file = [&](const std::string& name, const std::string& text) {
    const auto opened = open_video_file(folder.put(name, base::as_bytes(text)), {}, {});
    ASSERT_FALSE(opened) << name;
    EXPECT_EQ(opened.error().code, ErrorCode::invalid_input);
  };
  try_file("list.m3u8",
           "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:" + clip + "\n#EXT-X-ENDLIST\n");
  try_file("list.txt", "ffconcat version 1.0\nfile '" + clip + "'\n");
  try_file("stream.sdp",
           "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
           "m=video 5004 RTP/AVP 26\n");
  try_file("words.mp4", "not a video at all");
  try_file("empty.mp4", "");
  const auto missing = open_video_file(folder.path() / "none.mp4", {}, {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace regmark::reading
