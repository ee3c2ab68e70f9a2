// What a reading process keeps when it gives up the rest.
#pragma once

#include <string_view>

#include "base/result.h"
#include "cli/commands.h"
#include "reading/sandbox.h"

namespace regmark::cli {

// The host and port of an address; its port is the scheme's own where it says none.
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
};
// Fails with
//   invalid_input   no address of a scheme that we read or send to
Result<Endpoint> endpoint_of(std::string_view address);

// A folder for each camera: no read is ever sent as another camera's.
std::filesystem::path spool_of(const ReadArguments& arguments);

// The inputs, the spool, the folder for copies, the office: nothing else. Fails with
//   invalid_input   an address that is none
Result<reading::SandboxRules> sandbox_rules(const ReadArguments& arguments);

// Enters it as `arguments.sandbox` says, and says on standard error what the kernel cannot do.
// Fails with
//   unavailable     the kernel refuses, or has no Landlock where it is needed
Result<void> enter_sandbox(const ReadArguments& arguments);

}  // namespace regmark::cli
