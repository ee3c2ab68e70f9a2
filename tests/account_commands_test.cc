// One's own account, as a person types it, against a whole office.
#include <gtest/gtest.h>

#include "base/files.h"
#include "commands_testing.h"
#include "people/people_testing.h"

namespace regmark::testing {
namespace {

class AccountCommands : public Commands {
 protected:
  AccountCommands() { sign_in_as(owner_); }

  std::string new_password_file() const {
    const auto file = office_.folder() / "new-password";
    EXPECT_TRUE(base::write_file(file, base::as_bytes("velvet anchor mosaic\n")));
    return file.string();
  }
  Reply sign_in(std::string_view with) {
    return office_.nobody().post("/v1/session",
                                 {{"sign_in_name", "account-owner"}, {"password", with}});
  }

  const Client owner_ = office_.another("auditor", "account-owner");
};

TEST_F(AccountCommands, ChangeThePassword) {
  const Client other{office_.port(), sign_in(password).json().at("token").get<std::string>()};
  const auto done = run(
      {"password", "--password-file", password_file(), "--new-password-file", new_password_file()});
  EXPECT_EQ(done.status, 0) << done.text;
  EXPECT_TRUE(done.has("Changed"));
  EXPECT_EQ(sign_in(password).status, 401);
  EXPECT_EQ(sign_in("velvet anchor mosaic").status, 200);
  EXPECT_EQ(owner_.get("/v1/session").status, 200);
  EXPECT_EQ(other.get("/v1/session").status, 401);
}

TEST_F(AccountCommands, AskForTheNewPasswordTwice) {
  const std::string old(password);
  const auto slip = run({"password"}, old + "\nvelvet anchor mosaic\nvelvet anchor mosiac\n");
  EXPECT_EQ(slip.status, 1);
  EXPECT_TRUE(slip.has("two different passwords")) << slip.text;
  EXPECT_EQ(sign_in(old).status, 200);
  const auto done = run({"password"}, old + "\nvelvet anchor mosaic\nvelvet anchor mosaic\n");
  EXPECT_EQ(done.status, 0) << done.text;
  EXPECT_EQ(sign_in("velvet anchor mosaic").status, 200);
}

TEST_F(AccountCommands, AskForTheSecondFactorWhereThereIsOne) {
  const auto begun = owner_.post("/v1/second-factor", {{"password", password}}).json();
  const auto secret = begun.at("secret").get<std::string>();
  const auto code = people::code_shown(secret, office_.clock().now());
  const auto codes = owner_.post("/v1/second-factor/confirm", {{"code", code}}).json();
  const auto paper = codes.at("recovery_codes").at(0).get<std::string>();
  const std::string typed =
      std::string(password) + "\nvelvet anchor mosaic\nvelvet anchor mosaic\n";
  EXPECT_EQ(run({"password"}, typed + "000000\n").status, 1);
  EXPECT_EQ(run({"password", "--second-factor", "000000"}, typed).status, 1);
  const auto done = run({"password"}, typed + paper + "\n");
  EXPECT_EQ(done.status, 0) << done.text;
}

TEST_F(AccountCommands, ShowAndEndSessions) {
  const auto token = [&] { return sign_in(password).json().at("token").get<std::string>(); };
  const Client first{office_.port(), token()};
  const Client second{office_.port(), token()};
  const auto listed = run({"session", "list"});
  EXPECT_EQ(listed.status, 0);
  EXPECT_TRUE(listed.has("this one")) << listed.text;
  std::string there;
  const auto open = first.get("/v1/sessions").json().at("sessions");
  for (const auto& each : open) {
    const auto id = each.at("id").get<std::string>();
    EXPECT_TRUE(listed.has(id));
    if (each.at("is_this").get<bool>()) there = id;
  }
  EXPECT_EQ(run({"session", "end", there}).status, 0);
  EXPECT_EQ(first.get("/v1/session").status, 401);
  EXPECT_EQ(second.get("/v1/session").status, 200);
  EXPECT_EQ(run({"session", "end", there}).status, 1);
  const auto done = run({"session", "end-others"});
  EXPECT_EQ(done.status, 0) << done.text;
  EXPECT_EQ(second.get("/v1/session").status, 401);
  EXPECT_EQ(owner_.get("/v1/session").status, 200);
}

TEST_F(AccountCommands, TellWhatHappenedMeanwhile) {
  const std::string office = "http://127.0.0.1:" + std::to_string(office_.port());
  const auto sign_in_at_terminal = [&] {
    return run(
        {"sign-in", "account-owner", "--office", office, "--password-file", password_file()});
  };
  const auto wait = [&] { office_.clock().advance(std::chrono::minutes(1)); };
  wait();
  EXPECT_EQ(sign_in(password).status, 200);
  wait();
  const auto quiet = sign_in_at_terminal();
  EXPECT_EQ(quiet.status, 0) << quiet.text;
  EXPECT_TRUE(quiet.has("Before this you signed in at 2026-03-28T10:01:00")) << quiet.text;
  EXPECT_TRUE(quiet.has("you chose a password with a one-time code")) << quiet.text;
  EXPECT_FALSE(quiet.has("wrong password")) << quiet.text;
  wait();
  EXPECT_EQ(sign_in("wrong password").status, 401);
  const auto removed =
      office_.role("administrator")
          .post("/v1/people/" + office_.person_of(owner_) + "/second-factor/remove", nullptr);
  EXPECT_EQ(removed.status, 204);
  const auto told = sign_in_at_terminal();
  EXPECT_TRUE(told.has("1 try with a wrong password")) << told.text;
  EXPECT_TRUE(told.has("an administrator removed your second factor"));
  EXPECT_TRUE(told.has("tell your administrator"));
}

}  // namespace
}  // namespace regmark::testing
