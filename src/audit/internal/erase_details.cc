// How LogFiles erases: whole files are replaced, so that a crash leaves the old one or the new one.
#include "audit/internal/leaf.h"
#include "audit/internal/log_files.h"

namespace regmark::audit {
namespace {

bool is_to_go(const Details& details, const Leaf& leaf, base::UtcDay before) {
  return !details.is_erased && leaf.shown.day < before;
}

void erase(Details& details) {
  const auto number = details.number;
  details = {};
  details.number = number;
  details.is_erased = true;
}

// The details of a full bundle beside their entries; none when the whole file is gone.
struct FileOfDetails {
  std::vector<Details> details;
  std::vector<Leaf> leaves;
};

Result<FileOfDetails> read_file_of_details(const std::filesystem::path& folder,
                                           std::uint64_t index) {
  auto details = read_details(folder, index);
  if (!details && details.error().code == ErrorCode::not_found) return FileOfDetails{};
  if (!details) return tl::unexpected<Error>(details.error());
  FileOfDetails file{*std::move(details), {}};
  REGMARK_ASSIGN(const auto entries, read_entries(folder, index, tile_width));
  for (const auto& entry : read_bundle(entries).entries) {
    REGMARK_ASSIGN(auto leaf, decode_leaf(entry));
    file.leaves.push_back(std::move(leaf));
  }
  return file;
}

}  // namespace

Result<bool> LogFiles::has_details(base::UtcDay before) const {
  for (std::uint64_t index = 0; index < edge_.size() / tile_width; ++index) {
    REGMARK_ASSIGN(const bool has, file_has_details(index, before));
    if (has) return true;
  }
  return journal_has_details(before);
}

Result<bool> LogFiles::file_has_details(std::uint64_t index, base::UtcDay before) const {
  REGMARK_ASSIGN(const auto file, read_file_of_details(folder_, index));
  for (std::size_t i = 0; i < file.details.size(); ++i) {
    if (is_to_go(file.details[i], file.leaves[i], before)) return true;
  }
  return false;
}

Result<bool> LogFiles::journal_has_details(base::UtcDay before) const {
  if (!journal_.is_open()) return false;
  const auto index = edge_.size() / tile_width;
  REGMARK_ASSIGN(const auto bytes,
                 base::read_file(folder_ / journal_path(index), journal_size_max));
  for (const auto& [details, entry] : read_journal(bytes, index).records) {
    REGMARK_ASSIGN(const auto leaf, decode_leaf(entry));
    if (is_to_go(details, leaf, before)) return true;
  }
  return false;
}

Result<std::uint64_t> LogFiles::erase_details(base::UtcDay before, std::uint64_t end) {
  if (is_broken_) return fail(ErrorCode::unavailable, "the audit log must be opened again");
  std::uint64_t erased = 0;
  for (std::uint64_t index = 0; index < edge_.size() / tile_width; ++index) {
    REGMARK_ASSIGN(const auto more, erase_file(index, before, end));
    erased += more;
  }
  if (!journal_.is_open()) return erased;
  REGMARK_ASSIGN(const auto more, erase_journal(before, end));
  return erased + more;
}

Result<std::uint64_t> LogFiles::erase_file(std::uint64_t index, base::UtcDay before,
                                           std::uint64_t end) {
  REGMARK_ASSIGN(auto file, read_file_of_details(folder_, index));
  std::uint64_t erased = 0;
  base::Bytes written;
  for (std::size_t i = 0; i < file.details.size(); ++i) {
    auto& details = file.details[i];
    if (details.number < end && is_to_go(details, file.leaves[i], before)) {
      erase(details);
      ++erased;
    }
    add_frame(written, details);
  }
  if (erased == 0) return 0;
  REGMARK_TRY(base::write_file(folder_ / details_path(index), written));
  return erased;
}

Result<std::uint64_t> LogFiles::erase_journal(base::UtcDay before, std::uint64_t end) {
  const auto path = folder_ / journal_path(edge_.size() / tile_width);
  REGMARK_ASSIGN(const auto bytes, base::read_file(path, journal_size_max));
  auto journal = read_journal(bytes, edge_.size() / tile_width);
  std::uint64_t erased = 0;
  base::Bytes file;
  base::Bytes frames;
  std::size_t next = 0;
  for (const auto& seal : journal.seals) {
    for (; next < seal.records; ++next) {
      auto& [details, entry] = journal.records[next];
      REGMARK_ASSIGN(const auto leaf, decode_leaf(entry));
      if (details.number < end && is_to_go(details, leaf, before)) {
        erase(details);
        ++erased;
      }
      add_record(file, details, entry);
      add_frame(frames, details);
    }
    add_seal(file, seal.checkpoint);
  }
  if (erased == 0) return 0;
  REGMARK_TRY(base::write_file(path, file));
  frames_ = std::move(frames);
  // It is another file now: the next record must not go to the old one.
  journal_ = {};
  auto reopened = AppendFile::open(path);
  if (!reopened) is_broken_ = true;
  if (!reopened) return tl::unexpected<Error>(reopened.error());
  journal_ = *std::move(reopened);
  return erased;
}

}  // namespace regmark::audit
