#include "audit/log.h"
#include "audit/receipt.h"

namespace regmark::audit {

std::string_view name(Operation operation) {
  switch (operation) {
    case Operation::collection:
      return "collection";
    case Operation::alteration:
      return "alteration";
    case Operation::consultation:
      return "consultation";
    case Operation::disclosure:
      return "disclosure";
    case Operation::combination:
      return "combination";
    case Operation::erasure:
      return "erasure";
    case Operation::refusal:
      return "refusal";
    case Operation::sign_in:
      return "sign_in";
    case Operation::policy:
      return "policy";
    case Operation::key:
      return "key";
    case Operation::outcome:
      return "outcome";
    case Operation::machine:
      return "machine";
    case Operation::authority:
      return "authority";
    case Operation::hold:
      return "hold";
  }
  return "unknown";
}

std::string_view name(MachineVerb verb) {
  switch (verb) {
    case MachineVerb::seal:
      return "seal";
    case MachineVerb::drop:
      return "drop";
    case MachineVerb::copy_hold:
      return "copy_hold";
    case MachineVerb::verify:
      return "verify";
    case MachineVerb::count:
      return "count";
    case MachineVerb::back_up:
      return "back_up";
  }
  return "unknown";
}

}  // namespace regmark::audit
