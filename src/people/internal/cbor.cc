#include "people/internal/cbor.h"

#include <optional>

namespace regmark::people {
namespace {

// The major types of RFC 8949 section 3.1 that have something behind their head.
constexpr int byte_string = 2;
constexpr int text_string = 3;
constexpr int array = 4;
constexpr int map = 5;
constexpr int tag = 6;

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : left_(bytes) {}

  // One item with all that is inside of it. Each entry takes a byte at least, so a number of them
  // that cannot be there ends with the bytes.
  bool skip_item(int depth) {
    if (left_.empty() || depth > cbor_depth_max) return false;
    const int major = left_.front() >> 5U;
    const auto number = skip_head();
    if (!number) return false;
    switch (major) {
      case byte_string:
      case text_string:
        return skip(*number);
      case array:
        return skip_items(*number, depth);
      case map:
        return *number <= left_.size() && skip_items(2 * *number, depth);
      case tag:
        return skip_items(1, depth);
      default:
        return true;  // a number or a simple value: its head is all of it
    }
  }

 private:
  bool skip_items(std::uint64_t count, int depth) {
    if (count > left_.size()) return false;
    for (std::uint64_t i = 0; i < count; ++i) {
      if (!skip_item(depth + 1)) return false;
    }
    return true;
  }

  // The number in it. None where it is cut off, reserved, or says that the end will be marked:
  // keys send no such thing (CTAP2 canonical form).
  std::optional<std::uint64_t> skip_head() {
    constexpr unsigned one_byte_more = 24;
    constexpr unsigned eight_bytes_more = 27;
    const unsigned low = left_.front() & 0x1FU;
    left_ = left_.subspan(1);
    if (low < one_byte_more) return low;
    if (low > eight_bytes_more) return std::nullopt;
    const std::size_t size = std::size_t{1} << (low - one_byte_more);
    if (size > left_.size()) return std::nullopt;
    std::uint64_t number = 0;
    for (const auto byte : left_.first(size)) number = number << 8U | byte;
    left_ = left_.subspan(size);
    return number;
  }

  bool skip(std::uint64_t size) {
    if (size > left_.size()) return false;
    left_ = left_.subspan(size);
    return true;
  }

  std::span<const std::uint8_t> left_;
};

}  // namespace

bool has_cbor_items(std::span<const std::uint8_t> bytes, int count) {
  Reader reader(bytes);
  for (int i = 0; i < count; ++i) {
    if (!reader.skip_item(0)) return false;
  }
  return true;
}

}  // namespace regmark::people
