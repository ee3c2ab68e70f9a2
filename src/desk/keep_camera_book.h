// Writes down what happened to a camera and how it was tested, and reads it.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Gives the entry's number. Fails as estate::CameraBook does.
Result<Answer<std::uint64_t>> write_camera_book(const Desk& desk, const Asker& asker,
                                                const estate::BookEntry& entry);

struct CameraBooks {
  std::vector<estate::BookRecord> entries;  // of the cameras of a site, the oldest first
  std::vector<estate::TestDue> tests;       // of those that were not stopped
};

// The same of one camera that is kept apart (acts change_covert and read_covert); its tests too,
// while it is not stopped. Fail as estate::CameraBook does, and reading with
//   not_found   no such camera is kept apart
Result<Answer<std::uint64_t>> write_camera_book_apart(const Desk& desk, const Asker& asker,
                                                      const estate::BookEntry& entry);
Result<Answer<CameraBooks>> read_camera_book_apart(const Desk& desk, const Asker& asker,
                                                   const base::CameraId& camera);

// For the log.
inline std::uint64_t rows_in(const CameraBooks& books) {
  return books.entries.size();
}

// Fails as estate::CameraBook does, and with
//   not_found   no such site
Result<Answer<CameraBooks>> read_camera_books(const Desk& desk, const Asker& asker,
                                              const base::SiteId& site);
// Tests of all cameras that are overdue, the most urgent first.
Result<Answer<std::vector<estate::TestDue>>> read_tests_overdue(const Desk& desk,
                                                                const Asker& asker);

}  // namespace regmark::desk
