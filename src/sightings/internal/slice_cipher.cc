#include "sightings/internal/slice_cipher.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace regmark::sightings::internal {
namespace {

constexpr unsigned plate_half_bits = 28;
constexpr unsigned place_half_bits = 24;
// The best attack known on a Feistel network of r rounds with n-bit halves takes 2^((r-4)n) work
// (Patarin): 2^96 for our narrowest.
constexpr unsigned rounds = 8;

std::uint64_t round(const base::ShortKey& key, std::uint64_t tweak, unsigned number,
                    std::uint64_t half, std::uint64_t half_mask) {
  std::array<std::uint8_t, 13> input;
  for (unsigned at = 0; at < 8; ++at) input[at] = static_cast<std::uint8_t>(tweak >> (8 * at));
  for (unsigned at = 0; at < 4; ++at) input[8 + at] = static_cast<std::uint8_t>(half >> (8 * at));
  input[12] = static_cast<std::uint8_t>(number);
  return base::short_hash(key, input) & half_mask;
}

base::ShortKey short_key(const base::Key& slice_key, std::string_view use) {
  base::ShortKey key;
  auto derived = base::keyed_hash(slice_key, base::as_bytes(use));
  std::copy_n(derived.begin(), key.size(), key.begin());
  base::wipe(derived);
  return key;
}

}  // namespace

std::uint64_t permute(const base::ShortKey& key, std::uint64_t tweak, unsigned half_bits,
                      std::uint64_t number) {
  const auto half_mask = (std::uint64_t{1} << half_bits) - 1;
  auto left = number >> half_bits & half_mask;
  auto right = number & half_mask;
  for (unsigned at = 0; at < rounds; ++at) {
    const auto next = left ^ round(key, tweak, at, right, half_mask);
    left = right;
    right = next;
  }
  return left << half_bits | right;
}

std::uint64_t permute_back(const base::ShortKey& key, std::uint64_t tweak, unsigned half_bits,
                           std::uint64_t number) {
  const auto half_mask = (std::uint64_t{1} << half_bits) - 1;
  auto left = number >> half_bits & half_mask;
  auto right = number & half_mask;
  for (unsigned at = rounds; at > 0; --at) {
    const auto before = right ^ round(key, tweak, at - 1, left, half_mask);
    right = left;
    left = before;
  }
  return left << half_bits | right;
}

SliceCipher::SliceCipher(const base::Key& slice_key)
    : plate_key_(short_key(slice_key, "plate")),
      place_key_(short_key(slice_key, "place")),
      pass_key_(short_key(slice_key, "pass")),
      id_key_(short_key(slice_key, "id")),
      row_key_(base::keyed_hash(slice_key, base::as_bytes("row"))),
      sealing_key_(base::keyed_hash(slice_key, base::as_bytes("sealing"))) {}

SliceCipher::~SliceCipher() {
  for (auto* key : {&plate_key_, &place_key_, &pass_key_, &id_key_}) base::wipe(*key);
  base::wipe(row_key_);
  base::wipe(sealing_key_);
}

std::uint64_t SliceCipher::mark_of(PlateNumber plate) const {
  return permute(plate_key_, 0, plate_half_bits, plate);
}

PlateNumber SliceCipher::plate_behind(std::uint64_t mark) const {
  return permute_back(plate_key_, 0, plate_half_bits, mark);
}

std::uint64_t SliceCipher::hide_place(std::uint64_t mark, std::uint64_t place) const {
  return permute(place_key_, mark, place_half_bits, place);
}

std::uint64_t SliceCipher::show_place(std::uint64_t mark, std::uint64_t hidden) const {
  return permute_back(place_key_, mark, place_half_bits, hidden);
}

void SliceCipher::mask_row(std::span<const std::uint8_t> name, std::span<std::uint8_t> row) const {
  base::StreamNonce nonce{};
  REGMARK_CHECK(name.size() < nonce.size());
  std::ranges::copy(name, nonce.begin());
  nonce.back() = static_cast<std::uint8_t>(name.size());
  base::add_keystream(row_key_, nonce, row);
}

std::uint64_t SliceCipher::mask_for_pass(std::span<const std::uint8_t> name) const {
  return base::short_hash(pass_key_, name);
}

std::uint64_t SliceCipher::mask_for_id(const plate::ReadId& id) const {
  return base::short_hash(id_key_, id.bytes());
}

}  // namespace regmark::sightings::internal
