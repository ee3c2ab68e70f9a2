#include "desk/track_plate.h"

#include <mutex>
#include <set>
#include <utility>

#include "desk/ask.h"
#include "desk/note_search.h"

namespace regmark::desk {
namespace {

// One vehicle that somebody is told of, until all passings were told that they asked for.
class Following {
 public:
  Following(Screens& screens, TrackTexts texts, std::uint64_t rows_max)
      : screens_(screens), texts_(std::move(texts)), left_(rows_max) {}

  void tell(const std::shared_ptr<Screens::Watching>& to, const plate::Read& read) {
    const std::lock_guard lock(mutex_);
    if (left_ == 0) return;
    if (!screens_.tell(to, {"sighting", read.id.text(), texts_.sighting(read)})) return;
    cameras_.insert(read.camera);
    // Silence would look like a vehicle that stands still.
    if (--left_ == 0) {
      screens_.finish(to, {"over", "", texts_.over("all passings that it was for were told")});
    }
  }
  // Which cameras were of use since the last call.
  std::set<base::CameraId> take_cameras() {
    const std::lock_guard lock(mutex_);
    return std::exchange(cameras_, {});
  }

 private:
  Screens& screens_;
  const TrackTexts texts_;
  std::mutex mutex_;
  std::uint64_t left_;                  // under mutex_
  std::set<base::CameraId> cameras_{};  // under mutex_
};

}  // namespace

Result<Answer<audit::Receipt>> PlateTracks::ask_leave(const Asker& asker, const TrackAsked& asked) {
  if (!plate::Plate::parse(asked.plate)) {
    return fail(ErrorCode::invalid_input, "tracking is of one vehicle: name its plate whole");
  }
  const access::Scope scope{.plate = asked.plate,
                            .cameras = asked.cameras,
                            .area = asked.area,
                            .window = access::Window{desk_.clock.now(), asked.until},
                            .rows_max = asked.rows};
  REGMARK_ASSIGN(auto leave, screens_.ask_leave(asker, access::Act::track_plate, scope));
  const auto* done = std::get_if<Done<audit::Receipt>>(&leave);
  if (done == nullptr) return leave;
  auto noted = desk_.authorities.use(done->value);
  if (noted) noted = note_search(desk_, done->value, scope, 0);
  if (noted) return leave;
  const audit::Outcome nothing_given{std::string(name(noted.error().code)), 0};
  static_cast<void>(desk_.log.record(done->value, nothing_given));
  return tl::unexpected<Error>(std::move(noted).error());
}

void PlateTracks::attach(const audit::Receipt& receipt, std::string token,
                         const std::shared_ptr<Screen>& screen) {
  const auto rows_max = receipt.permit().scope().rows_max;
  const auto following = std::make_shared<Following>(screens_, texts_, rows_max);
  const auto note = [&desk = desk_, receipt, following](std::uint64_t given) {
    return note_search(desk, receipt, receipt.permit().scope(), given, PageOf::question_before,
                       following->take_cameras());
  };
  const auto watching = screens_.attach(receipt, std::move(token), screen, note);
  if (!watching) return;
  // The track holds no more than a name of who watches: they may end while it tells.
  const std::weak_ptr<Screens::Watching> to = watching;
  auto track = desk_.store.track(receipt, [following, to](const plate::Read& read) {
    if (const auto still = to.lock()) following->tell(still, read);
  });
  if (!track) return screen->close();
  screens_.hold(watching, std::shared_ptr<sightings::Track>(*std::move(track)));
}

}  // namespace regmark::desk
