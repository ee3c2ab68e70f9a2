// How often somebody may try to sign in: by name, by where they try from, and by both together.
//
// Failures of one name from one place wait longer and longer. Failures of a name from everywhere,
// and of a place with any name, count only where the two have not gone together before: so nobody
// elsewhere can lock out those who sit where they always sit. Names that nobody has are counted
// like the others. Whoever comes back from the identity provider has no name yet: what it refuses
// is counted by place alone, apart from passwords.
#pragma once

#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"
#include "records/database.h"

namespace regmark::people {

// How long the next try waits after so many failures, of which some are free.
std::chrono::seconds wait_after(std::int64_t failures, std::int64_t free);

// Forgets what counts no more.
Result<void> forget_old_tries(records::Transaction& transaction, base::UtcTime now);

// One try. Its names are kept as keyed hashes: one may be a password typed into the wrong box.
class Throttle {
 public:
  Throttle(const base::Key& key, std::string_view sign_in_name, std::string_view source,
           base::UtcTime now);
  // Of somebody who comes to a place from the identity provider: who it is will be known once the
  // provider was asked.
  static Throttle of_return(const base::Key& key, std::string_view source, base::UtcTime now);

  // Counts the failure that the try will be, unless it succeeds. Fails with
  //   limit_exceeded   too many before it; says how long to wait, and counts nothing
  Result<void> count(records::Transaction& transaction) const;
  // It was no failure, and no success either.
  Result<void> take_back(records::Transaction& transaction) const;
  // It was none: name and place go together from now on.
  Result<void> succeed(records::Transaction& transaction) const;

 private:
  struct Counter {
    base::Bytes what;
    std::int64_t free;  // failures
  };
  Throttle(std::vector<Counter> counters, base::UtcTime now)
      : counters_(std::move(counters)), now_(now) {}
  Result<std::chrono::seconds> wait(records::Transaction& transaction) const;

  // The first is of name and place together, where there is a name; it alone makes them wait who go
  // together.
  std::vector<Counter> counters_;
  base::UtcTime now_;
};

}  // namespace regmark::people
