// The way of every act, written once: decide, record, do, record how it ended.
#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "desk/desk.h"
#include "desk/told.h"

namespace regmark::desk {

// Decides as of `now`, and records the decision. A scope that reaches back from the present is made
// with the same `now`: a clock that is read twice has moved on, and a year is then longer than one.
// A receipt is durable before it is given: what nobody recorded must not be answered. Fails with
//   limit_exceeded   the request is too long to record
//   unavailable      the log cannot be written
Result<std::variant<audit::Receipt, Refused>> decide_and_record(const Desk& desk,
                                                                const Asker& asker, access::Act act,
                                                                access::Scope scope,
                                                                base::UtcTime now);

// Durable on return. Fails with
//   unavailable      the log cannot be written
Result<void> record_key_change(const Desk& desk, const audit::Receipt& receipt,
                               std::string_view change);

// How many records an act gave, for the outcome in the log.
template <typename T>
std::uint64_t rows_in(const T&) {
  return 1;
}
template <typename T>
std::uint64_t rows_in(const std::vector<T>& rows) {
  return rows.size();
}
inline std::uint64_t rows_in(const sightings::Page& page) {
  return page.reads.size();
}
inline std::uint64_t rows_in(const sightings::Convoy& convoy) {
  std::uint64_t rows = 0;
  for (const auto& companion : convoy.companions) rows += companion.meetings.size();
  return rows;
}
inline std::uint64_t rows_in(const oversight::ImportReport& report) {
  return report.taken;
}
inline std::uint64_t rows_in(const Held& held) {
  return held.reads;
}
inline std::uint64_t rows_in(const Released& released) {
  return released.reads;
}
inline std::uint64_t rows_in(const Nothing&) {
  return 0;
}

// "done", or what was decided, or the name of what went wrong.
template <typename T>
audit::Outcome outcome_of(const Result<T>& result) {
  if (!result) return {.result = std::string(name(result.error().code))};
  audit::Outcome outcome{.result = "done", .rows = rows_in(*result)};
  tell(outcome, *result);
  return outcome;
}

// Runs `work` (const audit::Receipt& -> Result<T>) when the policy permits it, and records how it
// ended. Fails with what decide_and_record() or `work` fail with, and with
//   unavailable      it was done, but the log could not say how it ended
template <typename Work>
auto ask_as_of(base::UtcTime now, const Desk& desk, const Asker& asker, access::Act act,
               access::Scope scope, Work&& work)
    -> Result<Answer<typename std::invoke_result_t<Work, const audit::Receipt&>::value_type>> {
  using Value = typename std::invoke_result_t<Work, const audit::Receipt&>::value_type;
  // Looked at where it is: moved out of its result, it makes GCC 12 warn for nothing.
  const auto decision = decide_and_record(desk, asker, act, std::move(scope), now);
  if (!decision) return tl::unexpected<Error>(decision.error());
  if (const auto* refused = std::get_if<Refused>(&*decision)) return Answer<Value>{*refused};
  const auto& receipt = std::get<audit::Receipt>(*decision);
  auto result = work(receipt);
  const auto ended = desk.log.record(receipt, outcome_of(result));
  // What went wrong with the act says more than that its end could not be recorded.
  if (!result) return tl::unexpected<Error>(std::move(result).error());
  if (!ended) return tl::unexpected<Error>(ended.error());
  return Answer<Value>{
      Done<Value>{receipt.number(), receipt.permit().valid_until(), *std::move(result)}};
}
template <typename Work>
auto ask(const Desk& desk, const Asker& asker, access::Act act, access::Scope scope, Work&& work) {
  return ask_as_of(desk.clock.now(), desk, asker, act, std::move(scope), std::forward<Work>(work));
}

// For what gives somebody a key or takes it: it stands in the log among the changes of keys, too.
// `change` is a public word, such as "renew_camera_token". Fails as ask() does.
template <typename Work>
auto ask_for_key(const Desk& desk, const Asker& asker, access::Act act, access::Scope scope,
                 std::string_view change, Work&& work) {
  Result<void> recorded;
  auto answer = ask(desk, asker, act, std::move(scope), [&](const audit::Receipt& receipt) {
    auto done = work(receipt);
    // It was done, so the outcome says so, also when this could not be written.
    if (done) recorded = record_key_change(desk, receipt, change);
    return done;
  });
  if (answer && !recorded) answer = tl::unexpected<Error>(std::move(recorded).error());
  return answer;
}

// A scope that is one thing: an alert, a list, a person.
inline access::Scope about(std::string subject) {
  access::Scope scope;
  scope.subject = std::move(subject);
  return scope;
}

// Turns Result<void> into the Result<Nothing> that ask() wants.
inline Result<Nothing> nothing(Result<void> result) {
  if (!result) return tl::unexpected<Error>(std::move(result).error());
  return Nothing{};
}

}  // namespace regmark::desk
