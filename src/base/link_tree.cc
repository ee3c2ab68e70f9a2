#include "base/link_tree.h"

#include "base/files.h"

namespace regmark::base {
namespace fs = std::filesystem;

Result<void> link_tree(const fs::path& from, const fs::path& to) {
  REGMARK_TRY(make_private_folder(to));
  const auto failed = [](const std::error_code& error) {
    return fail(ErrorCode::unavailable, "cannot link a folder's files: " + error.message());
  };
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(from, error)) {
    const auto name = entry.path().filename();
    if (name == "lock" || name.extension() == ".new") continue;
    std::error_code linked;
    if (entry.is_directory(linked)) {
      REGMARK_TRY(link_tree(entry.path(), to / name));
      continue;
    }
    fs::create_hard_link(entry.path(), to / name, linked);
    if (linked && linked != std::errc::no_such_file_or_directory) return failed(linked);
  }
  // A folder that went meanwhile had nothing to link any more.
  if (error && error != std::errc::no_such_file_or_directory) return failed(error);
  return {};
}

}  // namespace regmark::base
