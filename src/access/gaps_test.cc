#include "access/gaps.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "access/decide_testing.h"
#include "base/encoding.h"
#include "base/files.h"

namespace regmark::access {
namespace {

TEST(Gaps, NameWhatNobodyLooksAfter) {
  const auto policy = policy_of(R"toml(
[[permit]]
id = "hold"
roles = ["investigator"]
acts = ["hold_sightings"]
purpose = "full"
age_days_max = 90
valid_minutes = 10
[[permit]]
id = "see"
roles = ["investigator"]
acts = ["read_held"]
purpose = "full"
valid_minutes = 10
)toml");
  EXPECT_EQ(gaps(policy),
            (std::vector<std::string>{
                "nobody may review or release what is held: no rule permits review_hold",
                "nobody releases what its owner does not: no rule permits release_others_hold",
                "nobody knows what is held: no rule permits read_holds"}));
}

TEST(Gaps, ARuleThatNamesNobodyPermitsNobody) {
  const auto policy = policy_of(std::string(look) + R"toml(
[[permit]]
id = "review"
roles = ["auditor"]
acts = ["read_reviews", "review_searches", "read_signals"]
purpose = "none"
valid_minutes = 10
[[permit]]
id = "answer"
persons = []
roles = ["dpo"]
acts = ["answer_subject"]
purpose = "full"
age_days_max = 90
rows_max = 100
valid_minutes = 10
)toml");
  EXPECT_EQ(gaps(policy), std::vector<std::string>{"nobody answers the people whom it is about: no "
                                                   "rule permits answer_subject"});
}

TEST(Gaps, AreNoneInWhatIsShipped) {
  EXPECT_EQ(gaps(Policy::built_in()), std::vector<std::string>{});
  int policies = 0;
  for (const auto& folder : std::filesystem::directory_iterator(REGMARK_SOURCE_DIR "/policies")) {
    const auto file = folder.path() / "policy.toml";
    if (!std::filesystem::exists(file)) continue;
    SCOPED_TRACE(file.string());
    const auto text = base::read_file(file, policy_size_max).value();
    EXPECT_EQ(gaps(Policy::parse(base::as_text(text)).value()), std::vector<std::string>{});
    ++policies;
  }
  EXPECT_EQ(policies, 5);
}

TEST(Remarks, SayThatAnyTextIsAReference) {
  const auto with = [](std::string_view more) {
    return remarks(policy_of(std::string(R"toml(
[[permit]]
id = "ask"
roles = ["investigator"]
acts = ["ask_authority"]
purpose = "full"
valid_minutes = 10
)toml") + std::string(more)))
        .size();
  };
  EXPECT_EQ(with(""), 1U);
  EXPECT_EQ(with("[[reference]]\norganisation = \"force\"\npatterns = [\"CR/####\"]\n"), 0U);
  // Where nobody needs a reference, none is missed.
  EXPECT_EQ(remarks(policy_of("")).size(), 0U);
  EXPECT_EQ(remarks(Policy::built_in()).size(), 1U);
}

}  // namespace
}  // namespace regmark::access
