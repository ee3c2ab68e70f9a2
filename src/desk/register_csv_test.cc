#include "desk/register_csv.h"

#include <gtest/gtest.h>

#include <map>

namespace regmark::desk {
namespace {

using camera_register::CameraKind;
using camera_register::Certainty;
using camera_register::Ground;

constexpr std::string_view heading =
    "camera,name,kind,site,site_name,latitude,longitude,owner,installed,removed,ground,review,"
    "count,year,cost,pounds\n";

Result<ReadRegister> read(std::string_view rows) {
  return read_register_csv(std::string(heading) + std::string(rows));
}

TEST(RegisterCsv, ReadsWhatIsThereAndSaysWhatIsNot) {
  const auto got = read(
      "c-1,North,fixed,s-1,Bridge,54,-2,Force,2014-05-01,,local_crime,2027-01-31,,,,\n"
      "c-2,,,s-1,,54,-2,,~2016-01-01,,,2027-01-31,,,,\n"
      "c-3,,movable,,,,,,,unknown,,,,,,\n"
      "c-4,,shared,,,,,Council,2010-01-01,2019-06-30,crime_prevention,,,,,\n"
      ",,body_worn,,,,,,2021-01-01,,,,26500,,,\n"
      ",,estate_cctv,,,,,,2023-01-01,,,,~4000,,,\n"
      ",,,,,,,,,,,,,2022,running,~120000\n"
      ",,,,,,,,,,,,,2022,purchase,\n");
  ASSERT_TRUE(got) << got.error().message;
  ASSERT_EQ(got->sites.size(), 1U);
  const auto& site = got->sites[0];
  EXPECT_EQ(site.cameras.size(), 2U);
  EXPECT_EQ(site.site.name, "Bridge");
  EXPECT_EQ(site.site.grounds.category, "local_crime");
  EXPECT_EQ(site.site.grounds.need.substr(0, 12), "Not recorded");
  EXPECT_EQ(site.cameras[1].name, "c-2");
  const auto& cameras = got->entries.cameras;
  ASSERT_EQ(cameras.size(), 4U);
  EXPECT_EQ(cameras[0].installed.how, Certainty::exact);
  EXPECT_EQ(cameras[1].installed.how, Certainty::approximate);
  EXPECT_EQ(cameras[1].ground, Ground::not_recorded);
  EXPECT_TRUE(cameras[1].owner.empty());
  EXPECT_EQ(cameras[2].installed.how, Certainty::not_recorded);
  EXPECT_TRUE(cameras[2].is_removed);
  EXPECT_FALSE(cameras[2].removed.day);
  EXPECT_EQ(cameras[3].kind, CameraKind::shared);
  ASSERT_EQ(got->entries.counts.size(), 2U);
  EXPECT_EQ(got->entries.counts[1].how, Certainty::approximate);
  ASSERT_EQ(got->entries.costs.size(), 2U);
  EXPECT_EQ(got->entries.costs[0].pounds, 120'000U);
  EXPECT_EQ(got->entries.costs[1].how, Certainty::not_recorded);
}

TEST(RegisterCsv, CountsWhatIsMissingFieldByField) {
  const auto got = read(
      "c-1,North,fixed,s-1,Bridge,54,-2,Force,2014-05-01,,local_crime,2027-01-31,,,,\n"
      "c-2,,,,,,,,~2016-01-01,,,,,,,\n"
      "c-3,,movable,,,,,,,unknown,,,,,,\n"
      ",,body_worn,,,,,,2021-01-01,,,,26500,,,\n");
  ASSERT_TRUE(got) << got.error().message;
  std::map<std::string_view, std::uint64_t> missing;
  for (const auto& one : missing_in(*got, {})) missing.emplace(one.field, one.cameras);
  EXPECT_EQ(missing, (std::map<std::string_view, std::uint64_t>{{"name", 2},
                                                                {"kind", 1},
                                                                {"site", 2},
                                                                {"site_name", 2},
                                                                {"latitude", 2},
                                                                {"longitude", 2},
                                                                {"owner", 2},
                                                                {"controller", 3},
                                                                {"installed", 1},
                                                                {"ground", 2},
                                                                {"published", 3},
                                                                {"review", 2}}));
}

// What an update says nothing of is not told again; what it says is not recorded, is.
TEST(RegisterCsv, CountsOfACameraThatIsHeldOnlyWhatItsColumnsLeaveOut) {
  const auto got = read_register_csv("camera,site,owner,ground\nc-1,,Force,\nc-2,,,\n");
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_FALSE(got->entries.named.kind);
  EXPECT_TRUE(got->entries.named.owner);
  EXPECT_FALSE(got->entries.named.removed);
  const auto told = [&](const std::vector<bool>& was_held) {
    std::string text;
    for (const auto& one : missing_in(*got, was_held)) {
      if (one.cameras > 0) text += std::string(one.field) + " " + std::to_string(one.cameras) + " ";
    }
    return text;
  };
  EXPECT_EQ(told({true, true}), "owner 1 ground 2 ");
  EXPECT_EQ(told({true, false}),
            "name 1 kind 1 site 1 site_name 1 latitude 1 longitude 1 owner 1 controller 1"
            " installed 1 ground 2 published 1 review 1 ");
}

TEST(RegisterCsv, ReadsReviewsThatWereHeldBefore) {
  const auto got = read_register_csv("site,reviewed\ns-1,2019-05-01\ns-1,~2020-05-01\n");
  ASSERT_TRUE(got) << got.error().message;
  ASSERT_EQ(got->entries.reviews.size(), 2U);
  EXPECT_EQ(got->entries.reviews[1].how, Certainty::approximate);
  EXPECT_FALSE(read_register_csv("site,reviewed\n,2019-05-01\n"));
  EXPECT_FALSE(read_register_csv("site,reviewed\ns-1,soon\n"));
}

TEST(RegisterCsv, SaysSinceWhenACameraStandsOnItsGround) {
  const auto got = read_register_csv(
      "camera,ground,ground_from\nc-1,local_crime,2020-05-01\nc-2,local_crime,always\n"
      "c-3,local_crime,\n");
  ASSERT_TRUE(got) << got.error().message;
  const auto& cameras = got->entries.cameras;
  EXPECT_EQ(cameras[0].ground_from, base::parse_day("2020-05-01").value());
  EXPECT_EQ(cameras[1].ground_from, camera_register::first_day);
  EXPECT_EQ(cameras[2].ground_from, std::nullopt);
  for (const std::string_view bad : {"c-1,,2020-05-01", "c-1,local_crime,soon"}) {
    const auto refused = read_register_csv("camera,ground,ground_from\n" + std::string(bad));
    ASSERT_FALSE(refused) << bad;
    EXPECT_TRUE(refused.error().message.starts_with("line 2: camera c-1: "));
  }
}

TEST(RegisterCsv, NamesTheLineThatIsWrong) {
  struct Case {
    std::string_view rows, want;
  };
  constexpr Case cases[] = {
      {"c 1,,,,,,,,,,,,,,,\n", "line 2: camera id"},
      {"c-1\nc-1\n", "line 3: camera c-1: the camera stands there twice"},
      {"c-1,,drone\n",
       "line 2: camera c-1: there is no such kind of camera; the kinds are fixed, in_vehicle, "},
      {"c-1,,,,,,,,2020-02-30\n", "line 2: camera c-1: "},
      {"c-1,,,,,,,,,,parking\n",
       "line 2: camera c-1: there is no such ground; the grounds are national_security, "},
      {"c-1,,,s-1,,54,,,,,,2027-01-31\n", "line 2: camera c-1: the longitude must be a number"},
      {"c-1,,,s-1,,54,-2,,,2018-01-01,,2027-01-31\n",
       "line 2: camera c-1: it was removed, and what was removed waits for no review"},
      {"c-1,,,s-1,,54,-2,,,unknown,,2027-01-31\n", "line 2: camera c-1: it was removed, and what "},
      // A row that is two things would lose one of them.
      {"c-1,,,,,,,,,,,,,2022,running,1\n",
       "line 2: camera does not belong to a cost: a row is a camera, a count, a cost or a review"},
      {"c-1,,,,,,,,,,,,26500,,,\n", "line 2: camera does not belong to a count"},
      {",,body_worn,,,,,,2021-01-01,,,,7,2022,running,1\n",
       "line 2: year does not belong to a count"},
      {",,fixed,,,,,,,,,,,2022,running,1\n", "line 2: kind does not belong to a cost"},
      {"c-1,,,s-1,,91,0,,,,,2027-01-31\n", "line 2: "},
      {"c-1,,,s-1,,1,0,,,,,2027-01-31\nc-2,,,s-1,,2,0,,,,,2027-01-31\n",
       "line 3: camera c-2: its site stands in two places"},
      {",,body_worn,,,,,,2021-01-01,,,,many\n", "line 2: the count must be a number"},
      {",,,,,,,,,,,,,2022,parking,1\n",
       "line 2: there is no such kind of cost; the kinds are purchase, installation, "},
      {"\"c-1\n", "line 2: "},
  };
  for (const auto& [rows, want] : cases) {
    SCOPED_TRACE(rows);
    const auto got = read(rows);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(got.error().message.substr(0, want.size()), want);
  }
  EXPECT_EQ(read_register_csv("").error().message, "the register is empty");
  EXPECT_EQ(read_register_csv("camera,colour\n").error().message.substr(0, 71),
            "line 1: column 2 is not known; the columns are camera, name, kind, site");
  EXPECT_EQ(read_register_csv("camera,published\nc-1,~2020-01-01\n").error().message,
            "line 2: camera c-1: published is a day, and not about one");
}

}  // namespace
}  // namespace regmark::desk
