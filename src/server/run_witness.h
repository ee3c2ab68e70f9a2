// `regmark witness`: a witness for one log, over HTTP.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <string>

#include "api/http/server.h"
#include "audit/witness.h"
#include "base/result.h"
#include "server/settings.h"

namespace regmark::server {

// Answers POST /add-checkpoint as C2SP tlog-witness says; listens on return. The witness outlives
// the server. Fails with
//   unavailable   the port is taken
Result<std::unique_ptr<api::http::Server>> serve_witness(audit::Witness& witness,
                                                         const Listen& listen);

struct WitnessOptions {
  std::filesystem::path data, log_key;
  std::string listen;
  std::string name;
  // A checkpoint to take for the log's from now on, and who decided it and why: then it does that
  // and ends. Empty: it answers.
  std::filesystem::path accept{};
  std::string by{}, reason{};
};

// Runs until SIGINT, SIGTERM or SIGHUP. Gives the exit status: 0 stopped, 1 it could not run, 2
// what was asked makes no sense. Call it before any other thread is started.
int run_witness(const WitnessOptions& options, std::ostream& out, std::ostream& err);

}  // namespace regmark::server
