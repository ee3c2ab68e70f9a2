// The shape of the room's tables. Rows are versions: none changes and none goes.
#include "surroundings/surroundings.h"

namespace regmark::surroundings {
namespace {

constexpr std::string_view tables = R"sql(
CREATE TABLE surroundings_data (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  day INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE INDEX surroundings_by_kind ON surroundings_data (kind, number);
CREATE TRIGGER surroundings_stand BEFORE UPDATE ON surroundings_data
BEGIN SELECT RAISE(ABORT, 'what was taken in does not change'); END;
CREATE TRIGGER surroundings_stay BEFORE DELETE ON surroundings_data
BEGIN SELECT RAISE(ABORT, 'what was taken in does not go'); END;

CREATE TABLE surroundings_plans (
  number INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  digest TEXT NOT NULL,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt INTEGER NOT NULL,
  inputs BLOB NOT NULL,
  network BLOB NOT NULL,
  plan BLOB NOT NULL
) STRICT;
CREATE TRIGGER surroundings_plans_stand BEFORE UPDATE ON surroundings_plans
BEGIN SELECT RAISE(ABORT, 'a plan that was kept does not change'); END;
CREATE TRIGGER surroundings_plans_stay BEFORE DELETE ON surroundings_plans
BEGIN SELECT RAISE(ABORT, 'a plan that was kept does not go'); END;
)sql";

constexpr records::Migration all[] = {{"surroundings/001", tables}};

}  // namespace

std::span<const records::Migration> Surroundings::migrations() {
  return all;
}

}  // namespace regmark::surroundings
