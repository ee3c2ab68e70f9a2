// Sites, deployments and cameras.
#include "api/internal/bind.h"
#include "api/internal/camera_bodies.h"
#include "api/internal/estate_bodies.h"
#include "api/internal/guard.h"
#include "api/internal/shapes.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/approve_estate.h"
#include "desk/change_camera_keys.h"
#include "desk/change_estate.h"
#include "desk/read_estate.h"

namespace regmark::api {
namespace {

constexpr std::size_t things_max = 100'000;  // of one kind in an answer

http::Response created(const desk::Done<desk::Nothing>&) {
  return json_response(Json::object(), /*status=*/201);
}

http::Response token(const desk::Done<std::string>& done, int status) {
  return json_response({{"token", done.value}}, status);
}

Result<http::Response> read_sites(const Call& call) {
  return shown(desk::read_sites(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"sites", show_all(done.value)}});
  });
}

Result<http::Response> propose_site(const Call& call) {
  REGMARK_ASSIGN(auto id, id_in<base::SiteId>(call.body, "id"));
  REGMARK_ASSIGN(const auto position, position_in(call.body.at("position")));
  REGMARK_ASSIGN(auto grounds, grounds_in(call.body));
  estate::NewSite site{std::move(id), text_in(call.body, "name"), position, std::move(grounds)};
  if (call.body.contains("path")) {
    const auto path = estate::path_of(text_in(call.body, "path"));
    if (!path) return fail(ErrorCode::invalid_input, "there is no such path");
    site.path = *path;
  }
  return shown(desk::propose_site(call.rooms.desk, call.asker(), site), created);
}

Result<http::Response> approve_site(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  return done(desk::approve_site(call.rooms.desk, call.asker(), id));
}

Result<http::Response> review_site(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto grounds, grounds_in(call.body));
  return done(desk::review_site(call.rooms.desk, call.asker(), id, grounds));
}

Result<http::Response> stop_site(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  return done(desk::stop_site(call.rooms.desk, call.asker(), id, text_in(call.body, "reason")));
}

Result<http::Response> read_deployments(const Call& call) {
  return shown(desk::read_deployments(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"deployments", show_all(done.value)}});
  });
}

Result<http::Response> propose_deployment(const Call& call) {
  const auto& body = call.body;
  REGMARK_ASSIGN(auto id, id_in<base::DeploymentId>(body, "id"));
  REGMARK_ASSIGN(const auto area, area_in(body.at("area")));
  REGMARK_ASSIGN(const auto from, time_in(body, "from"));
  REGMARK_ASSIGN(const auto until, time_in(body, "until"));
  REGMARK_ASSIGN(auto grounds, grounds_in(body));
  const estate::NewDeployment deployment{std::move(id), text_in(body, "name"), area, from,
                                         until,         std::move(grounds)};
  return shown(desk::propose_deployment(call.rooms.desk, call.asker(), deployment), created);
}

Result<http::Response> approve_deployment(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::DeploymentId>(call, "id"));
  return done(desk::approve_deployment(call.rooms.desk, call.asker(), id));
}

Result<http::Response> stop_deployment(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::DeploymentId>(call, "id"));
  return done(
      desk::stop_deployment(call.rooms.desk, call.asker(), id, text_in(call.body, "reason")));
}

Result<http::Response> read_cameras(const Call& call) {
  return shown(desk::read_cameras(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"cameras", show_all(done.value)}});
  });
}

// What the register is told of a camera that is put up; nothing: nothing is.
Result<std::optional<camera_register::NewParticulars>> particulars_in(
    const Json& body, const estate::NewCamera& camera) {
  const auto is_there = [&](const char* name) { return body.contains(name); };
  if (!is_there("kind") && !is_there("owner") && !is_there("controller")) return std::nullopt;
  camera_register::NewParticulars one{.camera = camera.id,
                                      .kind = {},
                                      .owner = text_in(body, "owner"),
                                      .controller = text_in(body, "controller")};
  if (is_there("kind")) {
    one.kind = camera_register::kind_of(text_in(body, "kind"));
    if (!one.kind) return fail(ErrorCode::invalid_input, "there is no such kind of camera");
  }
  return one;
}

Result<http::Response> commission(const Call& call) {
  REGMARK_ASSIGN(auto id, id_in<base::CameraId>(call.body, "id"));
  estate::NewCamera camera{std::move(id), text_in(call.body, "name"), {}, {}};
  if (call.body.contains("site")) {
    REGMARK_ASSIGN(camera.site, id_in<base::SiteId>(call.body, "site"));
  }
  if (call.body.contains("deployment")) {
    REGMARK_ASSIGN(camera.deployment, id_in<base::DeploymentId>(call.body, "deployment"));
  }
  REGMARK_ASSIGN(const auto beside, particulars_in(call.body, camera));
  return shown(desk::commission_camera(call.rooms.desk, call.asker(), camera, beside),
               [](const auto& done) { return token(done, 201); });
}

Result<http::Response> renew_token(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::CameraId>(call, "id"));
  return shown(desk::renew_camera_token(call.rooms.desk, call.asker(), id),
               [](const auto& done) { return token(done, 200); });
}

Result<http::Response> stop_camera(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::CameraId>(call, "id"));
  return done(desk::stop_camera(call.rooms.desk, call.asker(), id, text_in(call.body, "reason")));
}

Result<http::Response> set_key(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::CameraId>(call, "id"));
  REGMARK_ASSIGN(const auto credential, key_in(call.body));
  return done(desk::set_camera_credential(call.rooms.desk, call.asker(), id, credential));
}

Result<http::Response> set_certificate(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::CameraId>(call, "id"));
  return done(
      desk::set_camera_credential(call.rooms.desk, call.asker(), id, certificate_in(call.body)));
}

Result<http::Response> remove_credentials(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::CameraId>(call, "id"));
  return done(desk::remove_camera_credentials(call.rooms.desk, call.asker(), id));
}

Endpoint read(const std::string& things, std::string id, std::string_view shape, Handle handle) {
  return reading(
      "estate", "/v1/" + things, std::move(id), "All " + things + ", and why each may collect",
      {200, "All " + things, object({{things, list_of(named(shape), things_max)}})}, handle);
}

}  // namespace

Table estate_table() {
  const Member id{"id", id_text()};
  const Member name{"name", text(name_length_max, 1)};
  const Member grounds{"grounds", named("Grounds")};
  const Member reason{"reason", text(1'000, 1)};
  const Success proposed{201, "Proposed", object({})};
  const Success nothing{204, "Done", std::nullopt};
  const Json shown_once = object({{"token", described(text(200), "Shown this once.")}});
  return {
      read("sites", "readSites", "Site", read_sites),
      changing("estate", "/v1/sites", "proposeSite", "Propose a site, with its grounds",
               {id,
                name,
                {"position", named("Position")},
                grounds,
                {"path",
                 described(one_of({"full", "under_twelve_months", "emergency"}),
                           "Without it: under twelve months, which ends by itself."),
                 Need::optional}},
               proposed, propose_site),
      changing("estate", "/v1/sites/{id}/approve", "approveSite",
               "Approve a site of the short path that another person proposed", {}, nothing,
               approve_site),
      changing("estate", "/v1/sites/{id}/review", "reviewSite",
               "Extend a live site inside its twelve months", {grounds}, nothing, review_site),
      changing("estate", "/v1/sites/{id}/stop", "stopSite",
               "Stop a site: its cameras may collect no more", {reason}, nothing, stop_site),
      read("deployments", "readDeployments", "Deployment", read_deployments),
      changing("estate", "/v1/deployments", "proposeDeployment",
               "Propose a deployment of mobile cameras",
               {id,
                name,
                {"area", named("Area")},
                {"from", time_text()},
                {"until", time_text()},
                grounds},
               proposed, propose_deployment),
      changing("estate", "/v1/deployments/{id}/approve", "approveDeployment",
               "Approve a deployment that another person proposed", {}, nothing,
               approve_deployment),
      changing("estate", "/v1/deployments/{id}/stop", "stopDeployment", "Stop a deployment",
               {reason}, nothing, stop_deployment),
      read("cameras", "readCameras", "Camera", read_cameras),
      changing(
          "estate", "/v1/cameras", "commissionCamera",
          "Install a camera at a site that was decided, or at a live short one or deployment",
          {id,
           name,
           {"site", id_text(), Need::optional},
           {"deployment", id_text(), Need::optional},
           {"kind", described(camera_kind(), "Without it: by its place."), Need::optional},
           {"owner", text(camera_register::owner_size_max), Need::optional},
           {"controller", described(text(camera_register::owner_size_max), "Whose data it is."),
            Need::optional}},
          {201, "Its bearer token", shown_once}, commission),
      changing("estate", "/v1/cameras/{id}/token", "renewCameraToken",
               "A new token; the old one is void", {}, {200, "Its bearer token", shown_once},
               renew_token),
      changing("estate", "/v1/cameras/{id}/key", "setCameraKey",
               "Register the Ed25519 key that signs a camera's requests; the old one is void",
               key_members(), nothing, set_key),
      changing("estate", "/v1/cameras/{id}/certificate", "setCameraCertificate",
               "Register a camera's client certificate by its SHA-256; the old one is void",
               certificate_members(), nothing, set_certificate),
      changing("estate", "/v1/cameras/{id}/credentials/remove", "removeCameraCredentials",
               "Key and certificate count no more; the token still does", {}, nothing,
               remove_credentials),
      changing("estate", "/v1/cameras/{id}/stop", "stopCamera", "Stop a camera", {reason}, nothing,
               stop_camera),
  };
}

}  // namespace regmark::api
