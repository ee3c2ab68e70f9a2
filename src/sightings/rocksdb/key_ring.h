// The keys of slices and holds, each in a file of its own, sealed with the master key. Destroying
// the file is what makes every copy of what it sealed noise.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/ids.h"
#include "base/result.h"
#include "sightings/store.h"

namespace regmark::sightings::rocks {

// The name of a key, which is also its file's; of a slice as slice_name() names it.
std::string rows_key_name(std::string_view slice);
std::string pictures_key_name(std::string_view slice);
std::string hold_key_name(const base::HoldId& hold);

// Not safe for two threads that make or destroy the same key.
class KeyRing {
 public:
  // Makes the folder. Fails with
  //   unavailable   the disk is full or away
  static Result<KeyRing> open(std::filesystem::path folder, const base::Key& master_key);
  KeyRing(KeyRing&&) = default;
  KeyRing(const KeyRing&) = delete;
  ~KeyRing() { base::wipe(master_key_); }

  // Fails with
  //   not_found     there is none of this name
  //   corrupt       it does not open: damaged, or sealed with another master key
  //   unavailable   the disk is away
  Result<base::Key> load(const std::string& name) const;
  // The key of this name, made durable if there was none. Fails as load() does, but not_found.
  Result<base::Key> load_or_make(const std::string& name) const;
  // Overwrites and unlinks; durable on return, and no failure if there was none. Fails with
  //   unavailable   the disk is away
  Result<void> destroy(const std::string& name) const;
  bool has(const std::string& name) const;
  // Destroys those of short slices, but these. Fails as destroy() does.
  Result<void> destroy_short_but(const std::set<std::string>& slices) const;
  // All there are but those of short slices, which are nobody's to take along: in the order of
  // their names, and as their files have them. Fail with
  //   unavailable   the disk is away
  Result<std::vector<std::string>> names() const;
  Result<std::vector<SealedKey>> all_sealed() const;
  // Puts one back as all_sealed() gave it; durable on return. Fails with
  //   invalid_input   the name is none of a key's, or a short slice's
  //   corrupt         it is no key of this name, or sealed with another master key
  //   unavailable     the disk is full or away
  Result<void> put_back(const SealedKey& key) const;

 private:
  KeyRing(std::filesystem::path folder, const base::Key& master_key)
      : folder_(std::move(folder)), master_key_(master_key) {}
  std::filesystem::path folder_;
  base::Key master_key_;
};

}  // namespace regmark::sightings::rocks
