// What the office knows, as JSON. Each function has its schema beside it in named_schemas().
#pragma once

#include <optional>
#include <string>

#include "access/policy.h"
#include "alerts/alerts.h"
#include "api/internal/schema.h"
#include "audit/log.h"
#include "authority/authorities.h"
#include "desk/act_on_alert.h"
#include "estate/estate.h"
#include "holds/holds.h"
#include "oversight/oversight.h"
#include "oversight/signals.h"
#include "people/people.h"
#include "watchlist/lists.h"

namespace regmark::api {

Json show(const access::Purpose& purpose);
Json show(const plate::Read& read);
Json show(const alerts::Alert& alert);
Json show(const alerts::Step& step);
Json show(const watchlist::Stand& stand, base::UtcTime now);
Json show(const watchlist::ListRecord& list);
Json show(const watchlist::EntryRecord& entry);
Json show(const watchlist::ImportReport& report);
Json show(const estate::SiteRecord& site);
Json show(const estate::DeploymentRecord& deployment);
Json show(const estate::CameraRecord& camera);
Json show(const estate::StepRecord& step);
Json show(const estate::PaperRecord& paper);
Json show(const estate::CameraView& view);
Json show(const estate::SiteFile& file);
Json show(const camera_register::Known& known);
Json show(const estate::DeploymentFile& file);
Json show(const estate::ToTakeDown& standing);
Json show(const estate::MatrixRecord& matrix);
Json show(const estate::ReviewDue& due);
Json show(const estate::WouldStop& stopping);
Json show(const assessment::Lack& lack);
Json show(const assessment::Form& form);
Json show(const people::PersonRecord& person);
Json show(const people::OrganisationRecord& organisation);
Json show(const people::KeyRecord& key);
Json show(const people::KeyChallenge& challenge);
Json show(const people::Session& session);
Json show(const authority::Record& record, base::UtcTime now);
Json show(const holds::Record& record, base::UtcDay today);
Json show(const oversight::ImportReport& report);
Json show(const oversight::SearchNote& note);
Json show(const oversight::Review& review, base::UtcTime now);
Json show(const oversight::FollowUp& follow_up, base::UtcTime now);
Json show(const oversight::MonthOfReviews& month);
Json show(const oversight::Signal& signal);
// Its clock, and nothing about whom it is about.
Json show_clock(const oversight::SubjectRequest& request, base::UtcDay today);
Json show(const oversight::SubjectRequest& request, base::UtcDay today);
Json show(const audit::Entry& entry);

// A list of anything above.
template <typename T>
Json show_all(const std::vector<T>& things) {
  Json all = Json::array();
  for (const auto& thing : things) all.push_back(show(thing));
  return all;
}

// Every schema that named() may point into.
const Json& named_schemas();

}  // namespace regmark::api
