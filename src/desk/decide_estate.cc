#include "desk/decide_estate.h"

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

Result<Answer<std::string>> decide_site(const Desk& desk, const Asker& asker,
                                        const base::SiteId& site,
                                        const assessment::Paper& decision) {
  return ask(desk, asker, Act::decide_estate, about(site.text()),
             [&](const Receipt& receipt) { return desk.estate.decide(receipt, site, decision); });
}

Result<Answer<std::vector<std::string>>> set_matrix(const Desk& desk, const Asker& asker,
                                                    std::string_view toml,
                                                    std::string_view reasons) {
  return ask(desk, asker, Act::change_matrix, about("matrix"), [&](const Receipt& receipt) {
    return desk.estate.set_matrix(receipt, toml, reasons);
  });
}

}  // namespace regmark::desk
