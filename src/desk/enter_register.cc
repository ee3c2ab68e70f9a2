#include "desk/enter_register.h"

#include "desk/ask.h"
#include "desk/register_csv.h"

namespace regmark::desk {
namespace {

Entered entered(const ReadRegister& read, const camera_register::Taken& taken) {
  const auto& entries = read.entries;
  return {read.sites.size(),
          entries.cameras.size(),
          entries.counts.size(),
          entries.costs.size(),
          entries.reviews.size(),
          taken.held_already,
          missing_in(read, taken.was_held)};
}

// What the estate says by now, and the sites that the file itself speaks of.
Result<camera_register::Against> against(const Desk& desk, const audit::Receipt& receipt,
                                         const ReadRegister& read) {
  camera_register::Against known{.sites = read.sites_named};
  const auto now = desk.clock.now();
  REGMARK_ASSIGN(known.cameras, desk.estate.camera_acts(receipt, now, now));
  REGMARK_ASSIGN(const auto sites, desk.estate.sites(receipt));
  for (const auto& site : sites) known.sites.insert(site.about.id);
  return known;
}

Result<void> enter(const Desk& desk, const audit::Receipt& receipt, const ReadRegister& read,
                   camera_register::Taken& taken, records::Transaction& transaction) {
  REGMARK_ASSIGN(const auto known, against(desk, receipt, read));
  REGMARK_ASSIGN(taken, desk.camera_register.enter(receipt, read.entries, known, transaction));
  return {};
}

}  // namespace

Result<Answer<Entered>> enter_register(const Desk& desk, const Asker& asker, std::string_view csv) {
  return ask(desk, asker, access::Act::change_estate, about("register"),
             [&](const audit::Receipt& receipt) -> Result<Entered> {
               REGMARK_ASSIGN(const auto read, read_register_csv(csv));
               camera_register::Taken taken;
               REGMARK_TRY(desk.estate.inherit(receipt, read.sites, [&](auto& transaction) {
                 return enter(desk, receipt, read, taken, transaction);
               }));
               return entered(read, taken);
             });
}

Result<Answer<Entered>> check_register(const Desk& desk, const Asker& asker, std::string_view csv) {
  return ask(desk, asker, access::Act::change_estate, about("register"),
             [&](const audit::Receipt& receipt) -> Result<Entered> {
               REGMARK_ASSIGN(const auto read, read_register_csv(csv));
               camera_register::Taken taken;
               bool is_good = false;
               // Taken in as it would be, and undone: what is refused then is refused now.
               const auto undone =
                   desk.estate.inherit(receipt, read.sites, [&](auto& transaction) -> Result<void> {
                     REGMARK_TRY(enter(desk, receipt, read, taken, transaction));
                     is_good = true;
                     return fail(ErrorCode::conflict, "it was only checked");
                   });
               if (!is_good) return tl::unexpected<Error>(undone.error());
               return entered(read, taken);
             });
}

Result<Answer<Nothing>> add_cost(const Desk& desk, const Asker& asker,
                                 const camera_register::Cost& cost,
                                 camera_register::LikeOne like_one) {
  return ask(desk, asker, access::Act::change_estate, about("register"),
             [&](const audit::Receipt& receipt) -> Result<Nothing> {
               REGMARK_TRY(desk.camera_register.add_cost(receipt, cost, like_one));
               return Nothing{};
             });
}

}  // namespace regmark::desk
