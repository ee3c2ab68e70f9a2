#include "cli/account_commands.h"

#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/client.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

// Nobody sees what they type, so they type it twice.
Result<std::string> new_password(const std::filesystem::path& file) {
  REGMARK_ASSIGN(auto once, secret_from(file, "The new password"));
  if (!file.empty()) return once;
  REGMARK_ASSIGN(const auto again, ask_secret("The new password, once more"));
  if (once == again) return once;
  return fail(ErrorCode::invalid_input, "these are two different passwords: nothing is changed");
}

Result<json> change_password(const PasswordArguments& arguments) {
  REGMARK_ASSIGN(const auto client, load_session());
  REGMARK_ASSIGN(const auto password,
                 secret_from(arguments.password_file, "The password that you have"));
  REGMARK_ASSIGN(const auto chosen, new_password(arguments.new_password_file));
  json body{{"password", password}, {"new_password", chosen}};
  if (!arguments.second_factor.empty()) body["code"] = arguments.second_factor;
  auto changed = client.post("/v1/password/change", body);
  const bool wants_code = !changed && changed.error().code == ErrorCode::conflict;
  if (!wants_code || !arguments.second_factor.empty()) return changed;
  REGMARK_ASSIGN(const auto code, ask_secret("Code of your authenticator app, or one from paper"));
  body["code"] = code;
  return client.post("/v1/password/change", body);
}

}  // namespace

int change_password_command(const PasswordArguments& arguments) {
  return done_or_failed(change_password(arguments),
                        "Changed. Your other sessions ended; this one goes on.");
}

namespace {

// What was done, and by whom.
std::string words_of_change(const std::string& change) {
  static const std::map<std::string, std::string> words{
      {"password_chosen", "you chose a password with a one-time code"},
      {"password_changed", "you changed your password"},
      {"password_reset", "an administrator reset your password"},
      {"app_set_up", "you set up an authenticator app"},
      {"key_added", "you added a security key"},
      {"key_removed", "you removed a security key"},
      {"key_taken", "an administrator took away a security key of yours"},
      {"factors_removed", "an administrator removed your second factor"},
      {"tries_refused", "a sign-in, after tries with a wrong password or second factor"},
  };
  const auto found = words.find(change);
  return found == words.end() ? change : found->second;
}

}  // namespace

void print_account_news(const Client& client) {
  const auto news = client.get("/v1/account/news");
  // They are signed in all the same.
  if (!news) return;
  const auto before = cell(*news, "signed_in_before");
  if (!before.empty()) std::cout << "Before this you signed in at " << before << ".\n";
  const auto refused = news->value("refused", std::int64_t{0});
  if (refused > 0) {
    std::cout << refused << (refused == 1 ? " try" : " tries")
              << " with a wrong password or second factor before this sign-in.\n";
  }
  bool is_any_new = false;
  for (const auto& each : news->value("changes", json::array())) {
    if (!each.value("is_new", false)) continue;
    if (!is_any_new) std::cout << "Of late:\n";
    is_any_new = true;
    std::cout << "  " << cell(each, "at") << "  " << words_of_change(cell(each, "change")) << "\n";
  }
  if (refused > 0 || is_any_new) {
    std::cout << "If any of this is not as you remember it, tell your administrator.\n";
  }
}

int list_sessions() {
  const auto answer = get("/v1/sessions");
  if (!answer) return say_failure(answer.error());
  std::vector<std::vector<std::string>> rows{{"id", "since", "used last", "until", ""}};
  for (const auto& one : answer->value("sessions", json::array())) {
    rows.push_back({cell(one, "id"), cell(one, "since"), cell(one, "seen_at"), cell(one, "until"),
                    one.value("is_this", false) ? "this one" : ""});
  }
  print_table(rows);
  return 0;
}

int end_session(const std::string& id) {
  return done_or_failed(post("/v1/sessions/" + encoded(id) + "/end", json()), "Ended.");
}

int end_other_sessions() {
  return done_or_failed(post("/v1/sessions/end-others", json()),
                        "Ended. This one is the only one that is open.");
}

namespace {

void add_sessions(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand("session", "Where you are signed in");
  group->require_subcommand(1);
  group->add_subcommand("list", "Your sessions that are open")->callback([&typed] {
    typed.command = list_sessions;
  });
  auto* end = group->add_subcommand("end", "End one that you left open, or do not know");
  const auto id = keep<std::string>();
  end->add_option("id", *id, "As `list` shows it")->required();
  end->callback([&typed, id] { typed.command = [id] { return end_session(*id); }; });
  group->add_subcommand("end-others", "End all but this one")->callback([&typed] {
    typed.command = end_other_sessions;
  });
}

}  // namespace

void add_account(CLI::App& app, Typed& typed) {
  add_sessions(app, typed);
  auto* password = app.add_subcommand("password", "Change your password");
  const auto arguments = keep<PasswordArguments>();
  password
      ->add_option("--password-file", arguments->password_file,
                   "Read the password that you have from here")
      ->check(CLI::ExistingFile);
  password
      ->add_option("--new-password-file", arguments->new_password_file,
                   "Read the new one from here")
      ->check(CLI::ExistingFile);
  password->add_option(
      "--second-factor", arguments->second_factor,
      "Code of your authenticator app or from paper; asked for where it is needed");
  password->callback([&typed, arguments] {
    typed.command = [arguments] { return change_password_command(*arguments); };
  });
}

}  // namespace regmark::cli
