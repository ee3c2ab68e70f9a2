#include "sightings/rocksdb/cameras.h"

#include <algorithm>
#include <bit>

#include "base/check.h"
#include "sightings/internal/bytes.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Reader;
using internal::Writer;

std::string key_of(std::uint32_t number) {
  Writer out;
  out.byte('c');
  out.big(number, 4);
  return std::string(out.view());
}

std::optional<Camera> parse(std::string_view value) {
  Reader in(value);
  const auto flags = in.byte();
  const auto count = in.byte();
  std::vector<base::Position> places;
  for (unsigned at = 0; at < count; ++at) {
    base::Position place;
    place.latitude = std::bit_cast<double>(in.big(8));
    place.longitude = std::bit_cast<double>(in.big(8));
    places.push_back(place);
  }
  auto id = base::CameraId::parse(in.text(base::id_length_max));
  if (!id || !in.whole() || flags > 1) return std::nullopt;
  return Camera{*std::move(id), std::move(places), flags == 1};
}

}  // namespace

bool Camera::may_lie_in(std::span<const base::Area> areas) const {
  if (areas.empty() || roams) return true;
  return std::ranges::any_of(places, [&](const base::Position& place) {
    return std::ranges::all_of(areas, [&](const base::Area& area) { return area.contains(place); });
  });
}

bool Camera::learn(const plate::Read& read) {
  if (roams || !read.position) return false;
  if (read.position_by == plate::PositionSource::site) {
    if (std::ranges::find(places, *read.position) != places.end()) return false;
    if (places.size() < places_max) {
      places.push_back(*read.position);
      return true;
    }
  }
  roams = true;
  places.clear();
  return true;
}

Result<void> Cameras::load(const Engine& engine) {
  const std::lock_guard lock(mutex_);
  PrefixScan scan(engine, Space::store, "c");
  for (; scan.valid(); scan.next()) {
    auto camera = parse(scan.value());
    const auto number = static_cast<std::uint32_t>(cameras_.size() + 1);
    if (!camera || scan.key() != key_of(number) || numbers_.contains(camera->id)) {
      return fail(ErrorCode::corrupt, "the list of cameras is damaged");
    }
    numbers_.emplace(camera->id, number);
    cameras_.push_back(*std::move(camera));
  }
  return scan.ended();
}

std::optional<std::uint32_t> Cameras::number_of(const base::CameraId& id) const {
  const std::shared_lock lock(mutex_);
  const auto known = numbers_.find(id);
  return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

std::optional<Camera> Cameras::camera(std::uint32_t number) const {
  const std::shared_lock lock(mutex_);
  if (number == 0 || number > cameras_.size()) return std::nullopt;
  return cameras_[number - 1];
}

std::uint32_t Cameras::count() const {
  const std::shared_lock lock(mutex_);
  return static_cast<std::uint32_t>(cameras_.size());
}

void Cameras::write(rocksdb::WriteBatch& batch, const Engine& engine, std::uint32_t number,
                    const Camera& camera) {
  Writer out;
  out.byte(camera.roams ? 1 : 0);
  out.byte(static_cast<std::uint8_t>(camera.places.size()));
  for (const auto& place : camera.places) {
    out.big(std::bit_cast<std::uint64_t>(place.latitude), 8);
    out.big(std::bit_cast<std::uint64_t>(place.longitude), 8);
  }
  out.text(camera.id.text());
  const auto status =
      batch.Put(engine.space(Space::store), key_of(number), std::string(out.view()));
  REGMARK_CHECK(status.ok());  // it only fails when the batch has a limit of size
}

void Cameras::put(std::uint32_t number, Camera camera) {
  const std::lock_guard lock(mutex_);
  REGMARK_CHECK(number >= 1 && number <= cameras_.size() + 1);
  numbers_.emplace(camera.id, number);
  if (number > cameras_.size()) {
    cameras_.push_back(std::move(camera));
  } else {
    cameras_[number - 1] = std::move(camera);
  }
}

}  // namespace regmark::sightings::rocks
