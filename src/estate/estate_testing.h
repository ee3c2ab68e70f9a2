// What tests of other rooms need of the estate. Never included by a program.
//
//   estate::TestJustifications::fixed("cam-1")      a justification, without an estate
//   estate::TestEstate estate;                      a real one, in records of its own
//   const auto token = estate.live_camera("cam-1");
#pragma once

#include <string>
#include <string_view>

#include "assessment/assessment_testing.h"
#include "audit/audit_testing.h"
#include "base/time_testing.h"
#include "estate/estate.h"
#include "records/database_testing.h"

namespace regmark::estate {

class TestJustifications : public Estate {
 public:
  // A fixed camera that is live from the first time on, and, when the second is given, until then.
  static Justification fixed(std::string_view camera,
                             std::string_view from = "2000-01-01T00:00:00Z",
                             std::optional<std::string_view> until = std::nullopt) {
    return make(base::CameraId::parse(camera).value(), base::Position{51.5, -0.1}, std::nullopt,
                {period(from, until)});
  }
  // A mobile camera of a deployment with this area.
  static Justification mobile(std::string_view camera, const base::Area& area,
                              std::string_view from = "2000-01-01T00:00:00Z",
                              std::optional<std::string_view> until = std::nullopt) {
    return make(base::CameraId::parse(camera).value(), std::nullopt, area, {period(from, until)});
  }

 private:
  static Period period(std::string_view from, std::optional<std::string_view> until) {
    Period made{base::parse_utc(from).value(), std::nullopt};
    if (until) made.until = base::parse_utc(*until).value();
    return made;
  }
};

template <typename T>
std::string message(const Result<T>& result) {
  return result ? "done" : result.error().message;
}

inline constexpr std::string_view test_author = "person-author";
inline constexpr std::string_view test_approver = "person-approver";

// An estate with records, an audit log and a clock of its own.
class TestEstate {
 public:
  TestEstate() { reopen(); }

  Estate& operator*() { return *estate_; }
  Estate* operator->() { return estate_.get(); }

  // As a restart would.
  void reopen() {
    estate_.reset();
    database.reopen();
    auto opened = Estate::open(*database, clock);
    REGMARK_CHECK(opened.has_value());
    estate_ = *std::move(opened);
  }

  audit::Receipt receipt(access::Act act, std::string_view subject, std::string_view person) {
    return log.receipt_for(act, {.subject = std::string(subject)}, person);
  }
  audit::Receipt to_change(std::string_view subject, std::string_view person = test_author) {
    return receipt(access::Act::change_estate, subject, person);
  }
  audit::Receipt to_approve(std::string_view subject, std::string_view person = test_approver) {
    return receipt(access::Act::approve_estate, subject, person);
  }

  Grounds grounds(std::chrono::days until_review = std::chrono::days{365}) const {
    return {"thefts of vehicles along this road", "local_crime",
            base::day_of(clock.now()) + until_review};
  }
  NewSite site(std::string_view id) const {
    return {base::SiteId::parse(id).value(), "North gate", {53.4, -2.2}, grounds()};
  }
  NewDeployment deployment(std::string_view id) const {
    return {base::DeploymentId::parse(id).value(),
            "Harvest patrols",
            {{53.4, -2.2}, 10'000},
            clock.now(),
            clock.now() + std::chrono::days{30},
            grounds(std::chrono::days{90})};
  }

  void live_site(std::string_view id) {
    REGMARK_CHECK(estate_->propose(to_change(id), site(id)).has_value());
    REGMARK_CHECK(estate_->approve(to_approve(id), base::SiteId::parse(id).value()).has_value());
    write_impact(id);
    REGMARK_CHECK(file(id, assessment::whole_paper("public_notice", today())).has_value());
  }
  // What a short site lacks that is to stand for longer than its impact assessment is waited for.
  std::string today() const { return base::format_day(base::day_of(clock.now())); }
  void write_impact(std::string_view site) {
    REGMARK_CHECK(hand_in("a file").has_value());
    REGMARK_CHECK(file(site, assessment::whole_paper("impact", today())).has_value());
  }
  void live_deployment(std::string_view id) {
    REGMARK_CHECK(estate_->propose(to_change(id), deployment(id)).has_value());
    REGMARK_CHECK(
        estate_->approve(to_approve(id), base::DeploymentId::parse(id).value()).has_value());
  }
  // Evidence that assessment::whole_paper() names.
  Result<base::Digest> hand_in(std::string_view file) {
    return estate_->hand_in(to_change("evidence"), base::as_bytes(file));
  }
  // By this person; or else by the author, or by who alone may write it.
  Result<void> file(std::string_view site, const assessment::Paper& paper,
                    std::string_view by = {}) {
    const auto* form = assessment::Guidance::built_in().form(paper.form);
    const auto person = by.empty() ? writer_of(*form) : by;
    const auto lacks =
        estate_->file(receipt(form->act, site, person), base::SiteId::parse(site).value(), paper);
    if (!lacks) return tl::unexpected<Error>(lacks.error());
    return {};
  }
  // What an extension of something short wants beside its grounds; on the same day again, anew.
  template <typename Id>
  void write_to_extend(const Id& place) {
    REGMARK_CHECK(hand_in("a file").has_value());
    for (const auto* form : {"impact", "dpo_advice", "overt_lead_advice", "public_notice"}) {
      const auto paper = assessment::whole_paper(form, today());
      REGMARK_CHECK(write(place, paper).has_value());
    }
  }
  // By the author, or by who alone may write it.
  template <typename Id>
  Result<std::vector<assessment::Lack>> write(const Id& place, const assessment::Paper& paper) {
    const auto* form = assessment::Guidance::built_in().form(paper.form);
    return estate_->file(receipt(form->act, place.text(), writer_of(*form)), place, paper);
  }
  // Everything that an assessment needs.
  void file_all(std::string_view site) {
    for (const auto& form : assessment::Guidance::built_in().forms()) {
      if (form.needed_for != assessment::NeededFor::assess) continue;
      REGMARK_CHECK(file(site, assessment::whole_paper(form, today())).has_value());
    }
  }

  // A fixed camera at a live site of its own, "site-of-<camera>"; gives its token.
  std::string live_camera(std::string_view id) {
    const std::string site = "site-of-" + std::string(id);
    live_site(site);
    return commission(id, base::SiteId::parse(site).value());
  }
  std::string commission(std::string_view id, const base::SiteId& site) {
    auto token = estate_->commission(
        to_change(id), {base::CameraId::parse(id).value(), "Lane 1", site, std::nullopt});
    REGMARK_CHECK(token.has_value());
    return *token;
  }
  std::string commission(std::string_view id, const base::DeploymentId& deployment) {
    auto token = estate_->commission(
        to_change(id), {base::CameraId::parse(id).value(), "Car 7", std::nullopt, deployment});
    REGMARK_CHECK(token.has_value());
    return *token;
  }

  base::ManualClock clock{"2026-03-28T00:30:00Z"};  // assessment::day_at_first
  audit::TestLog log{clock};
  records::TestDatabase database;

 private:
  static std::string_view writer_of(const assessment::Form& form) {
    if (form.role == access::Role::dpo) return "person-dpo";
    return form.role == access::Role::overt_lead ? "person-overt" : test_author;
  }

  std::unique_ptr<Estate> estate_;
};

}  // namespace regmark::estate
