// Commands about a senior officer's authority that nobody else shares.
#pragma once

#include <map>
#include <string>

#include "cli/commands.h"

namespace regmark::cli {

struct GiveUpArguments {
  std::string id, why;
  SearchArguments question;  // of which the purpose counts
};
int give_up_authority(const GiveUpArguments& arguments);

// What one may ask leave for: as it is typed, and the office's name for it.
const std::map<std::string, std::string>& authority_acts();

int list_authorities(bool as_json);
int show_authority(const std::string& id, bool as_json);

}  // namespace regmark::cli
