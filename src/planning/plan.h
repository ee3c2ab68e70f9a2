// The plan: gaps, duplication, the fewest cameras, what each adds, and how sure that is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "planning/cover.h"
#include "planning/inputs.h"
#include "planning/network.h"
#include "planning/problem.h"
#include "planning/royston.h"

namespace regmark::planning {

struct Totals {
  std::int64_t cameras = 0;
  std::int64_t new_cameras = 0;  // to be built
  std::int64_t shared = 0;       // a partner's
  std::int64_t existing = 0;     // that stay
  std::int64_t money = 0;
  std::int64_t privacy = 0;
};

// One answer to "which cameras?", with what it came to and how far it was proved.
struct Answer {
  Choice open{};
  Totals totals{};
  std::vector<Stage> stages{};  // of each objective, in their order
  bool proved() const;          // every stage
};

struct DemandStand {
  // The fewest cameras on any way, counted up to cover_max.
  unsigned now = 0;
  unsigned planned = 0;
  unsigned at_most = 0;         // with every site open
  unsigned on_fastest_now = 0;  // that already watch the fastest way
  // The fastest way that passes fewer cameras than wanted: now, and with every site open.
  std::optional<Way> gap{};
  std::optional<Way> cannot{};
};

// What is lost when this one camera goes.
struct Loss {
  std::vector<std::size_t> unmet{};    // demands that had what they want, and would not
  std::vector<std::size_t> thinner{};  // demands that keep it, but lose a camera beyond it
  std::int64_t weight = 0;             // of the unmet
};

struct SiteStand {
  bool planned = false;
  // Nothing: the time did not reach it.
  std::optional<bool> in_fewest{};
  std::optional<bool> spare{};  // existing, and may go together with all others that are spare
  // Of an existing camera among those of now; of a new one among those planned.
  Loss loss{};
  std::vector<std::size_t> serves{};  // demands whose fastest way passes it
  std::int64_t draws = 0;             // how often it was chosen when the estimates moved
};

struct PlaceStand {
  Unavoidable now{};
  Unavoidable planned{};
};

struct TradeOff {
  Totals totals{};
  bool proved = false;
};

struct Plan {
  Problem problem{};
  std::vector<unsigned> least{};  // of each demand: what was planned for, as much as can be
  std::vector<DemandStand> demands{};
  std::vector<SiteStand> sites{};
  std::vector<PlaceStand> places{};
  Answer recommended{};
  // What the cover would take when there were no caps; only where the caps do not allow it.
  std::optional<Answer> without_caps{};
  // All cameras chosen anew, as if none stood: fewest in all, then cheapest, then least intrusive.
  std::optional<Answer> fewest{};
  // Of the cameras that stand, the fewest that keep every demand what it has of what it wants: the
  // others are spare. Nothing: the time did not reach it.
  std::optional<Answer> without_spare{};
  // The cheapest plan for each privacy cost, the cheapest first.
  std::vector<TradeOff> trade_off{};
  bool trade_off_complete = false;  // each that is not worse than another is there
  std::int64_t draws = 0;           // that were made in the time
  std::int64_t draws_proved = 0;    // of them, those that were proved to be the best
  std::size_t rows = 0;
  double seconds = 0;
  std::string solver{};

  // Every demand has the cover that was asked for.
  bool meets_cover() const;
};

// What the stages of an answer stand for: objectives in their order, or "weighted".
std::vector<std::string> objective_names(const Inputs& inputs);
// The same of plan.recommended: where caps do not let all be met, "weight_met" comes first.
std::vector<std::string> objective_names(const Plan& plan, const Inputs& inputs);

// The objectives of the answers that are the same for everybody.
std::vector<std::string> fewest_names();
std::vector<std::string> without_spare_names();
// "yes" or "no", or "not reached" of what the time did not reach.
std::string_view reached(std::optional<bool> answer);

// What a reader must know of it, in sentences: what the time did not reach, what was found and not
// proved, with what is not ruled out, and what nobody gave.
std::vector<std::string> reservations(const Plan& plan, const Inputs& inputs);

// Solves until inputs.seconds have gone by, of which no part takes so much that those behind it go
// without: recommended, spare, fewest, trade-off, draws. What was not proved or not reached then is
// said, not left out in silence. Fails as lay_out() does, and with
//   invalid_input   existing cameras that must stay cost more than money_most
//   unavailable     no plan was found in that time
Result<Plan> make_plan(const Network& network, const Inputs& inputs);

}  // namespace regmark::planning
