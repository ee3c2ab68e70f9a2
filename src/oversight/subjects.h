// What keepers of vehicles ask of us: to be told what we hold, or to have it erased; and the clock
// that the law sets.
//
// DPA 2018 s.45 (access), s.47 (erasure), s.54 (the time: one month). Which of s.45(4)'s grounds
// holds something back, and why, a person decides; the reasons stay here, and what is held back is
// not in the answer. Of alerts and lists nothing is said unless that person says so: the answer
// then reads the same whether there are any or not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/decide.h"
#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "plate/read.h"
#include "records/database.h"

namespace regmark::oversight {

struct SubjectRequestTag {
  static constexpr std::string_view noun = "subject";
};
using SubjectRequestId = base::Id<SubjectRequestTag>;

enum class Wish : std::uint8_t { access, erasure };
enum class SubjectState : std::uint8_t { open, answered, refused, neither };

inline constexpr Wish all_wishes[] = {Wish::access, Wish::erasure};
inline constexpr SubjectState all_subject_states[] = {SubjectState::open, SubjectState::answered,
                                                      SubjectState::refused, SubjectState::neither};
std::string_view name(Wish wish);
// "neither": that anything is held is neither confirmed nor denied.
std::string_view name(SubjectState state);

// The grounds of s.45(4) of the DPA 2018, in its order.
enum class Exemption : std::uint8_t {
  inquiry,            // (a) not to obstruct an inquiry, investigation or procedure
  crime,              // (b) not to prejudice preventing, detecting, prosecuting crime
  public_security,    // (c)
  national_security,  // (d)
  others,             // (e) the rights and freedoms of others
};
inline constexpr Exemption all_exemptions[] = {Exemption::inquiry, Exemption::crime,
                                               Exemption::public_security,
                                               Exemption::national_security, Exemption::others};
std::string_view name(Exemption exemption);
std::string_view in_words(Exemption exemption);

// The parts of what is held about a vehicle.
enum class Part : std::uint8_t {
  reads,    // that are within the time for which they are kept
  alerts,   //
  entries,  //
  held,     // reads that are past it, and held for a case
};
inline constexpr Part all_parts[] = {Part::reads, Part::alerts, Part::entries, Part::held};
std::string_view name(Part part);

// Whether a keeper hears that something was kept back (s.45(5)), or that too would undo the reason
// for it (s.45(6)).
enum class Told : std::uint8_t { yes, no };

inline constexpr std::size_t subject_words_max = 2'000;
inline constexpr std::size_t subject_requests_max = 1'000;  // that one call gives
inline constexpr std::size_t subject_rows_max = 10'000;     // of one answer

struct NewSubjectRequest {
  Wish wish{};
  std::string plate{};  // one, whole
  access::Window window{};
  std::string asked_by{};   // and how one knows that they are the keeper
  base::UtcDay received{};  // with the proof of identity: the clock starts
};

// Something of what is held, kept back on a ground.
struct HeldBack {
  base::UtcTime from{}, until{};  // what was observed in it; of an entry, whatever stood in it
  Exemption exemption{};
  std::string reason{};  // for the record, never in the answer
  std::vector<Part> parts{Part::reads, Part::alerts, Part::entries, Part::held};
  Told told = Told::no;
};

// What went before its time because a keeper asked.
struct ErasedCounts {
  std::uint64_t reads = 0, pictures = 0, alerts = 0;
  std::uint64_t kept = 0;  // held for a case, or an alert on it still open
};

struct SubjectRequest {
  SubjectRequestId id;
  base::OrganisationId organisation;
  NewSubjectRequest about;
  base::UtcDay due{};
  std::string extended{};  // why it takes longer; empty: it does not
  SubjectState state = SubjectState::open;
  std::optional<base::PersonId> decided_by{};
  std::optional<base::UtcTime> decided_at{};
  std::string words{};  // to the keeper
  std::vector<HeldBack> held_back{};
  std::vector<Part> gives{Part::reads};
  Exemption unsaid = Exemption::crime;
  ErasedCounts erased{};

  bool is_overdue(base::UtcDay today) const { return state == SubjectState::open && due < today; }
};

// How it was decided.
struct SubjectDecision {
  SubjectState state{};
  std::string words{};
  std::vector<HeldBack> held_back{};
  // Of the other parts it is neither confirmed nor denied that there are any, on the ground below.
  std::vector<Part> gives{Part::reads};
  Exemption unsaid = Exemption::crime;
};

// Whether it is for the organisation of this receipt's person to answer. Fails with
//   not_found   it is not
Result<void> check_theirs(const audit::Receipt& receipt, const SubjectRequest& request);

// The day by which the law wants an answer: so many months on, or the last day of that month.
base::UtcDay months_after(base::UtcDay day, unsigned months);

// What an answer may say of an alert and of a list: nothing of cameras, officers or sources.
struct ToldAlert {
  base::UtcTime observed{};
  std::string plate{};    // as it was read
  std::string outcome{};  // empty: nobody recorded one
};
struct ToldEntry {
  base::UtcTime from{};
  std::optional<base::UtcTime> until{};  // nothing: it stands
  std::string purpose{};                 // of the list
};

struct HeldAboutSubject {
  std::vector<plate::Read> reads;  // newest first
  std::vector<ToldAlert> alerts{};
  std::vector<ToldEntry> entries{};
  // What was observed before this, of the time that was asked for, is past what is kept.
  std::optional<base::UtcTime> kept_from{};
  std::vector<plate::Read> held{};  // of before it, for a case of ours; newest first
};

// What the keeper is sent: what is held less what is kept back, or that neither is said.
struct SubjectAnswer {
  HeldAboutSubject given;
  std::string text;  // to read
};
SubjectAnswer answer_of(const SubjectRequest& request, const SubjectDecision& decision,
                        const HeldAboutSubject& held);

// May be used from many threads at once. Every call can also fail as the database does. All but
// find() and overdue() want a receipt for answer_subject whose subject is the request.
class Subjects {
 public:
  Subjects(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Fails with
  //   invalid_input   a plate that is none, a day to come or long past, no words on who asks
  Result<SubjectRequest> receive(const audit::Receipt& receipt, const SubjectRequestId& id,
                                 const NewSubjectRequest& about);
  // By two more months, once. Fails with
  //   not_found       there is none in the organisation
  //   conflict        it is decided, or was extended before
  //   invalid_input   no words
  Result<SubjectRequest> extend(const audit::Receipt& receipt, const SubjectRequestId& id,
                                std::string_view words);
  // Fails with
  //   not_found, conflict   as extend() does
  //   invalid_input         no words; something kept back without a reason; a state of no decision
  Result<SubjectRequest> decide(const audit::Receipt& receipt, const SubjectRequestId& id,
                                const SubjectDecision& decision);

  // For the scope of the acts above, and not for a person. Fails with
  //   not_found       there is none
  Result<SubjectRequest> find(const SubjectRequestId& id) const;
  // What has to be done, the first due on top, then what is done. Wants a receipt for read_days: it
  // is about clocks, so the caller shows neither plate nor person.
  Result<std::vector<SubjectRequest>> list(const audit::Receipt& receipt, std::size_t count) const;
  Result<std::uint64_t> overdue() const;
  // Of one organisation, not answered yet: whether it may be closed.
  Result<std::uint64_t> open_of(const base::OrganisationId& organisation) const;

  // Those that were decided before this, and what erasing them leaves: how many of each wish were
  // decided how, in which month. Wants a receipt for drop. Fails with
  //   invalid_input   another receipt
  static Result<std::uint64_t> count_decided(records::Transaction& transaction,
                                             base::UtcTime before);
  static Result<std::uint64_t> erase_decided(records::Transaction& transaction,
                                             const audit::MachineReceipt& receipt,
                                             base::UtcTime before);

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

}  // namespace regmark::oversight
