#include "relay/item.h"

namespace regmark::relay {
namespace {

void put_length(base::Bytes& out, std::size_t length) {
  for (int shift = 0; shift < 32; shift += 8) {
    out.push_back(static_cast<std::uint8_t>(length >> static_cast<unsigned>(shift)));
  }
}

void put(base::Bytes& out, std::span<const std::uint8_t> part) {
  put_length(out, part.size());
  out.insert(out.end(), part.begin(), part.end());
}

// Takes one part from the front of `rest`, or gives false.
bool take(std::span<const std::uint8_t>& rest, std::span<const std::uint8_t>& part) {
  if (rest.size() < 4) return false;
  std::size_t length = 0;
  for (std::size_t at = 0; at < 4; ++at) length |= std::size_t{rest[at]} << (8 * at);
  rest = rest.subspan(4);
  if (length > rest.size()) return false;
  part = rest.first(length);
  rest = rest.subspan(length);
  return true;
}

}  // namespace

base::Bytes encode(const Item& item) {
  base::Bytes out;
  out.reserve(12 + item.read.size() + item.plate_picture.size() + item.overview_picture.size());
  put(out, base::as_bytes(item.read));
  put(out, item.plate_picture);
  put(out, item.overview_picture);
  return out;
}

Result<Item> decode(std::span<const std::uint8_t> bytes) {
  std::span<const std::uint8_t> read;
  std::span<const std::uint8_t> plate;
  std::span<const std::uint8_t> overview;
  if (!take(bytes, read) || !take(bytes, plate) || !take(bytes, overview) || !bytes.empty()) {
    return fail(ErrorCode::corrupt, "a spooled read is damaged");
  }
  return Item{.read = std::string(base::as_text(read)),
              .plate_picture = base::Bytes(plate.begin(), plate.end()),
              .overview_picture = base::Bytes(overview.begin(), overview.end())};
}

}  // namespace regmark::relay
