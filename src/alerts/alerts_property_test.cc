// Whatever cameras send and people do, in whatever order, with restarts in between: alerts stay
// within their rules. The rules are checked on what the listener was told and on what is found.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "alerts/alerts_testing.h"

namespace regmark::alerts {
namespace {

using access::Act;
using std::chrono::minutes;
using std::chrono::seconds;

bool may_follow(State from, State to) {
  switch (to) {
    case State::fresh:
      return from == State::fresh;
    case State::confirmed:
      return from == State::fresh || from == State::confirmed;
    case State::rejected:
    case State::retracted:
      return from == State::fresh || from == to;
    case State::assigned:
      return from == State::confirmed || from == to;
    case State::acted:
      return from == State::confirmed || from == State::assigned || from == to;
    case State::closed:
      return !is_over(from) || from == to;
  }
  return false;
}

constexpr minutes live_max{2};

class Story {
 public:
  explicit Story(std::size_t memory_max) : alerts({.memory_max = memory_max}) {}

  void receive() {
    auto read = a_new_read();
    const auto kind = *rc::gen::inRange(0, 10);
    read.late = kind == 0;
    if (kind == 1) read.pictures.clear();
    if (kind >= 5 && !reads.empty()) {
      const auto back = *rc::gen::inRange<std::size_t>(0, std::min<std::size_t>(3, reads.size()));
      const auto earlier = reads[reads.size() - 1 - back];
      read.camera = earlier.camera;
      read.observed = earlier.observed + seconds{1};
      read.id = plate::ReadId::of(read.camera, read.source_event);
      read.supersedes = earlier.id;
      if (*rc::gen::inRange(0, 3) == 0) read.plate = earlier.plate;
    }
    reads.push_back(read);
    send(read);
  }

  void send_again() {
    if (!reads.empty()) send(*rc::gen::elementOf(reads));
  }

  // One person's step, whatever state the alert is in.
  void step() {
    if (known.empty()) return;
    const auto id = (*rc::gen::elementOf(std::vector(known.begin(), known.end()))).first;
    const auto found = alerts->find(alerts.receipt(Act::watch_alerts, id), id);
    if (!found) return;
    const auto hit = found->hit;
    // Usually the step that is due, or the story would seldom get anywhere.
    auto move = *rc::gen::inRange(0, 5);
    if (*rc::gen::inRange(0, 4) != 0) {
      move = found->state == State::fresh ? 0 : found->state == State::confirmed ? 3 : 4;
    }
    switch (move) {
      case 0:
        static_cast<void>(alerts->confirm(alerts.receipt(Act::confirm_alert, id), id, "yes"));
        break;
      case 1:
        static_cast<void>(alerts->reject(alerts.receipt(Act::reject_alert, id), id, "no"));
        break;
      case 2:
        static_cast<void>(alerts->assign(alerts.receipt(Act::assign_alert, id), id,
                                         base::PersonId::parse("person-p").value()));
        break;
      case 3:
        static_cast<void>(alerts->act(alerts.receipt(Act::act_on_alert, id), id, a_stand(hit)));
        break;
      default:
        static_cast<void>(alerts->close(
            alerts.receipt(Act::record_outcome, id), id,
            *rc::gen::elementOf(std::vector<std::string>(std::begin(outcomes), std::end(outcomes))),
            ""));
    }
  }

  // All that is durable is there afterwards, as it was.
  void restart() {
    settle_all();
    std::map<base::AlertId, Alert> before;
    for (auto& alert : alerts.latest()) before.emplace(alert.id, alert);
    alerts.reopen();
    known = before;  // counting starts again: what was provisional may rise again
    const auto after = alerts.latest();
    RC_ASSERT(after.size() == before.size());
    for (const auto& alert : after) {
      const auto& was = before.at(alert.id);
      RC_ASSERT(alert.state == was.state);
      RC_ASSERT(alert.version == was.version);
      RC_ASSERT(alert.read.id == was.read.id);
      RC_ASSERT(alert.hit.conflicts == was.hit.conflicts);
    }
  }

  void check_told() {
    for (auto& alert : alerts.take_told()) {
      RC_ASSERT(alert.live || alert.state != State::acted);
      const bool confirmed = alert.state == State::confirmed || alert.state == State::assigned ||
                             alert.state == State::acted;
      RC_ASSERT(!confirmed || (alert.confirmed_by && alert.has_picture && alert.durable));
      const auto was = known.find(alert.id);
      // What was withdrawn before it was durable may rise anew.
      const bool is_anew =
          was == known.end() || (was->second.state == State::retracted && !was->second.durable &&
                                 alert.state == State::fresh);
      if (is_anew) {
        RC_ASSERT(alert.state == State::fresh && !alert.durable);
        raised.emplace(alert.id, Raised{alert.read.observed, alert.has_picture});
      } else {
        RC_ASSERT(may_follow(was->second.state, alert.state));
        RC_ASSERT(alert.version > was->second.version);
        any_retracted = any_retracted || alert.state == State::retracted;
        any_acted = any_acted || alert.state == State::acted;
      }
      known.insert_or_assign(alert.id, alert);
    }
  }

  // At most one for a vehicle, camera and list within the window, and one more without a picture.
  void check_windows() {
    const auto all = alerts.latest();
    for (const auto& a : all) {
      for (const auto& b : all) {
        if (!(a.id < b.id) || !a.live || !b.live) continue;
        if (a.state == State::retracted || b.state == State::retracted) continue;
        if (a.read.camera != b.read.camera || a.hit.entry != b.hit.entry) continue;
        const auto& one = raised.at(a.id);
        const auto& other = raised.at(b.id);
        if (one.has_picture != other.has_picture) continue;
        RC_ASSERT(std::abs((one.observed - other.observed).count()) >=
                  std::chrono::microseconds{minutes{5}}.count());
      }
    }
  }

  void settle_all() {
    for (auto& ids : unsettled) RC_ASSERT(alerts->keep(ids).has_value());
    unsettled.clear();
    RC_ASSERT(alerts->keep({}).has_value());  // what failed batches retracted
    check_told();
  }

  TestAlerts alerts;
  std::vector<plate::Read> reads;
  std::vector<std::vector<base::AlertId>> unsettled;
  std::map<base::AlertId, Alert> known;  // as last told
  struct Raised {
    base::UtcTime observed;
    bool has_picture;
  };
  std::map<base::AlertId, Raised> raised;
  bool any_retracted = false;
  bool any_acted = false;

 private:
  plate::Read a_new_read() {
    auto read = alerts.read(*rc::gen::element<std::string>("cam-1", "cam-2"),
                            *rc::gen::element<std::string>("AB12CDE", "AB12COE", "XY12ZZZ"));
    read.observed -= seconds{60 * *rc::gen::inRange(0, 2)};
    read.source_event += "-" + std::to_string(reads.size());
    read.id = plate::ReadId::of(read.camera, read.source_event);
    return read;
  }

  // Nothing stands fresh on a read that was corrected to another plate.
  void check_corrected(const plate::Read& read) const {
    for (const auto& [id, alert] : known) {
      RC_ASSERT(read.supersedes != alert.read.id || alert.state != State::fresh ||
                alert.hit.listed_plate == read.plate);
    }
  }

  // What comes long after it was seen is late, as intake says of it.
  void send(plate::Read read) {
    read.late = read.late || alerts.clock.now() - read.observed > live_max;
    std::vector<watchlist::Hit> hits;
    const std::string plate(read.plate.text());
    if (plate != "XY12ZZZ") hits.push_back(a_hit(plate));  // that one is on no list
    auto ids = alerts->raise(read, hits);
    RC_ASSERT(alerts->raise(read, hits) == ids);
    // Raised twice, so settled twice: by batches that came at the same time.
    unsettled.push_back(ids);
    unsettled.push_back(std::move(ids));
    check_told();
    check_corrected(read);
    if (*rc::gen::arbitrary<bool>()) return;
    for (auto& batch : unsettled) {
      if (*rc::gen::weightedElement<bool>({{4, true}, {1, false}})) {
        RC_ASSERT(alerts->keep(batch).has_value());
      } else {
        alerts->forget(batch);
      }
    }
    unsettled.clear();
  }
};

RC_GTEST_PROP(AlertStory, StaysWithinItsRules, ()) {
  Story story(*rc::gen::element<std::size_t>(2, 1'000));
  const int steps = *rc::gen::inRange(10, 40);
  for (int step = 0; step < steps; ++step) {
    switch (*rc::gen::weightedElement<int>({{5, 0}, {2, 1}, {6, 2}, {3, 3}, {1, 4}})) {
      case 0:
        story.receive();
        break;
      case 1:
        story.send_again();
        break;
      case 2:
        story.step();
        break;
      case 3:
        story.alerts.clock.advance(minutes{*rc::gen::inRange(0, 4)});
        break;
      default:
        story.restart();
    }
    story.check_told();
    story.check_windows();
  }
  RC_CLASSIFY(story.any_retracted, "something was retracted");
  RC_CLASSIFY(story.any_acted, "somebody acted");
}

}  // namespace
}  // namespace regmark::alerts
