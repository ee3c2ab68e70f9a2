#include "backup/backups.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>

#include "backup/blob.h"
#include "backup/internal/place.h"
#include "backup/ring.h"
#include "base/check.h"
#include "base/crash_point.h"
#include "base/encoding.h"
#include "base/files.h"
#include "base/sealed_box.h"

namespace regmark::backup {
namespace {

namespace fs = std::filesystem;
using internal::Remembered;

// Says of which place something went wrong; the code stays.
tl::unexpected<Error> at_place(const Place& place, const Error& error) {
  return fail(error.code, "the backup in " + place.folder.string() + ": " + error.message);
}

// The folder is new, or holds this office's own backups.
Result<void> take_folder(const fs::path& folder, const std::string& mark) {
  std::error_code error;
  const bool is_empty = !fs::exists(folder, error) || fs::is_empty(folder, error);
  if (error) return fail(ErrorCode::unavailable, "it cannot be reached");
  REGMARK_TRY(base::make_private_folder(folder));
  if (is_empty) return base::write_file(internal::mark_path(folder), base::as_bytes(mark));
  const auto found = base::read_file(internal::mark_path(folder), internal::mark_size_max);
  if (!found && found.error().code != ErrorCode::not_found) {
    return tl::unexpected<Error>(found.error());
  }
  if (!found) return fail(ErrorCode::conflict, "the folder holds something else");
  if (base::as_text(*found) != mark) {
    return fail(ErrorCode::conflict, "the folder holds the backup of another office");
  }
  return {};
}

struct Found {
  std::uint64_t size = 0;
  std::int64_t written = 0;
};

Result<Found> look_at(const fs::path& file) {
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0) return fail(ErrorCode::unavailable, "a file is away");
  constexpr std::int64_t second = 1'000'000'000;
  return Found{static_cast<std::uint64_t>(about.st_size),
               about.st_mtim.tv_sec * second + about.st_mtim.tv_nsec};
}

// Reads back what was written. Fails with
//   corrupt   it is not what was written
Result<void> check_blob(const fs::path& folder, const BackedFile& file) {
  const auto nothing = [](std::span<const std::uint8_t>) { return Result<void>{}; };
  REGMARK_ASSIGN(const auto size,
                 read_blob(internal::blob_path(folder, file.blob), file.key, nothing));
  if (size != file.size) return fail(ErrorCode::corrupt, "a file of the backup has a wrong size");
  return {};
}

// A blob of an earlier backup that may stand for this file: the same file, and its blob is there
// whole, as far as its size tells.
bool stands_for(const fs::path& folder, const BackedFile& before, const Found& found) {
  if (before.size != found.size || before.written != found.written) return false;
  const auto blob = look_at(internal::blob_path(folder, before.blob));
  return blob && blob->size == blob_size(found.size);
}

std::set<std::string> names_of(const std::vector<sightings::SealedKey>& keys) {
  std::set<std::string> names;
  for (const auto& key : keys) names.insert(key.name);
  return names;
}

// How it ended, for the record.
audit::Event ended(const base::Clock& clock, const Result<Made>& made) {
  audit::Event event{{audit::Operation::machine, "back_up", base::day_of(clock.now()), "machine",
                      made ? "done" : "failed"},
                     "{}"};
  if (made) {
    event.details = "{\"generation\":" + std::to_string(made->generation) +
                    ",\"files\":" + std::to_string(made->files) +
                    ",\"bytes\":" + std::to_string(made->bytes) +
                    ",\"new_files\":" + std::to_string(made->new_files) + "}";
  }
  return event;
}

bool is_among(const std::set<std::string>& names, const std::vector<std::string>& all) {
  return std::ranges::includes(all, names);  // both are in order
}

}  // namespace

Backups::Backups(const Rooms& rooms, const Secrets& secrets, fs::path data, Settings settings)
    : rooms_(rooms),
      master_key_(secrets.master_key),
      signing_(secrets.signing),
      data_(std::move(data)),
      settings_(std::move(settings)) {}

Backups::~Backups() {
  {
    const std::lock_guard lock(asked_mutex_);
    stopping_ = true;
  }
  asked_changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  base::wipe(master_key_);
  base::wipe(signing_.seed);
}

Result<std::unique_ptr<Backups>> Backups::open(const Rooms& rooms, const Secrets& secrets,
                                               fs::path data, Settings settings) {
  auto backups =
      std::unique_ptr<Backups>(new Backups(rooms, secrets, std::move(data), std::move(settings)));
  REGMARK_TRY(base::make_private_folder(backups->data_ / "backup"));
  REGMARK_TRY(backups->remove_staging());
  return backups;
}

Result<void> Backups::remove_staging() const {
  // The one file there that is no second name of another.
  REGMARK_TRY(internal::destroy_file(staging() / "records.db"));
  std::error_code error;
  fs::remove_all(staging(), error);
  if (error) return fail(ErrorCode::unavailable, "what a backup left cannot be removed");
  return {};
}

// The sightings first: alerts, and the record of who looked, may then know more than they, and
// never less.
Result<void> Backups::take_snapshot(const audit::MachineReceipt& receipt) const {
  REGMARK_TRY(base::make_private_folder(staging()));
  REGMARK_TRY(rooms_.store.snapshot(receipt, staging() / "sightings"));
  base::crash_point("backup.sightings");
  REGMARK_TRY(rooms_.records.copy_to(staging() / "records.db"));
  base::crash_point("backup.records");
  return rooms_.log.snapshot(receipt, staging() / "audit");
}

Result<BackedFile> Backups::copy_file(const Place& place, const fs::path& file, std::string path,
                                      Made& made) const {
  REGMARK_ASSIGN(const auto found, look_at(file));
  BackedFile backed{.path = std::move(path), .size = found.size, .written = found.written};
  base::fill_random(backed.key);
  backed.blob = base::to_hex(base::random_bytes<16>());
  const auto blob = internal::blob_path(place.folder, backed.blob);
  REGMARK_TRY(base::make_private_folder(blob.parent_path()));
  REGMARK_TRY(write_blob(file, found.size, blob, backed.key));
  base::crash_point("backup.blob");
  REGMARK_TRY(base::sync_folder(blob.parent_path()));
  REGMARK_TRY(check_blob(place.folder, backed));
  ++made.new_files;
  made.new_bytes += backed.size;
  return backed;
}

Result<Manifest> Backups::copy_files(const Place& place, const Manifest& before, base::UtcTime at,
                                     Made& made) const {
  std::map<std::string, const BackedFile*> known;
  for (const auto& file : before.files) known.emplace(file.path, &file);
  Manifest manifest{.generation = before.generation + 1, .made_at = at};
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(staging(), error)) {
    REGMARK_TRY(check_stop());
    if (!entry.is_regular_file()) continue;
    auto path = entry.path().lexically_relative(staging()).generic_string();
    REGMARK_ASSIGN(const auto found, look_at(entry.path()));
    const auto same = known.find(path);
    if (same != known.end() && stands_for(place.folder, *same->second, found)) {
      manifest.files.push_back(*same->second);
    } else {
      REGMARK_ASSIGN(auto file, copy_file(place, entry.path(), std::move(path), made));
      manifest.files.push_back(std::move(file));
    }
    made.bytes += manifest.files.back().size;
  }
  if (error) return fail(ErrorCode::unavailable, "the files to back up cannot be listed");
  made.files = manifest.files.size();
  constexpr std::size_t checkpoint_max = std::size_t{64} << 10U;
  REGMARK_ASSIGN(const auto checkpoint,
                 base::read_file(staging() / "audit" / "checkpoint", checkpoint_max));
  manifest.checkpoint = base::as_text(checkpoint);
  return manifest;
}

// Written down before: a crash in between leaves the one or the other, and both are known.
Result<void> Backups::replace_ring(const Place& place, std::optional<Remembered> before,
                                   Remembered& after,
                                   std::vector<sightings::SealedKey> keys) const {
  REGMARK_TRY(internal::check_ring(place, before));
  const Ring ring{.generation = after.manifest.generation,
                  .written_at = rooms_.clock.now(),
                  .manifest_key = after.manifest_key,
                  .master_key = master_key_,
                  .signing_seed = signing_.seed,
                  .keys = std::move(keys)};
  auto text = to_text(ring);
  const auto sealed = base::seal_box(settings_.public_key, base::as_bytes(text));
  base::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  after.rings = {base::sha256(sealed)};
  after.ring_at = internal::ring_path_digest(place);
  if (before && !before->rings.empty()) {
    // Those of tries that failed are not there, and never were.
    if (const auto there = internal::ring_there(place)) before->rings = {*there};
    before->rings.push_back(after.rings.front());
    REGMARK_TRY(internal::write_down(data_, place, *before));
    base::crash_point("backup.ring_announced");
  }
  return internal::replace_secret(place.ring, sealed);
}

Result<Made> Backups::make(const audit::MachineReceipt& receipt, const fs::path& folder) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::back_up));
  const auto place = std::ranges::find(settings_.places, folder, &Place::folder);
  if (place == settings_.places.end()) {
    return fail(ErrorCode::not_found, "the configuration names no such place for a backup");
  }
  const std::lock_guard lock(mutex_);
  REGMARK_TRY(remove_staging());
  auto made = make_at(receipt, *place);
  const auto removed = remove_staging();
  const auto told = rooms_.log.record(ended(rooms_.clock, made));
  if (!made) return at_place(*place, made.error());
  if (!told) return tl::unexpected<Error>(told.error());
  if (!removed) return tl::unexpected<Error>(removed.error());
  return made;
}

// The old backup stands until the ring is replaced, and from then on the new one does: only the
// ring says which manifest is to be believed.
Result<Made> Backups::make_at(const audit::MachineReceipt& receipt, const Place& place) {
  Made made{.folder = place.folder};
  const auto before = internal::remember(data_, place);
  // A new backup on an empty mount point would have a ring that the real one does not open with.
  if (!internal::has_manifest(place, before)) {
    return fail(ErrorCode::unavailable,
                "what was backed up there is away: connect its medium; if it is lost, name another "
                "folder in the configuration");
  }
  REGMARK_TRY(internal::check_ring(place, before));
  REGMARK_TRY(take_folder(place.folder, internal::mark_of(log_key())));
  auto lock = base::FileLock::take(place.folder / "lock");
  if (!lock) return fail(ErrorCode::unavailable, "somebody else writes there");
  // What changes from here on may be missing from it.
  const auto at = rooms_.clock.now();
  REGMARK_TRY(take_snapshot(receipt));
  const auto known = before.value_or(Remembered{});
  Remembered after;
  base::fill_random(after.manifest_key);
  REGMARK_ASSIGN(after.manifest, copy_files(place, known.manifest, at, made));
  // One that was killed before it could be written down has taken a number, too.
  auto& generation = after.manifest.generation;
  while (fs::exists(internal::manifest_path(place.folder, generation))) ++generation;
  made.generation = generation;
  const auto path = internal::manifest_path(place.folder, generation);
  REGMARK_TRY(base::sync_folder(place.folder / "blobs"));
  REGMARK_TRY(base::write_file(path, internal::seal_manifest(after.manifest_key, after.manifest)));
  REGMARK_ASSIGN(const auto written, base::read_file(path, manifest_size_max));
  REGMARK_TRY(internal::open_manifest(after.manifest_key, written));
  base::crash_point("backup.manifest");
  REGMARK_ASSIGN(auto keys, rooms_.store.sealed_keys(receipt));
  after.keys_then = after.keys_now = names_of(keys);
  REGMARK_TRY(replace_ring(place, before, after, std::move(keys)));
  base::crash_point("backup.ring");
  REGMARK_TRY(internal::write_down(data_, place, after));
  base::crash_point("backup.remembered");
  REGMARK_TRY(internal::remove_others(place.folder, after.manifest));
  return made;
}

Result<void> Backups::rewrap(const audit::MachineReceipt& receipt) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::back_up));
  // A backup that is being made takes hours, and writes its ring at the end anyway.
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return {};
  Result<void> first_failure;
  for (const auto& place : settings_.places) {
    auto done = rewrap_at(receipt, place);
    if (!done && first_failure) first_failure = at_place(place, done.error());
  }
  return first_failure;
}

Result<void> Backups::rewrap_at(const audit::MachineReceipt& receipt, const Place& place) {
  const auto remembered = internal::remember(data_, place);
  if (!remembered) return {};
  REGMARK_ASSIGN(auto keys, rooms_.store.sealed_keys(receipt));
  // Only what the backup was made with: it holds nothing of later slices.
  std::erase_if(keys, [&](const auto& key) { return !remembered->keys_now.contains(key.name); });
  const auto names = names_of(keys);
  if (names == remembered->keys_now) return {};
  auto after = *remembered;
  after.keys_now = names;
  REGMARK_TRY(replace_ring(place, remembered, after, std::move(keys)));
  base::crash_point("backup.rewrapped");
  return internal::write_down(data_, place, after);
}

Result<std::vector<State>> Backups::states() const {
  std::vector<State> states;
  REGMARK_ASSIGN(const auto names, rooms_.store.key_names());
  for (const auto& place : settings_.places) {
    State state{.folder = place.folder};
    const auto remembered = internal::remember(data_, place);
    state.at_place = internal::look_at(place, remembered);
    if (remembered) {
      state.made_at = remembered->manifest.made_at;
      state.generation = remembered->manifest.generation;
      state.ring_is_behind = !is_among(remembered->keys_now, names);
      state.backup_is_behind = !is_among(remembered->keys_then, names);
    }
    {
      const std::lock_guard lock(asked_mutex_);
      state.is_asked_for = asked_.contains(place.folder);
      const auto failed = failures_.find(place.folder);
      if (failed != failures_.end()) state.failure = failed->second;
    }
    states.push_back(std::move(state));
  }
  return states;
}

LastMade last_made(const fs::path& data, const Place& place) {
  const auto remembered = internal::remember(data, place);
  if (!remembered) return {};
  return {remembered->manifest.made_at, internal::look_at(place, remembered)};
}

std::string_view name(AtPlace at_place) {
  switch (at_place) {
    case AtPlace::nothing_yet:
      return "nothing_yet";
    case AtPlace::both:
      return "both";
    case AtPlace::folder_is_away:
      return "folder_is_away";
    case AtPlace::ring_is_away:
      return "ring_is_away";
    case AtPlace::another_ring:
      return "another_ring";
  }
  return "unknown";
}

}  // namespace regmark::backup
