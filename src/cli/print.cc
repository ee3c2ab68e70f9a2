#include "cli/print.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "base/files.h"

namespace regmark::cli {

int say_failure(std::string_view message) {
  std::cerr << "regmark: " << message << "\n";
  return 1;
}

int say_failure(const Error& error) {
  return say_failure(error.message);
}

void print_fact(std::string_view what, const std::string& text) {
  if (!text.empty()) std::cout << "  " << what << ": " << text << "\n";
}

void print_table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t at = 0; at < row.size(); ++at)
      widths[at] = std::max(widths[at], row[at].size());
  }
  for (const auto& row : rows) {
    for (std::size_t at = 0; at < row.size(); ++at) {
      const bool last = at + 1 == row.size();
      std::cout << row[at];
      if (!last) std::cout << std::string(widths[at] - row[at].size() + 2, ' ');
    }
    std::cout << "\n";
  }
}

Result<std::string> ask_secret(std::string_view question) {
  const bool terminal = ::isatty(STDIN_FILENO) != 0;
  termios shown{};
  if (terminal) {
    std::cerr << question << ": " << std::flush;
    ::tcgetattr(STDIN_FILENO, &shown);
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  std::string secret;
  std::getline(std::cin, secret);
  if (terminal) {
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    std::cerr << "\n";
  }
  if (secret.empty()) return fail(ErrorCode::invalid_input, "nothing was typed");
  return secret;
}

Result<std::string> secret_from(const std::filesystem::path& file, std::string_view question) {
  if (file.empty()) return ask_secret(question);
  constexpr std::size_t size_max = 1024;
  REGMARK_ASSIGN(const auto bytes, base::read_file(file, size_max));
  std::string secret(base::as_text(bytes));
  while (secret.ends_with('\n')) secret.pop_back();
  return secret;
}

}  // namespace regmark::cli
