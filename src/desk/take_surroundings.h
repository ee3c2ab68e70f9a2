// Takes in what others publish about the places where cameras stand.
#pragma once

#include "desk/desk.h"
#include "surroundings/data_sets.h"

namespace regmark::desk {

// The act is change_estate. Fails as surroundings::DataSets does.
Result<Answer<surroundings::DataSet>> take_in_surroundings(const Desk& desk, const Asker& asker,
                                                           const surroundings::NewData& data);
// The act is read_estate.
Result<Answer<std::vector<surroundings::DataSet>>> read_surroundings(const Desk& desk,
                                                                     const Asker& asker);

}  // namespace regmark::desk
