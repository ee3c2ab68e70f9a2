#include "sightings/internal/page_token.h"

#include <bit>

#include "base/encoding.h"
#include "sightings/internal/bytes.h"

namespace regmark::sightings::internal {
namespace {

constexpr std::string_view seal_context = "regmark sightings page 2";
constexpr std::size_t token_size = 8 + 4 + 4 + 8 + 8;

}  // namespace

std::uint64_t digest_of(const Query& query) {
  Writer out;
  out.text(query.plate);
  out.varint(query.cameras.size());
  for (const auto& camera : query.cameras) out.text(camera.text());
  out.byte(query.area ? 1 : 0);
  if (query.area) {
    for (const double part :
         {query.area->centre.latitude, query.area->centre.longitude, query.area->radius_m}) {
      out.big(std::bit_cast<std::uint64_t>(part), 8);
    }
  }
  out.byte(query.window ? 1 : 0);
  if (query.window) {
    for (const auto time : {query.window->from, query.window->until}) {
      out.zigzag(time.time_since_epoch().count());
    }
  }
  const auto digest = base::sha256(out.out());
  return Reader(digest).big(8);
}

base::Bytes encode_token(const PageToken& token) {
  Writer out;
  out.big(static_cast<std::uint64_t>(token.last.observed.time_since_epoch().count()), 8);
  out.big(token.last.camera, 4);
  out.big(token.last.count, 4);
  out.big(token.rows_given, 8);
  out.big(token.question, 8);
  return out.take();
}

Result<PageToken> decode_token(std::span<const std::uint8_t> bytes) {
  if (bytes.size() != token_size) {
    return fail(ErrorCode::invalid_input, "this is not a place to go on from");
  }
  Reader in(bytes);
  PageToken token;
  token.last.observed =
      base::UtcTime{std::chrono::microseconds{static_cast<std::int64_t>(in.big(8))}};
  token.last.camera = static_cast<std::uint32_t>(in.big(4));
  token.last.count = static_cast<std::uint32_t>(in.big(4));
  token.rows_given = in.big(8);
  token.question = in.big(8);
  return token;
}

std::string write_token(const PageToken& token, const base::Key& key) {
  return base::to_hex(base::seal(key, encode_token(token), seal_context));
}

Result<PageToken> read_token(std::string_view text, const base::Key& key) {
  constexpr std::size_t text_size = 2 * (token_size + base::seal_overhead);
  if (text.size() == text_size) {
    if (const auto sealed = base::from_hex(text)) {
      if (const auto bytes = base::unseal(key, *sealed, seal_context)) return decode_token(*bytes);
    }
  }
  return fail(ErrorCode::invalid_input, "this is not a place to go on from");
}

}  // namespace regmark::sightings::internal
