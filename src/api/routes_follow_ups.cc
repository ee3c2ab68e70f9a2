// What others did not do in time, and who sees to it.
#include <algorithm>

#include "api/internal/bind.h"
#include "api/internal/reviews.h"
#include "api/internal/tables.h"
#include "desk/follow_up.h"

namespace regmark::api {
namespace {

struct Which {
  oversight::Missed missed;
  std::string about;
};

Result<Which> which_in(const Call& call) {
  const auto* const missed = std::ranges::find(oversight::all_missed, call.variable("missed"),
                                               [](auto one) { return oversight::name(one); });
  if (missed == std::end(oversight::all_missed) || !base::is_id(call.variable("id"))) {
    return fail(ErrorCode::not_found, "there is no such thing");
  }
  return Which{*missed, call.variable("id")};
}

Result<http::Response> one(const Call& call, Result<desk::Answer<oversight::FollowUp>> answer) {
  return shown(std::move(answer), [&](const auto& done) -> Result<http::Response> {
    Names names(call.rooms.desk.people);
    REGMARK_ASSIGN(const auto follow_up,
                   show_named(done.value, call.rooms.desk.clock.now(), names));
    return json_response(follow_up);
  });
}

Result<http::Response> list(const Call& call) {
  return shown(desk::read_follow_ups(call.rooms.desk, call.asker()),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 REGMARK_ASSIGN(auto all,
                                show_named(done.value, call.rooms.desk.clock.now(), names));
                 return json_response({{"follow_ups", std::move(all)}});
               });
}

Result<http::Response> take(const Call& call) {
  REGMARK_ASSIGN(const auto which, which_in(call));
  return one(call, desk::take_follow_up(call.rooms.desk, call.asker(), which.missed, which.about));
}

Result<http::Response> note(const Call& call) {
  REGMARK_ASSIGN(const auto which, which_in(call));
  return one(call, desk::note_follow_up(call.rooms.desk, call.asker(), which.missed, which.about,
                                        text_in(call.body, "words")));
}

}  // namespace

Result<Json> show_named(const oversight::FollowUp& follow_up, base::UtcTime now, Names& names) {
  auto shown = show(follow_up, now);
  REGMARK_ASSIGN(shown["person_name"], names.of(follow_up.person));
  shown["giver_name"] = nullptr;
  if (follow_up.giver) {
    REGMARK_ASSIGN(shown["giver_name"], names.of(*follow_up.giver));
  }
  shown["owner_name"] = nullptr;
  if (follow_up.owner) {
    REGMARK_ASSIGN(shown["owner_name"], names.of(*follow_up.owner));
  }
  return shown;
}

Result<Json> show_named(const std::vector<oversight::FollowUp>& follow_ups, base::UtcTime now,
                        Names& names) {
  Json all = Json::array();
  for (const auto& one : follow_ups) {
    REGMARK_ASSIGN(all.emplace_back(), show_named(one, now, names));
  }
  return all;
}

Table follow_ups_table() {
  return {
      {.method = "GET",
       .pattern = "/v1/follow-ups",
       .id = "readFollowUps",
       .subject = "oversight",
       .summary = "Holds that nobody reviewed and authorities by word of mouth that nobody "
                  "confirmed in time, which one may see to: the one that waited longest on top",
       .purpose = PurposeIn::headers,
       .success = {200, "Each until it is done",
                   object({{"follow_ups", list_of(named("FollowUp"), oversight::follow_ups_max)}})},
       .handle = list},
      {.method = "POST",
       .pattern = "/v1/follow-ups/{missed}/{id}/take",
       .id = "takeFollowUp",
       .subject = "oversight",
       .summary = "Make it one's own, also when another had it",
       .purpose = PurposeIn::headers,
       .success = {200, "As it is now", named("FollowUp")},
       .handle = take},
      {.method = "POST",
       .pattern = "/v1/follow-ups/{missed}/{id}/note",
       .id = "noteFollowUp",
       .subject = "oversight",
       .summary = "Say what one did about it, in words: it stays until what was missed is done",
       .purpose = PurposeIn::body,
       .body = object({{"purpose", named("Purpose"), Need::optional},
                       {"words", text(oversight::words_size_max, 1)}}),
       .success = {200, "As it is now", named("FollowUp")},
       .handle = note},
  };
}

}  // namespace regmark::api
