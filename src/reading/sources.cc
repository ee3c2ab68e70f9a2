#include "reading/sources.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <system_error>

#include "reading/exif.h"
#include "reading/picture.h"
#include "reading/video.h"

namespace regmark::reading {
namespace {

constexpr std::array<std::string_view, 22> endings = {
    ".jpg", ".jpeg", ".png",  ".webp", ".bmp",  ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi",
    ".ts",  ".mts",  ".m2ts", ".mpg",  ".mpeg", ".flv", ".wmv", ".asf", ".3gp", ".ogv",  ".mjpeg"};

bool is_read(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::ranges::find(endings, ending) != endings.end();
}

}  // namespace

Result<SourceKind> kind_of(const std::string& source) {
  if (is_stream(source)) return SourceKind::stream;
  std::error_code error;
  const auto status = std::filesystem::status(source, error);
  if (!std::filesystem::exists(status)) {
    if (source.find("://") != std::string::npos) {
      return fail(ErrorCode::invalid_input, "not an address of rtsp, rtsps, http or https");
    }
    return fail(ErrorCode::not_found, "no such file");
  }
  if (std::filesystem::is_directory(status)) return SourceKind::folder;
  std::ifstream file(source, std::ios::binary);
  if (!file) return fail(ErrorCode::unavailable, "cannot be read");
  std::array<char, 16> head{};
  file.read(head.data(), head.size());
  const auto size = static_cast<std::size_t>(file.gcount());
  return sniff(base::as_bytes({head.data(), size})).is_picture ? SourceKind::picture
                                                               : SourceKind::video;
}

Result<std::vector<std::string>> files_of(const std::filesystem::path& folder,
                                          std::size_t files_max) {
  std::error_code error;
  std::filesystem::directory_iterator at(folder, error);
  std::vector<std::string> files;
  while (!error && at != std::filesystem::directory_iterator()) {
    std::error_code ignored;
    if (is_read(at->path()) && !at->is_directory(ignored)) files.push_back(at->path().string());
    if (files.size() > files_max) {
      return fail(ErrorCode::limit_exceeded, "more than " + std::to_string(files_max) + " files");
    }
    at.increment(error);
  }
  if (error) return fail(ErrorCode::unavailable, "cannot be read: " + error.message());
  std::ranges::sort(files);
  return files;
}

Result<TakenAt> taken_at(const std::filesystem::path& path, std::span<const std::uint8_t> file) {
  if (const auto taken = exif_of(file).taken) {
    return TakenAt{*taken, plate::TimeSource::explicit_offset};
  }
  std::error_code error;
  const auto written = std::filesystem::last_write_time(path, error);
  if (error) return fail(ErrorCode::unavailable, "its time cannot be read: " + error.message());
  return TakenAt{
      std::chrono::floor<std::chrono::microseconds>(std::chrono::file_clock::to_sys(written)),
      plate::TimeSource::assumed};
}

}  // namespace regmark::reading
