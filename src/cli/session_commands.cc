#include <iostream>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "relay/office_address.h"

namespace regmark::cli {
namespace {

Result<std::string> password_of(const SignInArguments& arguments) {
  if (arguments.password_file.empty()) {
    return ask_secret(arguments.code.empty() ? "Password" : "Choose a password");
  }
  constexpr std::size_t size_max = 1024;
  REGMARK_ASSIGN(const auto bytes, base::read_file(arguments.password_file, size_max));
  std::string password(base::as_text(bytes));
  while (password.ends_with('\n')) password.pop_back();
  return password;
}

Result<Client> sign_in_with(const SignInArguments& arguments) {
  REGMARK_ASSIGN(auto office, relay::office_address(arguments.office));
  REGMARK_ASSIGN(const auto password, password_of(arguments));
  const Client nobody(std::move(office), "", trust_of(arguments.trust));
  if (!arguments.code.empty()) {
    REGMARK_TRY(choose_password(nobody, arguments.name, arguments.code, password));
  }
  auto client = sign_in(nobody, arguments.name, password);
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
  return 0;
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
