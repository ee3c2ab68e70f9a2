// How what happens at the door is put on record: whoever is not in yet has no permit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "desk/desk.h"

namespace regmark::desk {

// What may stand in the details. Ids, and words that the program itself wrote.
struct DoorDetails {
  std::string person{};   // empty: nobody that we know
  std::string session{};  // empty: none
  std::string key{};      // a security key's id, where the act is about one
  std::string ended{};    // another session's, likewise
  std::string why{};      // it was refused or failed
  bool by_provider = false;
};

// Durable on return. Fails as audit::Log does.
Result<void> record_at_the_door(const Desk& desk, std::string act, std::string role,
                                std::string outcome, const DoorDetails& details);
// The same of somebody who is in: done, or failed with the words of the error.
Result<void> record_at_the_door(const Desk& desk, std::string act, const people::Session& session,
                                const std::optional<Error>& failure, std::string key = {});

std::string role_of(const access::Person& person);

// The account that was tried, when there is one; else empty. A name that nobody has is not kept: it
// may be a password typed into the wrong box.
std::string account_of(const Desk& desk, std::string_view sign_in_name);

// Their name, which no session tells. Fails with
//   not_found   they are gone
Result<std::string> sign_in_name_of(const Desk& desk, const people::Session& session);

// unavailable: no identity provider is configured.
tl::unexpected<Error> nobody_vouches();

// The failure of a result, or none.
template <typename T>
std::optional<Error> failure_of(const Result<T>& result) {
  return result ? std::nullopt : std::optional(result.error());
}

}  // namespace regmark::desk
