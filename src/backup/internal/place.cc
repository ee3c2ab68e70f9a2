#include "backup/internal/place.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "backup/internal/lines.h"
#include "base/encoding.h"
#include "base/files.h"

namespace regmark::backup::internal {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view manifest_context = "regmark backup manifest 1";
constexpr std::string_view manifest_prefix = "manifest-";

// Overwrites what an open file holds, as far as the disk lets us.
Result<void> overwrite(int file) {
  struct stat about {};
  if (::fstat(file, &about) != 0) return fail(ErrorCode::unavailable, "cannot look at a file");
  const base::Bytes zeros(std::size_t{1} << 16U);
  for (auto left = static_cast<std::size_t>(about.st_size); left > 0;) {
    const auto part = std::min(left, zeros.size());
    REGMARK_TRY(base::write_all(file, std::span(zeros).first(part)));
    left -= part;
  }
  if (::fsync(file) != 0) return fail(ErrorCode::unavailable, "cannot sync a file");
  return {};
}

}  // namespace

fs::path mark_path(const fs::path& folder) {
  return folder / "regmark-backup";
}

fs::path manifest_path(const fs::path& folder, std::uint64_t generation) {
  return folder / (std::string(manifest_prefix) + std::to_string(generation));
}

fs::path blob_path(const fs::path& folder, const std::string& blob) {
  return folder / "blobs" / blob.substr(0, 2) / blob;
}

std::string mark_of(const base::Key& public_key) {
  return "regmark backup 1\nof the office with the log key " + base::to_hex(public_key) + "\n";
}

base::Bytes seal_manifest(const base::Key& key, const Manifest& manifest) {
  return base::seal(key, base::as_bytes(to_text(manifest)), manifest_context);
}

Result<Manifest> open_manifest(const base::Key& key, std::span<const std::uint8_t> sealed) {
  auto text = base::unseal(key, sealed, manifest_context);
  if (!text) return fail(ErrorCode::corrupt, "the backup's manifest is damaged");
  auto manifest = parse_manifest(base::as_text(*text));
  base::wipe(*text);
  return manifest;
}

Result<void> remove_others(const fs::path& folder, const Manifest& manifest) {
  std::set<std::string> kept{manifest_path(folder, manifest.generation).filename().string()};
  for (const auto& file : manifest.files) kept.insert(file.blob);
  const auto is_ours = [](const std::string& name) {
    return name.starts_with(manifest_prefix) || name.ends_with(".new");
  };
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const auto name = entry.path().filename().string();
    if (is_ours(name) && !kept.contains(name)) fs::remove(entry.path(), error);
  }
  for (const auto& entry : fs::recursive_directory_iterator(folder / "blobs", error)) {
    std::error_code removed;
    if (!entry.is_regular_file(removed)) continue;
    if (!kept.contains(entry.path().filename().string())) fs::remove(entry.path(), removed);
    if (removed) error = removed;
  }
  if (error) {
    return fail(ErrorCode::unavailable,
                "what an older backup left cannot be removed: " + error.message());
  }
  return {};
}

Result<void> replace_secret(const fs::path& path, std::span<const std::uint8_t> bytes) {
  const int before = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  auto written = base::write_file(path, bytes);
  // The old file has no name any more, and goes when it is closed.
  if (before >= 0) {
    if (written) written = overwrite(before);
    ::close(before);
  }
  return written;
}

Result<void> destroy_file(const fs::path& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0 && errno == ENOENT) return {};
  if (file < 0) return fail(ErrorCode::unavailable, "a file cannot be opened to destroy it");
  auto overwritten = overwrite(file);
  ::close(file);
  if (::unlink(path.c_str()) != 0) return fail(ErrorCode::unavailable, "a file cannot be unlinked");
  return overwritten;
}

fs::path remembered_path(const fs::path& data, const Place& place) {
  constexpr std::size_t name_size = 16;
  const auto name = base::to_hex(base::sha256(base::as_bytes(place.folder.string())));
  return data / "backup" / name.substr(0, name_size);
}

std::optional<Remembered> remember(const fs::path& data, const Place& place) {
  const auto bytes = base::read_file(remembered_path(data, place), manifest_size_max);
  if (!bytes) return std::nullopt;
  Lines lines(base::as_text(*bytes));
  Remembered remembered;
  lines.begin("manifest_key");
  remembered.manifest_key = lines.key();
  if (lines.next_is("ring_at")) {
    lines.begin("ring_at");
    remembered.ring_at = lines.key();
  }
  while (lines.next_is("ring")) {
    lines.begin("ring");
    remembered.rings.push_back(lines.key());
  }
  while (lines.next_is("then")) {
    lines.begin("then");
    remembered.keys_then.emplace(lines.rest_of_line());
  }
  while (lines.next_is("now")) {
    lines.begin("now");
    remembered.keys_now.emplace(lines.rest_of_line());
  }
  auto manifest = parse_manifest(lines.rest());
  if (lines.failed() || !manifest) return std::nullopt;
  remembered.manifest = *std::move(manifest);
  return remembered;
}

Result<void> write_down(const fs::path& data, const Place& place, const Remembered& remembered) {
  std::string text = "manifest_key " + base::to_hex(remembered.manifest_key) + "\n";
  if (remembered.ring_at) text += "ring_at " + base::to_hex(*remembered.ring_at) + "\n";
  for (const auto& ring : remembered.rings) text += "ring " + base::to_hex(ring) + "\n";
  for (const auto& name : remembered.keys_then) text += "then " + name + "\n";
  for (const auto& name : remembered.keys_now) text += "now " + name + "\n";
  text += to_text(remembered.manifest);
  return replace_secret(remembered_path(data, place), base::as_bytes(text));
}

std::optional<base::Digest> ring_there(const Place& place) {
  // Sealed, so a little longer than its text may be.
  constexpr std::size_t sealed_max = ring_size_max + (std::size_t{1} << 10U);
  const auto sealed = base::read_file(place.ring, sealed_max);
  return sealed ? std::optional(base::sha256(*sealed)) : std::nullopt;
}

namespace {

enum class RingThere : std::uint8_t { ours, away, another };

RingThere look_for_ring(const Place& place, const std::optional<Remembered>& remembered) {
  std::error_code error;
  if (!fs::exists(place.ring, error)) return RingThere::away;
  // Nothing is known of it: the office was restored, or is of an older version.
  if (!remembered || remembered->rings.empty()) return RingThere::ours;
  const auto there = ring_there(place);
  const bool is_known =
      there && std::ranges::find(remembered->rings, *there) != remembered->rings.end();
  return is_known ? RingThere::ours : RingThere::another;
}

}  // namespace

base::Digest ring_path_digest(const Place& place) {
  return base::sha256(base::as_bytes(place.ring.string()));
}

bool has_manifest(const Place& place, const std::optional<Remembered>& remembered) {
  if (!remembered) return true;
  std::error_code error;
  return fs::exists(manifest_path(place.folder, remembered->manifest.generation), error);
}

AtPlace look_at(const Place& place, const std::optional<Remembered>& remembered) {
  if (!remembered) return AtPlace::nothing_yet;
  if (!has_manifest(place, remembered)) return AtPlace::folder_is_away;
  switch (look_for_ring(place, remembered)) {
    case RingThere::away:
      return AtPlace::ring_is_away;
    case RingThere::another:
      return AtPlace::another_ring;
    case RingThere::ours:
      break;
  }
  return AtPlace::both;
}

Result<void> check_ring(const Place& place, const std::optional<Remembered>& remembered) {
  std::error_code error;
  if (place.ring.has_parent_path() && !fs::is_directory(place.ring.parent_path(), error)) {
    return fail(ErrorCode::unavailable,
                "the key ring's folder is away: connect its medium, or make the folder");
  }
  switch (look_for_ring(place, remembered)) {
    case RingThere::another:
      return fail(ErrorCode::conflict, "another key ring lies where this one belongs");
    case RingThere::away:
      // Where it never was, it is made.
      if (!remembered || (remembered->ring_at && remembered->ring_at != ring_path_digest(place))) {
        return {};
      }
      return fail(ErrorCode::unavailable,
                  "the key ring is away: connect its medium; if it is lost, name another path for "
                  "it in the configuration");
    case RingThere::ours:
      break;
  }
  return {};
}

}  // namespace regmark::backup::internal
