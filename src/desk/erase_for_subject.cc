#include "desk/erase_for_subject.h"

#include <algorithm>
#include <set>

#include "base/crash_point.h"
#include "desk/ask.h"
#include "desk/subject_scope.h"

namespace regmark::desk {

using audit::Receipt;
using oversight::ErasedCounts;
using oversight::SubjectRequest;
using oversight::SubjectRequestId;

namespace {

// What the log says of one request's erasure: counts, and never of what.
audit::Event erased_event(const base::Clock& clock, const SubjectRequestId& request,
                          const ErasedCounts& erased) {
  return {{audit::Operation::erasure, "erase_reads", base::day_of(clock.now()), "machine", "done"},
          "{\"request\":\"" + request.text() + "\",\"reads\":" + std::to_string(erased.reads) +
              ",\"pictures\":" + std::to_string(erased.pictures) + ",\"alerts\":" +
              std::to_string(erased.alerts) + ",\"kept\":" + std::to_string(erased.kept) + "}"};
}

bool among(const std::vector<plate::ReadId>& ids, const plate::ReadId& id) {
  return std::ranges::find(ids, id) != ids.end();
}

// As many steps as it takes: what a full disk left lies together with what came after it.
Result<sightings::ErasedReads> erase_all(const ErasingRooms& rooms,
                                         const audit::MachineReceipt& receipt,
                                         std::span<const plate::ReadId> reads) {
  sightings::ErasedReads all;
  while (!reads.empty()) {
    const auto now = reads.first(std::min(reads.size(), sightings::erase_reads_max));
    reads = reads.subspan(now.size());
    REGMARK_ASSIGN(const auto gone, rooms.store.erase_reads(receipt, now));
    all.reads += gone.reads;
    all.pictures += gone.pictures;
    all.held.insert(all.held.end(), gone.held.begin(), gone.held.end());
  }
  return all;
}

// May be done again from the start: what went before a crash is counted then too, but for alerts.
Result<void> finish(const ErasingRooms& rooms, const oversight::BegunErasure& begun,
                    std::vector<KeptRead>& kept) {
  REGMARK_ASSIGN(const auto receipt, rooms.log.record(audit::MachineVerb::drop,
                                                      "{\"act\":\"erase_reads\",\"request\":\"" +
                                                          begun.request.text() + "\"}"));
  REGMARK_ASSIGN(const auto awaited, rooms.alerts.awaited(begun.reads));
  std::vector<plate::ReadId> going;
  for (const auto& read : begun.reads) {
    if (!among(awaited, read)) going.push_back(read);
  }
  REGMARK_ASSIGN(const auto gone, erase_all(rooms, receipt, going));
  base::crash_point("erase_for_subject.reads_gone");
  std::erase_if(going, [&](const auto& read) { return among(gone.held, read); });
  REGMARK_ASSIGN(const auto alerts, rooms.alerts.erase_of(receipt, going));
  base::crash_point("erase_for_subject.alerts_gone");
  REGMARK_TRY(rooms.drift.forget(receipt, going));
  const ErasedCounts erased{.reads = gone.reads,
                            .pictures = gone.pictures,
                            .alerts = alerts,
                            .kept = gone.held.size() + awaited.size()};
  REGMARK_TRY(rooms.log.record(erased_event(rooms.clock, begun.request, erased)));
  base::crash_point("erase_for_subject.said");
  REGMARK_TRY(rooms.erasures.end(receipt, begun.request, erased));
  for (const auto& read : gone.held) kept.push_back({read, WhyKept::held});
  for (const auto& read : awaited) kept.push_back({read, WhyKept::awaited});
  return {};
}

// By whoever has erasures.alone(). One that fails keeps no other from being done.
Result<std::vector<KeptRead>> finish_all(const ErasingRooms& rooms) {
  std::vector<KeptRead> kept;
  Result<void> first_failure;
  REGMARK_ASSIGN(const auto all, rooms.erasures.begun());
  for (const auto& begun : all) {
    auto finished = finish(rooms, begun, kept);
    if (!finished && first_failure) first_failure = std::move(finished);
  }
  REGMARK_TRY(std::move(first_failure));
  return kept;
}

Result<void> check_among(const ReadsAbout& about, std::span<const plate::ReadId> named) {
  std::set<plate::ReadId> known;
  for (const auto& read : about.reads) known.insert(read.id);
  for (const auto& read : about.held) known.insert(read.id);
  const bool all_known =
      std::ranges::all_of(named, [&](const auto& read) { return known.contains(read); });
  if (all_known) return {};
  return fail(ErrorCode::invalid_input, "a sighting is not among what is held about the vehicle");
}

}  // namespace

std::string_view name(WhyKept why) {
  return why == WhyKept::held ? "held" : "awaited";
}

Result<std::vector<KeptRead>> finish_erasures(const ErasingRooms& rooms) {
  const auto alone = rooms.erasures.alone();
  return finish_all(rooms);
}

Result<Answer<SubjectErased>> erase_for_subject(const Desk& desk, const Asker& asker,
                                                const SubjectRequestId& id,
                                                std::span<const plate::ReadId> reads) {
  REGMARK_ASSIGN(const auto request, find_request_or_none(desk, asker, id));
  return ask_about(desk, asker, request, [&](const Receipt& receipt) -> Result<SubjectErased> {
    REGMARK_TRY(oversight::check_theirs(receipt, request));
    if (reads.size() > sightings::erase_reads_max) {
      return fail(ErrorCode::limit_exceeded, "too many sightings to erase in one step");
    }
    REGMARK_ASSIGN(const auto held, reads_about(desk, receipt, request));
    REGMARK_TRY(check_among(held, reads));
    // Nobody else does this one's work in between, and takes away what stands and why.
    const auto alone = desk.oversight.erasures.alone();
    REGMARK_TRY(desk.oversight.erasures.begin(receipt, id, reads));
    base::crash_point("erase_for_subject.begun");
    REGMARK_ASSIGN(auto kept, finish_all({desk.log, desk.store, desk.alerts, desk.drift,
                                          desk.oversight.erasures, desk.clock}));
    // What another request had left to do is none of this one's.
    std::erase_if(kept, [&](const KeptRead& one) {
      return std::ranges::find(reads, one.read) == reads.end();
    });
    REGMARK_ASSIGN(auto now, desk.oversight.subjects.find(id));
    return SubjectErased{std::move(now), std::move(kept)};
  });
}

}  // namespace regmark::desk
