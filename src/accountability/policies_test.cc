#include "accountability/policies.h"

#include <gtest/gtest.h>

#include "access/access_testing.h"
#include "accountability/accountability_testing.h"

namespace regmark::accountability {
namespace {

using access::Act;
using access::Policy;

// The built-in policy with a title of its own: another text, so another version.
Policy titled(const std::string& title) {
  auto text = Policy::built_in().text();
  const std::string now = "Regmark's own policy";
  const auto at = text.find(now);
  REGMARK_CHECK(at != std::string::npos);
  return Policy::parse(text.replace(at, now.size(), title)).value();
}

template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "ok" : std::string(regmark::name(result.error().code));
}

class KeptPolicies : public ::testing::Test {
 protected:
  audit::Receipt reading() { return rooms_.receipt(Act::read_policy); }
  Policies& policies() { return rooms_.room.policies; }

  TestAccountability rooms_;
};

TEST_F(KeptPolicies, AnEarlierTextIsReadByItsVersion) {
  const auto first = titled("The first");
  const auto second = titled("The second");
  ASSERT_TRUE(policies().keep(first));
  rooms_.clock.advance(std::chrono::hours{1});
  const auto since = rooms_.clock.now();
  ASSERT_TRUE(policies().keep(second));
  EXPECT_EQ(policies().text(reading(), first.version()).value(), first.text());
  EXPECT_EQ(policies().text(reading(), second.version()).value(), second.text());
  const auto all = policies().all(reading()).value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].version, second.version());
  EXPECT_EQ(all[0].title, "The second");
  EXPECT_EQ(all[0].kept_since, since);
}

TEST_F(KeptPolicies, OneThatComesBackIsKeptOnce) {
  ASSERT_TRUE(policies().keep(titled("The first")));
  const auto since = rooms_.clock.now();
  ASSERT_TRUE(policies().keep(titled("The second")));
  rooms_.clock.advance(std::chrono::hours{1});
  ASSERT_TRUE(policies().keep(titled("The first")));
  const auto all = policies().all(reading()).value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].title, "The first");
  EXPECT_EQ(all[1].kept_since, since);
}

TEST_F(KeptPolicies, IsReadUnderAReceiptForPolicies) {
  ASSERT_TRUE(policies().keep(Policy::built_in()));
  const auto other = rooms_.receipt(Act::read_audit);
  EXPECT_EQ(outcome(policies().all(other)), "invalid_input");
  EXPECT_EQ(outcome(policies().text(other, Policy::built_in().version())), "invalid_input");
  EXPECT_EQ(outcome(policies().text(reading(), "0123")), "not_found");
}

TEST_F(KeptPolicies, ChangeInNothingAndNeverGo) {
  ASSERT_TRUE(policies().keep(Policy::built_in()));
  for (const auto* sql :
       {"UPDATE accountability_policies SET text = 'x'", "DELETE FROM accountability_policies"}) {
    EXPECT_FALSE(rooms_.database->write([&](records::Transaction& transaction) -> Result<void> {
      REGMARK_TRY(transaction.run(sql));
      return {};
    })) << sql;
  }
  // A text that somebody changed behind the office's back is not given out as that version's.
  REGMARK_CHECK(rooms_.database->write([](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(
        transaction.run("INSERT INTO accountability_policies (version, title, text, kept_since) "
                        "VALUES ('0123', 'Forged', 'permit all', 0)"));
    return {};
  }));
  EXPECT_EQ(outcome(policies().text(reading(), "0123")), "corrupt");
}

}  // namespace
}  // namespace regmark::accountability
