#include "cli/answers.h"

#include <iostream>

#include "assessment/paper.h"
#include "base/encoding.h"
#include "base/files.h"
#include "cli/client.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

Result<json> get(const std::string& path) {
  REGMARK_ASSIGN(const auto client, load_session());
  return client.get(path);
}

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

Result<json> paper_in(const std::filesystem::path& file) {
  REGMARK_ASSIGN(const auto bytes, base::read_file(file, assessment::paper_size_max));
  auto paper = json::parse(base::as_text(bytes), nullptr, /*allow_exceptions=*/false);
  if (paper.is_discarded()) {
    return fail(ErrorCode::invalid_input, file.string() + " is not JSON");
  }
  return paper;
}

void print_lacks(const json& filed) {
  for (const auto& lack : filed.value("lacks", json::array())) {
    const auto field = cell(lack, "field");
    std::cout << "  lacks " << cell(lack, "part") << (field.empty() ? "" : "." + field) << ": "
              << cell(lack, "why") << "\n";
  }
}

int keep_token(const json& added, const std::string& camera, const std::filesystem::path& file) {
  const auto token = cell(added, "token") + "\n";
  if (const auto kept = base::write_file(file, base::as_bytes(token)); !kept) {
    return say_failure("the camera was added, but its token could not be written (" +
                       kept.error().message + "): renew it");
  }
  std::cout << "Added " << camera << "; its token is in " << file.string() << "\n";
  return 0;
}

int keep_new_token(const json& renewed, const std::filesystem::path& file) {
  const auto token = cell(renewed, "token") + "\n";
  if (const auto kept = base::write_file(file, base::as_bytes(token)); !kept) {
    return say_failure("the old token is void, but the new one could not be written (" +
                       kept.error().message + "): renew it once more");
  }
  std::cout << "The new token is in " << file.string() << "; the old one is void.\n";
  return 0;
}

std::string indented(const json& object) {
  constexpr int indent = 2;
  return object.dump(indent) + "\n";
}

int done_or_failed(const Result<json>& answer, const std::string& done) {
  if (!answer) return say_failure(answer.error());
  std::cout << done << "\n";
  return 0;
}

std::string encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) {
      out += c;
      continue;
    }
    out += {'%', digits[byte / 16], digits[byte % 16]};
  }
  return out;
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

void print_objects(const json& objects, const std::vector<const char*>& fields) {
  std::vector<std::vector<std::string>> rows(1);
  for (const std::string_view field : fields) {
    rows.front().emplace_back(field.substr(field.find('/') + 1));
  }
  for (const auto& object : objects) {
    auto& row = rows.emplace_back();
    for (const char* field : fields) row.push_back(cell(object, field));
  }
  print_table(rows);
}

int print_list(const std::string& path, const char* array, const std::vector<const char*>& fields) {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  const auto answer = client->get(path);
  if (!answer) return say_failure(answer.error());
  print_objects(answer->value(array, json::array()), fields);
  return 0;
}

int show_one(const nlohmann::json& all, const std::string& id, bool as_json,
             void (*print)(const nlohmann::json&), std::string_view none) {
  for (const auto& one : all) {
    if (cell(one, "id") != id) continue;
    if (as_json) {
      std::cout << indented(one);
    } else {
      print(one);
    }
    return 0;
  }
  return say_failure(none);
}

}  // namespace regmark::cli
