// What is said of a camera in bodies: its book and its credentials. The same for those that
// everybody sees who may see the estate, and for those that are kept apart.
#pragma once

#include <vector>

#include "api/internal/names.h"
#include "api/internal/schema.h"
#include "desk/keep_camera_book.h"
#include "estate/camera_keys.h"

namespace regmark::api {

// Fail as the days, digits and ids in them do.
Result<estate::BookEntry> entry_in(const Json& body, base::CameraId camera);
Result<estate::CameraCredential> key_in(const Json& body);
estate::CameraCredential certificate_in(const Json& body);

// Fails as the names of people do.
Result<Json> show_books(const desk::CameraBooks& books, Names& names);
Json show_tests(const std::vector<estate::TestDue>& tests);

// What entry_in(), key_in() and certificate_in() read.
std::vector<Member> entry_members();
std::vector<Member> key_members();
std::vector<Member> certificate_members();
Json books_shape();
Json tests_shape();

}  // namespace regmark::api
