#include "cli/demo/office.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <regex>
#include <span>

#include "base/encoding.h"
#include "base/files.h"
#include "base/time.h"
#include "cli/demo/data_folder.h"

namespace regmark::cli {
namespace {

using nlohmann::json;

constexpr std::uint16_t port_wanted = 8600;
// Where the loader finds the library that sets a clock back, and a program that comes with it.
constexpr auto* faketime = "/usr/$LIB/faketime/libfaketime.so.1";
constexpr auto* faketime_command = "/usr/bin/faketime";
constexpr std::chrono::seconds start_time_max{60};
constexpr std::size_t lines_kept = 20;

// What the office says while it starts, gathered from its listener's thread.
struct Said {
  std::mutex mutex;
  std::deque<std::string> lines;
  std::string code, administrator;
};

void take_line(Said& said, const std::string& line) {
  static const std::regex code_line(R"(([A-Za-z0-9._-]+).*one-time code[^:]*:\s*(\S+))",
                                    std::regex::icase);
  const std::lock_guard lock(said.mutex);
  std::smatch match;
  if (std::regex_search(line, match, code_line)) said.code = match[2];
  said.lines.push_back(line);
  if (said.lines.size() > lines_kept) said.lines.pop_front();
}

std::string all_lines(Said& said) {
  const std::lock_guard lock(said.mutex);
  std::string text;
  for (const auto& line : said.lines) text += "\n   | " + line;
  return text;
}

// The usual port, or any other that is free just now.
std::uint16_t free_port() {
  for (const std::uint16_t port : {port_wanted, std::uint16_t{0}}) {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(probe);
    if (bound) return ntohs(address.sin_port);
  }
  return port_wanted;
}

std::string new_password() {
  return base::to_base64_url(base::random_bytes<12>());
}

Result<Client> add_member(const Client& administrator, Member& member) {
  REGMARK_ASSIGN(const auto added,
                 administrator.post("/v1/people", {{"sign_in_name", member.name},
                                                   {"display_name", "Demo " + member.name},
                                                   {"organisation", "demo-force"},
                                                   {"roles", json::array({member.role})}}));
  member.password = new_password();
  REGMARK_TRY(choose_password(administrator, member.name, added.value("code", std::string()),
                              member.password));
  return sign_in(administrator, member.name, member.password);
}

}  // namespace

bool DemoOffice::can_set_clock_back() {
  return std::filesystem::exists(faketime_command);
}

Result<std::unique_ptr<DemoOffice>> DemoOffice::start(const std::filesystem::path& program,
                                                      const std::filesystem::path& data,
                                                      std::chrono::days ago) {
  std::unique_ptr<DemoOffice> office(new DemoOffice());
  const bool is_new = !has_office(data);
  const std::string listen = "127.0.0.1:" + std::to_string(free_port());
  office->address_ = "http://" + listen;
  const auto said = std::make_shared<Said>();
  std::vector<std::string> command;
  if (ago.count() > 0) {
    // Loaded in front of the office, and not by Debian's command, which would stand between it and
    // our signals. What only measures how long something takes goes by the real clock.
    command = {"/usr/bin/env", "LD_PRELOAD=" + std::string(faketime),
               "FAKETIME=-" + std::to_string(ago.count()) + "d", "FAKETIME_DONT_FAKE_MONOTONIC=1"};
  }
  for (const auto& word : {program.string(), std::string("serve"), std::string("--data"),
                           data.string(), std::string("--listen"), listen}) {
    command.push_back(word);
  }
  REGMARK_ASSIGN(office->child_, Child::start(command, [said](const std::string& line) {
                   take_line(*said, line);
                 }));
  const Client nobody(office->address_, "");
  const auto deadline = std::chrono::steady_clock::now() + start_time_max;
  while (std::chrono::steady_clock::now() < deadline && office->child_->running()) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    if (!nobody.answers()) continue;
    const std::lock_guard lock(said->mutex);
    if (is_new && said->code.empty()) continue;
    office->code_ = said->code;
    office->administrator_ = "administrator";
    return office;
  }
  return fail(ErrorCode::unavailable, "the office did not come up:" + all_lines(*said));
}

int DemoOffice::stop() {
  child_->stop();
  return child_->wait();
}

Result<std::vector<Client>> hire(const DemoOffice& office, std::vector<Member>& members) {
  auto& first = members.front();
  first.password = new_password();
  const Client nobody(office.address(), "");
  REGMARK_TRY(choose_password(nobody, first.name, office.code(), first.password));
  REGMARK_ASSIGN(const auto administrator, sign_in(nobody, first.name, first.password));
  REGMARK_TRY(administrator.post(
      "/v1/organisations", {{"id", "demo-force"}, {"kind", "force"}, {"name", "Demo Force"}}));
  std::vector<Client> clients{administrator};
  for (auto& member : std::span(members).subspan(1)) {
    REGMARK_ASSIGN(auto client, add_member(administrator, member));
    clients.push_back(std::move(client));
  }
  return clients;
}

Result<std::vector<Client>> sign_in_all(const DemoOffice& office,
                                        const std::vector<Member>& members) {
  const Client nobody(office.address(), "");
  std::vector<Client> clients;
  for (const auto& member : members) {
    REGMARK_ASSIGN(auto client, sign_in(nobody, member.name, member.password));
    clients.push_back(std::move(client));
  }
  return clients;
}

Result<Staff> hire(const DemoOffice& office) {
  std::vector<Member> members = {{office.administrator(), "administrator", ""},
                                 {"anpr-manager", "anpr_manager", ""},
                                 {"second-manager", "anpr_manager", ""},
                                 {"list-owner", "list_owner", ""},
                                 {"operator", "operator", ""},
                                 {"investigator", "investigator", ""},
                                 {"auditor", "auditor", ""}};
  REGMARK_ASSIGN(const auto clients, hire(office, members));
  return Staff{.administrator = clients[0],
               .author = clients[1],
               .approver = clients[2],
               .list_owner = clients[3],
               .control_operator = clients[4],
               .investigator = clients[5],
               .auditor = clients[6],
               .members = std::move(members)};
}

Result<void> commission(const Staff& staff, const std::string& camera,
                        const std::filesystem::path& token_file) {
  const auto review = base::day_of(base::SystemClock().now()) + std::chrono::days{180};
  const json site = {{"id", "demo-site"},
                     {"name", "Demo bridge"},
                     {"position", {{"latitude", 54.0}, {"longitude", -2.0}}},
                     {"grounds",
                      {{"need", "To show how a camera comes to be justified before it collects."},
                       {"category", "local_crime"},
                       {"review", base::format_day(review)}}}};
  REGMARK_TRY(staff.author.post("/v1/sites", site));
  REGMARK_TRY(staff.approver.post("/v1/sites/demo-site/approve", json::object()));
  REGMARK_ASSIGN(const auto added, staff.author.post("/v1/cameras", {{"id", camera},
                                                                     {"name", "Demo camera"},
                                                                     {"site", "demo-site"}}));
  const std::string token = added.value("token", std::string()) + "\n";
  return base::write_file(token_file, base::as_bytes(token));
}

}  // namespace regmark::cli
