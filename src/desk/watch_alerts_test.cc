#include "desk/watch_alerts.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "alerts/alerts_testing.h"
#include "desk/desk_testing.h"
#include "people/security_keys_testing.h"
#include "plate/read_testing.h"

namespace regmark::desk {
namespace {

using access::Role;

// A screen that takes so many alerts and then is gone.
class TestScreen final : public Screen {
 public:
  explicit TestScreen(int takes = 1'000'000) : left_(takes) {}
  bool deliver(const Shown& shown) override {
    if (closed_ || left_-- <= 0) return false;
    last_ = shown.data;
    ++delivered_;
    return true;
  }
  bool present() override { return !closed_ && left_ >= 0; }
  void close() override { closed_ = true; }

  int delivered() const { return delivered_; }
  bool closed() const { return closed_; }
  const std::string& last() const { return last_; }

 private:
  std::atomic<int> left_;
  std::atomic<int> delivered_{0};
  std::atomic<bool> closed_{false};
  std::string last_;
};

class Watch : public ::testing::Test {
 protected:
  Watch() {
    const auto code = rooms_.people->make_first_administrator().value();
    REGMARK_CHECK(code.has_value());
    token_ = somebody("watcher");
    screens_.emplace(*rooms_.desk);
    watch_.emplace(*rooms_.desk, *screens_, [this](const alerts::Alert& alert) {
      ++rendered_;
      return alert.id.text();
    });
  }

  // A signed-in operator's token.
  std::string somebody(const std::string& name) {
    const auto added = rooms_.people
                           ->add({name,
                                  "Somebody",
                                  base::OrganisationId::parse("test-force").value(),
                                  {Role::control_operator}})
                           .value();
    REGMARK_CHECK(rooms_.people->choose_password(name, added.second, "correct horse battery"));
    return rooms_.people->sign_in({name, "correct horse battery"}).value().token;
  }
  Asker asker_of(const std::string& token) {
    const auto session = rooms_.people->session(token).value();
    return {session.person, {}, session.until};
  }
  std::shared_ptr<TestScreen> attach(const std::string& token, int takes = 1'000'000) {
    auto screen = std::make_shared<TestScreen>(takes);
    const auto leave = watch_->ask_leave(asker_of(token)).value();
    watch_->attach(std::get<Done<audit::Receipt>>(leave).value, token, screen);
    return screen;
  }
  void raise(const std::string& plate) {
    const auto read = plate::a_read("cam-1", plate, base::format_utc(rooms_.clock.now()));
    rooms_.alerts->raise(read, std::vector{alerts::a_hit(plate)});
  }
  // The outcomes on record of this result, as their details.
  std::vector<std::string> recorded(const std::string& outcome) {
    std::vector<std::string> details;
    for (const auto& entry : rooms_.records()) {
      if (entry.shown.outcome == outcome) details.push_back(entry.details);
    }
    return details;
  }

  TestDesk rooms_;
  std::atomic<int> rendered_{0};
  std::string token_;
  std::optional<Screens> screens_;
  std::optional<AlertWatch> watch_;
};

TEST_F(Watch, EveryScreenIsToldAndTheAlertIsRenderedOnce) {
  const auto one = attach(token_);
  const auto two = attach(token_);
  raise("AB12CDE");
  EXPECT_EQ(one->delivered(), 1);
  EXPECT_EQ(two->delivered(), 1);
  EXPECT_EQ(rendered_, 1);
  EXPECT_EQ(one->last(), two->last());
}

TEST_F(Watch, DeliveriesAreOnRecordInGroups) {
  const auto screen = attach(token_);
  raise("AB12CDE");
  raise("GH56JKL");
  EXPECT_TRUE(recorded("delivered").empty());
  screens_->record_deliveries();
  screens_->record_deliveries();  // nothing since
  const auto groups = recorded("delivered");
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_NE(groups.front().find('2'), std::string::npos) << groups.front();
  raise("MN78PQR");
  watch_.reset();
  screens_.reset();  // the office closes
  EXPECT_TRUE(screen->closed());
  EXPECT_EQ(recorded("watch_ended").size(), 1U);
}

TEST_F(Watch, AScreenIsCutOffWithItsSession) {
  const auto screen = attach(token_);
  const auto other = attach(somebody("other"));
  ASSERT_TRUE(rooms_.people->sign_out(token_));
  screens_->recheck();
  EXPECT_TRUE(screen->closed());
  EXPECT_FALSE(other->closed());
  EXPECT_EQ(screens_->count(), 1U);
  raise("AB12CDE");
  EXPECT_EQ(screen->delivered(), 0);
  EXPECT_EQ(other->delivered(), 1);
}

TEST_F(Watch, AScreenIsCutOffWithItsRoleWithoutBeingTold) {
  const auto screen = attach(token_);
  const auto person = rooms_.people->session(token_).value().person.id;
  ASSERT_TRUE(rooms_.people->set_roles(person, std::vector{Role::list_owner}));
  // Nobody calls recheck(): the watch asks by itself.
  const auto deadline = std::chrono::steady_clock::now() + 3 * recheck_every;
  while (!screen->closed() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  EXPECT_TRUE(screen->closed());
}

// A role needs a second factor here, and a key is one.
class WatchWithFactors : public Watch {
 protected:
  static constexpr std::string_view password = "correct horse battery";

  void need_factor(Role role) {
    rooms_.people.emplace(*rooms_.database, rooms_.clock,
                          people::SignInRules{.key = base::Key{9},
                                              .second_factor = {role},
                                              .security_keys = people::test_key_rules()});
  }
  void expect_cut_off(const std::shared_ptr<TestScreen>& screen) {
    EXPECT_TRUE(rooms_.people->session(token_)->lacks_second_factor);
    screens_->recheck();
    EXPECT_TRUE(screen->closed());
    raise("AB12CDE");
    EXPECT_EQ(screen->delivered(), 0);
  }
};

TEST_F(WatchWithFactors, AScreenIsCutOffWithTheLastKey) {
  need_factor(Role::control_operator);
  auto& people = *rooms_.people;
  people::TestKey key;
  const auto begun = people.begin_security_key({"watcher", password}).value();
  const auto made = key.made(begun.challenge.challenge);
  const auto added = people.add_security_key(token_, made).value();
  const auto screen = attach(token_);
  screens_->recheck();
  EXPECT_FALSE(screen->closed());
  const auto shown = key.answer(people.challenge("watcher").value().value().challenge);
  ASSERT_TRUE(people.remove_security_key({"watcher", password, {}, {}, &shown}, added.id));
  expect_cut_off(screen);
}

TEST_F(WatchWithFactors, AScreenIsCutOffWithARoleThatNeedsMore) {
  need_factor(Role::list_owner);
  const auto screen = attach(token_);
  const auto person = rooms_.people->session(token_).value().person.id;
  ASSERT_TRUE(
      rooms_.people->set_roles(person, std::vector{Role::control_operator, Role::list_owner}));
  expect_cut_off(screen);
}

TEST_F(Watch, AScreenThatWentAwayIsForgotten) {
  const auto screen = attach(token_, /*takes=*/1);
  raise("AB12CDE");
  raise("GH56JKL");
  EXPECT_EQ(screen->delivered(), 1);
  screens_->recheck();
  EXPECT_EQ(screens_->count(), 0U);
  ASSERT_EQ(recorded("watch_ended").size(), 1U);
}

TEST_F(Watch, WhatCannotBeRecordedIsNotShownAnyMore) {
  const auto screen = attach(token_);
  raise("AB12CDE");
  rooms_.failing_log.fill_up_after(0);
  screens_->record_deliveries();
  EXPECT_TRUE(screen->closed());
  raise("GH56JKL");
  EXPECT_EQ(screen->delivered(), 1);
}

TEST_F(Watch, WithoutLeaveThereIsNothingToAttach) {
  auto asker = asker_of(token_);
  asker.person.roles = {Role::administrator};
  const auto leave = watch_->ask_leave(asker);
  ASSERT_TRUE(leave);
  EXPECT_TRUE(std::holds_alternative<Refused>(*leave));
  EXPECT_EQ(recorded("refused").size(), 1U);
}

TEST_F(Watch, ThereIsALimit) {
  const auto leave = watch_->ask_leave(asker_of(token_)).value();
  const auto& receipt = std::get<Done<audit::Receipt>>(leave).value;
  for (std::size_t i = 0; i < screens_max; ++i) {
    watch_->attach(receipt, token_, std::make_shared<TestScreen>());
  }
  const auto refused = watch_->ask_leave(asker_of(token_));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  const auto late = std::make_shared<TestScreen>();
  watch_->attach(receipt, token_, late);
  EXPECT_TRUE(late->closed());
  EXPECT_EQ(screens_->count(), screens_max);
}

}  // namespace
}  // namespace regmark::desk
