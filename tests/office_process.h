// An office in a process of its own, so that what it costs and what its clients cost can be told
// apart. Never included by a program.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace regmark::testing {

class OfficeProcess {
 public:
  // Starts it: live cameras, a list with the plates, somebody who watches. By fork(), so before
  // this process has threads.
  OfficeProcess(std::size_t cameras, const std::vector<std::string>& listed);
  OfficeProcess(const OfficeProcess&) = delete;
  OfficeProcess& operator=(const OfficeProcess&) = delete;
  // Ends it, and removes its folder.
  ~OfficeProcess();

  std::uint16_t port() const { return port_; }
  // Their tokens.
  const std::vector<std::string>& cameras() const { return cameras_; }
  const std::string& watcher() const { return watcher_; }

  // What it holds of the memory now, in KiB.
  std::size_t resident_kib() const;
  // What it has used of the processors so far, in seconds.
  double processor_seconds() const;

 private:
  pid_t process_ = -1;
  int until_ = -1;  // it runs until this end of a pipe is closed
  std::uint16_t port_ = 0;
  std::vector<std::string> cameras_;
  std::string watcher_;
};

// The same of this process.
double own_processor_seconds();

}  // namespace regmark::testing
