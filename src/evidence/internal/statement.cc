#include "evidence/internal/statement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "evidence/internal/asked.h"
#include "evidence/internal/names.h"

namespace regmark::evidence::internal {
namespace {

using base::format_utc;
using base::word;
using documents::Heading;
using documents::Paragraph;
using documents::Table;

constexpr std::string_view what_a_read_is =
    "A read is what a camera and its software took a number plate for, at a time and a place. It "
    "is "
    "not an identification: plates are misread, cloned and moved between vehicles. The score is "
    "the reader's own estimate that every character is right; other readings that it thought "
    "possible are in reads.json. Compare the pictures.";

constexpr std::string_view how_to_check =
    "Every file beside this one is named in manifest.json with its SHA-256. The SHA-256 of the "
    "manifest was written into the office's audit log when this was sealed; the proofs in the "
    "folder log lead from that record to a checkpoint that the office signed. The command "
    "\"regmark evidence verify FILE --key KEY\" checks all of it with the office's public key, "
    "which it publishes, and nothing else; with --witness and a witness's public key it also "
    "checks that the witness signed that checkpoint.";

std::string marks(const plate::Read& read) {
  std::string marks;
  const auto add = [&](std::string_view mark) {
    marks.append(marks.empty() ? "" : ", ").append(mark);
  };
  if (read.skewed) add("clock out of bounds");
  if (read.late) add("arrived late");
  if (read.phase == plate::Phase::provisional) add("provisional");
  if (read.supersedes) add("corrects another read");
  return marks.empty() ? "-" : marks;
}

Table reads(const Contents& contents) {
  Table table{"Reads, in the order observed",
              {"read", "plate", "score", "observed", "camera", "direction", "marks"},
              {}};
  for (const auto& read : contents.reads) {
    table.rows.push_back({std::to_string(table.rows.size() + 1), std::string(read.plate.text()),
                          fmt::format("{:.2f}", read.score), format_utc(read.observed),
                          read.camera.text(), word(plate::direction_words, read.direction),
                          marks(read)});
  }
  return table;
}

struct Clock {
  std::chrono::microseconds least = std::chrono::microseconds::max();
  std::chrono::microseconds most = std::chrono::microseconds::min();
  std::size_t reads = 0;
  std::size_t skewed = 0;
  std::set<std::string> known_by{};
};

// How each camera's clock stood to the office's while these reads were made.
Table clocks(const Contents& contents) {
  std::map<std::string, Clock> cameras;
  for (const auto& read : contents.reads) {
    auto& clock = cameras[read.camera.text()];
    clock.least = std::min(clock.least, read.skew());
    clock.most = std::max(clock.most, read.skew());
    ++clock.reads;
    clock.skewed += read.skewed ? 1U : 0U;
    clock.known_by.insert(word(plate::time_source_words, read.observed_by));
  }
  Table table{"Clocks: the office's time of arrival minus the sender's time of sending",
              {"camera", "reads", "least", "most", "out of bounds", "time observed known by"},
              {}};
  const auto seconds = [](std::chrono::microseconds time) {
    return fmt::format("{:.3f} s", std::chrono::duration<double>(time).count());
  };
  for (const auto& [camera, clock] : cameras) {
    table.rows.push_back({camera, std::to_string(clock.reads), seconds(clock.least),
                          seconds(clock.most), std::to_string(clock.skewed),
                          fmt::format("{}", fmt::join(clock.known_by, ", "))});
  }
  return table;
}

// How they were tested, whatever the reads say.
Table clock_tests(const Contents& contents) {
  Table table{"Tests of these cameras' clocks, as their books have them",
              {"camera", "day", "outcome", "ahead", "what was found", "entered by"},
              {}};
  for (const auto& camera : contents.cameras) {
    for (const auto& test : camera.clock_tests) {
      const auto& entry = test.entry;
      table.rows.push_back({entry.camera.text(), base::format_day(entry.day),
                            entry.passed.value_or(false) ? "passed" : "failed",
                            entry.clock_off ? fmt::format("{} ms", *entry.clock_off) : "-",
                            entry.words, named(contents, test.by)});
    }
    if (camera.clock_tests.empty()) {
      table.rows.push_back({camera.about.about.id.text(), "-", "none on record", "-", "-", "-"});
    }
  }
  return table;
}

template <typename Place>
void add_grounds(Table& table, const Contents& contents, const Place& place) {
  const auto time = [](const auto& at) { return at ? format_utc(*at) : std::string("-"); };
  table.rows.push_back({"category", place.about.grounds.category});
  table.rows.push_back({"need", place.about.grounds.need});
  table.rows.push_back({"next review by", base::format_day(place.about.grounds.review)});
  table.rows.push_back({"proposed by", named(contents, place.author)});
  table.rows.push_back({"approved by", place.approver ? named(contents, *place.approver) : "-"});
  table.rows.push_back({"live from", time(place.live_from)});
  table.rows.push_back({"stopped", time(place.stopped_at)});
}

Table stand(const Contents& contents, const Camera& camera, const estate::Stand& stand) {
  const auto& about = camera.about.about;
  Table table{"Camera " + about.id.text() + ", as it stood from " + format_utc(stand.from) +
                  (stand.until ? " until " + format_utc(*stand.until) : " on"),
              {"item", "as recorded"},
              {{"name", about.name}}};
  if (stand.site) {
    const auto& at = stand.site->about.position;
    table.rows.push_back({"site", stand.site->about.id.text() + ", " + stand.site->about.name});
    table.rows.push_back({"position", fmt::format("{:.6f}, {:.6f}", at.latitude, at.longitude)});
    add_grounds(table, contents, *stand.site);
  }
  if (stand.deployment) {
    const auto& of = stand.deployment->about;
    table.rows.push_back({"deployment", of.id.text() + ", " + of.name});
    table.rows.push_back({"deployed", format_utc(of.from) + " until " + format_utc(of.until)});
    add_grounds(table, contents, *stand.deployment);
  }
  return table;
}

// Of the permit's record: that of the sealing comes behind every word of this.
documents::Block witnesses(const Contents& contents) {
  if (contents.witnesses.empty()) {
    return Paragraph{"This office has no witness who signs its log beside it."};
  }
  Table table{"Witnesses, asked before this was sealed to sign the log as far as record " +
                  std::to_string(contents.receipt.number()),
              {"witness", "signed at"},
              {}};
  for (const auto& one : contents.witnesses) {
    table.rows.push_back(
        {one.name, one.signed_at ? format_utc(*one.signed_at) : "not signed: " + one.why_not});
  }
  return table;
}

void add_pictures(const Contents& contents, documents::Document& document) {
  std::map<plate::ReadId, std::size_t> places;
  for (const auto& read : contents.reads) places.emplace(read.id, places.size() + 1);
  for (const auto& picture : contents.pictures) {
    const auto place = places.at(picture.read);
    const auto& read = contents.reads[place - 1];
    document.blocks.emplace_back(documents::Picture{
        picture_name(picture.read, picture.kind), picture.jpeg,
        fmt::format("Read {}, {}: {} at {}", place, word(plate::picture_kind_words, picture.kind),
                    read.plate.text(), format_utc(read.observed))});
  }
  if (contents.pictures.empty()) {
    document.blocks.emplace_back(Paragraph{"None is kept any more, or none was taken."});
  }
}

}  // namespace

documents::Document statement_of(const Contents& contents) {
  documents::Document document{"Reads of number plates as evidence", {}};
  auto& blocks = document.blocks;
  blocks.emplace_back(Paragraph{std::string(what_a_read_is)});
  if (!contents.statement.empty()) {
    blocks.emplace_back(Heading{2, "Statement of whoever exported it"});
    blocks.emplace_back(Paragraph{contents.statement});
  }
  blocks.emplace_back(Heading{2, "The question"});
  blocks.emplace_back(asked(contents));
  if (contents.authority) blocks.emplace_back(leave(contents));
  blocks.emplace_back(Heading{2, "What was found"});
  blocks.emplace_back(reads(contents));
  blocks.emplace_back(clocks(contents));
  blocks.emplace_back(clock_tests(contents));
  blocks.emplace_back(Heading{2, "Why these cameras stood there"});
  for (const auto& each : contents.cameras) {
    if (each.stands.empty()) {
      blocks.emplace_back(Paragraph{"Nothing is on record of why camera " +
                                    each.about.about.id.text() + " stood there then."});
    }
    for (const auto& one : each.stands) blocks.emplace_back(stand(contents, each, one));
  }
  blocks.emplace_back(Heading{2, "Pictures"});
  add_pictures(contents, document);
  blocks.emplace_back(Heading{2, "How to check this"});
  blocks.emplace_back(Paragraph{std::string(how_to_check)});
  blocks.emplace_back(witnesses(contents));
  return document;
}

}  // namespace regmark::evidence::internal
