#include "server/doctor.h"

#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <ostream>

#include "access/gaps.h"
#include "access/policy.h"
#include "audit/checkpoint.h"
#include "audit/cosigned.h"
#include "audit/newest.h"
#include "authority/authorities.h"
#include "base/encoding.h"
#include "base/files.h"
#include "base/words.h"
#include "desk/read_days.h"
#include "estate/estate.h"
#include "holds/holds.h"
#include "oversight/reviews.h"
#include "oversight/subjects.h"
#include "people/people.h"
#include "records/database.h"
#include "server/sign_in_settings.h"
#include "watchlist/lists.h"

namespace regmark::server {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// Below these, a day's reads may not fit any more.
constexpr std::uint64_t gibibyte = std::uint64_t{1} << 30U;
constexpr std::uint64_t free_warning = 20 * gibibyte;
constexpr std::uint64_t free_problem = 2 * gibibyte;
// An office that ran writes a record at least as often: it seals and drops days.
constexpr std::chrono::days silent_warning{7};
constexpr std::chrono::minutes clock_tolerance{5};
constexpr std::chrono::days training_warning{30};
// Of a backup that is made only when somebody asks.
constexpr std::chrono::hours asked_for_warning{7 * 24};

class Doctor {
 public:
  Doctor(const Settings& settings, const base::Clock& clock)
      : settings_(settings), data_(settings.data), now_(clock.now()), clock_(clock) {}

  std::vector<Finding> examine() {
    look_at_exposure();
    look_at_sign_in();
    look_at_modes();
    look_at_keys();
    look_at_clock();
    look_at_disk();
    look_at_backups();
    look_at_policy();
    look_at_retention();
    look_at_records();
    look_at_witnesses();
    return std::move(findings_);
  }

 private:
  void find(Health health, std::string part, std::string words, std::string advice = {}) {
    findings_.push_back({health, std::move(part), std::move(words), std::move(advice)});
  }
  void ok(std::string part, std::string words) {
    find(Health::ok, std::move(part), std::move(words));
  }

  void look_at_exposure() {
    const auto where = settings_.listen.address + ", port " + std::to_string(settings_.listen.port);
    if (const auto reach = check_reach(settings_); !reach) {
      return find(Health::problem, "exposure", where + ": " + reach.error().message,
                  "the office does not open like this: see [tls] in docs/formats/config.md");
    }
    ok("exposure", "listens on " + where + (settings_.tls ? ", under TLS" : ", without TLS"));
  }

  // Whether browsers reach this office at an address, as far as its configuration says.
  bool is_ours(const std::string& address) const {
    const auto read = parse_web_address(address);
    if (!read) return false;
    const bool is_here =
        read->host == "localhost" || read->host == "127.0.0.1" || read->host == "[::1]";
    if (is_here) return true;
    const auto& tls = settings_.tls;
    return tls && read->scheme == "https" &&
           std::ranges::find(tls->names, read->host) != tls->names.end();
  }

  void look_at_sign_in() {
    const auto before = findings_.size();
    const auto& sign_in = settings_.sign_in;
    if (sign_in.security_keys) {
      for (const auto& origin : sign_in.security_keys->origins) {
        if (is_ours(origin)) continue;
        find(Health::problem, "sign-in",
             "security keys are taken from pages of " + origin +
                 ", and the office does not answer there",
             "correct origins in [sign_in.security_keys], or add the name to names in [tls]");
      }
    } else if (!is_loopback(settings_.listen)) {
      find(Health::warning, "sign-in", "nobody can use a security key",
           "say for which site they are made: [sign_in.security_keys] in docs/formats/config.md");
    }
    if (const auto& provider = sign_in.identity_provider) look_at_provider(*provider);
    if (findings_.size() > before) return;
    ok("sign-in",
       std::string("passwords") + (sign_in.passwords ? " of some roles" : "") +
           (sign_in.security_keys ? ", security keys of " + sign_in.security_keys->rp_id : "") +
           (sign_in.identity_provider ? ", " + sign_in.identity_provider->rules.issuer : ""));
  }

  // Asks nobody: that would be seen from outside.
  void look_at_provider(const IdentityProviderSettings& provider) {
    const auto& rules = provider.rules;
    if (!is_ours(rules.redirect)) {
      find(Health::problem, "sign-in",
           "the identity provider sends browsers to " + rules.redirect +
               ", and the office does not answer there",
           "correct redirect in [sign_in.identity_provider], here and at the provider");
    }
    if (rules.issuer.starts_with("http://")) {
      find(Health::warning, "sign-in", rules.issuer + " is asked without TLS",
           "that is for tests on this machine: name the real one");
    }
    if (provider.secret_file.empty()) return;
    struct stat about {};
    if (::stat(provider.secret_file.c_str(), &about) != 0) {
      find(Health::problem, "sign-in", provider.secret_file.string() + " is not there",
           "put the client's secret there, or the office does not open");
    } else if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
      find(Health::problem, "sign-in", provider.secret_file.string() + " is open to others",
           "chmod go= " + provider.secret_file.string());
    }
  }

  // Whether only its owner may use a file, and that is the owner of the folder.
  void look_at_mode(const fs::path& path, std::size_t& bad) {
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) return;
    const bool is_open = (about.st_mode & (S_IRWXG | S_IRWXO)) != 0;
    const bool is_others = about.st_uid != data_owner_;
    if (!is_open && !is_others && !S_ISLNK(about.st_mode)) return;
    if (++bad > 3) return;  // three are enough to see what is wrong
    find(Health::problem, "modes",
         path.string() + (is_open ? " is open to others" : " is not of the folder's owner"),
         is_open ? "chmod go= " + path.string() : "chown it to the office's own user");
  }

  void look_at_modes() {
    struct stat about {};
    if (::stat(data_.c_str(), &about) != 0) {
      return find(Health::problem, "modes", data_.string() + " is not there",
                  "name the folder that `regmark serve --data` uses");
    }
    data_owner_ = about.st_uid;
    std::size_t bad = 0;
    std::error_code error;
    look_at_mode(data_, bad);
    look_at_mode(data_ / "records.db", bad);
    if (settings_.tls) look_at_mode(settings_.tls->key, bad);
    for (const auto& folder : {data_ / "keys", data_ / "sightings" / "keys"}) {
      look_at_mode(folder, bad);
      for (const auto& entry : fs::directory_iterator(folder, error)) {
        look_at_mode(entry.path(), bad);
      }
    }
    if (bad == 0) ok("modes", "the data folder and its keys are their owner's alone");
  }

  std::optional<base::Key> key_in(const fs::path& file) {
    constexpr std::size_t size_max = 256;
    const auto bytes = base::read_file(file, size_max);
    if (!bytes) return std::nullopt;
    auto text = base::as_text(*bytes);
    while (text.ends_with('\n')) text.remove_suffix(1);
    const auto decoded = base::from_hex(text);
    base::Key key{};
    if (!decoded || decoded->size() != key.size()) return std::nullopt;
    std::ranges::copy(*decoded, key.begin());
    return key;
  }

  void look_at_keys() {
    bool is_whole = true;
    for (const char* name : {"audit_signing.key", "store_master.key"}) {
      auto key = key_in(data_ / "keys" / name);
      if (!key) {
        is_whole = false;
        find(Health::problem, "keys", std::string(name) + " is missing or no key",
             "put it back from its copy; without store_master.key no sighting can be read");
        continue;
      }
      if (std::string_view(name) == "audit_signing.key") {
        log_key_ = base::signing_key_from_seed(*key).public_key;
      }
      base::wipe(*key);
    }
    const auto shown = key_in(data_ / "audit.pub");
    if (log_key_ && shown && *shown != *log_key_) {
      is_whole = false;
      find(Health::problem, "keys", "audit.pub is not the key that signs the log",
           "find out who replaced it; the office writes it anew when it opens");
    }
    if (is_whole) ok("keys", "both keys are there");
  }

  void look_at_clock() {
    if (!log_key_) {
      return find(Health::warning, "clock", "no record can be read to hold the clock against",
                  "put back the key that signs the log");
    }
    const auto newest = audit::newest_record_at(data_ / "audit", *log_key_);
    const bool is_there = newest || newest.error().code != ErrorCode::not_found;
    if (!newest && is_there) {
      return find(Health::problem, "clock",
                  "the log cannot be read to hold the clock against: " + newest.error().message,
                  "regmark audit verify " + (data_ / "audit").string());
    }
    if (!is_there || !*newest) {
      return find(Health::warning, "clock", "there is no record yet to hold the clock against",
                  "open the office once");
    }
    const auto& last = *newest;
    if (now_ + clock_tolerance < *last) {
      return find(Health::problem, "clock",
                  "it is behind the newest record, of " + base::format_utc(*last),
                  "set the clock before the office opens: it cannot tell what is over");
    }
    if (now_ > *last + silent_warning) {
      return find(Health::warning, "clock",
                  "it is far past the newest record, of " + base::format_utc(*last),
                  "if the office was closed for so long, fine; if the clock jumped, set it first: "
                  "when the office opens it erases what the clock says is over");
    }
    ok("clock", base::format_utc(now_) + ", past the newest record and not far");
  }

  void look_at_disk() {
    std::error_code error;
    const auto space = fs::space(data_, error);
    if (error) {
      return find(Health::problem, "disk", "it cannot be asked how much room is left",
                  "see whether the disk is there");
    }
    const auto left = space.available;
    const auto words = std::to_string(left / gibibyte) + " GiB are free";
    if (left < free_problem) {
      return find(Health::problem, "disk", words, "make room: soon no read is taken any more");
    }
    if (left < free_warning) return find(Health::warning, "disk", words, "make room in time");
    ok("disk", words);
  }

  void look_at_backups() {
    const auto& backup = settings_.backup;
    if (backup.places.empty()) {
      return find(Health::warning, "backup", "the configuration names no place for backups",
                  "see [backup] in docs/formats/config.md; `regmark backup-key` makes the key");
    }
    for (const auto& place : backup.places) look_at_backup(place);
  }

  void look_at_backup(const backup::Place& place) {
    const auto where = place.folder.string();
    const auto made = backup::last_made(data_, place);
    if (!made.at) {
      return find(Health::problem, "backup", "none was ever made in " + where,
                  "regmark backup " + where);
    }
    const auto age = std::chrono::floor<std::chrono::hours>(now_ - *made.at);
    const auto words = "of " + base::format_utc(*made.at) + " in " + where;
    if (made.at_place == backup::AtPlace::another_ring) {
      return find(Health::problem, "backup",
                  words + ": the key ring in " + place.ring.string() + " is not its own",
                  "put back the ring that the office wrote last: no other opens this backup");
    }
    if (made.at_place != backup::AtPlace::both) {
      const bool is_ring = made.at_place == backup::AtPlace::ring_is_away;
      return find(
          Health::problem, "backup",
          words + (is_ring ? ": the key ring is away" : ": what was backed up is away"),
          "connect its medium: keys that are destroyed must go from the ring as well. If it "
          "is lost, name another path in the configuration");
    }
    const auto every = settings_.backup.every;
    if (age > (every == 0h ? asked_for_warning : 2 * every)) {
      return find(Health::problem, "backup", words + ": too old",
                  "see what `regmark backup --list` says went wrong");
    }
    ok("backup", words);
  }

  void look_at_policy() {
    if (settings_.policy) {
      const auto text = base::read_file(*settings_.policy, access::policy_size_max);
      auto policy = text ? access::Policy::parse(base::as_text(*text))
                         : Result<access::Policy>(tl::unexpected<Error>(text.error()));
      if (!policy) {
        return find(Health::problem, "policy",
                    settings_.policy->string() + ": " + policy.error().message,
                    "regmark policy check " + settings_.policy->string());
      }
      policy_ = *std::move(policy);
    }
    constexpr std::size_t shown_size = 16;
    const auto version = policy_.version().substr(0, shown_size);
    if (const auto gaps = access::gaps(policy_); !gaps.empty()) {
      return find(Health::warning, "policy",
                  "\"" + policy_.title() + "\": " + base::joined(gaps, std::identity{}, "; "),
                  "add the rules that are missing, as in the policy that Regmark carries");
    }
    ok("policy", "\"" + policy_.title() + "\", version " + version);
  }

  // "2026-03-29T1150": a part of a day, whose reads stay for minutes.
  static std::optional<base::UtcTime> beginning_of_short(std::string_view slice) {
    constexpr std::size_t to_hour = 13;
    constexpr std::size_t length = 15;
    if (slice.size() != length) return std::nullopt;
    const auto time = std::string(slice.substr(0, to_hour))
                          .append(":")
                          .append(slice.substr(to_hour))
                          .append(":00Z");
    const auto parsed = base::parse_utc(time);
    return parsed ? std::optional(*parsed) : std::nullopt;
  }

  // A key file that outlived its slice: the office is not running, or cannot erase.
  void look_at_retention() {
    constexpr std::string_view prefix = "rows-";
    std::size_t over = 0;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(data_ / "sightings" / "keys", error)) {
      const auto name = entry.path().filename().string();
      if (!name.starts_with(prefix)) continue;
      const auto slice = std::string_view(name).substr(prefix.size());
      const auto day = base::parse_day(slice);
      // The office looks every minute.
      if (day && now_ > desk::kept_until(*day, policy_.sightings_kept()) + 1h) ++over;
      const auto from = beginning_of_short(slice);
      if (from && now_ > desk::gone_by({*from, *from}, policy_) + 5min) ++over;
    }
    if (over == 0) return ok("retention", "no day is kept past its end");
    find(Health::problem, "retention",
         std::to_string(over) + " days or parts of one are kept past the end of retention",
         "open the office: it erases them first; if it runs, see its log");
  }

  void look_at_records() {
    const auto records = records::Database::open_beside(data_ / "records.db");
    if (!records) {
      return find(Health::problem, "records", records.error().message,
                  "open the office once, or restore a backup");
    }
    auto& database = **records;
    const auto today = base::day_of(now_);
    count("holds", "holds are past their review", "an investigator of the case must look again",
          holds::Holds(database, clock_).overdue());
    count("authorities", "authorities by word of mouth were not confirmed in time",
          "the officer must confirm each, or say that they never gave it",
          authority::Authorities(database, clock_).overdue());
    count("reviews", "reviews of searches are overdue",
          "a reviewer must take and decide them: see `regmark reviews list`",
          oversight::Reviews(database, clock_, settings_.oversight).overdue());
    count("keepers", "requests of keepers are past their date",
          "the data protection officer must answer them: see `regmark subjects list`",
          oversight::Subjects(database, clock_).overdue());
    count("lists", "lists are past their review, and muted", "their owners must review them",
          database.read([&](records::Transaction& transaction) {
            return watchlist::Lists::count_overdue(transaction, today);
          }));
    look_at_estate(database.read([&](records::Transaction& transaction) {
      return estate::Estate::count_due(transaction, today);
    }));
    look_at_training(database);
  }

  // The same steps as in the console: an ANPR manager is told, then the controller, then it lapses.
  void look_at_estate(const Result<estate::DueCounts>& due) {
    if (!due) {
      return find(Health::problem, "estate", due.error().message,
                  "open the office once with this version of the program");
    }
    const auto warn = [&](std::uint64_t number, const std::string& words, std::string advice) {
      if (number == 0) return;
      find(Health::warning, "estate", std::to_string(number) + " " + words, std::move(advice));
    };
    warn(due->lapsed, "reviews or impact assessments lapsed: their cameras collect no more",
         "the controller and an ANPR manager: review them, or stop them for good");
    warn(due->escalated,
         "reviews or impact assessments are overdue for so long that the controller is told",
         "the controller must see that they are done: see `regmark estate due`");
    warn(due->overdue, "reviews or impact assessments of sites and deployments are overdue",
         "an ANPR manager must do them, or stop the cameras: see `regmark estate due`");
    if (due->lapsed + due->escalated + due->overdue > 0) return;
    ok("estate", "nothing is overdue, and " + std::to_string(due->soon) + " due soon");
  }

  void count(std::string part, const std::string& overdue, std::string advice,
             const Result<std::uint64_t>& number) {
    if (!number) {
      return find(Health::problem, std::move(part), number.error().message,
                  "open the office once with this version of the program");
    }
    if (*number == 0) return ok(std::move(part), "nothing is overdue");
    find(Health::warning, std::move(part), std::to_string(*number) + " " + overdue,
         std::move(advice));
  }

  void look_at_training(records::Database& database) {
    const auto people = people::People(database, clock_).list();
    if (!people) return;  // said already
    std::size_t soon = 0;
    for (const auto& person : *people) {
      const auto ends = [&](const access::Training& one) {
        return one.until < now_ + training_warning;
      };
      if (person.active && std::ranges::any_of(person.about.training, ends)) ++soon;
    }
    if (soon == 0) return ok("training", "nobody's runs out within 30 days");
    find(Health::warning, "training",
         std::to_string(soon) + " people have a training that has run out or will within 30 days",
         "see who with `regmark person list`, and have them trained again");
  }

  void look_at_witnesses() {
    const auto& settings = settings_.witnesses;
    if (settings.witnesses.empty()) {
      return find(Health::warning, "witnesses", "nobody outside signs the audit log",
                  "ask another body to run `regmark witness`, and name it in [witnesses]");
    }
    if (!log_key_) return;  // said already
    for (const auto& witness : settings.witnesses) {
      const auto& name = witness.key.name;
      const auto signed_last = audit::read_cosigned(data_ / "audit", *log_key_, witness.key);
      if (!signed_last) {
        find(Health::problem, "witnesses", name + ": " + signed_last.error().message,
             "see whether it answers, and what the office's log says of it");
      } else if (now_ > signed_last->at + 2 * settings.every + 24h) {
        find(Health::problem, "witnesses",
             name + " signed last at " + base::format_utc(signed_last->at),
             "see whether it answers; if it refuses, the log may have been rolled back");
      } else {
        ok("witnesses", name + " signed " + std::to_string(signed_last->checkpoint.size) +
                            " records at " + base::format_utc(signed_last->at));
      }
    }
  }

  const Settings& settings_;
  const fs::path data_;
  const base::UtcTime now_;
  const base::Clock& clock_;
  access::Policy policy_ = access::Policy::built_in();
  std::optional<audit::PublicKey> log_key_;
  uid_t data_owner_ = 0;
  std::vector<Finding> findings_;
};

// Whether something keeps the machine's clock right.
Finding look_at_synchronisation() {
  timex state{};
  const int answer = ::adjtimex(&state);
  if (answer >= 0 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0) {
    return {Health::ok, "clock", "the system keeps it synchronised"};
  }
  return {Health::warning, "clock", "nothing synchronises it, as far as the system says",
          "run chrony or systemd-timesyncd: retention and permits go by this clock"};
}

std::string_view word(Health health) {
  switch (health) {
    case Health::ok:
      return "ok";
    case Health::warning:
      return "warning";
    case Health::problem:
      return "PROBLEM";
  }
  return "";
}

}  // namespace

std::vector<Finding> examine(const Settings& settings, const base::Clock& clock) {
  return Doctor(settings, clock).examine();
}

int run_doctor(const ServeOptions& options, std::ostream& out, std::ostream& err) {
  const auto settings = settings_of(options);
  if (!settings) {
    err << "regmark: " << settings.error().message << "\n";
    return 2;
  }
  const base::SystemClock clock;
  auto findings = examine(*settings, clock);
  const auto at = std::ranges::find(findings, "clock", &Finding::part);
  findings.insert(at == findings.end() ? at : at + 1, look_at_synchronisation());
  for (const auto& finding : findings) {
    std::string line(word(finding.health));
    line.resize(9, ' ');
    line += finding.part;
    line.resize(std::max<std::size_t>(line.size() + 1, 22), ' ');
    out << line << finding.words << "\n";
    if (!finding.advice.empty()) out << std::string(22, ' ') << "-> " << finding.advice << "\n";
  }
  return std::ranges::find(findings, Health::problem, &Finding::health) == findings.end() ? 0 : 1;
}

}  // namespace regmark::server
