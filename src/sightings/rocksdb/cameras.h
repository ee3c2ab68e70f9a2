// Cameras by number, so that a key holds three bytes instead of a name, and where each stood.
#pragma once

#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/geography.h"
#include "base/ids.h"
#include "plate/read.h"
#include "sightings/rocksdb/engine.h"

namespace regmark::sightings::rocks {

// Sites that a camera is remembered at. One that was at more may be anywhere.
inline constexpr std::size_t places_max = 32;

struct Camera {
  base::CameraId id;
  std::vector<base::Position> places;  // of its sites
  bool roams = false;                  // it sends positions of its own, or has had many sites

  // Whether a read of it may lie in all of these areas.
  bool may_lie_in(std::span<const base::Area> areas) const;
  // Learns where a read lies. True: it is news.
  bool learn(const plate::Read& read);
};

// May be read by many threads at once; one at a time changes it.
class Cameras {
 public:
  Cameras() = default;
  Cameras(const Cameras&) = delete;
  Cameras& operator=(const Cameras&) = delete;

  // Numbers begin at 1. Fails with
  //   corrupt   what is stored is no list of cameras
  Result<void> load(const Engine& engine);
  std::optional<std::uint32_t> number_of(const base::CameraId& id) const;
  std::optional<Camera> camera(std::uint32_t number) const;
  std::uint32_t count() const;
  // The numbers of those for which `wanted` says yes.
  template <typename Wanted>
  std::vector<std::uint32_t> which(const Wanted& wanted) const {
    const std::shared_lock lock(mutex_);
    std::vector<std::uint32_t> numbers;
    for (std::size_t at = 0; at < cameras_.size(); ++at) {
      if (wanted(cameras_[at])) numbers.push_back(static_cast<std::uint32_t>(at + 1));
    }
    return numbers;
  }

  // A new or changed camera, as the batch writes it down ...
  static void write(rocksdb::WriteBatch& batch, const Engine& engine, std::uint32_t number,
                    const Camera& camera);
  // ... and as it is known once that is durable.
  void put(std::uint32_t number, Camera camera);

 private:
  mutable std::shared_mutex mutex_;
  std::vector<Camera> cameras_;
  std::unordered_map<base::CameraId, std::uint32_t> numbers_;
};

}  // namespace regmark::sightings::rocks
