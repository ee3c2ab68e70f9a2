// Every route of the office, its document, its pages and its figures. See openapi.json.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "alerts/alerts.h"
#include "api/http/server.h"
#include "api/pages.h"
#include "audit/cosigned.h"
#include "desk/desk.h"
#include "desk/screens.h"
#include "desk/track_plate.h"
#include "desk/watch_alerts.h"
#include "intake/intake.h"

namespace regmark::api {

enum class Transport { bare, tls };

// How clients come to the office.
struct Reach {
  Transport transport = Transport::bare;
  std::vector<std::string> names{};  // in lower case, beside this machine's own
};

class SeenSignatures;

// What the routes reach into. Owned by the office.
struct Rooms {
  const desk::Desk& desk;
  desk::Screens& screens;
  desk::AlertWatch& watch;
  desk::PlateTracks& tracks;
  intake::Intake& intake;
  const audit::WitnessTimes* witnesses = nullptr;  // none: nobody is asked to sign the log
  Reach reach{};
  SeenSignatures* seen_signatures = nullptr;  // the API's own: it sets this itself
  std::string metrics_token{};  // who may read /metrics; empty: whoever asks on this machine
};

// One alert as everybody sees it, for desk::AlertWatch.
std::string alert_text(const alerts::Alert& alert);
// One sighting as somebody who tracks it sees it, for desk::PlateTracks.
std::string sighting_text(const plate::Read& read);
// Why nothing more is told of it.
std::string track_over_text(std::string_view why);

// Headers of every answer: nothing from elsewhere, in no frame, never guessed at; and under TLS,
// nothing without it for a year.
std::vector<std::pair<std::string, std::string>> security_headers(Transport transport);

// What a browser is shown where there is no page.
std::string not_found_page();

// The answers to every request. Outlives the server that runs its routes.
class Api {
 public:
  static std::unique_ptr<Api> create(const Rooms& rooms, const Pages& pages);
  virtual ~Api() = default;

  virtual std::vector<http::Route> routes() = 0;
  // From now on /metrics counts this server's connections; nullptr before it goes.
  virtual void count(const http::Server* server) = 0;
};

}  // namespace regmark::api
