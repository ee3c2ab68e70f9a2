#include "audit/internal/journal.h"

#include <optional>

#include "audit/internal/tiles.h"

namespace regmark::audit {
namespace {

constexpr std::uint8_t record_kind = 1;
constexpr std::uint8_t seal_kind = 2;

// The text or entry behind its size in two bytes; nothing when it is cut off.
std::optional<std::span<const std::uint8_t>> read_sized(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const std::size_t size = std::size_t{bytes[0]} << 8U | bytes[1];
  if (bytes.size() - 2 < size) return std::nullopt;
  return bytes.subspan(2, size);
}

}  // namespace

void add_record(base::Bytes& journal, const Details& details, std::span<const std::uint8_t> leaf) {
  journal.push_back(record_kind);
  add_frame(journal, details);
  add_entry(journal, leaf);
}

void add_seal(base::Bytes& journal, std::string_view checkpoint) {
  journal.push_back(seal_kind);
  add_entry(journal, base::as_bytes(checkpoint));
}

Journal read_journal(std::span<const std::uint8_t> bytes, std::uint64_t index) {
  Journal journal;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto rest = bytes.subspan(at + 1);
    if (bytes[at] == record_kind && journal.records.size() < tile_width) {
      auto frame = read_frame(rest, index * tile_width + journal.records.size());
      if (!frame) break;
      const auto leaf = read_sized(rest.subspan(frame->size));
      if (!leaf) break;
      journal.records.push_back({std::move(frame->details), *leaf});
      at += 1 + frame->size + 2 + leaf->size();
    } else if (bytes[at] == seal_kind) {
      const auto note = read_sized(rest);
      if (!note) break;
      at += 1 + 2 + note->size();
      journal.seals.push_back({journal.records.size(), base::as_text(*note), at});
    } else {
      break;
    }
  }
  return journal;
}

std::filesystem::path journal_path(std::uint64_t index) {
  return std::filesystem::path("pending") / index_path(index);
}

}  // namespace regmark::audit
