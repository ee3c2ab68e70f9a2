// What people saw on pictures drawn by chance, held against what was read of them: how often a
// camera reads right, known and not guessed.
//
// Of each camera and hour one final read with a picture of its plate is drawn. Whoever checks it is
// shown the picture alone. Neither plate nor read is kept afterwards: only whether it was right,
// and by which camera in which hour.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/share.h"
#include "base/time.h"
#include "base/word_table.h"
#include "plate/read.h"
#include "records/database.h"

namespace regmark::drift {

enum class Verdict : std::uint8_t {
  right,
  wrong,
  unreadable,  // by a person, from this picture
  no_plate,    // the picture shows none: what was read is something else
};
inline constexpr base::Words<Verdict, 4> verdict_words = {{{Verdict::right, "right"},
                                                           {Verdict::wrong, "wrong"},
                                                           {Verdict::unreadable, "unreadable"},
                                                           {Verdict::no_plate, "no_plate"}}};

struct Drawn {
  plate::ReadId read;
  base::CameraId camera;
  base::UtcTime observed;
};

struct Told {
  Verdict verdict;
  std::string kind{};  // of the plate as the person read it: a name of plate::Layout, or empty
};

// How often the reads of one camera, hour of the day (UTC), or kind of plate were right. What shows
// no plate was read wrongly; what nobody can read counts neither way.
struct Accuracy {
  std::string by;    // "all", "camera", "hour" or "kind"
  std::string what;  // cam-1, 08, current; empty for all
  base::Share right;
  std::uint64_t unreadable = 0;
};

// The figures are ours: what some people get through in a day, and a week's holiday.
inline constexpr std::size_t samples_an_hour_max = 500;  // of all cameras
inline constexpr std::chrono::days samples_wait{7};
inline constexpr std::chrono::days verdicts_kept{400};  // one review to the next, and more

// May be used from many threads at once. The database and the clock outlive it.
class Samples {
 public:
  Samples(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Puts these aside to be checked, at most samples_an_hour_max of them, by chance; and forgets
  // what waited too long, and verdicts that are past their time.
  static Result<void> put(records::Transaction& transaction, std::vector<Drawn> drawn,
                          base::UtcTime now);

  // One of those that wait, by chance; nothing: none does. Wants, as all but accuracies(), a
  // receipt for check_reads. Fails with
  //   invalid_input   another receipt
  Result<std::optional<Drawn>> next(const audit::Receipt& receipt) const;
  // Fails also with
  //   not_found   it does not wait, or somebody else was faster
  Result<Drawn> waiting(const audit::Receipt& receipt, const plate::ReadId& read) const;
  Result<void> tell(const audit::Receipt& receipt, const plate::ReadId& read, const Told& told);
  // Its picture is gone: nobody will see it.
  Result<void> forget(const audit::Receipt& receipt, const plate::ReadId& read);

  // Of reads observed from `from` to before `until`: all, then by camera, hour and kind. Wants a
  // receipt for read_estate.
  Result<std::vector<Accuracy>> accuracies(const audit::Receipt& receipt, base::UtcTime from,
                                           base::UtcTime until) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

}  // namespace regmark::drift
