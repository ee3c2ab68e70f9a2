// What cameras do: a batch of one camera's reads comes in, is checked, matched, made durable, and
// only then acknowledged. The message is described in docs/formats/read.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "alerts/alerts.h"
#include "audit/log.h"
#include "base/ids.h"
#include "base/result.h"
#include "drift/drift.h"
#include "estate/estate.h"
#include "sightings/store.h"
#include "watchlist/lists.h"

namespace regmark::intake {

// Bounds of the clocks, as configuration: the national standard's figures could not be read.
struct Tolerances {
  std::chrono::seconds skew_max{30};  // received against sent
  std::chrono::minutes live_max{2};   // sent against observed: older is not live
  std::chrono::hours future_max{0};   // observed after sent, beyond skew: refused
  // Observed after our own clock, however skewed the sender's: refused. A camera that writes local
  // time as UTC is up to 14 hours ahead; a slice kept too long must be none but the next.
  std::chrono::hours ahead_max{24};
  std::chrono::hours age_max{std::chrono::days{365}};  // observed longer ago: past retention
};

// Of one camera. A busy lane sees less than one vehicle a second; at once comes what waited with a
// sender while the office was away.
struct Pace {
  double reads_per_second = 100;
  std::size_t reads_at_once = 100'000;
};

inline constexpr std::size_t batch_reads_max = 5'000;
inline constexpr std::size_t batch_size_max = std::size_t{32} << 20U;

struct RefusedRead {
  std::size_t index;
  std::string code;     // "invalid_input", "conflict", "too_old", "not_covered", ...
  std::string message;  // never holds a plate
};

struct Answer {
  std::size_t accepted = 0, duplicates = 0;
  // Of those accepted: matched, and not kept because no alert needs them and the policy says so.
  std::size_t not_kept = 0;
  std::vector<RefusedRead> refused;
  std::vector<std::string> dropped;  // names of fields we must not hold, and did not keep
};

// Why nothing of a batch was taken.
struct BatchRefused {
  enum class Why { not_justified, malformed, too_large, too_often } why;
  std::string message;  // never holds a plate
};

using Outcome = std::variant<Answer, BatchRefused>;

// What the policy lets the office do with a read that no alert needs. One that hits nothing and
// retracts an alert is needed.
enum class NonHits : std::uint8_t {
  kept,
  for_minutes,  // in a short slice; but not kept if its clock is out of bounds, for nobody knows
                // when its minutes are over
  not_kept,
};

// Counters that must balance: received = accepted + duplicates + refused. For /metrics.
// Only what was answered counts: a batch that failed as unavailable comes again.
struct Counters {
  std::uint64_t batches = 0, batches_refused = 0, received = 0, accepted = 0, duplicates = 0,
                refused = 0, hits = 0, pictures = 0, not_kept = 0;
};

// Collection is one leaf in the audit log for each camera and minute of arrival, durable before the
// first read of that minute is matched or kept; a second leaf with the counts follows when the
// minute is over. After a crash the second one may be missing. A minute's refused batches have a
// leaf too.

struct Rooms {  // all of them outlive the intake
  estate::Estate& estate;
  watchlist::Lists& lists;
  sightings::Store& store;
  alerts::Alerts& alerts;
  audit::Log& log;
  drift::Drift& drift;
  const base::Clock& clock;
};

// May be used from many threads at once: batches that come together are made durable together.
class Intake {
 public:
  static std::unique_ptr<Intake> create(const Rooms& rooms, const Tolerances& tolerances,
                                        NonHits non_hits = NonHits::kept, const Pace& pace = {});
  virtual ~Intake() = default;  // records the counts of minutes that are still open

  // `content_type` says how to read the body: application/json (one object), application/x-ndjson,
  // or multipart/form-data (a part "reads" with JSON or NDJSON, and pictures named
  // "<index>.plate" and "<index>.overview"; the index counts the reads from 0). Blocks until the
  // batch is durable. Fails with
  //   unavailable   the disk is full or away: nothing was acknowledged, send it again
  virtual Result<Outcome> accept(const base::CameraId& camera, std::string_view content_type,
                                 std::string_view body) = 0;
  virtual Counters counters() const = 0;

  // Records the counts of minutes that are over. A thread of the intake's own calls it every few
  // seconds. Fails with
  //   unavailable   the log is away: what is left is tried again next time
  virtual Result<void> close_minutes() = 0;
};

}  // namespace regmark::intake
