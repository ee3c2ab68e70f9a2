// Empties the spool into the office: in order, each read once, for as long as it takes.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/crypto.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "relay/batch.h"
#include "relay/curl/request.h"
#include "relay/spool.h"

namespace regmark::relay {

struct SenderSettings {
  std::string office;  // "https://anpr.example:8600"
  curl::Trust trust{};
  base::CameraId camera;
  // How the camera shows who it is: the token, else the key that signs, else the certificate.
  std::string token;
  std::optional<base::SigningKey> key{};
  curl::OwnCertificate own{};
  std::size_t batch_reads = 100;
  std::size_t batch_bytes = std::size_t{8} << 20U;
  std::chrono::milliseconds wait_min{250};  // between tries while the office is away: doubles
  std::chrono::milliseconds wait_max{15'000};
};

struct SenderCounts {
  std::uint64_t accepted = 0, duplicates = 0;
  std::uint64_t refused = 0;        // one by one; each was said
  std::uint64_t not_justified = 0;  // the office may not keep them, so neither may we
};

// A thread of its own. What it has to tell a person goes to `say`, from that thread; it never
// holds a plate.
class Sender {
 public:
  using Say = std::function<void(const std::string&)>;
  // Fails with
  //   invalid_input   as office_address() does
  static Result<std::unique_ptr<Sender>> start(const SenderSettings& settings, Spool& spool,
                                               const base::Clock& clock, Say say);
  ~Sender();  // stops; what was not sent stays in the spool
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  void wake();  // something was added
  // Waits until the spool is empty, or the time is over; says whether it is empty.
  bool drain(std::chrono::milliseconds longest);
  SenderCounts counts() const;
  // Whether the office knows the token as nobody's, or as another camera's: waiting does not help.
  bool is_turned_away() const;

 private:
  Sender(SenderSettings settings, Spool& spool, const base::Clock& clock, Say say);
  void run();
  curl::Request request_of(Body body) const;
  bool send_one_batch();
  bool settle(long status, const std::string& answer, std::size_t sent);
  Result<void> let_go(std::size_t sent, const SenderCounts& now);
  void wait(std::chrono::milliseconds time);

  const SenderSettings settings_;
  Spool& spool_;
  const base::Clock& clock_;
  const Say say_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  SenderCounts counts_;       // under mutex_
  bool stopping_ = false;     // under mutex_
  bool woken_ = false;        // under mutex_
  bool turned_away_ = false;  // under mutex_
  std::size_t batch_reads_;   // halves while the office finds a batch too large
  std::string last_said_;
  std::thread thread_;
};

}  // namespace regmark::relay
