#include "cli/key_files.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/files.h"

namespace regmark::cli {

Result<std::string> read_text(const std::filesystem::path& file, std::size_t size_max) {
  const auto bytes = base::read_file(file, size_max);
  if (!bytes) return fail(bytes.error().code, file.string() + ": " + bytes.error().message);
  return std::string(base::as_text(*bytes));
}

Result<audit::VerifierKey> read_verifier_key(const std::filesystem::path& file,
                                             audit::KeyKind kind) {
  REGMARK_ASSIGN(const auto text, read_text(file, audit::verifier_key_size_max));
  auto key = audit::parse_verifier_key(text);
  if (!key) return fail(key.error().code, file.string() + ": " + key.error().message);
  if (key->kind != kind) {
    return fail(
        ErrorCode::invalid_input,
        file.string() + (kind == audit::KeyKind::log ? ": this is a witness's key, not a log's"
                                                     : ": this is a log's key, not a witness's"));
  }
  return key;
}

Result<audit::PublicKey> read_log_key(const std::filesystem::path& file) {
  REGMARK_ASSIGN(auto text, read_text(file, audit::verifier_key_size_max));
  if (text.find('+') != std::string::npos) {
    REGMARK_ASSIGN(const auto named, read_verifier_key(file, audit::KeyKind::log));
    return named.key;
  }
  while (text.ends_with('\n')) text.pop_back();
  const auto key = base::from_hex(text);
  audit::PublicKey public_key{};
  if (!key || key->size() != public_key.size()) {
    return fail(ErrorCode::invalid_input,
                file.string() + " is no public key: it must hold 64 hexadecimal digits");
  }
  std::ranges::copy(*key, public_key.begin());
  return public_key;
}

}  // namespace regmark::cli
