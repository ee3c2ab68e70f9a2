// Backups that are made by themselves, or because somebody asked.
#include <algorithm>

#include "backup/backups.h"

namespace regmark::backup {
namespace {

constexpr std::chrono::seconds look_every{60};
// A disk that is away seldom comes back within minutes.
constexpr std::chrono::minutes try_again_after{30};
// A ring is small, and what is dropped must go from it soon.
constexpr std::chrono::minutes ring_again_after{5};

bool is_due(const State& state, const Settings& settings, base::UtcTime now) {
  if (settings.every == std::chrono::hours{0}) return false;
  return !state.made_at || now >= *state.made_at + settings.every || state.backup_is_behind;
}

}  // namespace

Result<void> Backups::check_stop() const {
  const std::lock_guard lock(asked_mutex_);
  if (stopping_) return fail(ErrorCode::unavailable, "the office closes");
  return {};
}

Result<void> Backups::ask_for(const audit::Receipt& receipt, const std::filesystem::path& folder) {
  REGMARK_TRY(audit::check_open(receipt, access::Act::back_up, rooms_.clock.now()));
  const std::lock_guard lock(asked_mutex_);
  bool is_known = false;
  for (const auto& place : settings_.places) {
    if (!folder.empty() && place.folder != folder) continue;
    is_known = true;
    asked_.insert(place.folder);
    failures_.erase(place.folder);
  }
  if (!is_known) {
    return fail(ErrorCode::not_found, "the configuration names no such place for a backup");
  }
  asked_changed_.notify_all();
  return {};
}

Result<bool> Backups::make_newer_than(base::UtcTime moment) {
  const auto now = rooms_.clock.now();
  bool all_newer = true;
  REGMARK_ASSIGN(const auto all, states());
  const std::lock_guard lock(asked_mutex_);
  for (const auto& state : all) {
    if (!state.made_at || *state.made_at > moment) continue;
    all_newer = false;
    const auto wait = not_before_.find(state.folder);
    if (wait == not_before_.end() || now >= wait->second) asked_.insert(state.folder);
  }
  if (!asked_.empty()) asked_changed_.notify_all();
  return all_newer;
}

std::optional<std::filesystem::path> Backups::next_place() {
  {
    const std::lock_guard lock(asked_mutex_);
    if (!asked_.empty()) return *asked_.begin();
  }
  const auto now = rooms_.clock.now();
  const auto all = states();
  if (!all) return std::nullopt;
  for (const auto& state : *all) {
    const std::lock_guard lock(asked_mutex_);
    const auto wait = not_before_.find(state.folder);
    if (wait != not_before_.end() && now < wait->second) continue;
    if (is_due(state, settings_, now)) return state.folder;
  }
  return std::nullopt;
}

void Backups::make_and_say(const std::filesystem::path& folder) {
  const auto receipt = rooms_.log.record(audit::MachineVerb::back_up, "{}");
  Result<void> done;
  if (!receipt) {
    done = tl::unexpected<Error>(receipt.error());
  } else if (const auto made = make(*receipt, folder); !made) {
    done = tl::unexpected<Error>(made.error());
  }
  if (!done) tell_(done.error().message);
  const std::lock_guard lock(asked_mutex_);
  asked_.erase(folder);
  failures_.erase(folder);
  not_before_.erase(folder);
  if (done) return;
  failures_.emplace(folder, done.error().message);
  not_before_.emplace(folder, rooms_.clock.now() + try_again_after);
}

void Backups::keep_rings() {
  const auto all = states();
  if (!all) return;
  const auto now = rooms_.clock.now();
  const bool is_due = std::ranges::any_of(*all, &State::ring_is_behind);
  if (!is_due || now < rings_not_before_) return;
  const auto receipt = rooms_.log.record(audit::MachineVerb::back_up, "{\"ring\":true}");
  if (!receipt) return;
  const auto done = rewrap(*receipt);
  if (done) return;
  tell_(done.error().message);
  // A new key that is destroyed meanwhile waits, too: the ring is away for all of them.
  rings_not_before_ = now + ring_again_after;
}

void Backups::work() {
  while (check_stop()) {
    keep_rings();
    if (const auto place = next_place()) {
      make_and_say(*place);
      continue;
    }
    std::unique_lock lock(asked_mutex_);
    asked_changed_.wait_for(lock, look_every, [this] { return stopping_ || !asked_.empty(); });
  }
}

void Backups::start(std::function<void(const std::string&)> tell) {
  if (settings_.places.empty()) return;
  tell_ = std::move(tell);
  thread_ = std::thread([this] { work(); });
}

}  // namespace regmark::backup
