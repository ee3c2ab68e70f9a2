#include "audit/proof.h"

#include "audit/internal/tiles.h"

namespace regmark::audit {

Result<std::vector<base::Digest>> inclusion_proof(const std::filesystem::path& folder,
                                                  std::uint64_t number, std::uint64_t size) {
  return inclusion_path(number, size, subtrees_of(folder, size));
}

Result<std::vector<base::Digest>> consistency_proof(const std::filesystem::path& folder,
                                                    std::uint64_t old_size, std::uint64_t size) {
  return consistency_path(old_size, size, subtrees_of(folder, size));
}

}  // namespace regmark::audit
