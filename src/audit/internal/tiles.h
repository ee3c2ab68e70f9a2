// Where the hashes and entries of the tree stand in the folder: C2SP tlog-tiles.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "audit/merkle.h"
#include "base/crypto.h"
#include "base/result.h"

namespace regmark::audit {

// Hashes in a full tile, and entries in a full bundle.
inline constexpr std::uint64_t tile_width = 256;
inline constexpr unsigned tile_height = 8;
// 256^8 leaves: more than a 64-bit number can count.
inline constexpr unsigned tile_levels = 8;

// 1234067 -> "x001/x234/067".
std::filesystem::path index_path(std::uint64_t index);
// "tile/1/x001/x234/067", with ".p/17" behind when `width` is under tile_width.
std::filesystem::path tile_path(unsigned level, std::uint64_t index, std::uint64_t width);
// "tile/entries/x001/x234/067".
std::filesystem::path entries_path(std::uint64_t index, std::uint64_t width);

// How many hashes stand at a level for a tree of this size.
constexpr std::uint64_t hashes_at(unsigned level, std::uint64_t size) {
  return level >= tile_levels ? 0 : size >> (level * tile_height);
}

struct FullTile {
  unsigned level;
  std::uint64_t index;
  std::vector<base::Digest> hashes;
};

// The right edge of a tree that grows: the hashes of every tile that is not full yet. A few
// kilobytes, whatever the size of the tree.
class Edge {
 public:
  Edge() : levels_(tile_levels) {}
  // `levels[l]` are the hashes of the unfinished tile of level l.
  Edge(std::uint64_t size, const std::vector<std::vector<base::Digest>>& levels);

  std::uint64_t size() const { return size_; }
  std::span<const base::Digest> unfinished(unsigned level) const { return levels_[level].hashes; }
  base::Digest root() const;
  // Adds one leaf and gives the tiles that it filled, lowest first.
  std::vector<FullTile> append(const base::Digest& leaf);
  // Adds tile_width leaves, whose root this is, at once; what was added before are whole tiles.
  // Gives the tiles above that they filled.
  std::vector<FullTile> append_tile(const base::Digest& root);

 private:
  std::vector<FullTile> carry(unsigned level, base::Digest hash);
  struct Level {
    std::vector<base::Digest> hashes;
    // Roots of the whole subtrees that the hashes make, the largest first: one for each bit of
    // their number.
    std::vector<base::Digest> wholes;
    void add(const base::Digest& hash);
  };
  std::uint64_t size_ = 0;
  std::vector<Level> levels_;
};

base::Bytes encode_tile(std::span<const base::Digest> hashes);
// Fails with
//   corrupt   not exactly `width` hashes
Result<std::vector<base::Digest>> decode_tile(std::span<const std::uint8_t> bytes,
                                              std::uint64_t width);

// Adds an entry to a bundle: its size in two bytes, big end first, then the entry.
void add_entry(base::Bytes& bundle, std::span<const std::uint8_t> entry);

struct Bundle {
  std::vector<std::span<const std::uint8_t>> entries;  // at most tile_width; point into the bytes
  std::size_t used = 0;                                // bytes read; less than all: torn or longer
};
Bundle read_bundle(std::span<const std::uint8_t> bytes);

// Finds subtrees in the tile files of a folder, for a tree of `size`.
Subtree subtrees_of(std::filesystem::path folder, std::uint64_t size);

// Reads a tile or bundle of `width` from the file of that width or, when the tree grew and that
// one is gone, from a wider one, which begins with it. Fails with
//   corrupt       none is there, or it is too short or torn
//   unavailable   the disk is away
Result<std::vector<base::Digest>> read_tile(const std::filesystem::path& folder, unsigned level,
                                            std::uint64_t index, std::uint64_t width);
Result<base::Bytes> read_entries(const std::filesystem::path& folder, std::uint64_t index,
                                 std::uint64_t width);

}  // namespace regmark::audit
