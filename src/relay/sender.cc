#include "relay/sender.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/http_signature.h"
#include "relay/office_address.h"

namespace regmark::relay {
namespace {

// More would flood a terminal; the rest is counted.
constexpr std::size_t refusals_said_max = 5;

// How long the thread sleeps while there is nothing to send.
constexpr std::chrono::seconds idle_wait{5};

}  // namespace

Sender::Sender(SenderSettings settings, Spool& spool, const base::Clock& clock, Say say)
    : settings_(std::move(settings)),
      spool_(spool),
      clock_(clock),
      say_(std::move(say)),
      batch_reads_(settings_.batch_reads) {}

Result<std::unique_ptr<Sender>> Sender::start(const SenderSettings& settings, Spool& spool,
                                              const base::Clock& clock, Say say) {
  SenderSettings trimmed = settings;
  REGMARK_ASSIGN(trimmed.office, office_address(settings.office));
  std::unique_ptr<Sender> sender(new Sender(std::move(trimmed), spool, clock, std::move(say)));
  sender->thread_ = std::thread([raw = sender.get()] { raw->run(); });
  return sender;
}

Sender::~Sender() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Sender::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

void Sender::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [&] { return stopping_ || woken_; });
  woken_ = false;
}

bool Sender::drain(std::chrono::milliseconds longest) {
  wake();
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, longest, [&] { return spool_.size() == 0; });
}

SenderCounts Sender::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

bool Sender::is_turned_away() const {
  const std::lock_guard lock(mutex_);
  return turned_away_;
}

void Sender::run() {
  auto pause = settings_.wait_min;
  while (true) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    if (spool_.size() == 0) {
      changed_.notify_all();
      wait(idle_wait);
      continue;
    }
    if (send_one_batch()) {
      pause = settings_.wait_min;
    } else {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, pause, [&] { return stopping_; });
      pause = std::min(pause * 2, settings_.wait_max);
    }
  }
}

curl::Request Sender::request_of(Body body) const {
  const auto target = "/v1/reads?camera=" + settings_.camera.text();
  curl::Request request{.method = "POST",
                        .url = settings_.office + target,
                        .token = settings_.token,
                        .content_type = std::move(body.content_type),
                        .body = std::move(body.bytes),
                        .trust = settings_.trust,
                        .own = settings_.own};
  if (!settings_.token.empty() || !settings_.key) return request;
  auto signature = base::sign_request(*settings_.key, settings_.camera.text(), clock_.now(),
                                      {request.method, target, request.content_type, request.body});
  request.headers = {{"Content-Digest", std::move(signature.content_digest)},
                     {"Signature-Input", std::move(signature.signature_input)},
                     {"Signature", std::move(signature.signature)}};
  return request;
}

// Gives false when it should be tried again after a pause.
bool Sender::send_one_batch() {
  const auto items = spool_.front(batch_reads_, settings_.batch_bytes);
  if (!items) {
    say_("the spool cannot be read: " + items.error().message);
    return false;
  }
  const auto reply = curl::send(request_of(batch_of(*items, clock_.now())));
  {
    const std::lock_guard lock(mutex_);
    turned_away_ = reply && (reply->status == 401 || reply->status == 409);
  }
  std::string trouble;
  if (!reply) {
    trouble = "the office cannot be reached (" + reply.error().message + "); reads wait on disk";
  } else if (reply->status == 413 && items->size() > 1) {
    batch_reads_ = std::max<std::size_t>(1, items->size() / 2);
    return true;
  } else if (reply->status == 200 || reply->status == 403 || reply->status == 400 ||
             reply->status == 413) {
    last_said_.clear();
    return settle(reply->status, reply->body, items->size());
  } else if (reply->status == 401) {
    trouble =
        "the office does not know this camera's token, key or certificate; reads wait on disk";
  } else if (reply->status == 409) {
    trouble = "what was shown is of another camera than " + settings_.camera.text() +
              "; reads wait on disk";
  } else {
    trouble = "the office answered " + std::to_string(reply->status) + "; reads wait on disk";
  }
  // Once for each new trouble, not once for each try.
  if (trouble != last_said_) say_(trouble);
  last_said_ = trouble;
  return false;
}

// The office has answered for good: these reads leave the spool. Gives false when they could not.
bool Sender::settle(long status, const std::string& answer, std::size_t sent) {
  const auto parsed = nlohmann::json::parse(answer, nullptr, /*allow_exceptions=*/false);
  SenderCounts now;
  if (status == 200 && parsed.is_object()) {
    now.accepted = parsed.value("accepted", std::uint64_t{0});
    now.duplicates = parsed.value("duplicates", std::uint64_t{0});
    const auto refused = parsed.value("refused", nlohmann::json::array());
    now.refused = refused.size();
    for (std::size_t at = 0; at < std::min(refused.size(), refusals_said_max); ++at) {
      say_("the office refused a read: " + refused[at].value("code", std::string("?")) + ", " +
           refused[at].value("message", std::string()));
    }
  } else if (status == 403) {
    // What the office may not keep, the sender may not keep either.
    now.not_justified = sent;
    say_("the office may not keep this camera's reads, " + std::to_string(sent) + " were let go: " +
         (parsed.is_object() ? parsed.value("detail", std::string("no live justification"))
                             : std::string("no live justification")));
  } else {
    now.refused = sent;
    say_("the office could not read a batch of " + std::to_string(sent) + " (status " +
         std::to_string(status) + "): they were let go");
  }
  const auto removed = let_go(sent, now);
  if (removed) return true;
  // They will be sent again, and the office will know them as duplicates.
  say_("the spool cannot be marked: " + removed.error().message);
  return false;
}

// In one step for whoever drains: when the spool is empty, all that was in it has been counted.
Result<void> Sender::let_go(std::size_t sent, const SenderCounts& now) {
  const std::lock_guard lock(mutex_);
  REGMARK_TRY(spool_.remove_front(sent));
  counts_.accepted += now.accepted;
  counts_.duplicates += now.duplicates;
  counts_.refused += now.refused;
  counts_.not_justified += now.not_justified;
  batch_reads_ = std::min(settings_.batch_reads, batch_reads_ * 2);
  return {};
}

}  // namespace regmark::relay
