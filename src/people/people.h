// Persons, their roles, and how they sign in. Kept in `records`, handed to `access` as values.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/decide.h"
#include "base/crypto.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "people/account_news.h"
#include "people/organisations.h"
#include "people/security_keys.h"
#include "records/database.h"

namespace regmark::people {

inline constexpr std::size_t password_length_min = 12;  // NCSC advises length over complexity
inline constexpr std::size_t password_size_max = 1'024;
inline constexpr std::size_t display_name_size_max = 128;
inline constexpr std::size_t line_size_max = 64;
inline constexpr std::size_t sessions_max = 10;  // of one person; a new one ends the oldest
// Failures of one name from one place; each more doubles the wait until the next try.
inline constexpr int failures_max = 5;
inline constexpr std::chrono::minutes wait_min{1};
inline constexpr std::chrono::minutes wait_max{15};
inline constexpr std::chrono::hours session_time{8};  // one shift
inline constexpr std::chrono::minutes idle_time{30};
inline constexpr std::chrono::hours code_time{24};

struct NewPerson {
  std::string sign_in_name;  // 1 to 64 of a-z 0-9 . _ -
  std::string display_name;
  base::OrganisationId organisation;
  std::vector<access::Role> roles;
  std::string rank{};  // a word of the policy's, or empty
  std::vector<access::Training> training{};
};

struct PersonRecord {
  base::PersonId id;
  NewPerson about;
  bool active = true;
  bool has_password = false;
  std::string line{};              // their team or whom they report to; empty: not known
  bool has_second_factor = false;  // an app or a key
  std::vector<KeyRecord> security_keys{};
};

// Whom the configured identity provider says somebody is (people/identity_provider.h).
struct Vouched {
  std::string sign_in_name;    // a claim of the provider's
  std::string subject;         // what the provider calls them for ever
  bool second_factor = false;  // the provider asked for one, and our configuration counts it
  base::UtcTime at{};          // when it said so
  bool once_more = false;      // they showed it who they are anew, because we asked
};

// What somebody shows who signs in.
struct Credentials {
  std::string_view sign_in_name, password;
  std::string_view code{};    // of their second factor, where they have one
  std::string_view source{};  // where the try comes from, such as an address
  const KeyAnswer* key{};     // of a security key, in the place of a code; none: no key was shown
  // In the place of the password, where somebody shows once more who they are; none: it counts.
  const Vouched* vouched{};
};

struct SignInRules {
  // Seals the secrets of second factors and marks our challenges; none: nobody can have one.
  std::optional<base::Key> key{};
  std::vector<access::Role> second_factor{};        // whoever has one of these must have one
  std::optional<SecurityKeyRules> security_keys{};  // none: no security keys
  // Whoever has one of these may sign in with a password. None said: everybody.
  std::optional<std::vector<access::Role>> passwords{};
};

// What an authenticator app takes, to be shown once.
struct NewSecondFactor {
  std::string secret;  // in Base32, for typing
  std::string uri;     // "otpauth://..."
};

// A signed-in person. The token goes to the browser or client and is stored only as a hash.
struct Session {
  base::SessionId id;
  access::Person person;
  std::string display_name;
  base::UtcTime until;
  // Their role asks for a second factor and they have none yet: setting one up is all they may do.
  bool lacks_second_factor = false;
};

// One of a person's sessions, as they are shown it. From where it was opened is not kept.
struct OpenSession {
  base::SessionId id;
  base::UtcTime since;
  base::UtcTime seen_at;  // used last; to a minute
  base::UtcTime until;    // unless it stands unused for idle_time
};

struct NewSession {
  std::string token;
  Session session;
};

// May be used from many threads at once. Argon2id runs on half of the processors at a time, and on
// four at most; others wait. Keeps references to database and clock. Every call can also fail as
// the database does: unavailable, corrupt.
//
// A try counts as a failure before the password is looked at, so that a hundred at once are no
// better than five. Names that nobody has are counted, made to wait and forgotten like the others:
// neither the answer nor the time it takes tells whether a name exists. Failures from elsewhere
// make nobody wait who signs in from where they did before.
class People {
 public:
  static std::span<const records::Migration> migrations();
  People(records::Database& database, const base::Clock& clock, SignInRules rules = {});

  // Makes the first administrator, "administrator", when there is nobody yet, and gives the
  // one-time code to choose a password with; it belongs to the organisation "office", which is made
  // with it. While the first one is the only one and has not
  // chosen yet, gives another code in its place: the first was lost. Later gives nothing.
  Result<std::optional<std::string>> make_first_administrator();

  // The organisations that people belong to. Lives as long as this.
  Organisations& organisations() { return organisations_; }

  // Adds a person and gives the one-time code with which they choose a password.
  //   invalid_input   a name outside its alphabet or too long; roles that must check each other
  //   not_found       no such organisation stands
  //   conflict        the sign-in name is taken
  Result<std::pair<base::PersonId, std::string>> add(const NewPerson& person);
  // Works at once, also for sessions that are open.
  //   invalid_input   roles that must check each other held together
  //   not_found       no such active person
  //   conflict        nobody would be left who can change people: an administrator who chose no
  //                   password, and was not vouched for, has yet to show that they can
  Result<void> set_roles(const base::PersonId& person, std::span<const access::Role> roles);
  // What the policy may ask for beside a role. Works at once.
  //   not_found       no such active person
  Result<void> set_standing(const base::PersonId& person, std::string_view rank,
                            std::span<const access::Training> training);
  // To another organisation. And ends their sessions: what they watch is another's from now on.
  //   not_found       no such active person, or no such organisation stands
  Result<void> move(const base::PersonId& person, const base::OrganisationId& organisation);
  // Their team, or whom they report to: nobody of it reviews what they search. Empty: not known.
  //   invalid_input   longer than line_size_max, or not printable
  //   not_found       no such active person
  Result<void> set_line(const base::PersonId& person, std::string_view line);
  // Also when their access is over; empty when nobody said.
  //   not_found       there is no such person
  Result<std::string> line(const base::PersonId& person) const;
  // And ends their sessions.
  //   not_found       no such active person
  //   conflict        nobody would be left who can change people
  Result<void> deactivate(const base::PersonId& person);
  // A new one-time code: the old password no longer works, sessions end, and what a provider said
  // before counts no more.
  //   not_found       no such active person
  Result<std::string> reset(const base::PersonId& person);
  // App, keys and codes on paper: they sign in with their password alone, until they set up
  // another. And ends their sessions, as reset() does.
  //   not_found       no such active person
  Result<void> remove_second_factor(const base::PersonId& person);
  Result<std::vector<PersonRecord>> list() const;
  // As they are now.
  //   not_found       no such active person
  Result<access::Person> find(const base::PersonId& person) const;
  // Whose sign-in name this is; also when their access is over. Nothing: nobody's.
  Result<std::optional<base::PersonId>> person_named(std::string_view sign_in_name) const;
  //   not_found       there is no such person
  Result<std::string> sign_in_name(const base::PersonId& person) const;
  // What people call them; also when their access is over, for what they did stays theirs.
  //   not_found       there is no such person
  Result<std::string> display_name(const base::PersonId& person) const;

  // Chooses the password; the code works once, for code_time.
  //   invalid_input    the password is too short or too long; the code is wrong or was used; the
  //                    password is easily guessed: then the code still works
  //   limit_exceeded   too many failures before; says how long to wait
  Result<void> choose_password(std::string_view sign_in_name, std::string_view code,
                               std::string_view password, std::string_view source = {});
  // Another password in the place of one's own, for whoever shows the one that they have and their
  // second factor; nobody vouches for it. Their other sessions end, that of the token stays. Fails,
  // in this order, with
  //   invalid_input    the new one is too short or too long
  //   not_found        no such session
  //   invalid_input    they have no password here; the new one is easily guessed, or is the one
  //                    that was shown
  //   not_found        the session is another's
  // and as sign_in() does.
  Result<void> change_password(std::string_view token, const Credentials& shown,
                               std::string_view chosen);
  // Wrong name and wrong password take the same time and give the same answer: not_found.
  //   conflict         the password is right, and the second factor is missing or refused: a code
  //                    that is wrong or was used, a key that does not answer as it should. The
  //                    message says why, in words of ours alone
  //   invalid_input    all is right, and people of their roles sign in at the identity provider
  //   limit_exceeded   too many failures before; says how long to wait
  Result<NewSession> sign_in(const Credentials& credentials);
  // Somebody whom the identity provider vouches for; of `shown`, the second factor and the source
  // count. Whoever has one here shows it, unless the provider's counts. Nobody is ever made.
  //   not_found        nobody active has this name, or had it at the provider as another subject
  //   invalid_input    it said so before an administrator ended what this person had
  //   conflict         as sign_in()
  //   limit_exceeded   too many failures before; says how long to wait
  Result<NewSession> sign_in_vouched(const Vouched& vouched, const Credentials& shown);

  // Somebody brings a code to this place, as from the identity provider: counted as one that it
  // refuses before it is asked, and taken back when it was not.
  //   limit_exceeded   it refused too many before; says how long to wait
  Result<void> count_return(std::string_view source);
  Result<void> take_return_back(std::string_view source);

  // Makes a second factor that waits for confirm_second_factor(), for 15 minutes; what they had
  // before holds until then. They show who they are once more: an open session is not enough. Who
  // has no password shows what the provider said: just now, because we asked, and of the subject
  // that the name means; not_found where it is none of that. Fails as sign_in() does, and with
  //   unavailable      these rules have no key
  Result<NewSecondFactor> begin_second_factor(const Credentials& credentials);
  // Puts it in force with a code of it, ends their other sessions, and gives codes for paper that
  // work once each.
  //   not_found        no such session; nothing waits
  //   invalid_input    the code is another's; after five of those nothing waits any more
  Result<std::vector<std::string>> confirm_second_factor(std::string_view token,
                                                         std::string_view code);

  // What somebody's keys are to sign, for whoever has just shown their password or was vouched for:
  // it tells which keys there are. Nothing is kept of it: however many ask, each answer counts.
  // None: they have no key, or these rules have none.
  Result<std::optional<KeyChallenge>> challenge(std::string_view sign_in_name);
  // What the browser needs to make a key known, for challenge_time. They show who they are once
  // more. Fails as sign_in() does, and with
  //   unavailable      these rules have no security keys
  Result<KeyRequest> begin_security_key(const Credentials& credentials);
  // Makes the key known, and ends the person's other sessions. The challenge is used up.
  //   unavailable      these rules have no security keys
  //   invalid_input    the name is blank, too long or not printable; not a key's answer to us
  //   not_found        no such session; no such challenge waits
  //   conflict         the key is known already
  //   limit_exceeded   they have security_keys_max
  Result<AddedKey> add_security_key(std::string_view token, const NewKeyAnswer& answer);
  Result<std::vector<KeyRecord>> security_keys(const base::PersonId& person) const;
  // By its owner, who shows who they are once more; it may be shown for that one last time. Fails
  // as sign_in() does, and with
  //   invalid_input    they have no such key
  Result<void> remove_security_key(const Credentials& credentials, const SecurityKeyId& key);
  // By an administrator. And ends their sessions.
  //   not_found        no such active person, or no such key of theirs
  Result<void> take_security_key(const base::PersonId& person, const SecurityKeyId& key);

  // The session of this token, while it is live; its person as they are now, not as they were.
  //   not_found        no such session, or it is over
  Result<Session> session(std::string_view token);
  Result<void> sign_out(std::string_view token);
  // What happened to their account since whoever opened this session signed in before.
  //   not_found        there is no such session
  Result<AccountNews> news(const base::SessionId& session) const;
  // The sessions of a person that are open, the newest first.
  Result<std::vector<OpenSession>> sessions(const base::PersonId& person) const;
  //   not_found        this person has no such session, or it is over
  Result<void> end_session(const base::PersonId& person, const base::SessionId& session);
  // All of theirs but this one. Gives which ended.
  Result<std::vector<base::SessionId>> end_sessions_but(const base::PersonId& person,
                                                        const base::SessionId& session);
  // Erases sessions that are over, one-time codes that no longer work, secrets of apps that nobody
  // confirmed in time, and failures to sign in that no longer count.
  Result<void> erase_over();

 private:
  records::Database& database_;
  const base::Clock& clock_;
  const SignInRules rules_;
  const base::Key key_;  // of the rules, or nought: then it seals nothing
  Organisations organisations_;
};

}  // namespace regmark::people
