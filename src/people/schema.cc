#include "people/people.h"

namespace regmark::people {
namespace {

constexpr records::Migration steps[] = {
    {"people/001", R"sql(
CREATE TABLE people (
  id            TEXT PRIMARY KEY,
  sign_in_name  TEXT NOT NULL UNIQUE,
  display_name  TEXT NOT NULL,
  organisation  TEXT NOT NULL,
  active        INTEGER NOT NULL,
  password_hash TEXT,     -- Argon2id, encoded; none while a code waits
  code_hash     BLOB,     -- SHA-256 of the one-time code
  code_until    INTEGER,
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE person_roles (
  person TEXT NOT NULL REFERENCES people (id),
  role   TEXT NOT NULL,
  place  INTEGER NOT NULL,  -- as they were given
  PRIMARY KEY (person, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  token_hash BLOB PRIMARY KEY,  -- SHA-256 of the token
  id         TEXT NOT NULL UNIQUE,
  person     TEXT NOT NULL REFERENCES people (id),
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  until      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_person ON sessions (person, created_at);

-- Of names that exist and of names that do not, so that both look the same from outside.
CREATE TABLE sign_in_failures (
  name_hash BLOB PRIMARY KEY,
  failures  INTEGER NOT NULL,
  failed_at INTEGER NOT NULL,
  is_known  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (is_known, failed_at);
)sql"},
    {"people/002", R"sql(
ALTER TABLE people ADD COLUMN rank TEXT NOT NULL DEFAULT '';

CREATE TABLE trainings (
  person TEXT NOT NULL REFERENCES people (id),
  course TEXT NOT NULL,
  until  INTEGER NOT NULL,
  PRIMARY KEY (person, course)
) STRICT, WITHOUT ROWID;
)sql"},
    {"people/003", R"sql(
DROP TABLE sign_in_failures;

-- By keyed hashes of a name, of a source, and of both together; whether anybody has the name makes
-- no difference.
CREATE TABLE sign_in_tries (
  what      BLOB PRIMARY KEY,
  failures  INTEGER NOT NULL,
  failed_at INTEGER NOT NULL,
  before    INTEGER NOT NULL  -- when the one before was, for a try that turns out to be none
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_tries_by_age ON sign_in_tries (failed_at);

-- Names and sources that went together.
CREATE TABLE sign_in_places (
  place   BLOB PRIMARY KEY,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_places_by_age ON sign_in_places (seen_at);

CREATE TABLE second_factors (
  person    TEXT PRIMARY KEY REFERENCES people (id),
  sealed    BLOB NOT NULL,     -- the secret, under a key that is not in this file
  used_last INTEGER NOT NULL,  -- the step whose code was used last
  since     INTEGER NOT NULL
) STRICT;
CREATE TABLE second_factors_begun (
  person   TEXT PRIMARY KEY REFERENCES people (id),
  sealed   BLOB NOT NULL,
  begun_at INTEGER NOT NULL
) STRICT;
CREATE TABLE recovery_codes (
  person    TEXT NOT NULL REFERENCES people (id),
  code_hash BLOB NOT NULL,  -- SHA-256
  PRIMARY KEY (person, code_hash)
) STRICT, WITHOUT ROWID;
)sql"},
    {"people/004", R"sql(
ALTER TABLE people ADD COLUMN line TEXT NOT NULL DEFAULT '';
)sql"},
    {"people/005", R"sql(
CREATE TABLE security_keys (
  credential BLOB PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  person     TEXT NOT NULL REFERENCES people (id),
  name       TEXT NOT NULL,
  algorithm  INTEGER NOT NULL,  -- COSE
  public_key BLOB NOT NULL,
  counter    INTEGER NOT NULL,  -- of its signatures, as it was seen last
  since      INTEGER NOT NULL,
  used_at    INTEGER
) STRICT;
CREATE INDEX security_keys_of_person ON security_keys (person, since);

-- What a key was asked to sign, until it is used or too old.
CREATE TABLE key_challenges (
  challenge_hash BLOB PRIMARY KEY,  -- SHA-256
  person         TEXT NOT NULL REFERENCES people (id),
  ceremony       TEXT NOT NULL,
  until          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX key_challenges_of_person ON key_challenges (person, until);
)sql"},
    {"people/006", R"sql(
-- The identity provider asked for a second factor, and that counts.
ALTER TABLE sessions ADD COLUMN factor_vouched INTEGER NOT NULL DEFAULT 0;

-- Whom a name meant at the identity provider when it was used first: names are given again.
CREATE TABLE provider_subjects (
  person       TEXT PRIMARY KEY REFERENCES people (id),
  subject_hash BLOB NOT NULL,
  since        INTEGER NOT NULL
) STRICT;
)sql"},
    {"people/007", R"sql(
CREATE TABLE organisations (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  parent     TEXT REFERENCES organisations (id),
  taken_over INTEGER NOT NULL,  -- people named it before there was this table
  since      INTEGER NOT NULL,
  until      INTEGER            -- it stands while there is none
) STRICT, WITHOUT ROWID;
CREATE INDEX organisations_of_parent ON organisations (parent);
CREATE INDEX people_of_organisation ON people (organisation, active);

-- So that nobody is locked out: whoever changes people says later what each is, and part of what.
INSERT INTO organisations
  SELECT organisation, 'force', organisation, NULL, 1, MIN(created_at), NULL
  FROM people GROUP BY organisation;
)sql"},
    {"people/008", R"sql(
-- When an administrator ended all that was open of a person's: what was handed out before it, for
-- showing who they are, counts no more.
ALTER TABLE people ADD COLUMN ended_at INTEGER NOT NULL DEFAULT 0;
)sql"},
    {"people/009", R"sql(
-- Codes that were not the waiting secret's: with the last of a few it is dropped.
ALTER TABLE second_factors_begun ADD COLUMN wrong INTEGER NOT NULL DEFAULT 0;
CREATE INDEX second_factors_begun_by_age ON second_factors_begun (begun_at);
)sql"},
    {"people/010", R"sql(
-- A challenge says itself whose it is, under a keyed hash: only those that were answered are kept.
DROP TABLE key_challenges;
CREATE TABLE key_challenges_used (
  challenge_hash BLOB PRIMARY KEY,  -- SHA-256
  until          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX key_challenges_used_by_age ON key_challenges_used (until);
)sql"},
    {"people/011", R"sql(
-- What people are told of their own account: when they signed in before, how many tries were
-- refused since, and what was done to their password or second factor.
ALTER TABLE people ADD COLUMN signed_in_at INTEGER;
ALTER TABLE people ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN signed_in_before INTEGER;
ALTER TABLE sessions ADD COLUMN refused_before INTEGER NOT NULL DEFAULT 0;

CREATE TABLE account_changes (
  person TEXT NOT NULL REFERENCES people (id),
  at     INTEGER NOT NULL,
  change TEXT NOT NULL
) STRICT;
CREATE INDEX account_changes_of_person ON account_changes (person, at);
CREATE INDEX account_changes_by_age ON account_changes (at);
)sql"},
};

}  // namespace

std::span<const records::Migration> People::migrations() {
  return steps;
}

}  // namespace regmark::people
