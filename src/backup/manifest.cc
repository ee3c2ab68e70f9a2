#include "backup/manifest.h"

#include <algorithm>

#include "backup/internal/lines.h"

namespace regmark::backup {
namespace {

constexpr std::string_view format = "1";
constexpr std::size_t blob_name_size = 32;

bool is_blob_name(std::string_view name) {
  return name.size() == blob_name_size &&
         name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Names with slashes between, none of which leads up or out.
bool is_safe_path(std::string_view path) {
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const auto name = path.substr(0, end);
    const auto is_bad = [](char c) { return c <= ' ' || c == '\\' || c == 0x7f; };
    if (name.empty() || name == "." || name == ".." || std::ranges::any_of(name, is_bad)) {
      return false;
    }
    if (end == path.size()) return true;
    path.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace

std::string to_text(const Manifest& manifest) {
  std::string text = "manifest " + std::string(format) + " " + std::to_string(manifest.generation) +
                     " " + std::to_string(manifest.made_at.time_since_epoch().count()) + " " +
                     base::to_base64(base::as_bytes(manifest.checkpoint)) + "\n";
  for (const auto& file : manifest.files) {
    text += "file " + base::to_hex(file.key) + " " + file.blob + " " + std::to_string(file.size) +
            " " + std::to_string(file.written) + " " + file.path + "\n";
  }
  return text;
}

Result<Manifest> parse_manifest(std::string_view text) {
  internal::Lines lines(text);
  Manifest manifest;
  lines.begin("manifest");
  if (lines.field() != format) lines.fail();
  manifest.generation = lines.number<std::uint64_t>();
  manifest.made_at = base::UtcTime{base::UtcTime::duration{lines.number<base::UtcTime::rep>()}};
  manifest.checkpoint = base::as_text(lines.bytes());
  while (!lines.at_end() && !lines.failed()) {
    lines.begin("file");
    BackedFile file;
    file.key = lines.key();
    file.blob = lines.field();
    file.size = lines.number<std::uint64_t>();
    file.written = lines.number<std::int64_t>();
    file.path = lines.rest_of_line();
    if (!is_blob_name(file.blob) || !is_safe_path(file.path)) lines.fail();
    manifest.files.push_back(std::move(file));
  }
  if (lines.failed()) return fail(ErrorCode::corrupt, "the backup's manifest cannot be read");
  return manifest;
}

}  // namespace regmark::backup
