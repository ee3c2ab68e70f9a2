// A log in memory that can be made to grow, and what it would send to a witness. Never included by
// a program.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "audit/add_checkpoint.h"
#include "audit/checkpoint.h"
#include "audit/merkle.h"
#include "base/check.h"

namespace regmark::audit {

inline const base::SigningKey history_key = base::signing_key_from_seed({1, 2, 3});
inline const VerifierKey history_verifier{"history.example/audit", KeyKind::log,
                                          history_key.public_key};

// Entries are told apart by what they say; two histories may begin alike.
class History {
 public:
  History(std::size_t shared, std::size_t size, const std::string& name) {
    for (std::size_t i = 0; i < size; ++i) {
      const auto text = (i < shared ? "" : name) + std::to_string(i);
      leaves_.push_back(leaf_hash(base::as_bytes(text)));
    }
  }
  base::Digest root(std::uint64_t size) const {
    return root_of(std::span(leaves_).first(static_cast<std::size_t>(size)));
  }
  std::string note(std::uint64_t size) const {
    return sign_checkpoint({history_verifier.name, size, root(size)}, history_key);
  }
  std::vector<base::Digest> proof(std::uint64_t old_size, std::uint64_t size) const {
    if (old_size == 0) return {};
    return consistency_path(
               old_size, size,
               [this](unsigned height, std::uint64_t index) {
                 const auto width = std::size_t{1} << height;
                 const auto first = static_cast<std::size_t>(index) * width;
                 return Result<base::Digest>(root_of(std::span(leaves_).subspan(first, width)));
               })
        .value();
  }
  AddCheckpoint request(std::uint64_t old_size, std::uint64_t size) const {
    return {old_size, proof(old_size, size), note(size)};
  }

 private:
  std::vector<base::Digest> leaves_;
};

}  // namespace regmark::audit
