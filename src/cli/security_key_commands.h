// Security keys from a terminal: which there are, and taking one away. A terminal cannot ask a key
// to sign, so they are made known in the console.
#pragma once

#include <filesystem>
#include <string>

#include "cli/options.h"

namespace regmark::cli {

struct SecurityKeyArguments {
  std::string key;
  std::string person;  // sign-in name, for an administrator; empty: one's own
  std::filesystem::path password_file;
  std::string second_factor;
};

int list_security_keys(const std::string& person);
// One's own is asked for with the password once more, and with a code.
int remove_security_key(const SecurityKeyArguments& arguments);

void add_security_keys(CLI::App& group, Typed& typed);

}  // namespace regmark::cli
