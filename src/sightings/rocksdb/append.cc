#include "sightings/rocksdb/append.h"

#include <algorithm>

#include "base/check.h"
#include "base/crash_point.h"
#include "sightings/rocksdb/held.h"
#include "sightings/rocksdb/slice_draft.h"

namespace regmark::sightings::rocks {
namespace {

Result<void> check_pictures(const NewSighting& sighting) {
  const auto& names = sighting.read.pictures;
  const auto& pictures = sighting.pictures;
  if (names.size() != pictures.size()) {
    return fail(ErrorCode::invalid_input, "the pictures are not those that the read names");
  }
  for (std::size_t at = 0; at < names.size(); ++at) {
    const auto& jpeg = pictures[at].jpeg;
    if (jpeg.size() > picture_size_max) {
      return fail(ErrorCode::limit_exceeded,
                  "a picture of more than " + std::to_string(picture_size_max) + " bytes");
    }
    if (jpeg.empty() || pictures[at].kind != names[at].kind || jpeg.size() != names[at].size ||
        base::sha256(jpeg) != names[at].sha256) {
      return fail(ErrorCode::invalid_input, "the pictures are not those that the read names");
    }
  }
  return {};
}

}  // namespace

Result<void> check_batches(std::span<const CameraBatch> batches, bool has_short_slices) {
  for (const auto& batch : batches) {
    for (const auto& sighting : batch.sightings) {
      if (sighting.read.camera != batch.justification.camera()) {
        return fail(ErrorCode::invalid_input, "a read is of another camera than its batch");
      }
      if (sighting.stay == Stay::minutes && !has_short_slices) {
        return fail(ErrorCode::invalid_input, "no read stays for minutes here");
      }
      REGMARK_TRY(internal::check_bounds(sighting.read));
      REGMARK_TRY(check_pictures(sighting));
    }
  }
  return {};
}

Append::Append(Contents& contents, base::UtcTime now, const Oldest& oldest,
               const std::optional<ShortSlices>& brief)
    : contents_(contents), now_(now), oldest_(oldest), brief_(brief) {}
Append::~Append() = default;

std::optional<Kept> Append::refusal(const estate::Justification& justification,
                                    const NewSighting& sighting) const {
  const auto& read = sighting.read;
  if (!justification.covers(read.observed, read.position)) return Kept::not_covered;
  const auto day = base::day_of(read.observed);
  if (day < oldest_.day) return Kept::too_old;
  const auto number = number_of(day);
  // No justification reaches past the last day that a key can tell; before the first is long ago.
  if (!number) return day < day_of(0) ? Kept::too_old : Kept::not_covered;
  if (is_short(*number)) return Kept::too_old;
  if (sighting.stay == Stay::minutes) return refusal_of_brief(read.observed);
  if (contents_.gone().contains(*number)) return Kept::too_old;
  return std::nullopt;
}

std::optional<Kept> Append::refusal_of_brief(base::UtcTime observed) const {
  if (observed < contents_.short_gone_until()) return Kept::too_old;
  // Of the slice that goes on now or the next, and no further ahead: it would stay for too long.
  if (observed >= now_ + brief_->length) return Kept::too_old;
  if (const auto slice = contents_.short_slice_at(observed)) {
    return oldest_.covers(*slice) ? std::nullopt : std::optional(Kept::too_old);
  }
  // One that is not there yet begins at most so long before.
  const bool in_time = observed - brief_->length >= oldest_.short_from;
  return in_time ? std::nullopt : std::optional(Kept::too_old);
}

SlicePointer Append::slice_of(const NewSighting& sighting) const {
  const auto observed = sighting.read.observed;
  if (sighting.stay == Stay::minutes) return contents_.short_slice_at(observed);
  return contents_.slice(*number_of(base::day_of(observed)));
}

Result<std::uint32_t> Append::camera_number(const base::CameraId& id) {
  if (const auto known = contents_.cameras().number_of(id)) return *known;
  if (const auto known = new_cameras_.find(id); known != new_cameras_.end()) return known->second;
  const auto number = contents_.cameras().count() + new_cameras_.size() + 1;
  if (number > cameras_max) return fail(ErrorCode::limit_exceeded, "too many cameras");
  new_cameras_.emplace(id, static_cast<std::uint32_t>(number));
  cameras_.emplace(static_cast<std::uint32_t>(number), Camera{id, {}, false});
  return static_cast<std::uint32_t>(number);
}

Result<void> Append::look_up_ids(std::vector<Candidate>& candidates) const {
  std::vector<std::string> keys;
  std::vector<rocksdb::Slice> slices;
  keys.reserve(candidates.size());
  for (const auto& candidate : candidates) keys.push_back(id_key(candidate.sighting->read.id));
  slices.assign(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  const auto& engine = contents_.engine();
  engine.db().MultiGet({}, engine.space(Space::ids), keys.size(), slices.data(), values.data(),
                       statuses.data());
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    if (statuses[at].IsNotFound()) continue;
    if (!statuses[at].ok()) return failure(statuses[at]);
    candidates[at].entries = values[at].ToString();
  }
  return {};
}

// Before its time: a sender that tries once more must not bring it back.
Result<bool> Append::was_erased(const Candidate& candidate) const {
  const auto& read = candidate.sighting->read;
  const auto day = number_of(base::day_of(read.observed));
  for (const auto& slice : {contents_.slice(*day), contents_.short_slice_at(read.observed)}) {
    if (!slice || slice->record().erased == 0) continue;
    const auto key = erased_key(slice->number, slice->cipher, read.id);
    REGMARK_ASSIGN(const auto found, contents_.engine().get(Space::slices, key));
    if (found) return true;
  }
  return false;
}

// `stored`: there is no such read yet.
Result<Kept> Append::known(Candidate& candidate) {
  const auto& read = candidate.sighting->read;
  const bool for_days = candidate.sighting->stay == Stay::days;
  const auto answer = [&](const plate::Read& other) {
    return internal::same_content(read, other) ? Kept::duplicate : Kept::conflict;
  };
  if (const auto here = new_reads_.find(read.id); here != new_reads_.end()) {
    const auto kept = answer(here->second->read);
    // What is on its way into a short slice can be moved from there, once it has come.
    if (kept == Kept::duplicate && for_days && here->second->stay == Stay::minutes) {
      return fail(ErrorCode::unavailable, "a read came twice at once: send it again");
    }
    return kept;
  }
  REGMARK_ASSIGN(auto stored, find_by_entries(contents_, read.id, candidate.entries));
  if (stored) {
    const auto kept = answer(stored->row.read);
    if (kept == Kept::duplicate && for_days && is_short(stored->pass)) {
      candidate.brief = std::move(stored);
    }
    return kept;
  }
  REGMARK_ASSIGN(const bool erased, was_erased(candidate));
  return erased ? Kept::too_old : Kept::stored;
}

Result<SliceDraft*> Append::draft_of(const NewSighting& sighting) {
  auto slice = slice_of(sighting);
  if (!slice && sighting.stay == Stay::minutes) {
    REGMARK_ASSIGN(slice, contents_.short_slice_or_new(sighting.read.observed, brief_->length));
  } else if (!slice) {
    const auto number = number_of(base::day_of(sighting.read.observed));
    REGMARK_ASSIGN(slice, contents_.slice_or_new(*number));
  }
  return draft_of(std::move(slice));
}

Result<SliceDraft*> Append::draft_of(SlicePointer slice) {
  auto& draft = drafts_[slice->number];
  if (!draft) {
    REGMARK_TRY(slice->texts.load(contents_.engine(), slice->cipher));
    draft = std::make_unique<SliceDraft>(contents_, std::move(slice), batch_);
  }
  return draft.get();
}

void Append::put(Space space, std::string_view key, std::string_view value) {
  const auto status =
      batch_.Put(contents_.engine().space(space), rocksdb::Slice(key.data(), key.size()),
                 rocksdb::Slice(value.data(), value.size()));
  REGMARK_CHECK(status.ok());  // it only fails when the batch has a limit of size
}

Result<void> Append::add(const Candidate& candidate) {
  const auto& read = candidate.sighting->read;
  REGMARK_ASSIGN(SliceDraft* const draft, draft_of(*candidate.sighting));
  REGMARK_ASSIGN(const auto pass, draft->place(read, candidate.camera));
  if (!pass) {
    *candidate.answer = Kept::conflict;  // more reads at one instant than a key can tell apart
    return {};
  }
  REGMARK_TRY(draft->add(*candidate.sighting, *pass));
  for (const auto& hold : candidate.held_for) put(Space::slices, mark_key(*pass, hold), {});

  // The key in Space::ids may be another id's as well; entries of gone days are let go.
  auto [entries, is_new] = new_ids_.try_emplace(id_key(read.id), std::string());
  if (is_new) {
    std::string_view left = candidate.entries;
    for (; left.size() >= id_entry_size; left.remove_prefix(id_entry_size)) {
      const auto entry = left.substr(0, id_entry_size);
      if (contents_.gone().contains(day_of_id_entry(entry))) continue;
      if (entry != candidate.brief_entry) entries->second += entry;
    }
  }
  entries->second += id_entry(draft->slice().cipher, draft->slice().number, read.id, *pass);

  auto camera = cameras_.find(candidate.camera);
  if (camera != cameras_.end()) {
    camera->second.learn(read);
  } else if (read.position) {
    auto known_camera = contents_.cameras().camera(candidate.camera);
    if (known_camera->learn(read)) cameras_.emplace(candidate.camera, *std::move(known_camera));
  }
  new_reads_.emplace(read.id, candidate.sighting);
  return {};
}

// The pictures, which came again, are sealed for the day; the old ones go with the short slice.
Result<void> Append::move(Candidate& candidate) {
  const auto slice = contents_.slice_of(candidate.brief->pass);
  if (!slice) return fail(ErrorCode::unavailable, "a short slice went meanwhile: send it again");
  REGMARK_ASSIGN(SliceDraft* const draft, draft_of(slice));
  draft->strike(*candidate.brief);
  candidate.brief_entry =
      id_entry(slice->cipher, slice->number, candidate.sighting->read.id, candidate.brief->pass);
  // A mark on the day's read takes the copy's place: the hold has it once.
  REGMARK_ASSIGN(const auto copies, held_of(contents_, candidate.sighting->read.id));
  for (const auto& copy : copies) {
    delete_copy(contents_, batch_, copy);
    candidate.held_for.push_back(copy.hold);
  }
  return add(candidate);
}

Result<std::vector<Kept>> Append::prepare(std::span<const CameraBatch> batches) {
  std::size_t count = 0;
  for (const auto& batch : batches) count += batch.sightings.size();
  std::vector<Kept> answers(count, Kept::stored);
  std::vector<Candidate> candidates;
  candidates.reserve(count);
  auto* answer = answers.data();
  for (const auto& batch : batches) {
    for (const auto& sighting : batch.sightings) {
      if (const auto no = refusal(batch.justification, sighting)) {
        *answer++ = *no;
        continue;
      }
      candidates.push_back({.sighting = &sighting, .answer = answer++, .entries = {}});
    }
  }
  REGMARK_TRY(look_up_ids(candidates));
  for (auto& candidate : candidates) {
    REGMARK_ASSIGN(*candidate.answer, known(candidate));
    if (*candidate.answer != Kept::stored && !candidate.brief) continue;
    REGMARK_ASSIGN(candidate.camera, camera_number(candidate.sighting->read.camera));
    REGMARK_TRY(candidate.brief ? move(candidate) : add(candidate));
  }
  return answers;
}

Result<void> Append::commit() {
  if (new_reads_.empty()) return {};
  for (const auto& [key, entries] : new_ids_) put(Space::ids, key, entries);
  for (const auto& [number, camera] : cameras_) {
    Cameras::write(batch_, contents_.engine(), number, camera);
  }
  for (auto& [day, draft] : drafts_) draft->finish();
  if (auto synced = contents_.packs().sync(); !synced) {
    contents_.packs().take_back();
    return synced;
  }
  base::crash_point("sightings.append.pictures_are_durable");
  REGMARK_TRY(contents_.engine().write(batch_));
  base::crash_point("sightings.append.rows_are_durable");
  for (auto& [number, camera] : cameras_) contents_.cameras().put(number, std::move(camera));
  for (auto& [day, draft] : drafts_) draft->publish();
  return {};
}

}  // namespace regmark::sightings::rocks
