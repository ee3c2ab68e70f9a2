#include "cli/security_key_commands.h"

#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/client.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

Result<json> remove_own(const Client& client, const SecurityKeyArguments& arguments) {
  REGMARK_ASSIGN(const auto password, secret_from(arguments.password_file, "Password, once more"));
  const auto path = "/v1/security-keys/" + arguments.key + "/remove";
  json body{{"password", password}};
  if (!arguments.second_factor.empty()) body["code"] = arguments.second_factor;
  auto removed = client.post(path, body);
  const bool wants_code = !removed && removed.error().code == ErrorCode::conflict;
  if (!wants_code || !arguments.second_factor.empty()) return removed;
  REGMARK_ASSIGN(const auto code, ask_secret("Code of your authenticator app, or one from paper"));
  body["code"] = code;
  return client.post(path, body);
}

Result<json> keys_of(const std::string& person) {
  REGMARK_ASSIGN(const auto client, load_session());
  if (!person.empty()) return person_named(client, person);
  return client.get("/v1/security-keys");
}

}  // namespace

int list_security_keys(const std::string& person) {
  const auto answer = keys_of(person);
  if (!answer) return say_failure(answer.error());
  std::vector<std::vector<std::string>> rows{{"id", "name", "since", "used_at"}};
  for (const auto& key : answer->value("security_keys", json::array())) {
    rows.push_back({cell(key, "id"), cell(key, "name"), cell(key, "since"), cell(key, "used_at")});
  }
  print_table(rows);
  return 0;
}

int remove_security_key(const SecurityKeyArguments& arguments) {
  const auto done = [&]() -> Result<json> {
    REGMARK_ASSIGN(const auto client, load_session());
    if (arguments.person.empty()) return remove_own(client, arguments);
    REGMARK_ASSIGN(const auto person, person_named(client, arguments.person));
    return client.post(
        "/v1/people/" + cell(person, "id") + "/security-keys/" + arguments.key + "/remove",
        json::object());
  }();
  return done_or_failed(done, arguments.person.empty()
                                  ? "Removed: it signs you in no more."
                                  : "Removed: it signs them in no more, and their sessions ended.");
}

void add_security_keys(CLI::App& group, Typed& typed) {
  auto* keys = group.add_subcommand("keys", "Security keys; the console makes new ones known");
  keys->require_subcommand(1);
  auto* list = keys->add_subcommand("list", "Your own, or of somebody (administrator)");
  const auto person = keep<std::string>();
  list->add_option("name", *person, "Sign-in name; none: your own");
  list->callback(
      [&typed, person] { typed.command = [person] { return list_security_keys(*person); }; });
  auto* remove = keys->add_subcommand("remove", "Take one away that is lost, or not used any more");
  const auto arguments = keep<SecurityKeyArguments>();
  remove->add_option("key", arguments->key, "Its id, as `list` shows it")->required();
  auto* of = remove->add_option("--of", arguments->person, "Sign-in name (administrator)");
  remove
      ->add_option("--password-file", arguments->password_file,
                   "Read your password from here, for a key of your own")
      ->check(CLI::ExistingFile)
      ->excludes(of);
  remove
      ->add_option("--second-factor", arguments->second_factor,
                   "Code of your authenticator app or from paper; asked for where it is needed")
      ->excludes(of);
  remove->callback([&typed, arguments] {
    typed.command = [arguments] { return remove_security_key(*arguments); };
  });
}

}  // namespace regmark::cli
