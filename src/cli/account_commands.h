// One's own account from a terminal.
#pragma once

#include <filesystem>
#include <string>

#include "cli/options.h"

namespace regmark::cli {

struct PasswordArguments {
  std::filesystem::path password_file;      // the one that one has; or empty: asked for
  std::filesystem::path new_password_file;  // or empty: asked for, twice
  std::string second_factor;                // its code; or empty: asked for, if it is needed
};
int change_password_command(const PasswordArguments& arguments);

class Client;

// What happened to the account since its owner signed in before, for whoever has just signed in.
void print_account_news(const Client& client);

// One's own sessions that are open.
int list_sessions();
int end_session(const std::string& id);
int end_other_sessions();

void add_account(CLI::App& app, Typed& typed);

}  // namespace regmark::cli
