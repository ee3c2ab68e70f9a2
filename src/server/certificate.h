// The certificate that the office shows, and its key: files that others renew.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include "api/http/server.h"
#include "base/result.h"
#include "server/settings.h"

namespace regmark::server {

// Reads both files. Fails with
//   invalid_input   a file is missing, too large, or in the wrong hands: the key must be its
//                   owner's, with nobody beyond a group allowed to read it, and neither file may
//                   be changed by others
Result<api::http::Tls> read_certificate(const TlsSettings& settings);

// Looks at the files now and then, and has the server show a renewed certificate. What cannot be
// used goes to the program's log, and the server goes on with what it had.
class CertificateWatch {
 public:
  // Everything given outlives it.
  CertificateWatch(const TlsSettings& settings, api::http::Server& server,
                   std::chrono::milliseconds every = std::chrono::seconds(10));
  CertificateWatch(const CertificateWatch&) = delete;
  CertificateWatch& operator=(const CertificateWatch&) = delete;
  ~CertificateWatch();

 private:
  void run(std::chrono::milliseconds every);
  void look();
  std::string state_of_files() const;

  const TlsSettings settings_;
  api::http::Server& server_;
  std::string shown_;    // the state of the files that the server shows; the thread's own
  std::string refused_;  // and of those that it could not; said once
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace regmark::server
