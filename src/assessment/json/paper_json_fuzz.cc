// Any bytes either fail cleanly or give a paper that reads back as itself, and that every form can
// be held against.
#include "assessment/check.h"
#include "assessment/paper.h"
#include "assessment/review_course.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::assessment;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto once = parse_paper(text);
  if (!once) return 0;
  const auto twice = parse_paper(format_paper(*once));
  REGMARK_CHECK(twice && *twice == *once);
  for (const auto& form : Guidance::built_in().forms()) (void)lacks(form, *once);
  (void)follow(answers_in(*once));
  return 0;
}
