#include "backup/blob.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "base/files.h"

namespace regmark::backup {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 20U;

class OpenFile {
 public:
  OpenFile(const std::filesystem::path& path, int flags)
      : file_(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }
  bool is_open() const { return file_ >= 0; }
  int get() const { return file_; }

 private:
  int file_;
};

tl::unexpected<Error> failed(const char* doing) {
  return fail(ErrorCode::unavailable, std::string("a file of the backup cannot be ") + doing);
}

// As many bytes as there are, up to the size of `bytes`.
Result<std::size_t> read_some(int file, std::span<std::uint8_t> bytes) {
  std::size_t got = 0;
  while (got < bytes.size()) {
    const auto more = ::read(file, bytes.data() + got, bytes.size() - got);
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return failed("read");
    if (more == 0) break;
    got += static_cast<std::size_t>(more);
  }
  return got;
}

// A piece opens in its own place only, and the last as the last: so none can be left out.
std::string context_of(std::uint64_t number, bool is_last) {
  return "regmark backup piece 1 " + std::to_string(number) + (is_last ? " last" : "");
}

// A file of no bytes has one piece, of none.
std::uint64_t pieces_of(std::uint64_t size) {
  return std::max<std::uint64_t>(1, (size + piece_size - 1) / piece_size);
}

}  // namespace

std::uint64_t blob_size(std::uint64_t size) {
  return size + pieces_of(size) * base::seal_overhead;
}

Result<void> write_blob(const std::filesystem::path& file, std::uint64_t size,
                        const std::filesystem::path& blob, const base::Key& key) {
  const OpenFile in(file, O_RDONLY);
  if (!in.is_open()) return failed("opened");
  const OpenFile out(blob, O_WRONLY | O_CREAT | O_EXCL);
  if (!out.is_open()) return failed("made");
  base::Bytes piece(piece_size);
  const auto pieces = pieces_of(size);
  for (std::uint64_t number = 0; number < pieces; ++number) {
    const auto wanted = std::min<std::uint64_t>(piece_size, size - number * piece_size);
    REGMARK_ASSIGN(const auto got, read_some(in.get(), std::span(piece).first(wanted)));
    if (got != wanted) return failed("read: it is shorter than it was");
    REGMARK_TRY(base::write_all(out.get(), base::seal(key, std::span(piece).first(got),
                                                      context_of(number, number + 1 == pieces))));
  }
  base::wipe(piece);
  if (::fsync(out.get()) != 0) return failed("synced");
  // What is read back is then read from the disk, as far as the system lets us say so.
  static_cast<void>(::posix_fadvise(out.get(), 0, 0, POSIX_FADV_DONTNEED));
  return {};
}

Result<std::uint64_t> read_blob(
    const std::filesystem::path& blob, const base::Key& key,
    const std::function<Result<void>(std::span<const std::uint8_t>)>& take) {
  const OpenFile in(blob, O_RDONLY);
  if (!in.is_open()) {
    if (errno == ENOENT) return fail(ErrorCode::corrupt, "a file of the backup is missing");
    return failed("opened");
  }
  struct stat about {};
  if (::fstat(in.get(), &about) != 0) return failed("read");
  constexpr std::uint64_t sealed_size = piece_size + base::seal_overhead;
  const auto left_over = static_cast<std::uint64_t>(about.st_size) % sealed_size;
  const auto pieces =
      static_cast<std::uint64_t>(about.st_size) / sealed_size + (left_over == 0 ? 0 : 1);
  base::Bytes sealed(sealed_size);
  std::uint64_t total = 0;
  for (std::uint64_t number = 0; number < std::max<std::uint64_t>(pieces, 1); ++number) {
    REGMARK_ASSIGN(const auto got, read_some(in.get(), sealed));
    auto piece =
        base::unseal(key, std::span(sealed).first(got), context_of(number, number + 1 >= pieces));
    if (!piece) return fail(ErrorCode::corrupt, "a file of the backup is damaged");
    total += piece->size();
    REGMARK_TRY(take(*piece));
    base::wipe(*piece);
  }
  return total;
}

}  // namespace regmark::backup
