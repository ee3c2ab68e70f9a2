// The document says what the server does: every operation is asked, and every answer is held
// against the schema that the document gives for it.
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "api/internal/schema.h"
#include "assessment/assessment_testing.h"
#include "base/crypto.h"
#include "base/encoding.h"
#include "office_testing.h"
#include "people/people_testing.h"
#include "people/security_keys_testing.h"

namespace regmark {
namespace {

using testing::Client;
using testing::Json;
using testing::Reply;
using testing::TestOffice;

// Asks like a client, and checks like a reader of the document.
class Documented {
 public:
  explicit Documented(TestOffice& office)
      : document_(office.nobody().get("/openapi.json").json()) {}

  const Json& document() const { return document_; }

  Reply get(const Client& client, const std::string& path) {
    return checked("get", path, client.get(path, testing::purpose_headers()));
  }
  Reply post(const Client& client, const std::string& path, const Json& body) {
    check_request("post", path, body);
    return checked("post", path, client.post(path, body));
  }
  Reply checked(const std::string& method, const std::string& path, Reply reply) {
    SCOPED_TRACE(method + " " + path + " -> " + std::to_string(reply.status));
    const auto& operation = operation_of(method, path);
    const auto status = std::to_string(reply.status);
    const auto& responses = operation.at("responses");
    const bool success = responses.contains(status);
    if (success) answered_.insert(operation.at("operationId").get<std::string>());
    const auto& response = responses.at(success ? status : "default");
    if (!response.contains("content")) {
      EXPECT_EQ(reply.body, "");
      return reply;
    }
    const auto type = reply.header("Content-Type");
    const auto plain = type.substr(0, type.find(';'));
    EXPECT_TRUE(response.at("content").contains(plain)) << plain;
    if (!response.at("content").contains(plain) || plain.find("json") == std::string::npos) {
      return reply;
    }
    const auto wrong = api::mismatch(reply.json(), response.at("content").at(plain).at("schema"),
                                     document_.at("components").at("schemas"));
    EXPECT_FALSE(wrong) << *wrong << "\n" << reply.body;
    return reply;
  }
  const std::set<std::string>& answered() const { return answered_; }

 private:
  void check_request(const std::string& method, const std::string& path, const Json& body) {
    const auto& operation = operation_of(method, path);
    if (!operation.contains("requestBody")) return;
    const auto& content = operation.at("requestBody").at("content");
    if (!content.contains("application/json")) return;
    const auto wrong = api::mismatch(body.is_null() ? Json::object() : body,
                                     content.at("application/json").at("schema"),
                                     document_.at("components").at("schemas"));
    EXPECT_FALSE(wrong) << path << ": " << *wrong;
  }

  // A literal path wins over one with a variable in the same place.
  const Json& operation_of(const std::string& method, std::string path) const {
    path = path.substr(0, path.find('?'));
    const Json* best = nullptr;
    for (const auto& [pattern, methods] : document_.at("paths").items()) {
      const auto expression = std::regex_replace(pattern, std::regex("\\{[a-z]+\\}"), "[^/]+");
      if (!methods.contains(method) || !std::regex_match(path, std::regex(expression))) continue;
      if (best == nullptr || pattern.find('{') == std::string::npos) best = &methods.at(method);
    }
    EXPECT_NE(best, nullptr) << method << " " << path << " is not in the document";
    static const Json none = {{"responses", {{"default", Json::object()}}}, {"operationId", ""}};
    return best == nullptr ? none : *best;
  }

  const Json document_;
  std::set<std::string> answered_;
};

const Json grounds = {
    {"need", "The only road out"}, {"category", "local_crime"}, {"review", "2026-09-01"}};

// A van that works for three months.
Json deployment(const std::string& id) {
  return {{"id", id},
          {"name", "Van"},
          {"area", {{"latitude", 54.5}, {"longitude", -2.5}, {"radius_m", 5'000}}},
          {"from", "2026-03-28T00:00:00Z"},
          {"until", "2026-06-28T00:00:00Z"},
          {"grounds", grounds}};
}

Json paper(const assessment::Paper& paper) {
  return {{"paper", Json::parse(assessment::format_paper(paper))}};
}

// What an extension wants, each by whoever may write it.
void write_to_extend(Documented& api, TestOffice& office, const std::string& place,
                     const Client& author) {
  for (const std::string id : {"impact", "dpo_advice", "overt_lead_advice", "public_notice"}) {
    const auto* form = assessment::Guidance::built_in().form(id);
    const auto writer = form->role ? office.role(std::string(access::name(*form->role))) : author;
    const auto filed = api.post(writer, place + "/papers", paper(assessment::whole_paper(*form)));
    EXPECT_EQ(filed.json().at("lacks"), Json::array()) << id;
  }
}

void ask_estate(Documented& api, TestOffice& office) {
  const auto manager = office.role("anpr_manager");
  const auto approver = office.another("anpr_manager", "doc-approver");
  api.post(manager, "/v1/sites",
           {{"id", "s-1"},
            {"name", "Bridge"},
            {"position", {{"latitude", 54.5}, {"longitude", -2.5}}},
            {"grounds", grounds}});
  api.get(manager, "/v1/sites");  // proposed: nobody approved yet
  api.post(approver, "/v1/sites/s-1/approve", {});
  // Nothing is written that an extension wants.
  EXPECT_EQ(api.post(approver, "/v1/sites/s-1/review", {{"grounds", grounds}}).status / 100, 4);
  api.post(manager, "/v1/deployments", deployment("d-1"));
  api.post(approver, "/v1/deployments/d-1/approve", {});
  api.get(manager, "/v1/deployments");
  api.post(manager, "/v1/cameras", {{"id", "c-1"}, {"name", "North"}, {"site", "s-1"}});
  api.post(manager, "/v1/cameras", {{"id", "c-2"}, {"name", "Van"}, {"deployment", "d-1"}});
  api.post(manager, "/v1/cameras/c-2/stop", {{"reason", "broken"}});
  api.get(manager, "/v1/cameras");
  const Json lacking{{"paper", {{"form", "impact"}, {"parts", Json::object()}}}};
  api.post(manager, "/v1/deployments/d-1/papers", lacking);
  api.get(manager, "/v1/deployments/d-1/file");
  // Its impact assessment is not whole.
  EXPECT_EQ(api.post(approver, "/v1/deployments/d-1/review",
                     {{"grounds", grounds}, {"until", "2026-08-28T00:00:00Z"}})
                    .status /
                100,
            4);
  api.post(manager, "/v1/cameras/c-2/papers",
           {{"paper", {{"form", "camera_decommissioning"}, {"parts", Json::object()}}}});
  api.get(manager, "/v1/cameras/c-2/papers");
  api.get(manager, "/v1/estate/taking-down");
  api.get(manager, "/v1/estate/due");
  api.get(manager, "/v1/drift");
  api.get(manager, "/v1/accuracy?from=2026-03-01T00:00:00Z");
  api.get(manager, "/v1/samples/next");
  api.get(manager, "/v1/samples/" + std::string(32, 'a') + "/picture");
  api.post(manager, "/v1/samples/" + std::string(32, 'a'),
           {{"sees", "plate"}, {"text", "AB12CDE"}});
  api.post(manager, "/v1/deployments/d-1/stop", {{"reason", "over"}});
}

void ask_plans(Documented& api, TestOffice& office) {
  const std::string roads = R"({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"id": "r-1"}, "geometry":
      {"type": "LineString", "coordinates": [[-2.51, 54.5], [-2.49, 54.5]]}},
    {"type": "Feature", "properties": {"id": "r-2", "class": "primary"}, "geometry":
      {"type": "LineString", "coordinates": [[-2.49, 54.5], [-2.47, 54.5]]}}]})";
  const Json corridor{{"id", "through"},
                      {"from", {{"latitude", 54.5}, {"longitude", -2.51}}},
                      {"to", {{"latitude", 54.5}, {"longitude", -2.47}}},
                      {"cover", 2}};
  const Json inputs{{"format", 1},
                    {"corridors", Json::array({corridor})},
                    {"derive", {{"classes", Json::array({"primary"})}, {"money", 100}}}};
  const auto manager = office.role("anpr_manager");
  // The live site s-1 stands on the first road; the second camera goes to the other.
  const auto plan = api.post(manager, "/v1/plans", {{"inputs", inputs}, {"network", roads}}).json();
  ASSERT_TRUE(plan.contains("recommended")) << plan;
  EXPECT_EQ(plan.at("recommended").at("sites"), Json::array({"s-1", "at-r-2"})) << plan;
  EXPECT_EQ(plan.at("recommended").at("proved"), true);
  const auto kept =
      api.post(manager, "/v1/plans", {{"inputs", inputs}, {"network", roads}, {"keep", true}})
          .json();
  EXPECT_EQ(kept.at("kept"), 1) << kept;
  EXPECT_EQ(api.get(manager, "/v1/plans").json().at("plans").size(), 1U);
  EXPECT_EQ(api.get(manager, "/v1/plans/1").json().at("recommended"), plan.at("recommended"));
  const auto sources = api.get(manager, "/v1/plans/1/sources").json();
  EXPECT_EQ(sources.at("network"), roads);
  EXPECT_EQ(sources.at("digest"), kept.at("made_from"));
  const auto wrong = api.post(manager, "/v1/plans", {{"inputs", inputs}, {"network", "<osm>"}});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_NE(wrong.body.find("network: line 1"), std::string::npos) << wrong.body;
  EXPECT_EQ(
      api.post(office.role("patrol"), "/v1/plans", {{"inputs", inputs}, {"network", roads}}).status,
      403);
}

Reply send_file(Documented& api, const Client& client, const std::string& path,
                const std::string& type, const std::string& file) {
  const auto headers = client.with_token({{"Content-Type", type}});
  return api.checked("post", path, testing::ask(client.port, "POST", path, file, headers));
}

// What happened to the camera of that site, and what its review will name.
void ask_books(Documented& api, TestOffice& office) {
  const auto manager = office.role("anpr_manager");
  const auto book = [&](Json entry) {
    entry["words"] = "as it was found";
    entry["day"] = "2026-03-28";
    return api.post(manager, "/v1/cameras/full-c/book", entry).json();
  };
  const auto fault = book({{"kind", "fault"}}).at("number");
  book({{"kind", "fault"}, {"ended", "2026-03-28"}, {"replaces", fault}});
  book({{"kind", "clock_test"}, {"passed", true}, {"clock_off_ms", -12}});
  book({{"kind", "accuracy_test"},
        {"passed", true},
        {"accuracy", {{"looked_at", 100}, {"right", 98}}},
        {"evidence", Json::array({base::to_hex(base::sha256(base::as_bytes("a file")))})}});
  EXPECT_EQ(book({{"kind", "fault"}, {"passed", true}}).at("status"), 400);
  const auto books = api.get(manager, "/v1/sites/full-1/camera-books").json();
  EXPECT_EQ(books.at("entries").size(), 4U);
  EXPECT_EQ(books.at("entries").at(0).at("is_replaced"), true);
  EXPECT_EQ(books.at("tests").size(), 2U);
  api.get(manager, "/v1/estate/tests-overdue");
  const auto evidence = api.get(manager, "/v1/sites/full-1/review-evidence").json();
  EXPECT_EQ(evidence.at("cameras").at(0).at("camera"), "full-c");
}

// What is kept apart, by two who are named for it.
void ask_covert(Documented& api, TestOffice& office) {
  const auto first = office.another("anpr_manager", "doc-covert-first");
  const auto second = office.another("anpr_manager", "doc-covert-second");
  EXPECT_EQ(api.get(first, "/v1/covert/offer").json().at("offered"), false);
  office.name_for_covert({first, second});
  EXPECT_EQ(api.get(first, "/v1/covert/offer").json().at("offered"), true);
  const auto ask = [&](const Client& client, const std::string& path, Json body = Json::object()) {
    body["purpose"] = testing::a_purpose();
    return api.post(client, "/v1/covert" + path, body);
  };
  const auto made = [&](const std::string& path, const Json& body) {
    return "/" + ask(first, path, body).json().at("id").get<std::string>();
  };
  const Json at{{"latitude", 54.5}, {"longitude", -2.5}};
  const auto site = made("/sites", {{"name", "Gate"}, {"position", at}, {"grounds", grounds}});
  const auto deployment = made(
      "/deployments", {{"name", "Van"},
                       {"area", {{"latitude", 54.5}, {"longitude", -2.5}, {"radius_m", 5'000}}},
                       {"from", "2026-03-28T00:00:00Z"},
                       {"until", "2026-06-28T00:00:00Z"},
                       {"grounds", grounds}});
  EXPECT_EQ(ask(first, "/sites" + site + "/approve").status, 409);
  ask(second, "/sites" + site + "/approve");
  ask(second, "/deployments" + deployment + "/approve");
  EXPECT_EQ(ask(first, "/deployments" + deployment + "/file").json().at("steps").size(), 2U);
  EXPECT_EQ(ask(first, "/deployments" + deployment + "/file", {{"on", "2026-03-01"}}).status, 404);
  const auto camera = made("/cameras", {{"name", "Lane"}, {"site", site.substr(1)}});
  ask(first, "/cameras" + camera + "/token");
  const Json fault{{"kind", "fault"}, {"day", "2026-03-28"}, {"words", "lens dark"}};
  EXPECT_EQ(ask(first, "/cameras" + camera + "/book", fault).status, 201);
  const auto book = ask(second, "/cameras" + camera + "/book/read").json();
  EXPECT_EQ(book.at("entries").at(0).at("words"), "lens dark") << book;
  EXPECT_EQ(book.at("tests").size(), 2U);
  const std::string digits(64, '7');
  EXPECT_EQ(ask(first, "/cameras" + camera + "/key", {{"public_key", digits}}).status, 204);
  EXPECT_EQ(ask(first, "/cameras" + camera + "/certificate", {{"fingerprint", digits}}).status,
            204);
  EXPECT_EQ(ask(first, "/cameras" + camera + "/credentials/remove").status, 204);
  EXPECT_EQ(ask(first, "").json().at("sites").size(), 1U);
  ask(second, "/sites" + site + "/file");
  const Json over{{"reason", "over"}};
  ask(first, "/cameras" + camera + "/stop", over);
  ask(first, "/sites" + site + "/stop", over);
  ask(first, "/deployments" + deployment + "/stop", over);
}

// One whose impact assessment is written, and advised on.
void extend_a_deployment(Documented& api, TestOffice& office, const Client& author,
                         const Client& other) {
  api.post(author, "/v1/deployments", deployment("d-2"));
  api.post(other, "/v1/deployments/d-2/approve", {});
  EXPECT_GE(api.get(author, "/v1/deployments/d-2/file").json().at("missing").size(), 3U);
  write_to_extend(api, office, "/v1/deployments/d-2", author);
  EXPECT_EQ(api.get(author, "/v1/deployments/d-2/file").json().at("missing"), Json::array());
  const auto extended = api.post(other, "/v1/deployments/d-2/review",
                                 {{"grounds", grounds}, {"until", "2026-08-28T00:00:00Z"}});
  EXPECT_EQ(extended.status / 100, 2) << extended.body;
}

// A site on the full path, from proposal to decommissioning.
void ask_site_files(Documented& api, TestOffice& office) {
  const auto manager = office.role("anpr_manager");
  const auto second = office.another("anpr_manager", "doc-second");
  const auto controller = office.role("controller");
  const std::string site = "/v1/sites/full-1";
  api.post(manager, "/v1/sites",
           {{"id", "full-1"},
            {"name", "Gate"},
            {"position", {{"latitude", 54.5}, {"longitude", -2.5}}},
            {"grounds", grounds},
            {"path", "full"}});
  const auto kept =
      send_file(api, manager, "/v1/estate/evidence", "application/octet-stream", "a file").json();
  api.get(second, "/v1/estate/evidence/" + kept.at("sha256").get<std::string>());
  api.get(manager, "/v1/estate/guidance");
  const auto lacking = api.post(manager, site + "/papers", paper({"impact", {}})).json();
  EXPECT_GT(lacking.at("lacks").size(), 3U);
  for (const auto& form : assessment::Guidance::built_in().forms()) {
    if (form.needed_for != assessment::NeededFor::assess) continue;
    const auto writer = form.role ? office.role(std::string(access::name(*form.role))) : manager;
    const auto filed = api.post(writer, site + "/papers", paper(assessment::whole_paper(form)));
    EXPECT_EQ(filed.json().at("lacks"), Json::array()) << form.id;
  }
  extend_a_deployment(api, office, manager, second);
  write_to_extend(api, office, "/v1/sites/s-1", manager);
  EXPECT_EQ(api.post(second, "/v1/sites/s-1/review", {{"grounds", grounds}}).status / 100, 2);
  api.post(second, site + "/assess", {});
  EXPECT_EQ(
      api.post(controller, site + "/decide", paper(assessment::whole_paper("decision"))).status,
      409);
  api.post(controller, "/v1/estate/matrix",
           {{"toml", assessment::Matrix::example_as_if_decided()}, {"reasons", "as a start"}});
  api.get(controller, "/v1/estate/matrix");
  EXPECT_EQ(api.post(controller, site + "/decide", paper(assessment::whole_paper("decision")))
                .json()
                .at("matrix"),
            "very_likely");
  api.post(manager, "/v1/cameras",
           {{"id", "full-c"},
            {"name", "North"},
            {"site", "full-1"},
            {"kind", "cctv_with_anpr"},
            {"owner", "Made-up Council"},
            {"controller", "Chief Officer"}});
  api.post(manager, site + "/commission", paper(assessment::commissioning_of({"full-c"})));
  const auto held = api.get(manager, "/v1/register/cameras/full-c").json();
  EXPECT_EQ(held.at("cameras").at(0).at("owner"), "Made-up Council");
  EXPECT_EQ(held.at("cameras").at(0).at("kind"), "cctv_with_anpr");
  EXPECT_EQ(api.get(manager, "/v1/register/cameras?site=full-1").json(), held);
  EXPECT_EQ(api.get(manager, site + "/file").json().at("views").at(0).at("lens"), "lens of full-c");
  api.post(manager, site + "/begin", {{"review", "2026-09-01"}});
  api.get(manager, "/v1/estate/reviews");
  ask_books(api, office);
  EXPECT_GE(api.get(manager, "/v1/estate/would-stop?on=2027-01-01").json().at("cameras").size(),
            1U);
  auto review = assessment::review_that_continues();
  review.parts["cameras"].rows = {
      {{"camera", "full-c"}, {"outcome", "continue"}, {"words", "it serves"}}};
  auto body = paper(review);
  body["next"] = "2027-03-01";
  EXPECT_EQ(api.post(second, site + "/reviews", body).json().at("outcome"), "continue");
  const auto file = api.get(office.role("dpo"), site + "/file").json();
  EXPECT_EQ(file.at("papers").size(), 11U);
  EXPECT_TRUE(api.get(manager, site + "/papers/impact/pdf").body.starts_with("%PDF-"));
  EXPECT_TRUE(api.get(manager, site + "/papers/impact/page").body.starts_with("<!DOCTYPE html>"));
  api.get(manager, site + "/file?on=2026-03-28");
  api.post(manager, site + "/stop", {{"reason", "road closed"}});
  api.post(manager, site + "/decommission", paper(assessment::whole_paper("decommissioning")));
}

// What is meant for others: a public version, the self-assessment, what the cameras did. Nothing
// that comes out of a draft names the site.
void ask_accounts(Documented& api, TestOffice& office) {
  const auto manager = office.role("anpr_manager");
  const auto dpo = office.role("dpo");
  const std::string impact = "/v1/sites/full-1/public-impact";
  const auto none = Json::array();
  const auto checked = api.post(dpo, impact + "/check", {{"strikes", none}}).json();
  EXPECT_EQ(checked.at("passes"), true) << checked;
  const Json strike{{"form", "impact"}, {"part", "rights"},       {"field", "words"},
                    {"row", 0},         {"passage", "as it was"}, {"reason", "Not ours to say."}};
  const Json kept{{"newest_paper", checked.at("newest_paper")}, {"strikes", Json::array({strike})}};
  EXPECT_EQ(api.post(manager, impact, kept).status, 403);
  EXPECT_EQ(api.post(dpo, impact, kept).status, 409);  // whose advice is a part of it
  const auto checker = office.another("dpo", "doc-checker");
  const auto number = api.post(checker, impact, kept).json().at("number").dump();
  const auto versions = api.get(dpo, impact).json();
  EXPECT_EQ(versions.at("versions").at(0).at("struck").size(), 1U);
  const auto page = api.get(dpo, impact + "/" + number + "/page").body;
  EXPECT_NE(page.find("NOT FOR RELEASE"), std::string::npos);
  for (const auto* secret : {"Gate", "full-1", "54.5", "a file"}) {
    EXPECT_EQ(page.find(secret), std::string::npos) << secret;
  }
  EXPECT_TRUE(api.get(dpo, impact + "/" + number + "/pdf").body.starts_with("%PDF-"));

  const auto controller = office.role("controller");
  const auto begun = api.get(controller, "/v1/self-assessments/begun").json();
  EXPECT_TRUE(begun.at("paper").at("parts").contains("principle_9"));
  EXPECT_EQ(api.post(controller, "/v1/self-assessments", begun).status, 400);  // not whole
  api.post(controller, "/v1/self-assessments", paper(assessment::whole_paper("self_assessment")));
  EXPECT_EQ(api.get(dpo, "/v1/self-assessments").json().at("assessments").size(), 1U);

  const std::string told = "/v1/effectiveness";
  const std::string days = "?from=2025-01-01&until=2025-12-31";
  const auto example = api.post(manager, told + "/examples", {{"words", "A car was found."}})
                           .json()
                           .at("number")
                           .dump();
  EXPECT_EQ(api.post(manager, told + "/examples", {{"words", "Seen on the A614."}}).status, 400);
  const auto approve = told + "/examples/" + example + "/approve";
  EXPECT_EQ(api.post(manager, approve, Json::object()).status, 409);
  api.post(office.another("anpr_manager", "doc-example"), approve, Json::object());
  const auto foi = office.role("foi_officer");
  EXPECT_EQ(api.get(foi, told + "/examples").json().at("examples").size(), 1U);
  EXPECT_EQ(api.get(foi, told + days).json().at("examples").at(0), "A car was found.");
  EXPECT_TRUE(api.get(foi, told + "/pdf" + days).body.starts_with("%PDF-"));
  EXPECT_NE(api.get(foi, told + "/page" + days).body.find("NOT FOR RELEASE"), std::string::npos);

  const std::string csv = "latitude,longitude,residents\n54.5,-2.5,120\n";
  const std::string population = "/v1/surroundings/population?source=The%20census&day=2021-03-21";
  const auto taken = send_file(api, manager, population, "text/csv", csv).json();
  EXPECT_EQ(taken.at("rows"), 1) << taken;
  EXPECT_EQ(send_file(api, manager, population, "text/csv", "x\n").status, 400);
  const auto checked_csv =
      send_file(api, manager, "/v1/surroundings/population/check", "text/csv", csv + "1,2\n")
          .json();
  EXPECT_EQ(checked_csv.at("mistakes").at(0).at("line"), 3) << checked_csv;
  EXPECT_EQ(checked_csv.at("first").size(), 1U);
  const auto crime = "/v1/surroundings/crime?source=The%20force&day=2025-12-31";
  send_file(api, manager, crime, "text/csv", "area,road,kind,count\nNorth,,theft,12\n");
  const auto points = "/v1/surroundings/points?source=A%20list&day=2025-12-31";
  send_file(api, manager, points, "text/csv",
            "name,kind,latitude,longitude\nQuay,border,54.51,-2.5\nFar,border,50,-2\n");
  const auto figures = api.get(dpo, "/v1/sites/full-1/figures").json();
  EXPECT_EQ(figures.at("figures").at(0).at("value"), 120) << figures;
  EXPECT_EQ(figures.at("figures").at(0).at("rests_on").at(0).at("source"), "The census");
  EXPECT_EQ(figures.at("crime").at("rows").at(0).at("count"), 12);
  EXPECT_EQ(figures.at("points").at("points").size(), 1U);
  EXPECT_EQ(api.get(dpo, "/v1/surroundings").json().at("data").at(0).at("source"), "The census");
}

// What grows past the short path, what is withdrawn, and the register.
void ask_register(Documented& api, TestOffice& office) {
  const auto manager = office.role("anpr_manager");
  for (const auto* path : {"full", "under_twelve_months"}) {
    api.post(manager, "/v1/sites",
             {{"id", std::string("site-") + path},
              {"name", "Gate"},
              {"position", {{"latitude", 54.5}, {"longitude", -2.5}}},
              {"grounds", grounds},
              {"path", path}});
  }
  api.post(manager, "/v1/sites/site-full/withdraw", {{"reason", "another road will do"}});
  api.post(office.another("anpr_manager", "doc-third"),
           "/v1/sites/site-under_twelve_months/approve", {});
  api.post(manager, "/v1/sites/site-under_twelve_months/full-path", {{"reason", "it is to stay"}});
  const std::string csv =
      "camera,kind,site,latitude,longitude,installed,review,count\n"
      "old-1,fixed,old,54,-2,2019-05-01,2026-12-01,\n"
      ",body_worn,,,,2021-01-01,,2650\n";
  const auto checked = send_file(api, manager, "/v1/register/check", "text/csv", csv).json();
  EXPECT_EQ(checked.at("missing").at(0), Json({{"field", "name"}, {"cameras", 1}}));
  const auto entered = send_file(api, manager, "/v1/register", "text/csv", csv).json();
  EXPECT_EQ(entered.at("sites"), 1);
  EXPECT_EQ(send_file(api, manager, "/v1/register", "text/csv", csv).json().at("held_already"), 2);
  const std::string otherwise =
      "camera,site,latitude,longitude,review\nold-1,old,54,-2,2026-12-02\n";
  EXPECT_EQ(send_file(api, manager, "/v1/register", "text/csv", otherwise).status, 409);
  const Json cost{{"year", 2025}, {"kind", "running"}, {"pounds", 1'200}, {"about", true}};
  EXPECT_EQ(api.post(manager, "/v1/costs", cost).status, 204);
  EXPECT_EQ(api.post(manager, "/v1/costs", cost).status, 409);
  const auto costs = api.get(manager, "/v1/register/costs?from=2025-01-01&until=2025-12-31").json();
  EXPECT_EQ(costs.at("lines").at(0).at("value"), 1'200) << costs;
  EXPECT_EQ(costs.at("lines").at(0).at("how"), "approximate");
  const auto answer = api.get(office.role("foi_officer"), "/v1/register/standing?until=2022-01-01");
  EXPECT_EQ(answer.json().at("release"), "NOT FOR RELEASE");
  EXPECT_EQ(answer.json().at("lines").back().at("value"), 2651);
  const auto early = api.get(office.role("foi_officer"), "/v1/register/standing?until=2020-12-31");
  EXPECT_EQ(early.json().at("lines").back().at("value"), 1);
  EXPECT_EQ(early.json().at("lines").back().at("without"), Json::array({"body_worn"}));
  for (const auto* secret : {"old", "54"}) {
    EXPECT_EQ(answer.body.find(secret), std::string::npos) << answer.body;
  }
}

void ask_lists(Documented& api, TestOffice& office) {
  const auto owner = office.role("list_owner");
  api.post(owner, "/v1/watchlists",
           {{"id", "l-1"},
            {"name", "Stolen"},
            {"level", "force"},
            {"purpose", "Stolen vehicles"},
            {"priority", "high"},
            {"review", "2026-06-01"},
            {"age_max_hours", 48},
            {"alert_window_seconds", 300},
            {"alerted", Json::array({"test-force"})},
            {"near_least", 0.02}});
  api.get(owner, "/v1/watchlists");
  const std::string csv = "VRM,Make,Weed Date\nAB12CDE,FORD,2026-05-01\nGH56JKL,BMW,\n,X,\n";
  const auto report = api.checked("put", "/v1/watchlists/l-1/entries",
                                  owner.put_csv("/v1/watchlists/l-1/entries", csv));
  EXPECT_EQ(report.json().at("rejected_count"), 1);
  const auto entries = api.get(owner, "/v1/watchlists/l-1/entries?first=0&count=10").json();
  ASSERT_EQ(entries.at("entries").size(), 2U);
  std::string second;
  for (const auto& entry : entries.at("entries")) {
    if (entry.at("plate") == "GH56JKL") second = entry.at("id").get<std::string>();
  }
  api.post(owner, "/v1/watchlists/entries/" + second + "/resolve", {{"reason", "found"}});
  api.get(owner, "/v1/watchlists/l-1/entries");
}

std::string send_reads(Documented& api, TestOffice& office) {
  const auto renewed =
      api.post(office.role("anpr_manager"), "/v1/cameras/c-1/token", {}).json().at("token");
  const Client camera{office.port(), renewed.get<std::string>()};
  const auto manager = office.role("anpr_manager");
  api.post(manager, "/v1/cameras/c-1/key", {{"public_key", std::string(64, 'a')}});
  api.post(manager, "/v1/cameras/c-1/certificate", {{"fingerprint", std::string(64, 'a')}});
  api.post(manager, "/v1/cameras/c-1/credentials/remove", {});
  auto read = testing::a_read("e-1", "AB12CDE", office.clock().now());
  read["alternatives"] = Json::array({{{"plate", "AB12CDF"}, {"score", 0.02}}});
  read["character_scores"] = Json::array({0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9});
  read["direction"] = "approaching";
  read["lane"] = 2;
  read["corners"] = {{1.5, 2.5}, {100, 2}, {100, 30}, {1, 30}};
  read["vehicle"] = {{"make", {{"text", "BMW"}, {"score", 0.8}}},
                     {"colour", {{"text", "red"}, {"score", 0.7}}},
                     {"class", {{"text", "car"}, {"score", 0.9}}}};
  read["occupants"] = 2;
  read["pictures"] = Json::array({{{"kind", "plate"}, {"base64", testing::picture_base64()}}});
  const auto taken = api.post(camera, "/v1/reads", read).json();
  EXPECT_EQ(taken.at("accepted"), 1) << taken;
  EXPECT_EQ(taken.at("dropped"), Json::array({"occupants"}));
  return read.at("source_event").get<std::string>();
}

void ask_alerts(Documented& api, TestOffice& office) {
  const auto control = office.role("operator");
  const auto alerts = api.get(control, "/v1/alerts?count=10").json().at("alerts");
  ASSERT_EQ(alerts.size(), 1U);
  const auto id = alerts.at(0).at("id").get<std::string>();
  const auto read = alerts.at(0).at("read").at("id").get<std::string>();
  const auto base = "/v1/alerts/" + id;
  EXPECT_FALSE(alerts.at(0).at("hit").at("conflicts").empty());  // listed FORD, seen BMW
  api.get(control, "/v1/sightings/" + read + "/pictures/plate?alert=" + id);
  api.get(control, "/v1/sightings/" + read + "/pictures/overview?alert=" + id);  // there is none
  api.post(control, base + "/confirm", {{"note", "clear"}});
  api.post(control, base + "/confirm", {{"note", "twice"}});
  api.post(control, base + "/assign", {{"to", office.person_of(control)}});
  api.post(control, base + "/act", Json::object());
  api.post(control, base + "/outcome", {{"code", "stopped"}, {"note", "safe"}});
  api.get(control, base);
  api.post(control, base + "/reject", {{"note", "too late"}});
}

void ask_sightings(Documented& api, TestOffice& office) {
  const auto investigator = office.role("investigator");
  const Json query{{"purpose", testing::a_purpose()},
                   {"plate", "AB1?CDE"},
                   {"cameras", Json::array({"c-1"})},
                   {"area", {{"latitude", 54.5}, {"longitude", -2.5}, {"radius_m", 100}}},
                   {"from", "2026-03-28T00:00:00Z"},
                   {"until", "2026-03-28T10:00:01Z"},
                   {"rows", 10}};
  const auto found = api.post(investigator, "/v1/searches", query).json();
  ASSERT_EQ(found.at("rows"), 1) << found;
  auto convoy = query;
  convoy["plate"] = "AB12CDE";
  convoy["apart_seconds"] = 30;
  EXPECT_EQ(api.post(investigator, "/v1/convoys", convoy).status, 200);
  const Json track{
      {"purpose", testing::a_purpose()}, {"plate", "AB12CDE"}, {"until", "2026-03-28T12:00:00Z"}};
  const auto refused = api.post(investigator, "/v1/tracks", track);
  EXPECT_EQ(refused.status, 403);
  auto evidence = query;
  evidence.erase("rows");
  evidence["statement"] = "For the trial in May";
  EXPECT_TRUE(api.post(investigator, "/v1/evidence", evidence).body.starts_with("PK"));
  auto hold = query;
  hold.erase("rows");
  hold["id"] = "case-1";
  hold["review"] = "2026-06-01";
  api.post(investigator, "/v1/holds", hold);
  const Json purpose{{"purpose", testing::a_purpose()}};
  const auto held = api.post(investigator, "/v1/holds/case-1/searches", purpose).json();
  EXPECT_EQ(held.at("rows"), 1) << held;
  auto for_court = purpose;
  for_court["hold"] = "case-1";
  EXPECT_TRUE(api.post(investigator, "/v1/evidence", for_court).body.starts_with("PK"));
  api.get(investigator, "/v1/holds/case-1/pictures/" +
                            found.at("sightings").at(0).at("id").get<std::string>() + "/plate");
  const auto known = api.get(investigator, "/v1/holds").json().at("holds");
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known.at(0).at("reads"), 1);
  EXPECT_EQ(known.at(0).at("owner_name"), "Test investigator");
  const auto& part = known.at(0).at("parts").at(0);
  EXPECT_EQ(part.at("plate"), query.at("plate"));
  EXPECT_EQ(part.at("area"), query.at("area"));
  EXPECT_EQ(part.at("by_name"), "Test investigator");
  EXPECT_EQ(part.at("reads"), 1);
  auto words = purpose;
  words["words"] = "the trial is in May";
  auto review = words;
  review["review"] = "2026-08-01";
  api.post(investigator, "/v1/holds/case-1/review", review);
  api.post(investigator, "/v1/holds/case-1/release", words);
  EXPECT_EQ(api.post(investigator, "/v1/holds/case-1/searches", purpose).status, 403);
  auto none = query;
  none.erase("purpose");
  api.post(investigator, "/v1/searches", none);  // refused
}

void ask_authorities(Documented& api, TestOffice& office) {
  const auto investigator = office.role("investigator");
  const auto officer = office.role("authoriser");
  const auto officer_id = office.person_of(officer);
  api.post(office.role("administrator"), "/v1/people/" + officer_id + "/standing",
           {{"rank", "inspector"},
            {"training", {{{"course", "anpr_search"}, {"until", "2027-01-01T00:00:00Z"}}}}});
  Json asking{{"purpose", testing::a_purpose()}, {"kind", "senior_officer"},
              {"act", "search_sightings"},       {"plate", "AB12*"},
              {"from", "2025-10-28T00:00:00Z"},  {"until", "2025-10-29T00:00:00Z"}};
  const auto ask = [&] {
    return "/v1/authorities/" +
           api.post(investigator, "/v1/authorities", asking).json().at("id").get<std::string>();
  };
  const auto granted = ask();
  api.post(officer, granted + "/grant",
           {{"reason", "It is proportionate"}, {"hours", 1}, {"uses", 2}});
  Json query = asking;
  for (const auto* name : {"kind", "act"}) query.erase(name);
  const auto refused = api.post(investigator, "/v1/searches", query);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.json().at("authority"), "senior_officer");
  query["authority"] = granted.substr(std::string("/v1/authorities/").size());
  EXPECT_EQ(api.post(investigator, "/v1/searches", query).status, 200);
  api.post(officer, granted + "/withdraw", {{"reason", "The case is closed"}});
  EXPECT_EQ(api.post(investigator, "/v1/searches", query).status, 403);
  api.post(officer, ask() + "/refuse", {{"reason", "Too wide for what it is"}});
  api.post(investigator, ask() + "/give-up",
           {{"purpose", testing::a_purpose()}, {"why", "no longer needed"}});
  asking["given_orally_by"] = officer_id;
  api.post(officer, ask() + "/confirm",
           {{"reason", "As I said on the phone"}, {"hours", 24}, {"uses", 1}});
  const auto seen = api.get(officer, "/v1/authorities").json().at("authorities");
  EXPECT_EQ(seen.size(), 4U);
  for (const auto& one : seen) {
    EXPECT_FALSE(one.at("requester_name").get<std::string>().empty());
    EXPECT_EQ(one.at("decided_by_name").is_null(), one.at("decided_by").is_null());
  }
}

void review_searches(Documented& api, TestOffice& office) {
  const auto investigator = office.role("investigator");
  const auto reviewer = office.role("reviewer");
  api.checked("put", "/v1/cases",
              office.role("administrator")
                  .put_csv("/v1/cases?organisation=test-force", "reference\nCR/1\n\"\n"));
  auto purpose = testing::a_purpose();
  purpose["reason"] = "police enquiries into the vehicle";
  const auto receipt = api.post(investigator, "/v1/searches",
                                {{"purpose", purpose},
                                 {"plate", "AB12CDE"},
                                 {"from", "2026-03-27T00:00:00Z"},
                                 {"until", "2026-03-28T00:00:00Z"}})
                           .json()
                           .at("receipt");
  const auto reviews = api.get(reviewer, "/v1/reviews?count=1000").json().at("reviews");
  Json one;
  for (const auto& review : reviews) {
    if (review.at("search").at("receipt") == receipt) one = review;
  }
  ASSERT_FALSE(one.is_null());
  EXPECT_EQ(one.at("search").at("person_name"), "Test investigator");
  EXPECT_EQ(one.at("search").at("flags").size(), 2U);  // boilerplate, and no such case
  const auto path = "/v1/reviews/" + one.at("id").get<std::string>();
  api.post(reviewer, path + "/take", {});
  const auto decided =
      api.post(reviewer, path + "/decide", {{"outcome", "misuse_suspected"}, {"words", "No case"}});
  EXPECT_EQ(decided.json().at("steps").size(), 2U);
  EXPECT_EQ(api.post(reviewer, path + "/take", {}).status, 409);
  const auto months = api.get(reviewer, "/v1/reviews/figures").json().at("months");
  EXPECT_EQ(months.at(0).at("misuse_suspected"), 1);
}

void ask_standards(Documented& api, TestOffice& office) {
  const auto standards = office.role("standards");
  const auto someone = office.person_of(office.role("investigator"));
  api.checked("put", "/v1/household",
              standards.put_csv("/v1/household", "plate,person\nAB12CDE," + someone + "\n"));
  api.checked("put", "/v1/duty",
              standards.put_csv("/v1/duty", "person,from,until\n" + someone +
                                                ",2026-03-01T00:00:00Z,2026-03-01T08:00:00Z\n"));
  const auto found =
      api.post(standards, "/v1/signals", {{"purpose", testing::a_purpose()}, {"days", 7}}).json();
  EXPECT_EQ(found.at("signals").at(0).at("kind"), "household");
  EXPECT_FALSE(found.at("evidence").empty());
  EXPECT_EQ(found.at("escalated").at(0).at("state"), "misuse_suspected");
}

void erase_for_keeper(Documented& api, const Client& officer, const Json& purpose) {
  const auto made = api.post(officer, "/v1/subject-requests",
                             {{"purpose", purpose},
                              {"wish", "erasure"},
                              {"plate", "AB12CDE"},
                              {"from", "2026-03-01T00:00:00Z"},
                              {"until", "2026-03-28T10:00:01Z"},
                              {"asked_by", "The keeper, by letter"},
                              {"received", "2026-03-27"}})
                        .json();
  const auto path = "/v1/subject-requests/" + made.at("id").get<std::string>();
  const auto held = api.post(officer, path + "/see", {{"purpose", purpose}}).json();
  Json ids = Json::array();
  for (const auto& read : held.at("sightings")) ids.push_back(read.at("id"));
  const auto erased =
      api.post(officer, path + "/erase", {{"purpose", purpose}, {"sightings", ids}}).json();
  // Each is gone, or it is said why not.
  EXPECT_EQ(
      erased.at("request").at("erased").at("reads").get<std::size_t>() + erased.at("kept").size(),
      ids.size());
  const auto left = api.post(officer, path + "/see", {{"purpose", purpose}}).json();
  EXPECT_EQ(left.at("sightings").size(), erased.at("kept").size());
  api.post(officer, path + "/decide",
           {{"purpose", purpose},
            {"decision", "answered"},
            {"words", "It is done."},
            {"gives", {"reads", "alerts", "entries"}},
            {"unsaid", "inquiry"}});
}

void ask_for_keepers(Documented& api, TestOffice& office) {
  const auto officer = office.role("dpo");
  const Json purpose{{"reason", "The keeper has asked us"}};
  const auto made = api.post(officer, "/v1/subject-requests",
                             {{"purpose", purpose},
                              {"wish", "access"},
                              {"plate", "AB12CDE"},
                              {"from", "2026-03-01T00:00:00Z"},
                              {"until", "2026-03-28T10:00:01Z"},
                              {"asked_by", "The keeper, by letter"},
                              {"received", "2026-03-27"}})
                        .json();
  EXPECT_EQ(made.at("due"), "2026-04-27");
  const auto path = "/v1/subject-requests/" + made.at("id").get<std::string>();
  const auto held = api.post(officer, path + "/see", {{"purpose", purpose}}).json();
  EXPECT_FALSE(held.at("sightings").empty());
  api.post(officer, path + "/extend", {{"purpose", purpose}, {"words", "There are many"}});
  const auto sent = api.post(officer, path + "/decide",
                             {{"purpose", purpose},
                              {"decision", "answered"},
                              {"words", "Here is what we hold."},
                              {"held_back",
                               {{{"from", "2026-03-01T00:00:00Z"},
                                 {"until", "2026-03-02T00:00:00Z"},
                                 {"exemption", "crime"},
                                 {"reason", "A live case"}}}}})
                        .json();
  EXPECT_EQ(sent.at("answer").at("records").size(), held.at("sightings").size());
  EXPECT_EQ(sent.dump().find("c-1"), std::string::npos);  // no camera
  erase_for_keeper(api, officer, purpose);
  const auto clocks = api.get(office.role("auditor"), "/v1/subject-requests").json();
  EXPECT_EQ(clocks.dump().find("AB12CDE"), std::string::npos);
}

// From the first key to the last, by its owner and by an administrator.
void ask_security_keys(Documented& api, TestOffice& office) {
  const auto owner = office.another("auditor", "doc-keys");
  const auto text = [](const base::Bytes& bytes) { return base::to_base64_url(bytes); };
  const Json shown{{"password", testing::password}};
  people::TestKey key;
  const auto add = [&](const Json& credentials) {
    const auto begun = api.post(owner, "/v1/security-keys/begin", credentials).json();
    const auto made = key.made(begun.at("security_key").at("challenge"));
    return api
        .post(owner, "/v1/security-keys",
              {{"name", "Blue key"},
               {"client_data", text(made.client_data)},
               {"authenticator_data", text(made.authenticator_data)}})
        .json();
  };
  EXPECT_EQ(add(shown).at("recovery_codes").size(), 10U);
  const auto known = api.get(owner, "/v1/security-keys").json().at("security_keys").at(0);
  EXPECT_EQ(known.at("name"), "Blue key");
  // What a challenge asks for, in the place of a code.
  const auto with_key = [&](Json body, const Reply& asked) {
    EXPECT_EQ(asked.status, 401);
    EXPECT_EQ(asked.json().at("code"), "second_factor");
    const auto answer = key.answer(asked.json().at("security_key").at("challenge"));
    body["security_key"] = {{"credential", text(answer.credential)},
                            {"client_data", text(answer.client_data)},
                            {"authenticator_data", text(answer.authenticator_data)},
                            {"signature", text(answer.signature)}};
    return body;
  };
  const Json credentials{{"sign_in_name", "doc-keys"}, {"password", testing::password}};
  const auto asked = api.post(office.nobody(), "/v1/session", credentials);
  const auto answered = with_key(credentials, asked);
  EXPECT_EQ(api.post(office.nobody(), "/v1/session", answered).status, 200);
  EXPECT_EQ(api.post(office.nobody(), "/v1/session", answered).status, 401);  // once

  const auto remove = "/v1/security-keys/" + known.at("id").get<std::string>() + "/remove";
  EXPECT_EQ(api.post(owner, remove, with_key(shown, api.post(owner, remove, shown))).status, 204);
  const auto again = add(shown).at("id").get<std::string>();
  const auto administrator = office.role("administrator");
  EXPECT_EQ(
      api.post(administrator,
               "/v1/people/" + office.person_of(owner) + "/security-keys/" + again + "/remove", {})
          .status,
      204);
}

void ask_organisations(Documented& api, const Client& administrator) {
  api.post(administrator, "/v1/organisations",
           {{"id", "north"}, {"kind", "region"}, {"name", "The North"}});
  api.post(administrator, "/v1/organisations",
           {{"id", "north"}, {"kind", "region"}, {"name", "Again"}});  // conflict
  api.post(administrator, "/v1/organisations/test-force",
           {{"kind", "force"}, {"name", "Test Force"}, {"parent", "north"}});
  EXPECT_EQ(api.post(administrator, "/v1/organisations/north/close", {}).status, 409);
  api.post(administrator, "/v1/organisations",
           {{"id", "charity"}, {"kind", "partner"}, {"name", "A Charity"}});
  EXPECT_EQ(api.post(administrator, "/v1/organisations/charity/close", {}).status, 204);
  const auto known = api.get(administrator, "/v1/organisations").json().at("organisations");
  EXPECT_EQ(known.size(), 4U) << known;  // that of the first administrator, too
}

void ask_people(Documented& api, TestOffice& office) {
  const auto administrator = office.role("administrator");
  const auto added = api.post(administrator, "/v1/people",
                              {{"sign_in_name", "somebody"},
                               {"display_name", "Some Body"},
                               {"organisation", "test-force"},
                               {"roles", Json::array({"operator", "investigator"})}})
                         .json();
  const auto id = added.at("id").get<std::string>();
  api.get(administrator, "/v1/people");
  ask_organisations(api, administrator);
  api.post(administrator, "/v1/people/" + id + "/organisation", {{"organisation", "north"}});
  api.post(
      office.nobody(), "/v1/password",
      {{"sign_in_name", "somebody"}, {"code", added.at("code")}, {"password", testing::password}});
  const auto signed_in = api.post(office.nobody(), "/v1/session",
                                  {{"sign_in_name", "somebody"}, {"password", testing::password}});
  const Client somebody{office.port(), signed_in.json().at("token").get<std::string>()};
  api.get(somebody, "/v1/session");
  const auto change = [&](std::string_view password, std::string_view chosen) {
    return api
        .post(somebody, "/v1/password/change", {{"password", password}, {"new_password", chosen}})
        .status;
  };
  EXPECT_EQ(change("wrong password", "velvet anchor mosaic"), 401);
  EXPECT_EQ(change(testing::password, "velvet anchor mosaic"), 204);
  EXPECT_EQ(change("velvet anchor mosaic", testing::password), 204);
  api.post(office.nobody(), "/v1/session",
           {{"sign_in_name", "somebody"}, {"password", testing::password}});
  const auto news = api.get(somebody, "/v1/account/news").json();
  EXPECT_TRUE(news.at("signed_in_before").is_null());
  EXPECT_EQ(news.at("refused"), 0);
  EXPECT_EQ(news.at("changes").size(), 3U) << news;
  const auto open = api.get(somebody, "/v1/sessions").json().at("sessions");
  ASSERT_EQ(open.size(), 2U) << open;
  for (const auto& one : open) {
    if (one.at("is_this").get<bool>()) continue;
    const auto end = "/v1/sessions/" + one.at("id").get<std::string>() + "/end";
    EXPECT_EQ(api.post(somebody, end, {}).status, 204);
    EXPECT_EQ(api.post(somebody, end, {}).status, 404);
  }
  EXPECT_EQ(api.post(somebody, "/v1/sessions/end-others", {}).status, 204);
  const auto begun = api.post(somebody, "/v1/second-factor", {{"password", testing::password}});
  const auto secret = begun.json().at("secret").get<std::string>();
  api.post(somebody, "/v1/second-factor/confirm", {{"code", "000000"}});
  api.post(somebody, "/v1/second-factor/confirm",
           {{"code", people::code_shown(secret, office.clock().now())}});
  api.post(office.nobody(), "/v1/session",
           {{"sign_in_name", "somebody"}, {"password", testing::password}});
  api.checked("delete", "/v1/session",
              testing::ask(office.port(), "DELETE", "/v1/session", {}, somebody.with_token()));
  api.get(somebody, "/v1/session");
  api.post(administrator, "/v1/people/" + id + "/roles", {{"roles", Json::array({"auditor"})}});
  api.post(administrator, "/v1/people/" + id + "/line", {{"line", "north"}});
  api.post(administrator, "/v1/people/" + id + "/second-factor/remove", {});
  api.post(administrator, "/v1/people/" + id + "/reset", {});
  api.post(administrator, "/v1/people/" + id + "/deactivate", {});
}

// Last of all: the clock goes on past everybody's session.
void follow_up(Documented& api, TestOffice& office) {
  api.post(office.role("investigator"), "/v1/holds",
           {{"purpose", testing::a_purpose()},
            {"id", "hold-missed"},
            {"plate", "AB12CDE"},
            {"from", "2026-03-27T00:00:00Z"},
            {"until", "2026-03-28T00:00:00Z"},
            {"review", "2026-03-28"}});
  office.clock().advance(std::chrono::days{20});
  const auto reviewer = office.again("reviewer");
  const auto missed = api.get(reviewer, "/v1/follow-ups").json().at("follow_ups");
  ASSERT_EQ(missed.size(), 1U) << missed;
  EXPECT_EQ(missed.at(0).at("since"), "2026-03-29T00:00:00.000Z");
  EXPECT_EQ(missed.at(0).at("person_name"), "Test investigator");
  const std::string path = "/v1/follow-ups/hold/hold-missed";
  const Json asked{{"words", "Asked DS Example"}};
  EXPECT_EQ(api.post(reviewer, path + "/note", asked).status, 409);  // nobody took it
  EXPECT_EQ(api.post(reviewer, path + "/take", {}).json().at("owner_name"), "Test reviewer");
  EXPECT_EQ(api.post(reviewer, path + "/note", asked).json().at("steps").size(), 2U);
  EXPECT_EQ(api.post(reviewer, "/v1/follow-ups/other/hold-missed/take", {}).status, 404);
  const auto seen =
      api.post(office.again("standards"), "/v1/signals", {{"purpose", testing::a_purpose()}});
  EXPECT_EQ(seen.json().at("follow_ups").at(0).at("id"), "hold-missed");
}

TEST(OpenApi, EveryOperationAnswersAsTheDocumentSays) {
  TestOffice office;
  Documented api(office);
  for (const auto* path : {"/healthz", "/metrics", "/openapi.json"}) api.get(office.nobody(), path);
  ask_estate(api, office);
  ask_plans(api, office);
  ask_site_files(api, office);
  ask_register(api, office);
  ask_accounts(api, office);
  ask_lists(api, office);
  send_reads(api, office);
  ask_alerts(api, office);
  ask_sightings(api, office);
  ask_authorities(api, office);
  review_searches(api, office);
  ask_standards(api, office);
  ask_for_keepers(api, office);
  ask_people(api, office);
  ask_security_keys(api, office);
  api.get(office.nobody(), "/v1/sign-in-ways");
  ask_covert(api, office);
  const auto auditor = office.role("auditor");
  api.get(auditor, "/v1/audit/entries?first=0&count=1000");
  api.get(auditor, "/v1/audit/checkpoint");
  api.get(auditor, "/v1/audit/witnesses");
  const auto in_force = api.get(auditor, "/v1/policy").json();
  const auto kept = api.get(auditor, "/v1/policies").json().at("policies").at(0);
  EXPECT_TRUE(kept.at("in_force").get<bool>());
  EXPECT_EQ(kept.at("version"), in_force.at("version"));
  EXPECT_EQ(
      api.get(auditor, "/v1/policies/" + kept.at("version").get<std::string>()).json().at("text"),
      in_force.at("text"));
  api.get(auditor, "/v1/days");
  api.get(office.role("administrator"), "/v1/backups");
  const auto owner = office.role("list_owner");
  const auto entry =
      api.get(owner, "/v1/watchlists/l-1/entries?count=1").json().at("entries").at(0);
  api.post(owner, "/v1/watchlists/entries/" + entry.at("id").get<std::string>() + "/withdraw",
           {{"reason", "sold"}});
  api.post(office.role("anpr_manager"), "/v1/sites/s-1/stop", {{"reason", "road closed"}});
  follow_up(api, office);

  std::set<std::string> documented;
  for (const auto& [path, methods] : api.document().at("paths").items()) {
    for (const auto& [method, operation] : methods.items()) {
      documented.insert(operation.at("operationId").get<std::string>());
    }
  }
  documented.erase("backUp");  // no place is configured here; keeping_test has one backed up to
  // Nobody vouches for people here; the console's test has a provider that does.
  for (const auto* id : {"beginVouchedSignIn", "signInVouched", "showVouchedFactor",
                         "beginVouchOnceMore", "vouchOnceMore"}) {
    documented.erase(id);
  }
  // Nothing is drawn before an hour is over; office_test waits for it.
  for (const auto* id : {"seeSample", "tellSample"}) documented.erase(id);
  // These never end; office_test listens to them.
  for (const auto* id : {"watchAlerts", "trackPlate"}) documented.erase(id);
  documented.erase("rejectAlert");  // one alert cannot be both; its refusal was checked
  for (const auto& id : api.answered()) documented.erase(id);
  EXPECT_EQ(documented, std::set<std::string>{}) << "nobody asks these";
}

TEST(OpenApi, TheDocumentIsWhole) {
  TestOffice office;
  const auto document = office.nobody().get("/openapi.json").json();
  EXPECT_EQ(document.at("openapi"), "3.1.0");
  const auto text = document.dump();
  const std::regex reference(R"re("\$ref":"#/components/schemas/([A-Za-z]+)")re");
  int references = 0;
  for (std::sregex_iterator at(text.begin(), text.end(), reference), end; at != end; ++at) {
    ++references;
    EXPECT_TRUE(document.at("components").at("schemas").contains((*at)[1].str())) << (*at)[1];
  }
  EXPECT_GT(references, 20);
  for (const auto& [path, methods] : document.at("paths").items()) {
    for (const auto& [method, operation] : methods.items()) {
      SCOPED_TRACE(method + " " + path);
      std::set<std::string> in_path;
      for (const auto& parameter : operation.value("parameters", Json::array())) {
        if (parameter.at("in") == "path") in_path.insert(parameter.at("name").get<std::string>());
      }
      std::set<std::string> wanted;
      const std::regex variable("\\{([a-z]+)\\}");
      for (std::sregex_iterator at(path.begin(), path.end(), variable), end; at != end; ++at) {
        wanted.insert((*at)[1]);
      }
      EXPECT_EQ(in_path, wanted);
    }
  }
}

}  // namespace
}  // namespace regmark
