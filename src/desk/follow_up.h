// Sees to it that others do what they did not do in time: review a hold, or say in writing what
// they gave by word of mouth.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// These fail as the functions of oversight::FollowUps do.
Result<Answer<std::vector<oversight::FollowUp>>> read_follow_ups(const Desk& desk,
                                                                 const Asker& asker);
Result<Answer<oversight::FollowUp>> take_follow_up(const Desk& desk, const Asker& asker,
                                                   oversight::Missed missed,
                                                   std::string_view about_which);
Result<Answer<oversight::FollowUp>> note_follow_up(const Desk& desk, const Asker& asker,
                                                   oversight::Missed missed,
                                                   std::string_view about_which,
                                                   std::string_view words);

}  // namespace regmark::desk
