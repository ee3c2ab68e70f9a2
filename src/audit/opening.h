// What opens a record's commitment, for somebody who is to see what the record says: the salt, the
// time and the details. With the record's proof they show that nobody has changed a letter since.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "audit/proof_file.h"
#include "audit/receipt.h"
#include "audit/verifier_key.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::audit {

struct Opening {
  std::array<std::uint8_t, 32> salt{};
  base::UtcTime at{};
  std::string details{};  // JSON, byte for byte as it was recorded
  friend bool operator==(const Opening&, const Opening&) = default;
};

// Half a mebibyte: the largest details, as text within JSON.
inline constexpr std::size_t opening_size_max = 512 * 1024;

// JSON: {"salt": hex, "at": microseconds since 1970, "details": text}.
std::string to_text(const Opening& opening);
// Fails with
//   corrupt   anything that to_text would not have written
Result<Opening> read_opening(std::string_view text);

bool opens(const Opening& opening, const Proved& proved);

// A record that one may show, and how to check it.
struct Shown {
  std::string proof;    // the text of a proof file
  std::string opening;  // to_text()
};

// Where a log lies that others are to check, and with which key.
struct LogFolder {
  std::filesystem::path path;
  VerifierKey key;
};

// The receipt's own record, or one that names the receipt in its details: of the log in the folder,
// which may be in use. Wants a receipt for export_evidence or export_held. Fails
// with
//   invalid_input   another receipt, or a record that is not under it
//   not_found       its details were erased
//   corrupt, unavailable   as prove_entry() does
Result<Shown> show_record(const Receipt& receipt, const LogFolder& folder, std::uint64_t number);

}  // namespace regmark::audit
