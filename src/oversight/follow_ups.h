// What somebody had to do by a day and did not: look at a hold again, or say in writing what they
// gave by word of mouth. Somebody else sees to it that it is done.
//
//   not done in time -> waiting -> taken -> gone, once it is done
//
// Nothing but doing it ends one: words do not. Each has a clock from when it was missed, and one
// that is overdue goes to professional standards.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/authorities.h"
#include "holds/holds.h"
#include "oversight/settings.h"

namespace regmark::oversight {

enum class Missed : std::uint8_t { hold_review, authority_confirmation };

inline constexpr Missed all_missed[] = {Missed::hold_review, Missed::authority_confirmation};
// "hold", "authority": what it is about.
std::string_view name(Missed missed);

inline constexpr std::size_t follow_up_steps_max = 1'000;
inline constexpr std::size_t follow_ups_max = holds::records_max + authority::records_max;

struct FollowUpStep {
  base::UtcTime at{};
  base::PersonId by;
  std::string words{};  // none: they took it
};

struct FollowUp {
  Missed missed{};
  std::string about{};  // the hold's id, or the authority's
  access::Purpose purpose{};
  base::OrganisationId organisation;
  base::PersonId person;                  // who holds it, or who asked for it
  std::optional<base::PersonId> giver{};  // of an authority: who is said to have given it
  base::UtcTime since{};                  // when it had to be done
  base::UtcTime due{};                    // by when somebody has seen to it
  std::optional<base::PersonId> owner{};
  std::vector<FollowUpStep> steps{};  // oldest first

  bool is_overdue(base::UtcTime now) const { return due <= now; }
};

// For a receipt's subject: "hold/case-7".
std::string subject_of(Missed missed, std::string_view about);

// The team of somebody; empty where it is not known.
using LineOf = std::function<Result<std::string>(const base::PersonId&)>;

// May be used from many threads at once. Every call can also fail as the database does. Each is
// for the same people as a review of the search would be: of the organisation or one that it is
// part of, and neither who had a part in it nor anybody of their line.
class FollowUps {
 public:
  FollowUps(records::Database& database, const base::Clock& clock, const Settings& settings)
      : database_(database),
        clock_(clock),
        settings_(settings),
        holds_(database, clock),
        authorities_(database, clock) {}

  // The one that was missed first at the top. Wants a receipt for read_reviews.
  Result<std::vector<FollowUp>> list(const audit::Receipt& receipt, const LineOf& line_of) const;
  // These want a receipt for review_searches about subject_of(missed, about), and fail with
  //   not_found       there is none for this person: also because it was done meanwhile
  //   conflict        (note) somebody else has it, or nobody took it
  //   invalid_input   (note) no words
  //   limit_exceeded  it has follow_up_steps_max steps
  // Whoever takes one owns it, also when another had it.
  Result<FollowUp> take(const audit::Receipt& receipt, Missed missed, std::string_view about,
                        const LineOf& line_of);
  Result<FollowUp> note(const audit::Receipt& receipt, Missed missed, std::string_view about,
                        const LineOf& line_of, std::string_view words);
  // Overdue, of the person's own organisation: for standards. Wants a receipt for read_signals.
  Result<std::vector<FollowUp>> escalated(const audit::Receipt& receipt) const;
  // Of all organisations, for a gauge.
  Result<std::uint64_t> overdue() const;

  // How many steps were taken before this; what erases them leaves what is still missed waiting
  // for anybody, and wants a receipt for drop. Fails with
  //   invalid_input   another receipt
  static Result<std::uint64_t> count_over(records::Transaction& transaction, base::UtcTime before);
  static Result<std::uint64_t> erase_over(records::Transaction& transaction,
                                          const audit::MachineReceipt& receipt,
                                          base::UtcTime before);

 private:
  // Of the organisations of access::answered_for(), at most follow_ups_max.
  Result<std::vector<FollowUp>> missed_in(const std::string& organisations) const;
  Result<FollowUp> find_theirs(const access::Person& person, Missed missed, std::string_view about,
                               const LineOf& line_of) const;
  Result<FollowUp> add(FollowUp follow_up, FollowUpStep step);

  records::Database& database_;
  const base::Clock& clock_;
  const Settings settings_;
  const holds::Holds holds_;
  const authority::Authorities authorities_;
};

}  // namespace regmark::oversight
