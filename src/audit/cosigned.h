// What witnesses said of this log, kept in its folder: one file for each witness, with the newest
// checkpoint that it signed.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "audit/checkpoint.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::audit {

struct Cosigned {
  Checkpoint checkpoint;
  base::UtcTime at;  // when the witness signed
  std::string note;  // signed by the log, and by this witness
};

// "cosigned/da77ade7", by the key's id.
std::filesystem::path cosigned_path(const VerifierKey& witness);

// Fails with
//   not_found     the witness has not signed yet
//   corrupt       the file does not hold a checkpoint that both signed
//   unavailable   the disk is away
Result<Cosigned> read_cosigned(const std::filesystem::path& folder, const PublicKey& log,
                               const VerifierKey& witness);

// Durable on return. Fails with
//   unavailable   the disk is full or away
Result<void> keep_cosigned(const std::filesystem::path& folder, const VerifierKey& witness,
                           const std::string& note);

// The body to send to a witness that last signed a checkpoint over `old_size` records, or none: 0.
// The note is a checkpoint of the log in the folder. Fails with
//   invalid_input   old_size is past the checkpoint's
//   corrupt         the folder has no such tree
//   unavailable     the disk is away
Result<std::string> request_to_witness(const std::filesystem::path& folder, const std::string& note,
                                       const PublicKey& log, std::uint64_t old_size);

// The size in the body of a witness's "409 Conflict". Fails with
//   corrupt   it is no number and a newline
Result<std::uint64_t> read_conflict(std::string_view body);

// Those who can be asked to sign the log now, for whoever gives a record of it away.
class Witnesses {
 public:
  struct Answer {
    std::string name;
    std::optional<base::UtcTime> signed_at{};  // a checkpoint over the record
    std::string why_not{};                     // where it did not
  };
  virtual ~Witnesses() = default;

  // Asks all of them at once to sign a checkpoint over this record, those aside who did already;
  // only these, where names are given. What they sign is in the log's folder on return, which comes
  // after that time at the latest. One answer for each that was asked.
  virtual std::vector<Answer> have_signed(std::uint64_t record, std::chrono::milliseconds time_max,
                                          const std::vector<std::string>& only = {}) = 0;
};

// When each witness last signed, for those who ask: may be used from many threads at once.
class WitnessTimes {
 public:
  struct Witness {
    std::string name;
    std::optional<base::UtcTime> signed_at;  // none: not yet
    std::uint64_t size = 0;                  // the records under it
  };
  void expect(const std::string& name);  // asked from now on
  void signed_by(const std::string& name, base::UtcTime at, std::uint64_t size);
  std::vector<Witness> all() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Witness> witnesses_;  // under mutex_
};

}  // namespace regmark::audit
