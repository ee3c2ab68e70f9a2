#include "server/run_witness.h"

#include <ostream>

#include "audit/add_checkpoint.h"
#include "base/files.h"
#include "server/stop_signals.h"

namespace regmark::server {
namespace {

using Kind = audit::WitnessAnswer::Kind;

// The statuses of the specification.
int status_of(Kind kind) {
  switch (kind) {
    case Kind::cosigned:
      return 200;
    case Kind::malformed:
      return 400;
    case Kind::not_signed:
      return 403;
    case Kind::unknown_log:
      return 404;
    case Kind::conflict:
      return 409;
    case Kind::inconsistent:
      return 422;
    case Kind::unavailable:
      return 503;
  }
  return 500;
}

api::http::Response response_of(audit::WitnessAnswer answer) {
  api::http::Response response;
  response.status = status_of(answer.kind);
  response.content_type =
      answer.kind == Kind::conflict ? "text/x.tlog.size" : "text/plain; charset=utf-8";
  response.body = std::move(answer.text);
  if (!response.body.ends_with('\n')) response.body += '\n';
  return response;
}

Result<std::unique_ptr<audit::Witness>> open_witness(const WitnessOptions& options,
                                                     const base::Clock& clock) {
  const auto text = base::read_file(options.log_key, audit::verifier_key_size_max);
  if (!text) {
    return fail(ErrorCode::invalid_input, options.log_key.string() + ": " + text.error().message);
  }
  const auto key = audit::parse_verifier_key(base::as_text(*text));
  if (!key) {
    return fail(ErrorCode::invalid_input, options.log_key.string() + ": " + key.error().message);
  }
  return audit::Witness::open(options.data, *key, options.name, clock);
}

// The witness must not be running: its folder is one process's.
Result<void> accept_beginning(const WitnessOptions& options, const base::Clock& clock) {
  const auto note = base::read_file(options.accept, audit::checkpoint_size_max);
  if (!note) {
    return fail(ErrorCode::invalid_input, options.accept.string() + ": " + note.error().message);
  }
  REGMARK_ASSIGN(const auto witness, open_witness(options, clock));
  return witness->accept({std::string(base::as_text(*note)), options.by, options.reason});
}

}  // namespace

Result<std::unique_ptr<api::http::Server>> serve_witness(audit::Witness& witness,
                                                         const Listen& listen) {
  api::http::Settings http;
  http.address = listen.address;
  http.port = listen.port;
  http.connections_max = 100;  // one log asks once a minute; the rest are strangers
  return api::http::Server::start(http, {{.method = "POST",
                                          .pattern = "/add-checkpoint",
                                          .body_size_max = audit::add_checkpoint_size_max,
                                          .handler = [&witness](const api::http::Request& request) {
                                            return response_of(witness.add(request.body));
                                          }}});
}

int run_witness(const WitnessOptions& options, std::ostream& out, std::ostream& err) {
  const auto failed = [&](const Error& error, int otherwise) {
    err << "regmark: " << error.message << "\n";
    return error.code == ErrorCode::invalid_input ? 2 : otherwise;
  };
  const base::SystemClock clock;
  if (!options.accept.empty()) {
    const auto accepted = accept_beginning(options, clock);
    if (!accepted) return failed(accepted.error(), 1);
    out << "Accepted. What was signed until now is kept in " << (options.data / "accepted").string()
        << ".\n";
    return 0;
  }
  const auto listen = parse_listen(options.listen);
  if (!listen) return failed(listen.error(), 2);
  const StopSignals signals;
  const auto witness = open_witness(options, clock);
  if (!witness) return failed(witness.error(), 1);
  const auto server = serve_witness(**witness, *listen);
  if (!server) return failed(server.error(), 1);
  out << "The witness listens on port " << (*server)->port() << ", and signs as\n"
      << to_text((*witness)->key()) << "\nCtrl-C stops it." << std::endl;
  signals.wait();
  (*server)->stop();
  out << "The witness has stopped." << std::endl;
  return 0;
}

}  // namespace regmark::server
