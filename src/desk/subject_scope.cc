#include "desk/subject_scope.h"

#include <algorithm>
#include <iterator>

#include "desk/note_search.h"

namespace regmark::desk {
namespace {

// What is past retention is gone: to ask for it would only be refused for its age.
access::Window still_kept(const Desk& desk, access::Window window, base::UtcTime now) {
  window.from = std::max(window.from, base::UtcTime{now - desk.policy.sightings_kept()});
  if (window.until <= window.from) window.until = window.from + std::chrono::microseconds{1};
  return window;
}

}  // namespace

access::Scope scope_about(const Desk& desk, const oversight::SubjectRequest& request,
                          base::UtcTime now) {
  access::Scope scope;
  scope.plate = request.about.plate;
  scope.window = still_kept(desk, request.about.window, now);
  scope.rows_max = oversight::subject_rows_max;
  scope.subject = request.id.text();
  return scope;
}

Result<oversight::SubjectRequest> find_request_or_none(const Desk& desk, const Asker& asker,
                                                       const oversight::SubjectRequestId& id) {
  auto request = desk.oversight.subjects.find(id);
  if (request || request.error().code != ErrorCode::not_found) return request;
  const auto now = desk.clock.now();
  return oversight::SubjectRequest{.id = id,
                                   .organisation = asker.person.organisation,
                                   .about = {.window = {now - std::chrono::seconds{1}, now}}};
}

Result<ReadsAbout> reads_about(const Desk& desk, const audit::Receipt& receipt,
                               const oversight::SubjectRequest& request) {
  ReadsAbout about;
  const auto& scope = receipt.permit().scope();
  sightings::Query query{
      .plate = scope.plate, .window = scope.window, .rows = sightings::page_rows_max};
  do {
    REGMARK_ASSIGN(auto page, desk.store.find(receipt, query));
    std::ranges::move(page.reads, std::back_inserter(about.reads));
    query.after = page.next;
    about.is_all = page.next.empty();
  } while (!about.is_all && about.reads.size() < oversight::subject_rows_max);
  REGMARK_ASSIGN(const auto holds, desk.holds.standing_of(request.organisation));
  REGMARK_ASSIGN(auto held, desk.store.held_about(receipt, holds, request.about.window));
  // What is within its time as well is among the reads already.
  std::erase_if(held.reads,
                [&](const plate::Read& read) { return read.observed >= scope.window->from; });
  about.held = std::move(held.reads);
  about.is_all = about.is_all && held.is_all;
  REGMARK_TRY(note_search(desk, receipt, scope, about.reads.size() + about.held.size()));
  return about;
}

}  // namespace regmark::desk
