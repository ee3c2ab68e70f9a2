#include "access/internal/malformed.h"

#include "access/internal/rules.h"
#include "access/organisations.h"

namespace regmark::access {

std::optional<std::size_t> length_of(std::string_view text) {
  std::size_t length = 0;
  std::size_t length_without_end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x20 || lead == 0x7f) return std::nullopt;
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
    if (size == 0 || at + size > text.size()) return std::nullopt;
    for (std::size_t i = 1; i < size; ++i) {
      if ((static_cast<unsigned char>(text[at + i]) & 0xc0U) != 0x80) return std::nullopt;
    }
    at += size;
    if (lead == ' ' && length == 0) continue;
    ++length;
    if (lead != ' ') length_without_end = length;
  }
  return length_without_end;
}

namespace {

void check_text(std::string_view text, std::size_t size_max, std::string_view what,
                Reasons& reasons) {
  if (text.size() > size_max) {
    reasons.push_back(std::string(what) + " may have at most " + std::to_string(size_max) +
                      " bytes");
  } else if (!length_of(text)) {
    reasons.push_back(std::string(what) + " holds characters that cannot be recorded");
  }
}

void check_window(const Request& request, Reasons& reasons) {
  const auto& window = request.scope.window;
  if (!window) {
    if (looks_back(request.act) || looks_ahead(request.act))
      reasons.emplace_back("say from when until when");
    return;
  }
  if (window->from >= window->until) reasons.emplace_back("the window must end after it begins");
  if (looks_ahead(request.act)) {
    // What was before is for a search.
    if (window->from < request.now - clock_tolerance) {
      reasons.emplace_back("the window must begin now");
    }
    return;
  }
  // Leave may be asked for to look ahead: `authority` knows for which act.
  if (request.act == Act::ask_authority) return;
  // Of the end, not of the beginning: or widening the window would turn this no into a yes.
  if (window->until > request.now + clock_tolerance) {
    reasons.emplace_back("the window must not end in the future");
  }
}

// Nobody authorises for themselves, nor for people of an organisation beside or above their own.
void check_giver(const Request& request, Reasons& reasons) {
  if (request.act != Act::decide_authority) return;
  if (!request.authority) {
    reasons.emplace_back("there is no such authority");
  } else if (request.authority->requester == request.person.id) {
    reasons.emplace_back("nobody may authorise for themselves");
  } else if (!answers_for(request.person, request.authority->organisation)) {
    reasons.emplace_back("it is for the requester's own organisation to decide");
  }
}

// Nobody makes themselves another, whatever the policy: it takes a second person.
void check_whom(const Request& request, Reasons& reasons) {
  if (request.act == Act::change_people && request.whom == request.person.id) {
    reasons.emplace_back(
        "nobody may change their own roles, rank, training, line or organisation: another "
        "administrator does it");
  }
}

// What is held is seen, reviewed and released under its own case, by its own organisation,
// whatever the policy.
void check_case(const Request& request, Reasons& reasons) {
  if (!is_of_hold(request.act)) return;
  if (!request.held_for || request.held_for->organisation != request.person.organisation) {
    reasons.emplace_back("there is no such hold");
  } else if (request.held_for->reference != request.purpose.reference) {
    reasons.emplace_back("it is held for another case");
  }
}

}  // namespace

Reasons malformed(const Request& request) {
  Reasons reasons;
  if (const auto pair = held_together(request.person.roles)) {
    reasons.push_back("one person may not be both " + std::string(name(pair->first)) + " and " +
                      std::string(name(pair->second)));
  }
  const auto& purpose = request.purpose;
  check_text(purpose.category, reference_size_max, "the category", reasons);
  check_text(purpose.reason, reason_size_max, "the reason", reasons);
  check_text(purpose.reference, reference_size_max, "the reference", reasons);
  check_text(purpose.for_whom, for_whom_size_max, "for whom", reasons);
  const auto& scope = request.scope;
  check_text(scope.plate, pattern_size_max, "the plate", reasons);
  check_text(scope.subject, subject_size_max, "the subject", reasons);
  if (scope.cameras.size() > cameras_max) reasons.emplace_back("at most 1,000 cameras");
  if (scope.lists.size() > lists_max) reasons.emplace_back("at most 1,000 lists");
  check_window(request, reasons);
  check_giver(request, reasons);
  check_whom(request, reasons);
  check_case(request, reasons);
  return reasons;
}

}  // namespace regmark::access
