#include "intake/read_batch.h"

#include <gtest/gtest.h>

#include <string>

#include "base/encoding.h"
#include "intake/picture_testing.h"

namespace regmark::intake {
namespace {

std::string a_line(const std::string& event, const std::string& more = "") {
  return R"({"source_event":")" + event +
         R"(","plate":"AB12CDE","score":1,"observed":"2026-03-29T00:30:00Z",)" +
         R"("sent":"2026-03-29T00:30:00Z")" + more + "}";
}

std::string a_part(const std::string& name, std::string_view content,
                   const std::string& type = "application/x-ndjson") {
  return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: " + type +
         "\r\n\r\n" + std::string(content) + "\r\n";
}

std::string a_picture(const std::string& name) {
  return a_part(name, base::as_text(a_jpeg()), "image/jpeg");
}

// One word for each read: its event and pictures, or its error; or why the batch is refused.
std::string outcome(std::string_view type, std::string_view body) {
  const auto read = read_batch(type, body);
  if (const auto* refused = std::get_if<BatchRefused>(&read)) {
    return (refused->why == BatchRefused::Why::too_large ? "too_large: " : "malformed: ") +
           refused->message;
  }
  std::string line;
  for (const auto& message : std::get<ReadBatch>(read).messages) {
    if (!message) {
      line += "(" + message.error().message + ") ";
      continue;
    }
    line += message->source_event;
    for (const auto& picture : message->pictures) {
      line += picture.kind == plate::PictureKind::plate ? "+plate" : "+overview";
    }
    line += " ";
  }
  return line;
}

TEST(ReadBatch, TakesOneObjectOrManyLines) {
  const auto bad = std::string("{nonsense}");
  struct Case {
    std::string type, body, want;
  };
  const Case cases[] = {
      {"application/json", a_line("e"), "e "},
      {"Application/JSON; charset=\"UTF-8\"", " \n" + a_line("e") + "\n", "e "},
      {"application/x-ndjson", a_line("1") + "\n" + a_line("2"), "1 2 "},
      {"application/x-ndjson", "\n" + a_line("1") + "\r\n  \n" + a_line("2") + "\n\n", "1 2 "},
      // A bad line does not take the others with it.
      {"application/x-ndjson", a_line("1") + "\n" + bad + "\n" + a_line("3"),
       "1 (the read is not JSON) 3 "},
      {"application/x-ndjson", a_line("1") + a_line("2"), "(the read is not JSON) "},
      // Alone, it is the batch.
      {"application/json", bad, "malformed: the read is not JSON"},
      {"application/json", "", "malformed: the read is not JSON"},
      {"application/json", a_line("1") + "\n" + a_line("2"), "malformed: the read is not JSON"},
      {"application/json", std::string(100, '[') + std::string(100, ']'),
       "too_large: the read is nested too deeply"},
      {"application/x-ndjson", "", "malformed: there is no read in the body"},
      {"application/x-ndjson", "\n\n", "malformed: there is no read in the body"},
      {"application/json; charset=utf-16", a_line("e"), "malformed: the charset must be UTF-8"},
      {"application/json; charset=iso-8859-1", a_line("e"), "malformed: the charset must be UTF-8"},
      {"application/json; charset", a_line("e"), "malformed: the content type does not read"},
      {"", a_line("e"), "malformed: the content type does not read"},
      {"text/xml", "<x/>",
       "malformed: the content type must be application/json, application/x-ndjson or "
       "multipart/form-data"},
  };
  for (const auto& [type, body, want] : cases) {
    SCOPED_TRACE(type + " " + body.substr(0, 60));
    EXPECT_EQ(outcome(type, body), want);
  }
}

TEST(ReadBatch, TakesPicturesBesideTheirReads) {
  const std::string type = "multipart/form-data; boundary=b";
  const auto reads = a_part("reads", a_line("1") + "\n" + a_line("2"));
  const std::string end = "--b--\r\n";
  const std::string png = "\x89PNG\r\n\x1a\n";
  struct Case {
    std::string body, want;
  };
  const Case cases[] = {
      {reads + a_picture("1.overview") + a_picture("0.plate") + a_picture("0.overview") + end,
       "1+plate+overview 2+overview "},
      {a_picture("0.plate") + reads + end, "1+plate 2 "},  // in any order
      {a_part("reads", "{\n" + a_line("e").substr(1), "application/json") + end, "e "},
      {reads + end, "1 2 "},
      // Pictures that are not what they say: their read is refused, the other kept.
      {reads + a_part("0.plate", png, "image/jpeg") + end,
       "(plate picture: the picture is no JPEG) 2 "},
      {reads + a_part("1.overview", "<svg/>", "image/jpeg") + end,
       "1 (overview picture: the picture is no JPEG) "},
      {reads + a_part("1.overview", base::as_text(a_jpeg()).substr(0, 30), "image/jpeg") + end,
       "1 (overview picture: the picture is cut short) "},
      {reads + a_part("0.plate", base::as_text(a_jpeg(60'000, 60'000))) + end,
       "(plate picture: the picture's sides are out of range) 2 "},
      {reads + a_part("0.plate", base::as_text(a_jpeg(640, 480, std::string(512U << 10U, 'x')))) +
           end,
       "(plate picture: too large) 2 "},
      {reads + a_picture("0.plate") + a_picture("0.plate") + end,
       "(plate picture: there twice) 2 "},
      // A face is dropped, the read is not.
      {reads + a_part("0.face", "x") + end, "1 2 "},
      // What belongs to no read makes the batch none.
      {reads + a_picture("2.plate") + end, "malformed: a picture belongs to no read"},
      {reads + a_picture("99999999999999999999.plate") + end,
       "malformed: a part is neither \"reads\" nor a picture"},
      {reads + a_picture("-1.plate") + end, "malformed: a part is neither \"reads\" nor a picture"},
      {reads + a_picture("plate") + end, "malformed: a part is neither \"reads\" nor a picture"},
      {reads + a_picture("0.boot") + end,
       "malformed: a picture is neither \"plate\" nor \"overview\""},
      {a_picture("0.plate") + end, "malformed: there is no part \"reads\""},
      {reads + reads + end, "malformed: a part is neither \"reads\" nor a picture"},
      {reads, "malformed: a part does not end"},
      {"", "malformed: the boundary is not in the body"},
  };
  for (const auto& [body, want] : cases) {
    SCOPED_TRACE(want);
    EXPECT_EQ(outcome(type, body), want);
  }
  EXPECT_EQ(outcome("multipart/form-data", reads + end),
            "malformed: the content type names no usable boundary");
}

TEST(ReadBatch, ChecksPicturesInsideTheJsonToo) {
  const auto with = [](std::span<const std::uint8_t> bytes) {
    return a_line("e",
                  R"(,"pictures":[{"kind":"plate","base64":")" + base::to_base64(bytes) + "\"}]");
  };
  EXPECT_EQ(outcome("application/json", with(a_jpeg())), "e+plate ");
  EXPECT_EQ(outcome("application/json", with(base::as_bytes("GIF89a..."))),
            "malformed: plate picture: the picture is no JPEG");
  EXPECT_EQ(outcome("application/x-ndjson", with(base::as_bytes("GIF89a...")) + "\n" + a_line("2")),
            "(plate picture: the picture is no JPEG) 2 ");
}

TEST(ReadBatch, HasLimits) {
  std::string lines;
  for (std::size_t i = 0; i < batch_reads_max; ++i) lines += a_line(std::to_string(i)) + "\n";
  const auto most = read_batch("application/x-ndjson", lines);
  ASSERT_TRUE(std::holds_alternative<ReadBatch>(most));
  EXPECT_EQ(std::get<ReadBatch>(most).messages.size(), batch_reads_max);
  EXPECT_EQ(outcome("application/x-ndjson", lines + "x"),
            "too_large: a batch has at most 5000 reads");
  EXPECT_EQ(outcome("application/x-ndjson", std::string(batch_size_max + 1, '\n')),
            "too_large: the batch is too large");
  const std::string long_line = a_line("1") + std::string(read_size_max, ' ');
  EXPECT_EQ(outcome("application/x-ndjson", long_line + "\n" + a_line("2")),
            "(the read is too large) 2 ");
}

}  // namespace
}  // namespace regmark::intake
