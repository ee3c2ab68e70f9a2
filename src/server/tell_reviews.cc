#include "server/tell_reviews.h"

#include <string>

namespace regmark::server {
namespace {

std::string in_public(const oversight::Drawn& drawn) {
  auto word = std::to_string(drawn.reviews);
  for (const auto why : drawn.why) word.append("_").append(name(why));
  return word;
}

}  // namespace

Result<void> tell_reviews(audit::Log& log, oversight::Reviews& reviews, const base::Clock& clock) {
  const auto today = base::day_of(clock.now());
  REGMARK_ASSIGN(const auto untold, reviews.untold(today));
  if (untold.empty()) return {};
  for (const auto& drawn : untold) {
    REGMARK_TRY(log.record(audit::Event{
        {audit::Operation::machine, "draw_reviews", drawn.day, "machine", in_public(drawn)},
        "{}"}));
  }
  return reviews.told(today);
}

}  // namespace regmark::server
