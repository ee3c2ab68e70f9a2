#include "desk/print_paper.h"

#include "accountability/printed_paper.h"
#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<documents::Document>> print_paper(const Desk& desk, const Asker& asker,
                                                const base::SiteId& site, std::string_view form,
                                                std::optional<base::UtcTime> as_of) {
  return ask(desk, asker, access::Act::read_estate, about(site.text()),
             [&](const audit::Receipt& receipt) -> Result<documents::Document> {
               REGMARK_ASSIGN(const auto file, desk.estate.site_file(receipt, site, as_of));
               return accountability::printed(
                   assessment::Guidance::built_in(), file, form, [&](const base::PersonId& id) {
                     // Who wrote before these records began has no name in them.
                     return desk.people.display_name(id).value_or("no name on record");
                   });
             });
}

}  // namespace regmark::desk
