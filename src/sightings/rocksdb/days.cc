// What is kept of each day, told in counts.
#include <algorithm>
#include <map>
#include <utility>

#include "sightings/rocksdb/held.h"
#include "sightings/rocksdb/rocks_store.h"

namespace regmark::sightings::rocks {
namespace {

using Stage = SliceRecord::Stage;

Keeping state_of(const SliceRecord& record) {
  if (record.stage == Stage::gone) return Keeping::gone;
  if (!record.readable()) return Keeping::dropping;
  return record.list == 0 ? Keeping::open : Keeping::sealed;
}

Keeping pictures_state_of(const SliceRecord& record) {
  switch (record.stage) {
    case Stage::whole:
      return record.without_pictures ? Keeping::gone : state_of(record);
    case Stage::pictures_marked:
    case Stage::pictures_copied:
      return Keeping::dropping;
    case Stage::pictures_gone:
      return Keeping::gone;
    case Stage::marked:
    case Stage::copied:
      return record.without_pictures ? Keeping::gone : Keeping::dropping;
    case Stage::gone:
      break;
  }
  return Keeping::gone;
}

// Of a slice that stands, what is marked; of one that is gone, what was copied out.
Result<std::vector<HeldInDay>> held_in(const Contents& contents, DayNumber day,
                                       const SliceRecord& record, const HeldCounts& copies) {
  std::map<base::HoldId, std::uint64_t> counts;
  if (record.readable()) {
    REGMARK_ASSIGN(const auto marks, marks_of(contents.engine(), day));
    for (const auto& mark : marks) ++counts[mark.hold];
  } else if (const auto known = copies.find(day); known != copies.end()) {
    counts = known->second;
  }
  std::vector<HeldInDay> held;
  for (const auto& [hold, reads] : counts) held.push_back({hold, reads});
  return held;
}

// Short slices have lower numbers than days, and go round. Of those that are gone, a day's are one.
void put_in_order(std::vector<DayInfo>& days) {
  const auto from = [](const DayInfo& info) {
    return info.span ? info.span->from : base::UtcTime{info.day};
  };
  // A day stands before its parts.
  std::ranges::sort(days, [&](const DayInfo& a, const DayInfo& b) {
    return std::pair(from(a), a.span.has_value()) < std::pair(from(b), b.span.has_value());
  });
  std::vector<DayInfo> joined;
  std::optional<std::size_t> gone;  // the place of the last
  for (auto& info : days) {
    const bool is_gone = info.span && info.state == Keeping::gone;
    if (is_gone && gone && joined[*gone].day == info.day) {
      auto& whole = joined[*gone];
      whole.span->until = info.span->until;
      whole.reads += info.reads;
      whole.pictures += info.pictures;
      continue;
    }
    if (is_gone) gone = joined.size();
    joined.push_back(std::move(info));
  }
  days = std::move(joined);
}

// Each copy to the part of the day that it is from.
void add_held(const std::vector<Mark>& copies, std::vector<DayInfo>& days) {
  std::map<std::size_t, std::map<base::HoldId, std::uint64_t>> counts;
  for (const auto& copy : copies) {
    for (std::size_t at = 0; at < days.size(); ++at) {
      const auto& span = days[at].span;
      if (!span || copy.pass.observed < span->from || copy.pass.observed >= span->until) continue;
      ++counts[at][copy.hold];
      break;
    }
  }
  for (const auto& [at, holds] : counts) {
    for (const auto& [hold, reads] : holds) days[at].held.push_back({hold, reads});
  }
}

}  // namespace

Result<std::vector<DayInfo>> RocksStore::days(const audit::Receipt& receipt) const {
  REGMARK_TRY(audit::check_open(receipt, access::Act::read_days, clock_.now()));
  REGMARK_ASSIGN(const auto contents, use());
  REGMARK_ASSIGN(const auto copies, held_by_day(contents->engine()));
  std::vector<DayInfo> days;
  for (const auto& [number, record] : contents->records()) {
    const auto name = slice_name(number, record);
    DayInfo info{.day = record.span ? base::day_of(record.span->from) : day_of(number),
                 .span = record.span,
                 .state = state_of(record),
                 .pictures_state = pictures_state_of(record),
                 .reads = record.reads,
                 .pictures = record.pictures,
                 .pictures_bytes = contents->packs().bytes(name)};
    if (record.stage != Stage::gone) {
      info.rows_bytes = contents->engine().bytes_of_day(number);
      std::error_code unknown;
      const auto list =
          std::filesystem::file_size(contents->list_path(number, record.list), unknown);
      if (!unknown && !record.span) info.rows_bytes += list;
    }
    for (const auto& key : {rows_key_name(name), pictures_key_name(name)}) {
      info.keys += contents->keys().has(key) ? 1 : 0;
    }
    REGMARK_ASSIGN(info.held, held_in(*contents, number, record, copies));
    days.push_back(std::move(info));
  }
  put_in_order(days);
  REGMARK_ASSIGN(const auto of_short, held_of_short(contents->engine()));
  add_held(of_short, days);
  return days;
}

}  // namespace regmark::sightings::rocks

namespace regmark::sightings {

std::string_view name(Keeping keeping) {
  switch (keeping) {
    case Keeping::open:
      return "open";
    case Keeping::sealed:
      return "sealed";
    case Keeping::dropping:
      return "dropping";
    case Keeping::gone:
      return "gone";
  }
  return "";
}

}  // namespace regmark::sightings
