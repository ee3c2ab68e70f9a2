// `regmark serve`: an office that runs until it is told to stop.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "base/result.h"
#include "server/settings.h"

namespace regmark::server {

struct ServeOptions {
  std::filesystem::path data;
  std::string listen;            // over what the configuration says; empty: as it says
  std::filesystem::path config;  // or empty
};

// The settings of these options: the configuration, and what the command line says over it. Fails
// with
//   invalid_input   the configuration is wrong (line named), or the address is none of this machine
Result<Settings> settings_of(const ServeOptions& options);

// Runs until SIGINT, SIGTERM or SIGHUP. Gives the exit status: 0 stopped, 1 it could not run, 2
// what was asked makes no sense. Call it before any other thread is started: threads that came
// earlier would take the signals.
int run_serve(const ServeOptions& options, std::ostream& out, std::ostream& err);

}  // namespace regmark::server
