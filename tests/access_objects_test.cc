// Routes about one thing, asked by every role about one that is there: whoever is refused is
// refused for what they are, for the same request is then answered to whose work it is.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "access/role.h"
#include "office_testing.h"

namespace regmark {
namespace {

using testing::Client;
using testing::Json;
using testing::Reply;

class OneThing : public ::testing::Test {
 protected:
  OneThing() {
    const auto officer = office_.person_of(office_.role("authoriser"));
    const auto standing = office_.role("administrator")
                              .post("/v1/people/" + officer + "/standing",
                                    {{"rank", "inspector"}, {"training", Json::array()}});
    EXPECT_LT(standing.status, 300) << standing.body;
    auto read = testing::a_read("e-1", "AB12CDE", office_.clock().now());
    read["pictures"] = Json::array({{{"kind", "plate"}, {"base64", testing::picture_base64()}}});
    EXPECT_EQ(office_.camera("cam-1", "site-1").post("/v1/reads", read).status, 200);
  }

  // Everybody but this role is refused, with reasons, and then it is done.
  void only(const std::string& allowed, int status,
            const std::function<Reply(const Client&)>& ask) {
    for (const auto each : access::all_roles) {
      const std::string role(access::name(each));
      if (role == allowed) continue;
      SCOPED_TRACE(role);
      const auto reply = ask(office_.role(role));
      EXPECT_EQ(reply.status, 403);
      EXPECT_NE(reply.body.find("\"reasons\":[\""), std::string::npos) << reply.body;
    }
    const auto reply = ask(office_.role(allowed));
    EXPECT_EQ(reply.status, status) << reply.body;
  }
  static std::function<Reply(const Client&)> posting(std::string path, Json body) {
    return [path = std::move(path), body = std::move(body)](const Client& client) {
      return client.post(path, body);
    };
  }

  // Asked for by a person who is none of the roles above; its path.
  std::string leave(const Json& more = Json::object()) {
    Json asking{{"purpose", testing::a_purpose()}, {"kind", "senior_officer"},
                {"act", "search_sightings"},       {"plate", "AB12*"},
                {"from", "2025-12-01T00:00:00Z"},  {"until", "2025-12-02T00:00:00Z"}};
    asking.update(more);
    return path_of("/v1/authorities/", asker_.post("/v1/authorities", asking));
  }
  static std::string path_of(const std::string& folder, const Reply& made) {
    EXPECT_EQ(made.status, 201) << made.body;
    return folder + made.json().value("id", "none");
  }
  // Of the same person; its path.
  std::string hold(const std::string& id) {
    const auto made = asker_.post("/v1/holds", {{"purpose", testing::a_purpose()},
                                                {"plate", "AB12CDE"},
                                                {"from", "2026-03-28T00:00:00Z"},
                                                {"until", "2026-03-28T10:00:01Z"},
                                                {"id", id},
                                                {"review", "2026-06-01"}});
    EXPECT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.json().value("held", 0), 1);
    return "/v1/holds/" + id;
  }
  std::string keepers_request(const std::string& wish) {
    const auto made =
        office_.role("dpo").post("/v1/subject-requests", {{"purpose", keeper_purpose_},
                                                          {"wish", wish},
                                                          {"plate", "AB12CDE"},
                                                          {"from", "2026-03-28T00:00:00Z"},
                                                          {"until", "2026-03-28T10:00:01Z"},
                                                          {"asked_by", "The keeper"},
                                                          {"received", "2026-03-28"}});
    return path_of("/v1/subject-requests/", made);
  }

  testing::TestOffice office_;
  const Client asker_ = office_.another("investigator", "asker");
  const Json grant_{{"reason", "It is proportionate"}, {"hours", 1}, {"uses", 1}};
  const Json why_{{"reason", "It is not needed"}};
  const Json keeper_purpose_{{"reason", "The keeper has asked us"},
                             {"category", "serious"},
                             {"reference", "CR/1"},
                             {"for_whom", "The keeper"}};
};

TEST_F(OneThing, AnAuthorityIsForSeniorOfficersToDecide) {
  const auto asked = leave();
  only("authoriser", 200, posting(asked + "/grant", grant_));
  only("authoriser", 200, posting(asked + "/withdraw", why_));
  only("authoriser", 200, posting(leave() + "/refuse", why_));
  const auto officer = office_.person_of(office_.role("authoriser"));
  const auto oral = leave({{"given_orally_by", officer}});
  only("authoriser", 200, posting(oral + "/confirm", grant_));
}

TEST_F(OneThing, AnAuthorityIsItsRequestersToGiveUp) {
  const auto path = leave() + "/give-up";
  const Json body{{"purpose", testing::a_purpose()}, {"why", "no longer needed"}};
  only("investigator", 404, posting(path, body));  // a colleague's is not there for them
  EXPECT_EQ(asker_.post(path, body).status, 200);
}

TEST_F(OneThing, AVehicleIsFollowedByWhomItWasGranted) {
  const auto now = office_.clock().now();
  const auto until = base::format_utc(now + std::chrono::hours(2));
  const auto follower = office_.role("investigator");
  const auto path = path_of("/v1/authorities/",
                            follower.post("/v1/authorities", {{"purpose", testing::a_purpose()},
                                                              {"kind", "senior_officer"},
                                                              {"act", "track_plate"},
                                                              {"plate", "AB12CDE"},
                                                              {"from", base::format_utc(now)},
                                                              {"until", until}}));
  ASSERT_EQ(office_.role("authoriser").post(path + "/grant", grant_).status, 200);
  const Json question{{"purpose", testing::a_purpose()},
                      {"plate", "AB12CDE"},
                      {"until", until},
                      {"authority", path.substr(path.rfind('/') + 1)}};
  const auto colleague = asker_.post("/v1/tracks", question);
  EXPECT_EQ(colleague.status, 403);
  EXPECT_NE(colleague.body.find("the authority was given to somebody else"), std::string::npos);
  for (const auto each : access::all_roles) {
    const std::string role(access::name(each));
    SCOPED_TRACE(role);
    if (role == "investigator") continue;
    EXPECT_EQ(office_.role(role).post("/v1/tracks", question).status, 403);
  }
  const testing::Events told(follower, "/v1/tracks", question);  // it goes on: its head says enough
  EXPECT_NE(told.head().find(" 200 "), std::string::npos) << told.head();
}

TEST_F(OneThing, WhatIsHeldIsSeenAndKeptOnByInvestigators) {
  const auto path = hold("case-1");
  const Json purpose{{"purpose", testing::a_purpose()}};
  only("investigator", 200, posting(path + "/searches", purpose));
  const auto held = asker_.post(path + "/searches", purpose).json();
  const auto read = held.at("sightings").at(0).at("id").get<std::string>();
  only("investigator", 200, [&](const Client& client) {
    return client.get(path + "/pictures/" + read + "/plate", testing::purpose_headers());
  });
  auto review = purpose;
  review["review"] = "2026-08-01";
  review["words"] = "the trial is in July";
  only("investigator", 200, posting(path + "/review", review));
}

TEST_F(OneThing, AHoldIsReleasedByItsOwnerOrASeniorOfficer) {
  const Json body{{"purpose", testing::a_purpose()}, {"words", "acquitted"}};
  only("authoriser", 200, posting(hold("case-1") + "/release", body));
  EXPECT_EQ(asker_.post(hold("case-2") + "/release", body).status, 200);
}

TEST_F(OneThing, AKeepersRequestIsForTheDataProtectionOfficer) {
  const Json purpose{{"purpose", keeper_purpose_}};
  const auto with = [&](const Json& more) {
    auto body = purpose;
    body.update(more);
    return body;
  };
  const auto path = keepers_request("erasure");
  only("dpo", 200, posting(path + "/see", purpose));
  only("dpo", 200, posting(path + "/extend", with({{"words", "There are many records"}})));
  const auto held = office_.role("dpo").post(path + "/see", purpose).json();
  const auto ids = Json::array({held.at("sightings").at(0).at("id")});
  only("dpo", 200, posting(path + "/erase", with({{"sightings", ids}})));
  only("dpo", 200,
       posting(path + "/decide", with({{"decision", "answered"},
                                       {"words", "It is erased."},
                                       {"gives", {"reads", "alerts", "entries"}},
                                       {"unsaid", "inquiry"}})));
}

}  // namespace
}  // namespace regmark
