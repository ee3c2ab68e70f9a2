// What is written down for a site, and read back as it stood on any day.
#include <algorithm>

#include "base/words.h"
#include "estate/internal/as_it_stood.h"
#include "estate/internal/check.h"
#include "estate/internal/check_commissioning.h"
#include "estate/internal/papers_table.h"
#include "estate/internal/recorded_estate.h"

namespace regmark::estate::internal {
namespace {

using access::Act;
using assessment::NeededFor;
using audit::Receipt;
using records::Transaction;

// Adds what a commissioning says of the camera, if it names it.
void add_view(CameraView& view, const assessment::Paper& commissioning) {
  const auto part = commissioning.parts.find("views");
  if (part == commissioning.parts.end()) return;
  const auto said = [](const assessment::Row& row, const char* field) {
    const auto found = row.find(field);
    return found == row.end() ? std::string() : found->second;
  };
  for (const auto& row : part->second.rows) {
    if (said(row, "camera") != view.camera.text()) continue;
    view.lens = said(row, "lens");
    view.direction = said(row, "direction");
    view.attested_by = commissioning.answer("location_attested", "by");
    const auto on = base::parse_day(commissioning.answer("location_attested", "on"));
    if (on) view.attested_on = *on;
  }
}

// Of each camera, the latest commissioning counts that names it.
std::vector<CameraView> views_of(const SiteRow& site, const std::vector<const CameraRow*>& cameras,
                                 std::span<const PaperRecord> papers,
                                 std::optional<base::UtcTime> as_of) {
  std::vector<CameraView> views;
  for (const auto* row : cameras) {
    CameraView view{.camera = row->about.id, .name = row->about.name};
    if (!was_inherited(*row, site)) view.installed = row->live_from;
    if (row->stopped_at && (!as_of || *row->stopped_at <= *as_of)) view.stopped = row->stopped_at;
    for (const auto& record : papers) {
      if (record.paper.form == "commissioning") add_view(view, record.paper);
    }
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace

Result<void> check_may_read_file(const Receipt& receipt, base::UtcTime now) {
  const bool is_apart = opened_by(receipt) == Kept::apart;
  return audit::check_open(receipt, is_apart ? Act::read_covert : Act::read_estate, now);
}

Result<base::Digest> RecordedEstate::hand_in(const Receipt& receipt,
                                             std::span<const std::uint8_t> file) {
  const auto act = receipt.permit().act();
  const bool may =
      act == Act::advise_estate || act == Act::review_estate || act == Act::decide_estate;
  REGMARK_TRY(audit::check_open(receipt, may ? act : Act::change_estate, "evidence", clock_.now()));
  if (file.empty()) return fail(ErrorCode::invalid_input, "the file is empty");
  if (file.size() > evidence_size_max) {
    return fail(ErrorCode::limit_exceeded, "the file is longer than 8 MiB");
  }
  const auto sha256 = base::sha256(file);
  const Deed deed{clock_.now(), receipt.permit().person().id, receipt.number()};
  REGMARK_TRY(database_.write(
      [&](Transaction& transaction) { return add_evidence(transaction, deed, sha256, file); }));
  return sha256;
}

Result<const assessment::Form*> RecordedEstate::form_to_fill(const Receipt& receipt,
                                                             const std::string& subject,
                                                             const assessment::Paper& paper,
                                                             base::UtcTime now) const {
  const auto* form = guidance_.form(paper.form);
  if (!form) return fail(ErrorCode::invalid_input, "there is no such form");
  REGMARK_TRY(audit::check_open(receipt, form->act, subject, now));
  return form;
}

Result<std::vector<assessment::Lack>> RecordedEstate::file(const Receipt& receipt,
                                                           const base::SiteId& site,
                                                           const assessment::Paper& paper) {
  const auto now = clock_.now();
  REGMARK_ASSIGN(const auto* form, form_to_fill(receipt, site.text(), paper, now));
  const bool is_of_short = form->needed_for == NeededFor::short_stay;
  if (form->needed_for != NeededFor::assess && !is_of_short) {
    return fail(ErrorCode::invalid_input, "this form is filled in with its own step");
  }
  if (is_of_short) REGMARK_TRY(assessment::check_whole(*form, paper));
  REGMARK_TRY(check_days(*form, paper, base::day_of(now)));
  auto lacks = assessment::lacks(*form, paper);
  REGMARK_TRY(change(
      receipt,
      [&](const Snapshot& snapshot, base::UtcTime) -> Result<void> {
        const auto* record = seen(receipt, snapshot.site(site));
        if (!record) return not_found("site");
        if (is_over(record->stage) || record->stage == Stage::stopped) {
          return conflict("it is " + std::string(name(record->stage)));
        }
        if (is_of_short && record->path != Path::under_twelve_months) {
          return conflict("this form is of what stands for under twelve months: its path is " +
                          std::string(name(record->path)));
        }
        return {};
      },
      [&](Transaction& transaction, const Deed& deed) -> Result<void> {
        REGMARK_ASSIGN(const auto number,
                       add_paper(transaction, deed, site, paper, guidance_.version()));
        if (form->id != "impact" || !lacks.empty()) return {};
        return note_impact(transaction, deed, site, number);
      }));
  return lacks;
}

Result<std::vector<std::string>> RecordedEstate::set_matrix(const Receipt& receipt,
                                                            std::string_view toml,
                                                            std::string_view reasons) {
  REGMARK_TRY(audit::check_open(receipt, Act::change_matrix, "matrix", clock_.now()));
  REGMARK_TRY(check_reasons(reasons));
  REGMARK_ASSIGN(const auto matrix, assessment::Matrix::parse(toml, guidance_));
  if (matrix.is_example()) {
    return fail(ErrorCode::invalid_input,
                "the matrix says that it is an example, which nobody decided: once the controller "
                "has decided each cell, remove the line 'example'");
  }
  const Deed deed{clock_.now(), receipt.permit().person().id, receipt.number()};
  REGMARK_TRY(database_.write(
      [&](Transaction& transaction) { return add_matrix(transaction, deed, toml, reasons); }));
  return matrix.departures();
}

Result<SiteFile> RecordedEstate::site_file(const Receipt& receipt, const base::SiteId& site,
                                           std::optional<base::UtcTime> as_of) const {
  const auto now = clock_.now();
  REGMARK_TRY(check_may_read_file(receipt, now));
  const auto snapshot = current();
  const auto* row = seen(receipt, snapshot->site_row(site));
  if (!row) return not_found("site");
  if (const auto proposed = row->steps.front().at; as_of && proposed > *as_of) {
    return fail(ErrorCode::not_found, "the site was not yet proposed then: it was on " +
                                          base::format_day(base::day_of(proposed)));
  }
  bool has_matrix = false;
  REGMARK_ASSIGN(auto papers,
                 database_.read([&](Transaction& transaction) -> Result<std::vector<PaperRecord>> {
                   REGMARK_ASSIGN(const auto matrix, matrix_at(transaction));
                   has_matrix = matrix.has_value();
                   return papers_of(transaction, site);
                 }));
  const auto stood = as_of ? as_it_stood(*row, *as_of, guidance_.life()) : *row;
  SiteFile file{stood.record, row->steps, std::move(papers), snapshot->cameras_at(site, as_of),
                snapshot->cameras_near(site, near_m, as_of)};
  note_whether_it_collects(file.site, lifetime_of(stood, guidance_.life()), as_of.value_or(now));
  if (!as_of) {
    file.missing = missing_of(guidance_, *row, file.papers, has_matrix, clock_.now());
    file.awaits_assessing_anew = internal::awaits_assessing_anew(guidance_, *row, file.papers);
  } else {
    std::erase_if(file.steps, [&](const StepRecord& step) { return step.at > *as_of; });
    std::erase_if(file.papers, [&](const PaperRecord& paper) { return paper.at > *as_of; });
  }
  file.views = views_of(*row, snapshot->cameras_ever_at(site, as_of), file.papers, as_of);
  return file;
}

Result<void> RecordedEstate::check_handed_in(const Receipt& receipt,
                                             const assessment::Paper& paper) const {
  REGMARK_TRY(audit::check_open(receipt, Act::decide_estate, clock_.now()));
  return database_.read(
      [&](Transaction& transaction) { return check_evidence(transaction, paper); });
}

Result<base::Bytes> RecordedEstate::evidence(const Receipt& receipt,
                                             const base::Digest& sha256) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, clock_.now()));
  REGMARK_ASSIGN(auto found, database_.read([&](Transaction& transaction) {
    return evidence_at(transaction, sha256);
  }));
  if (!found) return not_found("evidence");
  return *std::move(found);
}

Result<MatrixRecord> RecordedEstate::matrix(const Receipt& receipt,
                                            const WhichMatrix& which) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, clock_.now()));
  REGMARK_ASSIGN(auto found, database_.read([&](Transaction& transaction) {
    return matrix_at(transaction, which);
  }));
  if (!found && which.version) return fail(ErrorCode::not_found, "no matrix has this version");
  if (!found) return fail(ErrorCode::not_found, "the controller had set no matrix yet");
  return *std::move(found);
}

}  // namespace regmark::estate::internal
