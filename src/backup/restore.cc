#include "backup/restore.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "audit/verify.h"
#include "backup/blob.h"
#include "backup/internal/place.h"
#include "base/crash_point.h"
#include "base/encoding.h"
#include "base/files.h"
#include "sightings/store.h"

namespace regmark::backup {
namespace {

namespace fs = std::filesystem;

// What a restore that was killed leaves: found by its mark, and removed by the next.
constexpr const char* unfinished_mark = "regmark-restoring";

Result<Ring> open_ring(const RestoreFrom& from) {
  const auto sealed = base::read_file(from.ring, ring_size_max);
  if (!sealed) return fail(sealed.error().code, from.ring.string() + ": " + sealed.error().message);
  auto text = base::open_box(from.key, *sealed);
  if (!text) {
    return fail(ErrorCode::corrupt,
                from.ring.string() + " does not open: damaged, or sealed for another key");
  }
  auto ring = parse_ring(base::as_text(*text));
  base::wipe(*text);
  if (!ring) return ring;
  const auto signing = base::signing_key_from_seed(ring->signing_seed);
  if (from.log_key && *from.log_key != signing.public_key) {
    return fail(ErrorCode::corrupt, "the backup is of another office: its log has another key");
  }
  return ring;
}

Result<Manifest> open_manifest(const RestoreFrom& from, const Ring& ring) {
  std::error_code error;
  if (!fs::exists(internal::mark_path(from.folder), error)) {
    return fail(ErrorCode::invalid_input, from.folder.string() + " holds no backup");
  }
  const auto sealed =
      base::read_file(internal::manifest_path(from.folder, ring.generation), manifest_size_max);
  if (!sealed && sealed.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::invalid_input,
                "this key ring is of another backup than the folder holds: take the newest ring");
  }
  if (!sealed) return tl::unexpected<Error>(sealed.error());
  return internal::open_manifest(ring.manifest_key, *sealed);
}

Result<void> write_file_from(const RestoreFrom& from, const BackedFile& file, const fs::path& to) {
  REGMARK_TRY(base::make_private_folder(to.parent_path()));
  const int out = ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (out < 0) return fail(ErrorCode::unavailable, "a file cannot be made");
  auto size =
      read_blob(internal::blob_path(from.folder, file.blob), file.key,
                [&](std::span<const std::uint8_t> piece) { return base::write_all(out, piece); });
  const bool synced = ::fsync(out) == 0;
  ::close(out);
  if (!size) return fail(size.error().code, file.path + ": " + size.error().message);
  if (*size != file.size) return fail(ErrorCode::corrupt, file.path + " has a wrong size");
  if (!synced) return fail(ErrorCode::unavailable, "a file cannot be synced");
  return base::sync_folder(to.parent_path());
}

Result<void> write_key(const fs::path& file, const base::Key& key) {
  return base::write_file(file, base::as_bytes(base::to_hex(key) + "\n"));
}

Result<void> write_keys(const Ring& ring, const fs::path& data) {
  REGMARK_TRY(base::make_private_folder(data / "keys"));
  REGMARK_TRY(write_key(data / "keys" / "audit_signing.key", ring.signing_seed));
  REGMARK_TRY(write_key(data / "keys" / "store_master.key", ring.master_key));
  return sightings::restore_embedded({.folder = data / "sightings", .master_key = ring.master_key},
                                     ring.keys);
}

// Everything, in a folder that is none yet.
Result<Restored> restore_into(const RestoreFrom& from, const fs::path& data) {
  REGMARK_ASSIGN(const auto ring, open_ring(from));
  REGMARK_ASSIGN(const auto manifest, open_manifest(from, ring));
  Restored restored{.generation = manifest.generation, .made_at = manifest.made_at};
  for (const auto& file : manifest.files) {
    REGMARK_TRY(write_file_from(from, file, data / file.path));
    base::crash_point("restore.file");
    ++restored.files;
    restored.bytes += file.size;
  }
  REGMARK_TRY(write_keys(ring, data));
  const auto signing = base::signing_key_from_seed(ring.signing_seed);
  const auto verified = audit::verify(data / "audit", signing.public_key);
  if (!verified) return fail(ErrorCode::corrupt, "its audit log: " + verified.error().message);
  restored.records = verified->size;
  const auto note = "{\"generation\":" + std::to_string(manifest.generation) + ",\"made_at\":\"" +
                    base::format_utc(manifest.made_at) +
                    "\",\"records\":" + std::to_string(verified->size) + "}";
  REGMARK_TRY(base::write_file(restored_note(data), base::as_bytes(note)));
  return restored;
}

// Removes what an earlier restore left half done: nothing but that.
Result<void> clear(const fs::path& unfinished) {
  std::error_code error;
  if (!fs::exists(unfinished, error)) return {};
  // The mark itself may not have come to its end.
  const auto is_ours = [](const fs::directory_entry& entry) {
    return entry.path().stem() == unfinished_mark;
  };
  const bool is_marked = fs::exists(unfinished / unfinished_mark, error) ||
                         std::ranges::all_of(fs::directory_iterator(unfinished, error), is_ours);
  if (!is_marked) {
    return fail(ErrorCode::conflict, unfinished.string() + " is in the way");
  }
  fs::remove_all(unfinished, error);
  if (error) return fail(ErrorCode::unavailable, unfinished.string() + " cannot be removed");
  return {};
}

}  // namespace

fs::path restored_note(const fs::path& data) {
  return data / "restored";
}

Result<Restored> restore(const RestoreFrom& from, const fs::path& data) {
  std::error_code error;
  if (fs::exists(data, error) && !(fs::is_directory(data, error) && fs::is_empty(data, error))) {
    return fail(ErrorCode::conflict, data.string() + " is not empty: restore to a new folder");
  }
  auto unfinished = fs::absolute(data);
  if (!unfinished.has_filename()) unfinished = unfinished.parent_path();
  const auto target = unfinished;
  unfinished += ".restoring";
  REGMARK_TRY(clear(unfinished));
  REGMARK_TRY(base::make_private_folder(unfinished));
  REGMARK_TRY(base::write_file(unfinished / unfinished_mark, {}));
  auto restored = restore_into(from, unfinished);
  if (!restored) {
    static_cast<void>(clear(unfinished));
    return restored;
  }
  base::crash_point("restore.whole");
  fs::rename(unfinished, target, error);
  if (error) return fail(ErrorCode::unavailable, data.string() + " cannot be made");
  fs::remove(target / unfinished_mark, error);
  REGMARK_TRY(base::sync_folder(target.parent_path()));
  return restored;
}

}  // namespace regmark::backup
