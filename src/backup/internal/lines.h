// Text of lines, each of fields with a blank between: what rings and manifests are written in.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/encoding.h"
#include "base/result.h"

namespace regmark::backup::internal {

// Reads a text line by line, and each line field by field. After the first thing that is not as
// asked, failed() is true and everything else empty.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool failed() const { return failed_; }
  // The next line must begin with this word.
  bool next_is(std::string_view word) const {
    return rest_.starts_with(word) && rest_.substr(word.size()).starts_with(' ');
  }
  void begin(std::string_view word) {
    const auto end = rest_.find('\n');
    if (end == std::string_view::npos) return fail();
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    if (field() != word) fail();
  }
  // Up to the next blank, or to the end of the line.
  std::string_view field() {
    const auto end = std::min(line_.find(' '), line_.size());
    const auto text = line_.substr(0, end);
    line_.remove_prefix(std::min(end + 1, line_.size()));
    if (text.empty()) fail();
    return text;
  }
  std::string_view rest_of_line() { return std::exchange(line_, {}); }
  std::string_view rest() { return std::exchange(rest_, {}); }
  template <typename Number>
  Number number() {
    const auto text = field();
    Number value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() ||
        std::to_string(value) != text) {
      fail();
    }
    return value;
  }
  base::Key key() {
    base::Key key{};
    const auto bytes = base::from_hex(field());
    if (!bytes || bytes->size() != key.size()) {
      fail();
    } else {
      std::copy(bytes->begin(), bytes->end(), key.begin());
    }
    return key;
  }
  base::Bytes bytes() {
    auto bytes = base::from_base64(field());
    if (!bytes) fail();
    return bytes ? *std::move(bytes) : base::Bytes{};
  }
  void fail() { failed_ = true; }

 private:
  std::string_view rest_;
  std::string_view line_;
  bool failed_ = false;
};

}  // namespace regmark::backup::internal
