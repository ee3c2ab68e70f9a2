// The schemas of what those get who look after searches, and of keepers' requests.
#include <vector>

#include "access/decide.h"
#include "api/internal/shapes.h"
#include "oversight/oversight.h"
#include "oversight/signals.h"
#include "people/people.h"

namespace regmark::api {
namespace {

Json report_of_lines() {
  return object({{"taken", count()},
                 {"rejected_count", count()},
                 {"rejected", list_of(object({{"line", count()}, {"reason", text(200)}}),
                                      oversight::rejected_max)}});
}

Json search_note() {
  return object(
      {{"receipt", described(count(), "Its record in the audit log.")},
       {"at", time_text()},
       {"act", text(64)},
       {"person", id_text()},
       {"person_name", text(name_length_max)},
       {"line", described(text(people::line_size_max), "The person's team, where it is known.")},
       {"purpose", named("Purpose")},
       {"plate", described(text(access::pattern_size_max),
                           "As it was asked for; empty: everybody who passed.")},
       {"from", or_null(time_text())},
       {"until", or_null(time_text())},
       {"cameras", described(count(), "How many were named; 0: any.")},
       {"in_area", flag()},
       {"rows", described(count(), "How many were found, on all pages.")},
       {"pages", count()},
       {"authority", or_null(id_text())},
       {"authority_giver", or_null(id_text())},
       {"by_word_of_mouth", flag()},
       {"flags", list_of(object({{"flag", text(64)}, {"words", text(200)}}),
                         std::size(oversight::all_flags))}});
}

Json review_shape() {
  const auto state =
      one_of({"waiting", "taken", "needs_explanation", "in_order", "misuse_suspected"});
  return object({{"id", id_text()},
                 {"state", state},
                 {"why", list_of(one_of({"sampled", "urgent", "flagged"}), 3)},
                 {"search", named("SearchNote")},
                 {"made_at", time_text()},
                 {"due", time_text()},
                 {"overdue", flag()},
                 {"owner", or_null(id_text())},
                 {"owner_name", or_null(text(name_length_max))},
                 {"steps", list_of(object({{"at", time_text()},
                                           {"by", id_text()},
                                           {"to", state},
                                           {"words", text(oversight::words_size_max)}}),
                                   oversight::reviews_max)}});
}

Json follow_up_shape() {
  return object(
      {{"missed", described(one_of({"hold", "authority"}),
                            "A hold that nobody reviewed, or an authority by word of mouth that "
                            "nobody confirmed.")},
       {"id", described(id_text(), "The hold's or the authority's.")},
       {"purpose", named("Purpose")},
       {"person", described(id_text(), "Who holds it, or who asked for it.")},
       {"person_name", text(name_length_max)},
       {"giver", described(or_null(id_text()), "Who is said to have given the authority.")},
       {"giver_name", or_null(text(name_length_max))},
       {"since", described(time_text(), "From when on it was not done in time.")},
       {"due", described(time_text(), "Then professional standards see it.")},
       {"overdue", flag()},
       {"owner", or_null(id_text())},
       {"owner_name", or_null(text(name_length_max))},
       {"steps", list_of(object({{"at", time_text()},
                                 {"by", id_text()},
                                 {"words", described(text(oversight::words_size_max),
                                                     "None: it was taken.")}}),
                         oversight::follow_up_steps_max)}});
}

Json month_of_reviews() {
  return object(
      {{"month", text(16)},
       {"searches", count()},
       {"sampled", described(count(), "Drawn by chance.")},
       {"urgent", described(count(), "Under an authority by word of mouth.")},
       {"flagged", count()},
       {"to_review", described(count(), "Each once, whatever the reasons.")},
       {"reviewed", count()},
       {"overdue", described(count(), "Not reviewed in time, as of now.")},
       {"in_order", count()},
       {"needs_explanation", described(count(), "Of which an explanation was asked for.")},
       {"misuse_suspected", count()}});
}

Json signal_shape() {
  return object(
      {{"kind", one_of({"plate_again", "off_hours", "far_from_usual", "reference_reused",
                        "household", "bulk"})},
       {"person", id_text()},
       {"person_name", text(name_length_max)},
       {"from", time_text()},
       {"until", time_text()},
       {"words", described(text(1'000), "What there is to ask. It is no verdict.")},
       {"searches", count()},
       {"evidence", described(list_of(count(), oversight::evidence_max),
                              "Receipts of the searches that it rests on; the latest.")}});
}

std::vector<Member> clock_of_request() {
  return {{"id", id_text()},
          {"wish", one_of({"access", "erasure"})},
          {"received", day_text()},
          {"due", described(day_text(), "One month on (DPA 2018 s.54), or three when extended.")},
          {"is_extended", flag()},
          {"overdue", flag()},
          {"state", one_of({"open", "answered", "refused", "neither"})},
          {"decided_at", or_null(time_text())}};
}

Json parts() {
  return list_of(one_of({"reads", "alerts", "entries", "held"}), std::size(oversight::all_parts));
}

Json subject_request() {
  auto members = clock_of_request();
  const auto words = text(oversight::subject_words_max);
  for (auto& member :
       std::vector<Member>{{"plate", text(access::pattern_size_max)},
                           {"from", time_text()},
                           {"until", time_text()},
                           {"asked_by", words},
                           {"why_extended", words},
                           {"decided_by", or_null(id_text())},
                           {"words", described(words, "To the keeper.")},
                           {"held_back", list_of(object({{"from", time_text()},
                                                         {"until", time_text()},
                                                         {"exemption", named("Exemption")},
                                                         {"exemption_words", text(200)},
                                                         {"reason", words},
                                                         {"parts", parts()},
                                                         {"is_told", flag()}}),
                                                 oversight::subject_requests_max)},
                           {"gives", parts()},
                           {"unsaid", named("Exemption")},
                           {"erased", described(object({{"reads", count()},
                                                        {"pictures", count()},
                                                        {"alerts", count()},
                                                        {"kept", count()}}),
                                                "Before their time, for this request; and how many "
                                                "could not go.")}}) {
    members.push_back(std::move(member));
  }
  return object(std::move(members));
}

Json exemption() {
  return described(one_of({"inquiry", "crime", "public_security", "national_security", "others"}),
                   "The grounds of DPA 2018 s.45(4), (a) to (e).");
}

}  // namespace

Json oversight_shapes() {
  return {{"LinesReport", report_of_lines()},
          {"SearchNote", search_note()},
          {"Review", review_shape()},
          {"FollowUp", follow_up_shape()},
          {"MonthOfReviews", month_of_reviews()},
          {"Signal", signal_shape()},
          {"SubjectClock", object(clock_of_request())},
          {"SubjectRequest", subject_request()},
          {"Exemption", exemption()}};
}

}  // namespace regmark::api
