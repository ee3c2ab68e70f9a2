#include "desk/check_reads.h"

#include <algorithm>

#include "desk/ask.h"
#include "plate/layout.h"

namespace regmark::desk {
namespace {

using access::Act;

// What the store no longer has nobody will check.
template <typename T>
Result<T> or_forget(const Desk& desk, const audit::Receipt& receipt, const plate::ReadId& read,
                    Result<T> found) {
  if (!found && found.error().code == ErrorCode::not_found) {
    REGMARK_TRY(desk.samples.forget(receipt, read));
  }
  return found;
}

std::string kind_of(const plate::Plate& plate) {
  const auto layouts = plate::layouts_of(plate);
  const auto* const kind = std::ranges::find_if(
      plate::all_layouts, [&](plate::Layout layout) { return layouts.contains(layout); });
  return kind == plate::all_layouts.end() ? std::string() : std::string(name(*kind));
}

Result<std::optional<plate::Plate>> plate_told(Sees sees, std::string_view text) {
  if (sees == Sees::plate) {
    REGMARK_ASSIGN(auto plate, plate::Plate::parse(text));
    return plate;
  }
  if (!text.empty()) {
    return fail(ErrorCode::invalid_input, "a text is for what shows a plate that can be read");
  }
  return std::optional<plate::Plate>();
}

}  // namespace

Result<Answer<std::optional<plate::ReadId>>> next_sample(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, Act::check_reads, about("samples"),
             [&](const audit::Receipt& receipt) -> Result<std::optional<plate::ReadId>> {
               REGMARK_ASSIGN(const auto drawn, desk.samples.next(receipt));
               if (!drawn) return std::optional<plate::ReadId>();
               return drawn->read;
             });
}

Result<Answer<base::Bytes>> see_sample(const Desk& desk, const Asker& asker,
                                       const plate::ReadId& read) {
  return ask(desk, asker, Act::check_reads, about(read.text()),
             [&](const audit::Receipt& receipt) -> Result<base::Bytes> {
               REGMARK_TRY(desk.samples.waiting(receipt, read));
               return or_forget(desk, receipt, read,
                                desk.store.picture(receipt, read, plate::PictureKind::plate));
             });
}

Result<Answer<Nothing>> tell_sample(const Desk& desk, const Asker& asker, const plate::ReadId& read,
                                    Sees sees, std::string_view text) {
  REGMARK_ASSIGN(const auto told, plate_told(sees, text));
  return ask(desk, asker, Act::check_reads, about(read.text()),
             [&](const audit::Receipt& receipt) -> Result<Nothing> {
               REGMARK_TRY(desk.samples.waiting(receipt, read));
               REGMARK_ASSIGN(const auto was,
                              or_forget(desk, receipt, read, desk.store.read(receipt, read)));
               drift::Told verdict{sees == Sees::no_plate ? drift::Verdict::no_plate
                                                          : drift::Verdict::unreadable};
               if (told) {
                 verdict = {*told == was.plate ? drift::Verdict::right : drift::Verdict::wrong,
                            kind_of(*told)};
               }
               return nothing(desk.samples.tell(receipt, read, verdict));
             });
}

Result<Answer<std::vector<drift::Accuracy>>> read_accuracies(const Desk& desk, const Asker& asker,
                                                             base::UtcTime from,
                                                             base::UtcTime until) {
  return ask(desk, asker, Act::read_estate, about("accuracy"), [&](const audit::Receipt& receipt) {
    return desk.samples.accuracies(receipt, from, until);
  });
}

}  // namespace regmark::desk
