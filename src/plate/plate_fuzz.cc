// Any bytes either fail cleanly or give a plate that reads back as itself, whatever asks about it.
#include "base/check.h"
#include "plate/layout.h"
#include "plate/look_alike.h"
#include "plate/misread.h"
#include "plate/read.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::plate;
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  if (const auto id = ReadId::parse(typed)) REGMARK_CHECK(id->text() == typed);
  const auto once = Plate::parse(typed);
  if (!once) return 0;
  REGMARK_CHECK(!once->text().empty() && once->text().size() <= length_max);
  const auto twice = Plate::parse(once->text());
  REGMARK_CHECK(twice && *twice == *once);
  REGMARK_CHECK(!issue_period(*once) || layouts_of(*once).contains(Layout::current));
  REGMARK_CHECK(look_alikes(*once).size() <= look_alikes_max);
  for (const auto& misread : likely_misreads(*once)) REGMARK_CHECK(misread.shown != *once);
  return 0;
}
