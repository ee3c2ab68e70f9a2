// What is kept apart is for those alone whom the policy names.
#include "desk/keep_apart.h"

#include <gtest/gtest.h>

#include "desk/change_camera_keys.h"
#include "desk/desk_testing.h"
#include "desk/keep_camera_book.h"
#include "desk/read_estate.h"

namespace regmark::desk {
namespace {

using access::Role;
using std::chrono::days;

// The built-in policy with one person named for what is kept apart, and a second to approve.
access::Policy with_names() {
  std::string text = access::Policy::built_in().text();
  const std::string nobody = "persons = []";
  const auto at = text.find(nobody, text.find("covert-by-name"));
  REGMARK_CHECK(at != std::string::npos);
  text.replace(at, nobody.size(), R"(persons = ["person-first", "person-second"])");
  return access::Policy::parse(text).value();
}

class Apart : public ::testing::Test {
 protected:
  Asker person(std::string_view id, Role role = Role::anpr_manager) const {
    return rooms_.person(id, role);
  }
  Asker first() const { return person("person-first"); }
  Asker second() const { return person("person-second"); }
  estate::NewSite site() const {
    return {base::SiteId::parse(id_apart()).value(),
            "Behind the mill",
            {51.5, -0.1},
            {"An authority by statute", "national_security",
             base::day_of(rooms_.clock.now()) + days{90}},
            estate::Path::statutory};
  }
  KeptApart seen() const {
    return std::get<Done<KeptApart>>(read_apart(desk_, first()).value()).value;
  }

  const access::Policy policy_ = with_names();
  TestDesk rooms_{{}, policy_};
  const Desk& desk_ = *rooms_.desk;
};

// By name and role; and nothing is put on record by that.
TEST_F(Apart, IsOfferedToThoseAloneWhoAreNamed) {
  const auto records = rooms_.log.log().size();
  EXPECT_TRUE(may_read_apart(desk_, first()));
  EXPECT_TRUE(may_read_apart(desk_, person("person-first", Role::controller)));
  EXPECT_FALSE(may_read_apart(desk_, person("person-first", Role::investigator)));
  EXPECT_FALSE(may_read_apart(desk_, person("person-third")));
  EXPECT_EQ(rooms_.log.log().size(), records);
}

TEST_F(Apart, TwoWhoAreNamedBringItAbout) {
  const auto about = site();
  ASSERT_EQ(words(propose_apart(desk_, first(), about)), "done");
  EXPECT_EQ(words(approve_apart(desk_, first(), about.id)),
            "its author may not approve it: somebody else must");
  ASSERT_EQ(words(approve_apart(desk_, second(), about.id)), "done");
  const estate::NewCamera camera{base::CameraId::parse(id_apart()).value(), "Lane", about.id, {}};
  ASSERT_EQ(words(commission_apart(desk_, first(), camera)), "done");
  EXPECT_EQ(seen().sites.size(), 1U);
  EXPECT_TRUE(seen().cameras.front().collects_now);
  EXPECT_EQ(words(renew_token_apart(desk_, first(), camera.id)), "done");
  EXPECT_EQ(words(stop_apart(desk_, first(), camera.id, "over")), "done");
  EXPECT_EQ(words(stop_apart(desk_, first(), about.id, "over")), "done");
  EXPECT_EQ(words(read_apart(desk_, second(), about.id)), "done");
}

TEST_F(Apart, NobodyElseSeesOrChangesIt) {
  const auto about = site();
  ASSERT_EQ(words(propose_apart(desk_, first(), about)), "done");
  ASSERT_EQ(words(approve_apart(desk_, second(), about.id)), "done");
  const auto sites = read_sites(desk_, person("person-third")).value();
  EXPECT_TRUE(std::get<Done<std::vector<estate::SiteRecord>>>(sites).value.empty());
  for (const auto role : access::all_roles) {
    SCOPED_TRACE(name(role));
    const auto other = person("person-third", role);
    EXPECT_NE(words(read_apart(desk_, other)), "done");
    EXPECT_NE(words(read_apart(desk_, other, about.id)), "done");
    EXPECT_NE(words(stop_apart(desk_, other, about.id, "over")), "done");
    EXPECT_NE(words(propose_apart(desk_, other, site())), "done");
  }
  // Being named is not enough without the role.
  EXPECT_NE(words(read_apart(desk_, person("person-first", Role::investigator))), "done");
}

TEST_F(Apart, ItsCamerasHaveBooksAndCredentialsOfTheirOwn) {
  const auto about = site();
  ASSERT_EQ(words(propose_apart(desk_, first(), about)), "done");
  ASSERT_EQ(words(approve_apart(desk_, second(), about.id)), "done");
  const auto camera = base::CameraId::parse(id_apart()).value();
  ASSERT_EQ(words(commission_apart(desk_, first(), {camera, "Lane", about.id, {}})), "done");
  const estate::BookEntry fault{.camera = camera,
                                .kind = estate::BookKind::fault,
                                .day = base::day_of(rooms_.clock.now()),
                                .words = "dark"};
  ASSERT_EQ(words(write_camera_book_apart(desk_, first(), fault)), "done");
  const auto book = read_camera_book_apart(desk_, second(), camera).value();
  EXPECT_EQ(std::get<Done<CameraBooks>>(book).value.entries.size(), 1U);
  EXPECT_EQ(std::get<Done<CameraBooks>>(book).value.tests.size(), 2U);
  const estate::CameraCredential key{.key = estate::PublicKey{7}};
  ASSERT_EQ(words(set_camera_credential_apart(desk_, first(), camera, key)), "done");
  EXPECT_EQ(rooms_.camera_keys->key_of(camera), estate::PublicKey{7});

  // By the acts of open cameras there is no such camera, and by these no open one.
  const auto other = person("person-third");
  EXPECT_EQ(words(write_camera_book(desk_, other, fault)), "there is no such camera");
  EXPECT_EQ(words(set_camera_credential(desk_, other, camera, key)), "there is no such camera");
  ASSERT_EQ(words(remove_camera_credentials(desk_, other, camera)), "done");
  EXPECT_EQ(rooms_.camera_keys->key_of(camera), estate::PublicKey{7});
  EXPECT_NE(words(write_camera_book_apart(desk_, other, fault)), "done");
  EXPECT_NE(words(read_camera_book_apart(desk_, other, camera)), "done");
  EXPECT_NE(words(set_camera_credential_apart(desk_, other, camera, key)), "done");
  EXPECT_NE(words(remove_camera_credentials_apart(desk_, other, camera)), "done");
  const auto open_one = base::CameraId::parse("open-1").value();
  EXPECT_EQ(words(read_camera_book_apart(desk_, first(), open_one)), "there is no such camera");
  EXPECT_EQ(words(set_camera_credential_apart(desk_, first(), open_one, key)),
            "there is no such camera");

  ASSERT_EQ(words(remove_camera_credentials_apart(desk_, first(), camera)), "done");
  EXPECT_FALSE(rooms_.camera_keys->key_of(camera));
}

TEST_F(Apart, ItsIdsAreNobodysGuess) {
  EXPECT_EQ(id_apart().size(), 32U);
  EXPECT_NE(id_apart(), id_apart());
}

TEST_F(Apart, EachLookIsOnRecordAndARefusalToo) {
  ASSERT_EQ(words(read_apart(desk_, first())), "done");
  ASSERT_NE(words(read_apart(desk_, person("person-third"))), "done");
  std::vector<std::string> acts;
  for (const auto& entry : rooms_.records()) {
    if (entry.shown.act == "read_covert") acts.push_back(entry.shown.outcome);
  }
  EXPECT_EQ(acts, (std::vector<std::string>{"permitted", "done", "refused"}));
}

}  // namespace
}  // namespace regmark::desk
