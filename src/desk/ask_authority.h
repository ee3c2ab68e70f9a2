// Asks a senior officer for leave to look further than one's own role reaches.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Fails as authority::Authorities::ask does, and with
//   invalid_input   the policy lets nobody do that, whoever grants it: it could never be used
Result<Answer<authority::Record>> ask_authority(const Desk& desk, const Asker& asker,
                                                const authority::Asking& asking);

// Records that this officer gave it by word of mouth: good at once, for one use, until they must
// have confirmed it. Refused when the officer could not have given it in writing. Fails as
// authority::Authorities::ask_given_orally does, and with
//   not_found   there is no such officer
Result<Answer<authority::Record>> record_oral_authority(const Desk& desk, const Asker& asker,
                                                        const authority::Asking& asking,
                                                        const base::PersonId& officer);

// Takes back what one asked for. Fails as authority::Authorities::withdraw does.
Result<Answer<authority::Record>> give_up_authority(const Desk& desk, const Asker& asker,
                                                    const base::AuthorityId& id,
                                                    std::string_view reason);

}  // namespace regmark::desk
