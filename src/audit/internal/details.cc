#include "audit/internal/details.h"

#include <algorithm>

#include "audit/internal/tiles.h"
#include "base/check.h"
#include "base/files.h"

namespace regmark::audit {
namespace {

constexpr std::size_t start_size = 8 + 4;
constexpr std::size_t head_size = start_size + 32;
constexpr std::size_t time_size = 8;
constexpr std::uint64_t erased_size = 0xffffffff;

void add_number(base::Bytes& bytes, std::uint64_t number, unsigned size) {
  for (unsigned left = size; left > 0; --left) {
    bytes.push_back(static_cast<std::uint8_t>(number >> (8U * (left - 1)) & 0xffU));
  }
}

std::uint64_t read_number(std::span<const std::uint8_t> bytes) {
  std::uint64_t number = 0;
  for (const auto byte : bytes) number = number << 8U | byte;
  return number;
}

base::Bytes body_of(const Details& details) {
  base::Bytes body;
  body.reserve(time_size + details.json.size());
  add_number(body, static_cast<std::uint64_t>(details.at.time_since_epoch().count()), time_size);
  body.insert(body.end(), details.json.begin(), details.json.end());
  return body;
}

}  // namespace

base::Digest commitment_of(const Details& details) {
  return base::sha256({details.salt, body_of(details)});
}

void add_frame(base::Bytes& file, const Details& details) {
  add_number(file, details.number, 8);
  if (details.is_erased) return add_number(file, erased_size, 4);
  const auto body = body_of(details);
  REGMARK_CHECK(body.size() <= record_size_max);
  add_number(file, body.size(), 4);
  file.insert(file.end(), details.salt.begin(), details.salt.end());
  file.insert(file.end(), body.begin(), body.end());
}

std::optional<Frame> read_frame(std::span<const std::uint8_t> bytes, std::uint64_t number) {
  if (bytes.size() < start_size || read_number(bytes.first(8)) != number) return std::nullopt;
  const auto size = read_number(bytes.subspan(8, 4));
  Frame frame;
  frame.details.number = number;
  if (size == erased_size) {
    frame.details.is_erased = true;
    frame.size = start_size;
    return frame;
  }
  frame.size = head_size + size;
  if (size < time_size || size > record_size_max || bytes.size() < frame.size) return std::nullopt;
  std::ranges::copy(bytes.subspan(start_size, frame.details.salt.size()),
                    frame.details.salt.begin());
  const auto micros = read_number(bytes.subspan(head_size, time_size));
  frame.details.at = base::UtcTime{std::chrono::microseconds{static_cast<std::int64_t>(micros)}};
  frame.details.json = base::as_text(bytes.subspan(head_size + time_size, size - time_size));
  return frame;
}

std::filesystem::path details_path(std::uint64_t index) {
  return std::filesystem::path("details") / index_path(index);
}

Result<std::vector<Details>> read_details(const std::filesystem::path& folder,
                                          std::uint64_t index) {
  REGMARK_ASSIGN(const auto bytes,
                 base::read_file(folder / details_path(index), details_file_size_max));
  std::vector<Details> all;
  std::span<const std::uint8_t> rest = bytes;
  while (all.size() < tile_width) {
    auto frame = read_frame(rest, index * tile_width + all.size());
    if (!frame) return fail(ErrorCode::corrupt, "a file of details does not read");
    rest = rest.subspan(frame->size);
    all.push_back(std::move(frame->details));
  }
  if (!rest.empty()) return fail(ErrorCode::corrupt, "a file of details is too long");
  return all;
}

}  // namespace regmark::audit
