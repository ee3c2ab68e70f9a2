#include "evidence/internal/statement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

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
    "folder log lead from that record to a checkpoint that the office signed, and witnesses may "
    "have signed too. The command \"regmark evidence verify FILE --key KEY\" checks all of it with "
    "the office's public key, which it publishes, and nothing else.";

std::string or_dash(const std::string& text) {
  return text.empty() ? "-" : text;
}

Table asked(const Contents& contents) {
  const auto& permit = contents.receipt.permit();
  const auto& purpose = permit.purpose();
  const auto& scope = permit.scope();
  std::string cameras;
  for (const auto& camera : scope.cameras) cameras += (cameras.empty() ? "" : ", ") + camera.text();
  Table table{"Who asked, and what for",
              {"item", "as recorded"},
              {{"record in the log", std::to_string(contents.receipt.number())},
               {"person", permit.person().id.text()},
               {"organisation", permit.person().organisation.text()},
               {"role", std::string(access::name(permit.role()))},
               {"category", purpose.category},
               {"reason", purpose.reason},
               {"reference", purpose.reference},
               {"for whom", purpose.for_whom},
               {"permitted at", format_utc(permit.valid_from())},
               {"policy", permit.policy_version()},
               {"plate asked for", or_dash(scope.plate)},
               {"cameras asked for", cameras.empty() ? "any" : cameras}}};
  if (permit.authority()) table.rows.push_back({"by authority", permit.authority()->text()});
  if (scope.area) {
    table.rows.push_back(
        {"area asked for", fmt::format("{:.0f} m around {:.6f}, {:.6f}", scope.area->radius_m,
                                       scope.area->centre.latitude, scope.area->centre.longitude)});
  }
  table.rows.push_back({"from", format_utc(scope.window->from)});
  table.rows.push_back({"until", format_utc(scope.window->until)});
  return table;
}

std::string marks(const plate::Read& read) {
  std::string marks;
  const auto add = [&](std::string_view mark) {
    marks.append(marks.empty() ? "" : ", ").append(mark);
  };
  if (read.skewed) add("clock out of bounds");
  if (read.late) add("arrived late");
  if (read.phase == plate::Phase::provisional) add("provisional");
  if (read.supersedes) add("corrects another read");
  return or_dash(marks);
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
                            entry.words, test.by.text()});
    }
    if (camera.clock_tests.empty()) {
      table.rows.push_back({camera.about.about.id.text(), "-", "none on record", "-", "-", "-"});
    }
  }
  return table;
}

template <typename Place>
void add_grounds(Table& table, const Place& place) {
  const auto time = [](const auto& at) { return at ? format_utc(*at) : std::string("-"); };
  table.rows.push_back({"category", place.about.grounds.category});
  table.rows.push_back({"need", place.about.grounds.need});
  table.rows.push_back({"next review by", base::format_day(place.about.grounds.review)});
  table.rows.push_back({"proposed by", place.author.text()});
  table.rows.push_back({"approved by", place.approver ? place.approver->text() : "-"});
  table.rows.push_back({"live from", time(place.live_from)});
  table.rows.push_back({"stopped", time(place.stopped_at)});
}

Table camera(const Camera& camera) {
  const auto& about = camera.about.about;
  Table table{"Camera " + about.id.text(), {"item", "as recorded"}, {{"name", about.name}}};
  if (camera.site) {
    const auto& at = camera.site->about.position;
    table.rows.push_back({"site", camera.site->about.id.text() + ", " + camera.site->about.name});
    table.rows.push_back({"position", fmt::format("{:.6f}, {:.6f}", at.latitude, at.longitude)});
    add_grounds(table, *camera.site);
  }
  if (camera.deployment) {
    const auto& of = camera.deployment->about;
    table.rows.push_back({"deployment", of.id.text() + ", " + of.name});
    table.rows.push_back({"deployed", format_utc(of.from) + " until " + format_utc(of.until)});
    add_grounds(table, *camera.deployment);
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
  blocks.emplace_back(Heading{2, "What was found"});
  blocks.emplace_back(reads(contents));
  blocks.emplace_back(clocks(contents));
  blocks.emplace_back(clock_tests(contents));
  blocks.emplace_back(Heading{2, "Why these cameras stood there"});
  for (const auto& each : contents.cameras) blocks.emplace_back(camera(each));
  blocks.emplace_back(Heading{2, "Pictures"});
  add_pictures(contents, document);
  blocks.emplace_back(Heading{2, "How to check this"});
  blocks.emplace_back(Paragraph{std::string(how_to_check)});
  return document;
}

}  // namespace regmark::evidence::internal
