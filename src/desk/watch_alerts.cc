#include "desk/watch_alerts.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "alerts/covers.h"
#include "desk/ask.h"

namespace regmark::desk {

struct AlertWatch::Subscription {
  audit::Receipt receipt;
  std::string token;
  std::shared_ptr<Watcher> watcher;
  bool gone = false;            // under mutex_
  std::uint64_t delivered = 0;  // since the last record; under mutex_
};

AlertWatch::AlertWatch(const Desk& desk, Render render) : desk_(desk), render_(std::move(render)) {
  desk_.alerts.listen([this](const alerts::Alert& alert) { told(alert); });
  thread_ = std::thread([this] { run(); });
}

AlertWatch::~AlertWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_all();
  thread_.join();
  std::vector<std::shared_ptr<Subscription>> ended;
  {
    const std::lock_guard lock(mutex_);
    ended.swap(subscriptions_);
  }
  end(ended);
}

Result<Answer<audit::Receipt>> AlertWatch::ask_leave(const Asker& asker) {
  if (watchers() >= watchers_max) {
    return fail(ErrorCode::unavailable,
                std::to_string(watchers_max) + " screens watch already; try again later");
  }
  REGMARK_ASSIGN(const auto decision,
                 decide_and_record(desk_, asker, access::Act::watch_alerts, about("stream")));
  using Leave = Answer<audit::Receipt>;
  if (const auto* refused = std::get_if<Refused>(&decision)) {
    return Leave(std::in_place_type<Refused>, *refused);
  }
  const auto& receipt = std::get<audit::Receipt>(decision);
  return Leave(std::in_place_index<0>, receipt.number(), receipt.permit().valid_until(), receipt);
}

void AlertWatch::attach(const audit::Receipt& receipt, std::string token,
                        std::shared_ptr<Watcher> watcher) {
  auto subscription =
      std::make_shared<Subscription>(Subscription{receipt, std::move(token), std::move(watcher)});
  std::unique_lock lock(mutex_);
  if (stopping_ || subscriptions_.size() >= watchers_max) {
    lock.unlock();
    subscription->watcher->close();
    return;
  }
  subscriptions_.push_back(std::move(subscription));
}

void AlertWatch::told(const alerts::Alert& alert) {
  const std::lock_guard lock(mutex_);
  if (subscriptions_.empty()) return;
  const std::string shown = render_(alert);
  for (const auto& subscription : subscriptions_) {
    if (subscription->gone || !alerts::covers(subscription->receipt.permit(), alert)) continue;
    if (subscription->watcher->deliver(alert, shown)) {
      ++subscription->delivered;
    } else {
      subscription->gone = true;
    }
  }
}

bool AlertWatch::may_still_watch(const Subscription& subscription) {
  if (!subscription.watcher->present()) return false;
  const auto session = desk_.people.session(subscription.token);
  // As at every other door: whoever owes a second factor may set one up, and nothing else.
  if (!session || session->lacks_second_factor) return false;
  const auto& permit = subscription.receipt.permit();
  // What they are told follows from where their organisation stands: they ask anew.
  const bool is_moved = session->person.organisation != permit.person().organisation ||
                        session->person.part_of != permit.person().part_of;
  if (is_moved) return false;
  auto scope = permit.scope();
  const auto decision = access::decide(
      desk_.policy, access::Request{session->person, access::Act::watch_alerts, permit.purpose(),
                                    std::move(scope), desk_.clock.now(), session->until});
  return std::holds_alternative<access::Permit>(decision);
}

void AlertWatch::recheck() {
  std::vector<std::shared_ptr<Subscription>> all;
  {
    const std::lock_guard lock(mutex_);
    all = subscriptions_;
  }
  // The sessions are asked outside the lock: alerts must not wait for the database.
  std::erase_if(all, [&](const auto& subscription) { return may_still_watch(*subscription); });
  if (all.empty()) return;
  std::vector<std::shared_ptr<Subscription>> ended;
  {
    const std::lock_guard lock(mutex_);
    // Another thread may have ended some of them meanwhile: each ends, and is recorded, once.
    std::erase_if(subscriptions_, [&](const auto& subscription) {
      const bool over = std::ranges::find(all, subscription) != all.end();
      if (over) ended.push_back(subscription);
      return over;
    });
  }
  end(ended);
}

void AlertWatch::end(const std::vector<std::shared_ptr<Subscription>>& ended) {
  for (const auto& subscription : ended) {
    subscription->watcher->close();
    // Nobody else holds it any more. A log that cannot be written stops every other act; here there
    // is nobody left to tell.
    static_cast<void>(desk_.log.record(subscription->receipt,
                                       audit::Outcome{"watch_ended", subscription->delivered}));
  }
}

void AlertWatch::record_deliveries() {
  std::vector<std::pair<std::shared_ptr<Subscription>, std::uint64_t>> groups;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& subscription : subscriptions_) {
      if (subscription->delivered == 0) continue;
      groups.emplace_back(subscription, std::exchange(subscription->delivered, 0));
    }
  }
  for (const auto& [subscription, count] : groups) {
    if (desk_.log.record(subscription->receipt, audit::Outcome{"delivered", count})) continue;
    // What cannot be recorded must not be shown: this watcher gets nothing more.
    {
      const std::lock_guard lock(mutex_);
      subscription->delivered += count;
      subscription->gone = true;
    }
    subscription->watcher->close();
  }
}

std::size_t AlertWatch::watchers() const {
  const std::lock_guard lock(mutex_);
  return subscriptions_.size();
}

void AlertWatch::run() {
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
