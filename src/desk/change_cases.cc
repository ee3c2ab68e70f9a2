#include "desk/change_cases.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<oversight::ImportReport>> import_cases(const Desk& desk, const Asker& asker,
                                                     const base::OrganisationId& organisation,
                                                     std::string_view csv) {
  return ask(desk, asker, access::Act::change_cases, about(organisation.text()),
             [&](const audit::Receipt& receipt) {
               return desk.oversight.cases.import(receipt, organisation, csv);
             });
}

}  // namespace regmark::desk
