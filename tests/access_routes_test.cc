// Every route as every role, and as nobody: what the policy says, and nothing else, decides.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "office_testing.h"

namespace regmark {
namespace {

using testing::Client;
using testing::Json;
using testing::Reply;
using testing::TestOffice;

const std::vector<std::string> all_roles = {
    "operator",     "patrol",      "investigator",  "authoriser", "list_owner",
    "anpr_manager", "overt_lead",  "dpo",           "controller", "reviewer",
    "standards",    "foi_officer", "administrator", "auditor"};

const std::string read_id(32, 'a');

// {me} becomes the role's name, so that what one role makes does not stand in another's way.
struct Row {
  std::string method, pattern, path, body;
  std::string allowed;  // roles; "everybody": without a sign-in; "signed in"; "cameras"
  int status;           // what one who is allowed gets
  std::string type = "application/json";
};

const std::string site =
    R"({"id":"site-{me}","name":"n","position":{"latitude":1,"longitude":2},)"
    R"("grounds":{"need":"n","category":"local_crime","review":"2026-09-01"}})";
const std::string deployment =
    R"({"id":"deployment-{me}","name":"n","area":{"latitude":1,"longitude":2,"radius_m":100},)"
    R"("from":"2026-04-01T00:00:00Z","until":"2026-05-01T00:00:00Z",)"
    R"("grounds":{"need":"n","category":"local_crime","review":"2026-09-01"}})";
const std::string covert_site =
    R"({"name":"Behind the mill","position":{"latitude":1,"longitude":2},)"
    R"("grounds":{"need":"n","category":"national_security","review":"2026-09-01"}})";
const std::string covert_deployment =
    R"({"name":"Behind the mill","area":{"latitude":1,"longitude":2,"radius_m":100},)"
    R"("from":"2026-03-28T00:00:00Z","until":"2026-06-01T00:00:00Z",)"
    R"("grounds":{"need":"n","category":"national_security","review":"2026-09-01"}})";
const std::string window = R"("from":"2026-03-27T00:00:00Z","until":"2026-03-28T00:00:00Z")";
const std::string purpose =
    R"("purpose":{"category":"serious","reason":"Robbery in the town centre",)"
    R"("reference":"CR/1","for_whom":"DS Example"})";
const std::string list =
    R"({"id":"list-{me}","name":"n","level":"force","purpose":"p","priority":"low",)"
    R"("review":"2026-06-01","age_max_hours":24,"alert_window_seconds":60})";
const std::string person =
    R"({"sign_in_name":"new-{me}","display_name":"n","organisation":"office","roles":["operator"]})";
const std::string see_estate = "anpr_manager overt_lead dpo controller auditor";
const std::string reason = R"({"reason":"because"})";

// Wrong before anybody tries it: too many failures from one place would make the others wait.
const std::string no_answer =
    R"({"password":"y","security_key":{"credential":"*","client_data":"AA",)"
    R"("authenticator_data":"AA","signature":"AA"}})";

// The expectation, as the built-in policy and the roles of the design have it, room by room.
const std::vector<Row> open_routes = {
    {"GET", "/healthz", "/healthz", "", "everybody", 200},
    {"GET", "/metrics", "/metrics", "", "everybody", 200},
    {"GET", "/openapi.json", "/openapi.json", "", "everybody", 200},
    {"POST", "/v1/session", "/v1/session", R"({"sign_in_name":"x-{me}","password":"y"})",
     "everybody", 401},
    {"POST", "/v1/password", "/v1/password",
     R"({"sign_in_name":"y-{me}","code":"y","password":"long enough a password"})", "everybody",
     400},
    {"GET", "/v1/session", "/v1/session", "", "signed in", 200},
    {"POST", "/v1/password/change", "/v1/password/change",
     R"({"password":"y","new_password":"short"})", "signed in", 400},
    {"GET", "/v1/account/news", "/v1/account/news", "", "signed in", 200},
    {"GET", "/v1/sessions", "/v1/sessions", "", "signed in", 200},
    {"POST", "/v1/sessions/{id}/end", "/v1/sessions/none/end", "", "signed in", 404},
    {"POST", "/v1/sessions/end-others", "/v1/sessions/end-others", "", "signed in", 204},
    {"POST", "/v1/second-factor", "/v1/second-factor", R"({"password":"y"})", "signed in", 401},
    {"POST", "/v1/second-factor/confirm", "/v1/second-factor/confirm", R"({"code":"000000"})",
     "signed in", 404},
    {"GET", "/v1/security-keys", "/v1/security-keys", "", "signed in", 200},
    {"POST", "/v1/security-keys/begin", "/v1/security-keys/begin", no_answer, "signed in", 400},
    {"POST", "/v1/security-keys", "/v1/security-keys",
     R"({"name":"k","client_data":"e30","authenticator_data":"AAAA"})", "signed in", 400},
    {"POST", "/v1/security-keys/{id}/remove", "/v1/security-keys/-/remove", R"({"password":"y"})",
     "signed in", 404},
    {"GET", "/v1/sign-in-ways", "/v1/sign-in-ways", "", "everybody", 200},
    // This office has nobody else who vouches for people.
    {"POST", "/v1/vouched-session/begin", "/v1/vouched-session/begin", "", "everybody", 503},
    {"POST", "/v1/vouched-session", "/v1/vouched-session", R"({"state":"s","code":"c"})",
     "everybody", 503},
    {"POST", "/v1/vouched-session/second-factor", "/v1/vouched-session/second-factor",
     R"({"ticket":"t","code":"000000"})", "everybody", 503},
    {"POST", "/v1/vouched-once-more/begin", "/v1/vouched-once-more/begin", "", "signed in", 503},
    {"POST", "/v1/vouched-once-more", "/v1/vouched-once-more", R"({"state":"s","code":"c"})",
     "signed in", 503},
    {"GET", "/v1/audit/checkpoint", "/v1/audit/checkpoint", "", "signed in", 200},
    {"GET", "/v1/audit/witnesses", "/v1/audit/witnesses", "", "signed in", 200},
};

const std::vector<Row> camera_routes = {
    {"POST", "/v1/reads", "/v1/reads", "{}", "cameras", 401},
};

const std::vector<Row> alert_routes = {
    {"GET", "/v1/alerts", "/v1/alerts", "", "operator patrol", 200},
    {"GET", "/v1/alerts/stream", "/v1/alerts/stream", "", "operator patrol", 200},
    {"GET", "/v1/alerts/{id}", "/v1/alerts/none", "", "operator patrol", 404},
    {"POST", "/v1/alerts/{id}/confirm", "/v1/alerts/none/confirm", "{}", "operator", 404},
    {"POST", "/v1/alerts/{id}/reject", "/v1/alerts/none/reject", R"({"note":"n"})", "operator",
     404},
    {"POST", "/v1/alerts/{id}/assign", "/v1/alerts/none/assign", R"({"to":"person-x"})", "operator",
     404},
    {"POST", "/v1/alerts/{id}/act", "/v1/alerts/none/act", "{}", "operator patrol", 404},
    {"POST", "/v1/alerts/{id}/outcome", "/v1/alerts/none/outcome", R"({"code":"stopped"})",
     "operator patrol", 404},
};

const std::vector<Row> search_routes = {
    {"POST", "/v1/searches", "/v1/searches", "{" + purpose + "," + window + R"(,"plate":"AB1*"})",
     "investigator", 200},
    {"POST", "/v1/convoys", "/v1/convoys", "{" + purpose + "," + window + R"(,"plate":"AB12CDE"})",
     "investigator", 200},
    // Nobody may follow a vehicle without leave.
    {"POST", "/v1/tracks", "/v1/tracks",
     "{" + purpose + R"(,"plate":"AB12CDE","until":"2099-01-01T00:00:00Z"})", "", 403},
    // There is nothing yet to export.
    {"POST", "/v1/evidence", "/v1/evidence", "{" + purpose + "," + window + R"(,"plate":"AB1*"})",
     "investigator", 404},
    {"POST", "/v1/holds", "/v1/holds",
     "{" + purpose + "," + window + R"(,"plate":"AB1*","id":"hold-{me}","review":"2026-06-01"})",
     "investigator", 201},
    {"GET", "/v1/holds", "/v1/holds", "", "investigator authoriser dpo auditor", 200},
    // Nobody may see or end a hold that is none. Of one that is, see access_objects_test.cc.
    {"POST", "/v1/holds/{id}/searches", "/v1/holds/none/searches", "{" + purpose + "}", "", 403},
    {"GET", "/v1/holds/{id}/pictures/{read}/{kind}",
     "/v1/holds/none/pictures/" + read_id + "/plate", "", "", 403},
    {"POST", "/v1/holds/{id}/review", "/v1/holds/none/review",
     "{" + purpose + R"(,"review":"2026-06-01","words":"w"})", "", 403},
    {"POST", "/v1/holds/{id}/release", "/v1/holds/none/release", "{" + purpose + R"(,"words":"w"})",
     "", 403},
    // The same picture by its two doors.
    {"GET", "/v1/sightings/{id}/pictures/{kind}",
     "/v1/sightings/" + read_id + "/pictures/plate?alert=none", "", "operator patrol", 404},
    {"GET", "/v1/sightings/{id}/pictures/{kind}",
     "/v1/sightings/" + read_id + "/pictures/plate?observed=2026-03-27T00:00:00Z", "",
     "investigator", 404},
};

// Nobody may decide about an authority that is none, so that is refused to everybody. Of one that
// is, see access_objects_test.cc.
const std::vector<Row> authority_routes = {
    {"GET", "/v1/authorities", "/v1/authorities", "", "investigator authoriser", 200},
    {"POST", "/v1/authorities", "/v1/authorities",
     "{" + purpose + "," + window + R"(,"kind":"senior_officer","act":"search_sightings"})",
     "investigator", 201},
    {"POST", "/v1/authorities/{id}/grant", "/v1/authorities/none/grant",
     R"({"reason":"because it is","hours":1,"uses":1})", "", 403},
    {"POST", "/v1/authorities/{id}/refuse", "/v1/authorities/none/refuse", reason, "", 403},
    {"POST", "/v1/authorities/{id}/confirm", "/v1/authorities/none/confirm",
     R"({"reason":"because it is","hours":1,"uses":1})", "", 403},
    {"POST", "/v1/authorities/{id}/withdraw", "/v1/authorities/none/withdraw", reason, "", 403},
    {"POST", "/v1/authorities/{id}/give-up", "/v1/authorities/none/give-up",
     "{" + purpose + R"(,"why":"no longer needed"})", "investigator", 404},
};

const std::string keeper =
    R"({"purpose":{"reason":"The keeper has asked us"},"wish":"access","plate":"AB12CDE",)" +
    window + R"(,"asked_by":"The keeper","received":"2026-03-28"})";

const std::vector<Row> oversight_routes = {
    {"GET", "/v1/reviews", "/v1/reviews", "", "reviewer", 200},
    {"POST", "/v1/reviews/{id}/take", "/v1/reviews/none/take", "", "reviewer", 404},
    {"POST", "/v1/reviews/{id}/decide", "/v1/reviews/none/decide",
     R"({"outcome":"in_order","words":"w"})", "reviewer", 404},
    {"GET", "/v1/reviews/figures", "/v1/reviews/figures", "", "reviewer", 200},
    {"GET", "/v1/policies", "/v1/policies", "", "auditor administrator", 200},
    {"GET", "/v1/policies/{version}", "/v1/policies/none", "", "auditor administrator", 404},
    {"GET", "/v1/follow-ups", "/v1/follow-ups", "", "reviewer", 200},
    {"POST", "/v1/follow-ups/{missed}/{id}/take", "/v1/follow-ups/hold/none/take", "", "reviewer",
     404},
    {"POST", "/v1/follow-ups/{missed}/{id}/note", "/v1/follow-ups/authority/none/note",
     R"({"words":"w"})", "reviewer", 404},
    {"PUT", "/v1/cases", "/v1/cases", "reference\nCR/1\n", "administrator", 200, "text/csv"},
    {"POST", "/v1/signals", "/v1/signals", R"({"purpose":{"reason":"The yearly look"}})",
     "standards", 200},
    {"PUT", "/v1/household", "/v1/household", "plate,person\nAB12CDE,administrator\n", "standards",
     200, "text/csv"},
    {"PUT", "/v1/duty", "/v1/duty",
     "person,from,until\nadministrator,2026-03-01T00:00:00Z,2026-03-01T08:00:00Z\n", "standards",
     200, "text/csv"},
    {"GET", "/v1/subject-requests", "/v1/subject-requests", "",
     "dpo auditor administrator anpr_manager", 200},
    {"POST", "/v1/subject-requests", "/v1/subject-requests", keeper, "dpo", 201},
    // One that nobody knows is about no vehicle, so that is refused to everybody; of one that is
    // known, see access_objects_test.cc.
    {"POST", "/v1/subject-requests/{id}/see", "/v1/subject-requests/none/see", "{" + purpose + "}",
     "", 403},
    {"POST", "/v1/subject-requests/{id}/extend", "/v1/subject-requests/none/extend",
     "{" + purpose + R"(,"words":"w"})", "", 403},
    {"POST", "/v1/subject-requests/{id}/erase", "/v1/subject-requests/none/erase",
     "{" + purpose + R"(,"sightings":[")" + read_id + R"("]})", "", 403},
    {"POST", "/v1/subject-requests/{id}/decide", "/v1/subject-requests/none/decide",
     "{" + purpose + R"(,"decision":"refused","words":"w"})", "", 403},
};

// No place for backups is configured.
const std::vector<Row> keeping_routes = {
    {"GET", "/v1/days", "/v1/days", "", "dpo auditor administrator anpr_manager", 200},
    {"GET", "/v1/backups", "/v1/backups", "", "administrator", 200},
    {"POST", "/v1/backups", "/v1/backups", "{}", "administrator", 404},
};

// One road, and a corridor along it.
const std::string plan =
    R"({"inputs":{"format":1,"corridors":[{"id":"through","cover":1,)"
    R"("from":{"latitude":54.5,"longitude":-2.51},"to":{"latitude":54.5,"longitude":-2.49}}],)"
    R"("derive":{"classes":["primary"],"money":100}},)"
    R"("network":"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",)"
    R"(\"properties\":{\"id\":\"r-1\",\"class\":\"primary\"},\"geometry\":{\"type\":\"LineString\",)"
    R"(\"coordinates\":[[-2.51,54.5],[-2.49,54.5]]}}]}"})";

const std::vector<Row> estate_routes = {
    {"POST", "/v1/plans", "/v1/plans", plan, see_estate, 200},
    {"GET", "/v1/sites", "/v1/sites", "", see_estate, 200},
    {"POST", "/v1/sites", "/v1/sites", site, "anpr_manager", 201},
    {"POST", "/v1/sites/{id}/approve", "/v1/sites/none/approve", "", "anpr_manager", 404},
    {"POST", "/v1/sites/{id}/review", "/v1/sites/none/review",
     R"({"grounds":{"need":"n","category":"local_crime","review":"2026-09-01"}})", "anpr_manager",
     404},
    {"POST", "/v1/sites/{id}/stop", "/v1/sites/none/stop", reason, "anpr_manager", 404},
    {"GET", "/v1/deployments", "/v1/deployments", "", see_estate, 200},
    {"POST", "/v1/deployments", "/v1/deployments", deployment, "anpr_manager", 201},
    {"POST", "/v1/deployments/{id}/approve", "/v1/deployments/none/approve", "", "anpr_manager",
     404},
    {"POST", "/v1/deployments/{id}/stop", "/v1/deployments/none/stop", reason, "anpr_manager", 404},
    {"GET", "/v1/deployments/{id}/file", "/v1/deployments/none/file", "", see_estate, 404},
    {"POST", "/v1/deployments/{id}/papers", "/v1/deployments/none/papers",
     R"({"paper":{"form":"impact","parts":{}}})", "anpr_manager", 404},
    {"POST", "/v1/deployments/{id}/review", "/v1/deployments/none/review",
     R"({"grounds":{"need":"n","category":"local_crime","review":"2026-09-01"},)"
     R"("until":"2026-08-01T00:00:00Z"})",
     "anpr_manager", 404},
    {"POST", "/v1/cameras/{id}/papers", "/v1/cameras/none/papers",
     R"({"paper":{"form":"camera_decommissioning","parts":{}}})", "anpr_manager", 404},
    {"GET", "/v1/cameras/{id}/papers", "/v1/cameras/none/papers", "", see_estate, 404},
    {"GET", "/v1/estate/taking-down", "/v1/estate/taking-down", "", see_estate, 200},
    {"GET", "/v1/estate/due", "/v1/estate/due", "", see_estate, 200},
    {"GET", "/v1/cameras", "/v1/cameras", "", see_estate, 200},
    {"GET", "/v1/drift", "/v1/drift", "", see_estate, 200},
    {"GET", "/v1/accuracy", "/v1/accuracy", "", see_estate, 200},
    {"GET", "/v1/samples/next", "/v1/samples/next", "", "operator anpr_manager", 200},
    {"GET", "/v1/samples/{read}/picture", "/v1/samples/" + read_id + "/picture", "",
     "operator anpr_manager", 404},
    {"POST", "/v1/samples/{read}", "/v1/samples/" + read_id, R"({"sees":"no_plate"})",
     "operator anpr_manager", 404},
    {"POST", "/v1/cameras", "/v1/cameras", R"({"id":"camera-{me}","name":"n","site":"none"})",
     "anpr_manager", 404},
    {"POST", "/v1/cameras/{id}/token", "/v1/cameras/none/token", "", "anpr_manager", 404},
    {"POST", "/v1/cameras/{id}/key", "/v1/cameras/none/key",
     R"({"public_key":")" + std::string(64, 'a') + R"("})", "anpr_manager", 404},
    {"POST", "/v1/cameras/{id}/certificate", "/v1/cameras/none/certificate",
     R"({"fingerprint":")" + std::string(64, 'a') + R"("})", "anpr_manager", 404},
    {"POST", "/v1/cameras/{id}/credentials/remove", "/v1/cameras/none/credentials/remove", "",
     "anpr_manager", 204},
    {"POST", "/v1/cameras/{id}/stop", "/v1/cameras/none/stop", reason, "anpr_manager", 404},
};

const std::string paper = R"({"paper":{"form":"impact","parts":{}}})";
const std::string readers = "anpr_manager overt_lead dpo controller auditor";
const std::string no_file(64, '0');

const std::vector<Row> site_file_routes = {
    {"GET", "/v1/sites/{id}/file", "/v1/sites/none/file", "", readers, 404},
    {"POST", "/v1/sites/{id}/papers", "/v1/sites/none/papers", paper, "anpr_manager", 404},
    {"POST", "/v1/sites/{id}/assess", "/v1/sites/none/assess", "", "anpr_manager", 404},
    {"POST", "/v1/sites/{id}/decide", "/v1/sites/none/decide", paper, "controller", 404},
    {"POST", "/v1/sites/{id}/commission", "/v1/sites/none/commission", paper, "anpr_manager", 404},
    {"POST", "/v1/sites/{id}/begin", "/v1/sites/none/begin", R"({"review":"2026-09-01"})",
     "anpr_manager", 404},
    {"POST", "/v1/sites/{id}/reviews", "/v1/sites/none/reviews",
     R"({"paper":{"form":"review","parts":{}},"next":"2026-09-01"})", readers,
     404},  // what there is not is said first
    {"POST", "/v1/sites/{id}/full-path", "/v1/sites/none/full-path", reason, "anpr_manager", 404},
    {"POST", "/v1/sites/{id}/withdraw", "/v1/sites/none/withdraw", reason, "anpr_manager", 404},
    {"POST", "/v1/sites/{id}/decommission", "/v1/sites/none/decommission", paper, "anpr_manager",
     404},
    {"POST", "/v1/estate/evidence", "/v1/estate/evidence", "a file",
     "anpr_manager overt_lead dpo controller", 201, "application/octet-stream"},
    {"GET", "/v1/estate/evidence/{digest}", "/v1/estate/evidence/" + no_file, "", readers, 404},
    {"GET", "/v1/estate/guidance", "/v1/estate/guidance", "", "signed in", 200},
    {"GET", "/v1/estate/matrix", "/v1/estate/matrix", "", readers, 404},
    {"POST", "/v1/estate/matrix", "/v1/estate/matrix", R"({"toml":"no","reasons":"r"})",
     "controller", 400},
    {"GET", "/v1/estate/reviews", "/v1/estate/reviews", "", readers, 200},
    {"POST", "/v1/register", "/v1/register", "camera,kind\ncamera-{me},fixed\n", "anpr_manager",
     201, "text/csv"},
    {"POST", "/v1/register/check", "/v1/register/check", "camera,kind\ncamera-{me},fixed\n",
     "anpr_manager", 200, "text/csv"},
    {"POST", "/v1/costs", "/v1/costs",
     R"({"year":2025,"kind":"running","pounds":1,"another":true})", "anpr_manager", 204},
    {"GET", "/v1/register/{question}", "/v1/register/standing?from=2026-01-01&until=2026-01-01", "",
     "anpr_manager overt_lead dpo controller foi_officer auditor", 200},
    {"GET", "/v1/register/cameras", "/v1/register/cameras", "", readers, 200},
    {"GET", "/v1/register/cameras/{id}", "/v1/register/cameras/none", "", readers, 404},
    {"GET", "/v1/estate/would-stop", "/v1/estate/would-stop?on=2026-09-01", "", readers, 200},
    {"GET", "/v1/sites/{id}/review-evidence", "/v1/sites/none/review-evidence", "", readers, 404},
    {"GET", "/v1/sites/{id}/camera-books", "/v1/sites/none/camera-books", "", readers, 404},
    {"GET", "/v1/estate/tests-overdue", "/v1/estate/tests-overdue", "", readers, 200},
    {"POST", "/v1/cameras/{id}/book", "/v1/cameras/none/book",
     R"({"kind":"fault","day":"2026-03-01","words":"dark"})", "anpr_manager", 404},
};

// For nobody, until the chief officer names somebody.
const std::vector<Row> covert_routes = {
    {"GET", "/v1/covert/offer", "/v1/covert/offer", "", "signed in", 200},
    {"POST", "/v1/covert", "/v1/covert", "", "", 403},
    {"POST", "/v1/covert/sites/{id}/file", "/v1/covert/sites/none/file", "", "", 403},
    {"POST", "/v1/covert/deployments/{id}/file", "/v1/covert/deployments/none/file", "", "", 403},
    {"POST", "/v1/covert/sites", "/v1/covert/sites", covert_site, "", 403},
    {"POST", "/v1/covert/sites/{id}/approve", "/v1/covert/sites/none/approve", "", "", 403},
    {"POST", "/v1/covert/sites/{id}/stop", "/v1/covert/sites/none/stop", reason, "", 403},
    {"POST", "/v1/covert/deployments", "/v1/covert/deployments", covert_deployment, "", 403},
    {"POST", "/v1/covert/deployments/{id}/approve", "/v1/covert/deployments/none/approve", "", "",
     403},
    {"POST", "/v1/covert/deployments/{id}/stop", "/v1/covert/deployments/none/stop", reason, "",
     403},
    {"POST", "/v1/covert/cameras", "/v1/covert/cameras", R"({"name":"n","site":"none"})", "", 403},
    {"POST", "/v1/covert/cameras/{id}/token", "/v1/covert/cameras/none/token", "", "", 403},
    {"POST", "/v1/covert/cameras/{id}/book", "/v1/covert/cameras/none/book",
     R"({"kind":"fault","day":"2026-03-01","words":"dark"})", "", 403},
    {"POST", "/v1/covert/cameras/{id}/book/read", "/v1/covert/cameras/none/book/read", "", "", 403},
    {"POST", "/v1/covert/cameras/{id}/key", "/v1/covert/cameras/none/key",
     R"({"public_key":")" + no_file + R"("})", "", 403},
    {"POST", "/v1/covert/cameras/{id}/certificate", "/v1/covert/cameras/none/certificate",
     R"({"fingerprint":")" + no_file + R"("})", "", 403},
    {"POST", "/v1/covert/cameras/{id}/credentials/remove",
     "/v1/covert/cameras/none/credentials/remove", "", "", 403},
    {"POST", "/v1/covert/cameras/{id}/stop", "/v1/covert/cameras/none/stop", reason, "", 403},
};

const std::string register_readers = "anpr_manager overt_lead dpo controller foi_officer auditor";
const std::string days = "?from=2025-10-01&until=2025-12-31";

const std::vector<Row> account_routes = {
    {"GET", "/v1/sites/{id}/papers/{form}/pdf", "/v1/sites/none/papers/impact/pdf", "", readers,
     404},
    {"GET", "/v1/sites/{id}/papers/{form}/page", "/v1/sites/none/papers/impact/page", "", readers,
     404},
    {"GET", "/v1/sites/{id}/public-impact", "/v1/sites/none/public-impact", "", readers, 200},
    {"POST", "/v1/sites/{id}/public-impact/check", "/v1/sites/none/public-impact/check",
     R"({"strikes":[]})", readers, 404},
    {"POST", "/v1/sites/{id}/public-impact", "/v1/sites/none/public-impact",
     R"({"strikes":[],"newest_paper":1})", readers, 404},
    {"GET", "/v1/sites/{id}/public-impact/{number}/pdf", "/v1/sites/none/public-impact/1/pdf", "",
     readers, 404},
    {"GET", "/v1/sites/{id}/public-impact/{number}/page", "/v1/sites/none/public-impact/1/page", "",
     readers, 404},
    {"GET", "/v1/sites/{id}/figures", "/v1/sites/none/figures", "", readers, 404},
    {"GET", "/v1/surroundings", "/v1/surroundings", "", readers, 200},
    {"POST", "/v1/surroundings/{kind}", "/v1/surroundings/crime?source=s&day=2026-01-01",
     "not,it\n", "anpr_manager", 400, "text/csv"},
    {"POST", "/v1/surroundings/{kind}/check", "/v1/surroundings/crime/check", "not,it\n",
     "anpr_manager", 200, "text/csv"},
    {"GET", "/v1/plans", "/v1/plans", "", readers, 200},
    {"GET", "/v1/plans/{number}", "/v1/plans/1", "", readers, 404},
    {"GET", "/v1/plans/{number}/sources", "/v1/plans/1/sources", "", readers, 404},
    {"GET", "/v1/self-assessments", "/v1/self-assessments", "", readers, 200},
    {"GET", "/v1/self-assessments/begun", "/v1/self-assessments/begun", "", readers, 200},
    {"POST", "/v1/self-assessments", "/v1/self-assessments", paper, "controller", 400},
    {"GET", "/v1/effectiveness", "/v1/effectiveness" + days, "", register_readers, 200},
    {"GET", "/v1/effectiveness/pdf", "/v1/effectiveness/pdf" + days, "", register_readers, 200},
    {"GET", "/v1/effectiveness/page", "/v1/effectiveness/page" + days, "", register_readers, 200},
    {"GET", "/v1/effectiveness/examples", "/v1/effectiveness/examples", "", register_readers, 200},
    {"POST", "/v1/effectiveness/examples", "/v1/effectiveness/examples", R"({"words":"w"})",
     "anpr_manager", 201},
    {"POST", "/v1/effectiveness/examples/{number}/approve", "/v1/effectiveness/examples/99/approve",
     "{}", "anpr_manager", 404},
};

const std::vector<Row> list_routes = {
    {"GET", "/v1/watchlists", "/v1/watchlists", "", "list_owner", 200},
    {"POST", "/v1/watchlists", "/v1/watchlists", list, "list_owner", 201},
    {"GET", "/v1/watchlists/{id}/entries", "/v1/watchlists/none/entries", "", "list_owner", 404},
    {"PUT", "/v1/watchlists/{id}/entries", "/v1/watchlists/none/entries", "VRM\nAB12CDE\n",
     "list_owner", 404, "text/csv"},
    {"POST", "/v1/watchlists/entries/{id}/withdraw", "/v1/watchlists/entries/none/withdraw", reason,
     "list_owner", 404},
    {"POST", "/v1/watchlists/entries/{id}/resolve", "/v1/watchlists/entries/none/resolve", reason,
     "list_owner", 404},
};

const std::vector<Row> people_routes = {
    {"GET", "/v1/people", "/v1/people", "", "administrator", 200},
    {"POST", "/v1/people", "/v1/people", person, "administrator", 201},
    {"POST", "/v1/people/{id}/roles", "/v1/people/none/roles", R"({"roles":["operator"]})",
     "administrator", 404},
    {"POST", "/v1/people/{id}/standing", "/v1/people/none/standing", R"({"rank":"inspector"})",
     "administrator", 404},
    {"POST", "/v1/people/{id}/line", "/v1/people/none/line", R"({"line":"north"})", "administrator",
     404},
    {"POST", "/v1/people/{id}/organisation", "/v1/people/none/organisation",
     R"({"organisation":"office"})", "administrator", 404},
    {"GET", "/v1/organisations", "/v1/organisations", "", "administrator", 200},
    {"POST", "/v1/organisations", "/v1/organisations",
     R"({"id":"force-{me}","kind":"force","name":"n"})", "administrator", 201},
    {"POST", "/v1/organisations/{id}", "/v1/organisations/none", R"({"kind":"force","name":"n"})",
     "administrator", 404},
    {"POST", "/v1/organisations/{id}/close", "/v1/organisations/none/close", "", "administrator",
     404},
    {"POST", "/v1/people/{id}/deactivate", "/v1/people/none/deactivate", "", "administrator", 404},
    {"POST", "/v1/people/{id}/reset", "/v1/people/none/reset", "", "administrator", 404},
    {"POST", "/v1/people/{id}/second-factor/remove", "/v1/people/none/second-factor/remove", "",
     "administrator", 404},
    {"POST", "/v1/people/{id}/security-keys/{key}/remove",
     "/v1/people/none/security-keys/none/remove", "", "administrator", 404},
};

const std::vector<Row> audit_routes = {
    {"GET", "/v1/audit/entries", "/v1/audit/entries", "", "auditor", 200},
    {"GET", "/v1/policy", "/v1/policy", "", "administrator auditor", 200},
};

// Whoever signs out is nobody from then on.
const std::vector<Row> last_routes = {
    {"DELETE", "/v1/session", "/v1/session", "", "signed in", 204},
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all = [] {
    std::vector<Row> joined;
    for (const auto* some :
         {&open_routes, &camera_routes, &alert_routes, &search_routes, &authority_routes,
          &oversight_routes, &keeping_routes, &estate_routes, &site_file_routes, &account_routes,
          &covert_routes, &list_routes, &people_routes, &audit_routes, &last_routes}) {
      joined.insert(joined.end(), some->begin(), some->end());
    }
    return joined;
  }();
  return all;
}

std::string filled(std::string text, const std::string& who) {
  for (auto at = text.find("{me}"); at != std::string::npos; at = text.find("{me}")) {
    text.replace(at, 4, who);
  }
  return text;
}

Reply reply_to(const Row& row, const Client& client, const std::string& who) {
  auto headers = client.with_token(testing::purpose_headers());
  const auto body = filled(row.body, who);
  if (!body.empty()) headers.emplace_back("Content-Type", row.type);
  return testing::ask(client.port, row.method, row.path, body, headers);
}

// A stream never ends by itself: its head says enough.
int status_of(const Row& row, const Client& client, const std::string& who) {
  if (row.path == "/v1/alerts/stream") {
    testing::Events events(client.port, client.token);
    return std::atoi(events.head().c_str() + 9);
  }
  return reply_to(row, client, who).status;
}

bool is_allowed(const Row& row, const std::string& role) {
  if (row.allowed == "everybody" || row.allowed == "signed in") return true;
  return (" " + row.allowed + " ").find(" " + role + " ") != std::string::npos;
}

TEST(Access, EveryRouteAnswersEveryRoleAsThePolicySays) {
  TestOffice office;
  for (const auto& role : all_roles) office.role(role);  // the last row signs each out again
  for (const auto& role : all_roles) {
    const auto client = office.role(role);
    for (const auto& row : rows()) {
      SCOPED_TRACE(role + ": " + row.method + " " + row.path);
      const int want = row.allowed == "cameras" ? 401 : is_allowed(row, role) ? row.status : 403;
      EXPECT_EQ(status_of(row, client, role), want);
    }
  }
}

// One site and one deployment that are kept apart, each with a camera: the ids, by the folder of
// the routes that take them.
std::map<std::string, std::string> keep_apart(const Client& first, const Client& second) {
  std::map<std::string, std::string> ids;
  for (const auto& [things, body] :
       {std::pair{"sites", covert_site}, std::pair{"deployments", covert_deployment}}) {
    const auto folder = "/v1/covert/" + std::string(things);
    auto proposed = Json::parse(body);
    proposed["purpose"] = testing::a_purpose();
    const auto made = first.post(folder, proposed);
    EXPECT_EQ(made.status, 201) << made.body;
    const auto id = made.json().at("id").get<std::string>();
    const Json why{{"purpose", testing::a_purpose()}};
    EXPECT_EQ(second.post(folder + "/" + id + "/approve", why).status, 204);
    const auto place = std::string(things).substr(0, std::string(things).size() - 1);
    auto installed = why;
    installed["name"] = "Behind the mill";
    installed[place] = id;
    const auto camera = first.post("/v1/covert/cameras", installed);
    EXPECT_EQ(camera.status, 201) << camera.body;
    ids[things] = id;
    ids["cameras"] = camera.json().at("id").get<std::string>();
  }
  return ids;
}

// The same question about a thing that is kept apart; nothing: it asks for none.
std::optional<Row> asked_of(const std::map<std::string, std::string>& ids, Row row) {
  const auto replace = [](std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return at != std::string::npos;
  };
  bool asks = replace(row.body, R"("site":"none")", R"("site":")" + ids.at("sites") + "\"");
  for (const auto& [things, id] : ids) {
    asks = replace(row.path, "/" + things + "/none", "/" + things + "/" + id) || asks;
  }
  if (!asks) return std::nullopt;
  return row;
}

TEST(Access, WhatIsKeptApartIsNotThereForAnybodyElse) {
  TestOffice office;
  const auto first = office.another("anpr_manager", "covert-first");
  const auto second = office.another("controller", "covert-second");
  office.name_for_covert({first, second});
  const auto ids = keep_apart(first, second);
  const Json why{{"purpose", testing::a_purpose()}};
  EXPECT_EQ(first.post("/v1/covert", why).json().at("cameras").size(), 2U);
  std::size_t asked = 0;
  for (const auto& role : all_roles) {
    const auto client = office.role(role);
    for (const auto& row : rows()) {
      if (row.pattern == "/v1/alerts/stream" || row.method == "DELETE") continue;
      SCOPED_TRACE(role + ": " + row.method + " " + row.path);
      auto reply = reply_to(row, client, role);
      if (const auto about = asked_of(ids, row)) {
        // As if there were no such thing, to the letter of the status.
        const auto of_it = reply_to(*about, client, role);
        EXPECT_EQ(of_it.status, reply.status) << about->path;
        reply.body += of_it.body;
        ++asked;
      }
      EXPECT_EQ(reply.body.find("Behind the mill"), std::string::npos);
      for (const auto& [things, id] : ids) {
        // The auditor reads in the log who did what under which receipt: that is what it is for.
        if (row.pattern == "/v1/audit/entries") continue;
        EXPECT_EQ(reply.body.find(id), std::string::npos) << things;
      }
    }
  }
  EXPECT_GT(asked, 20 * all_roles.size());
  // Being named is not enough for the acts of others.
  EXPECT_EQ(office.role("administrator").post("/v1/covert", why).status, 403);
}

TEST(Access, NobodyGetsNothingWithoutSigningIn) {
  TestOffice office;
  for (const auto& row : rows()) {
    SCOPED_TRACE(row.method + " " + row.path);
    EXPECT_EQ(status_of(row, office.nobody(), "nobody"),
              row.allowed == "everybody" ? row.status : 401);
  }
}

TEST(Access, ACameraMaySendReadsAndNothingElse) {
  TestOffice office;
  const auto camera = office.camera("camera-1", "site-1");
  for (const auto& row : rows()) {
    SCOPED_TRACE(row.method + " " + row.path);
    const int want = row.allowed == "everybody" ? row.status : row.allowed == "cameras" ? 400 : 401;
    EXPECT_EQ(status_of(row, camera, "camera"), want);
  }
}

TEST(Access, TheTableLeavesNoRouteOut) {
  TestOffice office;
  const auto document = office.nobody().get("/openapi.json").json();
  std::set<std::pair<std::string, std::string>> have;
  for (const auto& [path, methods] : document.at("paths").items()) {
    for (const auto& [method, operation] : methods.items()) {
      std::string upper = method;
      std::ranges::transform(upper, upper.begin(), ::toupper);
      have.emplace(upper, path);
    }
  }
  std::set<std::pair<std::string, std::string>> tested;
  for (const auto& row : rows()) tested.emplace(row.method, row.pattern);
  // One way and the other: whole sets are too long to be printed.
  for (const auto& route : tested) {
    EXPECT_TRUE(have.contains(route)) << "no such route: " << route.first << " " << route.second;
  }
  for (const auto& route : have) {
    EXPECT_TRUE(tested.contains(route)) << "not tried: " << route.first << " " << route.second;
  }
}

// What a refusal must say: that it is one, why, and where it is on record.
TEST(Access, ARefusalHasItsReasonsAndItsRecord) {
  TestOffice office;
  const auto refused = office.role("operator").post("/v1/searches", Json::object());
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
  const auto problem = refused.json();
  EXPECT_EQ(problem.at("code"), "refused");
  EXPECT_FALSE(problem.at("reasons").empty());
  const auto number = problem.at("receipt").get<std::uint64_t>();
  const auto record = office.role("auditor").get(
      "/v1/audit/entries?count=1&first=" + std::to_string(number), testing::purpose_headers());
  ASSERT_EQ(record.status, 200);
  const auto entry = record.json().at("entries").at(0);
  EXPECT_EQ(entry.at("operation"), "refusal");
  EXPECT_EQ(entry.at("act"), "search_sightings");
  EXPECT_EQ(entry.at("outcome"), "refused");
}

}  // namespace
}  // namespace regmark
