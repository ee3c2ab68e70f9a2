#include "office_testing.h"

#include <cstdlib>

#include "access/policy.h"
#include "audit/audit_testing.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/files.h"
#include "intake/picture_testing.h"
#include "people/security_keys_testing.h"

namespace regmark::testing {
namespace {

// A password costs 64 MiB and two passes: beside other tests, on a small machine, under a sanitizer
// it may take seconds.
constexpr std::chrono::seconds patience{120};

}  // namespace

std::string Reply::header(std::string_view name) const {
  const std::string start = "\r\n" + std::string(name) + ": ";
  const auto at = head.find(start);
  if (at == std::string::npos) return {};
  const auto from = at + start.size();
  return head.substr(from, head.find("\r\n", from) - from);
}

Reply ask(std::uint16_t port, const std::string& method, const std::string& path,
          const std::string& body, const Headers& headers) {
  std::string request = method + " " + path + " HTTP/1.1\r\n";
  bool has_host = false;
  bool has_type = false;
  for (const auto& [name, value] : headers) {
    has_host |= name == "Host";
    has_type |= name == "Content-Type";
    request.append(name).append(": ").append(value).append("\r\n");
  }
  if (!has_host) request += "Host: 127.0.0.1\r\n";
  if (!body.empty() && !has_type) request += "Content-Type: application/json\r\n";
  request += "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n";
  api::http::RawClient client(port, patience);
  const auto answer = client.ask(request + body);
  return {answer.status, answer.head, answer.body};
}

Headers Client::with_token(Headers headers) const {
  if (!token.empty()) headers.emplace_back("Authorization", "Bearer " + token);
  return headers;
}

Reply Client::get(const std::string& path, const Headers& more) const {
  return ask(port, "GET", path, {}, with_token(more));
}

Reply Client::post(const std::string& path, const Json& body) const {
  return ask(port, "POST", path, body.is_null() ? std::string() : body.dump(), with_token());
}

Reply Client::put_csv(const std::string& path, const std::string& csv) const {
  return ask(port, "PUT", path, csv, with_token({{"Content-Type", "text/csv"}}));
}

Events::Events(std::uint16_t port, const std::string& token) : client_(port, patience) {
  client_.send("GET /v1/alerts/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " +
               token + "\r\n\r\n");
  head_ = client_.receive_until("\r\n\r\n");
}

Events::Events(const Client& client, const std::string& path, const Json& body)
    : client_(client.port, patience) {
  const auto text = body.dump();
  client_.send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " +
               client.token + "\r\nContent-Type: application/json\r\nContent-Length: " +
               std::to_string(text.size()) + "\r\n\r\n" + text);
  head_ = client_.receive_until("\r\n\r\n");
}

std::optional<Events::Event> Events::next() {
  while (true) {
    const auto block = client_.receive_until("\n\n");
    if (!block.ends_with("\n\n")) return std::nullopt;
    Event event;
    std::string data;
    for (std::size_t from = 0; from < block.size();) {
      const auto end = block.find('\n', from);
      const auto line = block.substr(from, end - from);
      if (line.starts_with("event: ")) event.name = line.substr(7);
      if (line.starts_with("id: ")) event.id = line.substr(4);
      if (line.starts_with("data: ")) data += line.substr(6);
      from = end + 1;
    }
    if (data.empty()) continue;  // a comment
    event.data = Json::parse(data);
    return event;
  }
}

Json a_purpose() {
  return {{"category", "serious"},
          {"reason", "Robbery in the town centre, the vehicle was seen"},
          {"reference", "CR/1234/26"},
          {"for_whom", "DS Example"}};
}

Headers purpose_headers() {
  return {{"X-Purpose-Category", "serious"},
          {"X-Purpose-Reason", "Robbery%20in%20the%20town%20centre"},
          {"X-Purpose-Reference", "CR%2F1234%2F26"},
          {"X-Purpose-For-Whom", "DS%20Example"}};
}

TestOffice::TestOffice() {
  open();
  staff_.emplace(port(), office_->first_code().value(), clock_);
}

TestOffice::~TestOffice() {
  office_.reset();
}

void TestOffice::open() {
  server::Settings settings;
  settings.data = folder() / "data";
  settings.listen.port = port_;  // any free one at first
  settings.sign_in.security_keys = people::test_key_rules();
  settings.witnesses.witnesses = witnesses_;
  if (std::filesystem::exists(policy_file())) settings.policy = policy_file();
  auto opened = server::Office::open(settings, clock_, test_pages());
  if (!opened) std::fprintf(stderr, "office: %s\n", opened.error().message.c_str());
  REGMARK_CHECK(opened.has_value());
  office_ = *std::move(opened);
  port_ = office_->port();
}

void TestOffice::have_witnesses(const std::vector<server::WitnessSettings::Witness>& witnesses) {
  witnesses_ = witnesses;
  reopen();
}

void TestOffice::name_for_covert(const std::vector<Client>& people) {
  std::string persons;
  for (const auto& one : people)
    persons += (persons.empty() ? "\"" : ", \"") + person_of(one) + "\"";
  std::string text = access::Policy::built_in().text();
  const std::string nobody = "persons = []";
  const auto at = text.find(nobody, text.find("covert-by-name"));
  REGMARK_CHECK(at != std::string::npos);
  text.replace(at, nobody.size(), "persons = [" + persons + "]");
  REGMARK_CHECK(base::write_file(policy_file(), base::as_bytes(text)).has_value());
  reopen();
}

void TestOffice::reopen() {
  office_.reset();
  open();
}

Client Staff::administrator() {
  if (const auto known = roles_.find("administrator"); known != roles_.end()) return known->second;
  const Json choice{
      {"sign_in_name", "administrator"}, {"code", first_code_}, {"password", password}};
  REGMARK_CHECK(nobody().post("/v1/password", choice).status == 204);
  const auto client = sign_in("administrator");
  roles_.emplace("administrator", client);
  return client;
}

Client Staff::another(const std::string& role, const std::string& sign_in_name,
                      const std::string& organisation) {
  if (organisations_.insert(organisation).second) {
    REGMARK_CHECK(administrator()
                      .post("/v1/organisations",
                            {{"id", organisation}, {"kind", "force"}, {"name", organisation}})
                      .status == 201);
  }
  const auto added = administrator().post("/v1/people", {{"sign_in_name", sign_in_name},
                                                         {"display_name", "Test " + role},
                                                         {"organisation", organisation},
                                                         {"roles", Json::array({role})}});
  REGMARK_CHECK(added.status == 201);
  const auto code = added.json().at("code").get<std::string>();
  REGMARK_CHECK(nobody()
                    .post("/v1/password",
                          {{"sign_in_name", sign_in_name}, {"code", code}, {"password", password}})
                    .status == 204);
  return sign_in(sign_in_name);
}

Client Staff::sign_in(const std::string& sign_in_name) const {
  const auto signed_in =
      nobody().post("/v1/session", {{"sign_in_name", sign_in_name}, {"password", password}});
  REGMARK_CHECK(signed_in.status == 200);
  return {port_, signed_in.json().at("token").get<std::string>()};
}

Client Staff::role(const std::string& role) {
  if (role == "administrator") return administrator();
  if (const auto known = roles_.find(role); known != roles_.end()) return known->second;
  return roles_.emplace(role, another(role, "test-" + role)).first->second;
}

Client Staff::again(const std::string& role) {
  Staff::role(role);  // there is one
  return roles_.insert_or_assign(role, sign_in(role == "administrator" ? role : "test-" + role))
      .first->second;
}

std::string TestOffice::person_of(const Client& client) const {
  return client.get("/v1/session").json().at("person").at("id").get<std::string>();
}

std::string Staff::day_from_now(std::chrono::days days) const {
  return base::format_utc(clock_.now() + days).substr(0, std::string_view("2026-03-28").size());
}

Client Staff::camera(const std::string& id, const std::string& site) {
  const auto author = role("anpr_manager");
  if (!roles_.contains("approver")) {
    roles_.emplace("approver", another("anpr_manager", "test-approver"));
  }
  const Json proposal{{"id", site},
                      {"name", "Test bridge"},
                      {"position", {{"latitude", 54.0}, {"longitude", -2.0}}},
                      {"grounds",
                       {{"need", "Vehicles leave the town over this bridge"},
                        {"category", "local_crime"},
                        {"review", day_from_now(std::chrono::days{150})}}}};
  REGMARK_CHECK(author.post("/v1/sites", proposal).status == 201);
  REGMARK_CHECK(roles_.at("approver").post("/v1/sites/" + site + "/approve", {}).status == 204);
  const auto made =
      author.post("/v1/cameras", {{"id", id}, {"name", "Test camera"}, {"site", site}});
  REGMARK_CHECK(made.status == 201);
  return {port_, made.json().at("token").get<std::string>()};
}

void Staff::make_list(const std::string& id, const std::string& csv) {
  const auto owner = role("list_owner");
  const Json list{{"id", id},
                  {"name", "Test list"},
                  {"level", "force"},
                  {"purpose", "Test"},
                  {"priority", "high"},
                  {"review", day_from_now(std::chrono::days{60})},
                  {"age_max_hours", 48},
                  {"alert_window_seconds", 300}};
  REGMARK_CHECK(owner.post("/v1/watchlists", list).status == 201);
  const auto report = owner.put_csv("/v1/watchlists/" + id + "/entries", csv);
  REGMARK_CHECK(report.status == 200);
  REGMARK_CHECK(report.json().at("rejected_count") == 0);
}

api::Pages test_pages() {
  return {{"/index.html", "<!doctype html><title>Test page</title>"},
          {"/assets/test-1a2b.js", "export const here = true;"}};
}

Json a_read(const std::string& event, const std::string& plate, base::UtcTime observed) {
  return {{"source_event", event},
          {"plate", plate},
          {"score", 0.97},
          {"country", "GB"},
          {"observed", base::format_utc(observed)},
          {"sent", base::format_utc(observed)},
          {"reader", "test 1"},
          {"phase", "final"}};
}

std::string picture_bytes() {
  return std::string(base::as_text(intake::a_jpeg()));
}

std::string picture_base64() {
  return base::to_base64(intake::a_jpeg());
}

}  // namespace regmark::testing
