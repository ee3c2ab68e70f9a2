#include "oversight/reasons.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regmark::oversight {
namespace {

TEST(Reasons, AreComparedByTheWordsThatTell) {
  struct Case {
    std::string_view reason, want;
  };
  constexpr Case cases[] = {
      {"The victim's van was taken from the drive", "drive taken van victims"},
      {"AB12 CDE seen 12/03 at M25 re CR/1234/26", "cr seen"},
      {"VAN, van; Van!", "van"},
      {"AB12 CDE outside, near the old van", "near old outside van"},
      {"", ""},
      {"a 7 of 12", ""},
      {"Vol de véhicule", "de vol véhicule"},
  };
  for (const auto& [reason, want] : cases) {
    SCOPED_TRACE(reason);
    EXPECT_EQ(joined(telling_words(reason)), want);
  }
}

TEST(Reasons, AreFlaggedWhenTheySayNothing) {
  struct Case {
    std::string_view reason, want;
  };
  constexpr Case cases[] = {
      {"Robbery at knife point, getaway car", ""},
      {"police enquiries into the vehicle", "boilerplate_reason"},
      {"Ongoing investigation, intel checks required", "boilerplate_reason"},
      {"as requested", "short_reason"},
      {"xxxxxxxxxxxx", "short_reason"},
      {"burglary burglary burglary", "short_reason"},
      {"police enquiries into the vehicle after a burglary", ""},
  };
  for (const auto& [reason, want] : cases) {
    SCOPED_TRACE(reason);
    const auto flags = flags_of(telling_words(reason));
    EXPECT_EQ(flags.empty() ? "" : name(flags.front()), want);
    EXPECT_LE(flags.size(), 1U);
  }
}

TEST(Reasons, AreAlikeWhenFewWordsWereChanged) {
  const auto like = [](std::string_view one, std::string_view other) {
    return likeness(telling_words(one), telling_words(other));
  };
  EXPECT_EQ(like("burglary in Mill Lane, white van", "White van: burglary, Mill Lane 12"), 1.0);
  EXPECT_GE(like("driver made off from traffic stop towards docks, male driver, red hatchback",
                 "driver made off from traffic stop towards docks, female driver, red hatchback"),
            alike_least);
  EXPECT_LT(like("burglary in Mill Lane, white van", "burglary in Oak Street, grey saloon"),
            alike_least);
  EXPECT_EQ(like("", ""), 0.0);
}

RC_GTEST_PROP(Reasons, AreAsLikeOneWayAsTheOther, ()) {
  const auto word = rc::gen::element<std::string>("van", "theft", "knife", "bridge", "shop", "red");
  const auto words = rc::gen::map(rc::gen::container<std::vector<std::string>>(word), joined);
  const auto one = telling_words(*words);
  const auto other = telling_words(*words);
  const auto like = likeness(one, other);
  RC_CLASSIFY(like > 0 && like < 1, "in between");
  RC_ASSERT(like == likeness(other, one));
  RC_ASSERT(like >= 0 && like <= 1);
  RC_ASSERT((like == 1) == (one == other && !one.empty()));
  RC_ASSERT(parted(joined(one)) == one);
}

}  // namespace
}  // namespace regmark::oversight
