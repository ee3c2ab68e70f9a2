// Commands about what is kept: days, backups, and the way back from one.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "backup/restore.h"
#include "base/encoding.h"
#include "base/files.h"
#include "base/sealed_box.h"
#include "cli/answers.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/key_files.h"
#include "cli/print.h"

namespace regmark::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t key_file_size_max = 256;
constexpr std::chrono::milliseconds look_first{200};
constexpr std::chrono::seconds look_every{5};

Result<base::Key> read_key(const fs::path& file) {
  REGMARK_ASSIGN(auto bytes, base::read_file(file, key_file_size_max));
  auto text = base::as_text(bytes);
  while (text.ends_with('\n')) text.remove_suffix(1);
  auto decoded = base::from_hex(text);
  base::wipe(bytes);
  base::Key key{};
  if (!decoded || decoded->size() != key.size()) {
    return fail(ErrorCode::invalid_input,
                file.string() + " holds no key: it must be 64 hexadecimal digits");
  }
  std::ranges::copy(*decoded, key.begin());
  base::wipe(*decoded);
  return key;
}

std::string held_by(const json& day) {
  std::string text;
  for (const auto& one : day.value("held", json::array())) {
    text += (text.empty() ? "" : ", ") + cell(one, "hold") + " " + cell(one, "reads");
  }
  return text;
}

// The places that were asked for, as the office sees them now.
Result<std::vector<json>> look_at(const Client& client, const fs::path& folder) {
  REGMARK_ASSIGN(const auto answer, client.get("/v1/backups"));
  std::vector<json> places;
  for (const auto& place : answer.value("backups", json::array())) {
    if (folder.empty() || cell(place, "folder") == folder.string()) places.push_back(place);
  }
  return places;
}

// Says how each ended. Gives the exit status.
int say_how_it_went(const std::vector<json>& places) {
  int status = 0;
  for (const auto& place : places) {
    if (const auto failure = cell(place, "failure"); !failure.empty()) {
      status = say_failure(failure);
      continue;
    }
    std::cout << "Backup " << cell(place, "generation") << " in " << cell(place, "folder")
              << ", made at " << cell(place, "made_at") << ".\n";
  }
  return status;
}

// Looks until none of them is being made any more. Gives the exit status.
int wait_for(const Client& client, const fs::path& folder) {
  for (std::chrono::milliseconds pause = look_first;;
       pause = std::min<std::chrono::milliseconds>(2 * pause, look_every)) {
    std::this_thread::sleep_for(pause);
    const auto places = look_at(client, folder);
    if (!places) return say_failure(places.error());
    const auto is_busy = [](const json& place) { return place.value("is_asked_for", false); };
    if (std::ranges::none_of(*places, is_busy)) return say_how_it_went(*places);
  }
}

// "2026-03-29", or of a short slice "2026-03-29 11:50 to 12:00".
std::string slice_of(const json& day) {
  const auto from = cell(day, "from");
  const auto until = cell(day, "until");
  constexpr std::size_t clock = 11;  // where the time of day begins
  constexpr std::size_t size = 5;
  if (from.size() < clock + size || until.size() < clock + size) return cell(day, "day");
  return cell(day, "day") + " " + from.substr(clock, size) + " to " + until.substr(clock, size);
}

// A short slice goes in the minutes between two times.
std::string kept_until(const json& day) {
  const auto gone_by = cell(day, "gone_by");
  return cell(day, "kept_until") + (gone_by.empty() ? "" : ", gone by " + gone_by);
}

}  // namespace

int list_days(int gone) {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  const auto answer = client->get("/v1/days?gone=" + std::to_string(gone));
  if (!answer) return say_failure(answer.error());
  std::vector<std::vector<std::string>> rows{{"day", "state", "kept until", "pictures",
                                              "kept until", "reads", "pictures", "bytes",
                                              "of pictures", "keys", "held by"}};
  for (const auto& day : answer->value("days", json::array())) {
    rows.push_back({slice_of(day), cell(day, "state"), kept_until(day), cell(day, "pictures_state"),
                    cell(day, "pictures_kept_until"), cell(day, "reads"), cell(day, "pictures"),
                    cell(day, "rows_bytes"), cell(day, "pictures_bytes"), cell(day, "keys"),
                    held_by(day)});
  }
  print_table(rows);
  return 0;
}

int back_up(const fs::path& folder) {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  json body = json::object();
  const auto whole = folder.empty() ? folder : fs::absolute(folder).lexically_normal();
  if (!whole.empty()) body["folder"] = whole.string();
  const auto answer = client->post("/v1/backups", body);
  if (!answer) return say_failure(answer.error());
  return wait_for(*client, whole);
}

int list_backups() {
  return print_list("/v1/backups", "backups",
                    {"folder", "generation", "made_at", "is_asked_for", "backup_is_behind",
                     "ring_is_behind", "at_place", "failure"});
}

int make_backup_key(const fs::path& file) {
  std::error_code error;
  if (fs::exists(file, error)) return say_failure(file.string() + " is there already");
  auto key = base::new_box_key();
  const auto written = base::write_file(file, base::as_bytes(base::to_hex(key.secret) + "\n"));
  base::wipe(key.secret);
  if (!written) return say_failure(file.string() + ": " + written.error().message);
  std::cout << "The secret half is in " << file.string()
            << ". Keep it away from the office and its backups: without it no backup opens.\n"
               "For the configuration:\n\n[backup]\nkey = \""
            << base::to_hex(key.public_key)
            << "\"\n\n[[backup.place]]\nfolder = \"/where/backups/go\"\n"
               "ring = \"/another/place/ring\"\n";
  return 0;
}

int restore(const RestoreArguments& arguments) {
  auto secret = read_key(arguments.key);
  if (!secret) return say_failure(secret.error());
  backup::RestoreFrom from{
      .folder = arguments.from, .ring = arguments.ring, .key = base::box_key_from_secret(*secret)};
  base::wipe(*secret);
  if (!arguments.log_key.empty()) {
    const auto log_key = read_log_key(arguments.log_key);
    if (!log_key) return say_failure(log_key.error());
    from.log_key = *log_key;
  }
  const auto restored = backup::restore(from, arguments.data);
  base::wipe(from.key.secret);
  if (!restored) return say_failure(restored.error());
  std::cout << "Restored backup " << restored->generation << ", made at "
            << base::format_utc(restored->made_at) << ": " << restored->files << " files, "
            << restored->bytes << " bytes, an audit log of " << restored->records
            << " records that holds.\nWhat is over by now is erased when the office opens: regmark "
               "serve --data "
            << arguments.data.string() << "\n";
  return 0;
}

}  // namespace regmark::cli
