// Which vehicles were seen with a given one: its passings first, then what passed beside each.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "sightings/rocksdb/rocks_store.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Limits;

Result<void> check(const ConvoyQuery& query) {
  if (query.cameras_least < convoy_cameras_min || query.cameras_least > convoy_cameras_max) {
    return fail(ErrorCode::invalid_input,
                "a convoy is seen at " + std::to_string(convoy_cameras_min) + " to " +
                    std::to_string(convoy_cameras_max) + " different cameras");
  }
  if (query.apart <= std::chrono::seconds(0) || query.apart > convoy_apart_max) {
    return fail(ErrorCode::invalid_input,
                "together is 1 to " + std::to_string(convoy_apart_max.count()) + " seconds apart");
  }
  return {};
}

// Everything within these limits, or none of it.
Result<std::vector<Found>> all_within(const Contents& contents, const Limits& limits,
                                      const Oldest& oldest, std::size_t count_max,
                                      const char* too_many) {
  Finder finder(contents, limits, oldest, std::nullopt);
  REGMARK_ASSIGN(auto found, finder.look(count_max + 1));
  if (found.size() > count_max || finder.stopped_at()) {
    return fail(ErrorCode::limit_exceeded, too_many);
  }
  return found;
}

// What the given vehicle's limits leave of the time around one of its passings, for any vehicle.
Limits around(const Limits& limits, const plate::Read& passing, std::chrono::seconds apart) {
  auto beside = limits;
  beside.patterns.clear();
  beside.cameras = std::set{passing.camera};
  beside.from = std::max(limits.from, passing.observed - apart);
  beside.until = std::min(limits.until, passing.observed + apart + std::chrono::microseconds{1});
  return beside;
}

std::chrono::microseconds apart(const Meeting& meeting) {
  return std::chrono::abs(meeting.observed - meeting.given);
}

// By plate, then by the passing of the given vehicle: the nearest read of each counts.
using Meetings = std::map<std::string, std::map<Pass, Meeting>>;

void add(Meetings& meetings, const Found& passing, const plate::Read& other) {
  const Meeting meeting{other.camera, passing.row.read.observed, other.observed, other.id};
  auto& of_plate = meetings[std::string(other.plate.text())];
  const auto [at, is_new] = of_plate.emplace(passing.pass, meeting);
  if (!is_new && apart(meeting) < apart(at->second)) at->second = meeting;
}

std::vector<Companion> companions_of(Meetings meetings, std::size_t cameras_least) {
  std::vector<Companion> companions;
  for (auto& [plate, met] : meetings) {
    std::set<base::CameraId> cameras;
    for (const auto& [pass, meeting] : met) cameras.insert(meeting.camera);
    if (cameras.size() < cameras_least) continue;
    Companion companion{plate, cameras.size(), {}};
    for (auto& [pass, meeting] : met) companion.meetings.push_back(std::move(meeting));
    std::ranges::sort(companion.meetings, {}, &Meeting::given);
    companions.push_back(std::move(companion));
  }
  // The plates were in order, and stay so where all else is alike.
  std::ranges::stable_sort(companions, [](const Companion& a, const Companion& b) {
    return std::tuple(a.cameras, a.meetings.size()) > std::tuple(b.cameras, b.meetings.size());
  });
  return companions;
}

// Whole companions, the strongest first, while the permit has rows for all their meetings.
void give(std::vector<Companion> companions, std::size_t rows, Convoy& convoy) {
  for (auto& companion : companions) {
    if (convoy.left_out > 0 || companion.meetings.size() > rows) {
      ++convoy.left_out;
      continue;
    }
    rows -= companion.meetings.size();
    convoy.companions.push_back(std::move(companion));
  }
}

}  // namespace

Result<Convoy> RocksStore::convoy(const audit::Receipt& receipt, const ConvoyQuery& query) const {
  REGMARK_TRY(audit::check_open(receipt, access::Act::find_convoys, clock_.now()));
  REGMARK_TRY(check(query));
  const auto& scope = receipt.permit().scope();
  REGMARK_ASSIGN(const auto limits, internal::limits_of(scope, Query{.plate = query.plate,
                                                                     .cameras = query.cameras,
                                                                     .area = query.area,
                                                                     .window = query.window}));
  if (!limits.exact()) {
    return fail(ErrorCode::invalid_input, "a convoy is of one vehicle, named whole");
  }
  REGMARK_ASSIGN(const auto contents, use());
  REGMARK_ASSIGN(const auto passings,
                 all_within(*contents, limits, oldest(), convoy_passings_max,
                            "this vehicle passed too often: ask about less time"));
  Meetings meetings;
  auto others_left = convoy_others_max;
  for (const auto& passing : passings) {
    const auto beside = around(limits, passing.row.read, query.apart);
    REGMARK_ASSIGN(const auto others,
                   all_within(*contents, beside, oldest(), others_left,
                              "too much passed beside this vehicle: ask about less time"));
    others_left -= others.size();
    for (const auto& other : others) {
      if (other.row.read.plate != passing.row.read.plate) add(meetings, passing, other.row.read);
    }
  }
  Convoy convoy{.passings = passings.size()};
  give(companions_of(std::move(meetings), query.cameras_least), scope.rows_max, convoy);
  return convoy;
}

}  // namespace regmark::sightings::rocks
