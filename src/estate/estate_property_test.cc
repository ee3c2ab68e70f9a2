// Whatever people do, in whatever order, a camera collects only where and while somebody proposed,
// somebody else approved, and nobody stopped. The slow twin here remembers every act that was taken
// and works each answer out from the beginning.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::string_view people[] = {"person-a", "person-b"};
// A short site collects so long without its impact assessment: the guidance's times, added up.
constexpr days without_impact{28 + 28};

base::UtcDay twelve_months_after(base::UtcTime time) {
  const std::chrono::year_month_day date{base::day_of(time)};
  const auto later = date + std::chrono::years{1};
  return later.ok() ? std::chrono::sys_days{later}
                    : std::chrono::sys_days{later.year() / later.month() / std::chrono::last};
}

// One place, a site or a deployment, as the twin remembers it.
struct Place {
  std::string author;
  std::vector<std::pair<base::UtcTime, base::UtcDay>> decisions;
  std::optional<base::UtcTime> from, until;  // of a deployment
  base::UtcDay review;
  std::optional<base::UtcTime> stopped;
  std::optional<base::UtcTime> impact{};

  // Past its review, ended, not yet started or without its impact assessment: not live.
  bool live_at(base::UtcTime time) const {
    bool live = false;
    for (const auto& [at, until_day] : decisions) {
      if (at <= time) live = time < until_day + days{1};
    }
    if (live && !(impact && *impact <= time)) {
      const auto began = std::max(decisions.front().first, from.value_or(decisions.front().first));
      live = time < base::day_of(began) + without_impact + days{1};
    }
    return live && (!stopped || time < *stopped) && (!from || time >= *from) &&
           (!until || time < *until);
  }
};

struct Camera {
  std::string place;
  base::UtcTime from;
  std::optional<base::UtcTime> stopped;
};

class Twin {
 public:
  bool live_at(const std::string& camera, base::UtcTime time) const {
    const auto found = cameras.find(camera);
    if (found == cameras.end()) return false;
    const auto& one = found->second;
    return time >= one.from && (!one.stopped || time < *one.stopped) &&
           places.at(one.place).live_at(time);
  }
  // The first stop or planned end that is over, when there is one.
  std::optional<base::UtcTime> ended(const std::string& camera, base::UtcTime now) const {
    const auto& one = cameras.at(camera);
    const auto& place = places.at(one.place);
    std::optional<base::UtcTime> first;
    for (const auto& end : {one.stopped, place.stopped, place.until}) {
      if (end && *end <= now && (!first || *end < *first)) first = end;
    }
    return first;
  }
  bool may_hand_in(const std::string& camera, base::UtcTime now) const {
    if (!cameras.contains(camera)) return false;
    if (live_at(camera, now)) return true;
    const auto end = ended(camera, now);
    return end && now - *end <= spool_grace && live_at(camera, *end - std::chrono::microseconds{1});
  }

  std::map<std::string, Place> places;
  std::map<std::string, Camera> cameras;
};

// Does one thing to the estate and to the twin, and says whether both think it could be done.
class Story {
 public:
  // Nothing begins before the day on which it is approved.
  bool may_begin(const Place& place) const {
    return place.from >= base::UtcTime{base::day_of(now())} - hours{2};
  }

  void propose(const std::string& place, const std::string& person) {
    const auto review = base::day_of(now()) + days{*rc::gen::inRange(1, 40)};
    const bool is_site = place.starts_with("site");
    const Grounds grounds{"thefts along this road", "local_crime", review};
    Place added{person, {}, {}, {}, review, {}};
    bool done = false;
    if (is_site) {
      auto site = estate.site(place);
      if (place == "site-2") site.position.latitude += 1;  // not counted together with the other
      site.grounds = grounds;
      done = estate->propose(estate.to_change(place, person), site).has_value();
    } else {
      auto deployment = estate.deployment(place);
      deployment.from = now() + hours{*rc::gen::inRange(-24, 48)};
      deployment.until = now() + hours{*rc::gen::inRange(49, 500)};
      deployment.grounds = grounds;
      added.from = deployment.from;
      added.until = deployment.until;
      done = estate->propose(estate.to_change(place, person), deployment).has_value();
    }
    RC_ASSERT(done == (!twin.places.contains(place) && (is_site || may_begin(added))));
    if (done) twin.places.emplace(place, added);
  }

  void approve(const std::string& place, const std::string& person) {
    const auto receipt = estate.to_approve(place, person);
    const auto answer = place.starts_with("site")
                            ? estate->approve(receipt, base::SiteId::parse(place).value())
                            : estate->approve(receipt, base::DeploymentId::parse(place).value());
    auto* known = find(place);
    const bool want = known && known->decisions.empty() && known->author != person &&
                      now() < known->review + days{1} &&
                      (!known->until || (now() < *known->until && may_begin(*known)));
    RC_ASSERT(answer.has_value() == want);
    if (want) known->decisions.emplace_back(now(), known->review);
  }

  // Another person finds a deployment needed for longer, once its impact is assessed.
  void extend(const std::string& place, const std::string& person) {
    const auto today = base::day_of(now());
    const Extension extension{
        {"still needed", "local_crime", today + days{*rc::gen::inRange(1, 40)}},
        now() + days{*rc::gen::inRange(1, 200)}};
    const auto answer = estate->review(estate.to_approve(place, person),
                                       base::DeploymentId::parse(place).value(), extension);
    auto* known = find(place);
    const bool want = known && !known->decisions.empty() && !known->stopped && known->impact &&
                      known->author != person && now() < *known->until &&
                      base::day_of(extension.until) < twelve_months_after(*known->from);
    RC_ASSERT(answer.has_value() == want);
    if (!want) return;
    known->decisions.emplace_back(now(), extension.grounds.review);
    known->until = extension.until;
  }

  void review(const std::string& place, const std::string& person) {
    if (!place.starts_with("site")) return extend(place, person);
    const Grounds grounds{"still needed", "local_crime",
                          base::day_of(now()) + days{*rc::gen::inRange(1, 40)}};
    const auto answer = estate->review(estate.to_approve(place, person),
                                       base::SiteId::parse(place).value(), grounds);
    auto* known = find(place);
    const bool want = known && !known->decisions.empty() && !known->stopped && known->impact &&
                      known->author != person &&
                      grounds.review <= twelve_months_after(known->decisions.front().first);
    RC_ASSERT(answer.has_value() == want);
    if (want) known->decisions.emplace_back(now(), grounds.review);
  }

  // With the advice on it of both who give it, and signs.
  void assess_impact(const std::string& place) {
    RC_ASSERT(estate.hand_in("a file").has_value());
    bool done = true;
    for (const auto* form : {"impact", "dpo_advice", "overt_lead_advice", "public_notice"}) {
      const auto paper = assessment::whole_paper(form);
      const auto written = place.starts_with("site")
                               ? estate.write(base::SiteId::parse(place).value(), paper)
                               : estate.write(base::DeploymentId::parse(place).value(), paper);
      done = done && written.has_value();
    }
    auto* known = find(place);
    RC_ASSERT(done == (known && !known->stopped));
    if (done && !known->impact) known->impact = now();
  }

  void stop(const std::string& place, const std::string& person) {
    const auto receipt = estate.to_change(place, person);
    const auto answer =
        place.starts_with("site")
            ? estate->stop(receipt, base::SiteId::parse(place).value(), "no longer needed")
            : estate->stop(receipt, base::DeploymentId::parse(place).value(), "no longer needed");
    auto* known = find(place);
    const bool want = known && !known->decisions.empty() && !known->stopped;
    RC_ASSERT(answer.has_value() == want);
    if (want) known->stopped = now();
  }

  void commission(const std::string& camera, const std::string& place, const std::string& person) {
    NewCamera about{base::CameraId::parse(camera).value(), "Lane", {}, {}};
    if (place.starts_with("site")) {
      about.site = base::SiteId::parse(place).value();
    } else {
      about.deployment = base::DeploymentId::parse(place).value();
    }
    const auto token = estate->commission(estate.to_change(camera, person), about);
    const auto* known = find(place);
    // Live now, or approved and only starting later.
    const bool starts = known && known->from && now() < *known->from && !known->stopped &&
                        !known->decisions.empty() && known->live_at(*known->from);
    const bool want = known && !twin.cameras.contains(camera) && (known->live_at(now()) || starts);
    RC_ASSERT(token.has_value() == want);
    if (want) twin.cameras.emplace(camera, Camera{place, now(), {}});
  }

  void stop_camera(const std::string& camera, const std::string& person) {
    const auto answer = estate->stop(estate.to_change(camera, person),
                                     base::CameraId::parse(camera).value(), "broken");
    const auto known = twin.cameras.find(camera);
    const bool want = known != twin.cameras.end() && !twin.ended(camera, now());
    RC_ASSERT(answer.has_value() == want);
    if (want) known->second.stopped = now();
  }

  // What the estate says of each camera, now and of every moment so far, is what the twin says.
  void check(const std::vector<std::string>& cameras) {
    for (const auto& camera : cameras) {
      const auto standing = estate->standing(base::CameraId::parse(camera).value());
      const auto* justification = std::get_if<Justification>(&standing);
      RC_ASSERT((justification != nullptr) == twin.may_hand_in(camera, now()));
      any_live = any_live || twin.live_at(camera, now());
      any_ended = any_ended || (twin.cameras.contains(camera) && !twin.live_at(camera, now()));
      if (!justification) continue;
      for (const auto time : moments) {
        RC_ASSERT(justification->covers(time) == twin.live_at(camera, time));
      }
    }
  }

  void wait() {
    estate.clock.advance(hours{*rc::gen::element(1, 12, 24, 24 * 6, 24 * 8, 24 * 30)});
    moments.push_back(now());
    moments.push_back(now() - hours{1});
  }

  base::UtcTime now() const { return estate.clock.now(); }
  Place* find(const std::string& place) {
    const auto found = twin.places.find(place);
    return found == twin.places.end() ? nullptr : &found->second;
  }

  TestEstate estate;
  Twin twin;
  std::vector<base::UtcTime> moments;
  bool any_live = false;
  bool any_ended = false;
};

RC_GTEST_PROP(EstateStory, NoCameraCollectsWithoutALiveApprovedPlace, ()) {
  const std::vector<std::string> places = {"site-1", "site-2", "deployment-1"};
  const std::vector<std::string> cameras = {"cam-1", "cam-2", "cam-3"};
  Story story;
  // Acts in any order seldom add up to a live camera, so most stories start with one or two.
  for (int ready = *rc::gen::inRange(0, 3); ready > 0; --ready) {
    const auto place = *rc::gen::elementOf(places);
    story.propose(place, "person-a");
    story.approve(place, "person-b");
    story.commission(*rc::gen::elementOf(cameras), place, "person-a");
    story.check(cameras);
  }
  const int steps = *rc::gen::inRange(5, 30);
  for (int step = 0; step < steps; ++step) {
    const auto place = *rc::gen::elementOf(places);
    const auto camera = *rc::gen::elementOf(cameras);
    const std::string person(*rc::gen::element(people[0], people[1]));
    // Waiting is common, and so is what leads somewhere.
    switch (*rc::gen::weightedElement<int>(
        {{3, 0}, {4, 1}, {2, 2}, {1, 3}, {4, 4}, {1, 5}, {4, 6}, {1, 7}, {1, 8}})) {
      case 0:
        story.propose(place, person);
        break;
      case 1:
        story.approve(place, person);
        break;
      case 2:
        story.review(place, person);
        break;
      case 3:
        story.stop(place, person);
        break;
      case 4:
        story.commission(camera, place, person);
        break;
      case 5:
        story.stop_camera(camera, person);
        break;
      case 6:
        story.wait();
        break;
      case 7:
        story.assess_impact(place);
        break;
      default:
        story.estate.reopen();
    }
    story.check(cameras);
  }
  RC_CLASSIFY(story.any_live, "a camera was live");
  RC_CLASSIFY(story.any_ended, "a camera ended or lapsed");
}

}  // namespace
}  // namespace regmark::estate
