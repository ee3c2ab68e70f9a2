// What a keeper asks of us: to be told what is held about their vehicle, or to have it erased.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// A request, and what is held that it is about.
struct SubjectHeld {
  oversight::SubjectRequest request;
  std::vector<plate::Read> reads{};         // newest first
  bool is_all = true;                       // false: there are more than subject_rows_max
  std::vector<alerts::Alert> alerts{};      // of its reads, or of its entries; newest first
  std::vector<watchlist::Stand> entries{};  // of any list, in every state
  // What was observed before this, of the time that was asked for, is past what is kept.
  std::optional<base::UtcTime> kept_from{};
  std::vector<plate::Read> held{};  // of before it, for a case; newest first
};

struct SubjectAnswered {
  oversight::SubjectRequest request;
  oversight::SubjectAnswer answer;
};

// For the log: how many records about the vehicle somebody saw.
inline std::uint64_t rows_in(const SubjectHeld& held) {
  return held.reads.size() + held.held.size() + held.alerts.size() + held.entries.size();
}
inline std::uint64_t rows_in(const SubjectAnswered& answered) {
  const auto& given = answered.answer.given;
  return given.reads.size() + given.held.size() + given.alerts.size() + given.entries.size();
}

// These fail as the functions of oversight::Subjects, sightings::Store::find, alerts::Alerts::about
// and watchlist::Lists::about do. Whoever looks
// at what is held is noted like anybody who searches. A request that nobody knows is refused.
Result<Answer<oversight::SubjectRequest>> receive_subject_request(
    const Desk& desk, const Asker& asker, const oversight::NewSubjectRequest& about);
Result<Answer<oversight::SubjectRequest>> extend_subject_request(
    const Desk& desk, const Asker& asker, const oversight::SubjectRequestId& id,
    std::string_view words);
Result<Answer<SubjectHeld>> see_subject_request(const Desk& desk, const Asker& asker,
                                                const oversight::SubjectRequestId& id);
// Also fails with
//   limit_exceeded   there is more than one answer can give: decide it for a shorter time
Result<Answer<SubjectAnswered>> decide_subject_request(const Desk& desk, const Asker& asker,
                                                       const oversight::SubjectRequestId& id,
                                                       const oversight::SubjectDecision& decision);
// Which there are, and when each is due.
Result<Answer<std::vector<oversight::SubjectRequest>>> read_subject_requests(const Desk& desk,
                                                                             const Asker& asker,
                                                                             std::size_t count);

}  // namespace regmark::desk
