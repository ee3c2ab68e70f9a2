// The shape of the alerts' tables. What C++ checks first, the tables check again: nobody acts on
// what nobody confirmed, and nobody confirms without a picture.
#include "alerts/internal/tables.h"

namespace regmark::alerts::internal {
namespace {

constexpr std::string_view first_tables = R"sql(
CREATE TABLE alerts_alerts (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL
    CHECK (state IN ('new', 'confirmed', 'rejected', 'retracted', 'assigned', 'acted', 'closed')),
  live INTEGER NOT NULL CHECK (live IN (0, 1)),
  has_picture INTEGER NOT NULL CHECK (has_picture IN (0, 1)),
  read TEXT NOT NULL,
  observed_day INTEGER NOT NULL,
  list TEXT NOT NULL,
  raised_at INTEGER NOT NULL,
  window_end INTEGER NOT NULL,
  assigned_to TEXT,
  confirmed_by TEXT CHECK (confirmed_by IS NULL OR has_picture = 1),
  outcome TEXT NOT NULL,
  note TEXT NOT NULL,
  version INTEGER NOT NULL,
  about TEXT NOT NULL,
  CHECK (confirmed_by IS NOT NULL OR state NOT IN ('confirmed', 'assigned', 'acted')),
  CHECK (live = 1 OR state NOT IN ('assigned', 'acted')),
  CHECK ((state = 'closed') = (outcome <> ''))
) STRICT;
CREATE INDEX alerts_by_time ON alerts_alerts (raised_at, id);
CREATE INDEX alerts_by_read ON alerts_alerts (read);
CREATE INDEX alerts_by_day ON alerts_alerts (observed_day);
CREATE INDEX alerts_by_window ON alerts_alerts (window_end, id);
CREATE INDEX alerts_open ON alerts_alerts (raised_at)
  WHERE state IN ('new', 'confirmed', 'assigned', 'acted');

CREATE TABLE alerts_steps (
  alert TEXT NOT NULL REFERENCES alerts_alerts (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  to_state TEXT NOT NULL,
  note TEXT NOT NULL,
  receipt INTEGER,
  PRIMARY KEY (alert, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER alerts_steps_stand BEFORE UPDATE ON alerts_steps
BEGIN SELECT RAISE(ABORT, 'history does not change'); END;
CREATE TRIGGER alerts_over BEFORE UPDATE ON alerts_alerts
WHEN old.state IN ('rejected', 'retracted', 'closed') AND new.state <> old.state
BEGIN SELECT RAISE(ABORT, 'what is over stays over'); END;

-- What is left of erased alerts.
CREATE TABLE alerts_tally (
  day INTEGER NOT NULL,
  list TEXT NOT NULL,
  live INTEGER NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT NOT NULL,
  alerts INTEGER NOT NULL,
  PRIMARY KEY (day, list, live, state, outcome)
) STRICT, WITHOUT ROWID;
)sql";

// Which camera read it: what a yearly review of the camera counts by.
constexpr std::string_view by_camera = R"sql(
ALTER TABLE alerts_alerts ADD COLUMN camera TEXT NOT NULL DEFAULT '';
UPDATE alerts_alerts SET camera = json_extract(about, '$.read.camera');
CREATE INDEX alerts_by_camera ON alerts_alerts (camera, observed_day);
)sql";

// What is left of erased alerts, by the kind of reason that they were listed for.
constexpr std::string_view outcomes_by_reason = R"sql(
CREATE TABLE alerts_outcomes (
  day INTEGER NOT NULL,
  reason TEXT NOT NULL,
  outcome TEXT NOT NULL,
  alerts INTEGER NOT NULL,
  PRIMARY KEY (day, reason, outcome)
) STRICT, WITHOUT ROWID;
)sql";

constexpr records::Migration all[] = {
    {"alerts/001", first_tables}, {"alerts/002", by_camera}, {"alerts/003", outcomes_by_reason}};

}  // namespace

std::span<const records::Migration> migrations() {
  return all;
}

}  // namespace regmark::alerts::internal
