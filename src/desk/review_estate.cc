#include "desk/review_estate.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<assessment::ReviewCourse>> review_site_of_year(const Desk& desk, const Asker& asker,
                                                             const base::SiteId& site,
                                                             const assessment::Paper& review,
                                                             base::UtcDay next) {
  return ask(desk, asker, access::Act::review_estate, about(site.text()),
             [&](const audit::Receipt& receipt) {
               return desk.estate.review(receipt, site, review, next);
             });
}

}  // namespace regmark::desk
