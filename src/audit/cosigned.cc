#include "audit/cosigned.h"

#include <algorithm>

#include "audit/add_checkpoint.h"
#include "audit/cosignature.h"
#include "audit/internal/note.h"
#include "audit/proof.h"
#include "base/encoding.h"
#include "base/files.h"

namespace regmark::audit {

std::filesystem::path cosigned_path(const VerifierKey& witness) {
  return std::filesystem::path("cosigned") / base::to_hex(id_of(witness));
}

Result<Cosigned> read_cosigned(const std::filesystem::path& folder, const PublicKey& log,
                               const VerifierKey& witness) {
  auto bytes = base::read_file(folder / cosigned_path(witness), checkpoint_size_max);
  if (!bytes && bytes.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found, "the folder has nothing that " + witness.name + " signed");
  }
  if (!bytes) return tl::unexpected<Error>(std::move(bytes).error());
  const auto note = base::as_text(*bytes);
  REGMARK_ASSIGN(auto checkpoint, open_checkpoint(note, log));
  const auto at = cosigned_at(note, witness);
  if (!at) return fail(ErrorCode::corrupt, at.error().message);
  return Cosigned{std::move(checkpoint), *at, std::string(note)};
}

Result<void> keep_cosigned(const std::filesystem::path& folder, const VerifierKey& witness,
                           const std::string& note) {
  const auto path = folder / cosigned_path(witness);
  REGMARK_TRY(base::make_private_folder(path.parent_path()));
  return base::write_file(path, base::as_bytes(note));
}

Result<std::string> request_to_witness(const std::filesystem::path& folder, const std::string& note,
                                       const PublicKey& log, std::uint64_t old_size) {
  REGMARK_ASSIGN(const auto checkpoint, open_checkpoint(note, log));
  AddCheckpoint request{.old_size = old_size, .proof = {}, .note = note};
  if (old_size > 0) {
    REGMARK_ASSIGN(request.proof, consistency_proof(folder, old_size, checkpoint.size));
  }
  return to_text(request);
}

Result<std::uint64_t> read_conflict(std::string_view body) {
  const auto line = take_line(body);
  const auto size = line && body.empty() ? read_decimal(*line) : std::nullopt;
  if (!size) return fail(ErrorCode::corrupt, "the witness did not say which size it has");
  return *size;
}

void WitnessTimes::expect(const std::string& name) {
  const std::lock_guard lock(mutex_);
  witnesses_.push_back({name, std::nullopt, 0});
}

void WitnessTimes::signed_by(const std::string& name, base::UtcTime at, std::uint64_t size) {
  const std::lock_guard lock(mutex_);
  for (auto& witness : witnesses_) {
    if (witness.name == name) witness = {name, at, size};
  }
}

std::vector<WitnessTimes::Witness> WitnessTimes::all() const {
  const std::lock_guard lock(mutex_);
  return witnesses_;
}

}  // namespace regmark::audit
