#include "cli/demo/show_force.h"

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "assessment/matrix.h"
#include "base/files.h"
#include "cli/demo/console.h"
#include "cli/demo/demo_estate.h"
#include "cli/demo/force_traffic.h"
#include "cli/demo/made_up_county.h"
#include "cli/demo/office.h"
#include "cli/demo/site_steps.h"
#include "cli/demo/stage.h"
#include "cli/demo/vehicles.h"

namespace regmark::cli {
namespace {

using nlohmann::json;
using std::chrono::days;

constexpr days a_year_ago{365};
constexpr days weeks_ago{40};
constexpr days now{0};
constexpr days next_year{365};

constexpr std::size_t inherited_that_collect = 6;
constexpr std::size_t picture_size_max = std::size_t{512} << 10U;
constexpr std::chrono::days population_age{4 * 365};  // a census is some years old

// Where each of them is in its life, its name says.
constexpr MadeUpSite quay{"quay", "Made-up quay (lapsed)", 53.012, -1.512,
                          "Boats' engines stolen."};
constexpr MadeUpSite viaduct{"viaduct", "Made-up viaduct (overdue: for the controller)", 53.034,
                             -1.534, "Metal stolen from the works."};
constexpr MadeUpSite market{"market", "Made-up market place (overdue)", 53.056, -1.556,
                            "Vehicles stolen on market days."};
constexpr MadeUpSite ring_road{"ring-road", "Made-up ring road (review due)", 53.078, -1.578,
                               "Stolen vehicles leave by it."};
constexpr MadeUpSite old_bridge{"old-bridge", "Made-up old bridge (taken down)", 53.1, -1.5,
                                "Fly-tipping below the bridge."};
constexpr MadeUpSite toll_house{"toll-house", "Made-up toll house (reviewed, goes on)", 53.122,
                                -1.522, "The only road out of the valley."};
constexpr MadeUpSite depot{"depot", "Made-up depot road (sent back)", 53.144, -1.544,
                           "Lorries' loads stolen at night."};
constexpr MadeUpSite festival{"festival", "Made-up festival field (short, impact overdue)", 53.166,
                              -1.566, "Vehicles stolen from the car parks of the festival."};
constexpr MadeUpSite hill{"hill", "Made-up hill (proposed)", 53.188, -1.588,
                          "Quarry plant stolen."};
constexpr MadeUpSite mill{"mill", "Made-up mill (assessment begun)", 53.21, -1.51, "Metal stolen."};
constexpr MadeUpSite ford{"ford", "Made-up ford (advised)", 53.232, -1.532, "Tools stolen."};
constexpr MadeUpSite chapel{"chapel", "Made-up chapel (assessed)", 53.254, -1.554, "Lead stolen."};
constexpr MadeUpSite orchard{"orchard", "Made-up orchard (refused)", 53.276, -1.576,
                             "Fruit stolen at night."};
constexpr MadeUpSite tunnel{"tunnel", "Made-up tunnel (decided)", 53.298, -1.598,
                            "Cables stolen from the tunnel."};
constexpr MadeUpSite harbour{"harbour", "Made-up harbour (commissioned)", 53.32, -1.52,
                             "Vehicles stolen to be shipped."};
constexpr MadeUpSite station{"station", "Made-up station (live)", 53.342, -1.542,
                             "Vehicles stolen from its car park."};
constexpr MadeUpSite school{"school", "Made-up school lane (withdrawn)", 53.364, -1.564,
                            "Nobody wants it."};
constexpr MadeUpSite canal{"canal", "Made-up canal (stopped)", 53.386, -1.586, "Boats stolen."};
constexpr MadeUpSite fair{"fair", "Made-up fair (short, proposed)", 53.408, -1.508,
                          "Vehicles stolen at the fair."};
constexpr MadeUpSite works{"works", "Made-up road works (short, live)", 53.43, -1.53,
                           "Plant stolen from the road works."};
constexpr MadeUpSite flood{"flood", "Made-up flood bank (emergency)", 53.452, -1.552,
                           "Looting of houses that were left in the flood."};

Result<void> set_matrix(const SiteSteps& steps) {
  REGMARK_TRY(steps.force().controller.post("/v1/estate/matrix",
                                            {{"toml", assessment::Matrix::example_as_if_decided()},
                                             {"reasons", "Made up: the example, as it is."}}));
  return {};
}

Result<void> play_a_year_ago(SiteSteps& steps) {
  // By the days from then: the longest that a review may be away is a year and a day.
  const std::pair<const MadeUpSite*, days> live[] = {
      {&quay, days{325}},      {&viaduct, days{351}},    {&market, days{362}},
      {&ring_road, days{366}}, {&old_bridge, days{300}}, {&toll_house, days{335}},
      {&depot, days{335}}};
  for (const auto& [site, until_review] : live) {
    REGMARK_TRY(steps.bring(*site, Reach::live, steps.today() + until_review));
  }
  return steps.keep_books(market);
}

Result<void> play_weeks_ago(SiteSteps& steps) {
  const auto today = steps.today();
  REGMARK_TRY(steps.review(toll_house, today + next_year, {}));
  REGMARK_TRY(
      steps.review(depot, today + next_year,
                   {{"aims.met", "no"}, {"aims.words", "As many loads were stolen as before."}}));
  REGMARK_TRY(steps.for_a_reason(old_bridge, "stop", "The tip was closed: the need is over."));
  REGMARK_TRY(steps.take_down(old_bridge));
  REGMARK_TRY(steps.propose(festival, "under_twelve_months", today + days{150}));
  return steps.approve(festival);
}

Result<void> play_short_ones(SiteSteps& steps) {
  const auto today = steps.today();
  REGMARK_TRY(steps.propose(fair, "under_twelve_months", today + days{90}));
  REGMARK_TRY(steps.propose(works, "under_twelve_months", today + days{180}));
  REGMARK_TRY(steps.approve(works));
  REGMARK_TRY(steps.write_impact(works));
  REGMARK_TRY(steps.write_notice(works));
  REGMARK_TRY(steps.propose(flood, "emergency", today + days{14}));
  REGMARK_TRY(steps.approve(flood));
  REGMARK_TRY(steps.deploy("moor", "Made-up moor (live)", "live"));
  REGMARK_TRY(steps.deploy("beach", "Made-up beach (proposed)", "proposed"));
  return steps.deploy("circus", "Made-up circus (stopped)", "stopped");
}

Result<void> play_now(SiteSteps& steps) {
  const std::pair<const MadeUpSite*, Reach> sites[] = {
      {&hill, Reach::proposed},        {&mill, Reach::begun},      {&ford, Reach::advised},
      {&chapel, Reach::assessed},      {&orchard, Reach::refused}, {&tunnel, Reach::decided},
      {&harbour, Reach::commissioned}, {&station, Reach::live},    {&canal, Reach::live},
      {&school, Reach::proposed}};
  for (const auto& [site, reach] : sites) {
    REGMARK_TRY(steps.bring(*site, reach, steps.today() + next_year));
  }
  REGMARK_TRY(steps.keep_books(station));
  REGMARK_TRY(
      steps.for_a_reason(canal, "stop", "The canal was drained: nothing is left to steal."));
  REGMARK_TRY(steps.for_a_reason(school, "withdraw", "The parents spoke against it."));
  return play_short_ones(steps);
}

Result<void> import_register(const ShowForce& what, const SiteSteps& steps, Stage& stage) {
  std::ostringstream csv;
  write_made_up_register(csv, what.cameras, what.seed, steps.today());
  REGMARK_ASSIGN(const auto taken,
                 steps.force().manager.post_file("/v1/register", "text/csv", csv.str()));
  stage.check(taken.value("cameras", std::size_t{0}) == what.cameras,
              std::to_string(what.cameras) + " cameras with ten years of history are taken in");
  return {};
}

// What others publish about the places where its sites stand, and a plan on its roads.
Result<void> take_in_county(const ShowForce& what, const SiteSteps& steps, Stage& stage) {
  const auto& manager = steps.force().manager;
  REGMARK_ASSIGN(const auto sites, manager.get("/v1/sites"));
  std::vector<MadeUpPlace> places;
  for (const auto& site : sites.at("sites")) {
    const auto& at = site.at("position");
    places.push_back(
        {site.value("id", std::string()), {at.value("latitude", 0.0), at.value("longitude", 0.0)}});
  }
  const auto county = made_up_county(places, what.seed);
  const std::pair<const char*, const std::string*> files[] = {
      {"population", &county.population},   {"traffic", &county.traffic},
      {"settlements", &county.settlements}, {"crime", &county.crime},
      {"points", &county.points},           {"roads", &county.roads}};
  for (const auto& [kind, file] : files) {
    const bool is_census = std::string_view(kind) == "population";
    const auto day = steps.today() - (is_census ? population_age : weeks_ago);
    REGMARK_TRY(manager.post_file(
        "/v1/surroundings/" + std::string(kind) + "?source=Made%20up&day=" + base::format_day(day),
        "text/csv", *file));
  }
  stage.check(true, "people, roads, traffic, crime and points of a county around it are taken in");
  REGMARK_ASSIGN(const auto plan, manager.post("/v1/plans", {{"inputs", json::parse(county.plan)},
                                                             {"network", county.roads},
                                                             {"points", {{"crowded_place", 2}}},
                                                             {"keep", true}}));
  stage.check(plan.contains("kept"), "a plan on its roads is kept as a record");
  return {};
}

// A picture that comes with the program, for alerts to be confirmed on; empty: none does.
std::string picture_beside(const std::filesystem::path& program) {
  const auto sources = demo_sources(program);
  if (!sources) return {};
  const auto picture = base::read_file(sources->front() / "street_01.jpg", picture_size_max);
  return picture ? std::string(base::as_text(*picture)) : std::string();
}

// What there is to look at: every stage, and every urgency of a review.
Result<void> look(const SiteSteps& steps, bool has_past, Stage& stage) {
  REGMARK_ASSIGN(const auto sites, steps.force().manager.get("/v1/sites"));
  std::set<std::string> stages;
  for (const auto& site : sites.at("sites")) stages.insert(site.value("stage", std::string()));
  std::set<std::string> wanted{"proposed",     "assessed", "refused", "decided",
                               "commissioned", "live",     "stopped", "withdrawn"};
  if (has_past) wanted.insert({"reassessing", "decommissioned"});
  stage.check(stages == wanted, "there is a site at every stage of its life");
  if (!has_past) return {};
  REGMARK_ASSIGN(const auto reviews, steps.force().manager.get("/v1/estate/reviews"));
  std::set<std::string> urgencies;
  for (const auto& one : reviews.at("reviews")) urgencies.insert(one.value("urgency", ""));
  stage.check(urgencies.size() == 5, "reviews are due later, soon, overdue, escalated, and lapsed");
  return {};
}

std::vector<Member> people() {
  return {{"administrator", "administrator", ""},
          {"anpr-manager", "anpr_manager", ""},
          {"second-manager", "anpr_manager", ""},
          {"controller", "controller", ""},
          {"dpo", "dpo", ""},
          {"overt-lead", "overt_lead", ""},
          {"foi-officer", "foi_officer", ""},
          {"auditor", "auditor", ""},
          {"list-owner", "list_owner", ""},
          {"operator", "operator", ""},
          {"investigator", "investigator", ""}};
}

Force force_of(const std::vector<Client>& clients) {
  return {clients[1], clients[2], clients[3], clients[4], clients[5]};
}

OnDuty on_duty(const std::vector<Client>& clients) {
  return {clients[8], clients[9], clients[10]};
}

// What its people did at one time, from the office's opening to its close.
struct Chapter {
  days ago;
  const char* heading;
  Result<void> (*play)(SiteSteps&);
};

// Goes on from one opening of the office to the next.
struct Played {
  std::vector<Member> members = people();
  CameraTokens tokens{};
  ForceTraffic traffic;
};

Result<void> play_chapter(const ShowForce& what, const Chapter& chapter, bool is_first,
                          bool has_past, Played& played, Stage& stage) {
  stage.heading(chapter.heading);
  REGMARK_ASSIGN(const auto office, DemoOffice::start(what.program, what.data, chapter.ago));
  REGMARK_ASSIGN(const auto clients,
                 is_first ? hire(*office, played.members) : sign_in_all(*office, played.members));
  const auto at = [&] { return base::SystemClock().now() - chapter.ago; };
  SiteSteps steps(force_of(clients), base::day_of(at()), played.tokens);
  const auto duty = on_duty(clients);
  if (is_first) {
    REGMARK_TRY(set_matrix(steps));
    REGMARK_TRY(played.traffic.make_list(duty.list_owner, steps.today()));
  }
  REGMARK_TRY(chapter.play(steps));
  stage.check(true, "its people did what they did, each over the API");
  if (chapter.ago == now) {
    REGMARK_TRY(import_register(what, steps, stage));
    REGMARK_TRY(steps.let_collect(inherited_that_collect));
    REGMARK_TRY(take_in_county(what, steps, stage));
  }
  REGMARK_ASSIGN(const auto alerts, played.traffic.pass(duty, played.tokens, at()));
  stage.check(alerts > 0, std::to_string(alerts) + " wanted vehicles came past its cameras");
  if (chapter.ago == now) {
    REGMARK_TRY(steps.account());
    REGMARK_TRY(look(steps, has_past, stage));
    show_console(*office, played.members, stage);
  }
  stage.check(office->stop() == 0, "the office closed in good order");
  return {};
}

Result<bool> play_all(const ShowForce& what, std::span<const Chapter> all, Stage& stage) {
  Played played{.traffic = ForceTraffic(picture_beside(what.program), what.seed)};
  for (const auto& each : all) {
    REGMARK_TRY(play_chapter(what, each, &each == all.data(), all.size() > 1, played, stage));
  }
  return stage.all_came_true();
}

}  // namespace

Result<bool> show_force(const ShowForce& what) {
  static constexpr Chapter all[] = {
      {a_year_ago, "A year ago: sites are assessed, decided on, and begin", play_a_year_ago},
      {weeks_ago, "Six weeks ago: some are reviewed, one is taken down", play_weeks_ago},
      {now, "Today", play_now}};
  Stage stage;
  if (DemoOffice::can_set_clock_back()) return play_all(what, all, stage);
  stage.line("Debian's faketime is not installed: nothing is overdue, for nothing is old enough.");
  return play_all(what, std::span(all).last(1), stage);
}

}  // namespace regmark::cli
