#include "desk/read_authorities.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<std::vector<authority::Record>>> read_authorities(const Desk& desk,
                                                                const Asker& asker,
                                                                std::size_t count) {
  return ask(desk, asker, access::Act::read_authorities, {}, [&](const audit::Receipt& receipt) {
    return desk.authorities.latest(receipt, count, desk.policy.kinds_from_above());
  });
}

}  // namespace regmark::desk
