#include "audit/internal/check_cosigned.h"

#include <algorithm>

#include "audit/internal/check_bundle.h"
#include "audit/internal/note.h"
#include "base/encoding.h"
#include "base/files.h"

namespace regmark::audit {
namespace {

namespace fs = std::filesystem;

Result<Checkpoint> read_one(const fs::path& file, const PublicKey& log) {
  const auto where = "cosigned/" + file.filename().string();
  const auto bytes = base::read_file(file, checkpoint_size_max);
  if (!bytes) return does_not_read(bytes.error(), where);
  const auto text = base::as_text(*bytes);
  auto checkpoint = open_checkpoint(text, log);
  const auto note = read_note(text);
  if (!checkpoint || !note) return does_not_hold(where);
  const auto is_named_by = [&](const NoteSignature& signature) {
    return base::to_hex(signature.key_id) == file.filename().string();
  };
  if (std::ranges::none_of(note->signatures, is_named_by)) return does_not_hold(where);
  return checkpoint;
}

}  // namespace

Result<std::vector<Checkpoint>> read_all_cosigned(const fs::path& folder, const PublicKey& log) {
  std::vector<Checkpoint> all;
  std::error_code error;
  const auto kept = folder / "cosigned";
  if (!fs::exists(kept, error) && !error) return all;
  for (fs::directory_iterator file(kept, error), end; !error && file != end;
       file.increment(error)) {
    // Half written: the whole one takes its place.
    if (file->path().extension() == ".new") continue;
    if (all.size() == cosigned_files_max) {
      return fail(ErrorCode::corrupt, "cosigned/ has too many files");
    }
    REGMARK_ASSIGN(all.emplace_back(), read_one(file->path(), log));
  }
  if (error) return fail(ErrorCode::unavailable, "cosigned/: " + error.message());
  return all;
}

}  // namespace regmark::audit
