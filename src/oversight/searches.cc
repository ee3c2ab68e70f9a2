#include "oversight/searches.h"

#include <set>

#include "oversight/internal/rows.h"
#include "oversight/reasons.h"

namespace regmark::oversight {

using access::Act;
using audit::Receipt;
using records::Transaction;

namespace {

// Within which a page belongs to the question before it: a permit to search lasts minutes.
constexpr std::chrono::hours question_max{12};

bool is_noted(Act act) {
  return act == Act::search_sightings || act == Act::find_convoys || act == Act::track_plate ||
         act == Act::hold_sightings || act == Act::read_held || act == Act::export_held ||
         act == Act::export_evidence || act == Act::answer_subject;
}

SearchNote note_of(const Receipt& receipt, const Looked& looked, base::UtcTime now) {
  const auto& permit = receipt.permit();
  return {.receipt = receipt.number(),
          .at = now,
          .act = permit.act(),
          .person = permit.person().id,
          .organisation = permit.person().organisation,
          .line = looked.line,
          .purpose = permit.purpose(),
          .plate = looked.scope.plate,
          .window = looked.scope.window,
          .cameras = looked.scope.cameras.size(),
          .has_area = looked.scope.area.has_value(),
          .rows = looked.rows,
          .leave = looked.leave};
}

// The same for each page of one question, and for no other.
std::int64_t question_of(const SearchNote& note, const access::Scope& scope) {
  std::string text(access::name(note.act));
  const auto add = [&](const std::string& part) { text.append("\n").append(part); };
  const auto& purpose = note.purpose;
  for (const auto* part : {&purpose.category, &purpose.reason, &purpose.reference,
                           &purpose.for_whom, &scope.plate, &scope.subject}) {
    add(std::to_string(part->size()) + ":" + *part);
  }
  for (const auto& camera : scope.cameras) add(camera.text());
  // What goes on under an authority is looked after by itself.
  if (note.leave) add("by " + note.leave->id.text());
  if (scope.area) {
    add(std::to_string(scope.area->centre.latitude) + " " +
        std::to_string(scope.area->centre.longitude) + " " + std::to_string(scope.area->radius_m));
  }
  if (scope.window)
    add(base::format_utc(scope.window->from) + base::format_utc(scope.window->until));
  return number_of(text);
}

Result<void> add_cameras(Transaction& transaction, std::int64_t search, base::UtcTime at,
                         std::span<const base::CameraId> cameras) {
  for (const auto& camera : cameras) {
    REGMARK_TRY(transaction.run(
        "INSERT OR IGNORE INTO search_cameras (search, camera, day) VALUES (?1, ?2, ?3)",
        {search, camera.text(), internal::number_of_day(base::day_of(at))}));
  }
  return {};
}

// The search whose next page this is; nothing: there is none.
Result<std::optional<std::int64_t>> add_page(Transaction& transaction, const SearchNote& note,
                                             std::int64_t question) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run(
          "UPDATE searches SET rows = rows + ?4, pages = pages + 1 WHERE number = "
          "(SELECT number FROM searches WHERE receipt IS NOT NULL AND person = ?1 AND at >= ?2 AND "
          "question = ?3 ORDER BY at DESC LIMIT 1) RETURNING number",
          {note.person.text(), records::value_of(note.at - question_max), question,
           static_cast<std::int64_t>(note.rows)}));
  if (rows.empty()) return std::optional<std::int64_t>{};
  return std::optional{rows.front().integer(0)};
}

// For how many other references this person lately gave a reason like this one.
Result<std::uint64_t> own_repeats(Transaction& transaction, const SearchNote& note,
                                  const std::vector<std::string>& words) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT DISTINCT reference, words FROM "
                                 "(SELECT reference, words FROM searches WHERE receipt IS NOT NULL "
                                 "AND person = ?1 AND at >= ?2 ORDER BY at DESC LIMIT ?3)",
                                 {note.person.text(), records::value_of(note.at - repeats_within),
                                  static_cast<std::int64_t>(own_reasons_max)}));
  std::set<std::string> references;
  for (const auto& row : rows) {
    if (row.text(0) == note.purpose.reference || references.contains(row.text(0))) continue;
    if (likeness(words, parted(row.text(1))) >= alike_least) references.insert(row.text(0));
  }
  return references.size();
}

// For how many other references anybody of the force gave it word for word.
Result<std::uint64_t> force_repeats(Transaction& transaction, const SearchNote& note,
                                    const std::vector<std::string>& words) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT COUNT(DISTINCT reference) FROM searches WHERE receipt IS NOT NULL "
                      "AND organisation = ?1 AND words_number = ?2 AND at >= ?3 "
                      "AND reference <> ?4",
                      {note.organisation.text(), number_of(joined(words)),
                       records::value_of(note.at - repeats_within), note.purpose.reference}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

Result<std::vector<Flag>> flags_of_note(Transaction& transaction, const SearchNote& note,
                                        const std::vector<std::string>& words) {
  // A keeper's request is no case of anybody's, and its reasons are alike.
  if (note.act == Act::answer_subject) return {};
  auto flags = flags_of(words);
  if (!words.empty()) {
    REGMARK_ASSIGN(const auto own, own_repeats(transaction, note, words));
    REGMARK_ASSIGN(const auto force, force_repeats(transaction, note, words));
    if (own >= own_repeats_least || force >= force_repeats_least) {
      flags.push_back(Flag::repeated_reason);
    }
  }
  REGMARK_ASSIGN(const auto of_case, internal::case_flag(transaction, note.organisation,
                                                         note.purpose, base::day_of(note.at)));
  if (of_case) flags.push_back(*of_case);
  return flags;
}

}  // namespace

Result<Noted> Searches::note(const Receipt& receipt, const Looked& looked) {
  if (!is_noted(receipt.permit().act())) {
    return fail(ErrorCode::invalid_input, "the receipt is for another act");
  }
  // Drawn for every search, so that those that chance picks stand for all.
  const bool is_sampled = draw_() % 100 < settings_.review_percent;
  auto note = note_of(receipt, looked, clock_.now());
  const internal::NoteKeys keys{telling_words(note.purpose.reason),
                                question_of(note, looked.scope)};
  return database_.write([&](Transaction& transaction) -> Result<Noted> {
    if (looked.is_next_page) {
      REGMARK_ASSIGN(const auto search, add_page(transaction, note, keys.question));
      if (search) {
        REGMARK_TRY(add_cameras(transaction, *search, note.at, looked.read_by));
        return Noted{.at = note.at, .is_next_page = true};
      }
    }
    REGMARK_ASSIGN(note.flags, flags_of_note(transaction, note, keys.words));
    REGMARK_ASSIGN(const auto number, internal::insert(transaction, note, keys));
    REGMARK_TRY(add_cameras(transaction, number, note.at, looked.read_by));
    std::vector<Why> why;
    if (is_sampled) why.push_back(Why::sampled);
    if (note.leave && note.leave->is_oral) why.push_back(Why::urgent);
    if (!note.flags.empty()) why.push_back(Why::flagged);
    if (!why.empty()) {
      REGMARK_TRY(internal::insert_review(transaction, number, note, why,
                                          note.at + settings_.review_within));
    }
    return Noted{.at = note.at};
  });
}

Result<std::vector<SearchNote>> Searches::since(const Receipt& receipt, base::UtcTime from) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_signals, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<std::vector<SearchNote>> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("SELECT " + std::string(internal::search_columns) +
                            " FROM searches s WHERE s.receipt IS NOT NULL AND "
                            "s.organisation = ?1 AND s.at >= ?2 ORDER BY s.at, s.number LIMIT ?3",
                        {receipt.permit().person().organisation.text(), records::value_of(from),
                         static_cast<std::int64_t>(notes_max + 1)}));
    if (rows.size() > notes_max) {
      return fail(ErrorCode::limit_exceeded, "too many searches at once: ask for fewer days");
    }
    std::vector<SearchNote> notes;
    notes.reserve(rows.size());
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto note, internal::search_of(row, 0));
      notes.push_back(std::move(note));
    }
    return notes;
  });
}

Result<std::vector<CameraUse>> Searches::uses(const Receipt& receipt,
                                              std::span<const base::CameraId> cameras,
                                              base::UtcDay from, base::UtcDay until) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<std::vector<CameraUse>> {
    std::vector<CameraUse> uses;
    for (const auto& camera : cameras) {
      REGMARK_ASSIGN(
          const auto rows,
          transaction.run(
              "SELECT COUNT(*), COUNT(DISTINCT s.organisation || ' ' || s.reference)"
              " FROM search_cameras c JOIN searches s ON s.number = c.search"
              " WHERE c.camera = ?1 AND c.day >= ?2 AND c.day < ?3",
              {camera.text(), internal::number_of_day(from), internal::number_of_day(until)}));
      uses.push_back({camera, static_cast<std::uint64_t>(rows.front().integer(0)),
                      static_cast<std::uint64_t>(rows.front().integer(1))});
    }
    return uses;
  });
}

namespace {

// Whose time is over, and which nobody has still to review. ?1: before when.
constexpr std::string_view is_over_time =
    "receipt IS NOT NULL AND at < ?1 AND NOT EXISTS (SELECT 1 FROM reviews r WHERE "
    "r.search = searches.number AND r.state IN ('waiting', 'taken', 'needs_explanation'))";

}  // namespace

Result<std::uint64_t> Searches::count_over(Transaction& transaction, base::UtcTime before) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT COUNT(*) FROM searches WHERE " + std::string(is_over_time),
                                 {records::value_of(before)}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

Result<std::uint64_t> Searches::erase_over(Transaction& transaction,
                                           const audit::MachineReceipt& receipt,
                                           base::UtcTime before) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  const std::string over(is_over_time);
  REGMARK_TRY(transaction.run(
      "DELETE FROM review_steps WHERE review IN (SELECT id FROM reviews WHERE search IN "
      "(SELECT number FROM searches WHERE " +
          over + "))",
      {records::value_of(before)}));
  REGMARK_TRY(transaction.run(
      "UPDATE reviews SET searcher = NULL, giver = NULL, owner = NULL WHERE search IN "
      "(SELECT number FROM searches WHERE " +
          over + ")",
      {records::value_of(before)}));
  REGMARK_TRY(transaction.run(
      "UPDATE searches SET receipt = NULL, at = NULL, act = NULL, person = NULL, line = NULL, "
      "category = NULL, reason = NULL, reference = NULL, for_whom = NULL, plate = NULL, "
      "from_time = NULL, until_time = NULL, cameras = NULL, has_area = NULL, rows = NULL, "
      "pages = NULL, authority = NULL, giver = NULL, giver_line = NULL, is_oral = NULL, "
      "flags = NULL, words = NULL, words_number = NULL, question = NULL WHERE " +
          over,
      {records::value_of(before)}));
  return static_cast<std::uint64_t>(transaction.changed());
}

}  // namespace regmark::oversight
