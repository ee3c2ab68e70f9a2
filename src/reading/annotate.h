// Copies of pictures with plates drawn into them.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "reading/geometry.h"
#include "reading/picture.h"

namespace regmark::reading {

struct Mark {
  Corners corners{};
  std::string text;
};

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
