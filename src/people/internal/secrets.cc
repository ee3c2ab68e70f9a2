#include "people/internal/secrets.h"

#include <algorithm>
#include <semaphore>
#include <thread>

#include "base/encoding.h"

namespace regmark::people {
namespace {

// Crockford's: no letter that passes for a digit or for another letter.
constexpr std::string_view code_alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t code_length = 16;
constexpr std::size_t code_part = 4;

std::counting_semaphore<password_hashes_max>& gate() {
  static std::counting_semaphore<password_hashes_max> semaphore(
      password_hashes_on(std::thread::hardware_concurrency()));
  return semaphore;
}

class Turn {
 public:
  Turn() { gate().acquire(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() { gate().release(); }
};

base::Bytes hash_of(std::string_view text) {
  const auto digest = base::sha256(base::as_bytes(text));
  return {digest.begin(), digest.end()};
}

}  // namespace

std::ptrdiff_t password_hashes_on(unsigned processors) {
  return std::clamp<std::ptrdiff_t>(processors / 2, 1, password_hashes_max);
}

std::string new_code() {
  std::string code;
  for (const auto byte : base::random_bytes<code_length>()) {
    if (code.size() % (code_part + 1) == code_part) code += '-';
    code += code_alphabet[byte % code_alphabet.size()];
  }
  return code;
}

base::Bytes hash_of_code(std::string_view typed) {
  std::string plain;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return hash_of(plain);
}

std::string new_token() {
  return base::to_base64_url(base::random_bytes<32>());
}

base::Bytes hash_of_token(std::string_view token) {
  return hash_of(token);
}

Result<std::string> slow_hash(std::string_view password) {
  const Turn turn;
  return base::hash_password(password);
}

bool slow_match(const std::string& hash, std::string_view password) {
  const Turn turn;
  const bool matches =
      base::password_matches(hash.empty() ? std::string(nobodys_hash()) : hash, password);
  return matches && !hash.empty();
}

// Of 32 random bytes that were thrown away. A test sees that it costs what a new hash costs.
std::string_view nobodys_hash() {
  return "$argon2id$v=19$m=65536,t=2,p=1$xa3CD4rQ/gS4M8CC1euA2Q$"
         "lXJizCxEU/SOZnC+vba8n8y57FghZIcgTvqF0HohMuk";
}

}  // namespace regmark::people
