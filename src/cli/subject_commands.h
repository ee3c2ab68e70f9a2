// Commands about what keepers of vehicles ask of us (role dpo).
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/options.h"

namespace regmark::cli {

void add_subjects(CLI::App& app, Typed& typed);

struct SubjectArguments {
  std::string id, reason, words;
  std::string wish = "access", plate, from, until, asked_by, received;  // of a new one
  std::vector<std::string> sightings;                                   // to erase
  std::string decision = "answered", unsaid = "crime";
  std::vector<std::string> gives{"reads"};
  // from/until/ground/reason, and after it which parts, and "told": as --keep-back has it
  std::vector<std::string> kept_back;
  std::filesystem::path out;  // the answer, or empty: standard output
};
int receive_subject_request(const SubjectArguments& arguments);
int see_subject_request(const SubjectArguments& arguments);
int extend_subject_request(const SubjectArguments& arguments);
int erase_for_subject(const SubjectArguments& arguments);
int decide_subject_request(const SubjectArguments& arguments);

}  // namespace regmark::cli
