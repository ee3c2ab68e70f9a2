#include "audit/witness.h"

#include <algorithm>

#include "audit/add_checkpoint.h"
#include "audit/cosignature.h"
#include "audit/internal/note.h"
#include "audit/merkle.h"
#include "base/crash_point.h"
#include "base/encoding.h"
#include "base/words.h"

namespace regmark::audit {
namespace {

using Kind = WitnessAnswer::Kind;

// The seed of its key in hexadecimal, a newline, and the note that it signed last.
constexpr const char* state_name = "witness.state";
constexpr std::size_t state_size_max = 65 + checkpoint_size_max;

WitnessAnswer conflict(std::uint64_t size) {
  return {Kind::conflict, std::to_string(size) + "\n"};
}

// The note with the log's own signatures only: what others signed is nothing to this witness.
std::string without_others(const Note& note, const VerifierKey& log) {
  auto text = std::string(note.text) + "\n";
  for (const auto& signature : note.signatures) {
    if (signature.is_by(log)) text += signature.line;
  }
  return text;
}

}  // namespace

Witness::Witness(std::filesystem::path folder, VerifierKey log, const base::Clock& clock,
                 base::FileLock lock)
    : folder_(std::move(folder)), log_(std::move(log)), clock_(clock), lock_(std::move(lock)) {}

Result<std::unique_ptr<Witness>> Witness::open(const std::filesystem::path& folder,
                                               const VerifierKey& log, const std::string& name,
                                               const base::Clock& clock) {
  if (log.kind != KeyKind::log) {
    return fail(ErrorCode::invalid_input, "the key is a witness's, and not a log's");
  }
  if (!name.empty() && !is_origin(name)) {
    return fail(ErrorCode::invalid_input,
                "a witness's name is printable ASCII without blanks and '+'");
  }
  REGMARK_TRY(base::make_private_folder(folder));
  REGMARK_ASSIGN(auto lock, base::FileLock::take(folder / "lock"));
  std::unique_ptr<Witness> witness(new Witness(folder, log, clock, std::move(lock)));
  REGMARK_TRY(witness->load(name));
  REGMARK_TRY(
      base::write_file(folder / "witness.pub", base::as_bytes(to_text(witness->shown_) + "\n")));
  return witness;
}

Result<void> Witness::load(const std::string& name) {
  last_ = {log_.name, 0, root_of({})};
  const auto corrupt = [](const std::string& what) {
    return fail(ErrorCode::corrupt, std::string(state_name) + ": " + what);
  };
  const auto bytes = base::read_file(folder_ / state_name, state_size_max);
  if (bytes) {
    auto rest = base::as_text(*bytes);
    const auto line = take_line(rest);
    const auto seed = base::from_hex(line.value_or(""));
    if (!line || !seed || seed->size() != key_.seed.size()) return corrupt("it holds no key");
    std::ranges::copy(*seed, key_.seed.begin());
    key_ = base::signing_key_from_seed(key_.seed);
    if (!rest.empty()) {
      auto last = open_checkpoint(rest, log_.key);
      if (!last) return corrupt(last.error().message);
      if (last->origin != log_.name) return corrupt("it witnesses another log");
      last_ = *std::move(last);
    }
  } else if (bytes.error().code == ErrorCode::not_found) {
    key_ = base::new_signing_key();
    REGMARK_TRY(save(""));
  } else {
    return tl::unexpected<Error>(bytes.error());
  }
  const auto own = "regmark-witness/" + base::to_hex(std::span(key_.public_key).first(8));
  shown_ = {name.empty() ? own : name, KeyKind::witness, key_.public_key};
  return {};
}

Result<void> Witness::save(std::string_view note) const {
  auto text = base::to_hex(key_.seed) + "\n";
  text += note;
  return base::write_file(folder_ / state_name, base::as_bytes(text));
}

Result<std::string> Witness::last_note() const {
  REGMARK_ASSIGN(const auto bytes, base::read_file(folder_ / state_name, state_size_max));
  const auto text = base::as_text(bytes);
  return std::string(text.substr(text.find('\n') + 1));
}

namespace {

// The first number that has no file yet.
Result<std::filesystem::path> free_place(const std::filesystem::path& folder) {
  for (int number = 1; number <= accepted_max; ++number) {
    auto path = folder / std::to_string(number);
    std::error_code error;
    const bool is_taken = std::filesystem::exists(path, error);
    if (error) return fail(ErrorCode::unavailable, path.string() + ": " + error.message());
    if (!is_taken) return path;
  }
  return fail(ErrorCode::limit_exceeded, "this witness accepted too many new beginnings");
}

}  // namespace

Result<void> Witness::accept(const NewBeginning& beginning) {
  REGMARK_TRY(base::check_words("the name", beginning.by, accepted_words_max));
  REGMARK_TRY(base::check_words("the reason", beginning.reason, accepted_words_max));
  REGMARK_ASSIGN(const auto next, open_checkpoint(beginning.note, log_.key));
  if (next.origin != log_.name) return fail(ErrorCode::corrupt, "it is of another log");
  REGMARK_ASSIGN(const auto note, read_note(beginning.note));
  const auto own = without_others(note, log_);

  const std::lock_guard lock(mutex_);
  if (next == last_) return fail(ErrorCode::conflict, "this is what the witness signed last");
  REGMARK_ASSIGN(const auto before, last_note());
  const auto folder = folder_ / "accepted";
  REGMARK_TRY(base::make_private_folder(folder));
  REGMARK_ASSIGN(const auto path, free_place(folder));
  const auto text = "at " + base::format_utc(clock_.now()) + "\nby " + beginning.by + "\nreason " +
                    beginning.reason + "\n\nin the place of\n\n" + before + "\nnow\n\n" + own;
  // The old history is kept before it is let go.
  REGMARK_TRY(base::write_file(path, base::as_bytes(text)));
  base::crash_point("witness.kept");
  REGMARK_TRY(save(own));
  last_ = next;
  return {};
}

std::uint64_t Witness::size() const {
  const std::lock_guard lock(mutex_);
  return last_.size;
}

// In the order of the specification.
WitnessAnswer Witness::add(std::string_view body) {
  const auto request = read_add_checkpoint(body);
  if (!request) return {Kind::malformed, request.error().message};
  const auto note = read_note(request->note);
  if (!note) return {Kind::malformed, note.error().message};
  if (note->text.substr(0, note->text.find('\n')) != log_.name) {
    return {Kind::unknown_log, "this witness does not know such a log"};
  }
  const auto text = open_note(request->note, log_.name, log_.key);
  if (!text) return {Kind::not_signed, text.error().message};
  const auto next = open_checkpoint(request->note, log_.key);
  if (!next) return {Kind::malformed, next.error().message};
  if (request->old_size > next->size) {
    return {Kind::malformed, "the old size is past that of the checkpoint"};
  }
  return continue_with(*next, *text, without_others(*note, log_), request->old_size,
                       request->proof);
}

// From the comparison with what was signed last until the new one is on the disk, nobody else may
// come in between: both could continue the old one, and only one the other.
WitnessAnswer Witness::continue_with(const Checkpoint& next, std::string_view text,
                                     std::string_view note, std::uint64_t old_size,
                                     std::span<const base::Digest> proof) {
  const std::lock_guard lock(mutex_);
  if (old_size != last_.size) return conflict(last_.size);
  if (next.size == last_.size && next.root != last_.root) return conflict(last_.size);
  const bool has_no_proof = old_size == 0 || next.size == last_.size;
  if (has_no_proof ? !proof.empty()
                   : !proves_consistency(last_.size, last_.root, next.size, next.root, proof)) {
    return {Kind::inconsistent, "the proof does not lead from the old checkpoint to the new"};
  }
  if (next.size != last_.size) {
    if (const auto saved = save(note); !saved) return {Kind::unavailable, saved.error().message};
    last_ = next;
  }
  base::crash_point("witness.saved");
  return {Kind::cosigned, cosign(text, shown_.name, key_, clock_.now())};
}

}  // namespace regmark::audit
