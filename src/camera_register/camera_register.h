// What a force holds in cameras, and since when, why and at what cost; as it is, and as it was
// known on any day. What was never written down says so.
//
// A camera's particulars are versions: a change is a new one, and the old one stays. Kinds that
// nobody registers one by one (body-worn, estate CCTV) are counted as a whole.
//
// Of a camera that the estate has, the estate's own acts say when it came and went and what it is
// for (join.cc): the register adds what these do not say, and what was before them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "camera_register/draft.h"
#include "camera_register/words.h"
#include "estate/camera_acts.h"
#include "records/database.h"

namespace regmark::camera_register {

inline constexpr std::size_t owner_size_max = 200;
inline constexpr std::size_t entries_max = 100'000;  // in one import
// No camera read plates before.
inline constexpr base::UtcDay first_day = std::chrono::year{1900} / std::chrono::January / 1;
inline constexpr std::uint64_t count_max = 10'000'000;
inline constexpr std::uint64_t pounds_max = 1'000'000'000'000;

// A day that is about right may be out by a year: registers that were kept by hand say "about 2014"
// as its first day. Whatever is asked of a day within it is answered as about right, on both sides.
inline constexpr std::chrono::days doubt{366};

// A day, and how sure it is. Not recorded: there is no day.
struct Dated {
  std::optional<base::UtcDay> day{};
  Certainty how = Certainty::not_recorded;
  friend bool operator==(const Dated&, const Dated&) = default;
};

struct Particulars {
  base::CameraId camera;
  CameraKind kind = CameraKind::fixed;
  std::string owner{};       // or empty: not recorded
  std::string controller{};  // whose data it is
  Dated installed{};
  // Removed: its day may be unknown all the same.
  bool is_removed = false;
  Dated removed{};
  Ground ground = Ground::not_recorded;
  // Since when it stands on that ground: first_day corrects whatever was said before. Empty: since
  // it was written down, and before that on the one that was written down before.
  std::optional<base::UtcDay> ground_from{};
  std::optional<base::UtcDay> impact_published{};
  friend bool operator==(const Particulars&, const Particulars&) = default;
};

// What is said of a camera when it is put up. What is not stays as it may have been known before.
struct NewParticulars {
  base::CameraId camera;
  std::optional<CameraKind> kind{};
  std::string owner{};
  std::string controller{};
};

// Which of a camera's particulars an import speaks of: of the others, what is known stays.
struct Named {
  bool kind = true;
  bool owner = true;
  bool controller = true;
  bool installed = true;
  bool removed = true;
  bool ground = true;
  bool published = true;
};

// Of a kind as a whole, on that day; about right from then on until a later count.
struct WholeCount {
  CameraKind kind = CameraKind::body_worn;
  base::UtcDay day;
  std::uint64_t count = 0;
  Certainty how = Certainty::exact;
};

struct Cost {
  int year = 0;
  CostKind kind = CostKind::running;
  std::uint64_t pounds = 0;
  Certainty how = Certainty::exact;
};

// Of a cost that is held already, word for word: the same written down again, or another like it.
enum class LikeOne : std::uint8_t { the_same, another };

// A review of a site that was held before these records began.
struct PastReview {
  base::SiteId site;
  base::UtcDay day;
  Certainty how = Certainty::exact;
};
// From one such review to when the next was due: the guidance asks for one each year.
inline constexpr std::chrono::days review_every{366};

// On which lines of a file the entries of each sort stand, for people; empty: in none.
struct Lines {
  std::vector<std::size_t> cameras{};
  std::vector<std::size_t> counts{};
  std::vector<std::size_t> costs{};
  std::vector<std::size_t> reviews{};
};

struct Entries {
  std::vector<Particulars> cameras{};
  std::vector<WholeCount> counts{};
  std::vector<Cost> costs{};
  std::vector<PastReview> reviews{};
  Named named{};  // of every camera
  Lines lines{};
};

// What entries must not contradict.
struct Against {
  std::vector<estate::CameraActs> cameras{};
  std::set<base::SiteId> sites{};  // that a review may be of, besides those of earlier reviews
};

// What became of the entries.
struct Taken {
  std::vector<bool> was_held{};  // of each camera: the register had it, or the estate
  std::size_t held_already = 0;  // entries that said nothing new, and were not kept again
};

// What the estate's own acts say, as far as it was known then.
struct FromEstate {
  std::vector<estate::CameraActs> cameras{};
  std::map<base::SiteId, base::UtcDay> published{};  // impact assessments: the first public version
};

// What is asked: between two days, both included; what stands is asked of the last. As it was known
// then, or as it is known now.
struct Asked {
  Question question;
  base::UtcDay from;
  base::UtcDay until;
  std::optional<base::UtcTime> known{};
};

// How many reviews; counted by `estate` for the same days. What the register has of reviews that
// were held before is added.
struct ReviewCount {
  std::uint64_t done = 0;
  std::uint64_t overdue = 0;
};

// A camera's particulars, and the days on which it came into the register: what stood then stood,
// whenever it was put up.
struct Known {
  Particulars camera;
  base::UtcDay entered;
  // Of one that the estate has: its site, if it has one, and whether it stood there before. Then
  // nobody here was asked to write down its reviews and what was published of it until it came in.
  std::optional<base::SiteId> site{};
  bool is_of_estate = false;
  bool was_inherited = false;
};

// May be used from many threads at once. Keeps references to database and clock.
class CameraRegister {
 public:
  static std::span<const records::Migration> migrations();
  CameraRegister(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Enters all or nothing, in a transaction of the caller's. An entry that is held already, word
  // for word, is not entered again: the same file twice adds up once. Wants a receipt for
  // change_estate whose subject is "register". Fails with, in this order:
  //   invalid_input    the receipt is for something else; a day after today or before 1900, removed
  //                    before it was installed, an exact day that is missing, a review of a site
  //                    that nobody knows (which entry)
  //   limit_exceeded   more than entries_max
  //   conflict         a camera that stands by its entry and was stopped, or the other way (which)
  Result<Taken> enter(const audit::Receipt& receipt, const Entries& entries, const Against& against,
                      records::Transaction& transaction);

  // One cost, as somebody writes it down. Wants the receipt that enter() wants. Fails as that does,
  // and with
  //   conflict   it is held already, and nobody says that it is another
  Result<void> add_cost(const audit::Receipt& receipt, const Cost& cost, LikeOne like_one);

  // The particulars of a camera that was put up, beside the act that did. Wants a receipt for
  // change_estate whose subject is the camera. Fails as enter() does, and with
  //   conflict   the register has one of this id that was removed: this is another
  Result<void> enter_one(const audit::Receipt& receipt, const NewParticulars& camera,
                         records::Transaction& transaction);

  // Wants a receipt for read_register. Fails with
  //   invalid_input   until is before from; a day that is to come
  Result<Draft> answer(const audit::Receipt& receipt, const Asked& asked,
                       const ReviewCount& reviews, const FromEstate& from_estate = {}) const;

  // Every camera that the register or the estate has, by its id, as it is known now or was known
  // then. Wants a receipt for read_estate.
  Result<std::vector<Known>> cameras(const audit::Receipt& receipt, const FromEstate& from_estate,
                                     std::optional<base::UtcTime> known = std::nullopt) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

struct KnownReview {
  PastReview review;
  base::UtcDay entered;  // from then on `estate` counts its site
};

// What is held, and the estate's acts in the place of what contradicts them. One that the register
// knew and that went, before the estate put one up under its name, stays as it was beside it.
std::vector<Known> join(std::vector<Known> held, const FromEstate& from_estate);
// What is wrong with an entry beside what the estate did to its camera; empty: nothing.
std::string contradiction(const Particulars& entry, const estate::CameraActs& acts);

// The answer of entries in memory.
Draft answer(const Asked& asked, std::span<const Known> cameras, std::span<const WholeCount> counts,
             std::span<const Cost> costs, const ReviewCount& reviews,
             std::span<const KnownReview> past = {});

}  // namespace regmark::camera_register
