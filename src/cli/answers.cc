#include "cli/answers.h"

#include <iostream>

#include "cli/client.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

Result<json> post(const std::string& path, const json& body) {
  REGMARK_ASSIGN(const auto client, load_session());
  return client.post(path, body);
}

Result<json> person_named(const Client& client, std::string_view sign_in_name) {
  REGMARK_ASSIGN(const auto answer, client.get("/v1/people"));
  for (const auto& person : answer.value("people", json::array())) {
    if (cell(person, "sign_in_name") == sign_in_name) return person;
  }
  return fail(ErrorCode::not_found, "nobody has this sign-in name");
}

int done_or_failed(const Result<json>& answer, const std::string& done) {
  if (!answer) return say_failure(answer.error());
  std::cout << done << "\n";
  return 0;
}

std::string cell(const json& object, std::string_view name) {
  if (const auto slash = name.find('/'); slash != std::string_view::npos) {
    const auto outer = object.find(name.substr(0, slash));
    return outer == object.end() ? "" : cell(*outer, name.substr(slash + 1));
  }
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return "";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

int print_list(const std::string& path, const char* array, const std::vector<const char*>& fields) {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  const auto answer = client->get(path);
  if (!answer) return say_failure(answer.error());
  std::vector<std::vector<std::string>> rows(1);
  for (const std::string_view field : fields) {
    rows.front().emplace_back(field.substr(field.find('/') + 1));
  }
  for (const auto& object : answer->value(array, json::array())) {
    auto& row = rows.emplace_back();
    for (const char* field : fields) row.push_back(cell(object, field));
  }
  print_table(rows);
  return 0;
}

}  // namespace regmark::cli
