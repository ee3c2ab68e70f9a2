#include "server/serve.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <ostream>
#include <thread>

#include "server/office.h"
#include "server/stop_signals.h"

namespace regmark::server {

Result<Settings> settings_of(const ServeOptions& options) {
  Settings settings;
  settings.data = options.data;
  if (!options.config.empty()) {
    REGMARK_ASSIGN(settings, read_config_file(options.config, std::move(settings)));
  }
  if (!options.listen.empty()) {
    REGMARK_ASSIGN(settings.listen, parse_listen(options.listen));
  }
  REGMARK_TRY(check_reach(settings));
  return settings;
}

namespace {

void greet(const Office& office, const ServeOptions& options, std::ostream& out) {
  if (office.first_code()) {
    out << "Nobody can sign in yet. Sign in as administrator, with a password that you choose with "
           "this one-time code: "
        << *office.first_code() << "\n";
  }
  out << "The office is open at " << office.address() << "/ (data in " << options.data.string()
      << "). Ctrl-C stops it." << std::endl;
  if (!office.pin().empty()) {
    out << "Its certificate's key, for --pin: " << office.pin() << std::endl;
  }
}

}  // namespace

int run_serve(const ServeOptions& options, std::ostream& out, std::ostream& err) {
  const auto settings = settings_of(options);
  if (!settings) {
    err << "regmark: " << settings.error().message << "\n";
    return 2;
  }
  spdlog::set_default_logger(std::make_shared<spdlog::logger>(
      "regmark", std::make_shared<spdlog::sinks::stderr_sink_mt>()));
  const StopSignals signals;
  const base::SystemClock clock;
  auto office = Office::open(*settings, clock);
  if (!office) {
    err << "regmark: " << office.error().message << "\n";
    return 1;
  }
  greet(**office, options, out);
  std::thread stopper([&] {
    signals.wait();
    (*office)->stop();
  });
  (*office)->run();
  stopper.join();
  office->reset();
  out << "The office is closed." << std::endl;
  return 0;
}

}  // namespace regmark::server
