#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/check.h"
#include "reading/video.h"

// Any bytes in a file either fail cleanly or give frames, in the order of their time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  static const int file = memfd_create("video", 0);
  REGMARK_CHECK(file >= 0 && ftruncate(file, 0) == 0);
  REGMARK_CHECK(pwrite(file, data, size, 0) == static_cast<ssize_t>(size));
  const auto path = "/proc/self/fd/" + std::to_string(file);
  const auto frames = reading::open_video_file(path, {}, {});
  if (!frames) return 0;
  std::chrono::microseconds last{0};
  for (int count = 0; count < 8; ++count) {
    const auto frame = (*frames)->next();
    if (!frame || !*frame) break;
    REGMARK_CHECK((*frame)->position >= last);
    last = (*frame)->position;
  }
  return 0;
}
