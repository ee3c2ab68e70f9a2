// The folder of a demo's office.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>

namespace regmark::cli {

// Gone afterwards, unless somebody asked to keep it: then it is theirs.
class DataFolder {
 public:
  // Empty: a new one among the temporary files.
  explicit DataFolder(std::filesystem::path wanted)
      : path_(std::move(wanted)), keep_(!path_.empty()) {
    if (keep_) return;
    std::string pattern = (std::filesystem::temp_directory_path() / "regmark-demo-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;
  ~DataFolder() {
    std::error_code error;
    if (!keep_ && !path_.empty()) std::filesystem::remove_all(path_, error);
  }
  // Empty: it could not be made.
  const std::filesystem::path& where() const { return path_; }

 private:
  std::filesystem::path path_;
  bool keep_;
};

// Whether an office was opened there before.
inline bool has_office(const std::filesystem::path& data) {
  return std::filesystem::exists(data / "keys");
}

}  // namespace regmark::cli
