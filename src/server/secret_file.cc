#include "server/secret_file.h"

#include <sys/stat.h>

#include "base/files.h"

namespace regmark::server {

Result<std::string> read_secret(const std::filesystem::path& file) {
  const auto wrong = [&](const std::string& why) {
    return fail(ErrorCode::invalid_input, file.string() + ": " + why);
  };
  constexpr std::size_t secret_size_max = 1'024;
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0) return wrong("it is not there");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) return wrong("it is open to others");
  const auto bytes = base::read_file(file, secret_size_max);
  if (!bytes) return wrong(bytes.error().message);
  std::string secret(base::as_text(*bytes));
  while (secret.ends_with('\n') || secret.ends_with('\r')) secret.pop_back();
  if (secret.empty()) return wrong("no secret is in it");
  return secret;
}

}  // namespace regmark::server
