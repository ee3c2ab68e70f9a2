#include "relay/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/check.h"
#include "base/crash_point.h"
#include "base/encoding.h"
#include "relay/item.h"

namespace regmark::relay {
namespace {

// A frame is the length of the sealed item (4 bytes, little endian) and the sealed item.
constexpr std::size_t frame_head = 4;
constexpr std::size_t sealed_max = item_size_max + base::seal_overhead + 64;
constexpr std::size_t key_file_max = 128;
constexpr std::string_view segment_ending = ".spool";

// Sealed for its place, so that an item cannot be moved, repeated or left out unseen.
std::string context_of(std::uint64_t segment, std::uint64_t offset) {
  return "regmark spool " + std::to_string(segment) + " " + std::to_string(offset);
}

std::array<std::uint8_t, frame_head> head_of(std::size_t size) {
  return {static_cast<std::uint8_t>(size), static_cast<std::uint8_t>(size >> 8U),
          static_cast<std::uint8_t>(size >> 16U), static_cast<std::uint8_t>(size >> 24U)};
}

// Reads up to `bytes.size()` at an offset; gives how much there was.
Result<std::size_t> read_at(int file, std::span<std::uint8_t> bytes, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto got =
        ::pread(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(ErrorCode::unavailable, "cannot read the spool");
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

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

struct Mark {
  std::uint64_t segment = 0, offset = 0;
};

// The mark says where the first item that waits begins: "segment offset\n".
Result<Mark> read_mark(const std::filesystem::path& path) {
  const auto bytes = base::read_file(path, 64);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return Mark{};
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  const auto text = base::as_text(*bytes);
  Mark mark;
  const auto* end = text.data() + text.size();
  const auto segment = std::from_chars(text.data(), end, mark.segment);
  if (segment.ec != std::errc() || segment.ptr == end || *segment.ptr != ' ') {
    return fail(ErrorCode::corrupt, "the spool's mark is damaged");
  }
  const auto offset = std::from_chars(segment.ptr + 1, end, mark.offset);
  if (offset.ec != std::errc()) return fail(ErrorCode::corrupt, "the spool's mark is damaged");
  return mark;
}

}  // namespace

Spool::Spool(const SpoolSettings& settings, base::FileLock lock)
    : settings_(settings), lock_(std::move(lock)) {}

Spool::~Spool() {
  if (file_ >= 0) ::close(file_);
}

Result<std::unique_ptr<Spool>> Spool::open(const SpoolSettings& settings) {
  REGMARK_TRY(base::make_private_folder(settings.folder));
  REGMARK_ASSIGN(auto lock, base::FileLock::take(settings.folder / "lock"));
  std::unique_ptr<Spool> spool(new Spool(settings, std::move(lock)));
  REGMARK_TRY(spool->load());
  return spool;
}

std::filesystem::path Spool::path_of(std::uint64_t segment) const {
  std::string number = std::to_string(segment);
  number.insert(0, 12 - std::min<std::size_t>(12, number.size()), '0');
  return settings_.folder / (number + std::string(segment_ending));
}

// A file sealed with the spool's key: tells a wrong key from a frame that was never finished.
Result<void> Spool::check_key() const {
  constexpr std::string_view context = "regmark spool key check";
  const auto path = settings_.folder / "key-check";
  const auto known = base::read_file(path, base::seal_overhead + 64);
  if (!known && known.error().code == ErrorCode::not_found) {
    return base::write_file(path, base::seal(settings_.key, base::as_bytes("right"), context));
  }
  if (!known) return tl::unexpected<Error>(known.error());
  if (!base::unseal(settings_.key, *known, context)) {
    return fail(ErrorCode::corrupt, "the spool was written with another key");
  }
  return {};
}

// As old as what was added to it last.
bool Spool::is_over(std::uint64_t segment) const {
  std::error_code error;
  const auto written = std::filesystem::last_write_time(path_of(segment), error);
  return !error && written < std::filesystem::file_time_type::clock::now() - settings_.age_max;
}

// Those of closed segments, the oldest first. A crash in between leaves some for the next time; the
// mark may then name a segment that is gone, and what follows it waits still.
void Spool::forget_what_is_over() {
  while (!waiting_.empty() && waiting_.front().segment != segment_ &&
         is_over(waiting_.front().segment)) {
    const auto segment = waiting_.front().segment;
    std::error_code error;
    std::filesystem::remove(path_of(segment), error);
    while (!waiting_.empty() && waiting_.front().segment == segment) {
      bytes_ -= waiting_.front().size;
      waiting_.pop_front();
    }
  }
}

Result<void> Spool::load() {
  REGMARK_TRY(check_key());
  REGMARK_ASSIGN(const Mark mark, read_mark(settings_.folder / "mark"));
  std::vector<std::uint64_t> segments;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(settings_.folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(segment_ending)) continue;
    std::uint64_t segment = 0;
    std::from_chars(name.data(), name.data() + name.size(), segment);
    segments.push_back(segment);
  }
  if (error) return fail(ErrorCode::unavailable, "cannot list the spool");
  std::ranges::sort(segments);
  for (const auto segment : segments) {
    if (segment < mark.segment || is_over(segment)) {
      // All of it was sent, and the power went before the file did; or it has waited too long.
      std::filesystem::remove(path_of(segment), error);
      continue;
    }
    REGMARK_TRY(load_segment(segment, segment == mark.segment ? mark.offset : 0));
  }
  segment_ = std::max(mark.segment, segments.empty() ? 0 : segments.back());
  return start_segment();
}

// Lists a segment's items. Only the last frame of a segment may be torn: it was being written when
// the process died and was never acknowledged.
Result<void> Spool::load_segment(std::uint64_t segment, std::uint64_t from) {
  const OpenFile file(::open(path_of(segment).c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return fail(ErrorCode::unavailable, "cannot open a spool segment");
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return fail(ErrorCode::unavailable, "cannot read the spool");
  const auto end = static_cast<std::uint64_t>(info.st_size);
  std::uint64_t offset = from;
  while (offset + frame_head <= end) {
    std::array<std::uint8_t, frame_head> head{};
    REGMARK_TRY(read_at(file.get(), head, offset));
    const std::uint32_t size = head[0] | (std::uint32_t{head[1]} << 8U) |
                               (std::uint32_t{head[2]} << 16U) | (std::uint32_t{head[3]} << 24U);
    if (offset + frame_head + size > end) break;
    if (size > sealed_max) return fail(ErrorCode::corrupt, "a spool segment is damaged");
    const Place place{.segment = segment, .offset = offset, .size = size};
    base::Bytes sealed(size);
    REGMARK_TRY(read_at(file.get(), sealed, offset + frame_head));
    const bool last = offset + frame_head + size == end;
    if (!base::unseal(settings_.key, sealed, context_of(segment, offset))) {
      if (last) break;  // its length reached the disk before its bytes did
      return fail(ErrorCode::corrupt, "a spool segment does not open: wrong key, or damaged");
    }
    waiting_.push_back(place);
    bytes_ += size;
    offset += frame_head + size;
  }
  return {};
}

// Always writes to a new file: what follows a torn frame could not be found again.
Result<void> Spool::start_segment() {
  if (file_ >= 0) ::close(file_);
  ++segment_;
  segment_end_ = 0;
  file_ =
      ::open(path_of(segment_).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file_ < 0) return fail(ErrorCode::unavailable, "cannot make a spool segment");
  return base::sync_folder(settings_.folder);
}

Result<void> Spool::add(const Item& item) {
  const base::Bytes plain = encode(item);
  if (plain.size() > item_size_max) {
    return fail(ErrorCode::limit_exceeded, "a read with its pictures is too large to spool");
  }
  const std::lock_guard lock(mutex_);
  if (bytes_ + plain.size() > settings_.bytes_max) {
    return fail(ErrorCode::limit_exceeded, "the spool is full");
  }
  if (segment_end_ >= settings_.segment_bytes) REGMARK_TRY(start_segment());
  const auto sealed = base::seal(settings_.key, plain, context_of(segment_, segment_end_));
  base::Bytes frame;
  const auto head = head_of(sealed.size());
  frame.insert(frame.end(), head.begin(), head.end());
  frame.insert(frame.end(), sealed.begin(), sealed.end());
  auto written = base::write_all(file_, frame);
  base::crash_point("spool.written");
  if (written && ::fdatasync(file_) != 0) {
    written = fail(ErrorCode::unavailable, "cannot sync the spool");
  }
  if (!written) {
    // The file may end in a part of this frame: cut it, or leave it and go on in another.
    if (::ftruncate(file_, static_cast<off_t>(segment_end_)) != 0 ||
        ::lseek(file_, static_cast<off_t>(segment_end_), SEEK_SET) < 0) {
      static_cast<void>(start_segment());
    }
    return written;
  }
  base::crash_point("spool.synced");
  waiting_.push_back({.segment = segment_,
                      .offset = segment_end_,
                      .size = static_cast<std::uint32_t>(sealed.size())});
  segment_end_ += frame.size();
  bytes_ += sealed.size();
  return {};
}

Result<base::Bytes> Spool::sealed_at(const Place& place) const {
  const OpenFile file(::open(path_of(place.segment).c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return fail(ErrorCode::unavailable, "cannot open a spool segment");
  base::Bytes sealed(place.size);
  REGMARK_ASSIGN(const auto got, read_at(file.get(), sealed, place.offset + frame_head));
  if (got != sealed.size()) return fail(ErrorCode::corrupt, "a spool segment was cut short");
  return sealed;
}

Result<std::vector<Item>> Spool::front(std::size_t count, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  // Here, where nobody counts on what was given before.
  forget_what_is_over();
  std::vector<Item> items;
  std::size_t total = 0;
  for (const auto& place : waiting_) {
    if (items.size() == count || (!items.empty() && total + place.size > bytes)) break;
    REGMARK_ASSIGN(const auto sealed, sealed_at(place));
    REGMARK_ASSIGN(const auto plain,
                   base::unseal(settings_.key, sealed, context_of(place.segment, place.offset)));
    REGMARK_ASSIGN(auto item, decode(plain));
    items.push_back(std::move(item));
    total += place.size;
  }
  return items;
}

Result<void> Spool::write_mark(const Place& next) {
  const std::string text = std::to_string(next.segment) + " " + std::to_string(next.offset) + "\n";
  return base::write_file(settings_.folder / "mark", base::as_bytes(text));
}

Result<void> Spool::remove_front(std::size_t count) {
  const std::lock_guard lock(mutex_);
  REGMARK_CHECK(count <= waiting_.size());
  if (count == 0) return {};
  const Place next = count < waiting_.size()
                         ? waiting_[count]
                         : Place{.segment = segment_, .offset = segment_end_, .size = 0};
  const std::uint64_t first = waiting_.front().segment;
  REGMARK_TRY(write_mark(next));
  base::crash_point("spool.marked");
  for (std::size_t at = 0; at < count; ++at) {
    bytes_ -= waiting_.front().size;
    waiting_.pop_front();
  }
  // A file that stays behind is found by its number when the spool is next opened.
  std::error_code error;
  for (auto segment = first; segment < next.segment; ++segment) {
    std::filesystem::remove(path_of(segment), error);
  }
  return {};
}

std::size_t Spool::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

std::uint64_t Spool::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

Result<base::Key> spool_key(const std::filesystem::path& file) {
  const auto known = base::read_file(file, key_file_max);
  if (known) {
    auto text = base::as_text(*known);
    while (text.ends_with('\n')) text.remove_suffix(1);
    const auto bytes = base::from_hex(text);
    base::Key key;
    if (!bytes || bytes->size() != key.size()) {
      return fail(ErrorCode::corrupt, "the spool's key file does not hold 64 hexadecimal digits");
    }
    std::ranges::copy(*bytes, key.begin());
    return key;
  }
  if (known.error().code != ErrorCode::not_found) return tl::unexpected<Error>(known.error());
  const base::Key key = base::random_bytes<32>();
  if (file.has_parent_path()) REGMARK_TRY(base::make_private_folder(file.parent_path()));
  REGMARK_TRY(base::write_file(file, base::as_bytes(base::to_hex(key) + "\n")));
  return key;
}

}  // namespace regmark::relay
