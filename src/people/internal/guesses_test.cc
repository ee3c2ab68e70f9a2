#include "people/internal/guesses.h"

#include <gtest/gtest.h>

#include "people/internal/new_password.h"
#include "people/people_testing.h"

namespace regmark::people {
namespace {

TEST(Guesses, AreFewForWhatIsCommon) {
  struct Case {
    std::string_view password;
    bool is_taken;
  };
  constexpr Case cases[] = {
      {"password1234", false},
      {"Password123!", false},
      {"passwordpassword", false},
      {"p4ssw0rdp4ssw0rd", false},
      {"qwertyuiop123", false},
      {"111111111111", false},
      {"abcdefghijkl", false},
      {"iloveyou1234", false},
      {"Manchester2024!", false},
      {"administrator1", false},
      {"Summer2024!!", false},
      // The tests' own, three words, and what a generator gives.
      {test_password, true},
      {"velvet anchor mosaic", true},
      {"k7Qe-w2Zp-9rTx", true},
      {"grünes Fahrrad im Nebel", true},
  };
  for (const auto& [password, is_taken] : cases) {
    SCOPED_TRACE(password);
    EXPECT_EQ(guesses_log10(password, {}) >= guesses_log10_min, is_taken);
  }
}

TEST(Guesses, AreFewForNamesThatAreGiven) {
  const std::vector<std::string> names{"regmark", "Quayside"};
  for (const std::string_view password : {"quaysideregmark", "Regmark-QUAYSIDE", "qu4yside2024"}) {
    SCOPED_TRACE(password);
    EXPECT_LT(guesses_log10(password, names), guesses_log10_min);
    EXPECT_LT(guesses_log10(password, names), guesses_log10(password, {}));
  }
}

TEST(Guesses, AreOfTheFirstBytesAlone) {
  const std::string common(weighed_size_max, 'a');
  EXPECT_EQ(guesses_log10(common + "k7Qe-w2Zp-9rTx", {}), guesses_log10(common, {}));
  EXPECT_GT(guesses_log10(common.substr(14) + "k7Qe-w2Zp-9rTx", {}), guesses_log10_min);
  using namespace std::string_view_literals;
  EXPECT_EQ(guesses_log10("secret\0k7Qe-w2Zp-9rTx"sv, {}), guesses_log10("secret", {}));
  EXPECT_EQ(guesses_log10("", {}), 0);
}

class NamesAbout : public ::testing::Test {
 protected:
  std::vector<std::string> names(std::string sign_in_name, std::string display_name) {
    const auto added =
        people_->add({.sign_in_name = std::move(sign_in_name),
                      .display_name = std::move(display_name),
                      .organisation = base::OrganisationId::parse("test-force").value(),
                      .roles = {}});
    return people_.database
        ->read([&](records::Transaction& transaction) {
          return names_about(transaction, added->first.text());
        })
        .value();
  }
  TestPeople people_;
};

TEST_F(NamesAbout, AreThePersonsAndTheirForces) {
  const std::vector<std::string> want{
      "regmark",     "anpr",      "anna.weir",  "anna",      "weir",       "annaweir",
      "Anna O'Weir", "Anna",      "Weir",       "AnnaOWeir", "test-force", "test",
      "force",       "testforce", "Test Force", "Test",      "Force",      "TestForce"};
  EXPECT_EQ(names("anna.weir", "Anna O'Weir"), want);
}

TEST_F(NamesAbout, AreNotMoreThanAFew) {
  std::string many;
  for (char c = 'a'; c <= 'z'; ++c) many += std::string(3, c) + " ";
  EXPECT_EQ(names("anna", many).size(), 24U);
}

}  // namespace
}  // namespace regmark::people
