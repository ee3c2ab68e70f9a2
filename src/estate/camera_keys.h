// What a camera can show besides its token: a key that signs its requests, or a certificate. Both
// stay with the camera; the office holds nothing that could speak in its name.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "records/database.h"

namespace regmark::estate {

using PublicKey = std::array<std::uint8_t, 32>;  // Ed25519

// Exactly one of the two.
struct CameraCredential {
  std::optional<PublicKey> key;
  std::string certificate{};  // SHA-256 of it, in lower-case hexadecimal
};

// May be used from many threads at once; key_of() and holder_of() answer from memory. Keeps
// references to database and clock.
class CameraKeys {
 public:
  // After those of the estate, whose cameras they name.
  static std::span<const records::Migration> migrations();
  // Fails as the database does.
  static Result<std::unique_ptr<CameraKeys>> open(records::Database& database,
                                                  const base::Clock& clock);
  CameraKeys(const CameraKeys&) = delete;
  CameraKeys& operator=(const CameraKeys&) = delete;

  // Registers a key or a certificate, in the place of the camera's last of that kind. Durable on
  // return, and in force from then on. Wants a receipt for change_estate whose subject is the
  // camera's id; of a camera that is kept apart, for change_covert. Fails with, in this order:
  //   invalid_input   the receipt is for another act or camera, or has run out; it is none
  //   not_found       no such camera
  //   conflict        another camera has it
  Result<void> set(const audit::Receipt& receipt, const base::CameraId& camera,
                   const CameraCredential& credential);
  // Neither counts any more. The same receipt; no camera, or one that has none, is no error.
  Result<void> remove(const audit::Receipt& receipt, const base::CameraId& camera);

  // None: it has registered none.
  std::optional<PublicKey> key_of(const base::CameraId& camera) const;
  // Whose certificate this is; none: nobody's.
  std::optional<base::CameraId> holder_of(std::string_view certificate) const;

 private:
  CameraKeys(records::Database& database, const base::Clock& clock);
  Result<void> load();

  records::Database& database_;
  const base::Clock& clock_;
  std::mutex changing_;  // taken before mutex_
  mutable std::mutex mutex_;
  std::map<base::CameraId, PublicKey> keys_;                         // under mutex_
  std::map<std::string, base::CameraId, std::less<>> certificates_;  // under mutex_
};

}  // namespace regmark::estate
