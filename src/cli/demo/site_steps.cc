#include "cli/demo/site_steps.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "cli/demo/made_up_paper.h"

namespace regmark::cli {
namespace {

using nlohmann::json;

json grounds(const char* need, base::UtcDay review) {
  return {{"need", need}, {"category", "local_crime"}, {"review", base::format_day(review)}};
}

std::vector<std::string> cameras_of(const std::string& site) {
  return {site + "-north", site + "-south"};
}

tl::unexpected<Error> at(const MadeUpSite& site, const std::string& step, const Error& error) {
  return fail(error.code, std::string(site.id) + ", " + step + ": " + error.message);
}

}  // namespace

Result<json> SiteSteps::paper(const std::string& form, const std::string& site,
                              const std::map<std::string, std::string>& said) {
  const auto* asked = assessment::Guidance::built_in().form(form);
  if (asked == nullptr) return fail(ErrorCode::not_found, "there is no form " + form);
  const auto evidence = [&](std::string_view kind) -> Result<base::Digest> {
    const auto file = "what,how many\nmade up for " + std::string(kind) + ",12\n";
    if (!handed_in_.contains(kind)) {
      REGMARK_TRY(
          force_.manager.post_file("/v1/estate/evidence", "application/octet-stream", file));
      handed_in_.emplace(kind);
    }
    return base::sha256(base::as_bytes(file));
  };
  REGMARK_ASSIGN(const auto made,
                 made_up_paper(*asked, {today_, cameras_of(site), evidence, said}));
  return json{{"paper", json::parse(assessment::format_paper(made))}};
}

Result<json> SiteSteps::take(const Client& who, const MadeUpSite& site, const std::string& word,
                             const json& body) {
  auto answer = who.post("/v1/sites/" + std::string(site.id) + "/" + word, body);
  if (!answer) return at(site, word, answer.error());
  return answer;
}

Result<void> SiteSteps::write(const Client& who, const MadeUpSite& site, const char* form) {
  REGMARK_ASSIGN(const auto body, paper(form, site.id, {}));
  REGMARK_ASSIGN(const auto filed, take(who, site, "papers", body));
  const auto& lacks = filed.at("lacks");
  if (lacks.empty()) return {};
  return fail(ErrorCode::invalid_input, std::string(site.id) + ", " + form + ": it lacks " +
                                            lacks.front().value("part", std::string()));
}

Result<void> SiteSteps::propose(const MadeUpSite& site, const char* path, base::UtcDay review) {
  const json body = {{"id", site.id},
                     {"name", site.name},
                     {"path", path},
                     {"position", {{"latitude", site.latitude}, {"longitude", site.longitude}}},
                     {"grounds", grounds(site.need, review)}};
  const auto proposed = force_.manager.post("/v1/sites", body);
  if (!proposed) return at(site, "proposal", proposed.error());
  return {};
}

Result<void> SiteSteps::approve(const MadeUpSite& site) {
  REGMARK_TRY(take(force_.second, site, "approve", json::object()));
  const std::string id = site.id;
  return put_up(id + "-north", "North", id);
}

Result<void> SiteSteps::put_up(const std::string& camera, const char* name,
                               const std::string& site) {
  REGMARK_ASSIGN(
      const auto added,
      force_.manager.post("/v1/cameras", {{"id", camera}, {"name", name}, {"site", site}}));
  tokens_[camera] = added.value("token", std::string());
  return {};
}

Result<void> SiteSteps::write_impact(const MadeUpSite& site) {
  return write(force_.manager, site, "impact");
}

Result<void> SiteSteps::write_notice(const MadeUpSite& site) {
  return write(force_.manager, site, "public_notice");
}

Result<void> SiteSteps::assess(const MadeUpSite& site, Reach reach) {
  REGMARK_TRY(write(force_.manager, site, "strategic_assessment"));
  REGMARK_TRY(write(force_.manager, site, "pressing_need"));
  if (reach == Reach::begun) return {};
  REGMARK_TRY(write_impact(site));
  REGMARK_TRY(write(force_.manager, site, "consultation"));
  REGMARK_TRY(write(force_.manager, site, "fit"));
  REGMARK_TRY(write(force_.dpo, site, "dpo_advice"));
  REGMARK_TRY(write(force_.overt_lead, site, "overt_lead_advice"));
  if (reach == Reach::advised) return {};
  REGMARK_TRY(take(force_.second, site, "assess", json::object()));
  return {};
}

Result<void> SiteSteps::decide(const MadeUpSite& site, Reach reach) {
  const bool goes_ahead = reach != Reach::refused;
  std::map<std::string, std::string> said;
  if (!goes_ahead) {
    said = {{"decision.outcome", "does_not"},
            {"decision.cameras", "0"},
            {"decision.words", "The patrols were not tried for long enough. Come back in a year."}};
  }
  REGMARK_ASSIGN(const auto body, paper("decision", site.id, said));
  REGMARK_TRY(take(force_.controller, site, "decide", body));
  return {};
}

Result<void> SiteSteps::build(const MadeUpSite& site, Reach reach, base::UtcDay review) {
  for (const auto& camera : cameras_of(site.id)) {
    const auto* name = camera.ends_with("north") ? "North" : "South";
    REGMARK_TRY(put_up(camera, name, site.id));
  }
  REGMARK_ASSIGN(const auto body, paper("commissioning", site.id, {}));
  REGMARK_TRY(take(force_.manager, site, "commission", body));
  if (reach == Reach::commissioned) return {};
  REGMARK_TRY(take(force_.manager, site, "begin", {{"review", base::format_day(review)}}));
  return {};
}

Result<void> SiteSteps::bring(const MadeUpSite& site, Reach reach, base::UtcDay review) {
  REGMARK_TRY(propose(site, "full", review));
  if (reach >= Reach::begun) REGMARK_TRY(assess(site, reach));
  if (reach >= Reach::refused) REGMARK_TRY(decide(site, reach));
  if (reach >= Reach::commissioned) REGMARK_TRY(build(site, reach, review));
  return {};
}

Result<void> SiteSteps::review(const MadeUpSite& site, base::UtcDay next,
                               const std::map<std::string, std::string>& said) {
  REGMARK_ASSIGN(auto body, paper("review", site.id, said));
  body["next"] = base::format_day(next);
  REGMARK_TRY(take(force_.second, site, "reviews", body));
  return {};
}

Result<void> SiteSteps::for_a_reason(const MadeUpSite& site, const char* word, const char* reason) {
  REGMARK_TRY(take(force_.manager, site, word, {{"reason", reason}}));
  return {};
}

Result<void> SiteSteps::take_down(const MadeUpSite& site) {
  REGMARK_ASSIGN(const auto body, paper("decommissioning", site.id, {}));
  REGMARK_TRY(take(force_.manager, site, "decommission", body));
  return {};
}

Result<void> SiteSteps::keep_books(const MadeUpSite& site) {
  const auto cameras = cameras_of(site.id);
  const auto day = base::format_day(today_);
  const auto book = [&](const std::string& camera, const json& entry) -> Result<void> {
    REGMARK_TRY(force_.manager.post("/v1/cameras/" + camera + "/book", entry));
    return {};
  };
  for (const auto& camera : cameras) {
    REGMARK_TRY(book(camera, {{"kind", "clock_test"},
                              {"day", day},
                              {"words", "Against the office's own clock, at noon."},
                              {"passed", true},
                              {"clock_off_ms", 40}}));
  }
  return book(
      cameras.front(),
      {{"kind", "fault"}, {"day", day}, {"words", "Rain on the window of its housing at night."}});
}

Result<void> SiteSteps::let_collect(std::size_t cameras) {
  REGMARK_ASSIGN(const auto all, force_.manager.get("/v1/cameras"));
  for (const auto& camera : all.at("cameras")) {
    const auto id = camera.value("id", std::string());
    if (cameras == 0) break;
    if (!id.starts_with("camera-") || camera.value("state", std::string()) != "live") continue;
    REGMARK_ASSIGN(const auto renewed,
                   force_.manager.post("/v1/cameras/" + id + "/token", json::object()));
    tokens_[id] = renewed.value("token", std::string());
    --cameras;
  }
  return {};
}

Result<void> SiteSteps::account() {
  REGMARK_ASSIGN(
      const auto example,
      force_.manager.post("/v1/effectiveness/examples",
                          {{"words", "A van full of stolen tools was found within the hour."}}));
  REGMARK_TRY(force_.second.post(
      "/v1/effectiveness/examples/" + std::to_string(example.value("number", 0)) + "/approve",
      json::object()));
  REGMARK_ASSIGN(const auto filled, paper("self_assessment", "", {}));
  REGMARK_TRY(force_.controller.post("/v1/self-assessments", filled));
  return {};
}

Result<void> SiteSteps::deploy(const char* id, const char* name, std::string_view state) {
  const base::UtcTime begins = today_;
  const json body = {
      {"id", id},
      {"name", name},
      {"area", {{"latitude", 53.11}, {"longitude", -1.61}, {"radius_m", 4'000}}},
      {"from", base::format_utc(begins)},
      {"until", base::format_utc(begins + std::chrono::days{21})},
      {"grounds", grounds("Thefts from vehicles at the car parks of the made-up moor.",
                          today_ + std::chrono::days{21})}};
  const auto path = "/v1/deployments/" + std::string(id);
  REGMARK_TRY(force_.manager.post("/v1/deployments", body));
  if (state == "proposed") return {};
  REGMARK_TRY(force_.second.post(path + "/approve", json::object()));
  REGMARK_TRY(force_.manager.post(
      "/v1/cameras",
      {{"id", std::string(id) + "-van"}, {"name", "In the van"}, {"deployment", id}}));
  if (state == "live") return {};
  REGMARK_TRY(force_.manager.post(path + "/stop", {{"reason", "Nobody came: the need is over."}}));
  return {};
}

}  // namespace regmark::cli
