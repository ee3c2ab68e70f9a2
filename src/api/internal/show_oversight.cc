// Reviews, signals and the requests of those whom reads are about.
#include "api/internal/show.h"
#include "api/internal/show_or_null.h"

namespace regmark::api {

Json show(const oversight::ImportReport& report) {
  Json rejected = Json::array();
  for (const auto& one : report.rejected) {
    rejected.push_back({{"line", one.line}, {"reason", one.reason}});
  }
  return {{"taken", report.taken},
          {"rejected_count", report.rejected_count},
          {"rejected", std::move(rejected)}};
}

Json show(const oversight::SearchNote& note) {
  Json flags = Json::array();
  for (const auto flag : note.flags) {
    flags.push_back({{"flag", std::string(oversight::name(flag))},
                     {"words", std::string(oversight::in_words(flag))}});
  }
  const auto& leave = note.leave;
  const auto window = [&](const base::UtcTime access::Window::*end) {
    return note.window ? Json(base::format_utc((*note.window).*end)) : Json(nullptr);
  };
  return {{"receipt", note.receipt},
          {"at", base::format_utc(note.at)},
          {"act", std::string(access::name(note.act))},
          {"person", note.person.text()},
          {"line", note.line},
          {"purpose", show(note.purpose)},
          {"plate", note.plate},
          {"from", window(&access::Window::from)},
          {"until", window(&access::Window::until)},
          {"cameras", note.cameras},
          {"in_area", note.has_area},
          {"rows", note.rows},
          {"pages", note.pages},
          {"authority", leave ? Json(leave->id.text()) : Json(nullptr)},
          {"authority_giver", leave ? id_or_null(leave->giver) : Json(nullptr)},
          {"by_word_of_mouth", leave && leave->is_oral},
          {"flags", std::move(flags)}};
}

Json show(const oversight::Review& review, base::UtcTime now) {
  Json why = Json::array();
  for (const auto one : review.why) why.push_back(std::string(oversight::name(one)));
  Json steps = Json::array();
  for (const auto& step : review.steps) {
    steps.push_back({{"at", base::format_utc(step.at)},
                     {"by", step.by.text()},
                     {"to", std::string(oversight::name(step.to))},
                     {"words", step.words}});
  }
  return {{"id", review.id.text()},
          {"state", std::string(oversight::name(review.state))},
          {"why", std::move(why)},
          {"search", show(review.search)},
          {"made_at", base::format_utc(review.made_at)},
          {"due", base::format_utc(review.due)},
          {"overdue", review.is_overdue(now)},
          {"owner", id_or_null(review.owner)},
          {"steps", std::move(steps)}};
}

Json show(const oversight::FollowUp& follow_up, base::UtcTime now) {
  Json steps = Json::array();
  for (const auto& step : follow_up.steps) {
    steps.push_back(
        {{"at", base::format_utc(step.at)}, {"by", step.by.text()}, {"words", step.words}});
  }
  return {{"missed", std::string(oversight::name(follow_up.missed))},
          {"id", follow_up.about},
          {"purpose", show(follow_up.purpose)},
          {"person", follow_up.person.text()},
          {"giver", id_or_null(follow_up.giver)},
          {"since", base::format_utc(follow_up.since)},
          {"due", base::format_utc(follow_up.due)},
          {"overdue", follow_up.is_overdue(now)},
          {"owner", id_or_null(follow_up.owner)},
          {"steps", std::move(steps)}};
}

Json show(const oversight::MonthOfReviews& month) {
  return {{"month", base::format_day(month.month).substr(0, std::string_view("2026-11").size())},
          {"searches", month.searches},
          {"sampled", month.sampled},
          {"urgent", month.urgent},
          {"flagged", month.flagged},
          {"to_review", month.to_review},
          {"reviewed", month.reviewed},
          {"overdue", month.overdue},
          {"in_order", month.in_order},
          {"needs_explanation", month.needs_explanation},
          {"misuse_suspected", month.misuse_suspected}};
}

Json show(const oversight::Signal& signal) {
  return {{"kind", std::string(oversight::name(signal.kind))},
          {"person", signal.person.text()},
          {"from", base::format_utc(signal.from)},
          {"until", base::format_utc(signal.until)},
          {"words", signal.words},
          {"searches", signal.searches},
          {"evidence", signal.evidence}};
}

Json show_clock(const oversight::SubjectRequest& request, base::UtcDay today) {
  return {{"id", request.id.text()},
          {"wish", std::string(oversight::name(request.about.wish))},
          {"received", base::format_day(request.about.received)},
          {"due", base::format_day(request.due)},
          {"is_extended", !request.extended.empty()},
          {"overdue", request.is_overdue(today)},
          {"state", std::string(oversight::name(request.state))},
          {"decided_at", time_or_null(request.decided_at)}};
}

namespace {

Json names_of(const std::vector<oversight::Part>& parts) {
  Json names = Json::array();
  for (const auto part : parts) names.push_back(std::string(oversight::name(part)));
  return names;
}

}  // namespace

Json show(const oversight::SubjectRequest& request, base::UtcDay today) {
  Json held_back = Json::array();
  for (const auto& part : request.held_back) {
    held_back.push_back({{"from", base::format_utc(part.from)},
                         {"until", base::format_utc(part.until)},
                         {"exemption", std::string(oversight::name(part.exemption))},
                         {"exemption_words", std::string(oversight::in_words(part.exemption))},
                         {"reason", part.reason},
                         {"parts", names_of(part.parts)},
                         {"is_told", part.told == oversight::Told::yes}});
  }
  const auto& erased = request.erased;
  auto shown = show_clock(request, today);
  shown.update({{"plate", request.about.plate},
                {"from", base::format_utc(request.about.window.from)},
                {"until", base::format_utc(request.about.window.until)},
                {"asked_by", request.about.asked_by},
                {"why_extended", request.extended},
                {"decided_by", id_or_null(request.decided_by)},
                {"words", request.words},
                {"held_back", std::move(held_back)},
                {"gives", names_of(request.gives)},
                {"unsaid", std::string(oversight::name(request.unsaid))},
                {"erased",
                 {{"reads", erased.reads},
                  {"pictures", erased.pictures},
                  {"alerts", erased.alerts},
                  {"kept", erased.kept}}}});
  return shown;
}

}  // namespace regmark::api
