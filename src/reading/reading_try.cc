// `regmark read` without the rest of the program: for those who work on reading.
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <stop_token>
#include <string_view>
#include <thread>

#include "reading/read_command.h"

int main(int count, char** words) {
  using namespace regmark;
  reading::ReadOptions options;
  std::stop_source stop;
  options.stop = stop.get_token();
  for (int at = 1; at < count; ++at) {
    const std::string_view word = words[at];
    if (word == "--json") {
      options.form = reading::OutputForm::json;
    } else if (word == "--now") {
      options.file_time = reading::FileTime::now;
    } else if (word == "--annotate" && at + 1 < count) {
      options.annotate = words[++at];
    } else {
      options.sources.emplace_back(word);
    }
  }
  if (isatty(STDERR_FILENO) != 0) options.progress = reading::Progress::shown;
  // Ctrl-C ends after the frame at hand.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([stop, signals]() mutable {
    int signal = 0;
    sigwait(&signals, &signal);
    stop.request_stop();
  }).detach();
  return reading::run_read(options, std::cout, std::cerr);
}
