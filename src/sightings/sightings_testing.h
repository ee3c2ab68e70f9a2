// What tests of the store share: reads made up from a seed, receipts, and a slow honest twin. Never
// included by a program of the office.
#pragma once

#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit_testing.h"
#include "base/check.h"
#include "base/files_testing.h"
#include "base/time_testing.h"
#include "estate/estate_testing.h"
#include "sightings/store.h"

namespace regmark::sightings {

// Receipts without a log, for programs that are killed or measured.
class UnloggedReceipts : public audit::Log {
 public:
  static audit::Receipt of(access::Act act, access::Scope scope, base::UtcTime now) {
    access::Request request{
        .person = access::test_person("person-test", {access::Role::investigator}),
        .act = act,
        .purpose = access::test_purpose(),
        .scope = std::move(scope),
        .now = now};
    request.held_for = {request.purpose.reference, request.person.organisation};
    return make(next_number(),
                access::permit_or_stop(access::decide(access::wide_policy(), request)));
  }
  static audit::MachineReceipt of(audit::MachineVerb verb) { return make(next_number(), verb); }

 private:
  static std::uint64_t next_number() {
    static std::atomic<std::uint64_t> next{1};
    return next++;
  }
};

inline base::CameraId test_camera(std::size_t number) {
  return base::CameraId::parse("cam-" + std::to_string(number)).value();
}

// Makes up reads that a store gives back as they were: no part is finer than it keeps.
class ReadMaker {
 public:
  explicit ReadMaker(std::uint64_t seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

  // Few different characters, so that patterns meet several plates.
  std::string plate_text() {
    static constexpr std::string_view characters = "AB12X";
    std::string text;
    const auto size = 1 + below(one_in(4) ? plate::length_max : 4);
    for (std::uint64_t at = 0; at < size; ++at) text += characters[below(characters.size())];
    return text;
  }

  // With hardly more than it must have.
  plate::Read plain(std::string_view camera, std::string_view plate, base::UtcTime observed,
                    const std::string& event) {
    const auto id = base::CameraId::parse(camera).value();
    return {.id = plate::ReadId::of(id, event),
            .camera = id,
            .source_event = event,
            .raw_text = std::string(plate),
            .plate = plate::Plate::parse(plate).value(),
            .score = score(),
            .observed = observed,
            .sent = observed + std::chrono::milliseconds{below(900)},
            .received = std::chrono::floor<std::chrono::milliseconds>(observed) +
                        std::chrono::milliseconds{below(2'000)}};
  }

  // With any of what it may have.
  plate::Read any(std::string_view camera, std::string_view plate, base::UtcTime observed,
                  const std::string& event) {
    auto read = plain(camera, plate, observed, event);
    const std::string text(plate);
    if (one_in(3))
      read.raw_text = text.substr(0, text.size() / 2) + " " + text.substr(text.size() / 2);
    if (one_in(9)) read.raw_text = "?" + text;
    for (auto left = below(plate::alternatives_max + 1); left > 0; --left) {
      auto other = text;
      if (one_in(4)) other += "9";
      other[below(other.size())] = 'Q';
      read.alternatives.push_back({other, score()});
    }
    if (one_in(2)) {
      for (std::size_t at = 0; at < text.size(); ++at) {
        read.character_scores.push_back(
            static_cast<std::uint8_t>(100 - below(one_in(5) ? 101 : 9)));
      }
    }
    if (!one_in(3)) read.country = one_in(5) ? "DE" : "GB";
    read.observed_by = static_cast<plate::TimeSource>(below(3));
    if (one_in(3)) read.sent += std::chrono::microseconds{below(1'000)};
    read.skewed = one_in(20);
    read.late = one_in(10);
    add_place(read);
    read.direction = static_cast<plate::Direction>(below(3));
    if (one_in(2)) read.lane = static_cast<std::uint8_t>(below(6));
    if (one_in(3)) read.corners = corners();
    if (one_in(2)) read.vehicle_class = {"car", score()};
    if (one_in(2)) read.make = {one_in(2) ? "FORD" : "SKODA", score()};
    if (one_in(2)) read.colour = {one_in(2) ? "blue" : "red", score()};
    if (one_in(2)) read.reader_version = "reader-" + std::to_string(below(3));
    read.phase = one_in(6) ? plate::Phase::provisional : plate::Phase::final;
    if (one_in(9)) read.supersedes = plate::ReadId::of(read.camera, "earlier");
    return read;
  }

  // A picture as cameras send them, as far as a store can tell.
  Picture picture(plate::PictureKind kind, std::size_t size_max = 2'000) {
    base::Bytes jpeg = {0xff, 0xd8, 0xff};
    for (auto left = below(size_max); left > 0; --left) {
      jpeg.push_back(static_cast<std::uint8_t>(random_()));
    }
    return {kind, std::move(jpeg)};
  }

  std::string uuid() {
    auto text = plate::ReadId::of(test_camera(1), std::to_string(random_())).text();
    for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
    return text;
  }

 private:
  float score() { return static_cast<float>(below(201)) / 200.0F; }

  void add_place(plate::Read& read) {
    if (one_in(3)) return;
    if (one_in(2)) {
      // A site's own, to the last bit.
      read.position = base::Position{51.0 + 0.1 * static_cast<double>(below(3)), -0.123456789012};
      if (one_in(2)) read.heading = 181.337F;
      return;
    }
    read.position_by = plate::PositionSource::camera;
    read.position = base::Position{static_cast<double>(510'000'000 + below(2'000'000)) / 1e7,
                                   static_cast<double>(below(1'000'000)) / 1e7};
    if (one_in(2)) {
      read.heading = static_cast<float>(static_cast<double>(below(36'000)) / 100.0);
    }
  }

  std::array<plate::Point, 4> corners() {
    std::array<plate::Point, 4> four;
    for (auto& corner : four) {
      corner.x = static_cast<float>(static_cast<double>(below(8'000)) / 4.0);
      corner.y = static_cast<float>(static_cast<double>(below(4'000)) / 4.0);
    }
    return four;
  }

  std::mt19937_64 random_;
};

// A sighting whose read names the pictures it brings.
inline NewSighting with_pictures(plate::Read read, std::vector<Picture> pictures) {
  for (const auto& picture : pictures) {
    read.pictures.push_back({picture.kind, base::sha256(picture.jpeg),
                             static_cast<std::uint32_t>(picture.jpeg.size())});
  }
  return {std::move(read), std::move(pictures)};
}

// Keeps some sightings of any cameras, each covered since 2000, and gives an answer for each in
// order.
inline Result<std::vector<Kept>> append_all(Store& store,
                                            const std::vector<NewSighting>& sightings) {
  std::vector<estate::Justification> justifications;
  for (const auto& sighting : sightings) {
    justifications.push_back(
        estate::TestJustifications::fixed(sighting.read.camera.text(), "1900-01-01T00:00:00Z"));
  }
  std::vector<CameraBatch> batches;
  for (std::size_t at = 0; at < sightings.size(); ++at) {
    batches.push_back({justifications[at], std::span(sightings).subspan(at, 1)});
  }
  return store.append(batches);
}

// All pages of a question, each under a receipt of its own, as the office asks them.
inline std::vector<plate::Read> find_all(const Store& store, audit::TestLog& log, Query query,
                                         const access::Scope& scope = {}) {
  std::vector<plate::Read> reads;
  do {
    // What is held is asked for under an act of its own.
    const auto act = scope.subject.empty() ? access::Act::search_sightings : access::Act::read_held;
    auto held_scope = scope;
    if (held_scope.rows_max == 0) held_scope.rows_max = 1'000'000;
    auto page = store.find(log.receipt_for(act, held_scope), query);
    REGMARK_CHECK(page.has_value());
    REGMARK_CHECK(page->reads.size() <= query.rows);
    for (auto& read : page->reads) reads.push_back(std::move(read));
    query.after = page->next;
  } while (!query.after.empty());
  return reads;
}

// The same store, as slow and plain as can be: what it finds is right by looking at it.
class SlowTwin {
 public:
  explicit SlowTwin(const base::Clock& clock, std::chrono::days kept = std::chrono::days{365})
      : clock_(clock), kept_(kept) {}

  Kept append(const plate::Read& read) {
    if (is_over(base::day_of(read.observed))) return Kept::too_old;
    const auto known = reads_.find(read.id);
    if (known != reads_.end() && !is_dropped(known->second)) {
      return same(read, known->second) ? Kept::duplicate : Kept::conflict;
    }
    reads_.erase(read.id);
    reads_.emplace(read.id, read);
    return Kept::stored;
  }
  void drop(base::UtcDay day) { dropped_.insert(day); }

  // The ids of what a query finds under a permit.
  std::set<plate::ReadId> find(const Query& query, const access::Scope& scope) const {
    std::set<plate::ReadId> found;
    for (const auto& [id, read] : reads_) {
      if (!is_over(base::day_of(read.observed)) &&
          fits(read, query.plate, query.cameras, query.area, query.window) &&
          fits(read, scope.plate, scope.cameras, scope.area, scope.window)) {
        found.insert(id);
      }
    }
    return found;
  }
  const plate::Read& read(const plate::ReadId& id) const { return reads_.at(id); }
  // Those not dropped, past retention or not.
  std::size_t size() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        reads_, [&](const auto& entry) { return !is_dropped(entry.second); }));
  }

 private:
  static bool matches(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern[0] == '*') {
      return matches(pattern.substr(1), text) ||
             (!text.empty() && matches(pattern, text.substr(1)));
    }
    return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
           matches(pattern.substr(1), text.substr(1));
  }
  static bool fits(const plate::Read& read, const std::string& pattern,
                   const std::vector<base::CameraId>& cameras,
                   const std::optional<base::Area>& area,
                   const std::optional<access::Window>& window) {
    if (!pattern.empty() && !matches(pattern, read.plate.text())) return false;
    if (!cameras.empty() && std::ranges::find(cameras, read.camera) == cameras.end()) return false;
    if (area && (!read.position || !area->contains(*read.position))) return false;
    return !window || (read.observed >= window->from && read.observed < window->until);
  }
  bool is_dropped(const plate::Read& read) const {
    return dropped_.contains(base::day_of(read.observed));
  }
  bool is_over(base::UtcDay day) const {
    return dropped_.contains(day) || day < base::day_of(clock_.now()) - kept_;
  }
  // All that a camera says; not how and when it came to us, nor where we think its site is.
  static bool same(const plate::Read& a, const plate::Read& b) {
    const auto said = [](const plate::Read& read) {
      return std::tie(read.source_event, read.raw_text, read.plate, read.score, read.alternatives,
                      read.character_scores, read.country, read.observed, read.observed_by,
                      read.position_by, read.direction, read.lane, read.corners, read.vehicle_class,
                      read.make, read.colour, read.pictures, read.reader_version, read.phase,
                      read.supersedes);
    };
    const bool moves = a.position_by == plate::PositionSource::camera;
    return said(a) == said(b) && (!moves || (a.position == b.position && a.heading == b.heading));
  }

  const base::Clock& clock_;
  const std::chrono::days kept_;
  std::map<plate::ReadId, plate::Read> reads_;
  std::set<base::UtcDay> dropped_;
};

// Whether two reads are the same in every part.
inline bool equal(const plate::Read& a, const plate::Read& b) {
  const auto all = [](const plate::Read& read) {
    return std::tie(read.id, read.camera, read.source_event, read.raw_text, read.plate, read.score,
                    read.alternatives, read.character_scores, read.country, read.observed,
                    read.observed_by, read.sent, read.received, read.skewed, read.late,
                    read.position, read.position_by, read.heading, read.direction, read.lane,
                    read.corners, read.vehicle_class, read.make, read.colour, read.pictures,
                    read.reader_version, read.phase, read.supersedes);
  };
  return all(a) == all(b);
}

}  // namespace regmark::sightings
