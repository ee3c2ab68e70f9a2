// Lets people say what pictures show that were drawn by chance, and shows how often the cameras
// were right.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "desk/desk.h"

namespace regmark::desk {

// What a person sees on the picture of a plate.
enum class Sees : std::uint8_t { plate, unreadable, no_plate };

// The next one; nothing: none waits. Of the read only its id is for whoever checks it.
Result<Answer<std::optional<plate::ReadId>>> next_sample(const Desk& desk, const Asker& asker);

// Its picture of the plate. Fails with
//   not_found   it does not wait to be checked, or its picture is gone
Result<Answer<base::Bytes>> see_sample(const Desk& desk, const Asker& asker,
                                       const plate::ReadId& read);

// `text` is the plate as the person reads it, and empty for the others. Fails with, in this order:
//   invalid_input   no plate, or a text where there is none to be
//   not_found       it does not wait to be checked, or it is gone
Result<Answer<Nothing>> tell_sample(const Desk& desk, const Asker& asker, const plate::ReadId& read,
                                    Sees sees, std::string_view text);

// As drift::Samples::accuracies.
Result<Answer<std::vector<drift::Accuracy>>> read_accuracies(const Desk& desk, const Asker& asker,
                                                             base::UtcTime from,
                                                             base::UtcTime until);

}  // namespace regmark::desk
