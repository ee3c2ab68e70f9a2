#include "authority/authorities.h"

namespace regmark::authority {
namespace {

// What C++ checks first, the table checks again: nobody gives leave to themselves, and what is
// granted has a giver, an end and a number of uses.
constexpr records::Migration steps[] = {
    {"authority/001", R"sql(
CREATE TABLE authorities (
  id              TEXT PRIMARY KEY,
  state           TEXT NOT NULL
    CHECK (state IN ('asked', 'granted', 'refused', 'withdrawn', 'used_up', 'run_out')),
  kind            TEXT NOT NULL,
  act             TEXT NOT NULL,
  category        TEXT NOT NULL,
  reason          TEXT NOT NULL,
  reference       TEXT NOT NULL,
  for_whom        TEXT NOT NULL,
  requester       TEXT NOT NULL,
  organisation    TEXT NOT NULL,
  asked_at        INTEGER NOT NULL,
  asked_plate     TEXT NOT NULL,
  asked_cameras   TEXT NOT NULL,  -- ids, with blanks between
  asked_latitude  REAL,
  asked_longitude REAL,
  asked_radius    REAL,           -- metres
  asked_from      INTEGER NOT NULL,
  asked_until     INTEGER NOT NULL,
  asked_rows      INTEGER NOT NULL,
  plate           TEXT,           -- what was granted, from here
  cameras         TEXT,
  latitude        REAL,
  longitude       REAL,
  radius          REAL,
  from_time       INTEGER,
  until_time      INTEGER,
  rows_max        INTEGER,        -- to here
  decided_by      TEXT CHECK (decided_by <> requester),
  decided_rank    TEXT NOT NULL,
  decided_at      INTEGER,
  decision        TEXT NOT NULL,
  valid_until     INTEGER,
  uses_max        INTEGER NOT NULL,
  uses            INTEGER NOT NULL CHECK (uses BETWEEN 0 AND uses_max),
  is_oral         INTEGER NOT NULL CHECK (is_oral IN (0, 1)),
  confirm_by      INTEGER,
  confirmed_at    INTEGER,
  ended_at        INTEGER,
  end_reason      TEXT NOT NULL,
  CHECK (state IN ('asked', 'refused', 'withdrawn') OR
         (decided_by IS NOT NULL AND plate IS NOT NULL AND valid_until IS NOT NULL AND
          uses_max > 0)),
  CHECK (is_oral = 0 OR confirm_by IS NOT NULL)
) STRICT;
CREATE INDEX authorities_of_requester ON authorities (requester, asked_at);
CREATE INDEX authorities_of_organisation ON authorities (organisation, asked_at);
CREATE INDEX authorities_unconfirmed ON authorities (confirm_by)
  WHERE is_oral = 1 AND confirmed_at IS NULL;
)sql"},
    {"authority/002", R"sql(
-- What is left of those that were erased.
CREATE TABLE authorities_tally (
  organisation TEXT NOT NULL,
  kind         TEXT NOT NULL,
  act          TEXT NOT NULL,
  category     TEXT NOT NULL,
  state        TEXT NOT NULL,
  is_oral      INTEGER NOT NULL,
  asked_day    INTEGER NOT NULL,  -- days since 1970-01-01
  authorities  INTEGER NOT NULL,
  uses         INTEGER NOT NULL,
  PRIMARY KEY (organisation, kind, act, category, state, is_oral, asked_day)
) STRICT, WITHOUT ROWID;
)sql"},
};

}  // namespace

std::span<const records::Migration> Authorities::migrations() {
  return steps;
}

}  // namespace regmark::authority
