#include "alerts/alerts.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "alerts/covers.h"
#include "alerts/internal/check.h"
#include "alerts/internal/live_set.h"
#include "alerts/internal/moves.h"
#include "alerts/internal/tables.h"
#include "base/crash_point.h"

namespace regmark::alerts {
namespace {

using access::Act;
using audit::Receipt;
using internal::LiveSet;
using internal::Move;
using internal::NewStep;
using records::Transaction;

// A batch that is sent again after a restart finds its alerts in memory.
constexpr std::chrono::minutes recent{10};
// latest() looks at no more than this many pages of the records for what a permit covers.
constexpr int pages_looked_at_max = 20;
constexpr std::size_t page_size_min = 50;

bool is_newer(const Alert& a, const Alert& b) {
  return std::tie(a.raised_at, a.id) > std::tie(b.raised_at, b.id);
}

// Two locks. writing_ is held through every write to the records, so that memory and records change
// in one order; mutex_ guards memory, is never held while a disk works, and is taken second. So
// raise() waits for no disk.
class RecordedAlerts final : public Alerts {
 public:
  RecordedAlerts(records::Database& database, const base::Clock& clock, const Settings& settings)
      : database_(database),
        clock_(clock),
        live_(settings.memory_max),
        listeners_(std::make_shared<const std::vector<Listener>>()) {}

  Result<void> load(const Settings& settings);

  std::vector<base::AlertId> raise(const plate::Read& read,
                                   std::span<const watchlist::Hit> hits) override;
  Result<void> keep(std::span<const base::AlertId> alerts) override;
  void forget(std::span<const base::AlertId> alerts) override;
  void listen(Listener listener) override;

  Result<Alert> confirm(const Receipt& receipt, const base::AlertId& alert, std::string_view note,
                        const std::optional<plate::ReadId>& seen) override;
  Result<Alert> reject(const Receipt& receipt, const base::AlertId& alert,
                       std::string_view note) override;
  Result<Alert> assign(const Receipt& receipt, const base::AlertId& alert,
                       const base::PersonId& to) override;
  Result<Alert> act(const Receipt& receipt, const base::AlertId& alert,
                    const watchlist::Stand& stand) override;
  Result<Alert> close(const Receipt& receipt, const base::AlertId& alert, std::string_view outcome,
                      std::string_view note) override;

  Result<std::vector<Alert>> latest(const Receipt& receipt, std::size_t count) const override;
  Result<std::vector<Tally>> tally(const Receipt& receipt, base::UtcDay from,
                                   base::UtcDay until) const override;
  Result<Alert> find(const Receipt& receipt, const base::AlertId& alert) const override;
  Result<std::vector<Step>> history(const Receipt& receipt,
                                    const base::AlertId& alert) const override;
  Result<std::vector<Alert>> about(const Receipt& receipt) const override;
  Result<std::vector<plate::ReadId>> awaited(std::span<const plate::ReadId> reads) const override;
  Result<std::uint64_t> erase_of(const audit::MachineReceipt& receipt,
                                 std::span<const plate::ReadId> reads) override;
  Result<std::uint64_t> erase(const audit::MachineReceipt& receipt, base::UtcDay day) override;

 private:
  std::set<base::AlertId> stored_among(const plate::Read& read,
                                       std::span<const watchlist::Hit> hits) const;
  void bring_back_alerts_of(const plate::ReadId& read);
  Result<std::optional<Alert>> stored(const base::AlertId& alert) const;
  std::optional<Alert> in_memory(const base::AlertId& alert) const;
  void tell(std::span<const Alert> changes) const;
  std::vector<Alert> as_in_memory(std::vector<Alert> alerts) const;

  Result<void> check_asked(const Receipt& receipt, Act act, const base::AlertId& alert) const;
  // Takes a person's step: `check` (const Alert& -> Result<void>) may refuse it still, `change`
  // (Alert&) writes what it changes beside the state, `words` go into the history.
  template <typename Check, typename Change>
  Result<Alert> step(const Receipt& receipt, const base::AlertId& id, Move move,
                     std::string_view outcome, const std::string& words, const Check& check,
                     const Change& change);
  Result<void> write_step(const Alert& changed, std::vector<NewStep> steps);

  records::Database& database_;
  const base::Clock& clock_;
  std::mutex writing_;
  mutable std::mutex mutex_;
  LiveSet live_;  // under mutex_
  mutable std::mutex listeners_mutex_;
  std::shared_ptr<const std::vector<Listener>> listeners_;  // under listeners_mutex_
};

Result<void> RecordedAlerts::load(const Settings& settings) {
  const auto now = clock_.now();
  const std::lock_guard lock(mutex_);
  REGMARK_ASSIGN(auto alerts, database_.read([&](Transaction& transaction) {
    return internal::load_recent(transaction, now - recent, settings.memory_max);
  }));
  for (auto& alert : alerts) live_.load(std::move(alert));
  internal::Page page;
  do {
    REGMARK_ASSIGN(page, database_.read([&](Transaction& transaction) {
      return internal::page_of_windows(transaction, now, page.end, alerts_page_max);
    }));
    for (const auto& alert : page.alerts) live_.load_window(alert);
  } while (page.end);
  return {};
}

std::vector<base::AlertId> RecordedAlerts::raise(const plate::Read& read,
                                                 std::span<const watchlist::Hit> hits) {
  if (hits.empty() && !read.supersedes) return {};
  const auto known = stored_among(read, hits);
  if (read.supersedes) bring_back_alerts_of(*read.supersedes);
  LiveSet::Raised raised;
  {
    const std::lock_guard lock(mutex_);
    raised = live_.raise(read, hits, clock_.now(), known);
  }
  tell(raised.told);
  return std::move(raised.alerts);
}

// A read that comes again may have an alert that left memory, or was over before a restart: it must
// not rise anew. Hits are few, and a look by key among the records waits for no writer.
std::set<base::AlertId> RecordedAlerts::stored_among(const plate::Read& read,
                                                     std::span<const watchlist::Hit> hits) const {
  std::set<base::AlertId> known;
  if (hits.empty()) return known;
  auto found = database_.read([&](Transaction& transaction) -> Result<std::set<base::AlertId>> {
    std::set<base::AlertId> ids;
    for (const auto& hit : hits) {
      auto id = internal::alert_id(read.id, hit.list, hit.entry);
      REGMARK_ASSIGN(const bool exists, internal::exists(transaction, id));
      if (exists) ids.insert(std::move(id));
    }
    return ids;
  });
  // Should the records be away, keep() finds out.
  if (found) known = *std::move(found);
  return known;
}

// Only after so many alerts that open ones had to leave memory. Under writing_, so that nobody
// changes them between the records and memory.
void RecordedAlerts::bring_back_alerts_of(const plate::ReadId& read) {
  {
    const std::lock_guard lock(mutex_);
    if (!live_.open_ones_left()) return;
  }
  const std::lock_guard writing(writing_);
  auto found = database_.read(
      [&](Transaction& transaction) { return internal::of_read(transaction, read); });
  if (!found) return;  // keep() finds out
  const std::lock_guard lock(mutex_);
  for (auto& alert : *found) live_.load(std::move(alert));
}

Result<void> RecordedAlerts::keep(std::span<const base::AlertId> alerts) {
  std::vector<Alert> told;
  {
    const std::lock_guard writing(writing_);
    std::vector<LiveSet::ToKeep> to_keep;
    {
      const std::lock_guard lock(mutex_);
      to_keep = live_.to_keep(alerts);
    }
    if (!to_keep.empty()) {
      REGMARK_TRY(database_.write([&](Transaction& transaction) -> Result<void> {
        for (auto& one : to_keep) {
          if (one.is_new) {
            REGMARK_ASSIGN(const bool inserted, internal::insert(transaction, one.alert));
            if (!inserted) {
              REGMARK_ASSIGN(one.in_records, internal::find(transaction, one.alert.id));
              continue;
            }
          } else {
            REGMARK_TRY(internal::update(transaction, one.alert));
          }
          REGMARK_TRY(internal::add_steps(transaction, one.alert.id, one.steps));
        }
        return {};
      }));
      base::crash_point("alerts_kept");
    }
    const std::lock_guard lock(mutex_);
    told = live_.kept(alerts, std::move(to_keep));
  }
  tell(told);
  return {};
}

void RecordedAlerts::forget(std::span<const base::AlertId> alerts) {
  std::vector<Alert> told;
  {
    const std::lock_guard lock(mutex_);
    told = live_.forget(alerts);
  }
  tell(told);
}

void RecordedAlerts::listen(Listener listener) {
  const std::lock_guard lock(listeners_mutex_);
  auto more = *listeners_;
  more.push_back(std::move(listener));
  listeners_ = std::make_shared<const std::vector<Listener>>(std::move(more));
}

void RecordedAlerts::tell(std::span<const Alert> changes) const {
  if (changes.empty()) return;
  std::shared_ptr<const std::vector<Listener>> listeners;
  {
    const std::lock_guard lock(listeners_mutex_);
    listeners = listeners_;
  }
  for (const auto& alert : changes) {
    for (const auto& listener : *listeners) listener(alert);
  }
}

std::optional<Alert> RecordedAlerts::in_memory(const base::AlertId& alert) const {
  const std::lock_guard lock(mutex_);
  const auto* found = live_.find(alert);
  return found ? std::optional(*found) : std::nullopt;
}

Result<std::optional<Alert>> RecordedAlerts::stored(const base::AlertId& alert) const {
  return database_.read(
      [&](Transaction& transaction) { return internal::find(transaction, alert); });
}

Result<void> RecordedAlerts::check_asked(const Receipt& receipt, Act act,
                                         const base::AlertId& alert) const {
  REGMARK_TRY(audit::check_open(receipt, act, clock_.now()));
  return internal::check_subject(receipt, alert);
}

template <typename Check, typename Change>
Result<Alert> RecordedAlerts::step(const Receipt& receipt, const base::AlertId& id, Move move,
                                   std::string_view outcome, const std::string& words,
                                   const Check& check, const Change& change) {
  std::vector<Alert> told;
  std::optional<Alert> changed;
  Result<void> written;
  {
    const std::lock_guard writing(writing_);
    std::vector<NewStep> steps;
    const auto now = clock_.now();
    {
      std::unique_lock lock(mutex_);
      if (!live_.find(id)) {
        lock.unlock();
        REGMARK_ASSIGN(auto found, stored(id));
        if (!found) return fail(ErrorCode::not_found, "there is no such alert");
        lock.lock();
        live_.load(*std::move(found));
      }
      changed = *live_.find(id);
      if (!covers(receipt.permit(), *changed)) {
        return fail(ErrorCode::not_found, "there is no such alert for this permit");
      }
      REGMARK_ASSIGN(changed->state, internal::after(*changed, move, outcome));
      REGMARK_TRY(check(*changed));
      steps = live_.unsaved_steps(id);
      live_.begin_step(id);
    }
    change(*changed);
    ++changed->version;
    const auto steps_before = steps.size();
    steps.push_back(
        {Step{now, receipt.permit().person().id, changed->state, words}, receipt.number()});
    written = write_step(*changed, std::move(steps));
    const std::lock_guard lock(mutex_);
    told = live_.end_step(id, written ? changed : std::nullopt, steps_before, now);
  }
  tell(told);
  if (!written) return tl::unexpected<Error>(std::move(written).error());
  return *std::move(changed);
}

Result<void> RecordedAlerts::write_step(const Alert& changed, std::vector<NewStep> steps) {
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(internal::update(transaction, changed));
    return internal::add_steps(transaction, changed.id, steps);
  });
}

Result<void> no_more_checks(const Alert&) {
  return {};
}

Result<Alert> RecordedAlerts::confirm(const Receipt& receipt, const base::AlertId& alert,
                                      std::string_view note,
                                      const std::optional<plate::ReadId>& seen) {
  REGMARK_TRY(check_asked(receipt, Act::confirm_alert, alert));
  REGMARK_TRY(internal::check_note(note, internal::Note::optional));
  return step(
      receipt, alert, Move::confirm, {}, std::string(note),
      [&](const Alert& confirmed) -> Result<void> {
        if (!seen || *seen == confirmed.read.id) return {};
        return fail(ErrorCode::conflict, "a later read has taken its place: look at that picture");
      },
      [&](Alert& changed) {
        changed.confirmed_by = receipt.permit().person().id;
        changed.note = note;
      });
}

Result<Alert> RecordedAlerts::reject(const Receipt& receipt, const base::AlertId& alert,
                                     std::string_view note) {
  REGMARK_TRY(check_asked(receipt, Act::reject_alert, alert));
  REGMARK_TRY(internal::check_note(note, internal::Note::needed));
  return step(receipt, alert, Move::reject, {}, std::string(note), no_more_checks,
              [&](Alert& changed) { changed.note = note; });
}

Result<Alert> RecordedAlerts::assign(const Receipt& receipt, const base::AlertId& alert,
                                     const base::PersonId& to) {
  REGMARK_TRY(check_asked(receipt, Act::assign_alert, alert));
  return step(receipt, alert, Move::assign, {}, "to " + to.text(), no_more_checks,
              [&](Alert& changed) { changed.assigned_to = to; });
}

Result<Alert> RecordedAlerts::act(const Receipt& receipt, const base::AlertId& alert,
                                  const watchlist::Stand& stand) {
  REGMARK_TRY(check_asked(receipt, Act::act_on_alert, alert));
  // What the person was told of the entry, for whoever asks later.
  const std::string words = "entry " + stand.entry.id.text() + " of list " +
                            stand.list.about.id.text() + ", last confirmed " +
                            base::format_utc(stand.entry.confirmed_at);
  return step(
      receipt, alert, Move::act, {}, words,
      [&](const Alert& acted_on) -> Result<void> {
        if (stand.entry.id != acted_on.hit.entry || stand.entry.list != acted_on.hit.list) {
          return fail(ErrorCode::invalid_input, "another entry was read again");
        }
        if (!stand.may_fire) {
          return fail(ErrorCode::conflict, "the entry no longer stands: " + stand.why_not);
        }
        return {};
      },
      [](Alert&) {});
}

Result<Alert> RecordedAlerts::close(const Receipt& receipt, const base::AlertId& alert,
                                    std::string_view outcome, std::string_view note) {
  REGMARK_TRY(check_asked(receipt, Act::record_outcome, alert));
  REGMARK_TRY(internal::check_outcome(outcome));
  REGMARK_TRY(internal::check_note(note, internal::Note::optional));
  const std::string words =
      note.empty() ? std::string(outcome) : std::string(outcome) + ": " + std::string(note);
  return step(receipt, alert, Move::close, outcome, words, no_more_checks, [&](Alert& changed) {
    changed.outcome = outcome;
    if (!note.empty()) changed.note = note;
  });
}

// Memory may be ahead of the records.
std::vector<Alert> RecordedAlerts::as_in_memory(std::vector<Alert> alerts) const {
  const std::lock_guard lock(mutex_);
  for (auto& alert : alerts) {
    if (const auto* found = live_.find(alert.id)) alert = *found;
  }
  return alerts;
}

Result<std::vector<Alert>> RecordedAlerts::latest(const Receipt& receipt, std::size_t count) const {
  REGMARK_TRY(audit::check_open(receipt, Act::watch_alerts, clock_.now()));
  const auto& permit = receipt.permit();
  auto limit = std::min(count, alerts_page_max);
  if (permit.scope().rows_max > 0) limit = std::min(limit, permit.scope().rows_max);
  std::vector<Alert> found;
  {
    // Before the records: one that becomes durable meanwhile is then found twice and not never.
    const std::lock_guard lock(mutex_);
    found = live_.provisional();
  }
  std::erase_if(found, [&](const Alert& alert) { return !covers(permit, alert); });
  const auto page_size = std::clamp(limit, page_size_min, alerts_page_max);
  internal::Page page;
  std::size_t from_records = 0;
  for (int number = 0; number < pages_looked_at_max && from_records < limit; ++number) {
    REGMARK_ASSIGN(page, database_.read([&](Transaction& transaction) {
      return internal::page(transaction, page.end, page_size);
    }));
    if (!page.end) break;
    for (auto& alert : as_in_memory(std::move(page.alerts))) {
      if (!covers(permit, alert)) continue;
      found.push_back(std::move(alert));
      ++from_records;
    }
  }
  std::ranges::stable_sort(found, is_newer);
  const auto is_same = [](const Alert& a, const Alert& b) { return a.id == b.id; };
  found.erase(std::unique(found.begin(), found.end(), is_same), found.end());
  if (found.size() > limit)
    found.erase(found.begin() + static_cast<std::ptrdiff_t>(limit), found.end());
  return found;
}

Result<std::vector<Tally>> RecordedAlerts::tally(const Receipt& receipt, base::UtcDay from,
                                                 base::UtcDay until) const {
  const auto now = clock_.now();
  if (receipt.permit().act() == Act::read_estate) {
    REGMARK_TRY(audit::check_open(receipt, Act::read_estate, "self-assessment", now));
  } else {
    REGMARK_TRY(audit::check_open(receipt, Act::read_register, now));
  }
  return database_.read(
      [&](Transaction& transaction) { return internal::tally(transaction, from, until); });
}

Result<Alert> RecordedAlerts::find(const Receipt& receipt, const base::AlertId& alert) const {
  const auto& permit = receipt.permit();
  const bool acts = permit.act() == Act::act_on_alert;
  REGMARK_TRY(
      audit::check_open(receipt, acts ? Act::act_on_alert : Act::watch_alerts, clock_.now()));
  const auto named = internal::check_subject(receipt, alert);
  // Leave to see the pictures of a read is leave to see which alert they belong to.
  if (!named && (acts || !plate::ReadId::parse(permit.scope().subject))) {
    return tl::unexpected<Error>(named.error());
  }
  auto found = in_memory(alert);
  if (!found) {
    REGMARK_ASSIGN(found, stored(alert));
  }
  if (!found || !covers(permit, *found)) {
    return fail(ErrorCode::not_found, "there is no such alert");
  }
  if (!named && found->read.id.text() != permit.scope().subject) {
    return tl::unexpected<Error>(named.error());
  }
  return *std::move(found);
}

Result<std::vector<Step>> RecordedAlerts::history(const Receipt& receipt,
                                                  const base::AlertId& alert) const {
  REGMARK_TRY(find(receipt, alert));
  std::vector<NewStep> unsaved;
  {
    const std::lock_guard lock(mutex_);
    unsaved = live_.unsaved_steps(alert);
  }
  REGMARK_ASSIGN(auto steps, database_.read([&](Transaction& transaction) {
    return internal::steps(transaction, alert);
  }));
  for (auto& one : unsaved) {
    // It may have been saved since.
    const bool known = std::ranges::any_of(steps, [&](const Step& step) {
      return step.at == one.step.at && step.to == one.step.to && step.by == one.step.by;
    });
    if (!known) steps.push_back(std::move(one.step));
  }
  return steps;
}

Result<std::vector<Alert>> RecordedAlerts::about(const Receipt& receipt) const {
  REGMARK_TRY(audit::check_open(receipt, Act::answer_subject, clock_.now()));
  const auto& scope = receipt.permit().scope();
  const auto plate = plate::Plate::parse(scope.plate);
  if (!plate || plate->text() != scope.plate || !scope.window) {
    return fail(ErrorCode::invalid_input, "a keeper's request is about one plate");
  }
  REGMARK_ASSIGN(auto found, database_.read([&](Transaction& transaction) {
    return internal::about_plate(transaction, *plate, *scope.window, scope.rows_max + 1);
  }));
  if (found.size() > scope.rows_max) {
    return fail(ErrorCode::limit_exceeded, "there are more alerts than the permit covers");
  }
  return as_in_memory(std::move(found));
}

Result<std::vector<plate::ReadId>> RecordedAlerts::awaited(
    std::span<const plate::ReadId> reads) const {
  std::vector<plate::ReadId> awaited;
  for (const auto& read : reads) {
    REGMARK_ASSIGN(auto alerts, database_.read([&](Transaction& transaction) {
      return internal::of_read(transaction, read);
    }));
    const auto known = as_in_memory(std::move(alerts));
    if (!std::ranges::all_of(known, [](const Alert& one) { return is_over(one.state); })) {
      awaited.push_back(read);
    }
  }
  return awaited;
}

Result<std::uint64_t> RecordedAlerts::erase_of(const audit::MachineReceipt& receipt,
                                               std::span<const plate::ReadId> reads) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  const std::lock_guard writing(writing_);
  REGMARK_ASSIGN(const auto erased, database_.write([&](Transaction& transaction) {
    return internal::erase_of(transaction, reads);
  }));
  const std::lock_guard lock(mutex_);
  live_.erase(erased);
  return erased.size();
}

Result<std::uint64_t> RecordedAlerts::erase(const audit::MachineReceipt& receipt,
                                            base::UtcDay day) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  const std::lock_guard writing(writing_);
  REGMARK_ASSIGN(const auto erased, database_.write([&](Transaction& transaction) {
    return internal::erase(transaction, day);
  }));
  const std::lock_guard lock(mutex_);
  live_.erase(day);
  return erased;
}

}  // namespace

std::string_view name(State state) {
  switch (state) {
    case State::fresh:
      return "new";
    case State::confirmed:
      return "confirmed";
    case State::rejected:
      return "rejected";
    case State::retracted:
      return "retracted";
    case State::assigned:
      return "assigned";
    case State::acted:
      return "acted";
    case State::closed:
      return "closed";
  }
  return "";
}

bool is_over(State state) {
  return state == State::rejected || state == State::retracted || state == State::closed;
}

base::PersonId machine_id() {
  return base::PersonId::parse("regmark").value();
}

std::span<const records::Migration> Alerts::migrations() {
  return internal::migrations();
}

Result<std::unique_ptr<Alerts>> Alerts::open(records::Database& database, const base::Clock& clock,
                                             const Settings& settings) {
  REGMARK_TRY(database.migrate(migrations()));
  auto alerts = std::make_unique<RecordedAlerts>(database, clock, settings);
  REGMARK_TRY(alerts->load(settings));
  return alerts;
}

}  // namespace regmark::alerts
