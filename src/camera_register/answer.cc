// From what is known of each camera to counts, and how sure they are.
#include <algorithm>
#include <map>
#include <set>

#include "camera_register/camera_register.h"

namespace regmark::camera_register {
namespace {

// Whether something is so, or by a day that is about right may be; or nobody wrote down.
enum class Said : std::uint8_t { no, about_no, about_yes, yes, unknown };

bool is_about(Said said) {
  return said == Said::about_no || said == Said::about_yes;
}

// As sure as the day is: one that is about right leaves both sides open.
Said so(bool is_so, bool is_in_doubt) {
  if (is_in_doubt) return is_so ? Said::about_yes : Said::about_no;
  return is_so ? Said::yes : Said::no;
}

// Whether a day that is about right may lie on the other side of the end of that one.
bool is_in_doubt(const Dated& dated, base::UtcDay end) {
  if (dated.how == Certainty::exact) return false;
  return *dated.day - doubt <= end && end < *dated.day + doubt;
}

Said before_the_end_of(const Dated& dated, base::UtcDay day) {
  if (!dated.day) return Said::unknown;
  return so(*dated.day <= day, is_in_doubt(dated, day));
}

// It stood at the end of that day.
Said stood(const Known& known, base::UtcDay day) {
  const auto& camera = known.camera;
  auto came = before_the_end_of(camera.installed, day);
  // Whenever it was put up: it stood when it was entered.
  const bool was_entered = known.entered <= day;
  if (!camera.is_removed && was_entered && (came == Said::unknown || is_about(came))) {
    came = Said::yes;
  }
  if (came == Said::no || came == Said::about_no || !camera.is_removed) return came;
  const auto went = before_the_end_of(camera.removed, day);
  if (went == Said::yes) return Said::no;
  if (went == Said::about_yes) return Said::about_no;
  if (went == Said::unknown || came == Said::unknown) return Said::unknown;
  return went == Said::about_no ? Said::about_yes : came;
}

Said between(const Dated& dated, const Asked& asked) {
  if (!dated.day) return Said::unknown;
  const auto eve = asked.from - std::chrono::days{1};
  return so(*dated.day >= asked.from && *dated.day <= asked.until,
            is_in_doubt(dated, eve) || is_in_doubt(dated, asked.until));
}

void count(Figure& figure, Said said) {
  if (said == Said::unknown) ++figure.unknown;
  if (is_about(said)) figure.how = Certainty::approximate;
  if (said == Said::yes || said == Said::about_yes) ++figure.value;
}

Figure sum(const Figure& a, const Figure& b) {
  return {a.value + b.value, std::max(a.how, b.how), a.unknown + b.unknown};
}

template <typename Said_of>
std::map<CameraKind, Figure> by_kind(std::span<const Known> cameras, const Said_of& said) {
  std::map<CameraKind, Figure> figures;
  for (const auto& known : cameras) count(figures[known.camera.kind], said(known));
  return figures;
}

// The latest count of each kind as a whole, up to that day.
void add_counts(std::map<CameraKind, Figure>& figures, std::span<const WholeCount> counts,
                base::UtcDay day) {
  std::map<CameraKind, const WholeCount*> latest;
  for (const auto& one : counts) {
    auto& known = latest[one.kind];
    if (one.day <= day && (!known || one.day >= known->day)) known = &one;
  }
  for (const auto& [kind, one] : latest) {
    auto& figure = figures[kind];
    // Counted at some time, and not before this day: nothing is known of it.
    if (!one) {
      figure.how = Certainty::not_recorded;
    } else {
      figure.value += one->count;
      figure.how = std::max(figure.how, one->how);
      if (one->how == Certainty::not_recorded) continue;
      // Nobody counted since.
      if (one->day < day) figure.how = std::max(figure.how, Certainty::approximate);
      figure.counted = one->day;
    }
  }
}

// What is counted as a whole came and went on days that nobody wrote down.
void note_kinds_without_days(std::map<CameraKind, Figure>& figures,
                             std::span<const WholeCount> counts) {
  for (const auto& one : counts) figures[one.kind].how = Certainty::not_recorded;
}

void write_kinds(Draft& draft, const std::map<CameraKind, Figure>& figures) {
  Figure all;
  std::vector<CameraKind> without;
  for (const auto& [kind, figure] : figures) {
    draft.add(kind, figure);
    const bool is_recorded = figure.how != Certainty::not_recorded;
    if (!is_recorded) without.push_back(kind);
    // What is not recorded of one kind makes the others no less sure, and those of it that are
    // known stay.
    all = sum(all, is_recorded ? figure : Figure{figure.value, Certainty::exact, figure.unknown});
  }
  if (!figures.empty() && without.size() == figures.size() && all.value == 0) {
    all.how = Certainty::not_recorded;
  } else {
    all.without = std::move(without);
  }
  draft.add(Total::all, all);
}

int year_of(base::UtcDay day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

// Costs are written down by the year, so the answer is of whole years.
Draft draft_of(const Asked& asked) {
  if (asked.question != Question::costs) return {asked.question, asked.from, asked.until};
  return {asked.question, std::chrono::year{year_of(asked.from)} / std::chrono::January / 1,
          std::chrono::year{year_of(asked.until)} / std::chrono::December / 31};
}

void write_costs(Draft& draft, const Asked& asked, std::span<const Cost> costs) {
  std::map<int, std::map<CostKind, Figure>> years;
  // Since somebody first wrote costs down, a year without any is one that nobody wrote down.
  const auto first = std::ranges::min_element(costs, {}, &Cost::year);
  if (first != costs.end()) {
    for (int year = std::max(first->year, year_of(asked.from)); year <= year_of(asked.until);
         ++year) {
      years[year];
    }
  }
  for (const auto& cost : costs) {
    if (cost.year < year_of(asked.from) || cost.year > year_of(asked.until)) continue;
    auto& figure = years[cost.year][cost.kind];
    // That money was spent, and nobody wrote down how much.
    const bool is_recorded = cost.how != Certainty::not_recorded;
    figure = sum(figure,
                 is_recorded ? Figure{cost.pounds, cost.how, 0} : Figure{0, Certainty::exact, 1});
  }
  for (const auto& [year, kinds] : years) {
    Figure all{0, kinds.empty() ? Certainty::not_recorded : Certainty::exact, 0};
    for (const auto& [kind, figure] : kinds) {
      draft.add(CostLine{Year{year}, kind}, figure);
      all = sum(all, figure);
    }
    draft.add(Year{year}, all);
  }
  if (years.empty()) draft.add(Total::all, Figure{0, Certainty::not_recorded, 0});
}

void write_grounds(Draft& draft, const Asked& asked, std::span<const Known> cameras) {
  std::map<Ground, Figure> figures;
  for (const auto& known : cameras) count(figures[known.camera.ground], stood(known, asked.until));
  for (const auto& [ground, figure] : figures) draft.add(ground, figure);
}

// Nobody wrote down whether: of what did not come in through the estate's own acts.
bool is_publication_unknown(const Known& known) {
  return !known.camera.impact_published && (!known.is_of_estate || known.was_inherited);
}

void write_published(Draft& draft, const Asked& asked, std::span<const Known> cameras) {
  Figure published;
  Figure not_published;
  for (const auto& known : cameras) {
    const auto& day = known.camera.impact_published;
    const auto standing = stood(known, asked.until);
    if (is_publication_unknown(known)) {
      const bool may_stand = standing != Said::no && standing != Said::about_no;
      for (auto* const figure : {&published, &not_published}) figure->unknown += may_stand ? 1 : 0;
    } else {
      count(day && *day <= asked.until ? published : not_published, standing);
    }
  }
  draft.add(Total::published, published);
  draft.add(Total::not_published, not_published);
}

// Sites that came in from elsewhere, and of which no review up to the last day was written down.
struct NotWrittenDown {
  std::set<base::SiteId> done{};  // they may have had one between the days
  std::set<base::SiteId>
      overdue{};  // they had stood for a year, and only the register knew of them
};

NotWrittenDown not_written_down(const Asked& asked, std::span<const Known> cameras,
                                std::span<const KnownReview> past) {
  std::set<base::SiteId> reviewed;
  for (const auto& known : past) {
    if (known.review.day <= asked.until) reviewed.insert(known.review.site);
  }
  NotWrittenDown sites;
  for (const auto& known : cameras) {
    if (!known.site || !known.was_inherited || reviewed.contains(*known.site)) continue;
    if (known.entered <= asked.from) continue;
    const auto last = std::min(asked.until, known.entered - std::chrono::days{1});
    const auto may_have_stood = [&](base::UtcDay day) {
      const auto standing = stood(known, day);
      return standing != Said::no && standing != Said::about_no;
    };
    if (may_have_stood(last)) sites.done.insert(*known.site);
    if (last == asked.until && may_have_stood(last) && may_have_stood(last - review_every)) {
      sites.overdue.insert(*known.site);
    }
  }
  return sites;
}

// Those that were held between the days; and of how many sites the next was overdue on the last,
// as long as nothing but the register knew of them.
void write_reviews(Draft& draft, const Asked& asked, const ReviewCount& reviews,
                   std::span<const Known> cameras, std::span<const KnownReview> past) {
  Figure done{reviews.done, Certainty::exact, 0};
  Figure overdue{reviews.overdue, Certainty::exact, 0};
  std::map<base::SiteId, const KnownReview*> latest;
  for (const auto& known : past) {
    const auto& review = known.review;
    count(done, between({review.day, review.how}, asked));
    if (review.day > asked.until || known.entered <= asked.until) continue;
    auto& last = latest[review.site];
    if (!last || last->review.day < review.day) last = &known;
  }
  for (const auto& [site, known] : latest) {
    const auto& review = known->review;
    // Overdue at the end of the day after the last on which it was in time.
    const Dated late{review.day + review_every + std::chrono::days{1}, review.how};
    count(overdue, before_the_end_of(late, asked.until));
  }
  const auto unknown = not_written_down(asked, cameras, past);
  done.unknown += unknown.done.size();
  overdue.unknown += unknown.overdue.size();
  draft.add(Total::done, done);
  draft.add(Total::overdue, overdue);
}

}  // namespace

Draft answer(const Asked& asked, std::span<const Known> cameras, std::span<const WholeCount> counts,
             std::span<const Cost> costs, const ReviewCount& reviews,
             std::span<const KnownReview> past) {
  auto draft = draft_of(asked);
  switch (asked.question) {
    case Question::standing: {
      auto figures = by_kind(cameras, [&](const Known& one) { return stood(one, asked.until); });
      add_counts(figures, counts, asked.until);
      write_kinds(draft, figures);
      break;
    }
    case Question::installed: {
      auto figures =
          by_kind(cameras, [&](const Known& one) { return between(one.camera.installed, asked); });
      note_kinds_without_days(figures, counts);
      write_kinds(draft, figures);
      break;
    }
    case Question::removed: {
      auto figures = by_kind(cameras, [&](const Known& one) {
        return one.camera.is_removed ? between(one.camera.removed, asked) : Said::no;
      });
      note_kinds_without_days(figures, counts);
      write_kinds(draft, figures);
      break;
    }
    case Question::costs:
      write_costs(draft, asked, costs);
      break;
    case Question::grounds:
      write_grounds(draft, asked, cameras);
      break;
    case Question::reviews:
      write_reviews(draft, asked, reviews, cameras, past);
      break;
    case Question::impact_published:
      write_published(draft, asked, cameras);
      break;
  }
  return draft;
}

}  // namespace regmark::camera_register
