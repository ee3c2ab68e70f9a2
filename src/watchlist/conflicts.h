// Where a read and a listed entry disagree about the vehicle: doubt that must be shown.
#pragma once

#include <string>
#include <vector>

#include "plate/read.h"
#include "watchlist/exchange.h"

namespace regmark::watchlist {

// "make: listed FORD, seen BMW", at most one each for make, colour and country. What either side
// does not say is no conflict. Names agree when one begins the other, for lists cut them short to
// fit a symbol, and when both are usual names of one thing (VW and VOLKSWAGEN). Entries name no
// country: a mark of a layout that nobody else issues (current, prefix, suffix, Q) is taken for a
// British one, and one that fits no British layout for a foreign one; of others nothing is said.
std::vector<std::string> conflicts(const ExchangeRow& listed, const plate::Plate& listed_plate,
                                   const plate::Read& read);

}  // namespace regmark::watchlist
