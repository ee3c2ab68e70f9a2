// Who may read the office's figures: they name nobody, and say how busy it is, what it lacks and
// what is overdue.
#pragma once

#include <optional>
#include <string>

#include "api/http/server.h"

namespace regmark::api {

// Whoever shows the token; without one, whoever asks on this machine. Gives the answer to everybody
// else.
std::optional<http::Response> refuse_metrics(const http::Request& request,
                                             const std::string& token);

}  // namespace regmark::api
