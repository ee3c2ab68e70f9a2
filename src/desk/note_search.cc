#include "desk/note_search.h"

#include "desk/ask.h"

namespace regmark::desk {
namespace {

Result<std::optional<oversight::Leave>> leave_of(const Desk& desk, const access::Permit& permit) {
  // A search under an urgent one is reviewed, needed or not. One in writing that was not needed
  // stands for nothing: what was searched is weighed as if nobody had given it.
  const auto& named = permit.authority_named();
  if (!named) return std::nullopt;
  REGMARK_ASSIGN(const auto record, desk.authorities.find(*named));
  if (!permit.authority() && !record.is_oral) return std::nullopt;
  oversight::Leave leave{.id = record.id, .giver = record.decided_by, .is_oral = record.is_oral};
  if (leave.giver) {
    REGMARK_ASSIGN(leave.giver_line, line_of(desk, *leave.giver));
  }
  return leave;
}

// For those who count again what is published. Whether it goes to a reviewer is not said here:
// whoever searched could read it.
Result<void> put_on_record(const Desk& desk, const audit::Receipt& receipt,
                           const oversight::Noted& noted) {
  REGMARK_TRY(desk.log.record(audit::Event{
      {audit::Operation::machine, "note_search", base::day_of(noted.at), "machine", "done"},
      "{\"receipt\":" + std::to_string(receipt.number()) + "}"}));
  return {};
}

Result<void> note(const Desk& desk, const audit::Receipt& receipt, oversight::Looked looked) {
  const auto& permit = receipt.permit();
  REGMARK_ASSIGN(looked.leave, leave_of(desk, permit));
  REGMARK_ASSIGN(looked.line, line_of(desk, permit.person().id));
  REGMARK_ASSIGN(const auto noted, desk.oversight.searches.note(receipt, looked));
  if (noted.is_next_page) return {};
  return put_on_record(desk, receipt, noted);
}

}  // namespace

Result<std::string> line_of(const Desk& desk, const base::PersonId& person) {
  auto line = desk.people.line(person);
  if (!line && line.error().code == ErrorCode::not_found) return std::string();
  return line;
}

Result<void> note_search(const Desk& desk, const audit::Receipt& receipt, access::Scope scope,
                         std::uint64_t rows, PageOf page, const std::set<base::CameraId>& read_by) {
  return note(desk, receipt,
              {.scope = std::move(scope),
               .rows = rows,
               .is_next_page = page == PageOf::question_before,
               .read_by = {read_by.begin(), read_by.end()}});
}

Result<void> note_search(const Desk& desk, const audit::Receipt& receipt, access::Scope scope,
                         std::span<const plate::Read> reads, PageOf page) {
  std::set<base::CameraId> cameras;
  for (const auto& read : reads) cameras.insert(read.camera);
  return note_search(desk, receipt, std::move(scope), reads.size(), page, cameras);
}

Result<void> note_search(const Desk& desk, const audit::Receipt& receipt, access::Scope scope,
                         const sightings::Convoy& convoy) {
  std::set<base::CameraId> cameras;
  for (const auto& companion : convoy.companions) {
    for (const auto& meeting : companion.meetings) cameras.insert(meeting.camera);
  }
  return note_search(desk, receipt, std::move(scope), rows_in(convoy), PageOf::new_question,
                     cameras);
}

Result<std::optional<access::Refusal>> against_register(const Desk& desk, const Asker& asker,
                                                        access::Act act) {
  const bool is_asked = act == access::Act::search_sightings || act == access::Act::find_convoys ||
                        act == access::Act::track_plate || act == access::Act::hold_sightings ||
                        act == access::Act::export_evidence;
  if (!is_asked || desk.oversight.settings.case_rule == oversight::CaseRule::flag) {
    return std::nullopt;
  }
  REGMARK_ASSIGN(const auto flag,
                 desk.oversight.cases.against(asker.person.organisation, asker.purpose));
  if (!flag) return std::nullopt;
  return access::Refusal{.reasons = {std::string(oversight::in_words(*flag))},
                         .rules = {"case-register"}};
}

}  // namespace regmark::desk
