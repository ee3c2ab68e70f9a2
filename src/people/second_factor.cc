// Setting up a second factor.
#include "people/internal/account_news.h"
#include "people/internal/factors.h"
#include "people/internal/rows.h"
#include "people/internal/secrets.h"
#include "people/internal/verify.h"
#include "people/people.h"

namespace regmark::people {

using records::Transaction;

Result<NewSecondFactor> People::begin_second_factor(const Credentials& credentials) {
  if (!rules_.key) return fail(ErrorCode::unavailable, "this office keeps no second factors");
  auto secret = base::random_bytes<std::tuple_size_v<TotpSecret>>();
  const auto now = clock_.now();
  auto begun = verified<NewSecondFactor>(
      database_, rules_, credentials, now,
      [&](Transaction& transaction, const std::string& person) -> Result<NewSecondFactor> {
        REGMARK_TRY(begin_factor(transaction, key_, person, secret, now));
        return NewSecondFactor{to_base32(secret), totp_uri(credentials.sign_in_name, secret)};
      });
  base::wipe(secret);
  return begun;
}

Result<std::vector<std::string>> People::confirm_second_factor(std::string_view token,
                                                               std::string_view code) {
  REGMARK_ASSIGN(const auto session, this->session(token));
  const auto& person = session.person.id.text();
  using Codes = std::optional<std::vector<std::string>>;
  // A wrong code is an answer: it is counted, whatever comes next.
  REGMARK_ASSIGN(auto codes, database_.write([&](Transaction& transaction) -> Result<Codes> {
    const auto now = clock_.now();
    REGMARK_ASSIGN(auto confirmed, confirm_factor(transaction, key_, person, code, now));
    if (!confirmed) return confirmed;
    REGMARK_TRY(note_change(transaction, person, AccountChange::app_set_up, now));
    // They were opened with a password alone, by whomever.
    REGMARK_TRY(end_other_sessions(transaction, person, hash_of_token(token)));
    return confirmed;
  }));
  if (codes) return *std::move(codes);
  return fail(ErrorCode::invalid_input, "this is not the code that the app shows now");
}

}  // namespace regmark::people
