#include "reading/annotate.h"

#include "base/files.h"
#include "reading/image.h"
#include "reading/video.h"

namespace regmark::reading {
namespace {

constexpr int quality = 90;

// The last part of a path or address, without its ending, in characters safe in a file's name.
std::string stem_of(std::string_view source) {
  std::string stem = std::filesystem::path(without_secrets(source)).stem().string();
  if (const auto end = stem.find_first_of("?#"); end != std::string::npos) stem.resize(end);
  for (auto& c : stem) {
    const bool is_safe = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                         (c >= 'a' && c <= 'z') || c == '_' || c == '-' ||
                         static_cast<unsigned char>(c) >= 0x80;
    if (!is_safe) c = '_';
  }
  return stem.empty() ? "stream" : stem;
}

}  // namespace

Result<Annotator> Annotator::create(const std::filesystem::path& folder) {
  REGMARK_TRY(base::make_private_folder(folder));
  return Annotator(folder);
}

Result<void> Annotator::write(std::string_view source, const Picture& picture,
                              const std::vector<Mark>& marks) {
  Picture copy = picture;
  for (const auto& mark : marks) draw_plate(copy, mark.corners, mark.text);
  REGMARK_ASSIGN(const auto jpeg, encode_jpeg(copy, quality));
  const auto stem = stem_of(source);
  auto name = stem;
  for (int number = 2; !names_.insert(name).second; ++number) {
    name = stem + "-" + std::to_string(number);
  }
  return base::write_file(folder_ / (name + ".read.jpg"), jpeg);
}

}  // namespace regmark::reading
