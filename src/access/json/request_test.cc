#include "access/json/request.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"

namespace regmark::access {
namespace {

constexpr std::string_view whole = R"json({
  "person": {"id": "person-1", "organisation": "force", "roles": ["investigator"],
             "rank": "sergeant", "training": [{"course": "s", "until": "2027-01-01T00:00:00Z"}]},
  "act": "search_sightings",
  "purpose": {"category": "serious", "reason": "seen near a robbery", "reference": "CR/1",
              "for_whom": "DC Example"},
  "scope": {"plate": "AB12*", "cameras": ["cam-1"], "age_days": 100, "window_days": 2, "rows": 50,
            "area": {"latitude": 52, "longitude": 0.5, "radius_m": 100}},
  "now": "2026-11-22T00:00:00Z",
  "authority": {"kind": "senior_officer", "granted_by": "person-2"}
})json";

TEST(RequestFile, ReadsAWholeOne) {
  const auto request = read_request(whole);
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(request->person.rank, "sergeant");
  EXPECT_EQ(request->person.training.at(0).course, "s");
  EXPECT_EQ(request->scope.plate, "AB12*");
  EXPECT_EQ(request->now - request->scope.window->from, std::chrono::days(100));
  EXPECT_EQ(request->now - request->scope.window->until, std::chrono::days(98));
  EXPECT_EQ(request->scope.area->radius_m, 100);
  // What the authority does not say is as it is asked for.
  EXPECT_EQ(request->authority->scope.plate, "AB12*");
  EXPECT_EQ(request->authority->requester, request->person.id);
  EXPECT_TRUE(std::holds_alternative<Permit>(decide(Policy::built_in(), *request)));
}

TEST(RequestFile, SaysWhatIsWrong) {
  const auto wrong = [](std::string_view text) { return read_request(text).error().message; };
  EXPECT_EQ(wrong("{"), "no JSON");
  EXPECT_EQ(wrong(R"({"act": "fly"})"), "'act' is none that can be asked for");
  EXPECT_EQ(wrong(R"({"act": "read_audit", "when": 1})"), "unknown member 'when'");
  EXPECT_EQ(wrong(R"({"act": "read_audit", "person": {"roles": ["king"]}})"),
            "'roles' names one that is none");
  EXPECT_EQ(wrong(R"({"act": "read_audit", "scope": {"age_days": -1}})"), "days are 0 to 36,500");
  EXPECT_FALSE(read_request(R"({"act": "read_audit", "scope": {"rows": "many"}})"));
  EXPECT_FALSE(read_request(std::string(request_file_size_max + 1, ' ')));
}

TEST(PolicyCases, SayWhichWentWrong) {
  const auto cases = read_cases(R"json({
    "defaults": {"person": {"roles": ["auditor"]}, "act": "read_audit",
                 "purpose": {"reason": "yearly check of searches"}},
    "cases": [
      {"name": "right", "request": {}, "expect": "permitted", "rules": ["auditors-read-the-record"]},
      {"name": "wrong answer", "request": {}, "expect": "refused"},
      {"name": "wrong rule", "request": {}, "expect": "permitted", "rules": ["another"]},
      {"name": "no reason", "request": {"purpose": {"reason": ""}}, "expect": "permitted"}
    ]})json");
  ASSERT_TRUE(cases) << cases.error().message;
  std::vector<std::string> said;
  for (const auto& one : *cases) said.push_back(try_case(Policy::built_in(), one));
  EXPECT_EQ(said, (std::vector<std::string>{
                      "", "was permitted by auditors-read-the-record",
                      "was decided by auditors-read-the-record, not another",
                      "was refused: a reason in words is needed, of at least 10 characters"}));
}

// Every policy that the project ships, with its table.
TEST(PolicyCases, EveryShippedPolicyAnswersItsTable) {
  int folders = 0;
  for (const auto& folder : std::filesystem::directory_iterator(REGMARK_SOURCE_DIR "/policies")) {
    if (!folder.is_directory()) continue;
    SCOPED_TRACE(folder.path().string());
    ++folders;
    const auto text = base::read_file(folder.path() / "policy.toml", policy_size_max);
    const auto policy = text ? Policy::parse(base::as_text(*text)) : Policy::built_in();
    ASSERT_TRUE(policy) << policy.error().message;
    const auto json = base::read_file(folder.path() / "cases.json", request_file_size_max);
    ASSERT_TRUE(json);
    const auto cases = read_cases(base::as_text(*json));
    ASSERT_TRUE(cases) << cases.error().message;
    EXPECT_GT(cases->size(), 5U);
    for (const auto& one : *cases) EXPECT_EQ(try_case(*policy, one), "") << one.name;
  }
  EXPECT_EQ(folders, 6);
}

}  // namespace
}  // namespace regmark::access
