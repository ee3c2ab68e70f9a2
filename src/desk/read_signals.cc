#include "desk/read_signals.h"

#include <set>

#include "desk/ask.h"

namespace regmark::desk {
namespace {

using audit::Receipt;

Result<oversight::Known> known_of(const Desk& desk, const Receipt& receipt, base::UtcTime from) {
  oversight::Known known;
  auto& household = desk.oversight.household;
  REGMARK_ASSIGN(known.duty, household.duty(receipt, from));
  REGMARK_ASSIGN(auto vehicles, household.vehicles(receipt));
  known.household = [list = std::move(vehicles)](const oversight::SearchNote& note) {
    return list.find(note.plate, note.person);
  };
  return known;
}

std::vector<oversight::SearchNote> evidence_of(const std::vector<oversight::Signal>& signals,
                                               const std::vector<oversight::SearchNote>& notes) {
  std::set<std::uint64_t> wanted;
  for (const auto& signal : signals) wanted.insert(signal.evidence.begin(), signal.evidence.end());
  std::vector<oversight::SearchNote> evidence;
  for (const auto& note : notes) {
    if (wanted.contains(note.receipt)) evidence.push_back(note);
  }
  return evidence;
}

Result<SignalsAndMore> look(const Desk& desk, const Receipt& receipt, std::chrono::days within) {
  const auto now = desk.clock.now();
  const oversight::Thresholds thresholds;
  const oversight::Period period{now - within, now + std::chrono::microseconds{1}};
  const auto from = period.from - thresholds.looked_back;
  REGMARK_ASSIGN(const auto notes, desk.oversight.searches.since(receipt, from));
  REGMARK_ASSIGN(const auto known, known_of(desk, receipt, from));
  SignalsAndMore found;
  found.signals = oversight::signals_in(notes, period, known, thresholds);
  found.evidence = evidence_of(found.signals, notes);
  REGMARK_ASSIGN(found.escalated,
                 desk.oversight.reviews.escalated(receipt, oversight::reviews_max));
  REGMARK_ASSIGN(found.missed, desk.oversight.follow_ups.escalated(receipt));
  return found;
}

}  // namespace

Result<Answer<SignalsAndMore>> read_signals(const Desk& desk, const Asker& asker,
                                            std::chrono::days within) {
  return ask(desk, asker, access::Act::read_signals, {},
             [&](const Receipt& receipt) { return look(desk, receipt, within); });
}

}  // namespace regmark::desk
