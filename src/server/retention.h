// Erases what names people or vehicles beside the sightings, once it has served: what each period
// is says the policy, and docs/retention.md.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "access/policy.h"
#include "audit/log.h"
#include "base/time.h"
#include "oversight/settings.h"
#include "people/people.h"
#include "records/database.h"

namespace regmark::server {

class Retention {
 public:
  struct Rooms {  // all of them outlive this
    const access::Policy& policy;
    audit::Log& log;
    records::Database& records;
    people::People& people;
    oversight::Settings oversight;  // whose periods are in it
    const base::Clock& clock;
  };
  static std::span<const records::Migration> migrations();

  explicit Retention(const Rooms& rooms) : rooms_(rooms) {}

  // One round, each kind under a machine receipt, each erasure on record with how many went. One
  // kind that fails does not keep the others waiting; the first failure is given. After a crash at
  // any point the next round does the rest, and puts on record what the crash left unsaid.
  Result<void> erase_what_is_over();
  // What was erased is, on return, in no byte of the records any more. Does nothing when nothing
  // was erased since the last time.
  Result<void> forget();
  // Something was erased from the records by somebody else.
  void erased_something() { is_to_forget_ = true; }

 private:
  struct Kind {
    std::string act;  // its word in the log
    base::UtcTime before;
    std::function<Result<std::uint64_t>(records::Transaction&)> count;
    std::function<Result<std::uint64_t>(records::Transaction&, const audit::MachineReceipt&)> erase;
  };
  Result<void> erase(const Kind& kind);
  Result<void> erase_details();
  Result<bool> details_are_due(base::UtcDay before);
  Result<void> say_what_was_erased();

  const Rooms rooms_;
  bool is_to_forget_ = true;  // a crash may have come between erasing and forgetting
};

}  // namespace regmark::server
