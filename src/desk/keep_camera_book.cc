#include "desk/keep_camera_book.h"

#include <algorithm>

#include "desk/ask.h"

namespace regmark::desk {
namespace {

using access::Act;
using audit::Receipt;

std::vector<base::CameraId> ids_of(const std::vector<estate::CameraRecord>& cameras) {
  std::vector<base::CameraId> ids;
  for (const auto& camera : cameras) ids.push_back(camera.about.id);
  return ids;
}

Result<CameraBooks> look(const Desk& desk, const Receipt& receipt,
                         std::vector<estate::CameraRecord> cameras) {
  CameraBooks books;
  REGMARK_ASSIGN(books.entries, desk.camera_book.entries(receipt, ids_of(cameras)));
  books.tests = estate::tests_due(cameras, books.entries, assessment::Guidance::built_in().life(),
                                  base::day_of(desk.clock.now()));
  return books;
}

}  // namespace

Result<Answer<std::uint64_t>> write_camera_book(const Desk& desk, const Asker& asker,
                                                const estate::BookEntry& entry) {
  return ask(desk, asker, Act::change_estate, about(entry.camera.text()),
             [&](const Receipt& receipt) { return desk.camera_book.write(receipt, entry); });
}

Result<Answer<std::uint64_t>> write_camera_book_apart(const Desk& desk, const Asker& asker,
                                                      const estate::BookEntry& entry) {
  return ask(desk, asker, Act::change_covert, about(entry.camera.text()),
             [&](const Receipt& receipt) { return desk.camera_book.write(receipt, entry); });
}

Result<Answer<CameraBooks>> read_camera_book_apart(const Desk& desk, const Asker& asker,
                                                   const base::CameraId& camera) {
  return ask(desk, asker, Act::read_covert, about(camera.text()),
             [&](const Receipt& receipt) -> Result<CameraBooks> {
               REGMARK_ASSIGN(auto cameras, desk.estate.cameras(receipt));
               std::erase_if(cameras, [&](const estate::CameraRecord& one) {
                 return one.about.id != camera;
               });
               if (cameras.empty()) return fail(ErrorCode::not_found, "there is no such camera");
               return look(desk, receipt, std::move(cameras));
             });
}

Result<Answer<CameraBooks>> read_camera_books(const Desk& desk, const Asker& asker,
                                              const base::SiteId& site) {
  return ask(desk, asker, Act::read_estate, about(site.text()),
             [&](const Receipt& receipt) -> Result<CameraBooks> {
               // Whether there is such a site.
               REGMARK_TRY(desk.estate.site_file(receipt, site, std::nullopt));
               REGMARK_ASSIGN(auto cameras, desk.estate.cameras(receipt));
               std::erase_if(cameras, [&](const estate::CameraRecord& camera) {
                 return camera.about.site != site;
               });
               return look(desk, receipt, std::move(cameras));
             });
}

Result<Answer<std::vector<estate::TestDue>>> read_tests_overdue(const Desk& desk,
                                                                const Asker& asker) {
  return ask(desk, asker, Act::read_estate, about("tests"),
             [&](const Receipt& receipt) -> Result<std::vector<estate::TestDue>> {
               REGMARK_ASSIGN(auto cameras, desk.estate.cameras(receipt));
               REGMARK_ASSIGN(auto books, look(desk, receipt, std::move(cameras)));
               std::erase_if(books.tests,
                             [](const estate::TestDue& one) { return !one.is_overdue; });
               return std::move(books.tests);
             });
}

}  // namespace regmark::desk
