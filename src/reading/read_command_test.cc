#include "reading/read_command.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "base/files.h"
#include "base/time_testing.h"
#include "reading/exif_testing.h"
#include "reading/labels.h"
#include "reading/reading_testing.h"
#include "reading/shots.h"

namespace regmark::reading {
namespace {

using Json = nlohmann::json;

struct Outcome {
  int status = -1;
  std::vector<Json> lines;
  std::string err;
};

Outcome read(ReadOptions options, Sink* sink = nullptr) {
  options.form = OutputForm::json;
  std::ostringstream out, err;
  const base::ManualClock clock("2026-11-22T12:00:00Z");
  Outcome outcome;
  outcome.status = run_read(options, out, err, sink, clock);
  outcome.err = err.str();
  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);) outcome.lines.push_back(Json::parse(line));
  return outcome;
}

Box box_of(const Json& line) {
  Corners corners;
  for (std::size_t at = 0; at < 4; ++at) {
    corners[at] = {line["corners"][at][0].get<float>(), line["corners"][at][1].get<float>()};
  }
  return box_around(corners);
}

const std::string street = (testdata / "pictures" / "street_01.jpg").string();

TEST(RunRead, ReadsTheProjectsOwnPictures) {
  const auto folder = testdata / "pictures";
  const auto file = base::read_file(folder / "labels.tsv", 1U << 20U);
  ASSERT_TRUE(file);
  const auto labels = parse_labels(base::as_text(*file));
  ASSERT_TRUE(labels && !labels->empty());
  const auto outcome = read({.sources = {folder.string()}});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const auto& label : *labels) {
    SCOPED_TRACE(label.file);
    const auto line = std::ranges::find_if(outcome.lines, [&](const Json& one) {
      return one["source"] == (folder / label.file).string() && one["plate"] == label.text;
    });
    ASSERT_NE(line, outcome.lines.end());
    EXPECT_GT(overlap(box_of(*line), label.box), 0.5F);
    EXPECT_EQ((*line)["phase"], "final");
    EXPECT_EQ((*line)["character_scores"].size(), label.text.size());
    EXPECT_LE((*line)["alternatives"].size(), plate::alternatives_max);
  }
  // Nothing is read where nothing stands.
  EXPECT_EQ(outcome.lines.size(), labels->size());
}

TEST(RunRead, GivesEachVehicleOfAClipOneFinalRead) {
  const auto outcome = read({.sources = {(testdata / "clip.mp4").string()}});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  std::vector<std::string> finals;
  std::set<int> provisional;
  for (const auto& line : outcome.lines) {
    if (line["phase"] == "final") {
      finals.push_back(line["plate"]);
    } else {
      provisional.insert(line["track"].get<int>());
    }
  }
  const auto table = base::read_file(testdata / "clip.tsv", 1U << 20U);
  ASSERT_TRUE(table);
  std::istringstream rows{std::string(base::as_text(*table))};
  std::vector<std::string> want;
  std::string row;
  std::getline(rows, row);
  while (std::getline(rows, row)) want.push_back(row.substr(0, row.find('\t')));
  EXPECT_EQ(finals, want);
  EXPECT_FALSE(provisional.empty());
}

TEST(RunRead, SaysWhichFramesOfAVideoItCouldNotSee) {
  const ScratchFolder folder;
  auto clip = base::read_file(testdata / "clip.mp4", 1U << 24U).value();
  const auto middle = clip.begin() + static_cast<std::ptrdiff_t>(clip.size() / 2);
  std::fill(middle, middle + 2'000, std::uint8_t{0x55});
  const auto damaged = read({.sources = {folder.put("damaged.mp4", clip).string()}});
  EXPECT_EQ(damaged.status, 1);
  EXPECT_NE(damaged.err.find("could not be decoded"), std::string::npos) << damaged.err;
  EXPECT_FALSE(damaged.lines.empty());  // what could be seen is read all the same

  clip.resize(clip.size() * 2 / 3);
  const auto cut = read({.sources = {folder.put("cut.mp4", clip).string()}});
  EXPECT_EQ(cut.status, 1);
  EXPECT_NE(cut.err.find("cut.mp4: it is cut short"), std::string::npos) << cut.err;
}

TEST(RunRead, ReadsOnAfterAFileThatIsNoPicture) {
  const ScratchFolder folder;
  const auto text = folder.put("notes.jpg", base::as_bytes("this is a letter"));
  const auto cut = folder.put("cut.png", base::as_bytes("\x89PNG\r\n\x1A\n and no more of it"));
  auto half = base::read_file(street, 1U << 20U).value();
  half.resize(half.size() / 2);  // its plate stands in the lower one
  const auto upload = folder.put("upload.jpg", half);
  const auto outcome = read(
      {.sources = {text.string(), "/no/such/file.jpg", cut.string(), upload.string(), street}});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.lines.size(), 1U);
  EXPECT_NE(outcome.err.find("notes.jpg: not a picture"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("/no/such/file.jpg: no such file"), std::string::npos);
  EXPECT_NE(outcome.err.find("cut.png: the PNG cannot be read"), std::string::npos);
  EXPECT_NE(outcome.err.find("upload.jpg: the JPEG cannot be read"), std::string::npos);
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 4);
}

TEST(RunRead, TakesAFoldersPicturesInOrderAndLeavesTheRest) {
  const ScratchFolder folder;
  const auto picture = base::read_file(street, 1U << 20U);
  ASSERT_TRUE(picture);
  folder.put("b.JPG", *picture);
  folder.put("a.jpg", *picture);
  folder.put("labels.tsv", base::as_bytes("no picture"));
  std::filesystem::create_directory(folder.path() / "c.jpg");
  const auto outcome = read({.sources = {folder.path().string()}});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  ASSERT_EQ(outcome.lines.size(), 2U);
  EXPECT_EQ(outcome.lines[0]["source"], (folder.path() / "a.jpg").string());
  EXPECT_EQ(outcome.lines[1]["source"], (folder.path() / "b.JPG").string());
  const ScratchFolder empty;
  EXPECT_EQ(read({.sources = {empty.path().string()}}).status, 1);
}

TEST(RunRead, KnowsWhenAPictureWasTaken) {
  const ScratchFolder folder;
  const auto picture = base::read_file(street, 1U << 20U);
  ASSERT_TRUE(picture);
  const auto said = folder.put(
      "said.jpg", with_exif(*picture, {.taken = "2025:06:01 10:00:00", .offset = "+01:00"}));
  const auto unsaid = folder.put("unsaid.jpg", *picture);
  const auto written = base::parse_utc("2024-02-29T23:59:59Z").value();
  std::filesystem::last_write_time(unsaid, std::chrono::file_clock::from_sys(written));
  const auto recorded = read({.sources = {said.string(), unsaid.string()}});
  ASSERT_EQ(recorded.lines.size(), 2U);
  EXPECT_EQ(recorded.lines[0]["at"], "2025-06-01T09:00:00.000Z");
  EXPECT_EQ(recorded.lines[1]["at"], "2024-02-29T23:59:59.000Z");
  const auto now = read({.sources = {said.string()}, .file_time = FileTime::now});
  EXPECT_EQ(now.lines.at(0)["at"], "2026-11-22T12:00:00.000Z");
}

TEST(RunRead, GivesCornersOfThePictureTheRightWayUp) {
  const ScratchFolder folder;
  const auto picture = base::read_file(street, 1U << 20U);
  ASSERT_TRUE(picture);
  // Stored on its side, with the word to turn it back.
  const auto lying = upright(decode_picture(*picture).value(), 8);
  const auto file =
      folder.put("lying.jpg", with_exif(encode_jpeg(lying, 95).value(), {.orientation = 6}));
  const auto straight = read({.sources = {street}}), turned = read({.sources = {file.string()}});
  ASSERT_EQ(turned.lines.size(), 1U);
  EXPECT_EQ(turned.lines[0]["plate"], straight.lines.at(0)["plate"]);
  EXPECT_GT(overlap(box_of(turned.lines[0]), box_of(straight.lines[0])), 0.8F);
}

TEST(RunRead, DrawsCopiesThatNameNoPlate) {
  const ScratchFolder folder;
  const auto drawn = folder.path() / "drawn";
  const auto outcome = read({.sources = {street, street}, .annotate = drawn});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(drawn)) {
    names.push_back(file.path().filename().string());
  }
  std::ranges::sort(names);
  EXPECT_EQ(names, (std::vector<std::string>{"street_01-2.read.jpg", "street_01.read.jpg"}));
  const auto before = decode_picture(base::read_file(street, 1U << 20U).value()).value();
  const auto after =
      decode_picture(base::read_file(drawn / "street_01.read.jpg", 1U << 24U).value()).value();
  EXPECT_EQ(after.width(), before.width());
  // A green line that was not there: along the plate's upper edge.
  const auto box = box_of(outcome.lines.at(0));
  int greenest = 0;
  for (int y = static_cast<int>(box.top) - 3; y <= static_cast<int>(box.bottom); ++y) {
    const auto* pixel = after.at(static_cast<int>(box.centre().x), y);
    greenest = std::max(greenest, pixel[1] - std::max(pixel[0], pixel[2]));
  }
  EXPECT_GT(greenest, 80);
}

struct Kept {
  std::string plate, event, supersedes;
  plate::Phase phase;
  std::size_t patch, overview;
};
class KeepingSink final : public Sink {
 public:
  Result<void> take(const Delivery& delivery) override {
    kept.push_back({delivery.line.reading.text, delivery.event, delivery.supersedes,
                    delivery.line.phase,
                    plate_patch(delivery.frame.picture, delivery.line.corners).value().size(),
                    overview(delivery.frame.picture).value().size()});
    if (fails) return fail(ErrorCode::unavailable, "the spool is full");
    return {};
  }
  std::vector<Kept> kept;
  bool fails = false;
};

TEST(RunRead, HandsEveryReadToTheSinkUnderANameOfItsOwn) {
  KeepingSink first, second;
  const ReadOptions options{
      .sources = {(testdata / "pictures").string(), (testdata / "clip.mp4").string()}};
  const auto outcome = read(options, &first);
  ASSERT_EQ(first.kept.size(), outcome.lines.size());
  std::set<std::string> events;
  for (const auto& kept : first.kept) {
    EXPECT_TRUE(events.insert(kept.event).second) << "two reads of one name";
    EXPECT_LE(kept.event.size(), 128U);
    EXPECT_EQ(kept.event.find(kept.plate), std::string::npos);
    EXPECT_LE(kept.patch, patch_size_max);
    EXPECT_LE(kept.overview, overview_size_max);
    if (kept.phase == plate::Phase::provisional) continue;
    // What it corrects was handed over before.
    EXPECT_TRUE(kept.supersedes.empty() || events.contains(kept.supersedes));
  }
  read(options, &second);
  ASSERT_EQ(second.kept.size(), first.kept.size());
  for (std::size_t at = 0; at < first.kept.size(); ++at) {
    EXPECT_EQ(second.kept[at].event, first.kept[at].event);
  }
}

TEST(RunRead, SaysWhenReadsCannotBeSent) {
  KeepingSink sink;
  sink.fails = true;
  const auto outcome = read({.sources = {street}}, &sink);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.lines.size(), 1U);
  EXPECT_NE(outcome.err.find("the spool is full"), std::string::npos);
}

TEST(RunRead, ShowsProgressOnlyWhereItIsAsked) {
  ReadOptions options{.sources = {street}};
  EXPECT_EQ(read(options).err, "");
  options.progress = Progress::shown;
  const auto shown = read(options).err;
  EXPECT_NE(shown.find("1 pictures"), std::string::npos);
  EXPECT_TRUE(shown.ends_with("\r\x1b[K"));  // and leaves a clean line behind
}

TEST(RunRead, StopsWhenItIsTold) {
  std::stop_source stop;
  stop.request_stop();
  const auto outcome = read({.sources = {street}, .stop = stop.get_token()});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.lines.empty());
}

TEST(RunRead, PrintsNoPassword) {
  ReadOptions options{.sources = {"http://admin:hunter2@127.0.0.1:1/stream"}};
  options.stream.first_tries_max = 1;
  options.stream.wait_min = std::chrono::milliseconds{1};
  const auto outcome = read(options);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("http://127.0.0.1:1/stream"), std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find("hunter2"), std::string::npos);
}

}  // namespace
}  // namespace regmark::reading
