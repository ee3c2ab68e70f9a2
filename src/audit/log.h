// The append-only record of everything that was asked, allowed, refused and done.
//
// A leaf has a public part and a salted commitment to its details; the details live in an erasable
// store beside it. Leaves stand in a Merkle tree (RFC 6962) kept as tile files with a signed
// checkpoint (C2SP tlog-tiles, signed-note). The formats are in docs/formats/audit_log.md.
#pragma once

#include <filesystem>
#include <memory>
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
};

// What anybody may know of an act: no name, no plate, no place.
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
  std::string details;  // a JSON object, at most 64 KiB: lives in the erasable store
};

// How an act under a receipt ended.
struct Outcome {
  std::string result;  // "done", "failed", "not_found", ...
  std::uint64_t rows = 0;
};

// One record read back, for an auditor.
struct Entry {
  std::uint64_t number;
  base::UtcTime at;
  PublicPart shown;
  std::string details;  // empty when they were erased
};

// May be used from many threads at once: records that come together are made durable together.
class Log {
 public:
  // Opens or makes the log in `folder`. Fails with
  //   corrupt       the folder does not agree with its checkpoint
  //   unavailable   the disk is away
  static Result<std::unique_ptr<Log>> open(const std::filesystem::path& folder,
                                           const base::SigningKey& key, std::string origin,
                                           const base::Clock& clock);
  virtual ~Log() = default;

  // Each of these is durable on return. They fail with
  //   limit_exceeded   details larger than 64 KiB
  //   unavailable      the disk is full or away: nothing was recorded
  virtual Result<Receipt> record(const access::Permit& permit) = 0;
  virtual Result<std::uint64_t> record(const access::Request& request,
                                       const access::Refusal& refusal) = 0;
  virtual Result<std::uint64_t> record(const Receipt& receipt, const Outcome& outcome) = 0;
  virtual Result<MachineReceipt> record(MachineVerb verb, std::string details) = 0;
  virtual Result<std::uint64_t> record(const Event& event) = 0;

  // Records from `first` on, at most 1,000, oldest first. Wants a receipt for read_audit.
  virtual Result<std::vector<Entry>> read(const Receipt& receipt, std::uint64_t first,
                                          std::size_t count) const = 0;
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

// What verify() found in a log folder.
struct Verified {
  std::uint64_t size = 0;
  base::Digest root{};
  std::uint64_t details_missing = 0;  // erased, or lost
};

// Needs only the folder and the public key: recomputes every hash. Fails with
//   not_found     there is no log in the folder
//   corrupt       which leaf, tile or signature does not hold
Result<Verified> verify(const std::filesystem::path& folder,
                        const std::array<std::uint8_t, 32>& public_key);

}  // namespace regmark::audit
