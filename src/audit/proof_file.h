// A proof to hand to somebody who has nothing but the log's public key: one text with the entry,
// its place, the hashes to the root and the signed checkpoint. C2SP tlog-proof, with the entry in
// the line "extra": it is believed only because its hash leads to the root.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "audit/checkpoint.h"
#include "audit/log.h"
#include "base/crypto.h"
#include "base/result.h"

namespace regmark::audit {

// The checkpoint, an entry of 64 KiB and 64 hashes, each in base64.
inline constexpr std::size_t proof_file_size_max = checkpoint_size_max + 100 * 1024;

struct ProofFile {
  std::uint64_t number = 0;
  base::Bytes entry;
  std::vector<base::Digest> path;
  std::string note;
  friend bool operator==(const ProofFile&, const ProofFile&) = default;
};

std::string to_text(const ProofFile& proof);
// Fails with
//   corrupt   anything that to_text would not have written; nothing is believed yet
Result<ProofFile> read_proof_file(std::string_view text);

// The proof that record `number` of the log in the folder stands in the checkpoint that most
// witnesses signed, the newest of several, with what each of them wrote under it; or, where there
// is none over it, in the newest of all. Fails with
//   not_found       there is no log in the folder
//   invalid_input   it has no such record
//   corrupt         its files do not lead from the entry to the checkpoint
//   unavailable     the disk is away
Result<std::string> prove_entry(const std::filesystem::path& folder, std::uint64_t number,
                                const PublicKey& key);

// What a proof proves.
struct Proved {
  std::uint64_t number = 0;
  PublicPart shown;
  base::Digest commitment{};  // SHA-256 of salt, time and details, for who was given those
  Checkpoint checkpoint;
  std::string note;
};

// Needs nothing but the text and the log's key. Fails with
//   corrupt   what of it does not hold
Result<Proved> check_proof(std::string_view text, const PublicKey& key);

}  // namespace regmark::audit
