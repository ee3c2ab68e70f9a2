// regmark-eval FOLDER...: how well pictures with known plates are read. A folder holds pictures and
// labels.tsv; every picture counts, so that one without a label is one without a plate.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string_view>

#include "base/files.h"
#include "reading/measure.h"
#include "reading/picture.h"
#include "reading/read_command.h"
#include "reading/sources.h"

namespace {

using namespace regmark;

constexpr std::size_t labels_size_max = std::size_t{64} << 20U;

struct Timings {
  std::vector<double> milliseconds;
  double median() {
    if (milliseconds.empty()) return 0;
    auto middle = milliseconds.begin() + static_cast<std::ptrdiff_t>(milliseconds.size() / 2);
    std::ranges::nth_element(milliseconds, middle);
    return *middle;
  }
};

// Prints what went wrong with each plate, for whoever wants to look. These are labelled test
// pictures: their plates are no secret.
void print_misreads(const std::string& file, const std::vector<reading::Label>& labels,
                    const std::vector<reading::Seen>& seen) {
  for (const auto& label : labels) {
    if (label.text.empty() || std::ranges::any_of(seen, [&](const auto& one) {
          return one.reading.text == label.text;
        })) {
      continue;
    }
    std::string read;
    for (const auto& one : seen) read += " " + one.reading.text;
    fmt::print("  {}: {} read as{}\n", file, label.text, read.empty() ? " nothing" : read);
  }
  if (labels.empty()) {
    for (const auto& one : seen) fmt::print("  {}: {} is no plate\n", file, one.reading.text);
  }
}

Result<void> measure_folder(reading::PictureReader& reader, const std::filesystem::path& folder,
                            bool prints_misreads) {
  REGMARK_ASSIGN(const auto table, base::read_file(folder / "labels.tsv", labels_size_max));
  REGMARK_ASSIGN(const auto labels, reading::parse_labels(base::as_text(table)));
  std::map<std::string, std::vector<reading::Label>> by_file;
  for (const auto& label : labels) by_file[label.file].push_back(label);
  REGMARK_ASSIGN(const auto files, reading::files_of(folder, reading::folder_files_max));
  reading::Measure measure;
  Timings timings;
  for (const auto& path : files) {
    REGMARK_ASSIGN(const auto bytes, base::read_file(path, reading::picture_file_max));
    REGMARK_ASSIGN(const auto picture, reading::decode_picture(bytes));
    const auto begun = std::chrono::steady_clock::now();
    REGMARK_ASSIGN(const auto found, reader.detector().find(picture));
    REGMARK_ASSIGN(const auto seen, reader.read_plates(picture, found));
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
    timings.milliseconds.push_back(took.count());
    const auto name = std::filesystem::path(path).filename().string();
    measure.add(by_file[name], found, seen);
    if (prints_misreads) print_misreads(name, by_file[name], seen);
  }
  fmt::print(
      "{}: {} pictures, {} plates\n"
      "  found at IoU 0.5        {:6.1f} %  ({} of {})\n"
      "  read exactly            {:6.1f} %  ({} of {})\n"
      "  the same, I=1 and O=0   {:6.1f} %\n"
      "  exactly, where any text {:6.1f} %  ({} of {})\n"
      "  characters wrong        {:6.1f} %\n"
      "  false plates            {:6.1f} in 100 pictures\n"
      "  a picture               {:6.1f} ms (median, without decoding)\n",
      folder.string(), measure.pictures, measure.plates, 100 * measure.recall(), measure.found,
      measure.plates, 100 * measure.exact(), measure.read, measure.texts,
      100 * measure.exact_alike(), 100 * measure.exact_given_found(), measure.found_read,
      measure.texts_found, 100 * measure.character_errors(), measure.false_per_hundred(),
      timings.median());
  return {};
}

}  // namespace

int main(int count, char** words) {
  const bool prints_misreads = count > 1 && std::string_view(words[1]) == "--misreads";
  const int first = prints_misreads ? 2 : 1;
  if (count <= first) {
    fmt::print(stderr, "usage: regmark-eval [--misreads] FOLDER...\n");
    return 2;
  }
  auto reader = reading::PictureReader::create();
  if (!reader) {
    fmt::print(stderr, "{}\n", reader.error().message);
    return 1;
  }
  int status = 0;
  for (int at = first; at < count; ++at) {
    const auto measured = measure_folder(*reader, words[at], prints_misreads);
    if (measured) continue;
    fmt::print(stderr, "{}: {}\n", words[at], measured.error().message);
    status = 1;
  }
  return status;
}
