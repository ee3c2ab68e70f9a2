#include "cli/account_commands.h"

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

void add_account(CLI::App& app, Typed& typed) {
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
