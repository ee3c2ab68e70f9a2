#include "estate/camera_keys.h"

#include <algorithm>

#include "base/encoding.h"
#include "estate/internal/check_camera.h"

namespace regmark::estate {
namespace {

using records::Transaction;

constexpr records::Migration steps[] = {{"camera_keys/001", R"sql(
CREATE TABLE camera_credentials (
  camera  TEXT NOT NULL REFERENCES estate_cameras (id),
  kind    TEXT NOT NULL CHECK (kind IN ('key', 'certificate')),
  value   TEXT NOT NULL,     -- a public key or a fingerprint, in hexadecimal
  since   INTEGER NOT NULL,
  receipt INTEGER NOT NULL,  -- under which it was registered
  PRIMARY KEY (camera, kind),
  UNIQUE (kind, value)
) STRICT, WITHOUT ROWID;
)sql"}};

constexpr std::size_t fingerprint_size = 64;

bool is_fingerprint(std::string_view text) {
  return text.size() == fingerprint_size &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_for_apart(const audit::Receipt& receipt) {
  return receipt.permit().act() == access::Act::change_covert;
}

access::Act act_of(const audit::Receipt& receipt) {
  return is_for_apart(receipt) ? access::Act::change_covert : access::Act::change_estate;
}

Result<void> check(const CameraCredential& credential) {
  if (credential.key.has_value() == !credential.certificate.empty()) {
    return fail(ErrorCode::invalid_input, "a credential is a key or a certificate");
  }
  if (!credential.key && !is_fingerprint(credential.certificate)) {
    return fail(ErrorCode::invalid_input,
                "a certificate is named by its SHA-256, 64 lower-case hexadecimal digits");
  }
  return {};
}

}  // namespace

std::span<const records::Migration> CameraKeys::migrations() {
  return steps;
}

CameraKeys::CameraKeys(records::Database& database, const base::Clock& clock)
    : database_(database), clock_(clock) {}

Result<std::unique_ptr<CameraKeys>> CameraKeys::open(records::Database& database,
                                                     const base::Clock& clock) {
  REGMARK_TRY(database.migrate(steps));
  std::unique_ptr<CameraKeys> keys(new CameraKeys(database, clock));
  REGMARK_TRY(keys->load());
  return keys;
}

Result<void> CameraKeys::load() {
  REGMARK_ASSIGN(const auto rows, database_.read([](Transaction& transaction) {
    return transaction.run("SELECT camera, kind, value FROM camera_credentials");
  }));
  std::map<base::CameraId, PublicKey> keys;
  std::map<std::string, base::CameraId, std::less<>> certificates;
  for (const auto& row : rows) {
    const auto camera = base::CameraId::parse(row.text(0));
    const auto bytes = base::from_hex(row.text(2));
    PublicKey key{};
    if (!camera || !bytes || bytes->size() != key.size()) {
      return fail(ErrorCode::corrupt, "the records hold a camera's key that is none");
    }
    std::ranges::copy(*bytes, key.begin());
    if (row.text(1) == "key") keys.emplace(*camera, key);
    if (row.text(1) == "certificate") certificates.emplace(row.text(2), *camera);
  }
  const std::lock_guard lock(mutex_);
  keys_ = std::move(keys);
  certificates_ = std::move(certificates);
  return {};
}

Result<void> CameraKeys::set(const audit::Receipt& receipt, const base::CameraId& camera,
                             const CameraCredential& credential) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, act_of(receipt), camera.text(), now));
  REGMARK_TRY(check(credential));
  const std::string kind = credential.key ? "key" : "certificate";
  const auto value = credential.key ? base::to_hex(*credential.key) : credential.certificate;
  const std::lock_guard changing(changing_);
  REGMARK_TRY(database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(internal::check_camera(transaction, camera, is_for_apart(receipt)));
    REGMARK_ASSIGN(const auto others,
                   transaction.run("SELECT 1 FROM camera_credentials "
                                   "WHERE kind = ?1 AND value = ?2 AND camera <> ?3",
                                   {kind, value, camera.text()}));
    if (!others.empty()) return fail(ErrorCode::conflict, "another camera has this credential");
    REGMARK_TRY(transaction.run(
        "INSERT INTO camera_credentials (camera, kind, value, since, receipt) "
        "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (camera, kind) DO UPDATE SET "
        "value = excluded.value, since = excluded.since, receipt = excluded.receipt",
        {camera.text(), kind, value, records::value_of(now),
         static_cast<std::int64_t>(receipt.number())}));
    return {};
  }));
  return load();
}

Result<void> CameraKeys::remove(const audit::Receipt& receipt, const base::CameraId& camera) {
  REGMARK_TRY(audit::check_open(receipt, act_of(receipt), camera.text(), clock_.now()));
  const std::lock_guard changing(changing_);
  REGMARK_TRY(database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(
        transaction.run("DELETE FROM camera_credentials WHERE camera = ?1 AND (camera IN"
                        " (SELECT id FROM estate_cameras_apart)) = ?2",
                        {camera.text(), std::int64_t{is_for_apart(receipt) ? 1 : 0}}));
    return {};
  }));
  return load();
}

std::optional<PublicKey> CameraKeys::key_of(const base::CameraId& camera) const {
  const std::lock_guard lock(mutex_);
  const auto found = keys_.find(camera);
  return found == keys_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<base::CameraId> CameraKeys::holder_of(std::string_view certificate) const {
  const std::lock_guard lock(mutex_);
  const auto found = certificates_.find(certificate);
  return found == certificates_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace regmark::estate
