// Notes for those who look after it what somebody is about to be given.
#pragma once

#include <set>
#include <span>

#include "desk/desk.h"

namespace regmark::desk {

enum class PageOf : std::uint8_t { new_question, question_before };

// Durable on return: what nobody can look after must not be answered. `read_by`: which cameras were
// of use. Fails as oversight::Searches::note does.
Result<void> note_search(const Desk& desk, const audit::Receipt& receipt, access::Scope scope,
                         std::uint64_t rows, PageOf page = PageOf::new_question,
                         const std::set<base::CameraId>& read_by = {});
// The same, of reads that are given away: which cameras were of use is noted too.
Result<void> note_search(const Desk& desk, const audit::Receipt& receipt, access::Scope scope,
                         std::span<const plate::Read> reads, PageOf page = PageOf::new_question);
// Of a convoy: the cameras where anybody was met were of use.
Result<void> note_search(const Desk& desk, const audit::Receipt& receipt, access::Scope scope,
                         const sightings::Convoy& convoy);

// Why the case register has it that this request is refused; nothing where it does not.
Result<std::optional<access::Refusal>> against_register(const Desk& desk, const Asker& asker,
                                                        access::Act act);

// The team of somebody, where it is known.
Result<std::string> line_of(const Desk& desk, const base::PersonId& person);

}  // namespace regmark::desk
