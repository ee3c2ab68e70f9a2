// What the records hold of a site's cameras since its last review (7.2, 7.3): counts and nothing
// else, of how much each camera read and what came of it. `desk` fills it from the rooms that know;
// as text it is the file that the review names as evidence.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"

namespace regmark::estate {

enum class Found : std::uint8_t {
  reads,
  alerts,
  alerts_confirmed,  // on the picture
  alerts_rejected,   // on the picture: it was read wrong, or is not the vehicle
  alerts_retracted,  // the camera itself, or a later read, took it back
  alerts_open,       // nobody has decided yet
  acted_on,
  stopped,  // outcomes from here on
  not_found,
  wrong_vehicle,
  already_resolved,
  observed,
  no_action,
  searches,  // that gave a read of it to somebody
  cases,     // different references of those
  unusual_hours,
  reads_checked,        // of those drawn by chance, that a person could judge on the picture
  reads_checked_right,  // of these, as the person read them
  reads_unreadable,     // drawn, and nobody can read them: they count neither way
  faults,
  faults_open,
  clock_tests,
  clock_tests_failed,
  accuracy_tests,
  accuracy_tests_failed,
  vehicles_looked_at,  // in accuracy tests
  vehicles_read_right,
  complaints,
};
inline constexpr std::size_t found_count = static_cast<std::size_t>(Found::complaints) + 1;

std::string_view name(Found found);   // "alerts_confirmed"
std::string_view title(Found found);  // for people

struct CameraFound {
  base::CameraId camera;
  std::array<std::uint64_t, found_count> counts{};

  std::uint64_t operator[](Found found) const { return counts[static_cast<std::size_t>(found)]; }
  std::uint64_t& operator[](Found found) { return counts[static_cast<std::size_t>(found)]; }
  // Of the alerts that somebody looked at on the picture, in a thousand: those that were right.
  // Nothing: nobody looked at any.
  std::optional<std::uint64_t> right_in_thousand() const;
  // Of the reads that people checked, in a thousand: those that were right, and between which
  // figures the camera's own share lies, 19 times in 20. Nothing: nobody checked any.
  struct Checked {
    std::uint64_t right = 0, low = 0, high = 0;
    friend bool operator==(const Checked&, const Checked&) = default;
  };
  std::optional<Checked> checked_in_thousand() const;
};

struct ReviewEvidence {
  base::SiteId site;
  base::UtcDay from;   // the last review, or the beginning
  base::UtcDay until;  // the day it was made, which is not counted
  // Reads and alerts of days before it are kept no more, and not counted. None: nothing is kept.
  std::optional<base::UtcDay> kept_from{};
  std::vector<CameraFound> cameras{};
};

// CSV, the same for the same figures. Described in docs/formats/review_evidence.md.
std::string format_review_evidence(const ReviewEvidence& evidence);

}  // namespace regmark::estate
