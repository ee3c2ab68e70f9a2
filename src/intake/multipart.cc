#include "intake/multipart.h"

#include <algorithm>

#include "intake/media_type.h"

namespace regmark::intake {
namespace {

bool is_boundary(std::string_view text) {
  constexpr std::string_view allowed =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'()+_,-./:=? ";
  return !text.empty() && text.size() <= boundary_length_max && text.back() != ' ' &&
         text.find_first_not_of(allowed) == std::string_view::npos;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, lower, lower);
}

Result<void> read_header(std::string_view line, Part& part) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) {
    return fail(ErrorCode::invalid_input, "a part has a header without a ':'");
  }
  const auto name = line.substr(0, colon);
  const bool is_disposition = equal_ignoring_case(name, "content-disposition");
  if (!is_disposition && !equal_ignoring_case(name, "content-type")) return {};
  const auto value = parse_header_value(line.substr(colon + 1));
  if (!value) return fail(ErrorCode::invalid_input, "a header of a part does not read");
  if (!is_disposition) {
    part.content_type = value->word;
    return {};
  }
  const auto named = value->parameters.find("name");
  if (value->word != "form-data" || named == value->parameters.end()) {
    return fail(ErrorCode::invalid_input, "a part has no name");
  }
  part.name = named->second;
  return {};
}

// Takes the headers, and the empty line behind them, from the front of `rest`.
Result<Part> take_headers(std::string_view& rest) {
  Part part;
  const auto whole = rest.size();
  while (true) {
    const auto end = rest.find("\r\n");
    if (whole - rest.size() + std::min(end, rest.size()) > part_header_size_max) {
      return fail(ErrorCode::limit_exceeded, "the headers of a part are too long");
    }
    if (end == std::string_view::npos) {
      return fail(ErrorCode::invalid_input, "a part does not end");
    }
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    if (line.empty()) break;
    REGMARK_TRY(read_header(line, part));
  }
  if (part.name.empty()) return fail(ErrorCode::invalid_input, "a part has no name");
  return part;
}

// What stands behind a boundary: another part, or the end.
enum class Behind { part, end, nothing_known };

Behind take_behind(std::string_view& rest) {
  if (rest.starts_with("--")) return Behind::end;
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  if (!rest.starts_with("\r\n")) return Behind::nothing_known;
  rest.remove_prefix(2);
  return Behind::part;
}

}  // namespace

Result<std::vector<Part>> parse_multipart(std::string_view boundary, std::string_view body,
                                          std::size_t parts_max) {
  if (!is_boundary(boundary)) {
    return fail(ErrorCode::invalid_input, "the content type names no usable boundary");
  }
  const std::string delimiter = "\r\n--" + std::string(boundary);
  const std::string_view first = std::string_view(delimiter).substr(2);
  if (!body.starts_with(first)) {
    const auto begin = body.find(delimiter);
    if (begin == std::string_view::npos) {
      return fail(ErrorCode::invalid_input, "the boundary is not in the body");
    }
    body.remove_prefix(begin + 2);
  }
  body.remove_prefix(first.size());
  std::vector<Part> parts;
  while (true) {
    const auto behind = take_behind(body);
    if (behind == Behind::end) return parts;
    if (behind == Behind::nothing_known) {
      return fail(ErrorCode::invalid_input, "a boundary does not end its line");
    }
    if (parts.size() == parts_max) return fail(ErrorCode::limit_exceeded, "too many parts");
    REGMARK_ASSIGN(auto part, take_headers(body));
    // An empty content may stand right behind the headers, whose line end was taken already.
    if (body.starts_with(first)) {
      body.remove_prefix(first.size());
    } else {
      const auto end = body.find(delimiter);
      if (end == std::string_view::npos) {
        return fail(ErrorCode::invalid_input, "a part does not end");
      }
      part.content = body.substr(0, end);
      body.remove_prefix(end + delimiter.size());
    }
    parts.push_back(std::move(part));
  }
}

}  // namespace regmark::intake
