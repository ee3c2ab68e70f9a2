// Small numbers and texts as few bytes, and back.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/crypto.h"

namespace regmark::sightings::internal {

class Writer {
 public:
  void byte(std::uint8_t value) { out_.push_back(value); }
  // Big-endian, so that bytes sort as the numbers do.
  void big(std::uint64_t value, std::size_t size) {
    for (std::size_t left = size; left > 0; --left) {
      out_.push_back(static_cast<std::uint8_t>(value >> (8 * (left - 1))));
    }
  }
  // Seven bits a byte, the lowest first (LEB128).
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) out_.push_back(static_cast<std::uint8_t>(value | 0x80U));
    out_.push_back(static_cast<std::uint8_t>(value));
  }
  // Numbers near zero, of either sign, become small ones: 0, -1, 1, -2, ...
  void zigzag(std::int64_t value) {
    varint((static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U));
  }
  void bytes(std::span<const std::uint8_t> bytes) {
    out_.insert(out_.end(), bytes.begin(), bytes.end());
  }
  void text(std::string_view text) {
    varint(text.size());
    bytes(base::as_bytes(text));
  }

  base::Bytes& out() { return out_; }
  base::Bytes take() { return std::move(out_); }
  std::string_view view() const { return base::as_text(out_); }

 private:
  base::Bytes out_;
};

// Reads what Writer wrote. Never reads past the end: it gives zeros from there on, and remembers.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : left_(bytes) {}
  explicit Reader(std::string_view bytes) : left_(base::as_bytes(bytes)) {}

  std::uint8_t byte() {
    const auto got = bytes(1);
    return got.empty() ? std::uint8_t{0} : got[0];
  }
  std::uint64_t big(std::size_t size) {
    std::uint64_t value = 0;
    for (const auto byte : bytes(size)) value = value << 8U | byte;
    return value;
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto next = byte();
      value |= std::uint64_t{next & 0x7fU} << shift;
      if ((next & 0x80U) == 0) return value;
    }
    failed_ = true;
    return 0;
  }
  std::int64_t zigzag() {
    const auto value = varint();
    return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
  }
  std::span<const std::uint8_t> bytes(std::size_t size) {
    if (size > left_.size()) {
      failed_ = true;
      left_ = {};
      return {};
    }
    const auto got = left_.first(size);
    left_ = left_.subspan(size);
    return got;
  }
  std::string_view text(std::size_t size_max) {
    const auto size = varint();
    if (size > size_max) failed_ = true;
    return failed_ ? std::string_view() : base::as_text(bytes(size));
  }

  void fail() { failed_ = true; }
  bool failed() const { return failed_; }
  bool at_end() const { return left_.empty(); }
  // All was there, and nothing more.
  bool whole() const { return !failed_ && left_.empty(); }

 private:
  std::span<const std::uint8_t> left_;
  bool failed_ = false;
};

}  // namespace regmark::sightings::internal
