// The command line: what a person types, and which file does it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace regmark::cli {

struct ServeArguments {
  std::filesystem::path data;
  std::string listen;            // "127.0.0.1:8600", or empty: as configured
  std::filesystem::path config;  // or empty
};

// Runs the office until it is told to stop; gives the exit status. The floor above provides it.
using Serve = std::function<int(const ServeArguments&)>;

// Gives the exit status: 0 done, 1 it could not be done, 2 what was typed made no sense.
int run(int argc, char** argv, const Serve& serve);

}  // namespace regmark::cli
