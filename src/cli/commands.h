// One function for each command. Each says what went wrong on standard error and gives the exit
// status.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/sanitizer.h"

namespace regmark::cli {

// By what an office on another machine is known.
struct TrustArguments {
  std::filesystem::path authority;  // PEM, or empty
  std::string pin;                  // or empty
};

struct SignInArguments {
  std::string office = "http://127.0.0.1:8600";
  std::string name;
  std::string code;                     // one-time: then a password is chosen first
  std::filesystem::path password_file;  // or empty: asked for
  std::string second_factor;            // its code; or empty: asked for, if it is needed
  TrustArguments trust;
};
int sign_in_command(const SignInArguments& arguments);
int sign_out_command();
// Sets up an authenticator app for whoever is signed in.
int second_factor_command();

struct OrganisationArguments {
  std::string id, name, kind = "force", parent;  // parent: of which it is part, or empty
};
int add_organisation(const OrganisationArguments& arguments);
// Says anew what it is.
int change_organisation(const OrganisationArguments& arguments);
int close_organisation(const std::string& id);
int list_organisations();

struct SiteArguments {
  std::string id, name, need, category = "local_crime", review, path = "under_twelve_months";
  double latitude = 0, longitude = 0;
};
int propose_site(const SiteArguments& arguments);
int approve_site(const std::string& id);
// A short one, inside its twelve months: its id, need, category and review day count.
int extend_site(const SiteArguments& arguments);
int stop_site(const std::string& id, const std::string& reason);
int list_sites();

struct CameraArguments {
  std::string id, name;
  std::string site, deployment;         // one of them
  std::string kind, owner, controller;  // for the register; or empty: not recorded
  std::filesystem::path token_file;     // the token goes there, readable by its owner only
};
int add_camera(const CameraArguments& arguments);
// One that was taken in from a register has none until then.
int renew_camera_token(const std::string& id, const std::filesystem::path& token_file);
int stop_camera(const std::string& id, const std::string& reason);
// Registers the key of this file, which is made when it is missing.
int set_camera_key(const std::string& id, const std::filesystem::path& key_file);
// By its SHA-256 as `openssl x509 -fingerprint -sha256` shows it.
int set_camera_certificate(const std::string& id, const std::string& fingerprint);
int list_cameras();
int list_drift();
int list_accuracies();

// --- The estate: each is one call of the office's API.

struct RegisterArguments {
  std::string question, from, until, known;  // known: or empty: as it is known now
  bool json = false;
};
int ask_register(const RegisterArguments& arguments);
// What is held of one camera.
int show_registered_camera(const std::string& camera, const std::string& known);
int import_register(const std::filesystem::path& csv);
struct CostArguments {
  int year = 0;
  std::string kind;
  std::optional<std::uint64_t> pounds{};  // nothing: not recorded
  bool about = false;                     // right
  bool another = false;                   // though the same is on record
};
int add_cost(const CostArguments& arguments);
int show_reviews();
int show_would_stop(const std::string& day);
// One form as a paper to fill in; without an id, the forms there are.
int show_form(const std::string& form);
int show_site_file(const std::string& site, const std::string& day);
int hand_in_evidence(const std::filesystem::path& file);
struct EvidenceFileArguments {
  std::string sha256;
  std::filesystem::path out;
};
// Keeps nothing whose SHA-256 is another.
int get_site_evidence(const EvidenceFileArguments& arguments);

// Where a document goes: on paper, as a page, or both.
struct PrintArguments {
  std::string site, form, day;            // the day: or empty: as it is now
  std::filesystem::path pdf, page, json;  // or empty
};
int print_paper(const PrintArguments& arguments);

// The public version of an impact assessment: checked with these strikes, or kept as well.
struct PublicImpactArguments {
  std::string site;
  std::filesystem::path strikes;  // JSON, or empty
  std::uint64_t keep = 0;         // the newest paper that was read, or 0: only check
};
int check_public_impact(const PublicImpactArguments& arguments);
struct PublicDraftArguments {
  std::string site;
  std::uint64_t number = 0;         // 0: which there are
  std::filesystem::path pdf, page;  // or empty
};
int show_public_drafts(const PublicDraftArguments& arguments);

// The form with what is on record, to standard output or into a file.
int begin_self_assessment(const std::filesystem::path& out);
int file_self_assessment(const std::filesystem::path& paper);
int list_self_assessments(bool json);

struct EffectivenessArguments {
  std::string from, until;
  std::filesystem::path pdf, page;  // or empty
  bool json = false;
};
int show_effectiveness(const EffectivenessArguments& arguments);
int write_example(const std::string& words);
int approve_example(std::uint64_t number);
int list_examples();

struct SurroundingsArguments {
  std::string kind, source, day;
  std::filesystem::path file;
};
int take_in_surroundings(const SurroundingsArguments& arguments);
int list_surroundings();
int show_site_figures(const std::string& site);

// What the next step of a site wants and does not find.
int say_what_is_missing(const std::string& site);
struct SiteStepArguments {
  std::string site, word, reason, day;  // the word: the end of the route
  std::filesystem::path paper;          // JSON, or empty
};
int take_site_step(const SiteStepArguments& arguments);

// What the records hold of a site's cameras since its last review, and the cameras' books.
int show_review_evidence(const std::string& site);
int show_camera_books(const std::string& site);
int show_tests_overdue();
struct BookArguments {
  std::string camera, kind, day, words, ended;
  std::string passed;  // "yes", "no" or empty
  std::optional<std::uint64_t> looked_at, right, replaces;
  std::optional<std::int64_t> clock_off_ms;
  std::vector<std::string> evidence;  // SHA-256
};
int write_camera_book(const BookArguments& arguments);

// Mobile cameras: one deployment, its file and its end.
struct DeploymentArguments {
  std::string id, name, need, category = "local_crime", review, from, until, reason, day;
  double latitude = 0, longitude = 0, radius_m = 0;
  std::filesystem::path paper;  // JSON
};
int propose_deployment(const DeploymentArguments& arguments);
int approve_deployment(const DeploymentArguments& arguments);
int extend_deployment(const DeploymentArguments& arguments);
int stop_deployment(const DeploymentArguments& arguments);
int write_deployment_paper(const DeploymentArguments& arguments);
int show_deployment(const DeploymentArguments& arguments);
int list_deployments();

// What a camera sees, as a dated version: `form` says what, `answers` what the form asks.
struct CameraViewArguments {
  std::string camera, form, part;
  std::vector<std::pair<std::string, std::string>> answers;
};
int write_camera_view(const CameraViewArguments& arguments);
int take_down_camera(const std::string& camera, const std::filesystem::path& paper);
int show_camera_papers(const std::string& camera);
int show_taking_down();
int show_due(bool json);

// What is kept apart. `what`: sites or deployments; why: the purpose that each question needs.
struct CovertArguments {
  std::string what = "sites", id, why, name, need, category = "national_security", review, reason;
  std::string from, until;  // of a deployment
  std::string on;           // a file as it stood at the end of that day; empty: as it stands
  double latitude = 0, longitude = 0, radius_m = 0;
  std::filesystem::path token_file;
  std::filesystem::path key_file;
  std::string fingerprint;
  BookArguments entry{};
};
int show_covert(const CovertArguments& arguments);
int show_covert_file(const CovertArguments& arguments);
int propose_covert(const CovertArguments& arguments);
int approve_covert(const CovertArguments& arguments);
int stop_covert(const CovertArguments& arguments);
int add_covert_camera(const CovertArguments& arguments);
int renew_covert_token(const CovertArguments& arguments);
int write_covert_book(const CovertArguments& arguments);
int show_covert_book(const CovertArguments& arguments);
int set_covert_key(const CovertArguments& arguments);
int set_covert_certificate(const CovertArguments& arguments);
int remove_covert_credentials(const CovertArguments& arguments);

// A made-up register, as CSV that import_register() takes; or an office that has it, and a console.
struct DemoEstateArguments {
  int cameras = 600;
  std::uint32_t seed = 1;
  bool serve = false;
  std::filesystem::path data;  // of that office; or empty: gone afterwards
};
int demo_estate(const DemoEstateArguments& arguments, const std::filesystem::path& program);

struct MatrixArguments {
  std::filesystem::path file;
  std::string reasons;
};
int set_matrix(const MatrixArguments& arguments);
// On that day, or of that version; empty: now.
int show_matrix(const std::string& on, const std::string& version);
int show_example_matrix();

struct ListArguments {
  std::string id, name, level = "force", purpose, priority = "medium", review;
  int age_max_hours = 24 * 28;
  int alert_window_seconds = 300;
  std::vector<std::string> alerted;
  std::optional<double> near_least;
};
int create_list(const ListArguments& arguments);
int import_list(const std::string& id, const std::filesystem::path& csv);
int show_lists();

struct SearchArguments {
  std::string plate, from, until, category, reason, reference, for_whom, authority;
  std::vector<std::string> cameras;
  int rows = 100;
};
int search(const SearchArguments& arguments);

struct ConvoyArguments {
  SearchArguments question;
  int cameras_least = 2;
  int apart_seconds = 60;
};
int find_convoys(const ConvoyArguments& arguments);
int track_plate(const SearchArguments& arguments);

struct EvidenceArguments {
  SearchArguments question;
  std::string statement;
  std::string hold;  // or empty: of what is kept for everybody
  std::filesystem::path out;
};
int export_evidence(const EvidenceArguments& arguments);

struct VerifyEvidenceArguments {
  std::filesystem::path file;
  std::filesystem::path key;  // or empty: the file's own
  std::vector<std::filesystem::path> witnesses;
};
int verify_evidence(const VerifyEvidenceArguments& arguments);

struct AuthorityArguments {
  SearchArguments question;
  std::string kind = "senior_officer";
  std::string act = "search";   // or "hold", "export"
  std::string given_orally_by;  // or empty: asked for in writing
};
int ask_authority(const AuthorityArguments& arguments);

struct DecisionArguments {
  std::string word, id, reason;  // the word: grant, refuse, confirm or withdraw
  std::string plate, from, until;
  std::vector<std::string> cameras;
  int hours = 24;
  int uses = 10;
};
int decide_authority(const DecisionArguments& arguments, bool grants);

int list_reviews();
int show_review(const std::string& id);
int take_review(const std::string& id);
struct ReviewArguments {
  std::string id, outcome, words;
};
int decide_review(const ReviewArguments& arguments);
int show_review_figures(bool json);
// What others did not do in time: `missed` is "hold" or "authority".
struct FollowUpArguments {
  std::string missed, id, words;
};
int list_follow_ups();
int take_follow_up(const FollowUpArguments& arguments);
int note_follow_up(const FollowUpArguments& arguments);
struct SignalsArguments {
  std::string reason;
  int days = 30;
  bool json = false;
};
int show_signals(const SignalsArguments& arguments);
// Puts a CSV file in the place of what is there: cases, household, duty.
struct LinesArguments {
  std::string what, organisation;  // the organisation: or empty: one's own
  std::filesystem::path csv;
};
int import_lines(const LinesArguments& arguments);
int list_subject_requests();

inline constexpr const char* sandbox_by_default = base::has_sanitizer ? "off" : "possible";

struct ReadArguments {
  std::vector<std::string> sources;
  bool json = false;
  bool finals_only = false;
  std::filesystem::path annotate;  // folder, or empty
  std::string office, camera;
  std::filesystem::path token_file, spool = "regmark-spool", spool_key;
  TrustArguments trust;
  std::filesystem::path certificate, certificate_key;  // shown under https, or empty
  std::filesystem::path key_file;                      // that signs requests, or empty
  std::string sandbox = sandbox_by_default;            // "possible", "needed" or "off"
  std::string time = "recorded";  // or "now": files are played as if a camera stood behind them
};
int read_command(const ReadArguments& arguments);

int check_policy(const std::filesystem::path& file);
// The policy: a file, or empty for the one built in.
int explain_request(const std::filesystem::path& request_file,
                    const std::filesystem::path& policy_file);
int test_policy(const std::filesystem::path& folder);
// Of the office that one is signed in to: the policy in force, or that of a version.
int show_policy(const std::string& version);
int list_policies();

struct PlanArguments {
  std::filesystem::path file;
  std::filesystem::path network;           // or empty: as the file says
  std::vector<std::filesystem::path> out;  // *.html or *.json
  bool keep = false;                       // as a record of the office's
};
int plan_estate(const PlanArguments& arguments);
int list_plans();
struct KeptPlanArguments {
  std::uint64_t number = 0;
  std::filesystem::path out;      // or empty: printed
  std::filesystem::path sources;  // a folder for what it was made from, or empty
};
// The plan as it was kept.
int give_plan(const KeptPlanArguments& arguments);

struct VerifyArguments {
  std::filesystem::path folder, key;
  std::vector<std::filesystem::path> since{};      // checkpoints kept from earlier
  std::vector<std::filesystem::path> witnesses{};  // key files: each must have signed
  bool details = false;                            // also fail when missing ones are not explained
};
int audit_verify(const VerifyArguments& arguments);

struct ReadLogArguments {
  std::string reason;                    // why one looks
  std::optional<std::uint64_t> first{};  // without it, the newest
  std::size_t count = 20;
  bool json = false;
};
int audit_read(const ReadLogArguments& arguments);

struct CountArguments {
  std::filesystem::path folder, key;
};
int audit_count(const CountArguments& arguments);

struct ProveArguments {
  std::uint64_t number = 0;
  std::filesystem::path folder, key, out;  // out: or empty: standard output
};
int audit_prove(const ProveArguments& arguments);

struct CheckProofArguments {
  std::filesystem::path file, key;
  std::vector<std::filesystem::path> witnesses;
};
int audit_check_proof(const CheckProofArguments& arguments);

int list_days(int gone);
// To one place of the configuration's, or to all (empty); waits until it is done.
int back_up(const std::filesystem::path& folder);
int list_backups();
// Makes the key that opens backups: the secret half goes to the file, the other is printed.
int make_backup_key(const std::filesystem::path& file);

struct RestoreArguments {
  std::filesystem::path from, data, ring, key;
  std::filesystem::path log_key{};  // or empty: the backup is believed
};
int restore(const RestoreArguments& arguments);

struct DemoArguments {
  std::filesystem::path pictures;  // or empty: the project's own
  std::filesystem::path data;      // or empty: a new folder, removed afterwards
};
int demo(const DemoArguments& arguments, const std::filesystem::path& program);

}  // namespace regmark::cli
