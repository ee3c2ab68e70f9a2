// The append-only record of everything that was asked, allowed, refused and done.
//
// A leaf has a public part and a salted commitment to its details; the details live in an erasable
// store beside it. Leaves stand in a Merkle tree (RFC 6962) kept as tile files with a signed
// checkpoint (C2SP tlog-tiles, signed-note). The formats are in docs/formats/audit_log.md.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/decide.h"
#include "audit/receipt.h"
#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::audit {

// The six operations that DPA 2018 s.62(1) names, and what else must be on record.
enum class Operation : std::uint8_t {
  collection,
  alteration,
  consultation,
  disclosure,
  combination,
  erasure,
  refusal,
  sign_in,
  policy,
  key,
  outcome,
  machine,
  authority,
  hold,
};
inline constexpr Operation last_operation = Operation::hold;

std::string_view name(Operation operation);

// What anybody may know of an act: no name, no plate, no place. Its words have 1 to 64 of a-z, 0-9
// and _, so that none can slip in.
struct PublicPart {
  Operation operation;
  std::string act;  // access::name(Act), a MachineVerb, "sign_in", ...
  base::UtcDay day;
  std::string role;     // or "machine", "camera", "nobody"
  std::string outcome;  // "permitted", "refused", "done", "failed"
};

// Something that happened without a permit: a sign-in, collection, a policy loaded.
struct Event {
  PublicPart shown;
  std::string details;  // a JSON object, at most event_size_max: lives in the erasable store
};
inline constexpr std::size_t event_size_max = 64 * 1024;

// One thing that an act decided, for the details: {"verdict", "granted"}.
struct Told {
  std::string name;
  std::string value;
};

// How an act under a receipt ended.
struct Outcome {
  std::string result;  // "done", "failed", "not_found", ...: a public word
  std::uint64_t rows = 0;
  std::vector<Told> told{};
  std::optional<access::Scope> scope{};  // that it let somebody else have
};

// One record read back, for an auditor.
struct Entry {
  std::uint64_t number;
  base::UtcTime at;  // when the details were erased: the beginning of the day shown
  PublicPart shown;
  std::string details;  // empty when they were erased
};

inline constexpr std::size_t entries_max = 1'000;  // that one read() gives

// May be used from many threads at once: records that come together are made durable together.
// It keeps a reference to the clock.
class Log {
 public:
  // Opens or makes the log in `folder`, and finishes what a crash interrupted. `origin` is the
  // log's name in its checkpoints: printable ASCII without blanks and '+'. Fails with
  //   invalid_input   the origin is none
  //   conflict        another process has it open
  //   corrupt         the folder does not agree with its checkpoint, or that with key and origin
  //   unavailable     the disk is away
  static Result<std::unique_ptr<Log>> open(const std::filesystem::path& folder,
                                           const base::SigningKey& key, const std::string& origin,
                                           const base::Clock& clock);
  virtual ~Log() = default;

  // Each of these is durable on return, and stands in a signed checkpoint on disk. They give the
  // number of the record, or something that carries it. They fail with
  //   invalid_input    a word of the public part is none
  //   limit_exceeded   details larger than event_size_max
  //   unavailable      the disk is full or away: nothing was recorded
  virtual Result<Receipt> record(const access::Permit& permit) = 0;
  virtual Result<std::uint64_t> record(const access::Request& request,
                                       const access::Refusal& refusal) = 0;
  virtual Result<std::uint64_t> record(const Receipt& receipt, const Outcome& outcome) = 0;
  virtual Result<MachineReceipt> record(MachineVerb verb, std::string details) = 0;
  virtual Result<std::uint64_t> record(const Event& event) = 0;

  // Records from `first` on, at most entries_max, oldest first; none past the end. Wants a receipt
  // for read_audit that has not run out. Fails with
  //   invalid_input   another receipt
  //   corrupt         the files do not read
  //   unavailable     the disk is away
  virtual Result<std::vector<Entry>> read(const Receipt& receipt, std::uint64_t first,
                                          std::size_t count) const = 0;
  // Erases the details of every record of a day before this one and gives how many they were; the
  // tree stays as it is. Wants a receipt for drop. What is erased is recorded first, for anybody to
  // see: only then do details go, and none of a later record. With nothing to erase, there is no
  // record. Fails with
  //   invalid_input   another receipt, or a day past base::parse_day's
  //   corrupt         the files do not read
  //   unavailable     the disk is full or away: some may be erased; try again
  virtual Result<std::uint64_t> erase_details(const MachineReceipt& receipt,
                                              base::UtcDay before) = 0;
  // Makes a copy of the whole folder, as it is at one moment, in a new folder on the same disk. Its
  // files are linked: it takes no room. Wants a receipt for back_up. Fails with
  //   invalid_input   another receipt
  //   unavailable     the disk is full or away
  virtual Result<void> snapshot(const MachineReceipt& receipt,
                                const std::filesystem::path& folder) = 0;
  virtual std::uint64_t size() const = 0;
  // The signed note over the tree as it stands: safe to hand to anybody.
  virtual std::string checkpoint() const = 0;

 protected:
  // For the one implementation: nobody else may make a receipt.
  static Receipt make(std::uint64_t number, access::Permit permit) {
    return Receipt(number, std::move(permit));
  }
  static MachineReceipt make(std::uint64_t number, MachineVerb verb) {
    return MachineReceipt(number, verb);
  }
};

}  // namespace regmark::audit
