// What is kept apart: covert deployments, and sites under an authority by statute. Each thing gets
// an id that means nothing and that nobody can find by trying.
#include "api/internal/bind.h"
#include "api/internal/camera_bodies.h"
#include "api/internal/estate_bodies.h"
#include "api/internal/guard.h"
#include "api/internal/named_file.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/change_camera_keys.h"
#include "desk/keep_apart.h"

namespace regmark::api {
namespace {

constexpr std::size_t name_size_max = 200;
constexpr std::size_t things_max = 100'000;  // of one kind in an answer

template <typename Id>
Result<Id> fresh_id() {
  return Id::parse(desk::id_apart());
}

template <typename Id>
Result<http::Response> created(Result<desk::Answer<desk::Nothing>> answer, const Id& id) {
  return shown(std::move(answer), [&](const auto&) {
    return json_response({{"id", id.text()}}, /*status=*/201);
  });
}

Result<http::Response> read_all(const Call& call) {
  return shown(desk::read_apart(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"sites", show_all(done.value.sites)},
                          {"deployments", show_all(done.value.deployments)},
                          {"cameras", show_all(done.value.cameras)}});
  });
}

Result<http::Response> read_offer(const Call& call) {
  return json_response({{"offered", desk::may_read_apart(call.rooms.desk, call.asker())}});
}

// The end of the day that is asked for; nothing: now.
Result<std::optional<base::UtcTime>> end_of_day_in(const Json& body) {
  if (!body.contains("on")) return std::nullopt;
  REGMARK_ASSIGN(const auto day, day_in(body, "on"));
  return end_of(day);
}

template <typename Id>
Result<http::Response> read_file(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<Id>(call, "id"));
  REGMARK_ASSIGN(const auto as_of, end_of_day_in(call.body));
  return shown(desk::read_apart(call.rooms.desk, call.asker(), id, as_of),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 REGMARK_ASSIGN(const auto file, show_named(done.value, names));
                 return json_response(file);
               });
}

Result<http::Response> propose_site(const Call& call) {
  REGMARK_ASSIGN(const auto id, fresh_id<base::SiteId>());
  REGMARK_ASSIGN(const auto position, position_in(call.body.at("position")));
  REGMARK_ASSIGN(auto grounds, grounds_in(call.body));
  const estate::NewSite site{id, text_in(call.body, "name"), position, std::move(grounds),
                             estate::Path::statutory};
  return created(desk::propose_apart(call.rooms.desk, call.asker(), site), id);
}

Result<http::Response> propose_deployment(const Call& call) {
  const auto& body = call.body;
  REGMARK_ASSIGN(const auto id, fresh_id<base::DeploymentId>());
  REGMARK_ASSIGN(const auto area, area_in(body.at("area")));
  REGMARK_ASSIGN(const auto from, time_in(body, "from"));
  REGMARK_ASSIGN(const auto until, time_in(body, "until"));
  REGMARK_ASSIGN(auto grounds, grounds_in(body));
  const estate::NewDeployment deployment{id,
                                         text_in(body, "name"),
                                         area,
                                         from,
                                         until,
                                         std::move(grounds),
                                         /*is_apart=*/true};
  return created(desk::propose_apart(call.rooms.desk, call.asker(), deployment), id);
}

template <typename Id>
Result<http::Response> approve(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<Id>(call, "id"));
  return done(desk::approve_apart(call.rooms.desk, call.asker(), id));
}

template <typename Id>
Result<http::Response> stop(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<Id>(call, "id"));
  const auto reason = text_in(call.body, "reason");
  return done(desk::stop_apart(call.rooms.desk, call.asker(), id, reason));
}

Result<http::Response> commission(const Call& call) {
  REGMARK_ASSIGN(const auto id, fresh_id<base::CameraId>());
  estate::NewCamera camera{id, text_in(call.body, "name"), {}, {}};
  if (call.body.contains("site")) {
    REGMARK_ASSIGN(camera.site, id_in<base::SiteId>(call.body, "site"));
  }
  if (call.body.contains("deployment")) {
    REGMARK_ASSIGN(camera.deployment, id_in<base::DeploymentId>(call.body, "deployment"));
  }
  return shown(desk::commission_apart(call.rooms.desk, call.asker(), camera),
               [&](const auto& done) {
                 return json_response({{"id", id.text()}, {"token", done.value}}, /*status=*/201);
               });
}

Result<http::Response> renew_token(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::CameraId>(call, "id"));
  return shown(desk::renew_token_apart(call.rooms.desk, call.asker(), id), [](const auto& done) {
    return json_response({{"token", done.value}});
  });
}

Result<http::Response> write_book(const Call& call) {
  REGMARK_ASSIGN(auto id, id_in_path<base::CameraId>(call, "id"));
  REGMARK_ASSIGN(const auto entry, entry_in(call.body, std::move(id)));
  return shown(desk::write_camera_book_apart(call.rooms.desk, call.asker(), entry),
               [](const auto& done) {
                 return json_response({{"number", done.value}}, /*status=*/201);
               });
}

Result<http::Response> read_book(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::CameraId>(call, "id"));
  return shown(desk::read_camera_book_apart(call.rooms.desk, call.asker(), id),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 REGMARK_ASSIGN(const auto books, show_books(done.value, names));
                 return json_response(books);
               });
}

Result<http::Response> set_key(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::CameraId>(call, "id"));
  REGMARK_ASSIGN(const auto credential, key_in(call.body));
  return done(desk::set_camera_credential_apart(call.rooms.desk, call.asker(), id, credential));
}

Result<http::Response> set_certificate(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::CameraId>(call, "id"));
  return done(desk::set_camera_credential_apart(call.rooms.desk, call.asker(), id,
                                                certificate_in(call.body)));
}

Result<http::Response> remove_credentials(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::CameraId>(call, "id"));
  return done(desk::remove_camera_credentials_apart(call.rooms.desk, call.asker(), id));
}

// Why somebody asks is part of every question here, so reading is a POST too.
Endpoint change(const std::string& pattern, std::string id, std::string summary,
                std::vector<Member> members, Success success, Handle handle) {
  return changing("covert", "/v1/covert" + pattern, std::move(id), std::move(summary),
                  std::move(members), std::move(success), handle);
}

}  // namespace

Table covert_table() {
  const Member name{"name", text(name_size_max, 1)};
  const Member grounds{"grounds", named("Grounds")};
  const Member reason{"reason", text(1'000, 1)};
  const Member on{"on", day_text(), Need::optional};
  const Success made{201, "Its id", object({{"id", id_text()}})};
  const Success nothing{204, "Done", std::nullopt};
  const Json token = described(text(200), "Shown this once.");
  return {
      reading(
          "covert", "/v1/covert/offer", "readCovertOffer",
          "Whether the policy names whoever asks for what is kept apart",
          {200, "For a page, which offers nothing to anybody else", object({{"offered", flag()}})},
          read_offer),
      change("", "readCovert", "Everything that is kept apart, for a reason", {},
             {200, "Sites, deployments and cameras",
              object({{"sites", list_of(named("Site"), things_max)},
                      {"deployments", list_of(named("Deployment"), things_max)},
                      {"cameras", list_of(named("Camera"), things_max)}})},
             read_all),
      change("/sites/{id}/file", "readCovertSiteFile", "Every step of a site kept apart", {on},
             {200, "As it stood at the end of that day, or stands now", named("SiteFile")},
             read_file<base::SiteId>),
      change("/deployments/{id}/file", "readCovertDeploymentFile",
             "Every step of a deployment kept apart", {on},
             {200, "As it stood at the end of that day, or stands now", named("DeploymentFile")},
             read_file<base::DeploymentId>),
      change("/sites", "proposeCovertSite", "Propose a site under an authority by statute",
             {name, {"position", named("Position")}, grounds}, made, propose_site),
      change("/sites/{id}/approve", "approveCovertSite", "Approve one that another person proposed",
             {}, nothing, approve<base::SiteId>),
      change("/sites/{id}/stop", "stopCovertSite", "Stop it", {reason}, nothing,
             stop<base::SiteId>),
      change(
          "/deployments", "proposeCovertDeployment", "Propose a covert deployment",
          {name, {"area", named("Area")}, {"from", time_text()}, {"until", time_text()}, grounds},
          made, propose_deployment),
      change("/deployments/{id}/approve", "approveCovertDeployment",
             "Approve one that another person proposed", {}, nothing, approve<base::DeploymentId>),
      change("/deployments/{id}/stop", "stopCovertDeployment", "Stop it", {reason}, nothing,
             stop<base::DeploymentId>),
      change("/cameras", "commissionCovertCamera", "Install a camera at one of them",
             {name, {"site", id_text(), Need::optional}, {"deployment", id_text(), Need::optional}},
             {201, "Its id and bearer token", object({{"id", id_text()}, {"token", token}})},
             commission),
      change("/cameras/{id}/token", "renewCovertCameraToken", "A new token; the old one is void",
             {}, {200, "Its bearer token", object({{"token", token}})}, renew_token),
      change("/cameras/{id}/book", "writeCovertCameraBook",
             "Write down a fault, a test, a complaint, or who attested where it stands",
             entry_members(), {201, "Its number", object({{"number", count()}})}, write_book),
      change("/cameras/{id}/book/read", "readCovertCameraBook",
             "Its faults, tests and complaints, and which tests are due", {},
             {200, "The oldest first", books_shape()}, read_book),
      change("/cameras/{id}/key", "setCovertCameraKey",
             "Register the Ed25519 key that signs its requests; the old one is void", key_members(),
             nothing, set_key),
      change("/cameras/{id}/certificate", "setCovertCameraCertificate",
             "Register its client certificate by its SHA-256; the old one is void",
             certificate_members(), nothing, set_certificate),
      change("/cameras/{id}/credentials/remove", "removeCovertCameraCredentials",
             "Key and certificate count no more; the token still does", {}, nothing,
             remove_credentials),
      change("/cameras/{id}/stop", "stopCovertCamera", "Stop it", {reason}, nothing,
             stop<base::CameraId>),
  };
}

}  // namespace regmark::api
