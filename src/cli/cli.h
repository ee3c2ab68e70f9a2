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

struct WitnessArguments {
  std::filesystem::path data, log_key;
  std::string listen = "127.0.0.1:8700";
  std::string name;
  std::filesystem::path accept{};  // a checkpoint, or empty
  std::string by{}, reason{};
};

// Each runs until it is told to stop, and gives the exit status. The floor above provides them.
using Serve = std::function<int(const ServeArguments&)>;
using RunWitness = std::function<int(const WitnessArguments&)>;
// Looks at the office that these arguments would run, and gives the exit status.
using RunDoctor = std::function<int(const ServeArguments&)>;

// Gives the exit status: 0 done, 1 it could not be done, 2 what was typed made no sense.
int run(int argc, char** argv, const Serve& serve, const RunWitness& witness,
        const RunDoctor& doctor);

}  // namespace regmark::cli
