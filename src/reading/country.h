// Which country a plate is from, where text and colour leave no other of our neighbours.
#pragma once

#include <string>
#include <string_view>

#include "reading/image.h"

namespace regmark::reading {

// "GB", or nothing: unknown. A guess needs both
// - a layout that Great Britain uses: the current one, or the prefix and suffix ones with three
//   digits, where no neighbour's plates look the same. Dateless marks and Northern Ireland's look
//   like those of half of Europe and are never enough;
// - and a background seen to be white or yellow. Romania writes its plates in the shape of the
//   current layout, on white: texts that start with one of its counties need yellow.
std::string guess_country(std::string_view text, Background background);

}  // namespace regmark::reading
