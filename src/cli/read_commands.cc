#include <unistd.h>

#include <csignal>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

#include "base/files.h"
#include "cli/camera_key.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/hand_in.h"
#include "cli/print.h"
#include "cli/read_sandbox.h"

namespace regmark::cli {
namespace {

// How long a finished read waits for the office to take the rest; then it stays in the spool.
constexpr std::chrono::minutes drain_max{10};

// Set by Ctrl-C: the reader finishes the frame at hand.
std::stop_source& stopping() {
  static std::stop_source source;
  return source;
}

// A handler may do little; a thread turns what it set into a stop request.
volatile std::sig_atomic_t interrupted = 0;

class Interrupts {
 public:
  Interrupts() {
    std::signal(SIGINT, [](int) { interrupted = 1; });
    std::signal(SIGTERM, [](int) { interrupted = 1; });
    watcher_ = std::jthread([](const std::stop_token& over) {
      while (!over.stop_requested() && interrupted == 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
      }
      if (interrupted != 0) stopping().request_stop();
    });
  }

 private:
  std::jthread watcher_;
};

reading::ReadOptions options_of(const ReadArguments& arguments) {
  reading::ReadOptions options;
  options.sources = arguments.sources;
  options.form = arguments.json ? reading::OutputForm::json : reading::OutputForm::text;
  if (arguments.finals_only) options.tracker.early = reading::EarlyReads::left_out;
  if (!arguments.annotate.empty()) options.annotate = arguments.annotate;
  if (::isatty(STDERR_FILENO) != 0) options.progress = reading::Progress::shown;
  if (arguments.time == "now") options.file_time = reading::FileTime::now;
  options.stop = stopping().get_token();
  return options;
}

Result<std::string> token_of(const std::filesystem::path& file) {
  constexpr std::size_t size_max = 1024;
  REGMARK_ASSIGN(const auto bytes, base::read_file(file, size_max));
  std::string token(base::as_text(bytes));
  while (token.ends_with('\n') || token.ends_with('\r')) token.pop_back();
  if (token.empty()) return fail(ErrorCode::invalid_input, file.string() + " holds no token");
  return token;
}

// What is read and made before the process gives up its rights.
struct Means {
  base::CameraId camera;
  std::string token;
  std::optional<base::SigningKey> key;
  std::unique_ptr<relay::Spool> spool;
};

Result<Means> means_of(const ReadArguments& arguments) {
  REGMARK_ASSIGN(auto camera, base::CameraId::parse(arguments.camera));
  std::string token;
  std::optional<base::SigningKey> signing;
  if (!arguments.token_file.empty()) {
    REGMARK_ASSIGN(token, token_of(arguments.token_file));
  } else if (!arguments.key_file.empty()) {
    REGMARK_ASSIGN(signing, read_camera_key(arguments.key_file));
  } else if (arguments.certificate.empty()) {
    return fail(ErrorCode::invalid_input,
                "say how the camera shows who it is: --token-file, --key-file or --certificate");
  }
  auto key_file = arguments.spool_key;
  if (key_file.empty()) {
    key_file = arguments.spool;
    key_file += ".key";
  }
  REGMARK_ASSIGN(const auto key, relay::spool_key(key_file));
  REGMARK_ASSIGN(auto spool, relay::Spool::open({.folder = spool_of(arguments), .key = key}));
  return Means{std::move(camera), std::move(token), signing, std::move(spool)};
}

Result<int> read_and_send(const ReadArguments& arguments) {
  REGMARK_ASSIGN(auto means, means_of(arguments));
  REGMARK_TRY(enter_sandbox(arguments));
  const Interrupts interrupts;
  const auto& spool = means.spool;
  if (spool->size() > 0) {
    std::cerr << "regmark: " << spool->size() << " reads of an earlier run wait in the spool\n";
  }
  const base::SystemClock clock;
  REGMARK_ASSIGN(const auto sender,
                 relay::Sender::start({.office = arguments.office,
                                       .trust = trust_of(arguments.trust),
                                       .camera = std::move(means.camera),
                                       .token = std::move(means.token),
                                       .key = means.key,
                                       .own = {arguments.certificate, arguments.certificate_key}},
                                      *spool, clock, [](const std::string& text) {
                                        std::cerr << "regmark: " + text + "\n";
                                      }));
  HandIn hand_in(*spool, *sender, std::cerr);
  int status = reading::run_read(options_of(arguments), std::cout, std::cerr, &hand_in, clock);
  const auto waited_from = std::chrono::steady_clock::now();
  bool empty = sender->drain(std::chrono::seconds{1});
  while (!empty && !stopping().stop_requested() && !sender->is_turned_away() &&
         std::chrono::steady_clock::now() - waited_from < drain_max) {
    empty = sender->drain(std::chrono::seconds{1});
  }
  const auto counts = sender->counts();
  std::cerr << "regmark: the office took " << counts.accepted << " reads, knew "
            << counts.duplicates << ", refused " << counts.refused + counts.not_justified << "; "
            << spool->size() << " wait in " << spool_of(arguments).string() << "\n";
  if (!empty || counts.refused + counts.not_justified > 0) status = 1;
  return status;
}

}  // namespace

int read_command(const ReadArguments& arguments) {
  if (arguments.office.empty()) {
    if (const auto held = enter_sandbox(arguments); !held) return say_failure(held.error());
    const Interrupts interrupts;
    return reading::run_read(options_of(arguments), std::cout, std::cerr);
  }
  const auto status = read_and_send(arguments);
  return status ? *status : say_failure(status.error());
}

}  // namespace regmark::cli
