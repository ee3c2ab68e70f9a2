#include "access/policy.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "access/internal/rules.h"

namespace regmark::access {
namespace {

// A whole policy, short; the tests change one line of it.
constexpr std::string_view good = R"(format = 1
title = "test"
categories = ["serious", "major"]
[retention]
sightings_days = 28
pictures_days = 7
[[permit]]
id = "look"
roles = ["investigator"]
acts = ["search_sightings"]
purpose = "full"
age_days_max = 90
rows_max = 100
valid_minutes = 10
[[forbid]]
id = "no"
acts = ["hold_sightings"]
age_days_over = 30
why = "too old"
)";

std::string with(std::string_view old_line, std::string_view new_line) {
  std::string text(good);
  const auto at = text.find(std::string(old_line) + "\n");
  EXPECT_NE(at, std::string::npos) << old_line;
  text.replace(at, old_line.size(), new_line);
  return text;
}

std::string outcome(const Result<Policy>& policy) {
  return policy ? "ok" : std::string(name(policy.error().code)) + ": " + policy.error().message;
}

TEST(Policy, ReadsAWholeFile) {
  const auto policy = Policy::parse(good);
  ASSERT_TRUE(policy) << policy.error().message;
  EXPECT_EQ(policy->text(), good);
  EXPECT_EQ(policy->version().size(), 64U);
  EXPECT_EQ(policy->sightings_kept(), std::chrono::days(28));
  EXPECT_EQ(policy->pictures_kept(), std::chrono::days(7));
  // What it does not say is ours.
  EXPECT_EQ(policy->kept_for().audit_details, std::chrono::days(730));
  EXPECT_EQ(policy->kept_for().ended_entries, std::chrono::days(90));
  EXPECT_NE(Policy::parse(with("title = \"test\"", "title = \"other\""))->version(),
            policy->version());
}

TEST(Policy, SaysHowLongNonHitsStay) {
  struct Case {
    std::string lines;
    std::optional<std::pair<int, int>> want;  // at most, by slices of
  };
  const Case cases[] = {
      {"", std::nullopt},
      {"non_hits_minutes = 0\n", std::pair{0, 0}},
      {"non_hits_minutes = 3\n", std::pair{3, 1}},
      {"non_hits_minutes = 30\n", std::pair{30, 6}},  // seven divides no day
      {"non_hits_minutes = 1440\n", std::pair{1'440, 360}},
      {"non_hits_minutes = 48\nnon_hits_slice_minutes = 1\n", std::pair{48, 1}},
      {"non_hits_minutes = 40\nnon_hits_slice_minutes = 20\n", std::pair{40, 20}},
  };
  for (const auto& [lines, want] : cases) {
    SCOPED_TRACE(lines);
    const auto policy = Policy::parse(
        "format = 1\ntitle = \"test\"\ncategories = [\"serious\"]\n[retention]\n"
        "sightings_days = 28\npictures_days = 7\n" +
        lines);
    ASSERT_TRUE(policy) << policy.error().message;
    ASSERT_EQ(policy->non_hits().has_value(), want.has_value());
    if (!want) continue;
    EXPECT_EQ(policy->non_hits()->most, std::chrono::minutes(want->first));
    EXPECT_EQ(policy->non_hits()->slice, std::chrono::minutes(want->second));
  }
}

TEST(Policy, NamesTheLineOfEachMistake) {
  struct Case {
    std::string_view old_line, new_line, want;
  };
  const Case cases[] = {
      {"title = \"test\"", "title = \"caf\u00e9\"",
       "line 2: only ASCII; write other letters in texts as \\u and four digits"},
      {"format = 1", "format = 2", "line 1: 'format' must be a whole number from 1 to 1"},
      {"format = 1", "", "line 1: 'format' is missing"},
      {"title = \"test\"", "title = 7", "line 2: 'title' must be a text"},
      {"title = \"test\"", "titel = \"test\"", "line 2: unknown key 'titel'"},
      {"categories = [\"serious\", \"major\"]", "categories = [\"a b\"]",
       "line 3: each of 'categories' is 1 to 64 letters, digits, . _ or -"},
      {"categories = [\"serious\", \"major\"]", "categories = [\"a\", \"a\"]",
       "line 3: 'a' stands there twice"},
      {"[retention]", "[kept]", "line 4: unknown key 'kept'"},
      {"sightings_days = 28", "sightings_days = 0",
       "line 5: 'sightings_days' must be a whole number from 1 to 3650"},
      {"pictures_days = 7", "pictures_days = 7\naudit_details_days = 27",
       "line 7: 'audit_details_days' must be a whole number from 28 to 3650"},
      {"pictures_days = 7", "pictures_days = 29",
       "line 6: 'pictures_days' must be a whole number from 1 to 28"},
      {"pictures_days = 7", "pictures_days = 7\nnon_hits_minutes = 1441",
       "line 7: 'non_hits_minutes' must be a whole number from 0 to 1440"},
      {"pictures_days = 7", "pictures_days = 7\nnon_hits_minutes = 2",
       "line 7: 'non_hits_minutes' is 0, which never writes them, or 3 to 1440"},
      {"pictures_days = 7", "pictures_days = 7\nnon_hits_slice_minutes = 10",
       "line 7: 'non_hits_slice_minutes' is of reads that stay for minutes: 'non_hits_minutes' "
       "says for how many"},
      {"pictures_days = 7", "pictures_days = 7\nnon_hits_minutes = 30\nnon_hits_slice_minutes = 7",
       "line 8: 'non_hits_slice_minutes' divides a day (1440), and is at most half and at least a "
       "48th of 'non_hits_minutes'"},
      {"pictures_days = 7", "pictures_days = 7\nnon_hits_minutes = 30\nnon_hits_slice_minutes = 16",
       "line 8: 'non_hits_slice_minutes' divides a day (1440), and is at most half and at least a "
       "48th of 'non_hits_minutes'"},
      {"id = \"look\"", "id = \"no\"", "line 16: another rule has this id"},
      {"id = \"look\"", "id = \"a b\"", "line 8: an id is 1 to 64 letters, digits, . _ or -"},
      {"roles = [\"investigator\"]", "roles = [\"chief\"]", "line 9: unknown in 'roles': 'chief'"},
      {"roles = [\"investigator\"]", "roles = []",
       "line 7: an empty list of roles or categories applies to nothing"},
      {"roles = [\"investigator\"]", "", "line 7: a permit names roles or persons"},
      {"roles = [\"investigator\"]", "persons = [\"no person\"]",
       "line 9: unknown in 'persons': 'no person'"},
      {"acts = [\"search_sightings\"]", "acts = [\"search\"]",
       "line 10: unknown in 'acts': 'search'"},
      {"acts = [\"search_sightings\"]", "acts = []", "line 10: name at least one act"},
      {"acts = [\"search_sightings\"]", "acts = [\"search_sightings\", \"watch_alerts\"]",
       "line 7: bounds are for acts that look at reads only"},
      {"purpose = \"full\"", "purpose = \"some\"", "line 11: purpose is none, reason or full"},
      {"purpose = \"full\"", "purpose = \"reason\"",
       "line 7: looking back needs purpose = \"full\""},
      {"age_days_max = 90", "", "line 7: looking back needs age_days_max"},
      {"age_days_max = 90", "age_days_min = 90", "line 12: unknown key 'age_days_min'"},
      {"age_days_max = 90", "age_days_max = -1",
       "line 12: 'age_days_max' must be a whole number from 0 to 3650"},
      {"rows_max = 100", "", "line 7: search_sightings needs rows_max"},
      {"rows_max = 100", "rows_max = 1.5",
       "line 13: 'rows_max' must be a whole number from 1 to 1000000"},
      {"rows_max = 100", "rows_max = 100\nfields = [\"plate\"]",
       "line 14: fields are place, vehicle and pictures"},
      {"valid_minutes = 10", "valid_minutes = 721",
       "line 14: 'valid_minutes' must be a whole number from 1 to 720"},
      {"valid_minutes = 10", "valid_minutes = 10\nauthority = \"friend\"",
       "line 15: unknown in 'authority': 'friend'"},
      {"valid_minutes = 10", "valid_minutes = 10\nwhy = \"because\"",
       "line 7: 'why' goes with 'authority': it is told to who lacks it"},
      {"valid_minutes = 10", "valid_minutes = 10\ntraining = \"driving\"",
       "line 15: unknown in 'training': 'driving'"},
      {"valid_minutes = 10", "valid_minutes = 10\nrank_least = \"king\"",
       "line 15: unknown in 'rank_least': 'king'"},
      {"[[forbid]]", "[[authority]]\nid = \"a\"\n[[forbid]]", "line 15: 'rank_least' is missing"},
      {"[[forbid]]", "[[authority]]\nid = \"a\"\nrank_least = \"pc\"\n[[forbid]]",
       "line 17: unknown in 'rank_least': 'pc'"},
      {"[[forbid]]", "[[reference]]\norganisation = \"f\"\npatterns = [\"**\"]\n[[forbid]]",
       "line 17: a pattern has 1 to 64 characters and one * at most"},
      {"age_days_over = 30", "age_days_max = 30", "line 18: unknown key 'age_days_max'"},
      {"why = \"too old\"", "", "line 15: 'why' is missing"},
      {"[[forbid]]", "[forbid]", "line 15: write [[forbid]]"},
      {"title = \"test\"", "title = \"test\"\ntitle = \"again\"",
       "line 3: Error while parsing key-value pair: cannot redefine existing string 'title'"},
  };
  for (const auto& [old_line, new_line, want] : cases) {
    SCOPED_TRACE(new_line);
    EXPECT_EQ(outcome(Policy::parse(with(old_line, new_line))),
              "invalid_input: " + std::string(want));
  }
}

// Whatever its forbids say, or do not.
TEST(Policy, LetsNoAdministratorLook) {
  const auto of = [](std::string_view acts, std::string_view roles) {
    return outcome(Policy::parse(std::string(good) + "[[permit]]\nid = \"more\"\nroles = [" +
                                 std::string(roles) + "]\nacts = [" + std::string(acts) +
                                 "]\npurpose = \"full\"\nvalid_minutes = 10\n"));
  };
  for (const auto act : all_acts) {
    if (act == Act::read_people) continue;  // it would stand there twice
    const auto word = std::string(name(act));
    EXPECT_EQ(of("\"read_people\", \"" + word + "\"", "\"operator\", \"administrator\""),
              shows_reads(act) ? "invalid_input: line 23: an administrator may look at no reads: " +
                                     word + " is not for that role"
                               : "ok");
  }
  // Those that a force might think of first.
  for (const auto act : {Act::search_sightings, Act::find_convoys, Act::track_plate,
                         Act::export_evidence, Act::export_held, Act::read_held,
                         Act::hold_sightings, Act::answer_subject, Act::watch_alerts}) {
    EXPECT_TRUE(shows_reads(act)) << name(act);
  }
}

TEST(Policy, TakesOtherLettersAsEscapes) {
  const auto policy = Policy::parse(with("title = \"test\"", R"(title = "caf\u00e9")"));
  ASSERT_TRUE(policy) << policy.error().message;
  EXPECT_EQ(policy->rules().title, "caf\u00e9");
}

// toml++ 3.3.0 marks such a letter as unreachable code; a fuzzer found it.
TEST(Policy, SurvivesLettersBeyondAsciiAnywhere) {
  EXPECT_EQ(Policy::parse("\u0319*").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(Policy::parse("format = 1 \u0319").error().code, ErrorCode::invalid_input);
}

// The example of docs/formats/policy.md is a whole policy.
TEST(Policy, TheExampleInTheDocumentsLoads) {
  std::ifstream page(REGMARK_SOURCE_DIR "/docs/formats/policy.md");
  std::string text;
  bool is_inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line == "```") is_inside = false;
    if (is_inside) text += line + "\n";
    if (line == "```toml") is_inside = true;
  }
  const auto policy = Policy::parse(text);
  ASSERT_TRUE(policy) << policy.error().message;
  EXPECT_EQ(policy->rules().permits.size(), 2U);
  EXPECT_EQ(policy->rules().forbids.size(), 1U);
}

TEST(Policy, StopsAtItsLimit) {
  std::string text(good);
  text += "# " + std::string(policy_size_max - text.size() - 3, 'x') + "\n";
  EXPECT_EQ(outcome(Policy::parse(text)), "ok");
  EXPECT_EQ(outcome(Policy::parse(text + "\n")), "limit_exceeded: a policy may have at most 1 MiB");
  const std::string deep = "categories = " + std::string(100'000, '[');
  EXPECT_EQ(Policy::parse(deep).error().code, ErrorCode::invalid_input);
}

TEST(Policy, TheOneBuiltInKeepsSightingsForAYear) {
  const auto& policy = Policy::built_in();
  EXPECT_EQ(policy.sightings_kept(), std::chrono::days(365));
  EXPECT_EQ(policy.pictures_kept(), std::chrono::days(90));
  EXPECT_EQ(policy.rules().categories.size(), 4U);
}

}  // namespace
}  // namespace regmark::access
