// What happened to a camera and how it was tested: faults, tests of its clock and of how well it
// reads, complaints, who attested where it stands. Each entry has a day, an author and evidence,
// and never changes: a fault that was mended, or an entry that was wrong, is a new entry in the
// place of the old one, which stays.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assessment/guidance.h"
#include "audit/receipt.h"
#include "base/crypto.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "estate/site_file.h"
#include "records/database.h"

namespace regmark::estate {

enum class BookKind : std::uint8_t { fault, clock_test, accuracy_test, complaint, location };
inline constexpr BookKind all_book_kinds[] = {BookKind::fault, BookKind::clock_test,
                                              BookKind::accuracy_test, BookKind::complaint,
                                              BookKind::location};
std::string_view name(BookKind kind);  // "clock_test"
std::optional<BookKind> book_kind_of(std::string_view name);

// Of so many passing vehicles, so many were read right.
struct Accuracy {
  std::uint64_t looked_at = 0;
  std::uint64_t right = 0;
};

struct BookEntry {
  base::CameraId camera;
  BookKind kind = BookKind::fault;
  base::UtcDay day;                         // on which it happened, or was tested
  std::string words;                        // what was found: no plate, no person
  std::optional<base::UtcDay> ended{};      // a fault was mended, a complaint answered
  std::optional<bool> passed{};             // of a test
  std::optional<Accuracy> accuracy{};       // of a test of how well it reads
  std::optional<std::int64_t> clock_off{};  // of a test of its clock: milliseconds, ahead is more
  std::vector<base::Digest> evidence{};     // files that were handed in
  std::optional<std::uint64_t> replaces{};  // the number of the entry whose place it takes
};

struct BookRecord {
  std::uint64_t number = 0;
  base::UtcTime at;
  base::PersonId by;
  std::uint64_t receipt = 0;
  BookEntry entry;
  bool is_replaced = false;  // a later one took its place
};

inline constexpr std::size_t book_words_max = 1'000;
inline constexpr std::size_t book_evidence_max = 20;
inline constexpr std::size_t book_records_max = 100'000;  // in one answer

// May be used from many threads at once. Keeps references to database and clock.
class CameraBook {
 public:
  // After those of the estate, whose cameras they name.
  static std::span<const records::Migration> migrations();
  CameraBook(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Gives the entry's number; durable on return. Wants a receipt for change_estate whose subject
  // is the camera's id; of a camera that is kept apart, for change_covert. Fails with, in this
  // order:
  //   invalid_input   the receipt is for another act or camera, or has run out; no words; a day
  //                   that is to come, an end before its beginning, a result where none belongs or
  //                   none where one does; evidence that nobody handed in
  //   not_found       no such camera
  //   invalid_input   a day before the camera was put up, unless it was inherited
  //   not_found       it replaces nothing of this camera and kind
  //   conflict        a later entry took that one's place already
  Result<std::uint64_t> write(const audit::Receipt& receipt, const BookEntry& entry);

  // Every entry about these cameras, replaced ones too, the oldest first. Wants a receipt for
  // read_estate, or export_evidence or export_held (a court may ask how its clock stood), or
  // read_covert for those that are kept apart; of others there is nothing. Fails with
  //   invalid_input    another receipt
  //   limit_exceeded   more than book_records_max
  Result<std::vector<BookRecord>> entries(const audit::Receipt& receipt,
                                          std::span<const base::CameraId> cameras) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

// When a camera is to be tested next.
struct TestDue {
  base::CameraId camera;
  BookKind kind;                       // of the two tests
  std::optional<base::UtcDay> last{};  // passed on that day; none: never
  base::UtcDay due;
  bool is_overdue = false;
  bool failed = false;  // the last one did
};

// Of each camera that was not stopped, both tests, the most urgent first. Counted from the last
// that was passed, or from the day on which it was installed; one that failed is due again at once.
std::vector<TestDue> tests_due(std::span<const CameraRecord> cameras,
                               std::span<const BookRecord> book, const assessment::LifeRules& rules,
                               base::UtcDay today);

}  // namespace regmark::estate
