// How each camera has been reading, hour by hour, and which hours are unlike its usual ones: a
// camera out of focus, knocked round, dirty, or dead. Counts alone: no plate, no vehicle.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <span>
#include <string_view>
#include <vector>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "drift/samples.h"
#include "estate/estate.h"
#include "plate/read.h"
#include "records/database.h"

namespace regmark::drift {

enum class Sign : std::uint8_t { few_reads, many_reads, low_scores, odd_plates };
std::string_view name(Sign sign);  // "few_reads", ...

// What one camera read in one hour of the time observed.
struct Hour {
  std::uint64_t reads = 0;
  std::uint64_t odd = 0;  // whose plate fits nothing that the United Kingdom issues
  double scores = 0;      // their sum
  friend bool operator==(const Hour&, const Hour&) = default;
};

// A figure of an hour that left its usual range.
struct Departure {
  Sign sign;
  double found = 0;  // reads an hour, mean score or share of odd plates
  double least = 0, most = 0;
};

struct Alarm {
  base::CameraId camera;
  base::UtcTime hour;  // its beginning
  Departure departure;
};

// An hour is compared with the same hour of the week in so many weeks before it: traffic is as
// regular as people's work. The figures from here on are ours, chosen so that a fault is seen
// within the hour and a bank holiday is the commonest false alarm.
inline constexpr int weeks_compared = 6;
inline constexpr std::size_t hours_least = 3;     // with fewer to compare with, nothing is said
inline constexpr std::uint64_t reads_least = 20;  // fewer say nothing of scores and plates
inline constexpr std::chrono::minutes hour_closes_after{15};  // for what its camera still sends
inline constexpr std::chrono::days alarms_kept{400};          // one review to the next, and more

// Each figure may lie four times the usual spread (median absolute deviation, scaled to a standard
// one) from the median, and at least so far that chance alone does not leave it.
std::vector<Departure> departures_of(const Hour& found, std::span<const Hour> usual);

// May be used from many threads at once. The database, the estate and the clock outlive it.
class Drift {
 public:
  static std::span<const records::Migration> migrations();
  Drift(records::Database& database, const estate::Estate& estate, const base::Clock& clock);

  // Counts reads that were taken, of one camera. In memory: after a crash its hour is not judged,
  // and nothing of it is drawn.
  void note(const base::CameraId& camera, std::span<const plate::Read* const> reads);
  // Draws one of a camera's hour, for a person to check it: of those that were noted and kept.
  void draw(const base::CameraId& camera, std::span<const plate::Read* const> kept);
  // Nobody checks these any more: they were erased. Wants MachineVerb::drop. Fails with
  //   unavailable   the records are away: nothing was forgotten but what is in memory
  Result<void> forget(const audit::MachineReceipt& receipt, std::span<const plate::ReadId> reads);

  // Writes down the hours that are over and judges them; also those of live cameras that were
  // silent. Hours in which the office did not run from their beginning are left out. Fails with
  //   unavailable   the records are away: tried again next time
  Result<void> close_hours();

  // Newest first, at most `count`. Wants a receipt for read_estate. Fails with
  //   invalid_input   another receipt
  Result<std::vector<Alarm>> alarms(const audit::Receipt& receipt, std::size_t count) const;
  // In how many hours each of these cameras departed from its usual, from the first day up to, and
  // without, the last; in their order. Wants a receipt for read_estate. Fails with
  //   invalid_input   another receipt
  Result<std::vector<std::uint64_t>> unusual_hours(const audit::Receipt& receipt,
                                                   std::span<const base::CameraId> cameras,
                                                   base::UtcDay from, base::UtcDay until) const;
  // How many reads the cameras of a place had together, and in how many hours, since then; every
  // camera's hour counts by itself. Wants a receipt for read_estate. Fails as alarms() does.
  struct Counted {
    std::uint64_t reads = 0;
    std::uint64_t hours = 0;
  };
  Result<Counted> counted(const audit::Receipt& receipt, std::span<const base::CameraId> cameras,
                          base::UtcTime since) const;
  // How many cameras had any in the 24 hours that were closed last.
  Result<std::uint64_t> cameras_alarmed() const;

 private:
  using Cameras = std::map<base::CameraId, Hour>;
  struct Draw {
    std::uint64_t count = 0;  // from which it was drawn
    std::optional<Drawn> drawn{};
  };
  struct Open {
    Cameras cameras{};
    std::map<base::CameraId, Draw> draws{};
  };

  void draw_one(Open& open, const plate::Read& read);
  Result<void> close(base::UtcTime hour);
  Result<void> write(records::Transaction& transaction, base::UtcTime hour,
                     const Cameras& found) const;

  records::Database& database_;
  const estate::Estate& estate_;
  const base::Clock& clock_;
  std::mutex closing_;  // taken before mutex_: what is being written down cannot be forgotten
  std::mutex mutex_;
  std::mt19937_64 random_;              // under mutex_
  std::map<base::UtcTime, Open> open_;  // by hour; under mutex_
  base::UtcTime next_to_close_;         // under mutex_; hours before it are not counted any more
};

}  // namespace regmark::drift
