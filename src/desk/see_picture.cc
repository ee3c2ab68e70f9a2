#include "desk/see_picture.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<base::Bytes>> see_found_picture(const Desk& desk, const Asker& asker,
                                              const FoundPicture& picture) {
  auto scope = about(picture.read.text());
  scope.plate = picture.plate;
  scope.rows_max = 1;
  scope.fields = {.place = false, .vehicle = false, .pictures = true};
  // Pages and programs see times in milliseconds.
  scope.window = access::Window{picture.observed, picture.observed + std::chrono::milliseconds{1}};
  return ask(desk, asker, access::Act::search_sightings, std::move(scope),
             [&](const audit::Receipt& receipt) {
               return desk.store.picture(receipt, picture.read, picture.kind);
             });
}

Result<Answer<base::Bytes>> see_alert_picture(const Desk& desk, const Asker& asker,
                                              const base::AlertId& alert, const plate::ReadId& read,
                                              plate::PictureKind kind) {
  return ask(desk, asker, access::Act::watch_alerts, about(read.text()),
             [&](const audit::Receipt& receipt) -> Result<base::Bytes> {
               REGMARK_ASSIGN(const auto found, desk.alerts.find(receipt, alert));
               // Leave to see an alert opens the pictures of that alert, not of any read.
               if (found.read.id != read) {
                 return fail(ErrorCode::not_found, "the alert is of another read");
               }
               return desk.store.picture(receipt, read, kind);
             });
}

}  // namespace regmark::desk
