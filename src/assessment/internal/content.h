// A guidance as it stands in memory.
#pragma once

#include <string>
#include <vector>

#include "assessment/guidance.h"

namespace regmark::assessment {

struct Guidance::Content {
  std::string version;
  std::string title;
  LifeRules life;
  std::vector<Form> forms;
  std::vector<Word> columns;
  std::vector<Word> location_types;
  std::vector<Word> codes;
};

}  // namespace regmark::assessment
