// The end of a demo: its console, for whoever wants to look around.
#pragma once

#include <vector>

#include "cli/demo/office.h"
#include "cli/demo/stage.h"

namespace regmark::cli {

// Says where it is and whom to sign in as, and stays until Ctrl-C; not where the environment says
// DEMO_WAIT=0.
void show_console(DemoOffice& office, const std::vector<Member>& members, Stage& stage);

}  // namespace regmark::cli
