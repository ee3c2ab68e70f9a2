#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/account_commands.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "relay/office_address.h"

namespace regmark::cli {
namespace {

Result<Client> sign_in_with(const SignInArguments& arguments) {
  REGMARK_ASSIGN(auto office, relay::office_address(arguments.office));
  REGMARK_ASSIGN(const auto password,
                 secret_from(arguments.password_file,
                             arguments.code.empty() ? "Password" : "Choose a password"));
  const Client nobody(std::move(office), "", trust_of(arguments.trust));
  if (!arguments.code.empty()) {
    REGMARK_TRY(choose_password(nobody, arguments.name, arguments.code, password));
  }
  auto code = arguments.second_factor;
  auto client = sign_in(nobody, arguments.name, password, code);
  if (!client && client.error().code == ErrorCode::conflict && code.empty()) {
    REGMARK_ASSIGN(code, ask_secret("Code of your authenticator app, or one from paper"));
    client = sign_in(nobody, arguments.name, password, code);
  }
  if (!client && client.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found, "that name and password do not belong together");
  }
  return client;
}

}  // namespace

int sign_in_command(const SignInArguments& arguments) {
  const auto client = sign_in_with(arguments);
  if (!client) return say_failure(client.error());
  if (const auto saved = save_session(*client); !saved) return say_failure(saved.error());
  std::cout << "Signed in to " << client->office() << " as " << arguments.name << ".\n";
  print_account_news(*client);
  return 0;
}

namespace {

Result<void> set_up_second_factor() {
  REGMARK_ASSIGN(const auto client, load_session());
  REGMARK_ASSIGN(const auto password, ask_secret("Password, once more"));
  auto begun = client.post("/v1/second-factor", {{"password", password}});
  if (!begun && begun.error().code == ErrorCode::conflict) {
    REGMARK_ASSIGN(const auto code, ask_secret("Code of the one that you have"));
    begun = client.post("/v1/second-factor", {{"password", password}, {"code", code}});
  }
  if (!begun) return tl::unexpected<Error>(begun.error());
  std::cout << "Give this to your authenticator app:\n  " << begun->value("secret", std::string())
            << "\n  " << begun->value("uri", std::string()) << "\n";
  REGMARK_ASSIGN(const auto code, ask_secret("The code that it shows now"));
  REGMARK_ASSIGN(const auto confirmed, client.post("/v1/second-factor/confirm", {{"code", code}}));
  std::cout << "It is in force. For the day the app is lost, on paper, each good for once:\n";
  for (const auto& each : confirmed.value("recovery_codes", nlohmann::json::array())) {
    std::cout << "  " << each.get<std::string>() << "\n";
  }
  return {};
}

}  // namespace

int second_factor_command() {
  const auto done = set_up_second_factor();
  return done ? 0 : say_failure(done.error());
}

int sign_out_command() {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  // Gone here even when the office is away: the token must not lie about.
  const auto ended = client->remove("/v1/session");
  std::error_code error;
  std::filesystem::remove(session_file(), error);
  if (!ended)
    return say_failure("signed out here, but not at the office: " + ended.error().message);
  std::cout << "Signed out.\n";
  return 0;
}

}  // namespace regmark::cli
