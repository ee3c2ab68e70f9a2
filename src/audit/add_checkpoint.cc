#include "audit/add_checkpoint.h"

#include "audit/internal/note.h"
#include "base/check.h"
#include "base/encoding.h"

namespace regmark::audit {
namespace {

constexpr std::string_view old_start = "old ";

}  // namespace

std::string to_text(const AddCheckpoint& request) {
  REGMARK_CHECK(request.proof.size() <= consistency_lines_max);
  auto text = std::string(old_start) + std::to_string(request.old_size) + "\n";
  for (const auto& hash : request.proof) text += base::to_base64(hash) + "\n";
  return text + "\n" + request.note;
}

Result<AddCheckpoint> read_add_checkpoint(std::string_view body) {
  const auto wrong = [](const char* what) { return fail(ErrorCode::invalid_input, what); };
  if (body.size() > add_checkpoint_size_max) return wrong("the request is too large");
  AddCheckpoint request;
  const auto first = take_line(body);
  if (!first || !first->starts_with(old_start)) return wrong("the first line must be: old SIZE");
  const auto old_size = read_decimal(first->substr(old_start.size()));
  if (!old_size) return wrong("the old size is no number");
  request.old_size = *old_size;
  while (true) {
    const auto line = take_line(body);
    if (!line) return wrong("the checkpoint is missing");
    if (line->empty()) break;
    const auto hash = read_hash(*line);
    if (!hash || request.proof.size() == consistency_lines_max) {
      return wrong("the proof is at most 63 lines, each a hash");
    }
    request.proof.push_back(*hash);
  }
  request.note = body;
  return request;
}

}  // namespace regmark::audit
