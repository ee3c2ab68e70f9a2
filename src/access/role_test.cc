#include "access/role.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace regmark::access {
namespace {

TEST(Role, EveryNameReadsBack) {
  std::set<std::string_view> names;
  for (const auto role : all_roles) {
    EXPECT_EQ(role_of(name(role)), role);
    EXPECT_TRUE(names.insert(name(role)).second);
  }
  for (const auto act : all_acts) {
    EXPECT_EQ(act_of(name(act)), act);
    EXPECT_TRUE(names.insert(name(act)).second);
  }
  for (const std::string_view unknown : {"", "Operator", "operator ", "chief", "unknown"}) {
    EXPECT_FALSE(role_of(unknown)) << unknown;
    EXPECT_FALSE(act_of(unknown)) << unknown;
  }
}

TEST(Role, ThoseThatCheckEachOtherAreKeptApart) {
  using enum Role;
  struct Case {
    std::vector<Role> roles;
    bool may;
  };
  const Case cases[] = {
      {{}, true},
      {{administrator}, true},
      {{control_operator, investigator, list_owner, anpr_manager}, true},
      {{administrator, list_owner, anpr_manager}, true},
      {{administrator, control_operator}, false},
      {{investigator, administrator}, false},
      {{administrator, auditor}, false},
      {{auditor, control_operator}, false},
      {{auditor, investigator}, false},
      {{auditor, list_owner}, false},
      {{auditor, anpr_manager}, false},
      {{dpo, foi_officer}, true},
      {{overt_lead, anpr_manager}, true},
      {{dpo, overt_lead}, false},
      {{dpo, anpr_manager}, false},
      {{controller, dpo}, false},
  };
  for (const auto& [roles, may] : cases) {
    std::string all;
    for (const auto role : roles) all.append(name(role)).append(" ");
    EXPECT_EQ(!held_together(roles), may) << all;
  }
}

}  // namespace
}  // namespace regmark::access
