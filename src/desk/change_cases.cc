#include "desk/change_cases.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<oversight::ImportReport>> import_cases(const Desk& desk, const Asker& asker,
                                                     std::string_view csv) {
  return ask(desk, asker, access::Act::change_cases, {}, [&](const audit::Receipt& receipt) {
    return desk.oversight.cases.import(receipt, csv);
  });
}

}  // namespace regmark::desk
