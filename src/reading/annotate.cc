#include "reading/annotate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "reading/video.h"

namespace regmark::reading {
namespace {

constexpr int quality = 90;
constexpr float alternative_shown_min = 0.01F;  // as on the command line

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

Mark mark_of(const Reading& reading, const Corners& corners, const std::string& beside) {
  Mark mark{corners, {fmt::format("{} {:.2f}", reading.text, reading.score)}, Ink::plain};
  std::string others;
  for (const auto& other : reading.alternatives) {
    if (other.score < alternative_shown_min) continue;
    others += fmt::format("{} {} {:.2f}", others.empty() ? "or" : ",", other.text, other.score);
  }
  for (const auto& line : {others, beside}) {
    if (!line.empty()) mark.lines.push_back(line);
  }
  return mark;
}

std::vector<Mark> marks_without_text(const std::vector<Found>& found,
                                     const std::vector<Seen>& seen) {
  std::vector<Mark> marks;
  for (const auto& plate : found) {
    const bool has_text = std::ranges::any_of(seen, [&](const Seen& one) {
      return overlap_of_smaller(box_around(one.found.corners), box_around(plate.corners)) > 0.5F;
    });
    if (has_text) continue;
    marks.push_back(
        {plate.corners, {fmt::format("plate {:.2f}, no sure text", plate.score)}, Ink::faint});
  }
  return marks;
}

Result<Annotator> Annotator::create(const std::filesystem::path& folder) {
  REGMARK_TRY(base::make_private_folder(folder));
  return Annotator(folder);
}

Result<void> Annotator::write(std::string_view source, const Picture& picture,
                              const std::vector<Mark>& marks) {
  Picture copy = picture;
  for (const auto& mark : marks) draw_plate(copy, mark.corners, mark.lines, mark.ink);
  REGMARK_ASSIGN(const auto jpeg, encode_jpeg(copy, quality));
  const auto stem = stem_of(source);
  auto name = stem;
  for (int number = 2; !names_.insert(name).second; ++number) {
    name = stem + "-" + std::to_string(number);
  }
  return base::write_file(folder_ / (name + ".read.jpg"), jpeg);
}

}  // namespace regmark::reading
