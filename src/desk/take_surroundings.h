// Takes in what others publish about the places where cameras stand.
#pragma once

#include "desk/desk.h"
#include "surroundings/check_data.h"
#include "surroundings/data_sets.h"

namespace regmark::desk {

// The act is change_estate. Fails as surroundings::DataSets does.
Result<Answer<surroundings::DataSet>> take_in_surroundings(const Desk& desk, const Asker& asker,
                                                           const surroundings::NewData& data);
// What taking a text in would say of it, with its first rows; nothing is taken in. The act is
// change_estate. Fails with
//   limit_exceeded  longer than surroundings::data_size_max
Result<Answer<surroundings::CheckedData>> check_surroundings(const Desk& desk, const Asker& asker,
                                                             surroundings::DataKind kind,
                                                             std::string_view text);
// The act is read_estate.
Result<Answer<std::vector<surroundings::DataSet>>> read_surroundings(const Desk& desk,
                                                                     const Asker& asker);

}  // namespace regmark::desk
