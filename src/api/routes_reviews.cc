// Searches that somebody else looks at.
#include <algorithm>

#include "api/internal/bind.h"
#include "api/internal/reviews.h"
#include "api/internal/tables.h"
#include "desk/review_searches.h"

namespace regmark::api {
namespace {

Result<http::Response> one(const Call& call, Result<desk::Answer<oversight::Review>> answer) {
  return shown(std::move(answer), [&](const auto& done) -> Result<http::Response> {
    Names names(call.rooms.desk.people);
    REGMARK_ASSIGN(const auto review, show_named(done.value, call.rooms.desk.clock.now(), names));
    return json_response(review);
  });
}

Result<http::Response> list(const Call& call) {
  const auto count = call.count_parameter("count", 100);
  return shown(desk::read_reviews(call.rooms.desk, call.asker(), count),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 REGMARK_ASSIGN(auto all,
                                show_named(done.value, call.rooms.desk.clock.now(), names));
                 return json_response({{"reviews", std::move(all)}});
               });
}

Result<http::Response> take(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<oversight::ReviewId>(call, "id"));
  return one(call, desk::take_review(call.rooms.desk, call.asker(), id));
}

Result<http::Response> decide(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<oversight::ReviewId>(call, "id"));
  const auto word = text_in(call.body, "outcome");
  // The schema let only outcomes through.
  const auto outcome = *std::ranges::find(oversight::all_review_states, word,
                                          [](auto state) { return oversight::name(state); });
  return one(call, desk::decide_review(call.rooms.desk, call.asker(), id, outcome,
                                       text_in(call.body, "words")));
}

Result<http::Response> figures(const Call& call) {
  return shown(desk::read_review_figures(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"months", show_all(done.value)}});
  });
}

}  // namespace

Result<Json> show_named(const oversight::SearchNote& note, Names& names) {
  auto shown = show(note);
  REGMARK_ASSIGN(shown["person_name"], names.of(note.person));
  return shown;
}

Result<Json> show_named(const oversight::Review& review, base::UtcTime now, Names& names) {
  auto shown = show(review, now);
  REGMARK_ASSIGN(shown["search"], show_named(review.search, names));
  shown["owner_name"] = nullptr;
  if (review.owner) {
    REGMARK_ASSIGN(shown["owner_name"], names.of(*review.owner));
  }
  return shown;
}

Result<Json> show_named(const std::vector<oversight::Review>& reviews, base::UtcTime now,
                        Names& names) {
  Json all = Json::array();
  for (const auto& review : reviews) {
    REGMARK_ASSIGN(all.emplace_back(), show_named(review, now, names));
  }
  return all;
}

Table reviews_table() {
  constexpr std::size_t months_max = 12 * 200;
  return {
      {.method = "GET",
       .pattern = "/v1/reviews",
       .id = "readReviews",
       .subject = "oversight",
       .summary = "Searches of others that one may review: open ones first, the first due on top",
       .purpose = PurposeIn::headers,
       .query = {{"count", integer(1, oversight::reviews_max)}},
       .success = {200, "Reviews",
                   object({{"reviews", list_of(named("Review"), oversight::reviews_max)}})},
       .handle = list},
      {.method = "POST",
       .pattern = "/v1/reviews/{id}/take",
       .id = "takeReview",
       .subject = "oversight",
       .summary = "Make it one's own, also when another had it",
       .purpose = PurposeIn::headers,
       .success = {200, "The review as it is now", named("Review")},
       .handle = take},
      {.method = "POST",
       .pattern = "/v1/reviews/{id}/decide",
       .id = "decideReview",
       .subject = "oversight",
       .summary = "Say what one found, in words",
       .purpose = PurposeIn::body,
       .body = object({{"purpose", named("Purpose"), Need::optional},
                       {"outcome", one_of({"in_order", "needs_explanation", "misuse_suspected"})},
                       {"words", text(oversight::words_size_max, 1)}}),
       .success = {200, "The review as it is now", named("Review")},
       .handle = decide},
      {.method = "GET",
       .pattern = "/v1/reviews/figures",
       .id = "readReviewFigures",
       .subject = "oversight",
       .summary = "What is published: counts by month, and nothing about anybody",
       .purpose = PurposeIn::headers,
       .success = {200, "Oldest first",
                   object({{"months", list_of(named("MonthOfReviews"), months_max)}})},
       .handle = figures},
  };
}

}  // namespace regmark::api
