// What commands print.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regmark::cli {

// "regmark: what went wrong" on standard error; gives exit status 1.
int say_failure(const Error& error);
int say_failure(std::string_view message);

// "  What: text", on a line of its own; nothing when there is no text.
void print_fact(std::string_view what, const std::string& text);

// Columns as wide as their longest cell, the first row a heading.
void print_table(const std::vector<std::vector<std::string>>& rows);

// Asks on the terminal, without showing what is typed. Reads a line of standard input when that is
// no terminal. Fails with
//   invalid_input   nothing was typed
Result<std::string> ask_secret(std::string_view question);
// The file's one line, or what is typed where no file is named. Fails likewise, and with
//   not_found, limit_exceeded   there is no such file, or it is no secret
Result<std::string> secret_from(const std::filesystem::path& file, std::string_view question);

}  // namespace regmark::cli
