#include "cli/demo/force_traffic.h"

#include <array>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace regmark::cli {
namespace {

using nlohmann::json;
using std::chrono::minutes;

constexpr std::size_t usual_vehicles = 300;
constexpr std::size_t wanted_vehicles = 12;
constexpr int reads_each = 60;  // of a camera
constexpr minutes between_reads{15};
constexpr std::uint32_t wanted_each = 2;
constexpr std::size_t alerts_most = 100;

// In turn, most are found.
constexpr std::array<std::string_view, 8> outcomes{"stopped",   "stopped",         "stopped",
                                                   "not_found", "observed",        "stopped",
                                                   "rejected",  "already_resolved"};

json read_of(const std::string& event, const std::string& plate, base::UtcTime observed,
             base::UtcTime now) {
  return {{"source_event", event},
          {"plate", plate},
          {"score", 0.96},
          {"country", "GB"},
          {"observed", base::format_utc(observed)},
          {"sent", base::format_utc(now)},
          {"reader", "made up 1"}};
}

Result<void> work(const Client& on_duty, const std::string& me, const std::string& alert,
                  std::string_view outcome) {
  const auto path = "/v1/alerts/" + alert + "/";
  if (outcome == "rejected") {
    REGMARK_TRY(on_duty.post(path + "reject", {{"note", "The picture shows another plate."}}));
    return {};
  }
  REGMARK_TRY(on_duty.post(path + "confirm", {{"note", "The plate is clear."}}));
  REGMARK_TRY(on_duty.post(path + "assign", {{"to", me}}));
  REGMARK_TRY(on_duty.post(path + "act", json::object()));
  REGMARK_TRY(on_duty.post(path + "outcome", {{"code", outcome}, {"note", "Made up."}}));
  return {};
}

}  // namespace

ForceTraffic::ForceTraffic(const std::string& picture, std::uint32_t seed)
    : picture_(picture.empty() ? "" : base::to_base64(base::as_bytes(picture))), random_(seed) {
  for (std::size_t at = 0; at < usual_vehicles; ++at) usual_.push_back(new_plate());
  for (std::size_t at = 0; at < wanted_vehicles; ++at) wanted_.push_back(new_plate());
}

std::string ForceTraffic::new_plate() {
  static constexpr std::string_view letters = "ABCDEFGHJKLMNOPRSTUVWXY";
  std::string plate;
  const auto letter = [&] { plate += letters[below(static_cast<std::uint32_t>(letters.size()))]; };
  letter();
  letter();
  const auto year = 51 + below(24);
  plate += std::to_string(year);
  letter();
  letter();
  letter();
  return plate;
}

Result<void> ForceTraffic::make_list(const Client& owner, base::UtcDay today) const {
  constexpr std::chrono::days until_review{3 * 365};
  REGMARK_TRY(owner.post("/v1/watchlists", {{"id", "wanted"},
                                            {"name", "Made-up vehicles of interest"},
                                            {"level", "force"},
                                            {"purpose", "Vehicles that nobody is looking for"},
                                            {"priority", "high"},
                                            {"review", base::format_day(today + until_review)},
                                            {"age_max_hours", 7 * 24},
                                            {"alert_window_seconds", 300}}));
  return {};
}

// The usual ones over the last hours; those that are wanted just now, or nobody could act on them.
std::string ForceTraffic::batch(const std::string& camera, base::UtcTime now) {
  std::string lines;
  const auto prefix = camera + " " + base::format_utc(now) + " ";
  for (int number = 0; number < reads_each; ++number) {
    const auto& plate = usual_.at(below(static_cast<std::uint32_t>(usual_.size())));
    const auto observed = now - number * between_reads - std::chrono::seconds(below(600));
    lines += read_of(prefix + std::to_string(number), plate, observed, now).dump() + "\n";
  }
  const auto first = below(static_cast<std::uint32_t>(wanted_.size()));
  for (std::uint32_t number = 0; number < wanted_each; ++number) {
    const auto& plate = wanted_.at((first + number) % wanted_.size());
    auto read = read_of(prefix + "w" + std::to_string(number), plate, now, now);
    if (!picture_.empty()) {
      const json picture{{"kind", "overview"}, {"base64", picture_}};
      read["pictures"] = json::array({picture});
    }
    lines += read.dump() + "\n";
  }
  return lines;
}

Result<std::size_t> ForceTraffic::work_alerts(const Client& on_duty, base::UtcTime now) const {
  REGMARK_ASSIGN(const auto session, on_duty.get("/v1/session"));
  const auto me = session.at("person").value("id", std::string());
  REGMARK_ASSIGN(const auto found, on_duty.get("/v1/alerts?count=" + std::to_string(alerts_most)));
  const auto earliest = base::format_utc(now - std::chrono::hours{1});
  std::size_t count = 0;
  for (const auto& alert : found.at("alerts")) {
    // Those of another evening are nobody's any more.
    if (alert.at("read").value("observed", std::string()) < earliest) continue;
    const auto outcome = outcomes.at(count++ % outcomes.size());
    if (picture_.empty()) continue;
    REGMARK_TRY(work(on_duty, me, alert.value("id", std::string()), outcome));
  }
  return count;
}

Result<void> ForceTraffic::search(const Client& investigator, base::UtcTime now) const {
  for (const auto& plate : {wanted_.front(), wanted_.back()}) {
    REGMARK_TRY(investigator.post("/v1/searches",
                                  {{"purpose",
                                    {{"category", "serious"},
                                     {"reason", "Made up: where was a vehicle of the list seen?"},
                                     {"reference", "MADE/1/26"},
                                     {"for_whom", "Made-up investigation team"}}},
                                   {"plate", plate},
                                   {"from", base::format_utc(now - std::chrono::days{1})},
                                   {"until", base::format_utc(now + minutes{1})},
                                   {"rows", 100}}));
  }
  return {};
}

Result<std::size_t> ForceTraffic::pass(const OnDuty& people, const CameraTokens& cameras,
                                       base::UtcTime now) {
  static constexpr std::array<std::string_view, 4> reasons{"STOLEN", "STOLEN", "STOLEN",
                                                           "MISSING PERSON"};
  std::string csv = "vrm,action,reason\n";
  for (std::size_t at = 0; at < wanted_.size(); ++at) {
    csv += wanted_[at] + ",STOP," + std::string(reasons.at(at % reasons.size())) + "\n";
  }
  REGMARK_TRY(people.list_owner.put("/v1/watchlists/wanted/entries", "text/csv", csv));
  for (const auto& [camera, token] : cameras) {
    const Client sender(people.list_owner.office(), token);
    const auto sent = sender.post_file("/v1/reads", "application/x-ndjson", batch(camera, now));
    // It was stopped, or lapsed: what it sends is not kept.
    if (!sent && sent.error().code != ErrorCode::conflict) return tl::unexpected(sent.error());
  }
  REGMARK_ASSIGN(const auto alerts, work_alerts(people.control_operator, now));
  REGMARK_TRY(search(people.investigator, now));
  return alerts;
}

}  // namespace regmark::cli
