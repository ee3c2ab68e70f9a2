#include "desk/enter_register.h"

#include "desk/ask.h"
#include "desk/register_csv.h"

namespace regmark::desk {
namespace {

Entered entered(const ReadRegister& read) {
  const auto& entries = read.entries;
  return {read.sites.size(),    entries.cameras.size(), entries.counts.size(),
          entries.costs.size(), entries.reviews.size(), read.missing};
}

}  // namespace

Result<Answer<Entered>> enter_register(const Desk& desk, const Asker& asker, std::string_view csv) {
  return ask(desk, asker, access::Act::change_estate, about("register"),
             [&](const audit::Receipt& receipt) -> Result<Entered> {
               REGMARK_ASSIGN(const auto read, read_register_csv(csv));
               REGMARK_TRY(
                   desk.estate.inherit(receipt, read.sites, [&](records::Transaction& transaction) {
                     return desk.camera_register.enter(receipt, read.entries, transaction);
                   }));
               return entered(read);
             });
}

Result<Answer<Entered>> check_register(const Desk& desk, const Asker& asker, std::string_view csv) {
  return ask(desk, asker, access::Act::change_estate, about("register"),
             [&](const audit::Receipt&) -> Result<Entered> {
               REGMARK_ASSIGN(const auto read, read_register_csv(csv));
               return entered(read);
             });
}

}  // namespace regmark::desk
