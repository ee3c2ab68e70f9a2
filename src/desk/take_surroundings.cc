#include "desk/take_surroundings.h"

#include "desk/ask.h"
#include "surroundings/surroundings.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;
using surroundings::DataSet;

Result<Answer<DataSet>> take_in_surroundings(const Desk& desk, const Asker& asker,
                                             const surroundings::NewData& data) {
  return ask(desk, asker, Act::change_estate, about("surroundings"), [&](const Receipt& receipt) {
    return desk.surroundings.data_sets.take_in(receipt, data);
  });
}

Result<Answer<surroundings::CheckedData>> check_surroundings(const Desk& desk, const Asker& asker,
                                                             surroundings::DataKind kind,
                                                             std::string_view text) {
  return ask(desk, asker, Act::change_estate, about("surroundings"),
             [&](const Receipt&) -> Result<surroundings::CheckedData> {
               if (text.size() > surroundings::data_size_max) {
                 return fail(ErrorCode::limit_exceeded, "the data are longer than 16 MiB");
               }
               return surroundings::check_data(kind, text);
             });
}

Result<Answer<std::vector<DataSet>>> read_surroundings(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, Act::read_estate, about("surroundings"),
             [&](const Receipt& receipt) { return desk.surroundings.data_sets.all(receipt); });
}

}  // namespace regmark::desk
