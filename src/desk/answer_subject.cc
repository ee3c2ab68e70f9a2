#include "desk/answer_subject.h"

#include "desk/subject_scope.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;
using oversight::SubjectRequest;
using oversight::SubjectRequestId;

namespace {

Result<SubjectHeld> held_under(const Desk& desk, const Receipt& receipt, SubjectRequest request) {
  SubjectHeld held{std::move(request)};
  const auto looked_from = receipt.permit().scope().window->from;
  if (held.request.about.window.from < looked_from) held.kept_from = looked_from;
  REGMARK_ASSIGN(auto about, reads_about(desk, receipt, held.request));
  held.reads = std::move(about.reads);
  held.held = std::move(about.held);
  held.is_all = about.is_all;
  REGMARK_ASSIGN(held.alerts, desk.alerts.about(receipt));
  REGMARK_ASSIGN(held.entries, desk.lists.about(receipt));
  return held;
}

// Whose vehicle was taken for this one is not for its keeper to hear.
oversight::HeldAboutSubject told_of(const SubjectHeld& held) {
  oversight::HeldAboutSubject told{
      .reads = held.reads, .kept_from = held.kept_from, .held = held.held};
  for (const auto& alert : held.alerts) {
    const bool is_its = alert.read.plate.text() == held.request.about.plate;
    told.alerts.push_back({alert.read.observed,
                           is_its ? held.request.about.plate : std::string("a plate like it"),
                           alert.outcome});
  }
  for (const auto& [entry, list, may_fire, why_not] : held.entries) {
    told.entries.push_back(
        {entry.added_at, entry.ended_at ? entry.ended_at : entry.expires_at, list.about.purpose});
  }
  return told;
}

}  // namespace

Result<Answer<SubjectRequest>> receive_subject_request(const Desk& desk, const Asker& asker,
                                                       const oversight::NewSubjectRequest& about) {
  const SubjectRequest request{
      .id = SubjectRequestId::random(), .organisation = asker.person.organisation, .about = about};
  return ask_about(desk, asker, request, [&](const Receipt& receipt) {
    return desk.oversight.subjects.receive(receipt, request.id, about);
  });
}

Result<Answer<SubjectRequest>> extend_subject_request(const Desk& desk, const Asker& asker,
                                                      const SubjectRequestId& id,
                                                      std::string_view words) {
  REGMARK_ASSIGN(const auto request, find_request_or_none(desk, asker, id));
  return ask_about(desk, asker, request, [&](const Receipt& receipt) {
    return desk.oversight.subjects.extend(receipt, id, words);
  });
}

Result<Answer<SubjectHeld>> see_subject_request(const Desk& desk, const Asker& asker,
                                                const SubjectRequestId& id) {
  REGMARK_ASSIGN(const auto request, find_request_or_none(desk, asker, id));
  return ask_about(desk, asker, request, [&](const Receipt& receipt) -> Result<SubjectHeld> {
    REGMARK_TRY(oversight::check_theirs(receipt, request));
    return held_under(desk, receipt, request);
  });
}

Result<Answer<SubjectAnswered>> decide_subject_request(const Desk& desk, const Asker& asker,
                                                       const SubjectRequestId& id,
                                                       const oversight::SubjectDecision& decision) {
  REGMARK_ASSIGN(const auto request, find_request_or_none(desk, asker, id));
  return ask_about(desk, asker, request, [&](const Receipt& receipt) -> Result<SubjectAnswered> {
    REGMARK_TRY(oversight::check_theirs(receipt, request));
    REGMARK_ASSIGN(const auto held, held_under(desk, receipt, request));
    if (!held.is_all) {
      return fail(ErrorCode::limit_exceeded, "there is more than one answer can give");
    }
    REGMARK_ASSIGN(auto decided, desk.oversight.subjects.decide(receipt, id, decision));
    auto answer = oversight::answer_of(decided, decision, told_of(held));
    return SubjectAnswered{std::move(decided), std::move(answer)};
  });
}

Result<Answer<std::vector<SubjectRequest>>> read_subject_requests(const Desk& desk,
                                                                  const Asker& asker,
                                                                  std::size_t count) {
  return ask(desk, asker, Act::read_days, {},
             [&](const Receipt& receipt) { return desk.oversight.subjects.list(receipt, count); });
}

}  // namespace regmark::desk
