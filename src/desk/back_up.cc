#include "desk/back_up.h"

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;
using States = std::vector<backup::State>;

Result<Answer<States>> back_up(const Desk& desk, const Asker& asker,
                               const std::filesystem::path& folder) {
  return ask(desk, asker, Act::back_up, {}, [&](const Receipt& receipt) -> Result<States> {
    REGMARK_TRY(desk.backups.ask_for(receipt, folder));
    return desk.backups.states();
  });
}

Result<Answer<States>> read_backups(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, Act::read_backups, {},
             [&](const Receipt&) { return desk.backups.states(); });
}

}  // namespace regmark::desk
