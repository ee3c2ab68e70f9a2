#include "audit/internal/leaf.h"

#include <algorithm>

namespace regmark::audit {
namespace {

constexpr std::uint8_t leaf_format = 1;
// Year 2200, the last that base::parse_utc knows.
constexpr std::uint32_t day_max = 84'370;

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= word_size_max && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

void add_word(base::Bytes& bytes, std::string_view word) {
  bytes.push_back(static_cast<std::uint8_t>(word.size()));
  bytes.insert(bytes.end(), word.begin(), word.end());
}

// Takes bytes from the front until something does not fit.
class Cursor {
 public:
  explicit Cursor(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  std::span<const std::uint8_t> take(std::size_t size) {
    if (size > rest_.size()) {
      is_good_ = false;
      rest_ = {};
      return {};
    }
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  std::uint8_t byte() {
    const auto taken = take(1);
    return taken.empty() ? std::uint8_t{0} : taken[0];
  }
  std::string word() {
    const auto text = base::as_text(take(byte()));
    if (!is_word(text)) is_good_ = false;
    return std::string(text);
  }
  bool is_at_end() const { return is_good_ && rest_.empty(); }

 private:
  std::span<const std::uint8_t> rest_;
  bool is_good_ = true;
};

}  // namespace

Result<base::Bytes> encode(const Leaf& leaf) {
  const auto& shown = leaf.shown;
  if (!is_word(shown.act) || !is_word(shown.role) || !is_word(shown.outcome)) {
    return fail(ErrorCode::invalid_input, "a public word is 1 to 64 of a-z, 0-9 and _");
  }
  const auto day = shown.day.time_since_epoch().count();
  if (day < 0 || day > day_max) return fail(ErrorCode::invalid_input, "a day out of range");
  base::Bytes bytes{leaf_format, static_cast<std::uint8_t>(shown.operation)};
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    bytes.push_back(static_cast<std::uint8_t>(static_cast<std::uint32_t>(day) >> shift & 0xffU));
  }
  add_word(bytes, shown.act);
  add_word(bytes, shown.role);
  add_word(bytes, shown.outcome);
  bytes.insert(bytes.end(), leaf.commitment.begin(), leaf.commitment.end());
  return bytes;
}

Result<Leaf> decode_leaf(std::span<const std::uint8_t> bytes) {
  const auto wrong = [] { return fail(ErrorCode::corrupt, "an entry of the log does not read"); };
  Cursor cursor(bytes);
  if (cursor.byte() != leaf_format) return wrong();
  const auto operation = cursor.byte();
  if (operation > static_cast<std::uint8_t>(last_operation)) return wrong();
  std::uint32_t day = 0;
  for (const auto byte : cursor.take(4)) day = day << 8U | byte;
  if (day > day_max) return wrong();
  Leaf leaf;
  leaf.shown.operation = static_cast<Operation>(operation);
  leaf.shown.day = base::UtcDay{std::chrono::days(day)};
  leaf.shown.act = cursor.word();
  leaf.shown.role = cursor.word();
  leaf.shown.outcome = cursor.word();
  const auto commitment = cursor.take(leaf.commitment.size());
  if (!cursor.is_at_end()) return wrong();
  std::ranges::copy(commitment, leaf.commitment.begin());
  return leaf;
}

}  // namespace regmark::audit
