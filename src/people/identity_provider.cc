#include "people/identity_provider.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>
#include <set>

#include "base/encoding.h"
#include "people/internal/id_token.h"

namespace regmark::people {
namespace {

constexpr std::chrono::hours learnt_time{1};
constexpr std::chrono::minutes keys_again_time{1};
// A provider that is away must not keep everybody waiting who tries meanwhile.
constexpr std::chrono::seconds away_time{5};
constexpr std::size_t ways_back_max = 100'000;
constexpr std::size_t code_size_max = 4'096;
constexpr std::size_t secret_size = 32;

constexpr std::string_view way_context = "way back from the identity provider";
constexpr std::string_view ticket_context = "vouched for by the identity provider";

struct Learnt {
  Discovered where;
  std::vector<ProviderKey> keys;
  base::UtcTime at, keys_at;
};

// What a browser carries to the provider and back, sealed.
struct WayBack {
  base::UtcTime begun_at;
  std::string state, nonce, verifier;
};

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (is_plain) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += digits[byte >> 4U];
      encoded += digits[byte & 15U];
    }
  }
  return encoded;
}

std::string form_of(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (!form.empty()) form += '&';
    form.append(name).append("=").append(percent_encoded(value));
  }
  return form;
}

std::string new_secret() {
  return base::to_base64_url(base::random_bytes<secret_size>());
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all.append(all.empty() ? "" : " ").append(word);
  return all;
}

// "https://id.example:8443" of "https://id.example:8443/realms/force".
std::string_view origin_of(std::string_view address) {
  const auto from = address.find("://");
  if (from == std::string_view::npos) return {};
  return address.substr(0, std::min(address.find_first_of("/?#", from + 3), address.size()));
}

// Lines of text under a seal; no line may have an end in it.
std::string sealed(const base::Key& key, std::string_view context, base::UtcTime at,
                   std::initializer_list<std::string_view> lines) {
  auto text = std::to_string(at.time_since_epoch().count());
  for (const auto line : lines) text.append("\n").append(line);
  return base::to_base64_url(base::seal(key, base::as_bytes(text), context));
}

// The lines and their time; nothing where they are not ours, or older than that.
std::optional<std::pair<base::UtcTime, std::vector<std::string>>> unsealed(
    const base::Key& key, std::string_view context, std::string_view text, base::UtcTime now,
    std::chrono::seconds time_max) {
  constexpr std::size_t size_max = 4'096;
  if (text.size() > size_max) return std::nullopt;
  const auto bytes = base::from_base64_url(text);
  if (!bytes) return std::nullopt;
  const auto plain = base::unseal(key, *bytes, context);
  if (!plain) return std::nullopt;
  std::vector<std::string> lines;
  for (auto rest = base::as_text(*plain);;) {
    const auto end = std::min(rest.find('\n'), rest.size());
    lines.emplace_back(rest.substr(0, end));
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  std::int64_t count = 0;
  const auto& first = lines.front();
  std::from_chars(first.data(), first.data() + first.size(), count);
  const base::UtcTime at{base::UtcTime::duration{count}};
  lines.erase(lines.begin());
  if (now < at || now >= at + time_max) return std::nullopt;
  return std::pair(at, std::move(lines));
}

class AskedProvider final : public IdentityProvider {
 public:
  AskedProvider(ProviderRules rules, const base::Key& key, const base::Clock& clock,
                AskProvider ask)
      : rules_(std::move(rules)), key_(key), clock_(clock), ask_(std::move(ask)) {}

  const std::string& name() const override { return rules_.name; }

  Result<Begun> begin(Occasion occasion) override {
    REGMARK_ASSIGN(const auto learnt, this->learnt());
    const bool once_more = occasion == Occasion::once_more;
    const auto state = std::string(once_more ? once_more_mark : "") + new_secret();
    const auto nonce = new_secret();
    const auto verifier = new_secret();
    const auto challenge = base::to_base64_url(base::sha256(base::as_bytes(verifier)));
    const auto max_age =
        once_more ? "0" : std::to_string(std::chrono::seconds(session_time).count());
    auto url = learnt.where.authorization;
    url += url.find('?') == std::string::npos ? '?' : '&';
    url += form_of({{"response_type", "code"},
                    {"client_id", rules_.client_id},
                    {"redirect_uri", rules_.redirect},
                    {"scope", "openid profile email"},
                    {"state", state},
                    {"nonce", nonce},
                    {"code_challenge", challenge},
                    {"code_challenge_method", "S256"},
                    {"max_age", max_age}});
    if (once_more) url += "&prompt=login";
    if (!rules_.acr.empty()) url += "&" + form_of({{"acr_values", joined(rules_.acr)}});
    return Begun{std::move(url), sealed(key_, way_context, clock_.now(), {state, nonce, verifier})};
  }

  Result<Vouched> finish(const Returned& returned, const MayAsk& may_ask) override {
    REGMARK_ASSIGN(const auto way, way_back(returned));
    auto vouched = vouch(way, returned, may_ask);
    came_back(way, vouched ? Proven::yes : Proven::no);
    return vouched;
  }

  std::string ticket(const Vouched& vouched) const override {
    return sealed(key_, ticket_context, vouched.at,
                  {vouched.sign_in_name, vouched.subject, vouched.once_more ? once_more_mark : ""});
  }

  Result<Vouched> of_ticket(std::string_view ticket) const override {
    const auto lines = unsealed(key_, ticket_context, ticket, clock_.now(), ticket_time);
    if (!lines || lines->second.size() != 3) {
      return fail(ErrorCode::invalid_input, "that took too long: begin again");
    }
    return Vouched{lines->second[0], lines->second[1], false, lines->first,
                   lines->second[2] == once_more_mark};
  }

 private:
  enum class Proven { yes, no };

  Result<Vouched> vouch(const WayBack& way, const Returned& returned, const MayAsk& may_ask) {
    REGMARK_ASSIGN(const auto learnt, this->learnt());
    if (returned.issuer.empty() ? learnt.where.names_itself : returned.issuer != rules_.issuer) {
      return fail(ErrorCode::invalid_input, "another identity provider sent the browser back");
    }
    REGMARK_TRY(may_ask());
    REGMARK_ASSIGN(const auto text, exchange(learnt, returned.code, way.verifier));
    REGMARK_ASSIGN(const auto token, read_token(text, rules_.claim));
    const auto now = clock_.now();
    const bool once_more = way.state.starts_with(once_more_mark);
    const Expected expected{rules_.issuer, rules_.client_id, way.nonce, now,
                            once_more ? way.begun_at : now - session_time};
    auto claims = check_token(token, learnt.keys, expected);
    if (!claims && claims.error().code == ErrorCode::not_found) {
      REGMARK_ASSIGN(const auto keys, keys_again());
      claims = check_token(token, keys, expected);
    }
    if (!claims) return fail(ErrorCode::invalid_input, claims.error().message);
    const bool saw_factor = counts_as_second_factor(*claims);
    const bool counts_factors = !rules_.acr.empty() || !rules_.amr.empty();
    // Or its password alone would be enough to set up a factor here in somebody's name.
    if (once_more && counts_factors && !saw_factor) {
      return fail(ErrorCode::invalid_input,
                  "the identity provider saw no second factor of yours: show it there, or ask your "
                  "administrator for a one-time code");
    }
    return Vouched{claims->name, claims->subject, saw_factor, now, once_more};
  }

  // A browser that carries no cookie of ours did not go from here; one that comes twice was copied.
  Result<WayBack> way_back(const Returned& returned) {
    const auto now = clock_.now();
    const auto lines = unsealed(key_, way_context, returned.cookie, now, provider_time);
    const auto wrong = [] {
      return fail(ErrorCode::invalid_input,
                  "this sign-in was not begun in this browser, or too long ago: begin again");
    };
    if (!lines || lines->second.size() != 3 ||
        !base::equal_in_constant_time(base::as_bytes(lines->second[0]),
                                      base::as_bytes(returned.state))) {
      return wrong();
    }
    if (returned.code.empty() || returned.code.size() > code_size_max) return wrong();
    const std::lock_guard lock(mutex_);
    std::erase_if(used_, [&](const auto& used) { return now >= used.second + provider_time; });
    if (used_.size() >= ways_back_max) {
      return fail(ErrorCode::unavailable, "too many sign in at once: try again later");
    }
    if (used_.contains(lines->second[0])) return wrong();
    if (!coming_.insert(lines->second[0]).second) return wrong();
    return WayBack{lines->first, lines->second[0], lines->second[1], lines->second[2]};
  }

  // Only what the provider took is kept as used: made-up codes must not fill what all share.
  void came_back(const WayBack& way, Proven proven) {
    const std::lock_guard lock(mutex_);
    coming_.erase(way.state);
    if (proven == Proven::yes) used_.emplace(way.state, clock_.now());
  }

  Result<std::string> exchange(const Learnt& learnt, std::string_view code,
                               std::string_view verifier) {
    ProviderRequest request{.url = learnt.where.token,
                            .form = form_of({{"grant_type", "authorization_code"},
                                             {"code", code},
                                             {"redirect_uri", rules_.redirect},
                                             {"client_id", rules_.client_id},
                                             {"code_verifier", verifier}})};
    if (!rules_.client_secret.empty()) {
      // RFC 6749 section 2.3.1: encoded first, so that a colon in them divides nothing.
      const auto pair =
          percent_encoded(rules_.client_id) + ":" + percent_encoded(rules_.client_secret);
      request.authorization = "Basic " + base::to_base64(base::as_bytes(pair));
    }
    const auto reply = ask_(request);
    if (!reply) return away(reply.error().message);
    if (reply->status >= 400 && reply->status < 500) {
      return fail(ErrorCode::invalid_input,
                  "the identity provider does not take back the code that it gave: begin again");
    }
    if (reply->status != 200) return away("it answered " + std::to_string(reply->status));
    if (reply->body.size() > provider_reply_size_max) return away("its answer is too large");
    auto token = read_token_reply(reply->body);
    if (!token) return away(token.error().message);
    return token;
  }

  bool counts_as_second_factor(const Claims& claims) const {
    const auto among = [](const std::vector<std::string>& words, const std::string& word) {
      return !word.empty() && std::ranges::find(words, word) != words.end();
    };
    return among(rules_.acr, claims.acr) ||
           std::ranges::any_of(claims.amr,
                               [&](const std::string& word) { return among(rules_.amr, word); });
  }

  static tl::unexpected<Error> away(const std::string& why) {
    return fail(ErrorCode::unavailable,
                "the identity provider cannot be asked (" + why +
                    "): try again, or sign in with your password if you have one here");
  }

  // Of the issuer's own host, and no redirect is followed.
  Result<std::string> get(const std::string& url) {
    const auto reply = ask_({.url = url});
    if (!reply) return away(reply.error().message);
    if (reply->status != 200) return away("it answered " + std::to_string(reply->status));
    if (reply->body.size() > provider_reply_size_max) return away("its answer is too large");
    return std::move(reply->body);
  }

  Result<Learnt> learn() {
    auto base = rules_.issuer;
    while (base.ends_with('/')) base.pop_back();
    REGMARK_ASSIGN(const auto text, get(base + "/.well-known/openid-configuration"));
    auto where = read_discovery(text);
    if (!where) return away(where.error().message);
    if (where->issuer != rules_.issuer) return away("it calls itself something else");
    for (const auto& address : {where->authorization, where->token, where->keys}) {
      if (origin_of(address) != origin_of(rules_.issuer)) {
        return away("it says that it answers somewhere else");
      }
    }
    REGMARK_ASSIGN(auto keys, get_keys(where->keys));
    const auto now = clock_.now();
    return Learnt{*std::move(where), std::move(keys), now, now};
  }

  Result<std::vector<ProviderKey>> get_keys(const std::string& url) {
    REGMARK_ASSIGN(const auto text, get(url));
    auto keys = read_provider_keys(text);
    if (!keys) return away(keys.error().message);
    return keys;
  }

  // One asks at a time; the others wait for what it learns.
  Result<Learnt> learnt() {
    const std::lock_guard asking(asking_);
    const auto now = clock_.now();
    if (learnt_ && now < learnt_->at + learnt_time) return *learnt_;
    if (failed_ && now < failed_->first + away_time) {
      return tl::unexpected<Error>(failed_->second);
    }
    auto anew = learn();
    if (!anew) {
      failed_.emplace(now, anew.error());
      return anew;
    }
    failed_.reset();
    learnt_ = *anew;
    return anew;
  }

  Result<std::vector<ProviderKey>> keys_again() {
    const std::lock_guard asking(asking_);
    const auto now = clock_.now();
    if (!learnt_ || now < learnt_->keys_at + keys_again_time) {
      return learnt_ ? learnt_->keys : std::vector<ProviderKey>{};
    }
    learnt_->keys_at = now;
    REGMARK_ASSIGN(learnt_->keys, get_keys(learnt_->where.keys));
    return learnt_->keys;
  }

  const ProviderRules rules_;
  const base::Key key_;
  const base::Clock& clock_;
  const AskProvider ask_;
  std::mutex asking_;
  std::optional<Learnt> learnt_;                           // under asking_
  std::optional<std::pair<base::UtcTime, Error>> failed_;  // under asking_
  std::mutex mutex_;
  std::map<std::string, base::UtcTime, std::less<>> used_;  // under mutex_; states that came back
  std::set<std::string, std::less<>> coming_;  // under mutex_; for which it is asked now
};

}  // namespace

std::unique_ptr<IdentityProvider> IdentityProvider::create(ProviderRules rules,
                                                           const base::Key& key,
                                                           const base::Clock& clock,
                                                           AskProvider ask) {
  return std::make_unique<AskedProvider>(std::move(rules), key, clock, std::move(ask));
}

}  // namespace regmark::people
