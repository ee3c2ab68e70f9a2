#include "server/office.h"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <mutex>
#include <utility>

#include "access/policy.h"
#include "accountability/accountability.h"
#include "alerts/alerts.h"
#include "api/http/server.h"
#include "api/http/tls.h"
#include "api/routes.h"
#include "audit/log.h"
#include "audit/newest.h"
#include "authority/authorities.h"
#include "backup/backups.h"
#include "backup/restore.h"
#include "base/encoding.h"
#include "base/files.h"
#include "camera_register/camera_register.h"
#include "desk/desk.h"
#include "desk/track_plate.h"
#include "desk/watch_alerts.h"
#include "estate/camera_book.h"
#include "estate/camera_keys.h"
#include "estate/estate.h"
#include "holds/holds.h"
#include "intake/intake.h"
#include "oversight/oversight.h"
#include "people/people.h"
#include "records/database.h"
#include "server/ask_witnesses.h"
#include "server/certificate.h"
#include "server/keeper.h"
#include "server/keys.h"
#include "server/provider.h"
#include "server/secret_file.h"
#include "sightings/store.h"
#include "surroundings/surroundings.h"
#include "watchlist/lists.h"

namespace regmark::server {
namespace {

// The log's own name in its checkpoints: nobody else's log has this key.
std::string origin_of(const base::SigningKey& key) {
  return "regmark/" + base::to_hex(std::span(key.public_key).first(8));
}

// Says in which part of the folder something went wrong; the code stays.
template <typename T>
Result<T> in_part(std::string_view part, Result<T> result) {
  if (result) return result;
  return fail(result.error().code, std::string(part) + ": " + result.error().message);
}

// What a crash left of a file that was about to take another's place.
Result<void> remove_half_written(const std::filesystem::path& data) {
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data, error)) {
    std::error_code removed;
    // A hold may be called so, and its key's file after it.
    if (entry.path().parent_path() == data / "sightings" / "keys") continue;
    if (entry.path().extension() != ".new" || !entry.is_regular_file(removed)) continue;
    std::filesystem::remove(entry.path(), removed);
    if (removed) error = removed;
  }
  if (error) return fail(ErrorCode::unavailable, "it cannot be looked through");
  return {};
}

class RunningOffice final : public Office {
 public:
  RunningOffice(const Settings& settings, const base::Clock& clock, api::Pages pages)
      : settings_(settings), clock_(clock), pages_(std::move(pages)) {}

  ~RunningOffice() override {
    // Nobody may ask while the rooms close, and the rooms close in the order opposite to the one
    // they were opened in.
    if (api_) api_->count(nullptr);
    certificate_watch_.reset();
    http_.reset();
  }

  // In the order in which each needs those before it.
  Result<void> build() {
    REGMARK_TRY(open_folder());
    REGMARK_TRY(open_records());
    REGMARK_TRY(open_policy());
    REGMARK_TRY(open_rooms());
    REGMARK_TRY(record_restoration());
    erase_what_is_over();
    REGMARK_TRY(welcome_first_administrator());
    return open_doors();
  }

  void run() override {
    std::unique_lock lock(mutex_);
    stopped_.wait(lock, [this] { return stop_; });
  }

  void stop() override {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    stopped_.notify_all();
  }

  std::string address() const override {
    const auto& address = settings_.listen.address;
    const bool six = address.find(':') != std::string::npos;
    auto host = six ? "[" + address + "]" : address;
    if (settings_.tls && !settings_.tls->names.empty()) host = settings_.tls->names.front();
    return (settings_.tls ? "https://" : "http://") + host + ":" + std::to_string(port());
  }
  std::uint16_t port() const override { return http_->port(); }
  const std::string& pin() const override { return pin_; }
  const std::optional<std::string>& first_code() const override { return first_code_; }
  Result<void> keep_house() override { return keeper_->keep_house(); }
  Result<void> ask_witnesses() override { return ask_witnesses_->ask_all(); }

 private:
  Result<void> open_folder() {
    const auto& data = settings_.data;
    REGMARK_TRY(in_part("the data folder", base::make_private_folder(data)));
    auto lock = base::FileLock::take(data / "lock");
    if (!lock && lock.error().code == ErrorCode::conflict) {
      return fail(ErrorCode::conflict, "another office runs on " + data.string());
    }
    if (!lock) return tl::unexpected<Error>(std::move(lock).error());
    lock_ = *std::move(lock);
    REGMARK_TRY(in_part("the data folder", remove_half_written(data)));
    REGMARK_ASSIGN(keys_, in_part("keys", open_keys(data)));
    return {};
  }

  Result<void> open_records() {
    const auto& data = settings_.data;
    REGMARK_ASSIGN(records_, in_part("records", records::Database::open(data / "records.db")));
    for (const auto migrations :
         {people::People::migrations(), estate::Estate::migrations(),
          estate::CameraBook::migrations(), camera_register::CameraRegister::migrations(),
          watchlist::Lists::migrations(), alerts::Alerts::migrations(),
          authority::Authorities::migrations(), holds::Holds::migrations(),
          drift::Drift::migrations(), oversight::Oversight::migrations(),
          accountability::Accountability::migrations(), surroundings::Surroundings::migrations(),
          Keeper::migrations(), Retention::migrations()}) {
      REGMARK_TRY(in_part("records", records_->migrate(migrations)));
    }
    REGMARK_ASSIGN(log_,
                   in_part("the audit log", audit::Log::open(data / "audit", keys_->signing,
                                                             origin_of(keys_->signing), clock_)));
    hold_clock_against_log();
    if (keys_->made_now) REGMARK_TRY(record(audit::Operation::key, "make_keys", "{}"));
    return open_witnesses();
  }

  // A clock that is behind keeps what is over, and says so here; `regmark doctor` says what to do.
  void hold_clock_against_log() const {
    const auto newest =
        audit::newest_record_at(settings_.data / "audit", keys_->signing.public_key);
    constexpr std::chrono::minutes tolerance{5};
    if (!newest || !*newest || clock_.now() + tolerance >= **newest) return;
    spdlog::warn("the clock is behind the newest record, of {}: see `regmark doctor`",
                 base::format_utc(**newest));
  }

  Result<void> open_witnesses() {
    const auto& data = settings_.data;
    const auto& key = keys_->signing;
    // The key with the log's name, as witnesses and other programs for such logs take it.
    log_folder_ = {data / "audit", {origin_of(key), audit::KeyKind::log, key.public_key}};
    const auto named = audit::to_text(log_folder_->key) + "\n";
    REGMARK_TRY(base::write_file(data / "audit.vkey", base::as_bytes(named)));
    ask_witnesses_.emplace(
        AskWitnesses::Parts{*log_, data / "audit", key.public_key, witness_times_},
        settings_.witnesses);
    return {};
  }

  Result<void> record(audit::Operation operation, std::string act, std::string details) {
    REGMARK_TRY(log_->record(
        audit::Event{{operation, std::move(act), base::day_of(clock_.now()), "machine", "done"},
                     std::move(details)}));
    return {};
  }

  Result<void> open_policy() {
    if (settings_.policy) {
      const auto text = base::read_file(*settings_.policy, access::policy_size_max);
      if (!text) {
        return fail(text.error().code, settings_.policy->string() + ": " + text.error().message);
      }
      auto policy = access::Policy::parse(base::as_text(*text));
      if (!policy) {
        return fail(policy.error().code,
                    settings_.policy->string() + ": " + policy.error().message);
      }
      policy_.emplace(*std::move(policy));
    } else {
      policy_.emplace(access::Policy::built_in());
    }
    return record_policy();
  }

  // The log says from when on which rules held, and what they said is kept.
  Result<void> record_policy() {
    const auto& version = policy_->version();
    REGMARK_TRY(accountability::Policies(*records_, clock_).keep(*policy_));
    REGMARK_ASSIGN(
        const bool known, records_->read([&](records::Transaction& transaction) -> Result<bool> {
          REGMARK_ASSIGN(const auto rows, transaction.run("SELECT version FROM policy_in_force "
                                                          "ORDER BY rowid DESC LIMIT 1"));
          return !rows.empty() && rows.front().text(0) == version;
        }));
    if (known) return {};
    REGMARK_TRY(
        record(audit::Operation::policy, "policy_in_force", "{\"version\":\"" + version + "\"}"));
    return records_->write([&](records::Transaction& transaction) -> Result<void> {
      REGMARK_TRY(transaction.run("INSERT INTO policy_in_force VALUES (?1, ?2)",
                                  {version, records::value_of(clock_.now())}));
      return {};
    });
  }

  Result<void> open_rooms() {
    // Its own key, made of the office's: the records alone give no second factor away.
    people_.emplace(*records_, clock_,
                    people::SignInRules{
                        .key = base::keyed_hash(keys_->master, base::as_bytes("second factors")),
                        .second_factor = needs_second_factor(settings_),
                        .security_keys = settings_.sign_in.security_keys,
                        .passwords = settings_.sign_in.passwords});
    if (const auto& provider = settings_.sign_in.identity_provider) {
      const auto key = base::keyed_hash(keys_->master, base::as_bytes("identity provider"));
      REGMARK_ASSIGN(identity_provider_, open_identity_provider(*provider, key, clock_));
    }
    REGMARK_ASSIGN(estate_, in_part("estate", estate::Estate::open(*records_, clock_)));
    REGMARK_ASSIGN(camera_keys_,
                   in_part("camera keys", estate::CameraKeys::open(*records_, clock_)));
    camera_book_.emplace(*records_, clock_);
    camera_tallies_.emplace(*records_, clock_);
    camera_register_.emplace(*records_, clock_);
    REGMARK_ASSIGN(lists_, in_part("lists", watchlist::Lists::open(*records_, clock_)));
    REGMARK_ASSIGN(store_, in_part("sightings",
                                   sightings::open_embedded({.folder = settings_.data / "sightings",
                                                             .master_key = keys_->master,
                                                             .kept = policy_->sightings_kept(),
                                                             .short_slices = short_slices()},
                                                            clock_)));
    REGMARK_ASSIGN(alerts_, in_part("alerts", alerts::Alerts::open(*records_, clock_)));
    authorities_.emplace(*records_, clock_);
    holds_.emplace(*records_, clock_);
    drift_.emplace(*records_, *estate_, clock_);
    samples_.emplace(*records_, clock_);
    // Of its own, so that one purpose's key opens nothing of another's.
    oversight_.emplace(*records_, clock_, settings_.oversight,
                       base::keyed_hash(keys_->master, base::as_bytes("regmark household")));
    REGMARK_ASSIGN(backups_,
                   in_part("backups", backup::Backups::open({*log_, *records_, *store_, clock_},
                                                            {keys_->master, keys_->signing},
                                                            settings_.data, settings_.backup)));
    accountability_.emplace(*records_, clock_);
    surroundings_.emplace(*records_, clock_);
    desk_.emplace(desk::Desk{*policy_,
                             *log_,
                             *people_,
                             *estate_,
                             *camera_register_,
                             *lists_,
                             *store_,
                             *alerts_,
                             *authorities_,
                             *holds_,
                             *camera_keys_,
                             *camera_book_,
                             *camera_tallies_,
                             *drift_,
                             *samples_,
                             *oversight_,
                             *log_folder_,
                             *backups_,
                             *accountability_,
                             *surroundings_,
                             clock_,
                             identity_provider_.get(),
                             settings_.witnesses.witnesses.empty() ? nullptr : &*ask_witnesses_});
    keeper_.emplace(Keeper::Rooms{*policy_, *log_, *records_, *store_, *alerts_, *drift_,
                                  *oversight_, *people_, *backups_, clock_});
    screens_.emplace(*desk_);
    watch_.emplace(*desk_, *screens_, api::alert_text);
    tracks_.emplace(*desk_, *screens_, desk::TrackTexts{api::sighting_text, api::track_over_text});
    intake_ = intake::Intake::create({*estate_, *lists_, *store_, *alerts_, *log_, *drift_, clock_},
                                     tolerances(), non_hits(), settings_.pace);
    return {};
  }

  intake::Tolerances tolerances() const {
    auto asked = settings_.tolerances;
    asked.age_max = policy_->sightings_kept();
    return asked;
  }

  intake::NonHits non_hits() const {
    const auto& kept = policy_->non_hits();
    if (!kept) return intake::NonHits::kept;
    return kept->most.count() == 0 ? intake::NonHits::not_kept : intake::NonHits::for_minutes;
  }

  std::optional<sightings::ShortSlices> short_slices() const {
    if (non_hits() != intake::NonHits::for_minutes) return std::nullopt;
    return sightings::ShortSlices{policy_->non_hits()->most, policy_->non_hits()->slice};
  }

  // That the folder is a backup's, and from when, is for everybody to know who reads the log.
  Result<void> record_restoration() {
    constexpr std::size_t note_size_max = 4'096;
    const auto path = backup::restored_note(settings_.data);
    const auto note = base::read_file(path, note_size_max);
    if (!note && note.error().code == ErrorCode::not_found) return {};
    if (!note) return tl::unexpected<Error>(note.error());
    REGMARK_TRY(record(audit::Operation::machine, "restore", std::string(base::as_text(*note))));
    std::error_code error;
    std::filesystem::remove(path, error);
    if (error) return fail(ErrorCode::unavailable, path.string() + " cannot be removed");
    return {};
  }

  // Before anybody can ask: what the clock says is over goes first, also from a folder that was
  // closed for long or is a backup's. What fails is shown to nobody, and tried again every minute.
  void erase_what_is_over() {
    if (const auto done = keeper_->keep_house(); !done) {
      spdlog::error("the office could not erase all that is over: {}", done.error().message);
    }
  }

  Result<void> welcome_first_administrator() {
    REGMARK_ASSIGN(first_code_, people_->make_first_administrator());
    if (first_code_) REGMARK_TRY(record(audit::Operation::key, "first_administrator", "{}"));
    return {};
  }

  // Empty: figures are for this machine.
  Result<std::string> read_metrics_token() const {
    const auto& file = settings_.metrics_token_file;
    if (file.empty()) return std::string();
    REGMARK_ASSIGN(auto token, read_secret(file));
    constexpr std::size_t token_size_min = 32;  // 128 random bits in hexadecimal
    if (token.size() >= token_size_min) return token;
    return fail(ErrorCode::invalid_input, file.string() + ": a token has 32 characters at least");
  }

  Result<void> open_doors() {
    REGMARK_TRY(check_reach(settings_));
    api::Reach reach;
    api::http::Settings http;
    http.address = settings_.listen.address;
    http.port = settings_.listen.port;
    if (settings_.tls) {
      reach = {api::Transport::tls, settings_.tls->names};
      REGMARK_ASSIGN(http.tls, read_certificate(*settings_.tls));
      REGMARK_ASSIGN(const auto facts, api::http::facts_of(http.tls->certificate));
      pin_ = facts.pin;
    }
    if (!is_loopback(settings_.listen)) {
      // A control room behind one address has fifty consoles; a gateway of cameras asks more often.
      http.connections_of_source_max = 1'000;
      http.requests_of_source_per_second = 500;
      http.bodies_size_of_source_max = http.bodies_size_max / 4;
    }
    http.headers = api::security_headers(reach.transport);
    REGMARK_ASSIGN(auto metrics_token, read_metrics_token());
    api_ = api::Api::create({.desk = *desk_,
                             .screens = *screens_,
                             .watch = *watch_,
                             .tracks = *tracks_,
                             .intake = *intake_,
                             .witnesses = &witness_times_,
                             .reach = std::move(reach),
                             .seen_signatures = nullptr,
                             .metrics_token = std::move(metrics_token)},
                            pages_);
    http.not_found_page = api::not_found_page();
    REGMARK_ASSIGN(http_, api::http::Server::start(http, api_->routes()));
    if (http.tls) {
      base::wipe(
          std::span(reinterpret_cast<std::uint8_t*>(http.tls->key.data()), http.tls->key.size()));
      certificate_watch_.emplace(*settings_.tls, *http_);
    }
    api_->count(http_.get());
    keeper_->start();
    backups_->start([](const std::string& failure) { spdlog::error("{}", failure); });
    ask_witnesses_->start();
    return {};
  }

  const Settings settings_;
  const base::Clock& clock_;
  const api::Pages pages_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stop_ = false;  // under mutex_
  std::optional<std::string> first_code_;
  std::string pin_;

  // Closed from the last to the first.
  std::optional<base::FileLock> lock_;
  std::optional<Keys> keys_;
  std::unique_ptr<records::Database> records_;
  std::unique_ptr<audit::Log> log_;
  audit::WitnessTimes witness_times_;
  std::optional<AskWitnesses> ask_witnesses_;  // closes when nobody records any more
  std::optional<access::Policy> policy_;
  std::optional<people::People> people_;
  std::unique_ptr<people::IdentityProvider> identity_provider_;
  std::unique_ptr<estate::Estate> estate_;
  std::unique_ptr<estate::CameraKeys> camera_keys_;
  std::optional<estate::CameraBook> camera_book_;
  std::optional<alerts::CameraTallies> camera_tallies_;
  std::optional<camera_register::CameraRegister> camera_register_;
  std::unique_ptr<watchlist::Lists> lists_;
  std::unique_ptr<sightings::Store> store_;
  std::unique_ptr<alerts::Alerts> alerts_;
  std::optional<authority::Authorities> authorities_;
  std::optional<holds::Holds> holds_;
  std::optional<drift::Drift> drift_;
  std::optional<drift::Samples> samples_;
  std::optional<oversight::Oversight> oversight_;
  std::optional<audit::LogFolder> log_folder_;
  std::unique_ptr<backup::Backups> backups_;
  std::optional<accountability::Accountability> accountability_;
  std::optional<surroundings::Surroundings> surroundings_;
  std::optional<desk::Desk> desk_;
  std::optional<Keeper> keeper_;
  std::optional<desk::Screens> screens_;
  std::optional<desk::AlertWatch> watch_;
  std::optional<desk::PlateTracks> tracks_;
  std::unique_ptr<intake::Intake> intake_;
  std::unique_ptr<api::Api> api_;
  std::unique_ptr<api::http::Server> http_;
  std::optional<CertificateWatch> certificate_watch_;
};

}  // namespace

Result<std::unique_ptr<Office>> Office::open(const Settings& settings, const base::Clock& clock,
                                             api::Pages pages) {
  auto office = std::make_unique<RunningOffice>(settings, clock, std::move(pages));
  REGMARK_TRY(office->build());
  return office;
}

}  // namespace regmark::server
