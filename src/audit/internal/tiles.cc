#include "audit/internal/tiles.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <optional>
#include <string>

#include "base/check.h"
#include "base/files.h"

namespace regmark::audit {
namespace {

// 256 entries of at most 65,535 bytes and their sizes.
constexpr std::size_t bundle_size_max = tile_width * (2 + 65'535);
constexpr std::size_t tile_size_max = tile_width * sizeof(base::Digest);

std::filesystem::path partial(std::filesystem::path path, std::uint64_t width) {
  REGMARK_CHECK(width >= 1 && width <= tile_width);
  if (width < tile_width) {
    path += ".p";
    path /= std::to_string(width);
  }
  return path;
}

// The widest partial file beside the one of `width` that is not there.
std::optional<std::filesystem::path> wider(const std::filesystem::path& exact,
                                           std::uint64_t width) {
  std::optional<std::filesystem::path> widest;
  std::error_code ignored;
  for (const auto& file : std::filesystem::directory_iterator(exact.parent_path(), ignored)) {
    const auto name = file.path().filename().string();
    std::uint64_t its_width = 0;
    const auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), its_width);
    if (error != std::errc{} || stop != name.data() + name.size() || its_width <= width) continue;
    widest = file.path();
    width = its_width;
  }
  return widest;
}

// The whole file of this width, or else of a greater one: the log may grow while we read.
Result<base::Bytes> read_this_or_wider(const std::filesystem::path& exact,
                                       const std::filesystem::path& full, std::uint64_t width,
                                       std::size_t size_max) {
  // A wider one may be replaced in its turn; that often in a row it is not.
  constexpr int tries_max = 100;
  auto bytes = base::read_file(exact, size_max);
  const auto is_gone = [&] { return !bytes && bytes.error().code == ErrorCode::not_found; };
  for (int tries = 0; is_gone() && tries < tries_max; ++tries) {
    const auto instead = width < tile_width ? wider(exact, width) : std::nullopt;
    bytes = base::read_file(instead ? *instead : full, size_max);
    if (!instead) break;
  }
  if (is_gone()) bytes = base::read_file(full, size_max);
  if (!bytes && bytes.error().code != ErrorCode::unavailable) {
    return fail(ErrorCode::corrupt, "a file of the log is missing or too large");
  }
  return bytes;
}

}  // namespace

std::filesystem::path index_path(std::uint64_t index) {
  const auto part = [](std::uint64_t number) {
    std::string digits = std::to_string(number % 1'000);
    return std::string(3 - digits.size(), '0') + digits;
  };
  std::string path = part(index);
  for (index /= 1'000; index > 0; index /= 1'000) path = "x" + part(index) + "/" + path;
  return path;
}

std::filesystem::path tile_path(unsigned level, std::uint64_t index, std::uint64_t width) {
  return partial(std::filesystem::path("tile") / std::to_string(level) / index_path(index), width);
}

std::filesystem::path entries_path(std::uint64_t index, std::uint64_t width) {
  return partial(std::filesystem::path("tile/entries") / index_path(index), width);
}

Edge::Edge(std::uint64_t size, const std::vector<std::vector<base::Digest>>& levels)
    : size_(size), levels_(tile_levels) {
  REGMARK_CHECK(levels.size() == tile_levels);
  for (unsigned level = 0; level < tile_levels; ++level) {
    REGMARK_CHECK(levels[level].size() == hashes_at(level, size) % tile_width);
    for (const auto& hash : levels[level]) levels_[level].add(hash);
  }
}

void Edge::Level::add(const base::Digest& hash) {
  base::Digest whole = hash;
  for (auto count = hashes.size(); (count & 1U) != 0; count >>= 1U) {
    whole = node_hash(wholes.back(), whole);
    wholes.pop_back();
  }
  wholes.push_back(whole);
  hashes.push_back(hash);
}

base::Digest Edge::root() const {
  // From the smallest subtree on the right to the largest on the left.
  std::optional<base::Digest> root;
  for (const auto& level : levels_) {
    for (auto whole = level.wholes.rbegin(); whole != level.wholes.rend(); ++whole) {
      root = root ? node_hash(*whole, *root) : *whole;
    }
  }
  return root ? *root : root_of({});
}

std::vector<FullTile> Edge::append(const base::Digest& leaf) {
  ++size_;
  return carry(0, leaf);
}

std::vector<FullTile> Edge::append_tile(const base::Digest& root) {
  REGMARK_CHECK(size_ % tile_width == 0);
  size_ += tile_width;
  return carry(1, root);
}

// Adds a hash at a level; a tile that it fills is one hash of the level above.
std::vector<FullTile> Edge::carry(unsigned level, base::Digest hash) {
  std::vector<FullTile> filled;
  for (; level < tile_levels; ++level) {
    auto& here = levels_[level];
    here.add(hash);
    if (here.hashes.size() < tile_width) break;
    hash = here.wholes.front();
    filled.push_back({level, hashes_at(level, size_) / tile_width - 1, std::move(here.hashes)});
    here = {};
  }
  return filled;
}

base::Bytes encode_tile(std::span<const base::Digest> hashes) {
  base::Bytes bytes;
  bytes.reserve(hashes.size() * sizeof(base::Digest));
  for (const auto& hash : hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
  return bytes;
}

Result<std::vector<base::Digest>> decode_tile(std::span<const std::uint8_t> bytes,
                                              std::uint64_t width) {
  if (bytes.size() != width * sizeof(base::Digest)) {
    return fail(ErrorCode::corrupt, "a tile has the wrong size");
  }
  std::vector<base::Digest> hashes(width);
  for (auto& hash : hashes) {
    std::ranges::copy(bytes.first(hash.size()), hash.begin());
    bytes = bytes.subspan(hash.size());
  }
  return hashes;
}

void add_entry(base::Bytes& bundle, std::span<const std::uint8_t> entry) {
  REGMARK_CHECK(entry.size() <= 0xffff);
  bundle.push_back(static_cast<std::uint8_t>(entry.size() >> 8U));
  bundle.push_back(static_cast<std::uint8_t>(entry.size() & 0xffU));
  bundle.insert(bundle.end(), entry.begin(), entry.end());
}

Bundle read_bundle(std::span<const std::uint8_t> bytes) {
  Bundle bundle;
  while (bundle.entries.size() < tile_width) {
    const auto rest = bytes.subspan(bundle.used);
    if (rest.size() < 2) break;
    const std::size_t size = std::size_t{rest[0]} << 8U | rest[1];
    if (rest.size() - 2 < size) break;
    bundle.entries.push_back(rest.subspan(2, size));
    bundle.used += 2 + size;
  }
  return bundle;
}

Result<std::vector<base::Digest>> read_tile(const std::filesystem::path& folder, unsigned level,
                                            std::uint64_t index, std::uint64_t width) {
  REGMARK_ASSIGN(const auto bytes, read_this_or_wider(folder / tile_path(level, index, width),
                                                      folder / tile_path(level, index, tile_width),
                                                      width, tile_size_max));
  REGMARK_ASSIGN(auto hashes, decode_tile(bytes, bytes.size() / sizeof(base::Digest)));
  if (hashes.size() < width) return fail(ErrorCode::corrupt, "a tile is too short");
  hashes.resize(width);
  return hashes;
}

Result<base::Bytes> read_entries(const std::filesystem::path& folder, std::uint64_t index,
                                 std::uint64_t width) {
  REGMARK_ASSIGN(auto bytes, read_this_or_wider(folder / entries_path(index, width),
                                                folder / entries_path(index, tile_width), width,
                                                bundle_size_max));
  const auto bundle = read_bundle(bytes);
  if (bundle.used != bytes.size() || bundle.entries.size() < width) {
    return fail(ErrorCode::corrupt, "an entry bundle has the wrong size");
  }
  if (bundle.entries.size() > width) {
    bytes.resize(static_cast<std::size_t>(bundle.entries[width].data() - bytes.data()) - 2);
  }
  return bytes;
}

Subtree subtrees_of(std::filesystem::path folder, std::uint64_t size) {
  return [folder = std::move(folder), size](unsigned height,
                                            std::uint64_t index) -> Result<base::Digest> {
    const unsigned level = height / tile_height;
    const auto count = std::uint64_t{1} << (height % tile_height);
    const auto first = index * count;  // of the hashes of that level
    const auto tile = first / tile_width;
    const auto width = std::min(tile_width, hashes_at(level, size) - tile * tile_width);
    REGMARK_ASSIGN(const auto hashes, read_tile(folder, level, tile, width));
    const auto offset = first % tile_width;
    if (offset + count > hashes.size()) return fail(ErrorCode::corrupt, "a tile is too short");
    return root_of(std::span(hashes).subspan(offset, count));
  };
}

}  // namespace regmark::audit
