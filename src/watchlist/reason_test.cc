#include "watchlist/reason.h"

#include <gtest/gtest.h>

namespace regmark::watchlist {
namespace {

TEST(Reason, HasTheKindThatItsWordsName) {
  struct Case {
    std::string_view reason;
    ReasonCode want;
  };
  constexpr Case cases[] = {
      {"WANTED", ReasonCode::wanted},
      {"Arrest warrant", ReasonCode::wanted},
      {"wanted/missing", ReasonCode::wanted},
      {"WANTED FOR BURGLARY", ReasonCode::wanted},
      {"MISSING PERSON", ReasonCode::missing},
      {"High-risk misper", ReasonCode::missing},
      {"WITNESS", ReasonCode::witness},
      {"witness to a robbery", ReasonCode::witness},
      {"Witness wanted", ReasonCode::witness},
      {"STOLEN", ReasonCode::stolen},
      {"LOST/STOLEN", ReasonCode::stolen},
      {"stolen,used in robbery", ReasonCode::stolen},
      {"NO INSURANCE", ReasonCode::uninsured},
      {"no\t insurance", ReasonCode::uninsured},
      {"Uninsured", ReasonCode::uninsured},
      {"BURGLARY", ReasonCode::crime},
      {"(robbery)", ReasonCode::crime},
      {"Drugs supply", ReasonCode::crime},
      {"theft", ReasonCode::crime},
      {"ASSAULT", ReasonCode::crime},
      {"insurance fraud", ReasonCode::crime},
      {"firearms", ReasonCode::crime},
      // Words that are none of these, or only parts of others.
      {"", ReasonCode::other},
      {" /,- ", ReasonCode::other},
      {"INSURANCE", ReasonCode::other},
      {"no valid insurance seen", ReasonCode::other},
      {"UNWANTED", ReasonCode::other},
      {"wantedness", ReasonCode::other},
      {"stolen\xC3\xA9", ReasonCode::other},
      {"Seen near \"The Swan\", Tuesday", ReasonCode::other},
  };
  for (const auto& [reason, want] : cases) {
    SCOPED_TRACE(reason);
    EXPECT_EQ(reason_code(reason), want);
  }
}

}  // namespace
}  // namespace regmark::watchlist
