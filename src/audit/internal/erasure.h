// The leaf that says whose details went, and the account of those that are missing.
//
// An erasure of details is itself a record, written before any detail goes: operation erasure, act
// erase_details, and the day in its outcome. It explains every record before it whose day is
// earlier; both stand in the public half, so that an outsider can hold one against the other.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "audit/log.h"
#include "audit/verify.h"
#include "base/time.h"

namespace regmark::audit {

// The public part of the record that the details of days before `before` are to be erased.
PublicPart erasure_of_details(base::UtcDay before, base::UtcDay today);

// The day that such a public part names; nothing when it is another record's.
std::optional<base::UtcDay> erased_before(const PublicPart& shown);

// What is missing in a piece of the log, told from its first record to its last.
class MissingAccount {
 public:
  void missing(std::uint64_t number, base::UtcDay day);
  void erased(base::UtcDay before);
  // The piece that follows this one.
  void append(const MissingAccount& next);

  std::uint64_t count() const { return count_; }
  std::optional<base::UtcDay> erased_before() const { return erased_before_; }
  std::vector<MissingDetails> unexplained() const;

 private:
  std::uint64_t count_ = 0;
  std::map<base::UtcDay, MissingDetails> unexplained_;
  std::optional<base::UtcDay> erased_before_;
};

}  // namespace regmark::audit
