// People in records of their own, for tests. Never included by a program.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/time_testing.h"
#include "people/internal/totp.h"
#include "people/people.h"
#include "records/database_testing.h"

namespace regmark::people {

inline constexpr std::string_view test_password = "correct horse battery";

// What most of them belong to.
inline void add_test_force(People& people) {
  const auto id = base::OrganisationId::parse("test-force").value();
  REGMARK_CHECK(people.organisations().add(id, {.name = "Test Force"}).has_value());
}

class TestPeople {
 public:
  explicit TestPeople(SignInRules rules = {.key = base::Key{9}, .second_factor = {}}) {
    REGMARK_CHECK(database->migrate(People::migrations()));
    people_ = std::make_unique<People>(*database, clock, std::move(rules));
    add_test_force(*people_);
  }
  People& operator*() { return *people_; }
  People* operator->() { return people_.get(); }

  // A person who has chosen the password above.
  base::PersonId ready(const std::string& name,
                       std::vector<access::Role> roles = {access::Role::investigator}) {
    const auto added =
        people_->add({.sign_in_name = name,
                      .display_name = "PC Test",
                      .organisation = base::OrganisationId::parse("test-force").value(),
                      .roles = std::move(roles)});
    REGMARK_CHECK(added.has_value());
    REGMARK_CHECK(people_->choose_password(name, added->second, test_password).has_value());
    return added->first;
  }

  base::ManualClock clock;
  records::TestDatabase database;

 private:
  std::unique_ptr<People> people_;
};

// What an authenticator app with this secret (in Base32) shows at a time.
inline std::string code_shown(std::string_view typed, base::UtcTime now) {
  TotpSecret secret{};
  std::uint64_t bits = 0;
  int held = 0;
  std::size_t at = 0;
  for (const char c : typed) {
    bits = bits << 5U | static_cast<std::uint64_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
    held += 5;
    if (held < 8) continue;
    held -= 8;
    secret.at(at++) = static_cast<std::uint8_t>(bits >> held & 0xffU);
  }
  return totp_code(secret, totp_step(now));
}

// What the answer is, as one word.
template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "ok" : name(result.error().code);
}

}  // namespace regmark::people
