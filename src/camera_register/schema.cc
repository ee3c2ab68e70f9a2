// The shape of the register's tables. Rows are versions: none changes and none goes.
#include "camera_register/camera_register.h"

namespace regmark::camera_register {
namespace {

constexpr std::string_view tables = R"sql(
CREATE TABLE register_cameras (
  number INTEGER PRIMARY KEY,
  camera TEXT NOT NULL,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  kind TEXT NOT NULL,
  owner TEXT NOT NULL,
  controller TEXT NOT NULL,
  installed_day INTEGER,
  installed_how TEXT NOT NULL,
  is_removed INTEGER NOT NULL,
  removed_day INTEGER,
  removed_how TEXT NOT NULL,
  ground TEXT NOT NULL,
  published_day INTEGER,
  CHECK ((installed_day IS NULL) = (installed_how = 'not_recorded')),
  CHECK ((removed_day IS NULL) = (removed_how = 'not_recorded')),
  CHECK (removed_day IS NULL OR is_removed = 1),
  CHECK (removed_day IS NULL OR installed_day IS NULL OR removed_day >= installed_day)
) STRICT;
CREATE INDEX register_cameras_by_camera ON register_cameras (camera, number);

CREATE TABLE register_counts (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  kind TEXT NOT NULL,
  day INTEGER NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  how TEXT NOT NULL
) STRICT;

CREATE TABLE register_costs (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  year INTEGER NOT NULL,
  kind TEXT NOT NULL,
  pounds INTEGER NOT NULL CHECK (pounds >= 0),
  how TEXT NOT NULL
) STRICT;

CREATE TRIGGER register_cameras_stand BEFORE UPDATE ON register_cameras
BEGIN SELECT RAISE(ABORT, 'an entry does not change'); END;
CREATE TRIGGER register_cameras_stay BEFORE DELETE ON register_cameras
BEGIN SELECT RAISE(ABORT, 'an entry does not go'); END;
CREATE TRIGGER register_counts_stand BEFORE UPDATE ON register_counts
BEGIN SELECT RAISE(ABORT, 'an entry does not change'); END;
CREATE TRIGGER register_counts_stay BEFORE DELETE ON register_counts
BEGIN SELECT RAISE(ABORT, 'an entry does not go'); END;
CREATE TRIGGER register_costs_stand BEFORE UPDATE ON register_costs
BEGIN SELECT RAISE(ABORT, 'an entry does not change'); END;
CREATE TRIGGER register_costs_stay BEFORE DELETE ON register_costs
BEGIN SELECT RAISE(ABORT, 'an entry does not go'); END;
)sql";

constexpr std::string_view past_reviews = R"sql(
CREATE TABLE register_reviews (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  site TEXT NOT NULL,
  day INTEGER NOT NULL,
  how TEXT NOT NULL
) STRICT;
CREATE TRIGGER register_reviews_stand BEFORE UPDATE ON register_reviews
BEGIN SELECT RAISE(ABORT, 'an entry does not change'); END;
CREATE TRIGGER register_reviews_stay BEFORE DELETE ON register_reviews
BEGIN SELECT RAISE(ABORT, 'an entry does not go'); END;
)sql";

constexpr std::string_view grounds = R"sql(
ALTER TABLE register_cameras ADD COLUMN ground_from_day INTEGER;
)sql";

constexpr records::Migration all[] = {{"camera_register/001", tables},
                                      {"camera_register/002", past_reviews},
                                      {"camera_register/003", grounds}};

}  // namespace

std::span<const records::Migration> CameraRegister::migrations() {
  return all;
}

}  // namespace regmark::camera_register
