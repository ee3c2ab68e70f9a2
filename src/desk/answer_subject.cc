#include "desk/answer_subject.h"

#include <algorithm>
#include <iterator>

#include "desk/ask.h"
#include "desk/note_search.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;
using oversight::SubjectRequest;
using oversight::SubjectRequestId;

namespace {

// What is past retention is gone: to ask for it would only be refused for its age.
access::Window still_kept(const Desk& desk, access::Window window) {
  const auto now = desk.clock.now();
  window.from = std::max(window.from, base::UtcTime{now - desk.policy.sightings_kept()});
  if (window.until <= window.from) window.until = window.from + std::chrono::microseconds{1};
  return window;
}

access::Scope scope_of(const Desk& desk, const oversight::NewSubjectRequest& about,
                       const SubjectRequestId& id) {
  access::Scope scope;
  scope.plate = about.plate;
  scope.window = still_kept(desk, about.window);
  scope.rows_max = oversight::subject_rows_max;
  scope.subject = id.text();
  return scope;
}

// All pages under one receipt.
Result<SubjectHeld> held_under(const Desk& desk, const Receipt& receipt, SubjectRequest request) {
  SubjectHeld held{std::move(request), {}};
  const auto& scope = receipt.permit().scope();
  sightings::Query query{
      .plate = scope.plate, .window = scope.window, .rows = sightings::page_rows_max};
  do {
    REGMARK_ASSIGN(auto page, desk.store.find(receipt, query));
    std::ranges::move(page.reads, std::back_inserter(held.reads));
    query.after = page.next;
    held.is_all = page.next.empty();
  } while (!held.is_all && held.reads.size() < oversight::subject_rows_max);
  REGMARK_TRY(note_search(desk, receipt, scope, held.reads.size()));
  return held;
}

template <typename Work>
auto ask_about(const Desk& desk, Asker asker, const SubjectRequest& request, const Work& work) {
  asker.purpose.reference = request.id.text();
  return ask(desk, asker, Act::answer_subject, scope_of(desk, request.about, request.id), work);
}

// One that nobody knows is about no vehicle, and so refused, and on record.
Result<SubjectRequest> find_or_none(const Desk& desk, const Asker& asker,
                                    const SubjectRequestId& id) {
  auto request = desk.oversight.subjects.find(id);
  if (request || request.error().code != ErrorCode::not_found) return request;
  const auto now = desk.clock.now();
  return SubjectRequest{.id = id,
                        .organisation = asker.person.organisation,
                        .about = {.window = {now - std::chrono::seconds{1}, now}}};
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
  REGMARK_ASSIGN(const auto request, find_or_none(desk, asker, id));
  return ask_about(desk, asker, request, [&](const Receipt& receipt) {
    return desk.oversight.subjects.extend(receipt, id, words);
  });
}

Result<Answer<SubjectHeld>> see_subject_request(const Desk& desk, const Asker& asker,
                                                const SubjectRequestId& id) {
  REGMARK_ASSIGN(const auto request, find_or_none(desk, asker, id));
  return ask_about(desk, asker, request, [&](const Receipt& receipt) -> Result<SubjectHeld> {
    REGMARK_TRY(oversight::check_theirs(receipt, request));
    return held_under(desk, receipt, request);
  });
}

Result<Answer<SubjectAnswered>> decide_subject_request(const Desk& desk, const Asker& asker,
                                                       const SubjectRequestId& id,
                                                       const oversight::SubjectDecision& decision) {
  REGMARK_ASSIGN(const auto request, find_or_none(desk, asker, id));
  return ask_about(desk, asker, request, [&](const Receipt& receipt) -> Result<SubjectAnswered> {
    REGMARK_TRY(oversight::check_theirs(receipt, request));
    REGMARK_ASSIGN(const auto held, held_under(desk, receipt, request));
    if (!held.is_all) {
      return fail(ErrorCode::limit_exceeded, "there is more than one answer can give");
    }
    REGMARK_ASSIGN(auto decided, desk.oversight.subjects.decide(receipt, id, decision));
    auto answer = oversight::answer_of(decided, decision, held.reads);
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
