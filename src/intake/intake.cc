#include "intake/intake.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "intake/internal/collection.h"
#include "intake/internal/group_commit.h"
#include "intake/internal/paces.h"
#include "intake/internal/times.h"
#include "intake/read_batch.h"

namespace regmark::intake {
namespace {

constexpr std::chrono::seconds close_pause{5};  // a minute's counts come this late at most

// A batch whose reads were checked one by one.
struct Checked {
  std::vector<sightings::NewSighting> sightings;
  std::vector<std::size_t> indices;  // of each in the batch as it was sent
  std::vector<std::vector<base::AlertId>> alerts;
  std::vector<bool> is_needed;  // by an alert
  std::size_t pictures = 0, picture_bytes = 0, hits = 0;
};

plate::Read read_of(ReadMessage& message, const estate::Justification& justification,
                    base::UtcTime received, const TimesVerdict& verdict) {
  const auto& camera = justification.camera();
  // Where a fixed camera stands was decided by people; its own word does not move it.
  const bool is_fixed = justification.position().has_value();
  std::optional<plate::ReadId> supersedes;
  if (!message.supersedes.empty()) supersedes = plate::ReadId::of(camera, message.supersedes);
  return plate::Read{
      .id = plate::ReadId::of(camera, message.source_event),
      .camera = camera,
      .source_event = std::move(message.source_event),
      .raw_text = std::move(message.raw_text),
      .plate = std::move(message.plate),
      .score = message.score,
      .alternatives = std::move(message.alternatives),
      .character_scores = std::move(message.character_scores),
      .country = std::move(message.country),
      .observed = message.observed,
      .observed_by = message.observed_by,
      .sent = message.sent,
      .received = received,
      .skewed = verdict.skewed,
      .late = verdict.late,
      .position = is_fixed ? justification.position() : message.position,
      .position_by = is_fixed ? plate::PositionSource::site : plate::PositionSource::camera,
      .heading = message.heading,
      .direction = message.direction,
      .lane = message.lane,
      .corners = message.corners,
      .vehicle_class = std::move(message.vehicle_class),
      .make = std::move(message.make),
      .colour = std::move(message.colour),
      .pictures = {},
      .reader_version = std::move(message.reader_version),
      .phase = message.phase,
      .supersedes = supersedes,
  };
}

void add_pictures(std::vector<MessagePicture>& from, sightings::NewSighting& to, Checked& sums) {
  for (auto& picture : from) {
    to.read.pictures.push_back({.kind = picture.kind,
                                .sha256 = base::sha256(picture.jpeg),
                                .size = static_cast<std::uint32_t>(picture.jpeg.size())});
    ++sums.pictures;
    sums.picture_bytes += picture.jpeg.size();
    to.pictures.push_back({.kind = picture.kind, .jpeg = std::move(picture.jpeg)});
  }
}

// What the store says of a read that it does not take.
RefusedRead refusal_of(sightings::Kept kept, std::size_t index) {
  switch (kept) {
    case sightings::Kept::conflict:
      return {index, "conflict", "source_event: used before, with other content"};
    case sightings::Kept::too_old:
      // What is past retention was told so before: this may be minutes old.
      return {index, "too_old", "observed: what was kept of that time is erased, or this read was"};
    case sightings::Kept::not_covered:
    case sightings::Kept::stored:
    case sightings::Kept::duplicate:
      break;
  }
  return {index, "not_covered", "the camera had no justification when or where it was observed"};
}

class RoomsIntake final : public Intake {
 public:
  RoomsIntake(const Rooms& rooms, const Tolerances& tolerances, NonHits non_hits, const Pace& pace)
      : rooms_(rooms),
        tolerances_(tolerances),
        non_hits_(non_hits),
        paces_(pace),
        collection_(rooms.log),
        commit_(rooms.store, rooms.alerts),
        closing_([this] { close_minutes_until_stopped(); }) {}
  RoomsIntake(const RoomsIntake&) = delete;
  RoomsIntake& operator=(const RoomsIntake&) = delete;
  ~RoomsIntake() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    stopped_.notify_all();
    closing_.join();
    // If the log is away, the minutes stay without counts, as after a crash.
    const auto closed = collection_.close_before(Minute::max());
    static_cast<void>(closed);
  }

  Result<Outcome> accept(const base::CameraId& camera, std::string_view content_type,
                         std::string_view body) override {
    const auto received = rooms_.clock.now();
    const auto standing = rooms_.estate.standing(camera);
    if (const auto* no = std::get_if<estate::NotJustified>(&standing)) {
      ++batches_refused_;
      REGMARK_TRY(collection_.refuse(camera, received, no->reason));
      return BatchRefused{BatchRefused::Why::not_justified, no->reason};
    }
    const auto& justification = std::get<estate::Justification>(standing);
    if (!paces_.may_begin(camera, received)) {
      ++batches_refused_;
      return BatchRefused{BatchRefused::Why::too_often,
                          "this camera has handed in too many reads of late: send it again later"};
    }
    auto read = read_batch(content_type, body);
    if (auto* refused = std::get_if<BatchRefused>(&read)) {
      ++batches_refused_;
      return std::move(*refused);
    }
    auto& batch = std::get<ReadBatch>(read);
    paces_.take(camera, batch.messages.size(), received);
    // Before anything is matched: what nobody recorded must not be collected.
    REGMARK_ASSIGN(auto turn, collection_.begin(camera, received));
    Answer answer;
    answer.dropped = batch.dropped.names();
    auto checked = check(batch, justification, received, answer);
    raise(checked);
    if (non_hits_ != NonHits::kept) part_non_hits(camera, checked, answer);
    REGMARK_ASSIGN(const auto kept, commit_.commit({.justification = justification,
                                                    .sightings = checked.sightings,
                                                    .alerts = checked.alerts,
                                                    .picture_bytes = checked.picture_bytes}));
    add_kept(kept, checked, answer);
    note_kept(camera, kept, checked);
    count(answer, checked, turn);
    return answer;
  }

  Counters counters() const override {
    // One lock for all, so that they balance whenever they are read.
    const std::lock_guard lock(mutex_);
    auto counters = counters_;
    counters.batches_refused = batches_refused_;
    return counters;
  }

  Result<void> close_minutes() override {
    return collection_.close_before(std::chrono::floor<std::chrono::minutes>(rooms_.clock.now()));
  }

 private:
  // Sorts out what may not be kept; the answer says why.
  Checked check(ReadBatch& batch, const estate::Justification& justification,
                base::UtcTime received, Answer& answer) const {
    Checked checked;
    checked.sightings.reserve(batch.messages.size());
    for (std::size_t index = 0; index < batch.messages.size(); ++index) {
      auto& message = batch.messages[index];
      if (!message) {
        answer.refused.push_back({index, name(message.error().code), message.error().message});
        continue;
      }
      const auto verdict =
          judge_times({.observed = message->observed, .sent = message->sent, .received = received},
                      tolerances_);
      if (!verdict.refused.empty()) {
        answer.refused.push_back({index, verdict.refused, verdict.message});
        continue;
      }
      auto pictures = std::move(message->pictures);
      sightings::NewSighting sighting{read_of(*message, justification, received, verdict), {}};
      // Asked here and not only by the store: what is not covered must not be matched either.
      if (!justification.covers(sighting.read.observed, sighting.read.position)) {
        answer.refused.push_back(refusal_of(sightings::Kept::not_covered, index));
        continue;
      }
      add_pictures(pictures, sighting, checked);
      checked.sightings.push_back(std::move(sighting));
      checked.indices.push_back(index);
    }
    return checked;
  }

  // Matches, and tells those who watch at once: the alerts are provisional until the commit.
  void raise(Checked& checked) const {
    checked.alerts.resize(checked.sightings.size());
    checked.is_needed.resize(checked.sightings.size());
    for (std::size_t at = 0; at < checked.sightings.size(); ++at) {
      const auto& read = checked.sightings[at].read;
      // A clock out of bounds says nothing of when: such a read never alerts. But it may correct
      // one that did.
      if (read.skewed && !read.supersedes) continue;
      const auto hits = rooms_.lists.hits(read);
      if (hits.empty() && !read.supersedes) continue;
      checked.hits += hits.size();
      checked.alerts[at] = rooms_.alerts.raise(read, hits);
      checked.is_needed[at] = !hits.empty() || !checked.alerts[at].empty();
    }
  }

  // What no alert needs stays for minutes; or it was matched, and that is all: no disk of ours ever
  // sees it.
  void part_non_hits(const base::CameraId& camera, Checked& checked, Answer& answer) const {
    const auto is_forgotten = [&](std::size_t at) {
      if (checked.is_needed[at]) return false;
      return non_hits_ == NonHits::not_kept || checked.sightings[at].read.skewed;
    };
    std::vector<const plate::Read*> forgotten;
    for (std::size_t at = 0; at < checked.sightings.size(); ++at) {
      if (is_forgotten(at)) forgotten.push_back(&checked.sightings[at].read);
    }
    rooms_.drift.note(camera, forgotten);
    Checked kept;
    for (std::size_t at = 0; at < checked.sightings.size(); ++at) {
      if (is_forgotten(at)) {
        ++answer.accepted;
        ++answer.not_kept;
        continue;
      }
      if (!checked.is_needed[at]) checked.sightings[at].stay = sightings::Stay::minutes;
      for (const auto& picture : checked.sightings[at].pictures) {
        ++kept.pictures;
        kept.picture_bytes += picture.jpeg.size();
      }
      kept.sightings.push_back(std::move(checked.sightings[at]));
      kept.indices.push_back(checked.indices[at]);
      kept.alerts.push_back(std::move(checked.alerts[at]));
    }
    kept.hits = checked.hits;
    checked = std::move(kept);
  }

  static void add_kept(std::span<const sightings::Kept> kept, const Checked& checked,
                       Answer& answer) {
    for (std::size_t at = 0; at < kept.size(); ++at) {
      if (kept[at] == sightings::Kept::stored) {
        ++answer.accepted;
      } else if (kept[at] == sightings::Kept::duplicate) {
        ++answer.duplicates;
      } else {
        answer.refused.push_back(refusal_of(kept[at], checked.indices[at]));
      }
    }
    std::ranges::sort(answer.refused, {}, &RefusedRead::index);
  }

  void note_kept(const base::CameraId& camera, std::span<const sightings::Kept> kept,
                 const Checked& checked) const {
    std::vector<const plate::Read*> stored, lasting;
    for (std::size_t at = 0; at < kept.size(); ++at) {
      if (kept[at] != sightings::Kept::stored) continue;
      const auto& sighting = checked.sightings[at];
      stored.push_back(&sighting.read);
      // What goes within minutes is gone before anybody could check it.
      if (sighting.stay != sightings::Stay::minutes) lasting.push_back(&sighting.read);
    }
    rooms_.drift.note(camera, stored);
    rooms_.drift.draw(camera, lasting);
  }

  void count(const Answer& answer, const Checked& checked, Collection::Turn& turn) {
    turn.add({.batches = 1,
              .accepted = answer.accepted,
              .duplicates = answer.duplicates,
              .refused = answer.refused.size(),
              .pictures = checked.pictures,
              .hits = checked.hits});
    const std::lock_guard lock(mutex_);
    ++counters_.batches;
    counters_.received += answer.accepted + answer.duplicates + answer.refused.size();
    counters_.accepted += answer.accepted;
    counters_.duplicates += answer.duplicates;
    counters_.refused += answer.refused.size();
    counters_.hits += checked.hits;
    counters_.pictures += checked.pictures;
    counters_.not_kept += answer.not_kept;
  }

  void close_minutes_until_stopped() {
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, close_pause, [this] { return stopping_; })) {
      lock.unlock();
      const auto closed = close_minutes();
      static_cast<void>(closed);  // tried again after the pause, and so is this
      const auto judged = rooms_.drift.close_hours();
      static_cast<void>(judged);
      lock.lock();
    }
  }

  const Rooms rooms_;
  const Tolerances tolerances_;
  const NonHits non_hits_;
  Paces paces_;
  Collection collection_;
  GroupCommit commit_;
  mutable std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  Counters counters_;
  std::atomic<std::uint64_t> batches_refused_{0};
  std::thread closing_;  // last: it uses the rest
};

}  // namespace

std::unique_ptr<Intake> Intake::create(const Rooms& rooms, const Tolerances& tolerances,
                                       NonHits non_hits, const Pace& pace) {
  return std::make_unique<RoomsIntake>(rooms, tolerances, non_hits, pace);
}

}  // namespace regmark::intake
