// Papers of a made-up force: whole, as the guidance asks for them, and about nobody.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "assessment/guidance.h"
#include "assessment/paper.h"
#include "base/time.h"

namespace regmark::cli {

struct MadeUp {
  base::UtcDay today;                // in its answers that are days
  std::vector<std::string> cameras;  // of its site: a row each, where a paper has one for each
  // The SHA-256 of a file of this kind that was handed in.
  std::function<Result<base::Digest>(std::string_view kind)> evidence;
  // What it says other than most, by "part.field".
  std::map<std::string, std::string> said{};
};

// Every part that is needed, and of the claims those on crime. Fails as `evidence` does.
Result<assessment::Paper> made_up_paper(const assessment::Form& form, const MadeUp& about);

}  // namespace regmark::cli
