// Which camera sent a request: by its token, by the signature of its key, or by its certificate.
#pragma once

#include "api/http/server.h"
#include "api/routes.h"
#include "base/ids.h"
#include "base/result.h"

namespace regmark::api {

// The first of the three that was sent counts, in that order. Fails with
//   not_found     none was sent, or it is nobody's; a signature that is not of this request, of
//                 another time, or was used
//   unavailable   the estate cannot say
Result<base::CameraId> which_camera(const Rooms& rooms, const http::Request& request,
                                    std::string_view bearer);

}  // namespace regmark::api
