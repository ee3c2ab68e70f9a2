// Copies of pictures with plates drawn into them.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "reading/detector.h"
#include "reading/geometry.h"
#include "reading/image.h"
#include "reading/picture.h"
#include "reading/read_picture.h"
#include "reading/vote.h"

namespace regmark::reading {

// What is drawn around one place, and why it is there.
struct Mark {
  Corners corners{};
  std::vector<std::string> lines{};
  Ink ink = Ink::plain;
};

// A plate that was read: its text and score, what else it may be, and what is known beside.
// `beside`: "12 looks, approaching", or empty.
Mark mark_of(const Reading& reading, const Corners& corners, const std::string& beside);

// What the detector took for a plate and nothing was read of, with how sure it was.
std::vector<Mark> marks_without_text(const std::vector<Found>& found,
                                     const std::vector<Seen>& seen);

// Writes into one folder, which only its owner may enter. A file is named after its source, never
// after a plate: "van.jpg" gives "van.read.jpg", and a second one of that name "van-2.read.jpg".
class Annotator {
 public:
  // Fails with
  //   unavailable   the folder cannot be made
  static Result<Annotator> create(const std::filesystem::path& folder);

  // Fails with
  //   unavailable   the file cannot be written
  Result<void> write(std::string_view source, const Picture& picture,
                     const std::vector<Mark>& marks);

 private:
  explicit Annotator(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
  std::set<std::string> names_;
};

}  // namespace regmark::reading
