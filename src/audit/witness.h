// The body that signs what a log says of itself, and never two histories: C2SP tlog-witness, for
// one log. How requests come in is not known here.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "audit/checkpoint.h"
#include "base/files.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::audit {

// What a witness says to a request to add a checkpoint.
struct WitnessAnswer {
  enum class Kind : std::uint8_t {
    cosigned,     // the text is its signature line
    malformed,    // the request does not read, or its old size is past its new one
    unknown_log,  // the checkpoint is of another log
    not_signed,   // not by the log's key
    conflict,     // it last signed another size, or at this size another root: the text is the size
    inconsistent,  // the proof does not lead from the old checkpoint to the new
    unavailable,   // its disk is full or away: nothing was signed
  };
  Kind kind;
  std::string text;
};

inline constexpr std::size_t accepted_words_max = 1'000;
inline constexpr int accepted_max = 1'000;

// May be used from many threads at once. It keeps a reference to the clock.
//
// What it signs is on its disk before it is signed, together with the key it is signed with in one
// file: neither can be lost or put back without the other. A witness whose file is gone has a new
// key, so nobody takes it for the one it was.
class Witness {
 public:
  // Opens or makes the witness in `folder`, for the log with this key. Its own name tells
  // witnesses apart, as a log's origin does logs; empty: one made from its key. Leaves
  // FOLDER/witness.pub for the log's people.
  // Fails with
  //   invalid_input   the key is no log's, or the name none
  //   conflict        another process runs on the folder
  //   corrupt         its file does not read, or what it last signed is not of this log
  //   unavailable     the disk is full or away
  static Result<std::unique_ptr<Witness>> open(const std::filesystem::path& folder,
                                               const VerifierKey& log, const std::string& name,
                                               const base::Clock& clock);

  // The body of a request to its answer.
  WitnessAnswer add(std::string_view body);

  // Takes another history for the log's: after a lawful restore of an older backup it is shorter
  // than what this witness signed, or goes on otherwise from there. For a person of the witness's
  // body, who has seen why. What was signed until now, this checkpoint, who decided it and why are
  // kept for good in FOLDER/accepted/. Durable on return. Fails with
  //   invalid_input   without a name or a reason
  //   corrupt         this is no checkpoint that the log signed
  //   conflict        it is what the witness signed last: there is nothing to accept
  //   limit_exceeded  there are accepted_max already
  //   unavailable     the disk is full or away: it is as before
  struct NewBeginning {
    std::string note;        // the log's checkpoint, as it is now
    std::string by, reason;  // of the person; at most accepted_words_max bytes each
  };
  Result<void> accept(const NewBeginning& beginning);

  // The key by which others know its cosignatures.
  const VerifierKey& key() const { return shown_; }
  // How many records the log had when it last signed.
  std::uint64_t size() const;

 private:
  Witness(std::filesystem::path folder, VerifierKey log, const base::Clock& clock,
          base::FileLock lock);
  Result<void> load(const std::string& name);
  Result<void> save(std::string_view note) const;
  Result<std::string> last_note() const;
  WitnessAnswer continue_with(const Checkpoint& next, std::string_view text, std::string_view note,
                              std::uint64_t old_size, std::span<const base::Digest> proof);

  const std::filesystem::path folder_;
  const VerifierKey log_;
  const base::Clock& clock_;
  base::FileLock lock_;
  base::SigningKey key_{};
  VerifierKey shown_;
  mutable std::mutex mutex_;
  Checkpoint last_;  // under mutex_
};

}  // namespace regmark::audit
