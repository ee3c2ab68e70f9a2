// Codes, tokens and passwords: how they are made, and how they are compared.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "base/result.h"

namespace regmark::people {

// A one-time code for a person to type: 80 random bits as "7f3k-9q2m-8x4b-1c6d".
std::string new_code();
// Upper case, blanks and dashes do not matter.
base::Bytes hash_of_code(std::string_view typed);

// A session's token: 256 random bits.
std::string new_token();
base::Bytes hash_of_token(std::string_view token);

// So many run at once in the process, for each takes 64 MiB and a processor for a tenth of a
// second; others wait. Half of the processors are left to cameras, and to those who are signed in.
inline constexpr std::ptrdiff_t password_hashes_max = 4;
std::ptrdiff_t password_hashes_on(unsigned processors);
Result<std::string> slow_hash(std::string_view password);
// With no hash, takes as long as with one, and says no.
bool slow_match(const std::string& hash, std::string_view password);
// What slow_match works against when there is no hash; nobody knows a password for it.
std::string_view nobodys_hash();

}  // namespace regmark::people
