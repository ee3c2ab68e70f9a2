// The words of the command line. Each function adds one group of commands.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <utility>

namespace regmark::cli {

// What was typed is parsed first; the command then runs outside CLI11.
struct Typed {
  std::function<int()> command;
};

template <typename Arguments>
std::shared_ptr<Arguments> keep(Arguments otherwise = {}) {
  return std::make_shared<Arguments>(std::move(otherwise));
}

struct BookArguments;
struct CameraArguments;
struct SearchArguments;

void add_audit(CLI::App& app, Typed& typed);
void add_authority(CLI::App& app, Typed& typed);
void add_estate(CLI::App& app, Typed& typed);
void add_plan(CLI::App& group, Typed& typed);
void add_deployment(CLI::App& app, Typed& typed);
void add_camera_papers(CLI::App& group, Typed& typed);
void add_due(CLI::App& group, Typed& typed);
void add_camera_books(CLI::App& group, Typed& typed);
// Of a camera that is put up: its name, its token's file, and what the register is told.
void add_camera_options(CLI::App& command, const std::shared_ptr<CameraArguments>& arguments);
// What happened to which camera.
void add_book_entry(CLI::App& command, BookArguments& arguments);
void add_covert(CLI::App& app, Typed& typed);
void add_accountability(CLI::App& group, Typed& typed);
void add_evidence(CLI::App& app, Typed& typed);
void add_hold(CLI::App& app, Typed& typed);
// Why somebody asks; and what for: plate, cameras, window.
void add_purpose(CLI::App& command, SearchArguments& arguments);
// All of it or nothing.
void add_purpose_if_any(CLI::App& command, SearchArguments& arguments);
void add_question(CLI::App& command, SearchArguments& arguments);
void add_authority_used(CLI::App& command, SearchArguments& arguments);
void add_convoy(CLI::App& app, Typed& typed);
void add_track(CLI::App& app, Typed& typed);
void add_person(CLI::App& app, Typed& typed);
void add_organisation(CLI::App& app, Typed& typed);
void add_keeping(CLI::App& app, Typed& typed);
void add_oversight(CLI::App& app, Typed& typed);
void add_policy(CLI::App& app, Typed& typed);

}  // namespace regmark::cli
