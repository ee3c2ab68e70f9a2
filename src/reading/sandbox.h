// A reading process gives up what it does not need before it looks at bytes from outside: a fault
// in a decoder must not reach anything but its own inputs, its own spool and its own office.
//
// Four things hold it, each by itself: no new rights ever (no_new_privs); files and ports by name
// (Landlock, where the kernel has it); a short list of system calls (seccomp), without those that
// start programs, look into other processes or load code into the kernel; and limits on what it
// may use up.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace regmark::reading {

struct SandboxRules {
  std::vector<std::filesystem::path> reads;   // files, and folders with all below them
  std::vector<std::filesystem::path> writes;  // folders, with all below them; they are there
  std::vector<std::uint16_t> ports;           // it may connect to, over TCP; none: no network
  bool datagrams = false;                     // names must be looked up, or a stream wants UDP
};

// What holds the process after enter_sandbox().
struct SandboxHold {
  int landlock = 0;  // version of the kernel's; 0: it has none, files are not held
  bool holds_ports() const { return landlock >= 4; }
  bool holds_signals() const { return landlock >= 6; }
};

// The version of the kernel's Landlock, 0: none. Changes nothing.
int landlock_version();

// From here on the process, and every thread it starts, is held; there is no way back. Call it
// while there is one thread: Landlock holds those that are started later. System libraries, trusted
// certificates and the names of hosts stay readable. Fails with
//   not_found     a path that is not there
//   unavailable   the kernel refuses one of the four
Result<SandboxHold> enter_sandbox(const SandboxRules& rules);

}  // namespace regmark::reading
