#include "commands_testing.h"

#include <stdlib.h>

#include <iostream>
#include <sstream>

#include "base/encoding.h"
#include "base/files.h"
#include "cli/cli.h"
#include "cli/client.h"

namespace regmark::testing {

std::vector<std::string> with_purpose(std::vector<std::string> words) {
  for (const auto* word : {"--category", "serious", "--reference", "CR/1234/26", "--reason",
                           "Robbery in the town centre", "--for-whom", "DS Example"}) {
    words.emplace_back(word);
  }
  return words;
}

Commands::Commands() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): the office reads no environment
  ::setenv("XDG_CONFIG_HOME", (office_.folder() / "config").c_str(), 1);
}

void Commands::sign_in_as(const Client& client) {
  const cli::Client session("http://127.0.0.1:" + std::to_string(office_.port()), client.token);
  ASSERT_TRUE(cli::save_session(session));
}

Said Commands::run(std::vector<std::string> words, const std::string& typed) {
  words.insert(words.begin(), "regmark");
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  std::ostringstream text;
  std::istringstream in(typed);
  auto* const out = std::cout.rdbuf(text.rdbuf());
  auto* const err = std::cerr.rdbuf(text.rdbuf());
  auto* const keyboard = std::cin.rdbuf(in.rdbuf());
  const int status = cli::run(static_cast<int>(arguments.size()), arguments.data(), {}, {}, {});
  std::cout.rdbuf(out);
  std::cerr.rdbuf(err);
  std::cin.rdbuf(keyboard);
  return {status, text.str()};
}

std::string Commands::password_file() const {
  const auto file = office_.folder() / "password";
  EXPECT_TRUE(base::write_file(file, base::as_bytes(std::string(password) + "\n")));
  return file.string();
}

}  // namespace regmark::testing
