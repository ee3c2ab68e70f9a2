// Whom an alert is for.
#pragma once

#include "access/decide.h"
#include "alerts/alerts.h"

namespace regmark::alerts {

// Whether the permit covers the alert's list, camera and place, and its holder is of an
// organisation whose people the list alerts; a patrol's covers only what is assigned to them. For
// everybody else the alert is not there: every way
// to see one or to take a step on it asks here.
bool covers(const access::Permit& permit, const Alert& alert);

}  // namespace regmark::alerts
