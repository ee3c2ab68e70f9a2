// The shape of the room's tables. Rows are what somebody checked, filed or said: none changes and
// none goes.
#include "accountability/accountability.h"

namespace regmark::accountability {
namespace {

constexpr std::string_view tables = R"sql(
CREATE TABLE accountability_public_versions (
  number INTEGER PRIMARY KEY,
  site TEXT NOT NULL,
  paper INTEGER NOT NULL,
  paper_version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  rules TEXT NOT NULL,
  struck TEXT NOT NULL,
  page BLOB NOT NULL,
  pdf BLOB NOT NULL
) STRICT;
CREATE INDEX accountability_public_by_site ON accountability_public_versions (site, number);

CREATE TABLE accountability_self_assessments (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  guidance TEXT NOT NULL,
  paper TEXT NOT NULL
) STRICT;

CREATE TABLE accountability_examples (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  words TEXT NOT NULL
) STRICT;
CREATE TABLE accountability_approvals (
  example INTEGER PRIMARY KEY REFERENCES accountability_examples (number),
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL
) STRICT;
CREATE TRIGGER accountability_other_person BEFORE INSERT ON accountability_approvals
WHEN new.by_person = (SELECT by_person FROM accountability_examples WHERE number = new.example)
BEGIN SELECT RAISE(ABORT, 'whoever wrote it does not approve it'); END;

CREATE TRIGGER accountability_public_stand BEFORE UPDATE ON accountability_public_versions
BEGIN SELECT RAISE(ABORT, 'what was checked does not change'); END;
CREATE TRIGGER accountability_public_stay BEFORE DELETE ON accountability_public_versions
BEGIN SELECT RAISE(ABORT, 'what was checked does not go'); END;
CREATE TRIGGER accountability_self_stand BEFORE UPDATE ON accountability_self_assessments
BEGIN SELECT RAISE(ABORT, 'what was filed does not change'); END;
CREATE TRIGGER accountability_self_stay BEFORE DELETE ON accountability_self_assessments
BEGIN SELECT RAISE(ABORT, 'what was filed does not go'); END;
CREATE TRIGGER accountability_examples_stand BEFORE UPDATE ON accountability_examples
BEGIN SELECT RAISE(ABORT, 'what was said does not change'); END;
CREATE TRIGGER accountability_examples_stay BEFORE DELETE ON accountability_examples
BEGIN SELECT RAISE(ABORT, 'what was said does not go'); END;
CREATE TRIGGER accountability_approvals_stand BEFORE UPDATE ON accountability_approvals
BEGIN SELECT RAISE(ABORT, 'what was approved does not change'); END;
CREATE TRIGGER accountability_approvals_stay BEFORE DELETE ON accountability_approvals
BEGIN SELECT RAISE(ABORT, 'what was approved does not go'); END;
)sql";

constexpr std::string_view policies = R"sql(
CREATE TABLE accountability_policies (
  number INTEGER PRIMARY KEY,
  version TEXT NOT NULL UNIQUE,  -- SHA-256 of the text
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  kept_since INTEGER NOT NULL
) STRICT;
CREATE TRIGGER accountability_policies_stand BEFORE UPDATE ON accountability_policies
BEGIN SELECT RAISE(ABORT, 'what was in force does not change'); END;
CREATE TRIGGER accountability_policies_stay BEFORE DELETE ON accountability_policies
BEGIN SELECT RAISE(ABORT, 'what was in force does not go'); END;
)sql";

constexpr records::Migration all[] = {{"accountability/001", tables},
                                      {"accountability/002", policies}};

}  // namespace

std::span<const records::Migration> Accountability::migrations() {
  return all;
}

}  // namespace regmark::accountability
