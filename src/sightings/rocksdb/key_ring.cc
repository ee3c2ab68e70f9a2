#include "sightings/rocksdb/key_ring.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/crash_point.h"
#include "base/files.h"
#include "sightings/rocksdb/slice.h"

namespace regmark::sightings::rocks {
namespace {

constexpr std::size_t sealed_key_size = sizeof(base::Key) + base::seal_overhead;

std::string context_of(const std::string& name) {
  return "regmark sightings key 1 " + name;
}

constexpr std::string_view of_rows = "rows-";
constexpr std::string_view of_pictures = "pictures-";

// The short slice whose key has this name.
std::optional<std::string> short_slice_of(std::string_view name) {
  for (const auto prefix : {of_rows, of_pictures}) {
    if (!name.starts_with(prefix)) continue;
    const auto slice = name.substr(prefix.size());
    if (is_short_slice_name(slice)) return std::string(slice);
  }
  return std::nullopt;
}

// Not of a short slice. A file that is being written has another name still.
bool is_key_name(std::string_view name) {
  for (const auto prefix : {of_rows, of_pictures}) {
    if (name.starts_with(prefix)) return base::parse_day(name.substr(prefix.size())).has_value();
  }
  constexpr std::string_view of_hold = "hold-";
  return name.starts_with(of_hold) && !name.ends_with(".new") &&
         base::HoldId::parse(name.substr(of_hold.size())).has_value();
}

}  // namespace

std::string rows_key_name(std::string_view slice) {
  return std::string(of_rows).append(slice);
}
std::string pictures_key_name(std::string_view slice) {
  return std::string(of_pictures).append(slice);
}
std::string hold_key_name(const base::HoldId& hold) {
  return "hold-" + hold.text();
}

Result<KeyRing> KeyRing::open(std::filesystem::path folder, const base::Key& master_key) {
  REGMARK_TRY(base::make_private_folder(folder));
  return KeyRing(std::move(folder), master_key);
}

Result<base::Key> KeyRing::load(const std::string& name) const {
  auto sealed = base::read_file(folder_ / name, sealed_key_size);
  if (!sealed) {
    if (sealed.error().code == ErrorCode::limit_exceeded) {
      return fail(ErrorCode::corrupt, "the key " + name + " has a wrong size");
    }
    return tl::unexpected<Error>(std::move(sealed).error());
  }
  auto bytes = base::unseal(master_key_, *sealed, context_of(name));
  if (!bytes || bytes->size() != sizeof(base::Key)) {
    return fail(ErrorCode::corrupt,
                "the key " + name + " does not open: damaged, or the master key is another");
  }
  base::Key key;
  std::ranges::copy(*bytes, key.begin());
  base::wipe(*bytes);
  return key;
}

Result<base::Key> KeyRing::load_or_make(const std::string& name) const {
  auto known = load(name);
  if (known || known.error().code != ErrorCode::not_found) return known;
  const base::Key key = base::random_bytes<sizeof(base::Key)>();
  REGMARK_TRY(base::write_file(folder_ / name, base::seal(master_key_, key, context_of(name))));
  base::crash_point("sightings.key.made");
  return key;
}

Result<void> KeyRing::destroy(const std::string& name) const {
  const auto path = folder_ / name;
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) {
    if (errno == ENOENT) return base::sync_folder(folder_);
    return fail(ErrorCode::unavailable, "the key " + name + " cannot be opened to destroy it");
  }
  const auto noise = base::random_bytes<sealed_key_size>();
  const auto written = base::write_all(file, noise);
  const bool synced = ::fsync(file) == 0;
  ::close(file);
  base::crash_point("sightings.key.overwritten");
  // Unlinked even when it could not be overwritten.
  const bool unlinked = ::unlink(path.c_str()) == 0;
  if (!written || !synced || !unlinked) {
    return fail(ErrorCode::unavailable, "the key " + name + " cannot be destroyed");
  }
  base::crash_point("sightings.key.unlinked");
  return base::sync_folder(folder_);
}

bool KeyRing::has(const std::string& name) const {
  struct stat about {};
  return ::stat((folder_ / name).c_str(), &about) == 0;
}

Result<void> KeyRing::destroy_short_but(const std::set<std::string>& slices) const {
  std::vector<std::string> others;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    auto name = entry.path().filename().string();
    const auto slice = short_slice_of(name);
    if (slice && !slices.contains(*slice)) others.push_back(std::move(name));
  }
  if (error) return fail(ErrorCode::unavailable, "the keys cannot be listed");
  for (const auto& name : others) REGMARK_TRY(destroy(name));
  return {};
}

Result<std::vector<std::string>> KeyRing::names() const {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    auto name = entry.path().filename().string();
    if (is_key_name(name)) names.push_back(std::move(name));
  }
  if (error) return fail(ErrorCode::unavailable, "the keys cannot be listed");
  std::ranges::sort(names);
  return names;
}

Result<std::vector<SealedKey>> KeyRing::all_sealed() const {
  REGMARK_ASSIGN(const auto all, names());
  std::vector<SealedKey> keys;
  for (const auto& name : all) {
    auto sealed = base::read_file(folder_ / name, sealed_key_size);
    if (!sealed && sealed.error().code == ErrorCode::not_found) continue;  // destroyed meanwhile
    if (!sealed) return tl::unexpected<Error>(std::move(sealed).error());
    keys.push_back({name, *std::move(sealed)});
  }
  return keys;
}

Result<void> KeyRing::put_back(const SealedKey& key) const {
  if (!is_key_name(key.name)) return fail(ErrorCode::invalid_input, "no key has this name");
  REGMARK_TRY(base::write_file(folder_ / key.name, key.sealed));
  auto opened = load(key.name);
  if (!opened) return tl::unexpected<Error>(std::move(opened).error());
  base::wipe(*opened);
  return {};
}

}  // namespace regmark::sightings::rocks
