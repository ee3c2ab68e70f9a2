// From what is known of each camera to counts, and how sure they are.
#include <algorithm>
#include <map>

#include "camera_register/camera_register.h"

namespace regmark::camera_register {
namespace {

// Whether something is so, or nobody wrote down.
enum class Said : std::uint8_t { no, yes, about, unknown };

Said before_the_end_of(const Dated& dated, base::UtcDay day) {
  if (!dated.day) return Said::unknown;
  if (*dated.day > day) return Said::no;
  return dated.how == Certainty::exact ? Said::yes : Said::about;
}

// It stood at the end of that day.
Said stood(const Known& known, base::UtcDay day) {
  const auto& camera = known.camera;
  auto came = before_the_end_of(camera.installed, day);
  // Whenever it was put up: it stood when it was entered.
  if (came == Said::unknown && !camera.is_removed && known.entered <= day) came = Said::yes;
  if (came == Said::no) return Said::no;
  if (!camera.is_removed) return came;
  const auto went = before_the_end_of(camera.removed, day);
  if (went == Said::yes) return Said::no;
  if (went == Said::about) return Said::no;
  if (went == Said::unknown) return Said::unknown;
  return came;
}

Said between(const Dated& dated, const Asked& asked) {
  if (!dated.day) return Said::unknown;
  if (*dated.day < asked.from || *dated.day > asked.until) return Said::no;
  return dated.how == Certainty::exact ? Said::yes : Said::about;
}

void count(Figure& figure, Said said) {
  if (said == Said::unknown) ++figure.unknown;
  if (said != Said::yes && said != Said::about) return;
  ++figure.value;
  if (said == Said::about) figure.how = Certainty::approximate;
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
    }
  }
}

void write_kinds(Draft& draft, const std::map<CameraKind, Figure>& figures) {
  Figure all;
  for (const auto& [kind, figure] : figures) {
    draft.add(kind, figure);
    all = sum(all, figure);
  }
  // What one kind leaves open is open in the whole; a known part is still a number.
  if (all.how == Certainty::not_recorded && all.value > 0) all.how = Certainty::approximate;
  draft.add(Total::all, all);
}

void write_costs(Draft& draft, const Asked& asked, std::span<const Cost> costs) {
  const auto year_of = [](base::UtcDay day) {
    return static_cast<int>(std::chrono::year_month_day{day}.year());
  };
  std::map<std::pair<int, CostKind>, Figure> figures;
  for (const auto& cost : costs) {
    if (cost.year < year_of(asked.from) || cost.year > year_of(asked.until)) continue;
    auto& figure = figures[{cost.year, cost.kind}];
    figure = sum(figure, {cost.pounds, cost.how, 0});
  }
  for (const auto& [line, figure] : figures) {
    draft.add(CostLine{Year{line.first}, line.second}, figure);
  }
}

void write_grounds(Draft& draft, const Asked& asked, std::span<const Known> cameras) {
  std::map<Ground, Figure> figures;
  for (const auto& known : cameras) count(figures[known.camera.ground], stood(known, asked.until));
  for (const auto& [ground, figure] : figures) draft.add(ground, figure);
}

void write_published(Draft& draft, const Asked& asked, std::span<const Known> cameras) {
  Figure published;
  Figure not_published;
  for (const auto& known : cameras) {
    const auto& day = known.camera.impact_published;
    count(day && *day <= asked.until ? published : not_published, stood(known, asked.until));
  }
  draft.add(Total::published, published);
  draft.add(Total::not_published, not_published);
}

// Those that were held between the days; and of how many sites the next was overdue on the last,
// as long as nothing but the register knew of them.
void write_reviews(Draft& draft, const Asked& asked, const ReviewCount& reviews,
                   std::span<const KnownReview> past) {
  Figure done{reviews.done, Certainty::exact, 0};
  Figure overdue{reviews.overdue, Certainty::exact, 0};
  std::map<base::SiteId, const KnownReview*> latest;
  for (const auto& known : past) {
    const auto& review = known.review;
    if (review.day >= asked.from && review.day <= asked.until) {
      ++done.value;
      done.how = std::max(done.how, review.how);
    }
    if (review.day > asked.until || known.entered <= asked.until) continue;
    auto& last = latest[review.site];
    if (!last || last->review.day < review.day) last = &known;
  }
  for (const auto& [site, known] : latest) {
    if (known->review.day + review_every >= asked.until) continue;
    ++overdue.value;
    overdue.how = std::max(overdue.how, known->review.how);
  }
  draft.add(Total::done, done);
  draft.add(Total::overdue, overdue);
}

}  // namespace

Draft answer(const Asked& asked, std::span<const Known> cameras, std::span<const WholeCount> counts,
             std::span<const Cost> costs, const ReviewCount& reviews,
             std::span<const KnownReview> past) {
  Draft draft(asked.question, asked.from, asked.until);
  switch (asked.question) {
    case Question::standing: {
      auto figures = by_kind(cameras, [&](const Known& one) { return stood(one, asked.until); });
      add_counts(figures, counts, asked.until);
      write_kinds(draft, figures);
      break;
    }
    case Question::installed:
      write_kinds(draft, by_kind(cameras, [&](const Known& one) {
                    return between(one.camera.installed, asked);
                  }));
      break;
    case Question::removed:
      write_kinds(draft, by_kind(cameras, [&](const Known& one) {
                    return one.camera.is_removed ? between(one.camera.removed, asked) : Said::no;
                  }));
      break;
    case Question::costs:
      write_costs(draft, asked, costs);
      break;
    case Question::grounds:
      write_grounds(draft, asked, cameras);
      break;
    case Question::reviews:
      write_reviews(draft, asked, reviews, past);
      break;
    case Question::impact_published:
      write_published(draft, asked, cameras);
      break;
  }
  return draft;
}

}  // namespace regmark::camera_register
