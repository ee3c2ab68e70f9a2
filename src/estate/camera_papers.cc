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

// When something stopped to collect for good, and why, where nobody stopped it.
struct Over {
  base::UtcTime at;
  std::optional<std::string> lapsed{};
};

// Nothing: it collects, or has not begun.
std::optional<Over> over(const Lifetime& life, base::UtcTime now) {
  if (life.ended && *life.ended <= now) return Over{*life.ended};
  if (life.periods.empty() || !life.periods.back().until) return std::nullopt;
  const auto end = *life.periods.back().until;
  if (now < end) return std::nullopt;
  return Over{end, judge(life, now).why_not};
}

// Everything that was put up for a purpose that is over, of one instant.
class StillStanding {
 public:
  StillStanding(const Snapshot& snapshot, const assessment::LifeRules& rules,
                const assessment::Form& form, const std::map<base::CameraId, Paper>& latest,
                base::UtcTime now)
      : snapshot_(snapshot), rules_(rules), form_(form), latest_(latest), now_(now) {}

  std::vector<ToTakeDown> all() {
    for (const auto& [id, row] : snapshot_.site_rows()) {
      if (!is_apart(row)) add_site(row);
    }
    for (const auto& [id, row] : snapshot_.camera_rows()) {
      if (!snapshot_.life(id)->is_apart) add_camera(row);
    }
    std::ranges::stable_sort(all_, {}, &ToTakeDown::due);
    return std::move(all_);
  }

 private:
  // A site is taken down as a whole: one that was stopped, or that lapsed with its cameras and does
  // not go ahead by a new decision.
  void add_site(const SiteRow& row) {
    const auto& record = row.record;
    const auto stage = record.stage;
    const auto was = over(snapshot_.life(record.about.id), now_);
    if (!was || is_over(stage) || stage == Stage::decided || stage == Stage::commissioned) return;
    auto cameras = cameras_of(record.about.id);
    if (was->lapsed && cameras.empty()) return;
    add({std::nullopt,
         record.about.id,
         std::nullopt,
         record.about.name,
         {},
         {},
         {},
         std::move(cameras),
         {{"decommissioning", "",
           "is missing: nobody said that it was taken "
           "down"}}},
        *was);
  }

  void add_camera(const CameraRow& row) {
    const auto was = went_alone(row);
    if (!was) return;
    auto lacks = lacks_of(row.about.id);
    if (lacks.empty()) return;
    add({row.about.id,
         row.about.site,
         row.about.deployment,
         row.about.name,
         {},
         {},
         {},
         {},
         std::move(lacks)},
        *was);
  }

  void add(ToTakeDown standing, const Over& was) {
    standing.stopped = base::day_of(was.at);
    standing.due = standing.stopped + rules_.taking_down;
    standing.urgency = urgency_of(standing.due, std::nullopt, rules_, base::day_of(now_));
    if (was.lapsed) {
      standing.lacks.insert(standing.lacks.begin(),
                            {"stop", "", "is missing: nobody stopped it: " + *was.lapsed});
    }
    all_.push_back(std::move(standing));
  }

  std::vector<assessment::Lack> lacks_of(const base::CameraId& camera) const {
    const auto written = latest_.find(camera);
    return assessment::lacks(form_,
                             written == latest_.end() ? Paper{form_.id, {}} : written->second);
  }

  // Those that were not taken down before, each by itself.
  std::vector<base::CameraId> cameras_of(const base::SiteId& site) const {
    std::vector<base::CameraId> cameras;
    for (const auto* row : snapshot_.cameras_ever_at(site)) {
      if (went_alone(*row) || (row->stopped_at && lacks_of(row->about.id).empty())) continue;
      cameras.push_back(row->about.id);
    }
    return cameras;
  }

  // When a camera went out of use without its site being taken down as a whole: it was stopped, or
  // its deployment is over, or what it was put up for never came to be. Nothing: it is in use, or
  // it goes with its site.
  std::optional<Over> went_alone(const CameraRow& row) const {
    if (!row.about.site) return over(snapshot_.life(row.about.id)->lifetime, now_);
    const auto& site = *snapshot_.site_row(*row.about.site);
    const auto stage = site.record.stage;
    if (stage == Stage::stopped || stage == Stage::decommissioned) return std::nullopt;
    if (row.stopped_at) return Over{*row.stopped_at};
    if (!never_came_to_be(site)) return std::nullopt;
    return Over{site.steps.back().at};
  }

  const Snapshot& snapshot_;
  const assessment::LifeRules& rules_;
  const assessment::Form& form_;
  const std::map<base::CameraId, Paper>& latest_;
  const base::UtcTime now_;
  std::vector<ToTakeDown> all_{};
};

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
  const auto snapshot = current();
  REGMARK_ASSIGN(const auto latest, database_.read([](Transaction& transaction) {
    return latest_takings_down(transaction);
  }));
  return StillStanding(*snapshot, guidance_.life(), *form, latest, now).all();
}

}  // namespace regmark::estate::internal
