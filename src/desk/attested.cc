#include "desk/attested.h"

#include <algorithm>

namespace regmark::desk {

Result<estate::SiteFile> attested_file(const Desk& desk, const audit::Receipt& receipt,
                                       const base::SiteId& site,
                                       std::optional<base::UtcTime> as_of) {
  REGMARK_ASSIGN(auto file, desk.estate.site_file(receipt, site, as_of));
  std::vector<base::CameraId> cameras;
  for (const auto& view : file.views) cameras.push_back(view.camera);
  REGMARK_ASSIGN(auto entries, desk.camera_book.entries(receipt, cameras));
  std::erase_if(entries, [&](const estate::BookRecord& record) {
    return record.entry.kind != estate::BookKind::location || (as_of && record.at > *as_of);
  });
  for (const auto& record : entries) {
    // By then: a later entry may have taken its place since.
    const bool is_replaced = std::ranges::any_of(entries, [&](const estate::BookRecord& later) {
      return later.entry.replaces == record.number;
    });
    const auto view =
        std::ranges::find(file.views, record.entry.camera, &estate::CameraView::camera);
    if (is_replaced || view == file.views.end() || view->attested_on > record.entry.day) continue;
    view->attested_on = record.entry.day;
    view->attested_by = record.entry.words;
  }
  return file;
}

}  // namespace regmark::desk
