// Shows one picture of one read.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Of a sighting that a search found, observed at the time that the search said: the policy counts
// its age, and the store shows no picture of a read outside that millisecond, nor of another plate
// where one is said: whoever stands on an authority says it, for an authority is for some plates.
// It is no use of the authority, and one that the search itself used up still opens what that
// found. Fails as sightings::Store::picture does.
struct FoundPicture {
  plate::ReadId read;
  base::UtcTime observed{};
  std::string plate{};  // empty: any
  plate::PictureKind kind{};
};
Result<Answer<base::Bytes>> see_found_picture(const Desk& desk, const Asker& asker,
                                              const FoundPicture& picture);

// Of the read that raised an alert. Fails also with
//   not_found   no such alert, or it is of another read
Result<Answer<base::Bytes>> see_alert_picture(const Desk& desk, const Asker& asker,
                                              const base::AlertId& alert, const plate::ReadId& read,
                                              plate::PictureKind kind);

}  // namespace regmark::desk
