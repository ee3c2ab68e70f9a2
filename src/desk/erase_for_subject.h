// What a keeper asked to have erased goes before its time: single reads, with their pictures and
// what was alerted about them.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Why a read stands, though its keeper was granted its erasure.
enum class WhyKept : std::uint8_t { held, awaited };
inline constexpr WhyKept all_why_kept[] = {WhyKept::held, WhyKept::awaited};
// "held": for a case; "awaited": an alert on it is not over.
std::string_view name(WhyKept why);

struct KeptRead {
  plate::ReadId read;
  WhyKept why{};
};

struct SubjectErased {
  oversight::SubjectRequest request;  // with all that went for it, also before
  std::vector<KeptRead> kept;         // of the reads that were named
};

inline std::uint64_t rows_in(const SubjectErased& erased) {
  return erased.request.erased.reads;
}

// The reads are of the request's vehicle and time: nothing else goes by it. What is held for a case
// stands, and so does what an open alert waits for; both are named. Fails as see_subject_request()
// does, and with
//   invalid_input    a read that is not among what is held about the vehicle; none; a request that
//                    is decided, or not for erasure, is a conflict
//   limit_exceeded   more than sightings::erase_reads_max
//   unavailable      it is begun, and done as soon as it can be: nobody sees these reads any more
Result<Answer<SubjectErased>> erase_for_subject(const Desk& desk, const Asker& asker,
                                                const oversight::SubjectRequestId& id,
                                                std::span<const plate::ReadId> reads);

// Does what was begun and not finished, and puts on record how much went: the office does so each
// minute, and when it opens. A crash at any point ends in gone.
struct ErasingRooms {  // all of them outlive the call
  audit::Log& log;
  sightings::Store& store;
  alerts::Alerts& alerts;
  drift::Drift& drift;
  oversight::Erasures& erasures;
  const base::Clock& clock;
};
Result<std::vector<KeptRead>> finish_erasures(const ErasingRooms& rooms);

}  // namespace regmark::desk
