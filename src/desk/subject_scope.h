// What the acts that answer a keeper share: how far they may look, and the look itself.
#pragma once

#include "desk/ask.h"

namespace regmark::desk {

// As far back as is kept at `now`.
access::Scope scope_about(const Desk& desk, const oversight::SubjectRequest& request,
                          base::UtcTime now);

// One that nobody knows is about no vehicle, and so refused, and on record.
Result<oversight::SubjectRequest> find_request_or_none(const Desk& desk, const Asker& asker,
                                                       const oversight::SubjectRequestId& id);

struct ReadsAbout {
  std::vector<plate::Read> reads;   // newest first
  std::vector<plate::Read> held{};  // past the time for which reads are kept, for a case of ours
  bool is_all = true;               // false: more than subject_rows_max
};
// All pages under one receipt, noted like a search. Fails as sightings::Store::find does.
Result<ReadsAbout> reads_about(const Desk& desk, const audit::Receipt& receipt,
                               const oversight::SubjectRequest& request);

template <typename Work>
auto ask_about(const Desk& desk, Asker asker, const oversight::SubjectRequest& request,
               const Work& work) {
  asker.purpose.reference = request.id.text();
  const auto now = desk.clock.now();
  return ask_as_of(now, desk, asker, access::Act::answer_subject, scope_about(desk, request, now),
                   work);
}

}  // namespace regmark::desk
