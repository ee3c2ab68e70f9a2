#include "base/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/crash_point.h"

namespace regmark::base {
namespace {

// Closes a file when it goes out of sight.
class OpenFile {
 public:
  explicit OpenFile(int file) : file_(file) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }
  int get() const { return file_; }

 private:
  int file_;
};

tl::unexpected<Error> system_failure(const char* doing, int error) {
  return fail(ErrorCode::unavailable,
              std::string(doing) + ": " + std::generic_category().message(error));
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t size_max) {
  const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    if (errno == ENOENT) return fail(ErrorCode::not_found, "there is no such file");
    return system_failure("cannot open the file", errno);
  }
  Bytes bytes;
  Bytes part(std::size_t{1} << 16U);
  while (true) {
    const auto got = ::read(file.get(), part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("cannot read the file", errno);
    if (got == 0) return bytes;
    bytes.insert(bytes.end(), part.begin(), part.begin() + got);
    if (bytes.size() > size_max) {
      return fail(ErrorCode::limit_exceeded, "the file is larger than allowed");
    }
  }
}

Result<void> write_all(int file, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure("cannot write", errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  std::filesystem::path beside = path;
  beside += ".new";
  {
    const OpenFile file(
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.get() < 0) return system_failure("cannot create a file", errno);
    REGMARK_TRY(write_all(file.get(), bytes));
    crash_point("write_file.written");
    if (::fsync(file.get()) != 0) return system_failure("cannot sync a file", errno);
  }
  crash_point("write_file.synced");
  if (::rename(beside.c_str(), path.c_str()) != 0) {
    return system_failure("cannot replace a file", errno);
  }
  crash_point("write_file.renamed");
  return sync_folder(path.has_parent_path() ? path.parent_path() : std::filesystem::path("."));
}

Result<void> make_private_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return system_failure("cannot make a folder", error.value());
  std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  if (error) return system_failure("cannot close a folder to others", error.value());
  return {};
}

Result<void> sync_folder(const std::filesystem::path& path) {
  const OpenFile folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) return system_failure("cannot open a folder", errno);
  if (::fsync(folder.get()) != 0) return system_failure("cannot sync a folder", errno);
  return {};
}

Result<FileLock> FileLock::take(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return system_failure("cannot open the lock", errno);
  FileLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorCode::conflict, "another process holds the lock");
  }
  return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

FileLock::~FileLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace regmark::base
