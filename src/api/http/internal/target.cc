#include "api/http/internal/target.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace regmark::api::http {
namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { as_is, space };  // a query is written as forms are: "+" is a space

std::optional<std::string> decoded(std::string_view raw, Plus plus) {
  std::string text;
  text.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size(); ++at) {
    if (raw[at] == '+' && plus == Plus::space) {
      text += ' ';
    } else if (raw[at] != '%') {
      text += raw[at];
    } else {
      if (raw.size() - at < 3) return std::nullopt;
      const int high = digit_of(raw[at + 1]);
      const int low = digit_of(raw[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      text += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  if (!is_plain_text(text)) return std::nullopt;
  return text;
}

// The length of the UTF-8 character at the front (RFC 3629, table in section 4), or 0.
std::size_t character_length(std::string_view rest) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(rest[at]); };
  const auto within = [&](std::size_t at, unsigned first, unsigned last) {
    return at < rest.size() && byte(at) >= first && byte(at) <= last;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return within(1, 0x80, 0xBF) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned first = lead == 0xE0 ? 0xA0 : 0x80;  // no shorter form of the same character
    const unsigned last = lead == 0xED ? 0x9F : 0xBF;   // no half of a surrogate pair
    return within(1, first, last) && within(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned first = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned last = lead == 0xF4 ? 0x8F : 0xBF;  // up to U+10FFFF
    return within(1, first, last) && within(2, 0x80, 0xBF) && within(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

Result<std::map<std::string, std::string>> parse_query(std::string_view raw) {
  std::map<std::string, std::string> query;
  while (!raw.empty()) {
    const auto end = std::min(raw.find('&'), raw.size());
    const auto pair = raw.substr(0, end);
    raw.remove_prefix(std::min(end + 1, raw.size()));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    const auto name = decoded(pair.substr(0, equals), Plus::space);
    const auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), Plus::space);
    if (!name || !value) {
      return fail(ErrorCode::invalid_input, "the query is not percent-encoded UTF-8");
    }
    if (query.size() == query_parameters_max) {
      return fail(ErrorCode::limit_exceeded, "too many parameters in the query");
    }
    if (!query.emplace(*name, *value).second) {
      return fail(ErrorCode::invalid_input, "a parameter stands twice in the query");
    }
  }
  return query;
}

// Without the "http://host" of the absolute form (RFC 9112 section 3.2.2).
std::string_view origin_form(std::string_view raw) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!raw.starts_with(scheme)) continue;
    const auto slash = raw.find('/', scheme.size());
    return slash == std::string_view::npos ? std::string_view("/") : raw.substr(slash);
  }
  return raw;
}

}  // namespace

bool is_plain_text(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto length = character_length(bytes);
    const auto lead = static_cast<unsigned char>(bytes.front());
    if (length == 0 || lead < 0x20 || lead == 0x7F) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

Result<Target> parse_target(std::string_view raw) {
  if (raw.size() > target_size_max) {
    return fail(ErrorCode::limit_exceeded, "the address is too long");
  }
  raw = origin_form(raw);
  if (!raw.starts_with('/')) return fail(ErrorCode::invalid_input, "the address has no path");
  const auto question = std::min(raw.find('?'), raw.size());
  Target target;
  auto path = raw.substr(0, question);
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const auto end = std::min(path.find('/'), path.size());
    auto segment = decoded(path.substr(0, end), Plus::as_is);
    if (!segment) {
      return fail(ErrorCode::invalid_input, "the path is not percent-encoded UTF-8");
    }
    path.remove_prefix(end);
    target.path += '/' + *segment;
    target.segments.push_back(*std::move(segment));
  }
  REGMARK_ASSIGN(target.query, parse_query(raw.substr(std::min(question + 1, raw.size()))));
  return target;
}

}  // namespace regmark::api::http
