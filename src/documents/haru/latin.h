// UTF-8 to Windows-1252, which is what the fonts that every PDF reader has can show.
#pragma once

#include <string>
#include <string_view>

namespace regmark::documents {

// Each letter as it is, or as the nearest there is, or as "?"; bytes that are no UTF-8 as "?".
std::string latin(std::string_view utf8);

}  // namespace regmark::documents
