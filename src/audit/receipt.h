// Proof that a permit stands in the audit log. Only the log makes one.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "access/decide.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::audit {

// Opens one question, for a short time. Copyable: it is a value, not a key that wears out; the
// store checks the time and the scope each time it is shown.
class Receipt {
 public:
  std::uint64_t number() const { return number_; }  // of the leaf in the log
  const access::Permit& permit() const { return permit_; }

 private:
  friend class Log;
  Receipt(std::uint64_t number, access::Permit permit)
      : number_(number), permit_(std::move(permit)) {}
  std::uint64_t number_;
  access::Permit permit_;
};

// Whether it opens this act now: what every room asks before it does anything. Fails with
//   invalid_input   it is for another act, not valid yet, or no longer
Result<void> check_open(const Receipt& receipt, access::Act act, base::UtcTime now);
// The same, for this one thing. Fails with
//   invalid_input   also when it is for another thing
Result<void> check_open(const Receipt& receipt, access::Act act, std::string_view subject,
                        base::UtcTime now);

// The program's own work. None of these verbs can give a plate to a person.
enum class MachineVerb : std::uint8_t { seal, drop, copy_hold, verify, count, back_up };

std::string_view name(MachineVerb verb);

class MachineReceipt {
 public:
  std::uint64_t number() const { return number_; }
  MachineVerb verb() const { return verb_; }

 private:
  friend class Log;
  MachineReceipt(std::uint64_t number, MachineVerb verb) : number_(number), verb_(verb) {}
  std::uint64_t number_;
  MachineVerb verb_;
};

// Fails with
//   invalid_input   it is for another verb
Result<void> check_verb(const MachineReceipt& receipt, MachineVerb verb);

}  // namespace regmark::audit
