#include "reading/read_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <span>
#include <system_error>
#include <utility>

#include "base/encoding.h"
#include "base/files.h"
#include "plate/read_words.h"
#include "reading/annotate.h"
#include "reading/read_ahead.h"
#include "reading/sources.h"

namespace regmark::reading {
namespace {

// A name for what a source shows, so that the same content at the same time has the same one.
std::string event_stem(std::string_view kind, std::span<const std::uint8_t> content,
                       base::UtcTime at) {
  const auto digest = base::sha256({content, base::as_bytes(base::format_utc(at))});
  return std::string(kind) + base::to_hex(std::span(digest).first(16));
}

std::string random_stem(std::string_view kind) {
  return std::string(kind) + base::to_hex(base::random_bytes<16>());
}

// What speaks for a read of a video, besides its picture.
std::string beside(const TrackRead& read) {
  auto words = fmt::format("{} {}", read.looks, read.looks == 1 ? "look" : "looks");
  if (read.direction != plate::Direction::unknown) {
    words += ", " + base::word(plate::direction_words, read.direction);
  }
  return words;
}

// One call of run_read().
class Run {
 public:
  Run(const ReadOptions& options, std::ostream& out, std::ostream& err, Sink* sink,
      const base::Clock& clock)
      : options_(options), out_(out), err_(err), sink_(sink), clock_(clock) {}

  int run() {
    auto reader = PictureReader::create(options_.reading);
    if (!reader) return complain("the networks", reader.error()), 1;
    reader_ = &*reader;
    if (options_.annotate) {
      auto annotator = Annotator::create(*options_.annotate);
      if (!annotator) return complain(options_.annotate->string(), annotator.error()), 1;
      annotator_ = *std::move(annotator);
    }
    for (const auto& source : options_.sources) {
      if (is_over()) break;
      read_source(source);
    }
    clear_progress();
    if (!out_) complain("the output", {ErrorCode::unavailable, "cannot be written"});
    return failed_ ? 1 : 0;
  }

 private:
  bool is_over() const { return options_.stop.stop_requested() || !out_; }

  void read_source(const std::string& source) {
    const auto kind = kind_of(source);
    if (!kind) return complain(source, kind.error());
    if (*kind != SourceKind::folder) return read_one(source, *kind);
    const auto files = files_of(source, folder_files_max);
    if (!files) return complain(source, files.error());
    if (files->empty()) {
      return complain(source, {ErrorCode::not_found, "no picture and no video in this folder"});
    }
    for (const auto& file : *files) {
      if (is_over()) return;
      const auto kind_of_file = kind_of(file);
      if (kind_of_file) {
        read_one(file, *kind_of_file);
      } else {
        complain(file, kind_of_file.error());
      }
    }
  }

  void read_one(const std::string& source, SourceKind kind) {
    const auto outcome = kind == SourceKind::picture ? read_still(source)
                         : kind == SourceKind::video ? read_video(source)
                                                     : read_stream(source);
    if (!outcome) complain(source, outcome.error());
  }

  Result<void> read_still(const std::string& source) {
    REGMARK_ASSIGN(const auto file, base::read_file(source, picture_file_max));
    REGMARK_ASSIGN(auto picture, decode_picture(file));
    TakenAt taken{clock_.now(), plate::TimeSource::explicit_offset};
    if (options_.file_time == FileTime::recorded) {
      REGMARK_ASSIGN(taken, taken_at(source, file));
    }
    const Frame frame{std::move(picture), taken.at, taken.by, {}};
    REGMARK_ASSIGN(const auto found, reader_->detector().find(frame.picture));
    REGMARK_ASSIGN(const auto plates, reader_->read_plates(frame.picture, found));
    const auto stem = event_stem("picture-", file, taken.at);
    auto marks = marks_without_text(found, plates);
    for (std::size_t index = 0; index < plates.size(); ++index) {
      const auto& seen = plates[index];
      const int number = static_cast<int>(index) + 1;
      const Line line{source, frame.at,           seen.reading, seen.country, seen.found.corners,
                      number, plate::Phase::final};
      print(line, frame, fmt::format("{}-{}", stem, number), "");
      marks.push_back(mark_of(seen.reading, seen.found.corners, ""));
    }
    annotate(source, frame.picture, marks);
    ++pictures_;
    show_progress(source);
    return {};
  }

  Result<void> read_video(const std::string& source) {
    auto video = open_video_file(source, options_.video, options_.stop);
    if (!video) {
      if (video.error().code != ErrorCode::invalid_input) return tl::unexpected(video.error());
      return fail(ErrorCode::invalid_input,
                  "not a picture or a video that can be read (" + video.error().message + ")");
    }
    const auto frames = read_ahead(*std::move(video), options_.stop);
    std::error_code ignored;
    const auto content = fmt::format("{} {}", std::filesystem::path(source).filename().string(),
                                     std::filesystem::file_size(source, ignored));
    const bool is_recorded = options_.file_time == FileTime::recorded;
    REGMARK_ASSIGN(auto first, frames->next());
    if (!first) return fail(ErrorCode::invalid_input, "no frame in this video can be read");
    return follow(source, *frames, std::move(first),
                  is_recorded ? event_stem("video-", base::as_bytes(content), first->at)
                              : random_stem("video-"));
  }

  Result<void> read_stream(const std::string& source) {
    REGMARK_ASSIGN(const auto frames, open_stream(source, options_.stream, clock_, options_.stop));
    REGMARK_ASSIGN(auto first, frames->next());
    return follow(source, *frames, std::move(first), random_stem("stream-"));
  }

  // Reads frame after frame. A source that breaks off in the middle still gives its final reads.
  Result<void> follow(const std::string& source, FrameSource& frames, std::optional<Frame> first,
                      const std::string& stem) {
    Tracker tracker(options_.tracker);
    Result<std::optional<Frame>> next = std::move(first);
    Result<void> outcome;
    std::uint64_t told_damaged = 0;
    while (next && *next && !is_over()) {
      auto frame = std::make_shared<Frame>(**std::move(next));
      if (options_.file_time == FileTime::now) {
        frame->at = clock_.now();
        frame->at_by = plate::TimeSource::explicit_offset;
      }
      auto seen = reader_->read(frame->picture);
      if (!seen) {
        outcome = tl::unexpected(seen.error());
        break;
      }
      deliver(source, tracker.add(std::move(frame), *std::move(seen)), stem);
      ++pictures_;
      show_progress(source);
      // A stream may never end: it says so at once, and when they have become twice as many.
      if (is_stream(source) && frames.damaged() > 2 * told_damaged) {
        told_damaged = frames.damaged();
        tell_damaged(source, told_damaged);
      }
      next = frames.next();
    }
    deliver(source, tracker.finish(), stem);
    if (frames.damaged() > told_damaged) tell_damaged(source, frames.damaged());
    if (!next) outcome = tl::unexpected(next.error());
    return outcome;
  }

  void tell_damaged(const std::string& source, std::uint64_t count) {
    complain(source, {ErrorCode::invalid_input,
                      fmt::format("{} {} could not be decoded, and may have shown plates", count,
                                  count == 1 ? "frame" : "frames")});
  }

  void deliver(const std::string& source, const std::vector<TrackRead>& reads,
               const std::string& stem) {
    for (const auto& read : reads) {
      const bool is_final = read.phase == plate::Phase::final;
      const auto provisional = fmt::format("{}-{}-provisional", stem, read.track);
      const Line line{without_secrets(source),
                      read.frame->at,
                      read.reading,
                      read.country,
                      read.corners,
                      read.track,
                      read.phase,
                      read.direction};
      print(line, *read.frame, is_final ? fmt::format("{}-{}", stem, read.track) : provisional,
            read.had_provisional ? provisional : "");
      if (is_final) {
        annotate(source, read.frame->picture, {mark_of(read.reading, read.corners, beside(read))});
      }
    }
  }

  void print(const Line& line, const Frame& frame, const std::string& event,
             const std::string& supersedes) {
    clear_progress();
    out_ << (options_.form == OutputForm::json ? json_line(line) : text_line(line)) << '\n'
         << std::flush;
    ++plates_;
    if (sink_ == nullptr) return;
    const auto taken = sink_->take({line, frame.at_by, event, supersedes, frame});
    if (!taken) complain(line.source, taken.error());
  }

  void annotate(const std::string& source, const Picture& picture, const std::vector<Mark>& marks) {
    if (!annotator_) return;
    const auto written = annotator_->write(source, picture, marks);
    if (!written) complain(source, written.error());
  }

  void complain(const std::string& source, const Error& error) {
    clear_progress();
    err_ << without_secrets(source) << ": " << error.message << '\n' << std::flush;
    failed_ = true;
  }

  // One line that overwrites itself. It names no plate.
  void show_progress(const std::string& source) {
    if (options_.progress == Progress::silent) return;
    err_ << fmt::format("\r\x1b[K{} pictures, {} plates  {}", pictures_, plates_,
                        without_secrets(source))
         << std::flush;
    is_progress_shown_ = true;
  }
  void clear_progress() {
    if (!std::exchange(is_progress_shown_, false)) return;
    err_ << "\r\x1b[K" << std::flush;
  }

  const ReadOptions& options_;
  std::ostream& out_;
  std::ostream& err_;
  Sink* sink_;
  const base::Clock& clock_;
  PictureReader* reader_ = nullptr;
  std::optional<Annotator> annotator_;
  std::uint64_t pictures_ = 0, plates_ = 0;
  bool failed_ = false;
  bool is_progress_shown_ = false;
};

}  // namespace

int run_read(const ReadOptions& options, std::ostream& out, std::ostream& err, Sink* sink,
             const base::Clock& clock) {
  return Run(options, out, err, sink, clock).run();
}

}  // namespace regmark::reading
