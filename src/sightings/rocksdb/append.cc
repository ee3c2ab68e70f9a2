#include "sightings/rocksdb/append.h"

#include <algorithm>

#include "base/check.h"
#include "base/crash_point.h"
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

Result<void> check_batches(std::span<const CameraBatch> batches) {
  for (const auto& batch : batches) {
    for (const auto& sighting : batch.sightings) {
      if (sighting.read.camera != batch.justification.camera()) {
        return fail(ErrorCode::invalid_input, "a read is of another camera than its batch");
      }
      REGMARK_TRY(internal::check_bounds(sighting.read));
      REGMARK_TRY(check_pictures(sighting));
    }
  }
  return {};
}

Append::Append(Contents& contents, base::UtcTime now, std::chrono::days kept)
    : contents_(contents), oldest_(base::day_of(now) - kept) {}
Append::~Append() = default;

std::optional<Kept> Append::refusal(const estate::Justification& justification,
                                    const plate::Read& read) const {
  if (!justification.covers(read.observed, read.position)) return Kept::not_covered;
  const auto day = base::day_of(read.observed);
  if (day < oldest_) return Kept::too_old;
  const auto number = number_of(day);
  // No justification reaches past the last day that a key can tell; before the first is long ago.
  if (!number) return day < day_of(0) ? Kept::too_old : Kept::not_covered;
  if (contents_.gone().contains(*number)) return Kept::too_old;
  return std::nullopt;
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
  const auto slice = contents_.slice(candidate.day);
  if (!slice || slice->record().erased == 0) return false;
  REGMARK_ASSIGN(const auto found,
                 contents_.engine().get(Space::slices, erased_key(slice->number, slice->cipher,
                                                                  candidate.sighting->read.id)));
  return found.has_value();
}

// `stored`: there is no such read yet.
Result<Kept> Append::known(const Candidate& candidate) {
  const auto& read = candidate.sighting->read;
  const auto answer = [&](const plate::Read& other) {
    return internal::same_content(read, other) ? Kept::duplicate : Kept::conflict;
  };
  if (const auto here = new_reads_.find(read.id); here != new_reads_.end()) {
    return answer(*here->second);
  }
  REGMARK_ASSIGN(const auto stored, find_by_entries(contents_, read.id, candidate.entries));
  if (stored) return answer(stored->row.read);
  REGMARK_ASSIGN(const bool erased, was_erased(candidate));
  return erased ? Kept::too_old : Kept::stored;
}

Result<SliceDraft*> Append::draft_of(DayNumber day) {
  auto& draft = drafts_[day];
  if (!draft) {
    REGMARK_ASSIGN(auto slice, contents_.slice_or_new(day));
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
  REGMARK_ASSIGN(SliceDraft* const draft, draft_of(candidate.day));
  REGMARK_ASSIGN(const auto pass, draft->place(read, candidate.camera));
  if (!pass) {
    *candidate.answer = Kept::conflict;  // more reads at one instant than a key can tell apart
    return {};
  }
  REGMARK_TRY(draft->add(*candidate.sighting, *pass));

  // The key in Space::ids may be another id's as well; entries of gone days are let go.
  auto [entries, is_new] = new_ids_.try_emplace(id_key(read.id), std::string());
  if (is_new) {
    std::string_view left = candidate.entries;
    for (; left.size() >= id_entry_size; left.remove_prefix(id_entry_size)) {
      const auto entry = left.substr(0, id_entry_size);
      if (!contents_.gone().contains(day_of_id_entry(entry))) entries->second += entry;
    }
  }
  entries->second += id_entry(draft->slice().cipher, read.id, *pass);

  auto camera = cameras_.find(candidate.camera);
  if (camera != cameras_.end()) {
    camera->second.learn(read);
  } else if (read.position) {
    auto known_camera = contents_.cameras().camera(candidate.camera);
    if (known_camera->learn(read)) cameras_.emplace(candidate.camera, *std::move(known_camera));
  }
  new_reads_.emplace(read.id, &read);
  return {};
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
      if (const auto no = refusal(batch.justification, sighting.read)) {
        *answer++ = *no;
        continue;
      }
      candidates.push_back({.sighting = &sighting,
                            .day = *number_of(base::day_of(sighting.read.observed)),
                            .answer = answer++,
                            .entries = {}});
    }
  }
  REGMARK_TRY(look_up_ids(candidates));
  for (auto& candidate : candidates) {
    REGMARK_ASSIGN(*candidate.answer, known(candidate));
    if (*candidate.answer != Kept::stored) continue;
    REGMARK_ASSIGN(candidate.camera, camera_number(candidate.sighting->read.camera));
    REGMARK_TRY(add(candidate));
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
