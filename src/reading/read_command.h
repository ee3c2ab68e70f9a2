// `regmark read PATH|URL...` as a function.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "reading/frame.h"
#include "reading/json_lines.h"
#include "reading/read_picture.h"
#include "reading/tracker.h"
#include "reading/video.h"

namespace regmark::reading {

// A folder with more files is refused: it is read whole and sorted first.
inline constexpr std::size_t folder_files_max = 100'000;

enum class OutputForm : std::uint8_t { text, json };
enum class Progress : std::uint8_t { silent, shown };

// What a read of a file gets as its time.
enum class FileTime : std::uint8_t {
  recorded,  // what the file says (EXIF with an offset, a video's own), else when it was written
  now,       // when it is read: files are played as if a camera stood behind them
};

struct ReadOptions {
  std::vector<std::string> sources{};  // pictures, videos, folders, addresses
  OutputForm form = OutputForm::text;
  std::optional<std::filesystem::path> annotate{};  // a folder for copies with plates drawn in
  // `shown` only where standard error is a terminal: the caller knows.
  Progress progress = Progress::silent;
  FileTime file_time = FileTime::recorded;
  ReadingSettings reading{};
  TrackerSettings tracker{};
  VideoSettings video{};
  StreamSettings stream{};
  std::stop_token stop{};  // ends after the frame at hand; tracks get their final reads
};

// One read for whoever sends it on. Valid during the call of Sink::take only.
struct Delivery {
  const Line& line;
  plate::TimeSource at_by;
  // The source's own name for the event, 1 to 128 bytes of printable ASCII, without a plate in it:
  // the same picture read twice gets the same one. `supersedes` is that of the provisional read
  // that this final one corrects, or empty.
  const std::string& event;
  const std::string& supersedes;
  const Frame& frame;  // plate_patch() and overview() make pictures of it
};

// Takes each read as it comes. Called by the thread that runs run_read().
class Sink {
 public:
  virtual ~Sink() = default;
  // A failure is said on standard error, and makes the exit status 1. Reading goes on.
  virtual Result<void> take(const Delivery& delivery) = 0;
};

// Reads every source, prints plates to `out` as they are read, and what goes wrong to `err`. Each
// plate of a still picture is a final read with a track of its own; a video's or a stream's plates
// are followed. Of a folder the files whose names end like a picture's or a video's are read, in
// the order of their names. A password in an address is not printed.
// The exit status: 0, or 1 where a source could not be read, or not all of its frames, or its reads
// not written or sent; the others are read all the same.
int run_read(const ReadOptions& options, std::ostream& out, std::ostream& err, Sink* sink = nullptr,
             const base::Clock& clock = base::SystemClock());

}  // namespace regmark::reading
