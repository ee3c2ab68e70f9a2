#include "desk/track_plate.h"

#include <utility>

#include "desk/ask.h"
#include "desk/note_search.h"

namespace regmark::desk {

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
  const auto watching = screens_.attach(receipt, std::move(token), screen);
  if (!watching) return;
  // The track holds no more than a name of who watches: they may end while it tells.
  const std::weak_ptr<Screens::Watching> to = watching;
  auto track = desk_.store.track(receipt, [this, to](const plate::Read& read) {
    if (const auto still = to.lock()) {
      screens_.tell(still, Shown{"sighting", read.id.text(), render_(read)});
    }
  });
  if (!track) return screen->close();
  screens_.hold(watching, std::shared_ptr<sightings::Track>(*std::move(track)));
}

}  // namespace regmark::desk
