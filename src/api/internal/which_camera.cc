#include "api/internal/which_camera.h"

#include "api/internal/seen_signatures.h"
#include "base/http_signature.h"
#include "estate/camera_keys.h"

namespace regmark::api {
namespace {

Result<base::CameraId> signer_of(const Rooms& rooms, const http::Request& request) {
  // Not which part was wrong: only a stranger needs to ask.
  const auto wrong = [] {
    return fail(ErrorCode::not_found, "the request's signature is not good, or not any more");
  };
  const auto claim = base::read_claim({std::string(request.header("Content-Digest")),
                                       std::string(request.header("Signature-Input")),
                                       std::string(request.header("Signature"))});
  if (!claim) return wrong();
  auto camera = base::CameraId::parse(claim->key_id);
  if (!camera) return wrong();
  const auto key = rooms.desk.camera_keys.key_of(*camera);
  const bool is_theirs = key && base::is_signed(*claim, *key,
                                                {request.method, request.target,
                                                 request.header("Content-Type"), request.body});
  if (!is_theirs) return wrong();
  if (!rooms.seen_signatures->is_first(claim->signature, claim->created, rooms.desk.clock.now())) {
    return wrong();
  }
  return camera;
}

}  // namespace

Result<base::CameraId> which_camera(const Rooms& rooms, const http::Request& request,
                                    std::string_view bearer) {
  if (!bearer.empty()) return rooms.desk.estate.camera_of(bearer);
  if (!request.header("Signature-Input").empty()) return signer_of(rooms, request);
  const auto holder = rooms.desk.camera_keys.holder_of(request.client_certificate);
  if (request.client_certificate.empty() || !holder) {
    return fail(ErrorCode::not_found, "a camera's token, signature or certificate is needed");
  }
  return *holder;
}

}  // namespace regmark::api
