// What the cameras did against crime, for the public: counts, and examples that one person writes
// and another approves. Drafts, not for release.
#pragma once

#include "accountability/effectiveness.h"
#include "accountability/examples.h"
#include "desk/desk.h"

namespace regmark::desk {

// Of the quarters between these days, with the examples that are approved by now and name nothing
// that is known by now. The act is read_register. Fails as accountability::quarters_of() and
// sieve_of_estate() do.
Result<Answer<accountability::Effectiveness>> read_effectiveness(const Desk& desk,
                                                                 const Asker& asker,
                                                                 base::UtcDay from,
                                                                 base::UtcDay until);

// Gives its number. Two acts, read_estate (for the names that it may not hold) and change_estate.
// Fails as accountability::Sieve and accountability::Examples do.
Result<Answer<std::uint64_t>> write_example(const Desk& desk, const Asker& asker,
                                            std::string_view words);
// Two acts, read_register and approve_estate. Fails as accountability::Examples and
// accountability::Sieve do, for names may have come to be known since it was written.
Result<Answer<Nothing>> approve_example(const Desk& desk, const Asker& asker, std::uint64_t number);
// All that were written, approved or not. The act is read_register.
Result<Answer<std::vector<accountability::Example>>> read_examples(const Desk& desk,
                                                                   const Asker& asker);

}  // namespace regmark::desk
