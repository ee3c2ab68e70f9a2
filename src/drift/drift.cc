#include "drift/drift.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/crypto.h"
#include "plate/layout.h"

namespace regmark::drift {
namespace {

using std::chrono::hours;

constexpr records::Migration steps[] = {{"drift/001", R"sql(
CREATE TABLE camera_hours (
  camera TEXT NOT NULL,
  hour   INTEGER NOT NULL,
  reads  INTEGER NOT NULL,
  odd    INTEGER NOT NULL,
  scores REAL NOT NULL,
  PRIMARY KEY (hour, camera)
) STRICT, WITHOUT ROWID;
CREATE TABLE drift_alarms (
  camera TEXT NOT NULL,
  hour   INTEGER NOT NULL,
  sign   INTEGER NOT NULL,
  found  REAL NOT NULL,
  least  REAL NOT NULL,
  most   REAL NOT NULL,
  PRIMARY KEY (hour, camera, sign)
) STRICT, WITHOUT ROWID;
)sql"},
                                        {"drift/002", R"sql(
CREATE TABLE samples (
  read     TEXT PRIMARY KEY,
  camera   TEXT NOT NULL,
  observed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE verdicts (
  id       INTEGER PRIMARY KEY,
  camera   TEXT NOT NULL,
  observed INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  verdict  TEXT NOT NULL,
  person   TEXT NOT NULL,
  told_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX verdicts_by_time ON verdicts (observed);
)sql"},
                                        // A camera and a microsecond are a read: the hour is
                                        // enough for every figure.
                                        {"drift/003", R"sql(
UPDATE verdicts SET observed = observed - observed % 3600000000;
)sql"}};

constexpr hours week{24 * 7};
constexpr double spreads_away = 4;
constexpr double deviation_of_spread = 1.4826;  // of a normal distribution's median deviation
constexpr double score_away_least = 0.05;
constexpr double odd_away_least = 0.05;
constexpr double many_away_least = 20;

base::UtcTime hour_of(base::UtcTime time) {
  return std::chrono::floor<hours>(time);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

struct Usual {
  double middle = 0;
  double away = 0;  // as far as is still usual
};

Usual usual_of(const std::vector<double>& values) {
  const double middle = median(values);
  std::vector<double> distances;
  for (const double value : values) distances.push_back(std::abs(value - middle));
  return {middle, spreads_away * deviation_of_spread * median(std::move(distances))};
}

double mean_score(const Hour& hour) {
  return hour.scores / static_cast<double>(hour.reads);
}

double odd_share(const Hour& hour) {
  return static_cast<double>(hour.odd) / static_cast<double>(hour.reads);
}

void judge_reads(const Hour& found, std::span<const Hour> usual, std::vector<Departure>& all) {
  std::vector<double> counts;
  for (const auto& hour : usual) counts.push_back(static_cast<double>(hour.reads));
  const auto [middle, away] = usual_of(counts);
  // Cars that pass by chance: the spread of a count is its root.
  const double by_chance = spreads_away * std::sqrt(middle);
  const double least = middle - std::max(away, by_chance);
  const double most = middle + std::max({away, by_chance, many_away_least});
  const auto reads = static_cast<double>(found.reads);
  if (reads < least) all.push_back({Sign::few_reads, reads, std::max(least, 0.0), most});
  if (reads > most) all.push_back({Sign::many_reads, reads, std::max(least, 0.0), most});
}

void judge_quality(const Hour& found, std::span<const Hour> usual, std::vector<Departure>& all) {
  std::vector<double> scores;
  std::vector<double> shares;
  Hour all_hours;
  for (const auto& hour : usual) {
    if (hour.reads < reads_least) continue;
    scores.push_back(mean_score(hour));
    shares.push_back(odd_share(hour));
    all_hours.reads += hour.reads;
    all_hours.odd += hour.odd;
  }
  if (found.reads < reads_least || scores.size() < hours_least) return;
  const auto score = usual_of(scores);
  const double score_least = score.middle - std::max(score.away, score_away_least);
  if (mean_score(found) < score_least) {
    all.push_back({Sign::low_scores, mean_score(found), score_least, 1});
  }
  const auto odd = usual_of(shares);
  // By what all the hours say together: the median of a few small shares is often nought.
  const double share = odd_share(all_hours);
  const auto reads = static_cast<double>(found.reads);
  const double by_chance = spreads_away * std::sqrt(share * (1 - share) / reads) + 1 / reads;
  const double odd_most = odd.middle + std::max({odd.away, by_chance, odd_away_least});
  if (odd_share(found) > odd_most) {
    all.push_back({Sign::odd_plates, odd_share(found), 0, odd_most});
  }
}

Hour hour_in(const records::Row& row, std::size_t first) {
  return {static_cast<std::uint64_t>(row.integer(first)),
          static_cast<std::uint64_t>(row.integer(first + 1)), row.real(first + 2)};
}

// Of every camera that has any: the same hour of the weeks before, newest first.
Result<std::map<base::CameraId, std::vector<Hour>>> usual_hours(records::Transaction& transaction,
                                                                base::UtcTime hour) {
  std::map<base::CameraId, std::vector<Hour>> usual;
  for (int week_back = 1; week_back <= weeks_compared; ++week_back) {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("SELECT camera, reads, odd, scores FROM camera_hours WHERE hour = ?1",
                        {records::value_of(hour - week_back * week)}));
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto camera, base::CameraId::parse(row.text(0)));
      usual[std::move(camera)].push_back(hour_in(row, 1));
    }
  }
  return usual;
}

bool can_be_checked(const plate::Read& read) {
  return read.phase == plate::Phase::final &&
         std::ranges::any_of(read.pictures, [](const plate::PictureName& picture) {
           return picture.kind == plate::PictureKind::plate;
         });
}

// Of the cameras that were ever alarmed, those kept apart.
Result<nlohmann::json> alarmed_apart(records::Transaction& transaction,
                                     const estate::Estate& estate) {
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT DISTINCT camera FROM drift_alarms"));
  auto apart = nlohmann::json::array();
  for (const auto& row : rows) {
    REGMARK_ASSIGN(const auto camera, base::CameraId::parse(row.text(0)));
    if (estate.is_kept_apart(camera)) apart.push_back(camera.text());
  }
  return apart;
}

std::mt19937_64 seeded() {
  const auto bytes = base::random_bytes<16>();
  std::seed_seq sequence(bytes.begin(), bytes.end());
  return std::mt19937_64(sequence);
}

}  // namespace

std::string_view name(Sign sign) {
  switch (sign) {
    case Sign::few_reads:
      return "few_reads";
    case Sign::many_reads:
      return "many_reads";
    case Sign::low_scores:
      return "low_scores";
    case Sign::odd_plates:
      return "odd_plates";
  }
  return "unknown";
}

std::vector<Departure> departures_of(const Hour& found, std::span<const Hour> usual) {
  std::vector<Departure> all;
  if (usual.size() < hours_least) return all;
  judge_reads(found, usual, all);
  judge_quality(found, usual, all);
  return all;
}

std::span<const records::Migration> Drift::migrations() {
  return steps;
}

// The hour that has begun already was not seen from its beginning.
Drift::Drift(records::Database& database, const estate::Estate& estate, const base::Clock& clock)
    : database_(database),
      estate_(estate),
      clock_(clock),
      random_(seeded()),
      next_to_close_(hour_of(clock.now()) + hours(1)) {}

void Drift::note(const base::CameraId& camera, std::span<const plate::Read* const> reads) {
  // What fits no layout is told apart before anybody waits.
  std::map<base::UtcTime, Hour> found;
  for (const auto* read : reads) {
    auto& hour = found[hour_of(read->observed)];
    ++hour.reads;
    hour.odd += plate::layouts_of(read->plate).british() ? 0U : 1U;
    hour.scores += static_cast<double>(read->score);
  }
  const std::lock_guard lock(mutex_);
  const auto now = clock_.now();
  for (const auto& [hour, more] : found) {
    // What a clock ahead says, or a spool brings late, is no sign of how the camera reads now.
    if (hour < next_to_close_ || hour > now) continue;
    auto& open = open_[hour].cameras[camera];
    open.reads += more.reads;
    open.odd += more.odd;
    open.scores += more.scores;
  }
}

void Drift::draw(const base::CameraId& camera, std::span<const plate::Read* const> kept) {
  // What is kept apart is shown to nobody but who may know of it.
  if (estate_.is_kept_apart(camera)) return;
  const std::lock_guard lock(mutex_);
  for (const auto* read : kept) {
    if (!can_be_checked(*read)) continue;
    const auto hour = hour_of(read->observed);
    if (const auto open = open_.find(hour); open != open_.end()) draw_one(open->second, *read);
  }
}

// Each of those that came has had the same chance, however many come after it.
void Drift::draw_one(Open& open, const plate::Read& read) {
  auto& [count, drawn] = open.draws[read.camera];
  ++count;
  if (std::uniform_int_distribution<std::uint64_t>(1, count)(random_) == 1) {
    drawn = Drawn{read.id, read.camera, read.observed};
  }
}

Result<void> Drift::forget(const audit::MachineReceipt& receipt,
                           std::span<const plate::ReadId> reads) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  const std::set<plate::ReadId> gone(reads.begin(), reads.end());
  const std::lock_guard closing(closing_);
  {
    const std::lock_guard lock(mutex_);
    for (auto& [hour, open] : open_) {
      for (auto& [camera, draw] : open.draws) {
        if (draw.drawn && gone.contains(draw.drawn->read)) draw.drawn.reset();
      }
    }
  }
  return database_.write([&](records::Transaction& transaction) -> Result<void> {
    for (const auto& read : gone) {
      REGMARK_TRY(transaction.run("DELETE FROM samples WHERE read = ?1", {read.text()}));
    }
    return {};
  });
}

Result<void> Drift::close_hours() {
  const auto now = clock_.now();
  const std::lock_guard closing(closing_);
  while (true) {
    base::UtcTime hour;
    {
      const std::lock_guard lock(mutex_);
      hour = next_to_close_;
    }
    if (now < hour + hours(1) + hour_closes_after) return {};
    REGMARK_TRY(close(hour));
  }
}

Result<void> Drift::close(base::UtcTime hour) {
  Open found;
  {
    const std::lock_guard lock(mutex_);
    if (const auto open = open_.find(hour); open != open_.end()) found = open->second;
  }
  std::vector<Drawn> drawn;
  for (const auto& [camera, one] : found.draws) {
    if (one.drawn) drawn.push_back(*one.drawn);
  }
  REGMARK_TRY(database_.write([&](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(write(transaction, hour, found.cameras));
    return Samples::put(transaction, drawn, clock_.now());
  }));
  const std::lock_guard lock(mutex_);
  next_to_close_ = hour + hours(1);
  open_.erase(hour);
  return {};
}

Result<void> Drift::write(records::Transaction& transaction, base::UtcTime hour,
                          const Cameras& found) const {
  using records::value_of;
  REGMARK_ASSIGN(const auto usual, usual_hours(transaction, hour));
  auto judged = found;
  // A camera that says nothing at all says much, while it should collect.
  for (const auto& [camera, hours_before] : usual) {
    const auto standing = estate_.standing(camera);
    if (std::holds_alternative<estate::Justification>(standing)) judged.try_emplace(camera);
  }
  for (const auto& [camera, now] : judged) {
    REGMARK_TRY(
        transaction.run("INSERT OR REPLACE INTO camera_hours VALUES (?1, ?2, ?3, ?4, ?5)",
                        {camera.text(), value_of(hour), static_cast<std::int64_t>(now.reads),
                         static_cast<std::int64_t>(now.odd), now.scores}));
    const auto before = usual.find(camera);
    if (before == usual.end()) continue;
    for (const auto& one : departures_of(now, before->second)) {
      REGMARK_TRY(transaction.run(
          "INSERT OR REPLACE INTO drift_alarms VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
          {camera.text(), value_of(hour), std::int64_t{static_cast<std::uint8_t>(one.sign)},
           one.found, one.least, one.most}));
    }
  }
  REGMARK_TRY(transaction.run("DELETE FROM camera_hours WHERE hour < ?1",
                              {value_of(hour - weeks_compared * week)}));
  REGMARK_TRY(
      transaction.run("DELETE FROM drift_alarms WHERE hour < ?1", {value_of(hour - alarms_kept)}));
  return {};
}

Result<std::vector<Alarm>> Drift::alarms(const audit::Receipt& receipt, std::size_t count) const {
  REGMARK_TRY(audit::check_open(receipt, access::Act::read_estate, clock_.now()));
  return database_.read([&](records::Transaction& transaction) -> Result<std::vector<Alarm>> {
    // Left out before they are counted: a list cut short would tell that there was one.
    REGMARK_ASSIGN(const auto hidden, alarmed_apart(transaction, estate_));
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT camera, hour, sign, found, least, most FROM "
                                   "drift_alarms WHERE camera NOT IN "
                                   "(SELECT value FROM json_each(?2)) "
                                   "ORDER BY hour DESC, camera, sign LIMIT ?1",
                                   {static_cast<std::int64_t>(count), hidden.dump()}));
    std::vector<Alarm> alarms;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto camera, base::CameraId::parse(row.text(0)));
      alarms.push_back(
          {std::move(camera),
           row.time(1),
           {static_cast<Sign>(row.integer(2)), row.real(3), row.real(4), row.real(5)}});
    }
    return alarms;
  });
}

Result<std::vector<std::uint64_t>> Drift::unusual_hours(const audit::Receipt& receipt,
                                                        std::span<const base::CameraId> cameras,
                                                        base::UtcDay from,
                                                        base::UtcDay until) const {
  using records::value_of;
  using Counts = std::vector<std::uint64_t>;
  REGMARK_TRY(audit::check_open(receipt, access::Act::read_estate, clock_.now()));
  return database_.read([&](records::Transaction& transaction) -> Result<Counts> {
    Counts counts;
    for (const auto& camera : cameras) {
      REGMARK_ASSIGN(const auto rows,
                     transaction.run("SELECT COUNT(DISTINCT hour) FROM drift_alarms"
                                     " WHERE hour >= ?1 AND hour < ?2 AND camera = ?3",
                                     {value_of(base::UtcTime(from)), value_of(base::UtcTime(until)),
                                      camera.text()}));
      counts.push_back(static_cast<std::uint64_t>(rows.front().integer(0)));
    }
    return counts;
  });
}

Result<Drift::Counted> Drift::counted(const audit::Receipt& receipt,
                                      std::span<const base::CameraId> cameras,
                                      base::UtcTime since) const {
  REGMARK_TRY(audit::check_open(receipt, access::Act::read_estate, clock_.now()));
  return database_.read([&](records::Transaction& transaction) -> Result<Counted> {
    Counted counted;
    for (const auto& camera : cameras) {
      REGMARK_ASSIGN(const auto rows,
                     transaction.run("SELECT coalesce(sum(reads), 0), count(*) FROM camera_hours"
                                     " WHERE camera = ?1 AND hour >= ?2",
                                     {camera.text(), records::value_of(since)}));
      counted.reads += static_cast<std::uint64_t>(rows.front().integer(0));
      counted.hours += static_cast<std::uint64_t>(rows.front().integer(1));
    }
    return counted;
  });
}

Result<std::uint64_t> Drift::cameras_alarmed() const {
  return database_.read([&](records::Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT DISTINCT camera FROM drift_alarms WHERE hour > "
                                   "(SELECT MAX(hour) FROM camera_hours) - ?1",
                                   {std::int64_t{std::chrono::microseconds(hours(24)).count()}}));
    std::uint64_t count = 0;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(const auto camera, base::CameraId::parse(row.text(0)));
      if (!estate_.is_kept_apart(camera)) ++count;
    }
    return count;
  });
}

}  // namespace regmark::drift
