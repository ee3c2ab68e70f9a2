#include "alerts/internal/live_set.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/crypto.h"
#include "base/encoding.h"

namespace regmark::alerts::internal {
namespace {

// Shown among the conflicts of an alert that somebody had confirmed before.
constexpr std::string_view doubt = "read: the final read of this passing differs";

// A text behind its length, so that two texts cannot run into one another.
void append(base::Bytes& bytes, std::string_view text) {
  bytes.push_back(static_cast<std::uint8_t>(text.size()));  // ids have at most 64 characters
  const auto more = base::as_bytes(text);
  bytes.insert(bytes.end(), more.begin(), more.end());
}

bool is_live(const plate::Read& read) {
  return !read.late && !read.skewed;
}

Windows::Key key_of(const Alert& alert) {
  return {alert.hit.list, alert.hit.listed_plate, alert.read.camera};
}

Windows::Worth worth_of(const Alert& alert) {
  return {alert.live, alert.has_picture, alert.hit.grade};
}

bool meets(const Alert& alert, const watchlist::Hit& hit) {
  return alert.hit.list == hit.list && alert.hit.entry == hit.entry;
}

bool is_saved(std::uint64_t saved_version, const Alert& alert) {
  return alert.durable && saved_version == alert.version;
}

void add_once(std::vector<base::AlertId>& alerts, const base::AlertId& alert) {
  if (std::ranges::find(alerts, alert) == alerts.end()) alerts.push_back(alert);
}

void put(std::set<base::AlertId>& set, const base::AlertId& alert, bool belongs) {
  if (belongs) {
    set.insert(alert);
  } else {
    set.erase(alert);
  }
}

void take_over(Alert& alert, const plate::Read& read, const watchlist::Hit& hit) {
  alert.read = read;
  alert.hit = hit;
  alert.has_picture = !read.pictures.empty();
}

}  // namespace

base::AlertId alert_id(const plate::ReadId& read, const base::ListId& list,
                       const base::EntryId& entry) {
  base::Bytes bytes(read.bytes().begin(), read.bytes().end());
  append(bytes, list.text());
  append(bytes, entry.text());
  const auto digest = base::sha256(bytes);
  constexpr std::size_t bytes_of_id = 16;
  return base::AlertId::parse("alert-" + base::to_hex(std::span(digest).first(bytes_of_id)))
      .value();
}

LiveSet::Raised LiveSet::raise(const plate::Read& read, std::span<const watchlist::Hit> hits,
                               base::UtcTime now, const std::set<base::AlertId>& stored) {
  windows_.forget_expired(now);
  Raised raised;
  std::vector<base::AlertId> earlier;
  const bool supersedes = read.supersedes && *read.supersedes != read.id;
  if (supersedes) earlier = of_read(*read.supersedes, read.camera);
  std::set<base::AlertId> met;
  for (const auto& hit : hits) {
    if (auto* standing = standing_for(read, hit, earlier)) {
      correct(*standing, read, hit);
      met.insert(standing->alert.id);
      add_once(raised.alerts, standing->alert.id);
      continue;
    }
    auto id = alert_id(read.id, hit.list, hit.entry);
    if (stored.contains(id)) {
      add_once(raised.alerts, id);
      continue;
    }
    const Windows::Key key{hit.list, hit.listed_plate, read.camera};
    if (superseded_.contains(read.id) ||
        windows_.is_taken(key, read.observed, {is_live(read), !read.pictures.empty(), hit.grade},
                          hit.alert_window)) {
      continue;
    }
    make(id, read, hit, now, raised);
  }
  // A read whose clock was out of bounds was not matched: what it did not meet says nothing.
  if (supersedes && !read.skewed) {
    retract_unmet(earlier, met, now, raised);
    remember_superseded(*read.supersedes);
  }
  for (const auto& id : raised.alerts) {
    if (auto* claimed = held(id)) {
      ++claimed->claims;
      refresh(*claimed);
    }
  }
  evict();
  return raised;
}

LiveSet::Held* LiveSet::standing_for(const plate::Read& read, const watchlist::Hit& hit,
                                     std::span<const base::AlertId> earlier) {
  if (auto* same = held(alert_id(read.id, hit.list, hit.entry))) return same;
  // This read, sent again after it took over an alert of the one before.
  for (const auto& id : of_read(read.id, read.camera)) {
    if (auto* same = held(id); meets(same->alert, hit)) return same;
  }
  for (const auto& id : earlier) {
    auto* same = held(id);
    if (meets(same->alert, hit) && same->alert.state != State::retracted) return same;
  }
  return nullptr;
}

void LiveSet::correct(Held& held, const plate::Read& read, const watchlist::Hit& hit) {
  const auto& latest = held.correction ? held.correction->read.id : held.alert.read.id;
  if (!read.supersedes || *read.supersedes != latest) return;
  name_after(held, read.id);
  // A picture that is there is worth more than a later read without one; and what somebody looked
  // at stays as they saw it.
  const bool loses_picture = held.alert.has_picture && read.pictures.empty();
  if (held.alert.state != State::fresh || held.is_stepping || loses_picture) return;
  held.correction = Correction{read, hit};
}

void LiveSet::make(const base::AlertId& id, const plate::Read& read, const watchlist::Hit& hit,
                   base::UtcTime now, Raised& raised) {
  Alert alert{.id = id,
              .live = is_live(read),
              .has_picture = !read.pictures.empty(),
              .read = read,
              .hit = hit,
              .raised_at = now,
              .version = 1};
  windows_.take(key_of(alert), {id, read.observed, worth_of(alert), window_end(alert)});
  raised.alerts.push_back(id);
  raised.told.push_back(alert);
  add(std::move(alert))
      .unsaved.push_back({Step{now, machine_id(), State::fresh, {}}, std::nullopt});
}

void LiveSet::retract_unmet(std::span<const base::AlertId> earlier,
                            const std::set<base::AlertId>& met, base::UtcTime now, Raised& raised) {
  for (const auto& id : earlier) {
    if (met.contains(id)) continue;
    auto& unmet = *held(id);
    if (is_over(unmet.alert.state) && is_saved(unmet.saved_version, unmet.alert)) continue;
    if (unmet.is_stepping) {
      unmet.is_doubted = true;
    } else if (settle_doubt(unmet, now)) {
      raised.told.push_back(unmet.alert);
    }
    add_once(raised.alerts, id);
  }
}

bool LiveSet::settle_doubt(Held& held, base::UtcTime now) {
  auto& alert = held.alert;
  if (is_over(alert.state)) return false;
  held.correction.reset();
  if (alert.state == State::fresh) {
    alert.state = State::retracted;
    windows_.release(key_of(alert), alert.id);
  } else {
    // A person saw the picture and said yes: that stands, and so does the doubt.
    auto& conflicts = alert.hit.conflicts;
    if (std::ranges::find(conflicts, doubt) != conflicts.end()) return false;
    conflicts.emplace_back(doubt);
  }
  ++alert.version;
  held.unsaved.push_back({Step{now, machine_id(), alert.state, std::string(doubt)}, std::nullopt});
  refresh(held);
  return true;
}

std::vector<Alert> LiveSet::forget(std::span<const base::AlertId> alerts) {
  std::vector<Alert> told;
  for (const auto& id : alerts) {
    auto* forgotten = held(id);
    if (!forgotten) continue;
    if (forgotten->claims > 0) --forgotten->claims;
    refresh(*forgotten);
    if (forgotten->claims > 0) continue;  // another batch holds it too
    if (forgotten->alert.durable) {
      forgotten->correction.reset();
      refresh(*forgotten);
      continue;
    }
    auto& alert = forgotten->alert;
    if (alert.state != State::retracted) {
      windows_.release(key_of(alert), id);
      alert.state = State::retracted;
      ++alert.version;
      told.push_back(alert);
    }
    remove(id);
  }
  evict();
  return told;
}

std::vector<LiveSet::ToKeep> LiveSet::to_keep(std::span<const base::AlertId> alerts) const {
  std::vector<ToKeep> all;
  std::set<base::AlertId> ids = changed_;
  ids.insert(alerts.begin(), alerts.end());
  for (const auto& id : ids) {
    const auto* one = held(id);
    if (!one) continue;
    const bool is_corrected = one->correction && one->alert.state == State::fresh;
    if (is_saved(one->saved_version, one->alert) && !is_corrected) continue;
    ToKeep keep{one->alert, one->unsaved, !one->alert.durable, one->alert.version, is_corrected};
    if (is_corrected) take_over(keep.alert, one->correction->read, one->correction->hit);
    keep.alert.durable = true;
    ++keep.alert.version;
    all.push_back(std::move(keep));
  }
  return all;
}

std::vector<Alert> LiveSet::kept(std::span<const base::AlertId> alerts, std::vector<ToKeep> kept) {
  std::vector<Alert> told;
  for (auto& one : kept) {
    auto* now_kept = held(one.alert.id);
    if (!now_kept) continue;
    auto& alert = now_kept->alert;
    now_kept->saved_version = one.in_records ? one.in_records->version : one.alert.version;
    if (one.in_records) {
      if (one.in_records->state == State::retracted) windows_.release(key_of(alert), alert.id);
      alert = *std::move(one.in_records);
      now_kept->unsaved.clear();
      now_kept->correction.reset();
    } else {
      if (one.is_corrected) {
        if (now_kept->correction && now_kept->correction->read.id == one.alert.read.id) {
          now_kept->correction.reset();
        }
        take_over(alert, one.alert.read, one.alert.hit);
        windows_.revalue(key_of(alert), alert.id, worth_of(alert));
      }
      alert.durable = true;
      // A retraction that came while it was written stays ahead of what was written.
      ++alert.version;
      const auto saved = static_cast<std::ptrdiff_t>(one.steps.size());
      now_kept->unsaved.erase(now_kept->unsaved.begin(), now_kept->unsaved.begin() + saved);
    }
    told.push_back(alert);
    refresh(*now_kept);
  }
  for (const auto& id : alerts) {
    auto* claimed = held(id);
    if (!claimed || claimed->claims == 0) continue;
    --claimed->claims;
    refresh(*claimed);
  }
  evict();
  return told;
}

void LiveSet::load(Alert alert) {
  REGMARK_CHECK(alert.durable);
  if (held(alert.id)) return;
  const auto version = alert.version;
  auto& loaded = add(std::move(alert));
  loaded.saved_version = version;
  if (const auto& earlier = loaded.alert.read.supersedes) {
    name_after(loaded, *earlier);
    remember_superseded(*earlier);
  }
  refresh(loaded);
  // As many as fit: there may be more of them.
  open_ones_left_ = open_ones_left_ || alerts_.size() >= size_max_;
}

void LiveSet::load_window(const Alert& alert) {
  if (alert.state == State::retracted) return;
  windows_.take(key_of(alert), {alert.id, alert.read.observed, worth_of(alert), window_end(alert)});
}

const Alert* LiveSet::find(const base::AlertId& alert) const {
  const auto* found = held(alert);
  return found ? &found->alert : nullptr;
}

std::vector<Alert> LiveSet::provisional() const {
  std::vector<Alert> alerts;
  for (const auto& id : provisional_) alerts.push_back(held(id)->alert);
  return alerts;
}

std::vector<NewStep> LiveSet::unsaved_steps(const base::AlertId& alert) const {
  const auto* found = held(alert);
  return found ? found->unsaved : std::vector<NewStep>{};
}

void LiveSet::begin_step(const base::AlertId& alert) {
  auto* stepping = held(alert);
  REGMARK_CHECK(stepping && !stepping->is_stepping);
  stepping->is_stepping = true;
  refresh(*stepping);
}

std::vector<Alert> LiveSet::end_step(const base::AlertId& alert, std::optional<Alert> changed,
                                     std::size_t steps_saved, base::UtcTime now) {
  auto* stepped = held(alert);
  REGMARK_CHECK(stepped && stepped->is_stepping);
  std::vector<Alert> told;
  stepped->is_stepping = false;
  if (changed) {
    stepped->alert = *std::move(changed);
    stepped->saved_version = stepped->alert.version;
    stepped->correction.reset();
    const auto saved = static_cast<std::ptrdiff_t>(steps_saved);
    stepped->unsaved.erase(stepped->unsaved.begin(), stepped->unsaved.begin() + saved);
    told.push_back(stepped->alert);
  }
  if (std::exchange(stepped->is_doubted, false) && settle_doubt(*stepped, now)) {
    told.push_back(stepped->alert);
  }
  refresh(*stepped);
  evict();
  return told;
}

void LiveSet::erase(base::UtcDay day) {
  std::vector<base::AlertId> gone;
  for (const auto& [id, one] : alerts_) {
    if (base::day_of(one.alert.read.observed) == day) gone.push_back(id);
  }
  for (const auto& id : gone) remove(id);
  windows_.erase(day);
}

void LiveSet::erase(std::span<const base::AlertId> alerts) {
  for (const auto& id : alerts) {
    if (held(id) != nullptr) remove(id);
  }
}

LiveSet::Held* LiveSet::held(const base::AlertId& alert) {
  const auto found = alerts_.find(alert);
  return found == alerts_.end() ? nullptr : &found->second;
}

const LiveSet::Held* LiveSet::held(const base::AlertId& alert) const {
  const auto found = alerts_.find(alert);
  return found == alerts_.end() ? nullptr : &found->second;
}

LiveSet::Held& LiveSet::add(Alert alert) {
  const auto id = alert.id;
  auto& added = alerts_.emplace(id, Held{.alert = std::move(alert)}).first->second;
  name_after(added, added.alert.read.id);
  refresh(added);
  return added;
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): see the header.
void LiveSet::remove(base::AlertId alert) {
  auto& leaving = *held(alert);
  for (const auto& read : leaving.reads) {
    const auto named = by_read_.find(read);
    std::erase(named->second, alert);
    if (named->second.empty()) by_read_.erase(named);
  }
  if (leaving.rank) may_leave_.erase(*leaving.rank);
  provisional_.erase(alert);
  changed_.erase(alert);
  alerts_.erase(alert);
}

void LiveSet::name_after(Held& held, const plate::ReadId& read) {
  if (std::ranges::find(held.reads, read) != held.reads.end()) return;
  held.reads.push_back(read);
  by_read_[read].push_back(held.alert.id);
}

void LiveSet::refresh(Held& held) {
  if (held.rank) may_leave_.erase(*held.rank);
  held.rank.reset();
  const auto& alert = held.alert;
  const bool saved = is_saved(held.saved_version, alert);
  put(provisional_, alert.id, !alert.durable);
  put(changed_, alert.id, alert.durable && !saved);
  const bool may_leave = saved && held.claims == 0 && !held.correction && !held.is_stepping;
  if (!may_leave) return;
  held.rank = Rank{!is_over(alert.state), alert.raised_at, alert.id};
  may_leave_.insert(*held.rank);
}

void LiveSet::evict() {
  while (alerts_.size() > size_max_ && !may_leave_.empty()) {
    const auto& [is_open, raised_at, alert] = *may_leave_.begin();
    open_ones_left_ = open_ones_left_ || is_open;
    remove(alert);
  }
}

std::vector<base::AlertId> LiveSet::of_read(const plate::ReadId& read,
                                            const base::CameraId& camera) const {
  const auto named = by_read_.find(read);
  if (named == by_read_.end()) return {};
  std::vector<base::AlertId> alerts;
  for (const auto& id : named->second) {
    // A camera speaks for its own reads only.
    if (held(id)->alert.read.camera == camera) alerts.push_back(id);
  }
  return alerts;
}

void LiveSet::remember_superseded(const plate::ReadId& read) {
  if (!superseded_.insert(read).second) return;
  superseded_order_.push_back(read);
  if (superseded_order_.size() <= superseded_max) return;
  superseded_.erase(superseded_order_.front());
  superseded_order_.pop_front();
}

}  // namespace regmark::alerts::internal
