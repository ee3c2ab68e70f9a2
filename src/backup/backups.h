// A copy of the office that can be restored elsewhere, made while the office runs.
//
// In a place's folder lie blobs and a manifest that are noise without the place's key ring, which
// lies apart and is sealed for a key that the office has not. The ring is replaced with each
// backup, and whenever a key is destroyed: so of what was dropped, no older copy of the folder has
// anything. docs/formats/backup.md draws it, docs/decisions/0011 says why.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "audit/log.h"
#include "backup/manifest.h"
#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"
#include "records/database.h"
#include "sightings/store.h"

namespace regmark::backup {

namespace internal {
struct Remembered;
}

// Where a backup goes: two folders, neither in the other, best not on one disk. The one for the
// ring is there already: the office makes none.
struct Place {
  std::filesystem::path folder;
  std::filesystem::path ring;  // the key ring's file
};
inline constexpr std::size_t places_max = 8;

struct Settings {
  std::vector<Place> places;     // none: nothing is backed up
  base::Key public_key{};        // whose holder alone can restore
  std::chrono::hours every{24};  // zero: only when somebody asks
};

// What lies at a place now, held against what the office put there: a medium may be away, and an
// empty folder stand where it belongs.
enum class AtPlace : std::uint8_t { nothing_yet, both, folder_is_away, ring_is_away, another_ring };
std::string_view name(AtPlace at_place);

// What the office last put at a place.
struct State {
  std::filesystem::path folder;
  std::optional<base::UtcTime> made_at{};  // none: never
  std::uint64_t generation = 0;
  // Keys were destroyed that its ring still has; and since the backup itself was made.
  bool ring_is_behind = false;
  bool backup_is_behind = false;
  bool is_asked_for = false;  // somebody asked, and it is being made or waits its turn
  std::string failure{};      // of the last try since the office opened; empty: none
  AtPlace at_place = AtPlace::nothing_yet;
};

// What one backup was.
struct Made {
  std::filesystem::path folder;
  std::uint64_t generation = 0;
  std::uint64_t files = 0, bytes = 0;
  std::uint64_t new_files = 0, new_bytes = 0;  // the others were there since an earlier one
};

// May be used from many threads at once: one backup is made at a time.
class Backups {
 public:
  struct Rooms {  // all of them outlive this
    audit::Log& log;
    records::Database& records;
    sightings::Store& store;
    const base::Clock& clock;
  };
  struct Secrets {
    base::Key master_key;
    base::SigningKey signing;
  };
  // Removes what a backup that was killed left in the data folder. Fails with
  //   unavailable   the disk is away
  static Result<std::unique_ptr<Backups>> open(const Rooms& rooms, const Secrets& secrets,
                                               std::filesystem::path data, Settings settings);
  ~Backups();
  Backups(const Backups&) = delete;
  Backups& operator=(const Backups&) = delete;

  const Settings& settings() const { return settings_; }

  // Has the backups at this place, or at all (empty), made as soon as the thread gets to it. Wants
  // a receipt for back_up. Fails with
  //   invalid_input   the receipt is for another act, or has run out
  //   not_found       the settings know no such place, or none at all
  Result<void> ask_for(const audit::Receipt& receipt, const std::filesystem::path& folder);
  // Whether every backup there is was begun after this: what was erased by then is in none. Has
  // those made anew that were not, as ask_for() does, but for one that has just failed. Fails with
  //   unavailable     the disk is away
  Result<bool> make_newer_than(base::UtcTime moment);
  // From now on makes on a thread of its own what was asked for, what is older than `every`, and
  // what is behind; and goes on with rewrap(). What fails is told, and tried again after a while.
  void start(std::function<void(const std::string& failure)> tell);

  // Makes the backup at this place anew. What is new is read back before the old backup goes: a
  // crash at any point, and any failure, leaves the old one or the new one, whole. Wants
  // MachineVerb::back_up. Fails with
  //   invalid_input   the receipt is for other work
  //   not_found       the settings know no such place
  //   conflict        the folder holds something else, or another office's backup; another ring
  //                   lies where this one belongs
  //   unavailable     a disk is full or away, the folder or the ring that was there before is; or
  //                   another backup is being made there
  Result<Made> make(const audit::MachineReceipt& receipt, const std::filesystem::path& folder);
  // Writes the ring of each place anew that still has a key which is destroyed. Fails with
  //   invalid_input   the receipt is for other work
  //   conflict        another ring lies where one belongs
  //   unavailable     a ring cannot be replaced: try again
  Result<void> rewrap(const audit::MachineReceipt& receipt);

  // In the order of the settings. Fails with
  //   unavailable     the disk is away
  Result<std::vector<State>> states() const;

 private:
  Backups(const Rooms& rooms, const Secrets& secrets, std::filesystem::path data,
          Settings settings);
  std::filesystem::path staging() const { return data_ / "backup" / "staging"; }
  Result<Made> make_at(const audit::MachineReceipt& receipt, const Place& place);
  Result<void> rewrap_at(const audit::MachineReceipt& receipt, const Place& place);
  Result<void> take_snapshot(const audit::MachineReceipt& receipt) const;
  Result<void> remove_staging() const;
  Result<Manifest> copy_files(const Place& place, const Manifest& before, base::UtcTime at,
                              Made& made) const;
  Result<BackedFile> copy_file(const Place& place, const std::filesystem::path& file,
                               std::string path, Made& made) const;
  // In place of the ring of `before`; nothing: the first. What is remembered then is `after`.
  Result<void> replace_ring(const Place& place, std::optional<internal::Remembered> before,
                            internal::Remembered& after,
                            std::vector<sightings::SealedKey> keys) const;
  const base::Key& log_key() const { return signing_.public_key; }

  Result<void> check_stop() const;
  std::optional<std::filesystem::path> next_place();
  void make_and_say(const std::filesystem::path& folder);
  void keep_rings();
  void work();

  const Rooms rooms_;
  base::Key master_key_;
  base::SigningKey signing_;
  const std::filesystem::path data_;
  const Settings settings_;
  std::mutex mutex_;  // one backup or rewrapping at a time

  mutable std::mutex asked_mutex_;
  std::condition_variable asked_changed_;
  bool stopping_ = false;  // these are under asked_mutex_
  std::set<std::filesystem::path> asked_;
  std::map<std::filesystem::path, std::string> failures_;
  std::map<std::filesystem::path, base::UtcTime> not_before_;
  std::function<void(const std::string&)> tell_;
  base::UtcTime rings_not_before_{};  // of the thread alone
  std::thread thread_;
};

// When the office last made a backup at this place, from its data folder alone, and what lies there
// now. No time: never, or what it wrote down cannot be read.
struct LastMade {
  std::optional<base::UtcTime> at;
  AtPlace at_place = AtPlace::nothing_yet;
};
LastMade last_made(const std::filesystem::path& data, const Place& place);

}  // namespace regmark::backup
