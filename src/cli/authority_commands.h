// Commands about a senior officer's authority that nobody else shares.
#pragma once

#include <string>

#include "cli/commands.h"

namespace regmark::cli {

struct GiveUpArguments {
  std::string id, why;
  SearchArguments question;  // of which the purpose counts
};
int give_up_authority(const GiveUpArguments& arguments);

}  // namespace regmark::cli
