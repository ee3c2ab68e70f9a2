#include "audit/internal/append_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "base/files.h"

namespace regmark::audit {

Result<AppendFile> AppendFile::open(const std::filesystem::path& path) {
  AppendFile opened;
  opened.file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  struct stat about {};
  if (opened.file_ < 0 || ::fstat(opened.file_, &about) != 0) {
    return fail(ErrorCode::unavailable, "cannot open a file of the log");
  }
  opened.size_ = static_cast<std::size_t>(about.st_size);
  return opened;
}

Result<AppendFile> AppendFile::create(const std::filesystem::path& path) {
  AppendFile made;
  made.file_ =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made.file_ < 0) return fail(ErrorCode::unavailable, "cannot make a file of the log");
  return made;
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)), size_(std::exchange(other.size_, 0)) {}

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(size_, other.size_);
  return *this;
}

AppendFile::~AppendFile() {
  if (file_ >= 0) ::close(file_);
}

Result<void> AppendFile::append(std::span<const std::uint8_t> bytes) {
  REGMARK_TRY(base::write_all(file_, bytes));
  size_ += bytes.size();
  return {};
}

Result<void> AppendFile::sync() {
  if (::fdatasync(file_) != 0) return fail(ErrorCode::unavailable, "cannot sync the log");
  return {};
}

Result<void> AppendFile::cut(std::size_t size) {
  if (::ftruncate(file_, static_cast<off_t>(size)) != 0) {
    return fail(ErrorCode::unavailable, "cannot cut a file of the log");
  }
  size_ = size;
  return sync();
}

}  // namespace regmark::audit
