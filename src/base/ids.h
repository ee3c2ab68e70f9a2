// Names of things, one type for each kind, so that a camera's cannot stand where a site's belongs.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace regmark::base {

inline constexpr std::size_t id_length_max = 64;

// Whether `text` is 1 to 64 characters of A-Z a-z 0-9 . _ -, the first a letter or a digit.
bool is_id(std::string_view text);

// A short random name with this prefix, such as "alert-7f3k9q2m8x4b1c6d" (80 random bits).
std::string random_id(std::string_view prefix);

template <typename Tag>
class Id {
 public:
  // Fails with
  //   invalid_input   anything that is_id() says no to
  static Result<Id> parse(std::string_view text) {
    if (!is_id(text)) {
      return fail(ErrorCode::invalid_input,
                  std::string(Tag::noun) + " id must be 1 to 64 letters, digits, '.', '_' or '-'");
    }
    return Id{std::string(text)};
  }
  // A new one, of 80 random bits after the kind's own prefix.
  static Id random() { return Id{random_id(Tag::noun)}; }

  const std::string& text() const { return text_; }
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  explicit Id(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct CameraTag {
  static constexpr std::string_view noun = "camera";
};
struct SiteTag {
  static constexpr std::string_view noun = "site";
};
struct DeploymentTag {
  static constexpr std::string_view noun = "deployment";
};
struct PersonTag {
  static constexpr std::string_view noun = "person";
};
struct OrganisationTag {
  static constexpr std::string_view noun = "organisation";
};
struct ListTag {
  static constexpr std::string_view noun = "list";
};
struct EntryTag {
  static constexpr std::string_view noun = "entry";
};
struct AlertTag {
  static constexpr std::string_view noun = "alert";
};
struct HoldTag {
  static constexpr std::string_view noun = "hold";
};
struct AuthorityTag {
  static constexpr std::string_view noun = "authority";
};
struct SessionTag {
  static constexpr std::string_view noun = "session";
};

using CameraId = Id<CameraTag>;
using SiteId = Id<SiteTag>;
using DeploymentId = Id<DeploymentTag>;
using PersonId = Id<PersonTag>;
using OrganisationId = Id<OrganisationTag>;
using ListId = Id<ListTag>;
using EntryId = Id<EntryTag>;
using AlertId = Id<AlertTag>;
using HoldId = Id<HoldTag>;
using AuthorityId = Id<AuthorityTag>;
using SessionId = Id<SessionTag>;

}  // namespace regmark::base

template <typename Tag>
struct std::hash<regmark::base::Id<Tag>> {
  std::size_t operator()(const regmark::base::Id<Tag>& id) const {
    return std::hash<std::string>{}(id.text());
  }
};
