#include "cli/hand_in.h"

#include <nlohmann/json.hpp>
#include <ostream>
#include <thread>

#include "plate/read_words.h"
#include "reading/models.h"
#include "reading/shots.h"

namespace regmark::cli {
namespace {

using nlohmann::json;

constexpr std::chrono::milliseconds full_wait{500};

std::string_view name_of(plate::TimeSource source) {
  switch (source) {
    case plate::TimeSource::explicit_offset:
      return "explicit_offset";
    case plate::TimeSource::camera_setting:
      return "camera_setting";
    case plate::TimeSource::assumed:
      return "assumed";
  }
  return "assumed";
}

}  // namespace

std::string read_json(const reading::Delivery& delivery) {
  const auto& line = delivery.line;
  const auto& reading = line.reading;
  json alternatives = json::array();
  for (const auto& other : reading.alternatives) {
    alternatives.push_back({{"plate", other.text}, {"score", other.score}});
  }
  json corners = json::array();
  for (const auto& corner : line.corners) corners.push_back({corner.x, corner.y});
  json read = {{"source_event", delivery.event},
               {"plate", reading.text},
               {"raw", reading.raw_text},
               {"score", reading.score},
               {"alternatives", std::move(alternatives)},
               {"character_scores", reading.character_scores},
               {"observed", base::format_utc(line.at)},
               {"observed_by", name_of(delivery.at_by)},
               {"corners", std::move(corners)},
               {"reader", reading::reader_version()},
               {"phase", line.phase == plate::Phase::final ? "final" : "provisional"}};
  if (!line.country.empty()) read["country"] = line.country;
  if (line.direction != plate::Direction::unknown) {
    read["direction"] = base::word(plate::direction_words, line.direction);
  }
  if (!delivery.supersedes.empty()) read["supersedes"] = delivery.supersedes;
  return read.dump();
}

HandIn::HandIn(relay::Spool& spool, relay::Sender& sender, std::ostream& err)
    : spool_(spool), sender_(sender), err_(err) {}

Result<void> HandIn::take(const reading::Delivery& delivery) {
  relay::Item item{.read = read_json(delivery), .plate_picture = {}, .overview_picture = {}};
  REGMARK_ASSIGN(item.plate_picture,
                 reading::plate_patch(delivery.frame.picture, delivery.line.corners));
  REGMARK_ASSIGN(item.overview_picture, reading::overview(delivery.frame.picture));
  while (true) {
    const auto added = spool_.add(item);
    if (added) break;
    if (added.error().code != ErrorCode::limit_exceeded || spool_.size() == 0) return added;
    if (!said_full_) err_ << "regmark: the spool is full; reading waits for the office\n";
    said_full_ = true;
    std::this_thread::sleep_for(full_wait);
  }
  said_full_ = false;
  sender_.wake();
  return {};
}

}  // namespace regmark::cli
