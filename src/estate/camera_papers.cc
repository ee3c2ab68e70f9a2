// What is written of one camera: what it sees, and how it was taken down.
#include <algorithm>
#include <charconv>

#include "estate/internal/check.h"
#include "estate/internal/papers_table.h"
#include "estate/internal/recorded_estate.h"

namespace regmark::estate::internal {
namespace {

using access::Act;
using assessment::Guidance;
using assessment::Paper;
using records::Transaction;

constexpr std::string_view taking_down = "camera_decommissioning";
constexpr int whole_turn = 360;

tl::unexpected<Error> invalid(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// What the form cannot say of its own answers.
Result<void> check_view(const Paper& paper) {
  if (paper.form == "camera_direction") {
    const auto bearing = number_in(paper.answer("direction", "bearing"));
    if (!bearing || *bearing >= whole_turn) return invalid("direction.bearing must be 0 to 359");
  }
  if (paper.form == "camera_position") {
    const auto latitude = number_in(paper.answer("position", "latitude"));
    const auto longitude = number_in(paper.answer("position", "longitude"));
    if (!latitude || !longitude) return invalid("position: latitude and longitude are numbers");
    REGMARK_TRY(base::make_position(*latitude, *longitude));
  }
  return {};
}

// The latest of how each camera was taken down.
Result<std::map<base::CameraId, Paper>> latest_takings_down(Transaction& transaction) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT subject, body FROM estate_other_papers"
                                 " WHERE kind = 'camera' AND form = ?1 ORDER BY number",
                                 {std::string(taking_down)}));
  std::map<base::CameraId, Paper> latest;
  for (const auto& row : rows) {
    auto camera = base::CameraId::parse(row.text(0));
    auto paper = assessment::parse_paper(row.text(1));
    if (!camera || !paper) {
      return fail(ErrorCode::corrupt, "the estate's records hold a paper that is none");
    }
    latest.insert_or_assign(*std::move(camera), *std::move(paper));
  }
  return latest;
}

// A site that was stopped is taken down as a whole.
void add_sites(const Snapshot& snapshot, const assessment::LifeRules& rules, base::UtcDay today,
               std::vector<ToTakeDown>& all) {
  for (const auto& [id, row] : snapshot.site_rows()) {
    const auto& record = row.record;
    if (is_apart(row) || record.stage != Stage::stopped || !record.stopped_at) continue;
    const auto stopped = base::day_of(*record.stopped_at);
    const auto due = stopped + rules.taking_down;
    all.push_back({std::nullopt,
                   id,
                   record.about.name,
                   stopped,
                   due,
                   urgency_of(due, std::nullopt, rules, today),
                   {{"decommissioning", "", "is missing: nobody said that it was taken down"}}});
  }
}

bool went_with_its_site(const Snapshot& snapshot, const CameraRow& row) {
  if (!row.about.site) return false;
  const auto stage = snapshot.site(*row.about.site)->stage;
  return stage == Stage::stopped || stage == Stage::decommissioned;
}

// When a camera went out of use without its site being taken down as a whole: it was stopped, or
// what it was put up for never came to be. Nothing: it is in use, or it goes with its site.
std::optional<base::UtcTime> went_alone(const Snapshot& snapshot, const CameraRow& row) {
  if (went_with_its_site(snapshot, row)) return std::nullopt;
  if (row.stopped_at || !row.about.site) return row.stopped_at;
  const auto& site = *snapshot.site_row(*row.about.site);
  if (!never_came_to_be(site)) return std::nullopt;
  return site.steps.back().at;
}

}  // namespace

Result<std::vector<assessment::Lack>> RecordedEstate::file(const Receipt& receipt,
                                                           const base::CameraId& camera,
                                                           const Paper& paper) {
  const auto now = clock_.now();
  REGMARK_ASSIGN(const auto* form, form_to_fill(receipt, camera.text(), paper, now));
  if (form->needed_for != assessment::NeededFor::camera) {
    return invalid("this form is not one of a camera");
  }
  const bool takes_down = form->id == taking_down;
  auto lacks = assessment::lacks(*form, paper);
  if (!takes_down) REGMARK_TRY(assessment::check_whole(*form, paper));
  const auto today = base::day_of(now);
  REGMARK_TRY(check_days(*form, paper, today));
  if (!takes_down) REGMARK_TRY(check_view(paper));
  REGMARK_TRY(change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime at) -> Result<void> {
        const auto* life = snapshot.life(camera);
        if (!life || life->is_apart) return not_found("camera");
        const auto& ended = life->lifetime.ended;
        const bool is_over = ended && *ended <= at;
        if (takes_down && !is_over) return conflict("it was not stopped: stop it first");
        if (!takes_down && is_over) return conflict(life->lifetime.why_ended);
        if (takes_down) {
          return check_days(*form, paper, today, NotBefore{base::day_of(*ended), "it was stopped"});
        }
        const auto put_up = snapshot.put_up_on(*snapshot.camera(camera));
        if (!put_up) return {};
        return check_days(*form, paper, today, NotBefore{*put_up, "the camera was put up"});
      },
      [&](Transaction& transaction, const Deed& deed) -> Result<void> {
        REGMARK_TRY(
            add_paper(transaction, deed, Kind::camera, camera.text(), paper, guidance_.version()));
        return {};
      }));
  return lacks;
}

Result<std::vector<PaperRecord>> RecordedEstate::camera_papers(const Receipt& receipt,
                                                               const base::CameraId& camera) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, clock_.now()));
  const auto snapshot = current();
  const auto* life = snapshot->life(camera);
  if (!life || life->is_apart) return not_found("camera");
  return database_.read([&](Transaction& transaction) {
    return papers_of(transaction, Kind::camera, camera.text());
  });
}

Result<std::vector<ToTakeDown>> RecordedEstate::to_take_down(const Receipt& receipt) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, now));
  const auto* form = guidance_.form(taking_down);
  if (!form) return fail(ErrorCode::not_found, "the guidance has no form for it");
  const auto& rules = guidance_.life();
  const auto today = base::day_of(now);
  const auto snapshot = current();
  REGMARK_ASSIGN(const auto latest, database_.read([](Transaction& transaction) {
    return latest_takings_down(transaction);
  }));
  std::vector<ToTakeDown> all;
  add_sites(*snapshot, rules, today, all);
  for (const auto& [id, row] : snapshot->camera_rows()) {
    const auto went = went_alone(*snapshot, row);
    if (!went || snapshot->life(id)->is_apart) continue;
    const auto written = latest.find(id);
    auto lacks =
        assessment::lacks(*form, written == latest.end() ? Paper{form->id, {}} : written->second);
    if (lacks.empty()) continue;
    const auto stopped = base::day_of(*went);
    const auto due = stopped + rules.taking_down;
    all.push_back({id, row.about.site, row.about.name, stopped, due,
                   urgency_of(due, std::nullopt, rules, today), std::move(lacks)});
  }
  std::ranges::stable_sort(all, {}, &ToTakeDown::due);
  return all;
}

}  // namespace regmark::estate::internal
