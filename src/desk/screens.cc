#include "desk/screens.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "desk/ask.h"

namespace regmark::desk {

class Screens::Watching {
 public:
  Watching(audit::Receipt leave, std::string of_session, std::shared_ptr<Screen> where,
           Recorded when_recorded)
      : receipt(std::move(leave)),
        token(std::move(of_session)),
        screen(std::move(where)),
        recorded(std::move(when_recorded)) {}

  // What it was given since the last time is on record.
  Result<void> note(std::uint64_t given) const {
    if (!recorded || given == 0) return {};
    return recorded(given);
  }

  const audit::Receipt receipt;
  const std::string token;
  const std::shared_ptr<Screen> screen;
  const Recorded recorded;
  std::atomic<bool> over{false};  // it was told its last
  bool gone = false;              // under mutex_
  bool ended = false;             // under mutex_
  std::uint64_t delivered = 0;    // since the last record; under mutex_
  std::shared_ptr<void> held{};   // under mutex_
};

Screens::Screens(const Desk& desk) : desk_(desk) {
  thread_ = std::thread([this] { run(); });
}

Screens::~Screens() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_all();
  thread_.join();
  std::vector<std::shared_ptr<Watching>> ended;
  {
    const std::lock_guard lock(mutex_);
    ended.swap(all_);
  }
  end(ended);
}

Result<Answer<audit::Receipt>> Screens::ask_leave(const Asker& asker, access::Act act,
                                                  access::Scope scope) {
  if (count() >= screens_max) {
    return fail(ErrorCode::unavailable,
                std::to_string(screens_max) + " screens watch already; try again later");
  }
  REGMARK_ASSIGN(const auto decision,
                 decide_and_record(desk_, asker, act, std::move(scope), desk_.clock.now()));
  using Leave = Answer<audit::Receipt>;
  if (const auto* refused = std::get_if<Refused>(&decision)) {
    return Leave(std::in_place_type<Refused>, *refused);
  }
  const auto& receipt = std::get<audit::Receipt>(decision);
  return Leave(std::in_place_index<0>, receipt.number(), receipt.permit().valid_until(), receipt);
}

std::shared_ptr<Screens::Watching> Screens::attach(const audit::Receipt& receipt, std::string token,
                                                   std::shared_ptr<Screen> screen,
                                                   Recorded recorded) {
  auto watching =
      std::make_shared<Watching>(receipt, std::move(token), std::move(screen), std::move(recorded));
  std::unique_lock lock(mutex_);
  if (stopping_ || all_.size() >= screens_max) {
    lock.unlock();
    watching->screen->close();
    return nullptr;
  }
  all_.push_back(watching);
  return watching;
}

void Screens::hold(const std::shared_ptr<Watching>& watching, std::shared_ptr<void> what) {
  const std::lock_guard lock(mutex_);
  // One that ended meanwhile holds nothing any more; `what` goes after the lock.
  if (!watching->ended) watching->held = std::move(what);
}

void Screens::tell(access::Act act, const std::function<bool(const access::Permit&)>& covers,
                   const std::function<Shown()>& render) {
  const std::lock_guard lock(mutex_);
  std::optional<Shown> shown;
  for (const auto& watching : all_) {
    const auto& permit = watching->receipt.permit();
    if (watching->gone || permit.act() != act || !covers(permit)) continue;
    if (!shown) shown = render();
    watching->gone = !watching->screen->deliver(*shown);
    if (!watching->gone) ++watching->delivered;
  }
}

bool Screens::tell(const std::shared_ptr<Watching>& watching, const Shown& shown) {
  const std::lock_guard lock(mutex_);
  if (watching->gone || watching->ended || watching->over) return false;
  watching->gone = !watching->screen->deliver(shown);
  if (!watching->gone) ++watching->delivered;
  return !watching->gone;
}

void Screens::finish(const std::shared_ptr<Watching>& watching, const Shown& last) {
  const std::lock_guard lock(mutex_);
  if (watching->gone || watching->ended || watching->over.exchange(true)) return;
  watching->gone = !watching->screen->deliver(last);
}

bool Screens::may_still_watch(const Watching& watching) {
  if (!watching.screen->present()) return false;
  const auto session = desk_.people.session(watching.token);
  // As at every other door: whoever owes a second factor may set one up, and nothing else.
  if (!session || session->lacks_second_factor) return false;
  const auto& permit = watching.receipt.permit();
  // What they are told follows from where their organisation stands: they ask anew.
  const bool is_moved = session->person.organisation != permit.person().organisation ||
                        session->person.part_of != permit.person().part_of;
  if (is_moved) return false;
  const auto now = desk_.clock.now();
  auto scope = permit.scope();
  if (now >= permit.valid_until() ||
      (scope.window && now >= scope.window->until && access::looks_ahead(permit.act()))) {
    return false;
  }
  // From now on: it began when it began.
  if (scope.window) scope.window->from = std::max(scope.window->from, now);
  std::optional<access::Authority> authority;
  if (permit.authority()) {
    const auto record = desk_.authorities.find(*permit.authority());
    if (!record) return false;
    // The use that this is may have been the last: withdrawn or run out is another matter.
    authority = authority::value_of(*record, authority::UsedUp::stands_for_what_was_found);
  }
  const auto decision = access::decide(
      desk_.policy, access::Request{session->person, permit.act(), permit.purpose(),
                                    std::move(scope), now, session->until, std::move(authority)});
  return std::holds_alternative<access::Permit>(decision);
}

void Screens::recheck() {
  std::vector<std::shared_ptr<Watching>> all;
  {
    const std::lock_guard lock(mutex_);
    all = all_;
  }
  // The sessions are asked outside the lock: what happens must not wait for the database.
  std::erase_if(
      all, [&](const auto& watching) { return !watching->over && may_still_watch(*watching); });
  if (all.empty()) return;
  std::vector<std::shared_ptr<Watching>> ended;
  {
    const std::lock_guard lock(mutex_);
    // Another thread may have ended some of them meanwhile: each ends, and is recorded, once.
    std::erase_if(all_, [&](const auto& watching) {
      const bool over = std::ranges::find(all, watching) != all.end();
      if (over) ended.push_back(watching);
      return over;
    });
  }
  end(ended);
}

void Screens::end(const std::vector<std::shared_ptr<Watching>>& ended) {
  for (const auto& watching : ended) {
    std::shared_ptr<void> held;
    std::uint64_t delivered = 0;
    {
      const std::lock_guard lock(mutex_);
      watching->ended = true;
      held.swap(watching->held);
      delivered = std::exchange(watching->delivered, 0);
    }
    held.reset();
    watching->screen->close();
    // A log that cannot be written stops every other act; here there is nobody left to tell.
    static_cast<void>(
        desk_.log.record(watching->receipt, audit::Outcome{"watch_ended", delivered}));
    static_cast<void>(watching->note(delivered));
  }
}

void Screens::record_deliveries() {
  std::vector<std::pair<std::shared_ptr<Watching>, std::uint64_t>> groups;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& watching : all_) {
      if (watching->delivered == 0) continue;
      groups.emplace_back(watching, std::exchange(watching->delivered, 0));
    }
  }
  for (const auto& [watching, count] : groups) {
    const bool is_recorded =
        desk_.log.record(watching->receipt, audit::Outcome{"delivered", count}).has_value();
    if (is_recorded && watching->note(count)) continue;
    // What cannot be recorded must not be shown: this screen gets nothing more.
    {
      const std::lock_guard lock(mutex_);
      if (!is_recorded) watching->delivered += count;
      watching->gone = true;
    }
    watching->screen->close();
  }
}

std::size_t Screens::count() const {
  const std::lock_guard lock(mutex_);
  return all_.size();
}

void Screens::run() {
  auto recorded = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!stopping_changed_.wait_for(lock, recheck_every, [&] { return stopping_; })) {
    lock.unlock();
    recheck();
    if (std::chrono::steady_clock::now() - recorded >= deliveries_recorded_every) {
      record_deliveries();
      recorded = std::chrono::steady_clock::now();
    }
    lock.lock();
  }
}

}  // namespace regmark::desk
