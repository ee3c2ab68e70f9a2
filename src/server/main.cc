// The program: the command line below, the office beside it.
#include <csignal>
#include <iostream>

#include "cli/cli.h"
#include "server/doctor.h"
#include "server/run_witness.h"
#include "server/serve.h"

int main(int argc, char** argv) {
  // A reader that went away is an error of the write, not the end of the program.
  std::signal(SIGPIPE, SIG_IGN);
  const auto serve = [](const regmark::cli::ServeArguments& arguments) {
    return regmark::server::run_serve(
        {.data = arguments.data, .listen = arguments.listen, .config = arguments.config}, std::cout,
        std::cerr);
  };
  const auto witness = [](const regmark::cli::WitnessArguments& arguments) {
    return regmark::server::run_witness({.data = arguments.data,
                                         .log_key = arguments.log_key,
                                         .listen = arguments.listen,
                                         .name = arguments.name,
                                         .accept = arguments.accept,
                                         .by = arguments.by,
                                         .reason = arguments.reason},
                                        std::cout, std::cerr);
  };
  const auto doctor = [](const regmark::cli::ServeArguments& arguments) {
    return regmark::server::run_doctor(
        {.data = arguments.data, .listen = {}, .config = arguments.config}, std::cout, std::cerr);
  };
  return regmark::cli::run(argc, argv, serve, witness, doctor);
}
