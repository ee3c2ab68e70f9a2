#include "audit/internal/log_files.h"

#include <algorithm>
#include <utility>

#include "audit/internal/leaf.h"
#include "base/check.h"
#include "base/crash_point.h"

namespace regmark::audit {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> corrupt(const char* what) {
  return fail(ErrorCode::corrupt, std::string("the audit log: ") + what);
}

// Makes a folder below `root`, each step of it durable.
Result<void> make_folder(const fs::path& root, const fs::path& below) {
  fs::path at = root;
  for (const auto& part : below) {
    const fs::path parent = at;
    at /= part;
    std::error_code error;
    if (fs::create_directory(at, error)) REGMARK_TRY(base::sync_folder(parent));
    if (error) return fail(ErrorCode::unavailable, "cannot make a folder of the log");
  }
  return {};
}

// Not synced: what can be made again from the journal need not survive a power cut. Done for every
// group, so the usual case, a folder that is there and a file that is not, costs one call.
Result<void> write_unsynced(const fs::path& path, std::span<const std::uint8_t> bytes) {
  auto file = AppendFile::create(path);
  if (!file) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (!error) fs::remove(path, error);
    if (error) return fail(ErrorCode::unavailable, "cannot write a file of the log");
    file = AppendFile::create(path);
  }
  if (!file) return tl::unexpected<Error>(std::move(file).error());
  return file->append(bytes);
}

bool has_files(const fs::path& folder) {
  std::error_code error;
  for (const auto& file : fs::recursive_directory_iterator(folder, error)) {
    if (!file.is_directory(error)) return true;
  }
  return false;
}

}  // namespace

LogFiles::LogFiles(fs::path folder, const base::SigningKey& key, std::string origin,
                   base::FileLock lock)
    : folder_(std::move(folder)), key_(key), origin_(std::move(origin)), lock_(std::move(lock)) {}

Result<std::unique_ptr<LogFiles>> LogFiles::open(const fs::path& folder,
                                                 const base::SigningKey& key,
                                                 const std::string& origin) {
  if (!is_origin(origin)) {
    return fail(ErrorCode::invalid_input, "an origin is printable ASCII without blanks and '+'");
  }
  REGMARK_TRY(base::make_private_folder(folder));
  REGMARK_ASSIGN(auto lock, base::FileLock::take(folder / "lock"));
  std::unique_ptr<LogFiles> files(new LogFiles(folder, key, origin, std::move(lock)));
  const auto note = base::read_file(folder / "checkpoint", checkpoint_size_max);
  if (note) {
    REGMARK_TRY(files->load(base::as_text(*note)));
  } else if (note.error().code == ErrorCode::not_found) {
    REGMARK_TRY(files->create());
  } else {
    return tl::unexpected<Error>(note.error());
  }
  return files;
}

Result<void> LogFiles::create() {
  for (const auto* part : {"tile", "pending", "details"}) {
    // Somebody took the checkpoint away: to begin anew would hide that.
    if (has_files(folder_ / part)) return corrupt("there are records, but no checkpoint");
    REGMARK_TRY(make_folder(folder_, part));
  }
  base::crash_point("audit.create");
  checkpoint_ = next_checkpoint();
  return base::write_file(folder_ / "checkpoint", base::as_bytes(checkpoint_));
}

Result<void> LogFiles::load(std::string_view note) {
  // An empty file is what a power cut may leave of one that was not synced; the journal has the
  // checkpoint too. Anything else that does not hold was meddled with.
  const bool is_lost = note.empty();
  Checkpoint claimed;
  if (is_lost) {
    REGMARK_ASSIGN(claimed.size, newest_bundle());
  } else {
    REGMARK_ASSIGN(claimed, open_checkpoint(note, key_.public_key));
    if (claimed.origin != origin_) return corrupt("the checkpoint is of another log");
  }
  checkpoint_ = note;
  const auto index = claimed.size / tile_width;
  REGMARK_TRY(load_edge(index * tile_width));

  auto bytes = base::read_file(folder_ / journal_path(index), journal_size_max);
  if (!bytes && bytes.error().code == ErrorCode::not_found) bytes = base::Bytes{};
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  const auto journal = read_journal(*bytes, index);
  REGMARK_ASSIGN(const auto seal, newest_seal(journal));
  if (is_lost && !seal) return corrupt("the checkpoint is empty");
  if (is_lost) {
    REGMARK_ASSIGN(claimed, open_checkpoint(seal->checkpoint, key_.public_key));
  }
  if (!bytes->empty()) {
    REGMARK_ASSIGN(journal_, AppendFile::open(folder_ / journal_path(index)));
    REGMARK_TRY(journal_.cut(seal ? seal->end : 0));
  }
  const std::span records(journal.records);
  return replay(records.first(seal ? seal->records : 0), claimed);
}

// Each hash of a level is the root of a full tile of the level below.
Result<void> LogFiles::load_edge(std::uint64_t size) {
  std::vector<std::vector<base::Digest>> levels(tile_levels);
  for (unsigned level = 1; level < tile_levels; ++level) {
    const auto end = hashes_at(level, size);
    for (auto index = end - end % tile_width; index < end; ++index) {
      REGMARK_ASSIGN(const auto tile, read_tile(folder_, level - 1, index, tile_width));
      levels[level].push_back(root_of(tile));
    }
  }
  edge_ = Edge(size, levels);
  return {};
}

// The first record of the newest journal, for when only that can tell.
Result<std::uint64_t> LogFiles::newest_bundle() const {
  std::error_code error;
  std::optional<fs::path> newest;
  for (const auto& file : fs::recursive_directory_iterator(folder_ / "pending", error)) {
    if (file.is_regular_file(error) && (!newest || *newest < file.path())) newest = file.path();
  }
  if (error) return fail(ErrorCode::unavailable, "cannot list the journals of the log");
  std::uint64_t index = 0;
  if (newest) {
    for (const char c : newest->lexically_relative(folder_ / "pending").string()) {
      if (c >= '0' && c <= '9') index = index * 10 + static_cast<std::uint64_t>(c - '0');
    }
  }
  return index * tile_width;
}

// Whether a checkpoint in the journal is ours and over just the records before it.
bool LogFiles::holds(const Journal& journal, const Seal& seal) const {
  const auto signed_tree = open_checkpoint(seal.checkpoint, key_.public_key);
  if (!signed_tree || signed_tree->origin != origin_) return false;
  Edge edge = edge_;
  for (const auto& [details, leaf] : std::span(journal.records).first(seal.records)) {
    const auto decoded = decode_leaf(leaf);
    if (!decoded) return false;
    if (!details.is_erased && commitment_of(details) != decoded->commitment) return false;
    edge.append(leaf_hash(leaf));
  }
  return signed_tree->size == edge.size() && signed_tree->root == edge.root();
}

// The last group may be torn, for it was being written; the one before it was synced by then.
Result<std::optional<Seal>> LogFiles::newest_seal(const Journal& journal) const {
  const auto& seals = journal.seals;
  for (std::size_t back = 1; back <= std::min(seals.size(), std::size_t{2}); ++back) {
    const auto& seal = seals[seals.size() - back];
    if (holds(journal, seal)) return seal;
  }
  if (seals.size() > 1) return corrupt("the newest records do not read");
  return std::nullopt;
}

Result<void> LogFiles::replay(std::span<const JournalRecord> records, const Checkpoint& claimed) {
  const auto first = edge_.size();
  if (first + records.size() < claimed.size) return corrupt("the newest records are missing");
  std::vector<FullTile> filled;
  const auto is_claimed = [&] {
    return edge_.size() != claimed.size || edge_.root() == claimed.root;
  };
  if (!is_claimed()) return corrupt("the entries are not those of the checkpoint");
  for (const auto& [details, leaf] : records) {
    for (auto& tile : add(leaf, details)) filled.push_back(std::move(tile));
    if (!is_claimed()) return corrupt("the entries are not those of the checkpoint");
  }
  auto left_over = partials_at(first);
  REGMARK_TRY(publish(filled, next_checkpoint()));
  std::swap(partials_, left_over);
  remove_stale();
  std::swap(partials_, left_over);
  std::error_code ignored;
  if (first > 0) fs::remove(folder_ / journal_path(first / tile_width - 1), ignored);
  return {};
}

// Every partial tile and bundle on the right edge, of whatever checkpoint.
std::vector<fs::path> LogFiles::partials_at(std::uint64_t size) const {
  std::vector<fs::path> paths;
  const auto list = [&](fs::path folder) {
    folder += ".p";
    std::error_code ignored;
    for (const auto& file : fs::directory_iterator(folder_ / folder, ignored)) {
      paths.push_back(file.path());
    }
  };
  for (unsigned level = 0; level < tile_levels; ++level) {
    list(tile_path(level, hashes_at(level, size) / tile_width, tile_width));
  }
  list(entries_path(size / tile_width, tile_width));
  return paths;
}

std::vector<FullTile> LogFiles::add(std::span<const std::uint8_t> leaf, const Details& details) {
  add_entry(bundle_, leaf);
  add_frame(frames_, details);
  return edge_.append(leaf_hash(leaf));
}

std::string LogFiles::next_checkpoint() const {
  return sign_checkpoint({origin_, edge_.size(), edge_.root()}, key_);
}

Result<void> LogFiles::open_journal() {
  if (journal_.is_open()) return {};
  const auto path = journal_path(edge_.size() / tile_width);
  REGMARK_TRY(make_folder(folder_, path.parent_path()));
  REGMARK_ASSIGN(journal_, AppendFile::open(folder_ / path));
  return base::sync_folder((folder_ / path).parent_path());
}

Result<void> LogFiles::append(std::span<Record* const> records) {
  REGMARK_CHECK(!records.empty() && records.size() <= room());
  if (is_broken_) return fail(ErrorCode::unavailable, "the audit log must be opened again");
  REGMARK_TRY(open_journal());
  Edge edge = edge_;
  const auto bundle_size = bundle_.size();
  const auto frames_size = frames_.size();
  const auto journal_size = journal_.size();
  auto done = write(records);
  if (done) return {};
  // Everything as it was before. When even that fails, nothing is sure any more.
  edge_ = std::move(edge);
  bundle_.resize(bundle_size);
  frames_.resize(frames_size);
  std::error_code ignored;
  for (const auto& path : new_partials_) {
    if (std::ranges::find(partials_, path) == partials_.end()) fs::remove(path, ignored);
  }
  if (!journal_.cut(journal_size)) is_broken_ = true;
  return done;
}

Result<void> LogFiles::write(std::span<Record* const> records) {
  new_partials_.clear();
  base::Bytes group;
  std::vector<FullTile> filled;
  for (auto* record : records) {
    record->details.number = edge_.size();
    add_record(group, record->details, record->leaf);
    for (auto& tile : add(record->leaf, record->details)) filled.push_back(std::move(tile));
  }
  const auto note = next_checkpoint();
  add_seal(group, note);
  REGMARK_TRY(journal_.append(group));
  base::crash_point("audit.journal_written");
  REGMARK_TRY(journal_.sync());
  base::crash_point("audit.journal_synced");
  return publish(filled, note);
}

Result<void> LogFiles::publish(const std::vector<FullTile>& filled, const std::string& note) {
  new_partials_.clear();
  REGMARK_TRY(publish_tiles(filled));
  base::crash_point("audit.tiles_written");
  REGMARK_TRY(publish_checkpoint(note));
  base::crash_point("audit.checkpoint_written");
  remove_stale();
  partials_ = new_partials_;
  if (!filled.empty()) close_bundle();
  return {};
}

Result<void> LogFiles::publish_tiles(const std::vector<FullTile>& filled) {
  const auto write_full = [this](const fs::path& path, const base::Bytes& bytes) -> Result<void> {
    REGMARK_TRY(make_folder(folder_, path.parent_path()));
    return base::write_file(folder_ / path, bytes);
  };
  const auto write_partial = [this](fs::path path, const base::Bytes& bytes) -> Result<void> {
    path = folder_ / path;
    new_partials_.push_back(path);
    // The same width means the same hashes.
    if (std::ranges::find(partials_, path) != partials_.end()) return {};
    return write_unsynced(path, bytes);
  };
  const auto size = edge_.size();
  if (!filled.empty()) {
    const auto index = size / tile_width - 1;
    REGMARK_TRY(write_full(details_path(index), frames_));
    REGMARK_TRY(write_full(entries_path(index, tile_width), bundle_));
  }
  for (const auto& tile : filled) {
    REGMARK_TRY(
        write_full(tile_path(tile.level, tile.index, tile_width), encode_tile(tile.hashes)));
  }
  for (unsigned level = 0; level < tile_levels; ++level) {
    const auto hashes = edge_.unfinished(level);
    if (hashes.empty()) continue;
    const auto index = hashes_at(level, size) / tile_width;
    REGMARK_TRY(write_partial(tile_path(level, index, hashes.size()), encode_tile(hashes)));
    if (level == 0) REGMARK_TRY(write_partial(entries_path(index, hashes.size()), bundle_));
  }
  return {};
}

// The last step that can fail: before it, everything can be taken back.
Result<void> LogFiles::publish_checkpoint(const std::string& note) {
  if (note == checkpoint_) return {};
  const auto path = folder_ / "checkpoint";
  const auto beside = folder_ / "checkpoint.new";
  REGMARK_TRY(write_unsynced(beside, base::as_bytes(note)));
  std::error_code error;
  fs::rename(beside, path, error);
  if (error) return fail(ErrorCode::unavailable, "cannot replace the checkpoint");
  checkpoint_ = note;
  return {};
}

// The journal may go once the checkpoint over all of it is durable. Its records are durable by
// now, so a failure here is not theirs, but the next must not be written over it.
void LogFiles::close_bundle() {
  auto checkpoint = AppendFile::open(folder_ / "checkpoint");
  if (!checkpoint || !checkpoint->sync() || !base::sync_folder(folder_)) {
    is_broken_ = true;
    return;
  }
  base::crash_point("audit.checkpoint_synced");
  std::error_code ignored;
  fs::remove(folder_ / journal_path(edge_.size() / tile_width - 1), ignored);
  base::crash_point("audit.journal_removed");
  journal_ = {};
  bundle_.clear();
  frames_.clear();
}

// What only the last checkpoint needed. A failure leaves rubbish, not harm.
void LogFiles::remove_stale() {
  std::error_code ignored;
  for (const auto& path : partials_) {
    if (std::ranges::find(new_partials_, path) != new_partials_.end()) continue;
    fs::remove(path, ignored);
    // The ".p" folder goes with its tile's last partial file.
    const auto is_beside = [&](const fs::path& other) {
      return other.parent_path() == path.parent_path();
    };
    if (std::ranges::none_of(new_partials_, is_beside)) fs::remove(path.parent_path(), ignored);
  }
}

}  // namespace regmark::audit
