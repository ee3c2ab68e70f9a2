#include "reading/labels.h"

#include <gtest/gtest.h>

#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

std::string outcome(const std::string& text) {
  const auto labels = parse_labels(text);
  return labels ? std::to_string(labels->size()) : name(labels.error().code);
}

TEST(Labels, ReadOnePlateALine) {
  const std::string header = "file\tx\ty\tw\th\ttext\n";
  struct Case {
    std::string text, want;
  };
  const Case cases[] = {
      {header, "0"},
      {header + "a.jpg\t1\t2\t30\t10\tAB12CDE\n", "1"},
      {header + "a.jpg\t1.5\t-2\t30\t10\t\r\nb.jpg\t0\t0\t1\t1\tX", "2"},  // text not known
      {header + "\n\n", "0"},
      {"", "invalid_input"},
      {"file,x,y,w,h,text\n", "invalid_input"},
      {header + "a.jpg\t1\t2\t30\t10\n", "invalid_input"},
      {header + "a.jpg\t1\t2\t30\t10\tA\tB\n", "invalid_input"},
      {header + "a.jpg\tone\t2\t30\t10\tA\n", "invalid_input"},
      {header + "a.jpg\t1\t2\tinf\t10\tA\n", "invalid_input"},
      {header + "a.jpg\t1\t2\t-3\t10\tA\n", "invalid_input"},
      {header + "../a.jpg\t1\t2\t3\t10\tA\n", "invalid_input"},
      {header + "\t1\t2\t3\t10\tA\n", "invalid_input"},
      {header + std::string(labels_max, '\n'), "limit_exceeded"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text.substr(0, 60));
    EXPECT_EQ(outcome(text), want);
  }
}

TEST(Labels, KeepWhatTheLineSays) {
  const auto labels = parse_labels("file\tx\ty\tw\th\ttext\na.jpg\t1.5\t2\t30\t10\tAB12CDE\n");
  ASSERT_TRUE(labels);
  EXPECT_EQ(labels->at(0).file, "a.jpg");
  EXPECT_EQ(labels->at(0).text, "AB12CDE");
  EXPECT_FLOAT_EQ(labels->at(0).box.left, 1.5F);
  EXPECT_FLOAT_EQ(labels->at(0).box.bottom, 12);
}

TEST(Labels, NameTheLineThatIsWrong) {
  const auto labels = parse_labels("file\tx\ty\tw\th\ttext\na\t1\t2\t3\t4\t\nbad\n");
  ASSERT_FALSE(labels);
  EXPECT_TRUE(labels.error().message.starts_with("line 3:")) << labels.error().message;
}

}  // namespace
}  // namespace regmark::reading
