#include "desk/read_audit.h"

#include <algorithm>

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<std::vector<audit::Entry>>> read_audit(const Desk& desk, const Asker& asker,
                                                     std::uint64_t first, std::size_t count) {
  auto scope = about("from " + std::to_string(first));
  scope.rows_max = std::min(count, audit_page_max);
  return ask(desk, asker, access::Act::read_audit, std::move(scope),
             [&](const audit::Receipt& receipt) {
               return desk.log.read(receipt, first, std::min(count, audit_page_max));
             });
}

}  // namespace regmark::desk
