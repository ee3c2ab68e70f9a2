#include "oversight/oversight.h"

namespace regmark::oversight {
namespace {

// What C++ checks first, the tables check again: nobody reviews what they searched themselves, or
// gave the authority for. What is erased becomes nothing, and the row goes on counting.
constexpr records::Migration steps[] = {
    {"oversight/001", R"sql(
CREATE TABLE searches (
  number       INTEGER PRIMARY KEY,
  organisation TEXT NOT NULL,
  month        INTEGER NOT NULL,  -- its first day, in days since 1970-01-01
  receipt      INTEGER UNIQUE,    -- this, and all from here, is nothing once it is erased
  at           INTEGER,
  act          TEXT,
  person       TEXT,
  line         TEXT,
  category     TEXT,
  reason       TEXT,
  reference    TEXT,
  for_whom     TEXT,
  plate        TEXT,
  from_time    INTEGER,
  until_time   INTEGER,
  cameras      INTEGER,
  has_area     INTEGER,
  rows         INTEGER,
  pages        INTEGER,
  authority    TEXT,
  giver        TEXT,
  giver_line   TEXT,
  is_oral      INTEGER,
  flags        TEXT,
  words        TEXT,     -- by which reasons are compared
  words_number INTEGER,  -- the same for the same words
  question     INTEGER   -- the same for each page of one question
) STRICT;
CREATE INDEX searches_of_person ON searches (person, at) WHERE receipt IS NOT NULL;
CREATE INDEX searches_by_time ON searches (at) WHERE receipt IS NOT NULL;
CREATE INDEX searches_by_words ON searches (organisation, words_number, at)
  WHERE receipt IS NOT NULL;
CREATE INDEX searches_by_month ON searches (organisation, month);

CREATE TABLE reviews (
  id           TEXT PRIMARY KEY,
  search       INTEGER NOT NULL UNIQUE REFERENCES searches (number),
  organisation TEXT NOT NULL,
  why          TEXT NOT NULL,  -- words, with blanks between
  state        TEXT NOT NULL
    CHECK (state IN ('waiting', 'taken', 'needs_explanation', 'in_order', 'misuse_suspected')),
  made_at      INTEGER NOT NULL,
  due          INTEGER NOT NULL,
  explained    INTEGER NOT NULL DEFAULT 0,  -- 1: an explanation was asked for
  searcher     TEXT,
  giver        TEXT,
  owner        TEXT CHECK (owner <> searcher AND (giver IS NULL OR owner <> giver))
) STRICT;
CREATE INDEX reviews_open ON reviews (due)
  WHERE state IN ('waiting', 'taken', 'needs_explanation');
CREATE INDEX reviews_of_organisation ON reviews (organisation, due);

CREATE TABLE review_steps (
  review TEXT NOT NULL REFERENCES reviews (id),
  number INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  by     TEXT NOT NULL,
  state  TEXT NOT NULL,
  words  TEXT NOT NULL,
  PRIMARY KEY (review, number)
) STRICT, WITHOUT ROWID;

-- Hashes, under a key that is kept elsewhere.
CREATE TABLE household (
  organisation TEXT NOT NULL,
  plate        BLOB NOT NULL,
  whose        BLOB NOT NULL,
  PRIMARY KEY (organisation, plate, whose)
) STRICT, WITHOUT ROWID;

CREATE TABLE duty (
  organisation TEXT NOT NULL,
  person       TEXT NOT NULL,
  from_time    INTEGER NOT NULL,
  until_time   INTEGER NOT NULL,
  PRIMARY KEY (organisation, person, from_time, until_time)
) STRICT, WITHOUT ROWID;

CREATE TABLE subject_requests (
  id           TEXT PRIMARY KEY,
  organisation TEXT NOT NULL,
  wish         TEXT NOT NULL CHECK (wish IN ('access', 'erasure')),
  plate        TEXT NOT NULL,
  from_time    INTEGER NOT NULL,
  until_time   INTEGER NOT NULL,
  asked_by     TEXT NOT NULL,
  received     INTEGER NOT NULL,  -- days since 1970-01-01
  due          INTEGER NOT NULL,
  extended     TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('open', 'answered', 'refused', 'neither')),
  decided_by   TEXT,
  decided_at   INTEGER,
  words        TEXT NOT NULL,
  CHECK ((state = 'open') = (decided_at IS NULL))
) STRICT;
CREATE INDEX subject_requests_open ON subject_requests (due) WHERE state = 'open';

CREATE TABLE subject_held_back (
  request    TEXT NOT NULL REFERENCES subject_requests (id),
  number     INTEGER NOT NULL,
  from_time  INTEGER NOT NULL,
  until_time INTEGER NOT NULL,
  exemption  TEXT NOT NULL,
  reason     TEXT NOT NULL,
  PRIMARY KEY (request, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_registers (
  organisation TEXT PRIMARY KEY,
  imported_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
  organisation TEXT NOT NULL,
  reference    TEXT NOT NULL,
  category     TEXT NOT NULL,
  opened       INTEGER,  -- days since 1970-01-01
  closed       INTEGER,
  PRIMARY KEY (organisation, reference)
) STRICT, WITHOUT ROWID;
)sql"},
    {"oversight/002", R"sql(
ALTER TABLE subject_requests ADD COLUMN gives TEXT NOT NULL DEFAULT 'reads';
ALTER TABLE subject_requests ADD COLUMN unsaid TEXT NOT NULL DEFAULT 'crime';
ALTER TABLE subject_held_back ADD COLUMN parts TEXT NOT NULL DEFAULT 'reads';
ALTER TABLE subject_held_back ADD COLUMN is_told INTEGER NOT NULL DEFAULT 0;

-- Reads that are to go before their time, until they are gone.
CREATE TABLE subject_erasing (
  request TEXT NOT NULL REFERENCES subject_requests (id),
  read    TEXT NOT NULL,
  PRIMARY KEY (request, read)
) STRICT, WITHOUT ROWID;
-- How many went.
CREATE TABLE subject_erased (
  request  TEXT PRIMARY KEY REFERENCES subject_requests (id),
  reads    INTEGER NOT NULL,
  pictures INTEGER NOT NULL,
  alerts   INTEGER NOT NULL,
  kept     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- When, as long as the records, or a backup, may still hold what went.
CREATE TABLE erased_early (at INTEGER NOT NULL) STRICT;

-- What is left of requests that were erased.
CREATE TABLE subject_tally (
  organisation TEXT NOT NULL,
  wish         TEXT NOT NULL,
  state        TEXT NOT NULL,
  month        INTEGER NOT NULL,  -- its first day, in days since 1970-01-01
  requests     INTEGER NOT NULL,
  PRIMARY KEY (organisation, wish, state, month)
) STRICT, WITHOUT ROWID;

-- A list that nobody has replaced for long is forgotten. What stood before is taken as new now.
CREATE TABLE household_imports (
  organisation TEXT PRIMARY KEY,
  imported_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO household_imports SELECT DISTINCT organisation, unixepoch() * 1000000 FROM household;
)sql"},
    // Of which cameras a search gave reads: it names nobody, and stays when the note is erased.
    {"oversight/003", R"sql(
CREATE TABLE search_cameras (
  search INTEGER NOT NULL REFERENCES searches (number),
  camera TEXT NOT NULL,
  day    INTEGER NOT NULL,  -- days since 1970-01-01
  PRIMARY KEY (search, camera)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_cameras_by_camera ON search_cameras (camera, day);
)sql"},
    // When it was decided, by month: it stays when the steps are erased, and is what the log shows.
    {"oversight/004", R"sql(
ALTER TABLE reviews ADD COLUMN explained_month INTEGER;  -- an explanation was asked for
ALTER TABLE reviews ADD COLUMN over_month INTEGER;
ALTER TABLE reviews ADD COLUMN told INTEGER NOT NULL DEFAULT 0;  -- 1: counted in the log
CREATE INDEX reviews_untold ON reviews (made_at) WHERE told = 0;
UPDATE reviews SET explained_month = COALESCE(
    (SELECT unixepoch(MAX(at) / 1000000, 'unixepoch', 'start of month') / 86400 FROM review_steps
     WHERE review = reviews.id AND state = 'needs_explanation'),
    (SELECT month FROM searches WHERE number = reviews.search))
  WHERE explained = 1;
UPDATE reviews SET over_month = COALESCE(
    (SELECT unixepoch(MAX(at) / 1000000, 'unixepoch', 'start of month') / 86400 FROM review_steps
     WHERE review = reviews.id AND state = reviews.state),
    (SELECT month FROM searches WHERE number = reviews.search))
  WHERE state IN ('in_order', 'misuse_suspected');
)sql"},
    // Who saw to it that what was not done in time is done. What was missed stands with the hold or
    // the authority itself; what is missed a second time begins anew.
    {"oversight/005", R"sql(
CREATE TABLE follow_up_steps (
  missed TEXT NOT NULL CHECK (missed IN ('hold', 'authority')),
  about  TEXT NOT NULL,
  since  INTEGER NOT NULL,
  number INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  by     TEXT NOT NULL,
  words  TEXT NOT NULL,
  PRIMARY KEY (missed, about, since, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_up_steps_by_time ON follow_up_steps (at);
)sql"},
};

}  // namespace

std::span<const records::Migration> Oversight::migrations() {
  return steps;
}

}  // namespace regmark::oversight
