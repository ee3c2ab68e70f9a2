#include "server/tell_reviews.h"

#include <string>

namespace regmark::server {
namespace {

// A review bears the time at which its search was noted, and is written a moment later.
constexpr std::chrono::minutes still_written{10};

std::string in_public(const oversight::Drawn& drawn) {
  auto word = std::to_string(drawn.reviews);
  for (const auto why : drawn.why) word.append("_").append(name(why));
  return word;
}

}  // namespace

Result<void> tell_reviews(audit::Log& log, oversight::Reviews& reviews, const base::Clock& clock) {
  const auto before = base::day_of(clock.now() - still_written);
  REGMARK_ASSIGN(const auto untold, reviews.untold(before));
  if (untold.empty()) return {};
  for (const auto& drawn : untold) {
    REGMARK_TRY(log.record(audit::Event{
        {audit::Operation::machine, "draw_reviews", drawn.day, "machine", in_public(drawn)},
        "{}"}));
  }
  return reviews.told(before);
}

}  // namespace regmark::server
