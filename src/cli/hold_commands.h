// Commands about what is held for a case that nobody else shares.
#pragma once

#include <string>

#include "cli/commands.h"

namespace regmark::cli {

struct HoldArguments {
  std::string id, review, words;
  SearchArguments question;
};
int make_hold(const HoldArguments& arguments);
int search_hold(const HoldArguments& arguments);
int keep_hold_on(const HoldArguments& arguments);
int release_hold(const HoldArguments& arguments);

struct KnownHoldsArguments {
  std::string id;       // or empty: all
  SearchArguments why;  // of which the purpose counts; or empty: plates are shown of one's own
  bool json = false;
};
int list_holds(const KnownHoldsArguments& arguments);
int show_hold(const KnownHoldsArguments& arguments);

}  // namespace regmark::cli
