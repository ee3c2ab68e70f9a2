#include "intake/read_batch.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "intake/media_type.h"
#include "intake/multipart.h"
#include "intake/picture_check.h"

namespace regmark::intake {
namespace {

using Why = BatchRefused::Why;

bool is_utf8_charset(const HeaderValue& type) {
  const auto named = type.parameters.find("charset");
  if (named == type.parameters.end()) return true;
  std::string charset = named->second;
  std::ranges::transform(charset, charset.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return charset == "utf-8" || charset == "utf8" || charset == "us-ascii";
}

std::optional<BatchRefused> read_lines(std::string_view body, ReadBatch& batch) {
  ReadJson reader;
  while (!body.empty()) {
    const auto end = std::min(body.find('\n'), body.size());
    auto line = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (batch.messages.size() == batch_reads_max) {
      return BatchRefused{Why::too_large,
                          "a batch has at most " + std::to_string(batch_reads_max) + " reads"};
    }
    batch.messages.push_back(reader.read(line, batch.dropped));
  }
  if (batch.messages.empty()) return BatchRefused{Why::malformed, "there is no read in the body"};
  return std::nullopt;
}

std::optional<BatchRefused> read_object(std::string_view body, ReadBatch& batch) {
  batch.messages.push_back(ReadJson().read(body, batch.dropped));
  return std::nullopt;
}

// "12.overview": of which read, and which of its pictures.
struct PictureOf {
  std::size_t index;
  std::string_view kind;
};

std::optional<PictureOf> picture_named(std::string_view name) {
  const auto dot = name.find('.');
  if (dot == std::string_view::npos || dot == 0) return std::nullopt;
  PictureOf of{.index = 0, .kind = name.substr(dot + 1)};
  const auto* const end = name.data() + dot;
  const auto [read_to, error] = std::from_chars(name.data(), end, of.index);
  if (error != std::errc{} || read_to != end) return std::nullopt;
  return of;
}

std::optional<BatchRefused> attach(const Part& part, ReadBatch& batch) {
  const auto of = picture_named(part.name);
  if (!of) return BatchRefused{Why::malformed, "a part is neither \"reads\" nor a picture"};
  if (of->index >= batch.messages.size()) {
    return BatchRefused{Why::malformed, "a picture belongs to no read"};
  }
  if (batch.dropped.note("", of->kind)) return std::nullopt;
  const bool is_overview = of->kind == "overview";
  if (!is_overview && of->kind != "plate") {
    return BatchRefused{Why::malformed, "a picture is neither \"plate\" nor \"overview\""};
  }
  auto& message = batch.messages[of->index];
  if (!message) return std::nullopt;  // the read is refused, its pictures with it
  const auto bytes = base::as_bytes(part.content);
  message->pictures.push_back(
      {.kind = is_overview ? plate::PictureKind::overview : plate::PictureKind::plate,
       .jpeg = base::Bytes(bytes.begin(), bytes.end())});
  return std::nullopt;
}

std::optional<BatchRefused> read_parts(const HeaderValue& type, std::string_view body,
                                       ReadBatch& batch) {
  const auto boundary = type.parameters.find("boundary");
  constexpr std::size_t parts_max = 1 + batch_reads_max * plate::pictures_max;
  const auto parts = parse_multipart(
      boundary == type.parameters.end() ? std::string_view{} : boundary->second, body, parts_max);
  if (!parts) {
    const bool large = parts.error().code == ErrorCode::limit_exceeded;
    return BatchRefused{large ? Why::too_large : Why::malformed, parts.error().message};
  }
  const auto reads = std::ranges::find(*parts, "reads", &Part::name);
  if (reads == parts->end()) return BatchRefused{Why::malformed, "there is no part \"reads\""};
  // One object may stand on several lines; many have one each.
  const bool one_object = reads->content_type == "application/json";
  if (auto refused =
          one_object ? read_object(reads->content, batch) : read_lines(reads->content, batch)) {
    return refused;
  }
  for (auto part = parts->begin(); part != parts->end(); ++part) {
    if (part == reads) continue;
    if (auto refused = attach(*part, batch)) return refused;
  }
  return std::nullopt;
}

std::optional<Error> picture_fault(const ReadMessage& message) {
  bool seen[plate::pictures_max] = {};
  for (const auto& picture : message.pictures) {
    const bool is_plate = picture.kind == plate::PictureKind::plate;
    const std::string name = is_plate ? "plate picture: " : "overview picture: ";
    if (std::exchange(seen[is_plate ? 0 : 1], true)) {
      return Error{ErrorCode::invalid_input, name + "there twice"};
    }
    if (picture.jpeg.size() > sightings::picture_size_max) {
      return Error{ErrorCode::limit_exceeded, name + "too large"};
    }
    if (const auto checked = check_jpeg(picture.jpeg); !checked) {
      return Error{ErrorCode::invalid_input, name + checked.error().message};
    }
  }
  return std::nullopt;
}

}  // namespace

std::variant<ReadBatch, BatchRefused> read_batch(std::string_view content_type,
                                                 std::string_view body) {
  if (body.size() > batch_size_max) return BatchRefused{Why::too_large, "the batch is too large"};
  const auto type = parse_header_value(content_type);
  if (!type) return BatchRefused{Why::malformed, "the content type does not read"};
  if (!is_utf8_charset(*type)) return BatchRefused{Why::malformed, "the charset must be UTF-8"};
  ReadBatch batch;
  std::optional<BatchRefused> refused;
  if (type->word == "application/json") {
    refused = read_object(body, batch);
  } else if (type->word == "application/x-ndjson") {
    refused = read_lines(body, batch);
  } else if (type->word == "multipart/form-data") {
    refused = read_parts(*type, body, batch);
  } else {
    refused = BatchRefused{Why::malformed,
                           "the content type must be application/json, application/x-ndjson or "
                           "multipart/form-data"};
  }
  if (refused) return *std::move(refused);
  for (auto& message : batch.messages) {
    if (!message) continue;
    if (auto fault = picture_fault(*message)) message = tl::unexpected<Error>(*std::move(fault));
  }
  // A read sent alone is the batch: what is wrong with the one is wrong with the other.
  if (type->word == "application/json" && !batch.messages.front()) {
    const auto& error = batch.messages.front().error();
    return BatchRefused{error.code == ErrorCode::limit_exceeded ? Why::too_large : Why::malformed,
                        error.message};
  }
  return batch;
}

}  // namespace regmark::intake
