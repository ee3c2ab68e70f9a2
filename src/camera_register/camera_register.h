// What a force holds in cameras, and since when, why and at what cost; as it is, and as it was
// known on any day. What was never written down says so.
//
// A camera's particulars are versions: a change is a new one, and the old one stays. Kinds that
// nobody registers one by one (body-worn, estate CCTV) are counted as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "camera_register/draft.h"
#include "camera_register/words.h"
#include "records/database.h"

namespace regmark::camera_register {

inline constexpr std::size_t owner_size_max = 200;
inline constexpr std::size_t entries_max = 100'000;  // in one import
inline constexpr std::uint64_t count_max = 10'000'000;

// A day, and how sure it is. Not recorded: there is no day.
struct Dated {
  std::optional<base::UtcDay> day{};
  Certainty how = Certainty::not_recorded;
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
  std::optional<base::UtcDay> impact_published{};
};

// Of a kind as a whole, from that day on until a later count.
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

// A review of a site that was held before these records began.
struct PastReview {
  base::SiteId site;
  base::UtcDay day;
  Certainty how = Certainty::exact;
};
// From one such review to when the next was due: the guidance asks for one each year.
inline constexpr std::chrono::days review_every{366};

struct Entries {
  std::vector<Particulars> cameras{};
  std::vector<WholeCount> counts{};
  std::vector<Cost> costs{};
  std::vector<PastReview> reviews{};
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

// May be used from many threads at once. Keeps references to database and clock.
class CameraRegister {
 public:
  static std::span<const records::Migration> migrations();
  CameraRegister(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Enters all or nothing; durable on return. Wants a receipt for change_estate whose subject is
  // "register". Fails with, in this order:
  //   invalid_input    the receipt is for something else; a day after today or before 1900, removed
  //                    before it was installed, an exact day that is missing (which entry)
  //   limit_exceeded   more than entries_max
  Result<void> enter(const audit::Receipt& receipt, const Entries& entries);
  // The same inside a transaction of the caller's.
  Result<void> enter(const audit::Receipt& receipt, const Entries& entries,
                     records::Transaction& transaction);

  // Wants a receipt for read_register. Fails with
  //   invalid_input   until is before from
  Result<Draft> answer(const audit::Receipt& receipt, const Asked& asked,
                       const ReviewCount& reviews) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

// The same of entries in memory. The days on which each entry came into the register are beside
// them: what stood then stood, whenever it was put up.
struct Known {
  Particulars camera;
  base::UtcDay entered;
};
struct KnownReview {
  PastReview review;
  base::UtcDay entered;  // from then on `estate` counts its site
};
Draft answer(const Asked& asked, std::span<const Known> cameras, std::span<const WholeCount> counts,
             std::span<const Cost> costs, const ReviewCount& reviews,
             std::span<const KnownReview> past = {});

}  // namespace regmark::camera_register
