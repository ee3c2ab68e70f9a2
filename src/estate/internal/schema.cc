// The shape of the estate's tables. What C++ checks first, the tables check again: a mistake of
// ours must not become a camera that nobody approved.
#include "estate/internal/tables.h"

namespace regmark::estate::internal {
namespace {

constexpr std::string_view first_tables = R"sql(
CREATE TABLE estate_sites (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  latitude REAL NOT NULL,
  longitude REAL NOT NULL,
  need TEXT NOT NULL CHECK (need <> ''),
  category TEXT NOT NULL,
  review_day INTEGER NOT NULL,
  author TEXT NOT NULL,
  approver TEXT CHECK (approver <> author),
  live_from INTEGER,
  stopped_at INTEGER,
  stop_reason TEXT NOT NULL DEFAULT '',
  CHECK ((approver IS NULL) = (live_from IS NULL)),
  CHECK (stopped_at IS NULL OR live_from IS NOT NULL),
  CHECK ((stopped_at IS NULL) = (stop_reason = ''))
) STRICT;

CREATE TABLE estate_deployments (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  latitude REAL NOT NULL,
  longitude REAL NOT NULL,
  radius_m REAL NOT NULL CHECK (radius_m > 0),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
  need TEXT NOT NULL CHECK (need <> ''),
  category TEXT NOT NULL,
  review_day INTEGER NOT NULL,
  author TEXT NOT NULL,
  approver TEXT CHECK (approver <> author),
  live_from INTEGER,
  stopped_at INTEGER,
  stop_reason TEXT NOT NULL DEFAULT '',
  CHECK ((approver IS NULL) = (live_from IS NULL)),
  CHECK (stopped_at IS NULL OR live_from IS NOT NULL),
  CHECK ((stopped_at IS NULL) = (stop_reason = ''))
) STRICT;

CREATE TABLE estate_cameras (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  site TEXT REFERENCES estate_sites (id),
  deployment TEXT REFERENCES estate_deployments (id),
  token_sha256 BLOB NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
  live_from INTEGER NOT NULL,
  stopped_at INTEGER,
  stop_reason TEXT NOT NULL DEFAULT '',
  CHECK ((site IS NULL) <> (deployment IS NULL)),
  CHECK ((stopped_at IS NULL) = (stop_reason = ''))
) STRICT;

-- Every step that was ever taken, by whom, when, and on what grounds. Nothing here changes.
CREATE TABLE estate_history (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('site', 'deployment', 'camera')),
  subject TEXT NOT NULL,
  step TEXT NOT NULL
    CHECK (step IN ('proposed', 'approved', 'reviewed', 'commissioned', 'token_renewed',
                    'stopped')),
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  need TEXT,
  category TEXT,
  review_day INTEGER,
  reason TEXT,
  CHECK ((step IN ('proposed', 'approved', 'reviewed')) = (review_day IS NOT NULL)),
  CHECK ((step = 'stopped') = (reason IS NOT NULL))
) STRICT;
CREATE INDEX estate_history_by_subject ON estate_history (kind, subject);

CREATE TRIGGER estate_history_stands BEFORE UPDATE ON estate_history
BEGIN SELECT RAISE(ABORT, 'history does not change'); END;
CREATE TRIGGER estate_history_stays BEFORE DELETE ON estate_history
BEGIN SELECT RAISE(ABORT, 'history does not go'); END;

CREATE TRIGGER estate_site_ended BEFORE UPDATE ON estate_sites
WHEN old.stopped_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a stopped site stays stopped'); END;
CREATE TRIGGER estate_deployment_ended BEFORE UPDATE ON estate_deployments
WHEN old.stopped_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a stopped deployment stays stopped'); END;
CREATE TRIGGER estate_camera_ended BEFORE UPDATE ON estate_cameras
WHEN old.stopped_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a stopped camera stays stopped'); END;

-- No camera without a place that was approved and not stopped.
CREATE TRIGGER estate_camera_needs_a_live_place BEFORE INSERT ON estate_cameras
WHEN NOT EXISTS (
  SELECT 1 FROM estate_sites
  WHERE id = new.site AND live_from IS NOT NULL AND stopped_at IS NULL
  UNION ALL
  SELECT 1 FROM estate_deployments
  WHERE id = new.deployment AND live_from IS NOT NULL AND stopped_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'a camera needs a live site or deployment'); END;
)sql";

// The life of a site on the full path: its papers with their evidence, the matrix, and steps that
// the first history had no words for.
constexpr std::string_view life_tables = R"sql(
ALTER TABLE estate_sites ADD COLUMN path TEXT NOT NULL DEFAULT 'under_twelve_months';

CREATE TABLE estate_evidence (
  sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  bytes BLOB NOT NULL,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL
) STRICT;

-- Every version of everything that was written for a decision.
CREATE TABLE estate_papers (
  number INTEGER PRIMARY KEY,
  site TEXT NOT NULL REFERENCES estate_sites (id),
  form TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  guidance TEXT NOT NULL,  -- the version of the forms that it was written for
  body TEXT NOT NULL,
  UNIQUE (site, form, version)
) STRICT;

CREATE TABLE estate_matrices (
  version INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  toml TEXT NOT NULL,
  reasons TEXT NOT NULL CHECK (reasons <> '')
) STRICT;

CREATE TABLE estate_history_with_papers (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('site', 'deployment', 'camera')),
  subject TEXT NOT NULL,
  step TEXT NOT NULL,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  need TEXT,
  category TEXT,
  review_day INTEGER,
  reason TEXT,
  paper INTEGER REFERENCES estate_papers (number),
  lapse_day INTEGER,  -- the last day on which it may collect by this step
  CHECK ((step = 'stopped') <= (reason IS NOT NULL)),
  CHECK ((step IN ('approved', 'extended', 'inherited', 'begun', 'continued', 'sent_back'))
         = (lapse_day IS NOT NULL))
) STRICT;
INSERT INTO estate_history_with_papers
  SELECT number, kind, subject, CASE step WHEN 'reviewed' THEN 'extended' ELSE step END, at,
         by_person, receipt, need, category, review_day, reason, NULL,
         CASE WHEN step IN ('approved', 'reviewed') THEN review_day END
  FROM estate_history;
DROP TABLE estate_history;
ALTER TABLE estate_history_with_papers RENAME TO estate_history;
CREATE INDEX estate_history_by_subject ON estate_history (kind, subject);

CREATE TRIGGER estate_history_stands BEFORE UPDATE ON estate_history
BEGIN SELECT RAISE(ABORT, 'history does not change'); END;
CREATE TRIGGER estate_history_stays BEFORE DELETE ON estate_history
BEGIN SELECT RAISE(ABORT, 'history does not go'); END;
CREATE TRIGGER estate_papers_stand BEFORE UPDATE ON estate_papers
BEGIN SELECT RAISE(ABORT, 'a paper does not change'); END;
CREATE TRIGGER estate_papers_stay BEFORE DELETE ON estate_papers
BEGIN SELECT RAISE(ABORT, 'a paper does not go'); END;
CREATE TRIGGER estate_evidence_stands BEFORE UPDATE ON estate_evidence
BEGIN SELECT RAISE(ABORT, 'evidence does not change'); END;
CREATE TRIGGER estate_evidence_stays BEFORE DELETE ON estate_evidence
BEGIN SELECT RAISE(ABORT, 'evidence does not go'); END;
CREATE TRIGGER estate_matrices_stand BEFORE UPDATE ON estate_matrices
BEGIN SELECT RAISE(ABORT, 'a matrix does not change'); END;
CREATE TRIGGER estate_matrices_stay BEFORE DELETE ON estate_matrices
BEGIN SELECT RAISE(ABORT, 'a matrix does not go'); END;

-- On the full path a camera is put up once the controller decided, before anything is collected.
DROP TRIGGER estate_camera_needs_a_live_place;
CREATE TRIGGER estate_camera_needs_a_place BEFORE INSERT ON estate_cameras
WHEN NOT EXISTS (
  SELECT 1 FROM estate_sites
  WHERE id = new.site AND stopped_at IS NULL
    AND (live_from IS NOT NULL OR EXISTS (
      SELECT 1 FROM estate_history
      WHERE kind = 'site' AND subject = new.site AND step = 'decided'))
  UNION ALL
  SELECT 1 FROM estate_deployments
  WHERE id = new.deployment AND live_from IS NOT NULL AND stopped_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'a camera needs a site that was decided, or a live deployment'); END;

-- Nobody decides what they proposed, whatever the program thinks.
CREATE TRIGGER estate_proposer_does_not_decide BEFORE INSERT ON estate_history
WHEN new.kind = 'site' AND new.step IN ('approved', 'assessed', 'decided', 'refused', 'reviewed',
                                        'extended')
  AND EXISTS (SELECT 1 FROM estate_sites WHERE id = new.subject AND author = new.by_person)
BEGIN SELECT RAISE(ABORT, 'whoever proposed it may not judge it'); END;
)sql";

// What is kept apart, and when the impact assessment of a short site was first there and whole.
constexpr std::string_view apart_tables = R"sql(
ALTER TABLE estate_deployments ADD COLUMN is_apart INTEGER NOT NULL DEFAULT 0
  CHECK (is_apart IN (0, 1));
CREATE VIEW estate_cameras_apart AS
  SELECT c.id FROM estate_cameras c
  LEFT JOIN estate_sites s ON s.id = c.site
  LEFT JOIN estate_deployments d ON d.id = c.deployment
  WHERE s.path = 'statutory' OR d.is_apart = 1;

CREATE TABLE estate_short_impacts (
  site TEXT PRIMARY KEY REFERENCES estate_sites (id),
  paper INTEGER NOT NULL REFERENCES estate_papers (number),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER estate_short_impacts_stand BEFORE UPDATE ON estate_short_impacts
BEGIN SELECT RAISE(ABORT, 'history does not change'); END;
CREATE TRIGGER estate_short_impacts_stay BEFORE DELETE ON estate_short_impacts
BEGIN SELECT RAISE(ABORT, 'history does not go'); END;
)sql";

// What is written for a deployment, and of one camera; and how deployments are extended.
constexpr std::string_view other_papers = R"sql(
CREATE TABLE estate_other_papers (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('deployment', 'camera')),
  subject TEXT NOT NULL,
  form TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  guidance TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (kind, subject, form, version)
) STRICT;
CREATE TRIGGER estate_other_papers_stand BEFORE UPDATE ON estate_other_papers
BEGIN SELECT RAISE(ABORT, 'a paper does not change'); END;
CREATE TRIGGER estate_other_papers_stay BEFORE DELETE ON estate_other_papers
BEGIN SELECT RAISE(ABORT, 'a paper does not go'); END;

-- When the impact assessment of a deployment was first there and whole.
CREATE TABLE estate_deployment_impacts (
  deployment TEXT PRIMARY KEY REFERENCES estate_deployments (id),
  paper INTEGER NOT NULL REFERENCES estate_other_papers (number),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER estate_deployment_impacts_stand BEFORE UPDATE ON estate_deployment_impacts
BEGIN SELECT RAISE(ABORT, 'history does not change'); END;
CREATE TRIGGER estate_deployment_impacts_stay BEFORE DELETE ON estate_deployment_impacts
BEGIN SELECT RAISE(ABORT, 'history does not go'); END;

-- Of a deployment that was extended: when it ends then. Its own row says when it was to end first.
ALTER TABLE estate_history ADD COLUMN until INTEGER;
CREATE TRIGGER estate_proposer_judges_no_deployment BEFORE INSERT ON estate_history
WHEN new.kind = 'deployment' AND new.step IN ('approved', 'extended')
  AND EXISTS (SELECT 1 FROM estate_deployments WHERE id = new.subject AND author = new.by_person)
BEGIN SELECT RAISE(ABORT, 'whoever proposed it may not judge it'); END;
)sql";

constexpr records::Migration all[] = {{"estate/001", first_tables},
                                      {"estate/002", life_tables},
                                      {"estate/003", apart_tables},
                                      {"estate/004", other_papers}};

}  // namespace

std::span<const records::Migration> migrations() {
  return all;
}

}  // namespace regmark::estate::internal
