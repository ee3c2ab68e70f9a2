// The shape of the tables of lists and entries.
#include "watchlist/lists.h"

namespace regmark::watchlist {
namespace {

// state: 0 active, 1 expired, 2 withdrawn, 3 resolved, as EntryState. An entry whose time has come
// stays 0 until the next import writes it down; whoever reads it compares the clock.
// ended_by: 0 nothing, 1 a new version, 2 a person, 3 the clock.
constexpr records::Migration steps[] = {
    {"watchlist/001", R"sql(
CREATE TABLE watch_lists (
  number        INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  level         INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
  organisation  TEXT NOT NULL,
  owner         TEXT NOT NULL,
  purpose       TEXT NOT NULL CHECK (purpose <> ''),
  priority      INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 2),
  review_day    INTEGER NOT NULL,   -- days since 1970
  age_max       INTEGER NOT NULL CHECK (age_max > 0),        -- hours
  alert_window  INTEGER NOT NULL CHECK (alert_window >= 0),  -- seconds
  alerted       TEXT NOT NULL,      -- ids of organisations, a space between; none: everybody
  near_least    REAL NOT NULL CHECK (near_least BETWEEN 0 AND 1),
  created_at    INTEGER NOT NULL,
  version       INTEGER NOT NULL DEFAULT 0,
  imported_at   INTEGER,
  CHECK ((version = 0) = (imported_at IS NULL))
) STRICT;

CREATE TABLE watch_entries (
  number        INTEGER PRIMARY KEY AUTOINCREMENT,  -- alerts name it: never used again
  list          INTEGER NOT NULL REFERENCES watch_lists (number),
  plate         TEXT NOT NULL,
  pnc_id        TEXT NOT NULL,
  row           TEXT NOT NULL,      -- the sixteen columns as one line of CSV
  state         INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
  added_at      INTEGER NOT NULL,
  expires_at    INTEGER,
  confirmed_at  INTEGER,            -- of an ended entry; an active one stands in the last version
  ended_at      INTEGER,
  ended_by      INTEGER NOT NULL DEFAULT 0 CHECK (ended_by BETWEEN 0 AND 3),
  end_reason    TEXT NOT NULL DEFAULT '',
  still_listed  INTEGER NOT NULL DEFAULT 0,  -- 1: a person ended it, and every version since has it
  CHECK ((state = 0) = (ended_at IS NULL)),
  CHECK ((state = 0) = (ended_by = 0))
) STRICT;
CREATE UNIQUE INDEX watch_entries_active ON watch_entries (list, plate, pnc_id) WHERE state = 0;
CREATE INDEX watch_entries_expiry ON watch_entries (list, expires_at) WHERE state = 0;
CREATE INDEX watch_entries_still ON watch_entries (list, plate, pnc_id) WHERE still_listed = 1;
CREATE INDEX watch_entries_of_list ON watch_entries (list);

-- The version that is being read in. Empty between imports.
CREATE TABLE watch_staging (
  plate       TEXT NOT NULL,
  pnc_id      TEXT NOT NULL,
  row         TEXT NOT NULL,
  expires_at  INTEGER,
  PRIMARY KEY (plate, pnc_id)
) STRICT, WITHOUT ROWID;
)sql"},
    {"watchlist/002", R"sql(
-- What is left of entries that were erased: of how many, what ended them, and on which day.
CREATE TABLE watch_tally (
  list      INTEGER NOT NULL REFERENCES watch_lists (number),
  state     INTEGER NOT NULL,
  ended_by  INTEGER NOT NULL,
  ended_day INTEGER NOT NULL,  -- days since 1970
  entries   INTEGER NOT NULL,
  PRIMARY KEY (list, state, ended_by, ended_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_entries_ended ON watch_entries (ended_at) WHERE state <> 0;
)sql"},
};

}  // namespace

std::span<const records::Migration> Lists::migrations() {
  return steps;
}

}  // namespace regmark::watchlist
