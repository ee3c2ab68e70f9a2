// Somebody else who knows our people: an identity provider, over OpenID Connect (authorization code
// flow with PKCE). It says who somebody is, and never what they may do.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"
#include "people/people.h"

namespace regmark::people {

struct ProviderRules {
  std::string name;           // as the page for signing in calls it
  std::string issuer;         // exactly as it names itself: "https://id.force.example"
  std::string client_id;      // what it calls this office
  std::string client_secret;  // empty: none
  std::string redirect;       // where it sends browsers back to: a page of this office's
  std::string claim = "preferred_username";  // of its token: the sign-in name here
  // What it says of how somebody signed in that counts as a second factor; empty: nothing does.
  std::vector<std::string> acr{}, amr{};
};

inline constexpr std::size_t provider_reply_size_max = std::size_t{1} << 20U;
// What the state of a browser starts with that left to show once more who somebody is: the page
// tells by it where to go on. No other state has a dot.
inline constexpr std::string_view once_more_mark = "again.";
// From leaving for the provider to coming back.
inline constexpr std::chrono::minutes provider_time{10};
// Between the provider's word and the second factor here.
inline constexpr std::chrono::minutes ticket_time{5};

// One exchange with the provider: a form to post, or nothing and then a GET.
struct ProviderRequest {
  std::string url, form{}, authorization{};
};
struct ProviderReply {
  long status = 0;
  std::string body;
};
// Fails with
//   unavailable   no connection, or no whole reply
using AskProvider = std::function<Result<ProviderReply>(const ProviderRequest&)>;

// May be used from many threads at once. What it learns of the provider (where to go, with which
// keys it signs) it keeps for an hour; a key that it does not know makes it ask anew, once a minute
// at most. It asks addresses of the issuer's own host and no others, whatever anybody says.
class IdentityProvider {
 public:
  // `key` seals what goes to browsers and comes back; the clock outlives it.
  static std::unique_ptr<IdentityProvider> create(ProviderRules rules, const base::Key& key,
                                                  const base::Clock& clock, AskProvider ask);
  virtual ~IdentityProvider() = default;

  virtual const std::string& name() const = 0;

  // Why a browser goes there: to sign in, or to show once more who somebody is who has a session.
  // For that the provider is told to ask them anew, and its word must be younger than our question.
  enum class Occasion { sign_in, once_more };
  struct Begun {
    std::string url;     // where the browser goes
    std::string cookie;  // what it brings back: nobody else's answer is taken from it
  };
  // Fails with
  //   unavailable   the provider cannot be reached, or does not say what it must
  virtual Result<Begun> begin(Occasion occasion) = 0;

  struct Returned {
    std::string_view cookie, state, code;
    std::string_view issuer{};  // as the address says (RFC 9207), or empty
  };
  // Asked before the provider is, once the way back is known to be ours.
  using MayAsk = std::function<Result<void>()>;
  // Who it is. Every way back is good once: a code that the provider does not take is none. Fails
  // with
  //   invalid_input   not begun in this browser, or too long ago, or used; the provider does not
  //                   take the code; its token does not hold (the message says which part)
  //   unavailable     the provider cannot be reached, or does not say what it must
  // and as `may_ask` does.
  virtual Result<Vouched> finish(const Returned& returned, const MayAsk& may_ask) = 0;

  // For whoever must show a second factor here as well, or shows once more who they are: says again
  // who it is, and on which occasion, for ticket_time from
  // when the provider said so. Whoever asks again makes it no younger.
  virtual std::string ticket(const Vouched& vouched) const = 0;
  // Fails with
  //   invalid_input   none of ours, or too old
  virtual Result<Vouched> of_ticket(std::string_view ticket) const = 0;
};

}  // namespace regmark::people
