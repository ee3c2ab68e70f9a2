// Adds so many records to a log, for tests and measurements that want a large one.
//
//   write_log FOLDER COUNT     the keys go beside it: FOLDER.pub, FOLDER.vkey
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "audit/log.h"
#include "audit/verifier_key.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/files.h"

namespace {

using namespace regmark;

// As many at once as an office has workers for.
constexpr int askers = 64;

audit::Event event(const base::Clock& clock) {
  return {.shown = {.operation = audit::Operation::consultation,
                    .act = "search_sightings",
                    .day = base::day_of(clock.now()),
                    .role = "investigator",
                    .outcome = "permitted"},
          .details = "{\"purpose\":\"" + std::string(585, 'x') + "\"}"};
}

void write(audit::Log& log, const base::Clock& clock, long count) {
  std::vector<std::jthread> threads;
  for (int at = 0; at < askers; ++at) {
    threads.emplace_back([&, share = count / askers + (at < count % askers ? 1 : 0)] {
      for (long i = 0; i < share; ++i) REGMARK_CHECK(log.record(event(clock)).has_value());
    });
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "write_log FOLDER COUNT\n";
    return 2;
  }
  const std::string folder = argv[1];
  const long count = std::atol(argv[2]);
  const auto key = base::signing_key_from_seed({1});
  const audit::VerifierKey named{"test.example/audit", audit::KeyKind::log, key.public_key};
  const base::SystemClock clock;
  auto log = audit::Log::open(folder, key, named.name, clock);
  REGMARK_CHECK(log.has_value());
  const auto hex = base::to_hex(key.public_key) + "\n";
  REGMARK_CHECK(base::write_file(folder + ".pub", base::as_bytes(hex)).has_value());
  const auto text = to_text(named) + "\n";
  REGMARK_CHECK(base::write_file(folder + ".vkey", base::as_bytes(text)).has_value());
  const auto begun = std::chrono::steady_clock::now();
  write(**log, clock, count);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  std::cout << count << " records in " << took.count()
            << " s, each durable: " << static_cast<double>(count) / took.count() << " a second\n";
  return 0;
}
