// What a senior officer does with what somebody asked for. Nobody decides about their own.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// How far it may reach: what is not said is as it was asked.
struct GrantLimits {
  std::chrono::hours valid{0};
  std::uint64_t uses = 0;
  std::optional<std::string> plate{};
  std::optional<std::vector<base::CameraId>> cameras{};
  std::optional<access::Window> window{};
  std::string reason{};
};

// These fail as the functions of authority::Authorities do. One that nobody knows is refused.
Result<Answer<authority::Record>> grant_authority(const Desk& desk, const Asker& asker,
                                                  const base::AuthorityId& id,
                                                  const GrantLimits& limits);
Result<Answer<authority::Record>> refuse_authority(const Desk& desk, const Asker& asker,
                                                   const base::AuthorityId& id,
                                                   std::string_view reason);
// In writing, what was given by word of mouth.
Result<Answer<authority::Record>> confirm_authority(const Desk& desk, const Asker& asker,
                                                    const base::AuthorityId& id,
                                                    const GrantLimits& limits);
Result<Answer<authority::Record>> withdraw_authority(const Desk& desk, const Asker& asker,
                                                     const base::AuthorityId& id,
                                                     std::string_view reason);

}  // namespace regmark::desk
