// regmark-eval [OPTION...] [FOLDER...]: how well pictures with known plates are read. A folder
// holds pictures and labels.tsv; every picture counts, so that one without a label is one without a
// plate. Without a folder: the project's own pictures, and the sets that stand beside the tree, if
// they do. See docs/reading.md.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>

#include "base/files.h"
#include "reading/failures_page.h"
#include "reading/measure.h"
#include "reading/measure_file.h"
#include "reading/peers.h"
#include "reading/picture.h"
#include "reading/read_command.h"
#include "reading/sources.h"

namespace {

using namespace regmark;
namespace fs = std::filesystem;

constexpr std::size_t labels_size_max = std::size_t{64} << 20U;

struct Options {
  std::vector<fs::path> folders;
  std::optional<fs::path> results, compared, page;
  std::string engine = "int8";
  bool prints_misreads = false;
};

constexpr std::string_view usage =
    "usage: regmark-eval [OPTION...] [FOLDER...]\n"
    "  --engine int8|fp32|opencv   how the networks compute (int8 where the processor can)\n"
    "  --results FILE              write what was read of each plate\n"
    "  --compare FILE              hold this run against an earlier one's results\n"
    "  --page FILE                 write a page (HTML) of what was read wrongly\n"
    "  --misreads                  print what was read wrongly\n";

std::optional<Options> parse(int count, char** words) {
  Options options;
  for (int at = 1; at < count; ++at) {
    const std::string_view word = words[at];
    const auto value = [&](std::string_view name) {
      if (word != name || at + 1 >= count) return false;
      ++at;
      return true;
    };
    if (value("--results")) {
      options.results = words[at];
    } else if (value("--compare")) {
      options.compared = words[at];
    } else if (value("--page")) {
      options.page = words[at];
    } else if (value("--engine")) {
      options.engine = words[at];
    } else if (word == "--misreads") {
      options.prints_misreads = true;
    } else if (word.starts_with("--")) {
      return std::nullopt;
    } else {
      options.folders.emplace_back(word);
    }
  }
  return options;
}

// The sets that a machine may have beside the tree are named, so that none is missed in silence.
std::vector<fs::path> usual_folders() {
  const fs::path tree = REGMARK_SOURCE_DIR;
  std::vector<fs::path> folders = {tree / "testdata" / "pictures"};
  for (const char* set : {"uk", "eu", "negative", "night"}) {
    const auto folder = tree.parent_path() / "shared" / "data" / "measure" / set;
    if (fs::is_regular_file(folder / "labels.tsv")) {
      folders.push_back(folder);
    } else {
      fmt::print("{}: skipped, there is no such set at {}\n", set,
                 folder.lexically_relative(tree).string());
    }
  }
  return folders;
}

Result<reading::PictureReader> reader_with(const std::string& engine) {
  if (engine == "opencv") return reading::PictureReader::create(*reading::make_opencv_engine());
  reading::ReadingSettings settings;
  REGMARK_ASSIGN(settings.precision, reading::precision_allowed(engine.c_str()));
  return reading::PictureReader::create(settings);
}

// Of the processor, spent by this thread, which does all the work: other programs beside it do not
// count.
double milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// Prints what went wrong with each plate, for whoever wants to look. These are labelled test
// pictures: their plates are no secret.
void print_misreads(const reading::Tally& run) {
  for (const auto& one : run.outcomes) {
    if (one.truth.empty() || one.text == one.truth) continue;
    fmt::print("  {}: {} read as {} ({:.2f}){}\n", one.file, one.truth,
               one.text.empty() ? "nothing" : one.text, one.score, one.found ? "" : ", not found");
  }
  for (const auto& one : run.false_plates) {
    fmt::print("  {}: {} ({:.2f}) is not labelled\n", one.file, one.text, one.score);
  }
}

Result<void> read_picture(reading::PictureReader& reader, const std::string& path,
                          const std::string& set, const std::vector<reading::Label>& labels,
                          reading::Tally& run, reading::FailuresPage* page) {
  REGMARK_ASSIGN(const auto bytes, base::read_file(path, reading::picture_file_max));
  const double begun = milliseconds();
  REGMARK_ASSIGN(const auto picture, reading::decode_picture(bytes));
  run.milliseconds_decoding.push_back(milliseconds() - begun);
  REGMARK_ASSIGN(const auto found, reader.detector().find(picture));
  REGMARK_ASSIGN(const auto seen, reader.read_plates(picture, found));
  run.milliseconds.push_back(milliseconds() - begun);
  std::vector<std::string> on_boxes;
  for (const auto& label : labels) {
    const auto& [left, top, right, bottom] = label.box;
    const reading::Corners box{{{left, top}, {right, top}, {right, bottom}, {left, bottom}}};
    REGMARK_ASSIGN(const auto corners, reader.detector().look_again(picture, box));
    REGMARK_ASSIGN(const auto read, reader.read_plate(picture, {corners, 1}));
    on_boxes.push_back(read ? read->reading.text : "");
  }
  const auto outcomes_before = run.outcomes.size(), others_before = run.false_plates.size();
  add_picture(run, set, fs::path(path).filename().string(), labels, found, seen, on_boxes);
  if (page != nullptr) {
    page->add(picture, labels, std::span(run.outcomes).subspan(outcomes_before), seen,
              std::span(run.false_plates).subspan(others_before));
  }
  return {};
}

Result<reading::Tally> read_folder(reading::PictureReader& reader, const fs::path& folder,
                                   reading::FailuresPage* page) {
  REGMARK_ASSIGN(const auto table, base::read_file(folder / "labels.tsv", labels_size_max));
  REGMARK_ASSIGN(const auto labels, reading::parse_labels(base::as_text(table)));
  std::map<std::string, std::vector<reading::Label>> by_file;
  for (const auto& label : labels) by_file[label.file].push_back(label);
  REGMARK_ASSIGN(const auto files, reading::files_of(folder, reading::folder_files_max));
  reading::Tally run;
  for (const auto& path : files) {
    const auto& of_file = by_file[fs::path(path).filename().string()];
    REGMARK_TRY(read_picture(reader, path, folder.filename().string(), of_file, run, page));
  }
  return run;
}

void print_share(const char* what, const reading::Share& share, const reading::Share& alike) {
  if (share.whole == 0) return;
  fmt::print("  {:<34}{:6.1f} %  ({} of {}, {:.1f} to {:.1f})", what, 100 * share.value(),
             share.part, share.whole, 100 * share.low(), 100 * share.high());
  if (alike.whole > 0) fmt::print("   folded {:.1f} % ({})", 100 * alike.value(), alike.part);
  fmt::print("\n");
}

void print_measure(const std::string& set, const reading::Tally& run) {
  const auto made = reading::measure(run);
  fmt::print("\n{}: {} pictures, {} plates\n", set, made.pictures, made.found.whole);
  print_share("found at IoU 0.5", made.found, {});
  print_share("exact, end to end", made.exact, made.exact_alike);
  print_share("exact, of those found", made.exact_found, made.exact_found_alike);
  print_share("exact, on the labelled boxes", made.on_box, made.on_box_alike);
  print_share("within five alternatives", made.in_five, made.in_five_alike);
  if (made.marks > 0) {
    fmt::print("  {:<34}{:6.1f} %  ({} of {} always right)\n", "by different mark",
               100 * made.marks_exact, made.marks_always, made.marks);
    fmt::print("  {:<34}{:6.1f} %\n", "characters wrong, where read",
               100 * made.character_errors());
    fmt::print("  {:<34}{:6.1f} %  (folded {:.1f} %; by chance alone up to {:.1f} %)",
               "calibration error", 100 * made.calibration_error,
               100 * made.calibration_error_alike, 100 * made.calibration_by_chance);
    std::size_t number = 0;
    for (const auto& bin : reading::calibration(run.outcomes)) {
      const double low = 0.1 * static_cast<double>(number++);
      if (bin.count > 0) fmt::print(" {:.1f}+: {} of {}", low, bin.right, bin.count);
    }
    fmt::print("\n");
  }
  fmt::print("  {:<34}{:6.1f} in 100 pictures ({})\n", "read where nothing is labelled",
             made.false_per_hundred(), made.false_plates);
  print_share("pictures with such a reading", made.with_false, {});
  fmt::print("  {:<34}{:6.1f} ms (99th in 100: {:.1f}; {:.1f} of it decoding) of one core\n",
             "a picture, median", made.median, made.p99, made.median_decoding);
  for (const auto& peer : reading::peers()) {
    if (peer.set != set) continue;
    fmt::print("    beside it: {:<30}{:5.1f}  {} ({})\n", peer.what, peer.percent, peer.name,
               peer.source);
  }
}

void print_comparison(const std::vector<reading::Outcome>& first,
                      const std::vector<reading::Outcome>& second) {
  const auto made = reading::compare(first, second);
  fmt::print(
      "\nAgainst the earlier run, {} plates: both right {}, neither {}, only this run {}, only the"
      " earlier {}; by chance {:.3f}\n",
      made.plates, made.both, made.neither, made.only_first.size(), made.only_second.size(),
      made.chance);
  for (const auto& [name, outcomes] :
       {std::pair{"this run", &made.only_first}, std::pair{"the earlier", &made.only_second}}) {
    for (const auto& one : *outcomes) {
      fmt::print("  only {}: {}/{} {}\n", name, one.set, one.file, one.truth);
    }
  }
}

Result<void> evaluate(const Options& options) {
  std::vector<reading::Outcome> earlier;
  if (options.compared) {
    REGMARK_ASSIGN(const auto text, base::read_file(*options.compared, reading::run_size_max));
    REGMARK_ASSIGN(earlier, reading::parse_outcomes(base::as_text(text)));
  }
  REGMARK_ASSIGN(auto reader, reader_with(options.engine));
  reading::FailuresPage page;
  reading::Tally all;
  for (const auto& folder : options.folders.empty() ? usual_folders() : options.folders) {
    REGMARK_ASSIGN(auto run, read_folder(reader, folder, options.page ? &page : nullptr));
    print_measure(folder.filename().string(), run);
    if (options.prints_misreads) print_misreads(run);
    std::ranges::move(run.outcomes, std::back_inserter(all.outcomes));
  }
  if (options.compared) print_comparison(all.outcomes, earlier);
  if (options.results) {
    const auto text = reading::text_of(all);
    REGMARK_TRY(base::write_file(*options.results, base::as_bytes(text)));
  }
  if (!options.page) return {};
  const auto html = page.html("What was read wrongly");
  return base::write_file(*options.page, base::as_bytes(html));
}

}  // namespace

int main(int count, char** words) {
  const auto options = parse(count, words);
  if (!options) {
    fmt::print(stderr, "{}", usage);
    return 2;
  }
  const auto done = evaluate(*options);
  if (done) return 0;
  fmt::print(stderr, "{}\n", done.error().message);
  return 1;
}
