// Counts what a log's public half says, so that anybody can hold published figures against it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "audit/checkpoint.h"
#include "audit/log.h"
#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::audit {

// Records of one month that say the same.
struct Counted {
  base::UtcDay month;  // its first day
  Operation operation{};
  std::string act{};
  std::string outcome{};
  std::uint64_t records = 0;
};

// By month, operation, act and outcome. An outcome that begins with a number and '_', such as
// "3_sampled", stands for so many of the rest, "sampled", and counts once where a day has it twice
// (docs/formats/audit_log.md, "Counting"). The folder is verified first: it may be the public half
// alone. Fails as verify() does.
Result<std::vector<Counted>> count(const std::filesystem::path& folder,
                                   const PublicKey& public_key);

}  // namespace regmark::audit
