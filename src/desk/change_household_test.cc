// Lists that name people as those who write them do.
#include "desk/change_household.h"

#include <gtest/gtest.h>

#include "desk/desk_testing.h"
#include "desk/find_sightings.h"
#include "desk/read_signals.h"

namespace regmark::desk {
namespace {

using access::Role;
using oversight::ImportReport;

class StandardsKeepLists : public ::testing::Test {
 protected:
  Asker standards() const { return rooms_.asker({Role::standards}); }
  // Somebody whom `people` knows, who looks for this plate.
  Asker searcher(const std::string& name) {
    const auto added =
        rooms_.people->add({.sign_in_name = name,
                            .display_name = "PC Test",
                            .organisation = base::OrganisationId::parse("test-force").value(),
                            .roles = {Role::investigator}});
    auto asker = rooms_.asker({Role::investigator});
    asker.person = rooms_.people->find(added.value().first).value();
    return asker;
  }
  void search(const Asker& asker) {
    const auto now = rooms_.clock.now();
    const access::Window day{now - std::chrono::hours{24}, now};
    REGMARK_CHECK(words(find_sightings(*rooms_.desk, asker, {.plate = "AB12CDE", .window = day})) ==
                  "done");
  }
  std::string signal() {
    const auto answer = read_signals(*rooms_.desk, standards(), std::chrono::days{7});
    const auto& found = std::get<Done<SignalsAndMore>>(answer.value()).value.signals;
    return found.size() == 1 ? found.front().words : std::to_string(found.size()) + " signals";
  }
  static const ImportReport& report(const Result<Answer<ImportReport>>& answer) {
    return std::get<Done<ImportReport>>(answer.value()).value;
  }

  TestDesk rooms_;
};

TEST_F(StandardsKeepLists, BySignInNameOrById) {
  const auto erin = searcher("erin");
  search(erin);
  for (const auto& whose : {std::string("erin"), erin.person.id.text()}) {
    SCOPED_TRACE(whose);
    const auto answer =
        import_household(*rooms_.desk, standards(), "plate,person\nAB12CDE," + whose + "\n");
    ASSERT_EQ(words(answer), "done");
    EXPECT_EQ(report(answer).taken, 1U);
    EXPECT_NE(signal().find("searcher's own household"), std::string::npos) << signal();
  }
}

TEST_F(StandardsKeepLists, ByAnIdBeforeANameThatIsLikeIt) {
  const auto erin = searcher("erin");
  searcher(erin.person.id.text());
  search(erin);
  ASSERT_EQ(words(import_household(*rooms_.desk, standards(),
                                   "plate,person\nAB12CDE," + erin.person.id.text() + "\n")),
            "done");
  EXPECT_NE(signal().find("searcher's own household"), std::string::npos) << signal();
}

TEST_F(StandardsKeepLists, WithNobodyWhoDoesNotExist) {
  searcher("erin");
  const auto vehicles =
      import_household(*rooms_.desk, standards(), "plate,person\nAB12CDE,erin\nCD34EFG,zzz\n");
  EXPECT_EQ(report(vehicles).taken, 1U);
  ASSERT_EQ(report(vehicles).rejected.size(), 1U);
  EXPECT_EQ(report(vehicles).rejected[0].line, 3U);
  const std::string times = ",2026-03-28T08:00:00Z,2026-03-28T16:00:00Z\n";
  const auto duty =
      import_duty(*rooms_.desk, standards(), "person,from,until\nzzz" + times + "erin" + times);
  EXPECT_EQ(report(duty).taken, 1U);
  ASSERT_EQ(report(duty).rejected.size(), 1U);
  EXPECT_EQ(report(duty).rejected[0].line, 2U);
  const auto none = import_duty(*rooms_.desk, standards(), "person,from,until\nzzz" + times);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace regmark::desk
