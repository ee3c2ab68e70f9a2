// A screen at the other end of a stream of server-sent events.
#pragma once

#include <functional>
#include <memory>

#include "api/http/server.h"
#include "api/internal/bind.h"
#include "desk/screens.h"

namespace regmark::api {

// Says `hello` first, then hands the screen to `attach`, which keeps it as long as it likes.
http::Response stream_response(const Json& hello,
                               std::function<void(std::shared_ptr<desk::Screen>)> attach);

}  // namespace regmark::api
