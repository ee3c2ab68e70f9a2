#include "estate/camera_book.h"

#include <algorithm>
#include <map>

#include "base/words.h"
#include "estate/internal/check.h"
#include "estate/internal/check_camera.h"

namespace regmark::estate {
namespace {

using access::Act;
using audit::Receipt;
using records::Row;
using records::Transaction;
using records::Value;

constexpr records::Migration steps[] = {{"camera_book/001", R"sql(
CREATE TABLE camera_book (
  number    INTEGER PRIMARY KEY,
  camera    TEXT NOT NULL REFERENCES estate_cameras (id),
  kind      TEXT NOT NULL
    CHECK (kind IN ('fault', 'clock_test', 'accuracy_test', 'complaint', 'location')),
  day       INTEGER NOT NULL,
  words     TEXT NOT NULL CHECK (words <> ''),
  ended_day INTEGER CHECK (ended_day >= day),
  passed    INTEGER CHECK (passed IN (0, 1)),
  looked_at INTEGER,
  read_right INTEGER CHECK (read_right <= looked_at),
  clock_off INTEGER,  -- milliseconds
  replaces  INTEGER UNIQUE REFERENCES camera_book (number),
  at        INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  receipt   INTEGER NOT NULL,
  CHECK ((kind IN ('clock_test', 'accuracy_test')) = (passed IS NOT NULL)),
  CHECK (ended_day IS NULL OR kind IN ('fault', 'complaint')),
  CHECK (looked_at IS NULL OR kind = 'accuracy_test'),
  CHECK ((looked_at IS NULL) = (read_right IS NULL)),
  CHECK (clock_off IS NULL OR kind = 'clock_test')
) STRICT;
CREATE INDEX camera_book_by_camera ON camera_book (camera, number);
CREATE TABLE camera_book_evidence (
  entry  INTEGER NOT NULL REFERENCES camera_book (number),
  sha256 BLOB NOT NULL REFERENCES estate_evidence (sha256),
  PRIMARY KEY (entry, sha256)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER camera_book_stands BEFORE UPDATE ON camera_book
BEGIN SELECT RAISE(ABORT, 'an entry does not change'); END;
CREATE TRIGGER camera_book_stays BEFORE DELETE ON camera_book
BEGIN SELECT RAISE(ABORT, 'an entry does not go'); END;
CREATE TRIGGER camera_book_evidence_stays BEFORE DELETE ON camera_book_evidence
BEGIN SELECT RAISE(ABORT, 'evidence does not go'); END;
)sql"}};

constexpr base::UtcDay day_first = std::chrono::sys_days{std::chrono::year{1900} / 1 / 1};
constexpr std::string_view columns =
    "b.number, b.at, b.by_person, b.receipt, b.camera, b.kind, b.day, b.words, b.ended_day,"
    " b.passed, b.looked_at, b.read_right, b.clock_off, b.replaces,"
    " EXISTS (SELECT 1 FROM camera_book l WHERE l.replaces = b.number)";

tl::unexpected<Error> invalid(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

bool is_test(BookKind kind) {
  return kind == BookKind::clock_test || kind == BookKind::accuracy_test;
}

Result<void> check_result(const BookEntry& entry) {
  if (entry.passed.has_value() != is_test(entry.kind)) {
    return invalid("a test was passed or not, and nothing else was");
  }
  if (entry.clock_off && entry.kind != BookKind::clock_test) {
    return invalid("how far a clock was off belongs to a test of the clock");
  }
  if (!entry.accuracy) return {};
  if (entry.kind != BookKind::accuracy_test) {
    return invalid("how many were read right belongs to a test of accuracy");
  }
  if (entry.accuracy->looked_at == 0 || entry.accuracy->looked_at > std::uint64_t{1} << 40U ||
      entry.accuracy->right > entry.accuracy->looked_at) {
    return invalid("of those that were looked at, at most all were read right");
  }
  return {};
}

Result<void> check(const BookEntry& entry, base::UtcDay today) {
  REGMARK_TRY(base::check_words("the words", entry.words, book_words_max));
  if (entry.day > today || entry.day < day_first) return invalid("the day must be past, or today");
  if (entry.ended) {
    if (entry.kind != BookKind::fault && entry.kind != BookKind::complaint) {
      return invalid("only a fault or a complaint comes to an end");
    }
    if (*entry.ended < entry.day || *entry.ended > today) {
      return invalid("it ended before it began, or is to end");
    }
  }
  if (entry.evidence.size() > book_evidence_max) return invalid("there is too much evidence");
  return check_result(entry);
}

Value day_value(const std::optional<base::UtcDay>& day) {
  return day ? Value{std::int64_t{day->time_since_epoch().count()}} : Value{nullptr};
}

template <typename Number>
Value number_value(const std::optional<Number>& number) {
  return number ? Value{static_cast<std::int64_t>(*number)} : Value{nullptr};
}

base::Bytes bytes_of(const base::Digest& digest) {
  return {digest.begin(), digest.end()};
}

Result<void> check_replaces(Transaction& transaction, const BookEntry& entry) {
  if (!entry.replaces) return {};
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT EXISTS (SELECT 1 FROM camera_book l WHERE l.replaces = b.number)"
                      " FROM camera_book b WHERE number = ?1 AND camera = ?2 AND kind = ?3",
                      {static_cast<std::int64_t>(*entry.replaces), entry.camera.text(),
                       std::string(name(entry.kind))}));
  if (rows.empty()) return fail(ErrorCode::not_found, "there is no such entry of this camera");
  if (rows.front().integer(0) != 0) {
    return fail(ErrorCode::conflict, "a later entry took its place already");
  }
  return {};
}

// Nothing happened to a camera before it was put up; of one that was inherited nobody here knows
// when that was.
Result<void> check_stood(Transaction& transaction, const BookEntry& entry) {
  REGMARK_ASSIGN(const auto put_up, internal::put_up_on(transaction, entry.camera));
  if (!put_up) return {};
  return internal::check_not_before("the day", entry.day,
                                    internal::NotBefore{*put_up, "the camera was put up"});
}

Result<void> add_evidence(Transaction& transaction, std::int64_t number, const BookEntry& entry) {
  for (const auto& sha256 : entry.evidence) {
    REGMARK_ASSIGN(
        const auto known,
        transaction.run("SELECT 1 FROM estate_evidence WHERE sha256 = ?1", {bytes_of(sha256)}));
    if (known.empty()) return invalid("it names evidence that nobody handed in");
    REGMARK_TRY(transaction.run("INSERT OR IGNORE INTO camera_book_evidence VALUES (?1, ?2)",
                                {number, bytes_of(sha256)}));
  }
  return {};
}

tl::unexpected<Error> damaged() {
  return fail(ErrorCode::corrupt, "a camera's book holds what nobody wrote");
}

std::optional<base::UtcDay> day_at(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return base::UtcDay{std::chrono::days{row.integer(column)}};
}

Result<BookRecord> record_of(const Row& row) {
  auto by = base::PersonId::parse(row.text(2));
  auto camera = base::CameraId::parse(row.text(4));
  const auto kind = book_kind_of(row.text(5));
  if (!by || !camera || !kind) return damaged();
  BookRecord record{.number = static_cast<std::uint64_t>(row.integer(0)),
                    .at = row.time(1),
                    .by = *std::move(by),
                    .receipt = static_cast<std::uint64_t>(row.integer(3)),
                    .entry = {.camera = *std::move(camera),
                              .kind = *kind,
                              .day = *day_at(row, 6),
                              .words = row.text(7),
                              .ended = day_at(row, 8)},
                    .is_replaced = row.integer(14) != 0};
  auto& entry = record.entry;
  if (!row.is_null(9)) entry.passed = row.integer(9) != 0;
  if (!row.is_null(10)) {
    entry.accuracy = {static_cast<std::uint64_t>(row.integer(10)),
                      static_cast<std::uint64_t>(row.integer(11))};
  }
  if (!row.is_null(12)) entry.clock_off = row.integer(12);
  if (!row.is_null(13)) entry.replaces = static_cast<std::uint64_t>(row.integer(13));
  return record;
}

Result<void> load_evidence(Transaction& transaction, BookRecord& record) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT sha256 FROM camera_book_evidence WHERE entry = ?1",
                                 {static_cast<std::int64_t>(record.number)}));
  for (const auto& row : rows) {
    base::Digest digest{};
    if (row.bytes(0).size() != digest.size()) return damaged();
    std::ranges::copy(row.bytes(0), digest.begin());
    record.entry.evidence.push_back(digest);
  }
  return {};
}

}  // namespace

std::string_view name(BookKind kind) {
  switch (kind) {
    case BookKind::fault:
      return "fault";
    case BookKind::clock_test:
      return "clock_test";
    case BookKind::accuracy_test:
      return "accuracy_test";
    case BookKind::complaint:
      return "complaint";
    case BookKind::location:
      return "location";
  }
  return "unknown";
}

std::optional<BookKind> book_kind_of(std::string_view wanted) {
  for (const auto kind : all_book_kinds) {
    if (name(kind) == wanted) return kind;
  }
  return std::nullopt;
}

std::span<const records::Migration> CameraBook::migrations() {
  return steps;
}

Result<std::uint64_t> CameraBook::write(const Receipt& receipt, const BookEntry& entry) {
  const auto now = clock_.now();
  const bool is_apart = receipt.permit().act() == Act::change_covert;
  REGMARK_TRY(audit::check_open(receipt, is_apart ? Act::change_covert : Act::change_estate,
                                entry.camera.text(), now));
  REGMARK_TRY(check(entry, base::day_of(now)));
  return database_.write([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_TRY(internal::check_camera(transaction, entry.camera, is_apart));
    REGMARK_TRY(check_stood(transaction, entry));
    REGMARK_TRY(check_replaces(transaction, entry));
    const auto& accuracy = entry.accuracy;
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run(
            "INSERT INTO camera_book (camera, kind, day, words, ended_day, passed, looked_at,"
            " read_right, clock_off, replaces, at, by_person, receipt)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING number",
            {entry.camera.text(), std::string(name(entry.kind)), day_value(entry.day), entry.words,
             day_value(entry.ended), number_value(entry.passed),
             accuracy ? Value{static_cast<std::int64_t>(accuracy->looked_at)} : Value{nullptr},
             accuracy ? Value{static_cast<std::int64_t>(accuracy->right)} : Value{nullptr},
             number_value(entry.clock_off), number_value(entry.replaces), records::value_of(now),
             receipt.permit().person().id.text(), static_cast<std::int64_t>(receipt.number())}));
    const auto number = rows.front().integer(0);
    REGMARK_TRY(add_evidence(transaction, number, entry));
    return static_cast<std::uint64_t>(number);
  });
}

Result<std::vector<BookRecord>> CameraBook::entries(const Receipt& receipt,
                                                    std::span<const base::CameraId> cameras) const {
  const auto act = receipt.permit().act();
  const bool is_apart = act == Act::read_covert;
  const bool may = is_apart || act == Act::export_evidence || act == Act::export_held;
  REGMARK_TRY(audit::check_open(receipt, may ? act : Act::read_estate, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<std::vector<BookRecord>> {
    std::vector<BookRecord> records;
    for (const auto& camera : cameras) {
      REGMARK_ASSIGN(const auto rows,
                     transaction.run("SELECT " + std::string(columns) +
                                         " FROM camera_book b WHERE camera = ?1 AND (camera IN"
                                         " (SELECT id FROM estate_cameras_apart)) = ?2",
                                     {camera.text(), std::int64_t{is_apart ? 1 : 0}}));
      if (records.size() + rows.size() > book_records_max) {
        return fail(ErrorCode::limit_exceeded, "too many entries at once");
      }
      for (const auto& row : rows) {
        REGMARK_ASSIGN(auto record, record_of(row));
        REGMARK_TRY(load_evidence(transaction, record));
        records.push_back(std::move(record));
      }
    }
    std::ranges::sort(records, {}, &BookRecord::number);
    return records;
  });
}

std::vector<TestDue> tests_due(std::span<const CameraRecord> cameras,
                               std::span<const BookRecord> book, const assessment::LifeRules& rules,
                               base::UtcDay today) {
  // What stands of each test: the day of the last that was passed, and the latest of all.
  struct Tested {
    std::optional<base::UtcDay> passed{};
    base::UtcDay latest{};
    bool failed = false;
  };
  std::map<std::pair<base::CameraId, BookKind>, Tested> tested;
  for (const auto& record : book) {
    const auto& entry = record.entry;
    if (record.is_replaced || !is_test(entry.kind)) continue;
    auto& known = tested[{entry.camera, entry.kind}];
    if (*entry.passed && (!known.passed || *known.passed < entry.day)) known.passed = entry.day;
    if (entry.day < known.latest) continue;
    known.latest = entry.day;
    known.failed = !*entry.passed;
  }
  std::vector<TestDue> due;
  for (const auto& camera : cameras) {
    if (camera.state == State::stopped || !camera.live_from) continue;
    for (const auto kind : {BookKind::clock_test, BookKind::accuracy_test}) {
      const auto& known = tested[{camera.about.id, kind}];
      const auto every = kind == BookKind::clock_test ? rules.clock_test : rules.accuracy_test;
      const auto from = known.passed.value_or(base::day_of(*camera.live_from));
      const auto next = known.failed ? known.latest : from + every;
      due.push_back({.camera = camera.about.id,
                     .kind = kind,
                     .last = known.passed,
                     .due = next,
                     .is_overdue = known.failed || today > next,
                     .failed = known.failed});
    }
  }
  std::ranges::stable_sort(due, {}, &TestDue::due);
  return due;
}

}  // namespace regmark::estate
