// The yearly review, what is due when, and which cameras would stop.
#include <algorithm>

#include "base/words.h"
#include "estate/internal/advice.h"
#include "estate/internal/check.h"
#include "estate/internal/check_review.h"
#include "estate/internal/due_of.h"
#include "estate/internal/papers_table.h"
#include "estate/internal/recorded_estate.h"

namespace regmark::estate {

std::string_view name(Urgency urgency) {
  switch (urgency) {
    case Urgency::lapsed:
      return "lapsed";
    case Urgency::escalated:
      return "escalated";
    case Urgency::overdue:
      return "overdue";
    case Urgency::soon:
      return "soon";
    case Urgency::later:
      return "later";
  }
  return "unknown";
}

std::string_view name(Awaits awaits) {
  switch (awaits) {
    case Awaits::review:
      return "review";
    case Awaits::impact:
      return "impact";
    case Awaits::notice:
      return "notice";
    case Awaits::end:
      return "end";
  }
  return "unknown";
}

}  // namespace regmark::estate

namespace regmark::estate::internal {
namespace {

using access::Act;
using assessment::Guidance;
using assessment::Paper;
using assessment::ReviewOutcome;
using records::Transaction;

tl::unexpected<Error> invalid(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

struct AssessedAnew {
  bool lets_continue = false;
  std::string against{};  // whose advice on it does not, and what they said
};

// Whether the impact was assessed again since the site was last decided on or reviewed (7.7), with
// the advice of both whom 1.11 names. Advice of either against it is for the controller to answer,
// in a decision: then it was not. Fails where it was, and not to its end.
Result<AssessedAnew> assessed_anew(const Guidance& guidance, const SiteRow& row,
                                   std::span<const PaperRecord> papers) {
  const auto* form = guidance.form("impact");
  const auto* impact = latest_paper(papers, "impact");
  if (!form || !impact || impact->number <= judged_until(row)) return AssessedAnew{};
  REGMARK_TRY(assessment::check_whole(*form, impact->paper));
  REGMARK_TRY(check_advised(guidance, papers));
  auto against = said_against(guidance, papers);
  return AssessedAnew{against.empty(), std::move(against)};
}

// Each camera of the site has its own outcome, once; gives those to stop.
Result<std::vector<base::CameraId>> cameras_to_stop(const Paper& review,
                                                    std::vector<base::CameraId> standing) {
  std::vector<base::CameraId> stopping;
  const auto part = review.parts.find("cameras");
  if (part != review.parts.end()) {
    for (const auto& row : part->second.rows) {
      const auto id = base::CameraId::parse(row.at("camera"));
      const auto found = id ? std::ranges::find(standing, *id) : standing.end();
      if (found == standing.end()) {
        return invalid("cameras: " + (id ? id->text() : "one") +
                       " does not stand at the site, or is there twice");
      }
      if (row.at("outcome") == "stop") stopping.push_back(*found);
      standing.erase(found);
    }
  }
  if (!standing.empty()) {
    return invalid("cameras: nothing is said of " + base::joined(standing, &base::CameraId::text));
  }
  return stopping;
}

// Section 7 has no way to continue a place without a camera: either the place is no longer relevant
// or proportionate, and the answers say so, or a camera of it goes on.
Result<void> check_some_camera_goes_on(const assessment::ReviewCourse& course, std::size_t stopping,
                                       std::size_t standing) {
  if (course.outcome != ReviewOutcome::go_on || stopping == 0 || stopping < standing) return {};
  return invalid("cameras: every one is to stop, and by the other answers the site continues (" +
                 std::string(course.paragraphs.back()) +
                 "): answer that it is no longer relevant (7.4) or proportionate (7.9), or let a "
                 "camera continue");
}

// What lapsed for want of a review (7.1) none lets continue, whatever became of its impact: it is
// assessed and decided like what is new.
assessment::ReviewCourse after_a_lapse(assessment::ReviewCourse course) {
  const bool missed_its_aims = course.paragraphs.back() == "7.3";
  if (course.outcome == ReviewOutcome::stop || missed_its_aims) return course;
  return {ReviewOutcome::reassess, {"7.1"}};
}

Step step_of(ReviewOutcome outcome) {
  if (outcome == ReviewOutcome::stop) return Step::stop;
  return outcome == ReviewOutcome::go_on ? Step::go_on : Step::reassess;
}

}  // namespace

Result<assessment::ReviewCourse> RecordedEstate::review(const Receipt& receipt,
                                                        const base::SiteId& site,
                                                        const Paper& review, base::UtcDay next) {
  REGMARK_TRY(audit::check_open(receipt, Act::review_estate, site.text(), clock_.now()));
  const auto* form = guidance_.form("review");
  if (!form || review.form != form->id) return invalid("that is not the form of a review");
  REGMARK_TRY(assessment::check_whole(*form, review));
  auto answers = assessment::answers_in(review);
  auto course = assessment::follow(answers);
  if (course.outcome == ReviewOutcome::unanswered) {
    return invalid("the review stops short: paragraph " + std::string(course.paragraphs.back()) +
                   " is not answered");
  }
  const auto held = current();
  std::string against;                 // whose advice sends it back, and what they said
  std::optional<base::UtcDay> lapsed;  // after which day
  REGMARK_TRY(take(
      receipt, Act::review_estate, site, Step::review,
      [&](Transaction& transaction, const Deed& deed, const SiteRow& row) -> Result<NewStep> {
        REGMARK_TRY(check_other_person(row, deed.by, {}));
        REGMARK_ASSIGN(const auto papers, papers_of(transaction, site));
        if (is_past(row.record.lapses, deed.at)) {
          lapsed = row.record.lapses;
          course = after_a_lapse(std::move(course));
        } else if (course.paragraphs.back() == "7.7") {
          REGMARK_ASSIGN(const auto anew, assessed_anew(guidance_, row, papers));
          answers.impact_assessed = anew.lets_continue;
          against = anew.against;
          course = assessment::follow(answers);
        }
        if (course.outcome == ReviewOutcome::go_on) {
          REGMARK_TRY(check_review_day(next, guidance_.life(), deed.at));
        }
        std::vector<base::CameraId> stopping;
        if (course.outcome != ReviewOutcome::stop) {
          const auto standing = held->cameras_at(site);
          REGMARK_ASSIGN(stopping, cameras_to_stop(review, standing));
          REGMARK_TRY(check_some_camera_goes_on(course, stopping.size(), standing.size()));
        }
        if (course.outcome == ReviewOutcome::go_on) {
          REGMARK_TRY(check_may_continue(guidance_, row, papers, deed.by));
        }
        for (const auto& camera : stopping) {
          REGMARK_TRY(
              stop_row(transaction, deed, Kind::camera, camera.text(), "stopped by review"));
        }
        REGMARK_ASSIGN(const auto number,
                       add_paper(transaction, deed, site, review, guidance_.version()));
        return NewStep{.paper = number};
      },
      [&](const Deed& deed) {
        auto follows = what_follows(course, next, deed, lapsed);
        if (!against.empty()) follows.second.words += "; " + against;
        return follows;
      }));
  return course;
}

std::pair<Step, NewStep> RecordedEstate::what_follows(
    const assessment::ReviewCourse& course, base::UtcDay next, const Deed& deed,
    const std::optional<base::UtcDay>& lapsed) const {
  NewStep follows{.words = "review: paragraph " + std::string(course.paragraphs.back())};
  if (course.outcome == ReviewOutcome::go_on) {
    follows.review = next;
    follows.lapses = lapses(next);
  } else if (course.outcome == ReviewOutcome::reassess && lapsed) {
    follows.lapses = lapsed;
    follows.words += "; its justification lapsed after " + base::format_day(*lapsed) +
                     ": it collects nothing before it is assessed and decided anew";
  } else if (course.outcome == ReviewOutcome::reassess) {
    follows.lapses = base::day_of(deed.at) + guidance_.life().reassess;
  }
  return {step_of(course.outcome), std::move(follows)};
}

Result<std::vector<ReviewDue>> RecordedEstate::reviews_due(const Receipt& receipt) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, now));
  auto due = sites_due(*current(), guidance_.life(), base::day_of(now));
  std::ranges::stable_sort(due, {},
                           [](const ReviewDue& one) { return std::pair(one.review, one.site); });
  return due;
}

Result<ReviewCount> RecordedEstate::review_count(const Receipt& receipt, base::UtcTime from,
                                                 base::UtcTime until) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_register, clock_.now()));
  const auto snapshot = current();
  ReviewCount count;
  for (const auto& [id, row] : snapshot->site_rows()) {
    if (is_apart(row)) continue;
    // At the end. Two variables: as an optional it makes GCC 12 warn for nothing.
    bool is_due = false;
    base::UtcDay due{};
    auto path = row.record.about.path;
    for (const auto& step : row.steps) {
      if (step.at >= until) break;
      // As it was then: one that was short may have taken the full path.
      if (step.step == Step::begin || step.step == Step::go_on) path = Path::full;
      if (step.step == Step::review && step.at >= from) ++count.done;
      // A short one has no review: it ends. Nor has what was only proposed, which collects nothing.
      if (step.review && step.lapses && !is_short(path)) {
        is_due = true;
        due = *step.review;
      }
      // What was sent back was reviewed: it waits for its assessment.
      if (step.step == Step::stop || step.step == Step::refuse || step.step == Step::reassess) {
        is_due = false;
      }
    }
    if (is_due && until >= overdue_from(due)) ++count.overdue;
  }
  return count;
}

Result<std::vector<WouldStop>> RecordedEstate::would_stop(const Receipt& receipt,
                                                          base::UtcDay day) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, now));
  if (day < base::day_of(now)) return invalid("the day must not be over");
  const auto snapshot = current();
  const base::UtcTime then = day + std::chrono::days{1} - std::chrono::microseconds{1};
  std::vector<WouldStop> stopping;
  for (const auto& camera : snapshot->cameras(Kept::openly, now)) {
    if (!camera.collects_now) continue;
    auto verdict = judge(snapshot->life(camera.about.id)->lifetime, then);
    if (!verdict.collects) stopping.push_back({camera.about.id, std::move(verdict.why_not)});
  }
  return stopping;
}

}  // namespace regmark::estate::internal
