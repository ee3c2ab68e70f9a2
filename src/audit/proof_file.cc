#include "audit/proof_file.h"

#include <map>
#include <optional>
#include <utility>

#include "audit/cosignature.h"
#include "audit/internal/leaf.h"
#include "audit/internal/note.h"
#include "audit/internal/tiles.h"
#include "audit/proof.h"
#include "base/encoding.h"
#include "base/files.h"

namespace regmark::audit {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_start = "extra ";
constexpr std::string_view index_start = "index ";
constexpr std::size_t path_lines_max = 64;
// So many witnesses' files are looked at.
constexpr int cosigned_max = 100;

tl::unexpected<Error> wrong(const std::string& what) {
  return fail(ErrorCode::corrupt, "the proof does not hold: " + what);
}

// What stands behind `start` in the next line.
std::optional<std::string_view> take_after(std::string_view start, std::string_view& text) {
  const auto line = take_line(text);
  if (!line || !line->starts_with(start)) return std::nullopt;
  return line->substr(start.size());
}

struct SignedTree {
  Checkpoint checkpoint;
  std::string note;
};

Result<SignedTree> read_tree(const fs::path& file, const PublicKey& key) {
  REGMARK_ASSIGN(const auto bytes, base::read_file(file, checkpoint_size_max));
  const auto note = base::as_text(bytes);
  REGMARK_ASSIGN(auto checkpoint, open_checkpoint(note, key));
  return SignedTree{std::move(checkpoint), std::string(note)};
}

// The one that most witnesses signed, of those over the record; each has a file of its own. Whose
// signatures they are is for those to check who know the witnesses.
std::optional<SignedTree> most_cosigned(const fs::path& folder, std::uint64_t number,
                                        const PublicKey& key) {
  std::map<std::uint64_t, std::pair<std::size_t, SignedTree>> by_size;  // of a size there is one
  std::error_code ignored;
  int seen = 0;
  for (const auto& file : fs::directory_iterator(folder / "cosigned", ignored)) {
    if (++seen > cosigned_max) break;
    auto tree = read_tree(file.path(), key);
    if (!tree || number >= tree->checkpoint.size) continue;
    const auto [found, is_new] = by_size.try_emplace(tree->checkpoint.size, std::size_t{1}, *tree);
    if (is_new) continue;
    auto both = with_lines_of(found->second.second.note, tree->note);
    if (!both) continue;
    ++found->second.first;
    found->second.second.note = *std::move(both);
  }
  std::optional<SignedTree> most;
  std::size_t signers = 0;
  for (auto& [size, tree] : by_size) {
    if (tree.first < signers) continue;
    signers = tree.first;
    most = std::move(tree.second);
  }
  return most;
}

Result<base::Bytes> read_entry(const fs::path& folder, std::uint64_t number, std::uint64_t size) {
  const auto index = number / tile_width;
  const auto width = std::min(tile_width, size - index * tile_width);
  REGMARK_ASSIGN(const auto bytes, read_entries(folder, index, width));
  const auto entry = read_bundle(bytes).entries[number % tile_width];
  return base::Bytes(entry.begin(), entry.end());
}

}  // namespace

std::string to_text(const ProofFile& proof) {
  auto text = std::string(first_line) + "\n";
  text.append(extra_start).append(base::to_base64(proof.entry)).append("\n");
  text.append(index_start).append(std::to_string(proof.number)).append("\n");
  for (const auto& hash : proof.path) text += base::to_base64(hash) + "\n";
  return text + "\n" + proof.note;
}

Result<ProofFile> read_proof_file(std::string_view text) {
  if (text.size() > proof_file_size_max) return wrong("it is too large");
  if (take_line(text) != first_line) return wrong("it does not begin as a proof does");
  const auto extra = take_after(extra_start, text);
  auto entry = base::from_base64(extra.value_or(""));
  if (!extra || !entry) return wrong("it has no entry");
  const auto index = take_after(index_start, text);
  const auto number = read_decimal(index.value_or(""));
  if (!number) return wrong("it does not say which record it is of");
  ProofFile proof{.number = *number, .entry = *std::move(entry), .path = {}, .note = {}};
  while (true) {
    const auto line = take_line(text);
    if (!line) return wrong("it has no checkpoint");
    if (line->empty()) break;
    const auto hash = read_hash(*line);
    if (!hash || proof.path.size() == path_lines_max) return wrong("a line is no hash");
    proof.path.push_back(*hash);
  }
  proof.note = text;
  return proof;
}

Result<std::string> prove_entry(const fs::path& folder, std::uint64_t number,
                                const PublicKey& key) {
  auto tree = most_cosigned(folder, number, key);
  if (!tree) {
    REGMARK_ASSIGN(tree, read_tree(folder / "checkpoint", key));
  }
  const auto size = tree->checkpoint.size;
  ProofFile proof{.number = number, .entry = {}, .path = {}, .note = tree->note};
  REGMARK_ASSIGN(proof.path, inclusion_proof(folder, number, size));
  REGMARK_ASSIGN(proof.entry, read_entry(folder, number, size));
  auto text = to_text(proof);
  // A proof that does not hold must not leave the house.
  REGMARK_TRY(check_proof(text, key));
  return text;
}

Result<Proved> check_proof(std::string_view text, const PublicKey& key) {
  REGMARK_ASSIGN(auto proof, read_proof_file(text));
  auto checkpoint = open_checkpoint(proof.note, key);
  if (!checkpoint) return wrong(checkpoint.error().message);
  auto leaf = decode_leaf(proof.entry);
  if (!leaf) return wrong("its entry does not read");
  if (!proves_inclusion(leaf_hash(proof.entry), proof.number, checkpoint->size, proof.path,
                        checkpoint->root)) {
    return wrong("its hashes do not lead from the entry to the checkpoint");
  }
  return Proved{.number = proof.number,
                .shown = std::move(leaf->shown),
                .commitment = leaf->commitment,
                .checkpoint = *std::move(checkpoint),
                .note = std::move(proof.note)};
}

}  // namespace regmark::audit
