// Builds every room in order, connects them, and runs the whole.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "api/pages.h"
#include "base/result.h"
#include "base/time.h"
#include "server/settings.h"

namespace regmark::server {

class Office {
 public:
  // Makes the data folder on a first run, and opens it under a lock of its own:
  //   DATA/lock  DATA/keys/  DATA/audit.pub  DATA/audit.vkey  DATA/records.db  DATA/audit/
  //   DATA/sightings/
  // Listens on return. The clock outlives the office. Fails with
  //   invalid_input   the policy is wrong (line named); an address that is not this machine's own
  //                   without TLS; a certificate or key that cannot be used
  //   conflict        another office runs on this folder
  //   corrupt         which part of the folder is damaged
  //   unavailable     the disk is full or away; the port is taken
  static Result<std::unique_ptr<Office>> open(const Settings& settings, const base::Clock& clock,
                                              api::Pages pages = api::embedded_pages());
  virtual ~Office() = default;  // stops, and closes everything in order

  // Waits until stop() is called, from any thread.
  virtual void run() = 0;
  virtual void stop() = 0;

  // "http://127.0.0.1:8600"; under TLS with its first name, "https://anpr.example:8600"
  virtual std::string address() const = 0;
  // Of the certificate that it showed first, as `--pin` takes it; empty without TLS.
  virtual const std::string& pin() const = 0;
  virtual std::uint16_t port() const = 0;
  // The one-time code of the first administrator, while they have not chosen a password.
  virtual const std::optional<std::string>& first_code() const = 0;
  // One round of sealing and erasing, now. A thread does one every minute.
  virtual Result<void> keep_house() = 0;
  // Has the log's checkpoint signed by every witness, now. A thread does so now and then.
  virtual Result<void> ask_witnesses() = 0;
};

}  // namespace regmark::server
