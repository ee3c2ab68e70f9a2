// Talks to the running office as a person does: over its API, signed in.
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"
#include "cli/commands.h"
#include "cli/event_reader.h"
#include "relay/curl/request.h"

namespace regmark::cli {

// Copyable; each call is a connection of its own.
class Client {
 public:
  Client(std::string office, std::string token, relay::curl::Trust trust = {});

  // The office's JSON answer. Fails with what the office said, its words in the message:
  //   invalid_input 400, not_found 401 and 404, conflict 403 and 409 and a second factor that is
  //   missing, limit_exceeded 413 and 429,
  //   unavailable   no connection, or any other status
  Result<nlohmann::json> get(const std::string& path) const;
  // For what is read for a reason, which goes on record.
  Result<nlohmann::json> get_because(const std::string& path, std::string_view reason) const;
  // For what is shown under a purpose.
  Result<nlohmann::json> get_for(const std::string& path, const nlohmann::json& purpose) const;
  // null: without a body
  Result<nlohmann::json> post(const std::string& path, const nlohmann::json& body) const;
  Result<nlohmann::json> put(const std::string& path, const std::string& content_type,
                             std::string body) const;
  Result<nlohmann::json> post_file(const std::string& path, const std::string& content_type,
                                   std::string body) const;
  Result<void> remove(const std::string& path) const;
  Result<std::string> get_text(const std::string& path) const;
  // For an answer that is a file.
  Result<std::string> post_for_file(const std::string& path, const nlohmann::json& body) const;

  using Take = std::function<void(const Event&)>;
  using GoesOn = std::function<bool()>;
  // Hands on the events of the stream that answers, until the office ends it or `goes_on`, which is
  // asked while nothing comes too, gives false. Fails likewise, and with
  //   limit_exceeded   an event of more than event_size_max bytes
  Result<void> get_events(const std::string& path, const Take& take, const GoesOn& goes_on) const;
  Result<void> post_for_events(const std::string& path, const nlohmann::json& body,
                               const Take& take) const;

  // Whether the office answers at all.
  bool answers() const;

  const std::string& office() const { return office_; }
  const std::string& token() const { return token_; }
  const relay::curl::Trust& trust() const { return trust_; }

 private:
  Result<std::string> send(const std::string& method, const std::string& path,
                           const std::string& content_type, std::string body) const;
  // The same of a request that says all but where and who.
  Result<std::string> send(relay::curl::Request request) const;
  Result<nlohmann::json> json_of(const Result<std::string>& reply) const;
  Result<void> follow(const relay::curl::Request& request, const Take& take,
                      const GoesOn& goes_on) const;
  Result<nlohmann::json> ask(const std::string& method, const std::string& path,
                             const std::string& content_type, std::string body) const;
  std::string office_;
  std::string token_;
  relay::curl::Trust trust_;
};

// Signs in at the office that `nobody` talks to; the client that comes back carries the session.
// Fails as Client::post() does; a second factor that is missing or wrong is `conflict`.
Result<Client> sign_in(const Client& nobody, const std::string& name, const std::string& password,
                       const std::string& second_factor = {});

// Sets the first password with a one-time code.
Result<void> choose_password(const Client& nobody, const std::string& name, const std::string& code,
                             const std::string& password);

// The authority's file by its whole path: later commands run elsewhere.
relay::curl::Trust trust_of(const TrustArguments& arguments);

// Where a session is kept between commands: a file that only its owner may read.
std::filesystem::path session_file();
Result<void> save_session(const Client& client);
// Fails with
//   not_found   nobody has signed in
Result<Client> load_session();

}  // namespace regmark::cli
