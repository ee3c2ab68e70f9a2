// The program: the command line below, the office beside it.
#include <csignal>
#include <iostream>

#include "cli/cli.h"
#include "server/serve.h"

int main(int argc, char** argv) {
  // A reader that went away is an error of the write, not the end of the program.
  std::signal(SIGPIPE, SIG_IGN);
  return regmark::cli::run(argc, argv, [](const regmark::cli::ServeArguments& arguments) {
    return regmark::server::run_serve(
        {.data = arguments.data, .listen = arguments.listen, .config = arguments.config}, std::cout,
        std::cerr);
  });
}
