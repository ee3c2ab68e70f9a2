#include "sightings/rocksdb/packs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>

#include "base/crash_point.h"
#include "base/files.h"
#include "sightings/internal/bytes.h"
#include "sightings/rocksdb/slice.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Reader;
using internal::Writer;

constexpr std::string_view header = "regmark pack 1\n\n";
constexpr std::size_t length_size = 4;

tl::unexpected<Error> disk_failure(const char* doing) {
  return fail(ErrorCode::unavailable, std::string("a pack of pictures cannot be ") + doing);
}

std::string file_name(std::uint32_t number) {
  char name[32];
  std::snprintf(name, sizeof name, "%06u.pack", number);
  return name;
}

// The number in a pack's file name; 0: this is no pack.
std::uint32_t number_in(const std::string& name) {
  std::uint32_t number = 0;
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
  return parsed.ec == std::errc() && name == file_name(number) ? number : 0;
}

bool read_at(int file, std::span<std::uint8_t> bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const auto got = ::pread(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return true;
}

}  // namespace

// A pack that is being added to.
struct Packs::Pack {
  Pack(int opened, std::uint32_t its_number) : file(opened), number(its_number) {}
  Pack(const Pack&) = delete;
  Pack& operator=(const Pack&) = delete;
  ~Pack() { ::close(file); }

  int file;
  std::uint32_t number;
  std::uint64_t size = 0;
  std::uint64_t synced_size = 0;
  bool named = false;  // its name is durable
  std::uint64_t last_use = 0;
};

std::string picture_context(const plate::ReadId& id, plate::PictureKind kind) {
  std::string context = "regmark picture 1 ";
  context += base::as_text(id.bytes());
  context += static_cast<char>(kind);
  return context;
}

Packs::Packs(std::filesystem::path folder) : folder_(std::move(folder)) {}
Packs::Packs(Packs&&) noexcept = default;
Packs::~Packs() = default;

Result<Packs> Packs::open(std::filesystem::path folder) {
  REGMARK_TRY(base::make_private_folder(folder));
  return Packs(std::move(folder));
}

std::filesystem::path Packs::folder_of(const std::string& slice) const {
  return folder_ / slice;
}

// Never goes on with a file of an earlier run: its end may be torn.
Result<Packs::Pack*> Packs::pack_for(const std::string& slice, std::size_t size) {
  auto& pack = open_[slice];
  if (pack && pack->size + size > pack_size_max && pack->size == pack->synced_size) pack.reset();
  if (!pack) {
    const auto folder = folder_of(slice);
    REGMARK_TRY(base::make_private_folder(folder));
    std::uint32_t last = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
      last = std::max(last, number_in(entry.path().filename().string()));
    }
    if (error) return disk_failure("looked for");
    const auto path = folder / file_name(last + 1);
    const int file =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return disk_failure("made");
    pack = std::make_unique<Pack>(file, last + 1);
    if (!base::write_all(file, base::as_bytes(header))) {
      open_.erase(slice);
      return disk_failure("written");
    }
    pack->size = header.size();
  }
  pack->last_use = ++uses_;
  return pack.get();
}

Result<PicturePlace> Packs::add(const std::string& slice, std::span<const std::uint8_t> sealed) {
  REGMARK_ASSIGN(Pack* const pack, pack_for(slice, sealed.size() + length_size));
  Writer record;
  record.big(sealed.size(), length_size);
  record.bytes(sealed);
  const PicturePlace place{pack->number, pack->size};
  REGMARK_TRY(base::write_all(pack->file, record.out()));
  pack->size += record.out().size();
  return place;
}

Result<void> Packs::sync() {
  for (auto& [slice, pack] : open_) {
    if (pack->size == pack->synced_size) continue;
    base::crash_point("sightings.pack.written");
    if (::fdatasync(pack->file) != 0) return disk_failure("synced");
    if (!pack->named) {
      REGMARK_TRY(base::sync_folder(folder_of(slice)));
      REGMARK_TRY(base::sync_folder(folder_));
      pack->named = true;
    }
    pack->synced_size = pack->size;
    base::crash_point("sightings.pack.synced");
  }
  while (open_.size() > packs_open_max) {
    open_.erase(std::ranges::min_element(open_, {},
                                         [](const auto& entry) { return entry.second->last_use; }));
  }
  return {};
}

void Packs::take_back() {
  std::erase_if(open_, [](auto& entry) {
    auto& pack = *entry.second;
    if (pack.size == pack.synced_size && pack.named) return false;
    // A file that may end in half a picture is left behind: nothing points to that half.
    static_cast<void>(::ftruncate(pack.file, static_cast<off_t>(pack.synced_size)));
    return true;
  });
}

Result<base::Bytes> Packs::read(const std::string& slice, const PicturePlace& place,
                                std::size_t sealed_size) const {
  const auto torn = [&] {
    return fail(ErrorCode::corrupt,
                "pack " + std::to_string(place.pack) + " of " + slice + " is not what was written");
  };
  const int file = ::open((folder_of(slice) / file_name(place.pack)).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    if (errno == ENOENT) return torn();
    return disk_failure("opened");
  }
  base::Bytes record(length_size + sealed_size);
  const bool whole = read_at(file, record, place.offset);
  ::close(file);
  if (!whole || Reader(record).big(length_size) != sealed_size) return torn();
  record.erase(record.begin(), record.begin() + length_size);
  return record;
}

Result<void> Packs::overwrite(const std::string& slice, const PicturePlace& place,
                              std::size_t sealed_size) const {
  const int file = ::open((folder_of(slice) / file_name(place.pack)).c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return {};
  if (file < 0) return disk_failure("opened");
  const base::Bytes zeros(sealed_size);
  const auto at = static_cast<off_t>(place.offset + length_size);
  const auto written = ::pwrite(file, zeros.data(), zeros.size(), at);
  const bool done = written == static_cast<ssize_t>(zeros.size()) && ::fdatasync(file) == 0;
  ::close(file);
  if (!done) return disk_failure("overwritten");
  return {};
}

void Packs::close(const std::string& slice) {
  open_.erase(slice);
}

Result<void> Packs::destroy(const std::string& slice) const {
  const auto folder = folder_of(slice);
  std::error_code error;
  if (!std::filesystem::exists(folder, error)) return {};
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (::unlink(entry.path().c_str()) != 0) return disk_failure("unlinked");
    base::crash_point("sightings.pack.unlinked");
  }
  if (error || ::rmdir(folder.c_str()) != 0) return disk_failure("unlinked");
  return base::sync_folder(folder_);
}

Result<void> Packs::destroy_short_but(const std::set<std::string>& slices) const {
  std::vector<std::string> others;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    auto name = entry.path().filename().string();
    if (is_short_slice_name(name) && !slices.contains(name)) others.push_back(std::move(name));
  }
  if (error) return disk_failure("listed");
  for (const auto& name : others) REGMARK_TRY(destroy(name));
  return {};
}

bool Packs::has(const std::string& slice) const {
  std::error_code error;
  return std::filesystem::exists(folder_of(slice), error);
}

std::uint64_t Packs::bytes(const std::string& slice) const {
  std::uint64_t total = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of(slice), error)) {
    std::error_code unknown;
    const auto size = entry.file_size(unknown);
    if (!unknown) total += size;
  }
  return total;
}

}  // namespace regmark::sightings::rocks
