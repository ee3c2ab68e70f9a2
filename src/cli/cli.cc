#include "cli/cli.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "cli/account_commands.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/security_key_commands.h"

namespace regmark::cli {
namespace {

void add_serve(CLI::App& app, Typed& typed, const Serve& serve) {
  auto* command = app.add_subcommand("serve", "Run the office on this machine");
  const auto arguments = keep<ServeArguments>();
  command->add_option("--data", arguments->data, "Folder of everything; made when it is missing")
      ->required();
  command
      ->add_option("--listen", arguments->listen, "Address and port; beyond loopback it needs TLS")
      ->default_str("127.0.0.1:8600");
  command->add_option("--config", arguments->config, "Settings (TOML)")->check(CLI::ExistingFile);
  command->callback([&typed, arguments, serve] {
    typed.command = [arguments, serve] { return serve(*arguments); };
  });
}

void add_trust(CLI::App* command, TrustArguments& trust) {
  command
      ->add_option("--ca", trust.authority, "Who must have signed the office's certificate (PEM)")
      ->check(CLI::ExistingFile);
  command->add_option("--pin", trust.pin,
                      "Its key, as `regmark serve` shows it: sha256//..., instead of names");
}

void add_read(CLI::App& app, Typed& typed) {
  auto* command =
      app.add_subcommand("read", "Read the plates of pictures, folders, video, streams");
  const auto arguments = keep<ReadArguments>();
  command->add_option("source", arguments->sources, "Files, folders, rtsp:// or http:// addresses")
      ->required();
  command->add_flag("--json", arguments->json, "One JSON object for each plate, one a line");
  command->add_option("--annotate", arguments->annotate,
                      "Folder for pictures with plates drawn in");
  command->add_flag("--finals-only", arguments->finals_only,
                    "Of video and streams no provisional reads");
  auto* office =
      command->add_option("--office", arguments->office, "Send what is read to this office");
  auto* camera = command->add_option("--camera", arguments->camera, "As this camera");
  auto* token = command->add_option("--token-file", arguments->token_file, "That holds its token");
  auto* key = command->add_option("--key-file", arguments->key_file,
                                  "Instead: its key, as `regmark camera key` made it");
  auto* certificate = command->add_option("--certificate", arguments->certificate,
                                          "Instead: its certificate for TLS (PEM)");
  auto* certificate_key = command->add_option("--certificate-key", arguments->certificate_key,
                                              "And that one's key (PEM)");
  certificate->check(CLI::ExistingFile)->needs(certificate_key)->needs(office);
  certificate_key->check(CLI::ExistingFile)->needs(certificate);
  key->check(CLI::ExistingFile)->needs(office);
  command->add_option("--spool", arguments->spool, "Folder where reads wait for the office")
      ->capture_default_str();
  command->add_option("--spool-key", arguments->spool_key,
                      "File of the spool's key; made when it is missing (default: SPOOL.key)");
  command
      ->add_option("--time", arguments->time,
                   "Of files: as recorded in them, or now, as if a camera stood behind them")
      ->check(CLI::IsMember({"recorded", "now"}))
      ->capture_default_str();
  add_trust(command, arguments->trust);
  command
      ->add_option("--sandbox", arguments->sandbox,
                   "Give up the rights that reading does not need: as far as the kernel can "
                   "(possible), or not at all to start without (needed), or off")
      ->check(CLI::IsMember({"possible", "needed", "off"}))
      ->capture_default_str();
  office->needs(camera);
  camera->needs(office);
  token->check(CLI::ExistingFile)->needs(office);
  command->callback(
      [&typed, arguments] { typed.command = [arguments] { return read_command(*arguments); }; });
}

void add_session(CLI::App& app, Typed& typed) {
  auto* in = app.add_subcommand("sign-in", "Sign in to a running office; later commands use it");
  const auto arguments = keep<SignInArguments>();
  in->add_option("name", arguments->name, "Your sign-in name")->required();
  in->add_option("--office", arguments->office, "Its address")->capture_default_str();
  in->add_option("--code", arguments->code, "One-time code: choose a password with it first");
  add_trust(in, arguments->trust);
  in->add_option("--password-file", arguments->password_file, "Read the password from here")
      ->check(CLI::ExistingFile);
  in->callback(
      [&typed, arguments] { typed.command = [arguments] { return sign_in_command(*arguments); }; });
  in->add_option("--second-factor", arguments->second_factor,
                 "Code of your authenticator app; asked for where it is needed");
  app.add_subcommand("second-factor", "Set up an authenticator app for your sign-in")
      ->callback([&typed] { typed.command = second_factor_command; });
  auto* out = app.add_subcommand("sign-out", "End the session");
  out->callback([&typed] { typed.command = sign_out_command; });
}

void add_site(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand("site", "Sites: why cameras stand where they stand");
  group->require_subcommand(1);
  auto* add = group->add_subcommand("propose", "Propose a site with its grounds");
  const auto arguments = keep<SiteArguments>();
  add->add_option("id", arguments->id)->required();
  add->add_option("--name", arguments->name)->required();
  add->add_option("--latitude", arguments->latitude)->required();
  add->add_option("--longitude", arguments->longitude)->required();
  add->add_option("--need", arguments->need, "Why a camera is needed there")->required();
  add->add_option("--category", arguments->category, "Strategic category")->capture_default_str();
  add->add_option("--review", arguments->review, "Day of the next review, 2027-01-31")->required();
  add->add_option("--path", arguments->path,
                  "full: assessed and decided by the controller, see `regmark estate`; or "
                  "under_twelve_months or emergency, which two managers agree on and which end")
      ->capture_default_str()
      ->check(CLI::IsMember({"full", "under_twelve_months", "emergency"}));
  add->callback(
      [&typed, arguments] { typed.command = [arguments] { return propose_site(*arguments); }; });
  const auto id = keep<std::string>();
  const auto reason = keep<std::string>();
  auto* approve = group->add_subcommand("approve", "Approve it (not by its author)");
  approve->add_option("id", *id)->required();
  approve->callback([&typed, id] { typed.command = [id] { return approve_site(*id); }; });
  const auto longer = keep<SiteArguments>();
  auto* extend = group->add_subcommand(
      "extend", "Let a short one stand for longer, inside its twelve months (not by its author)");
  extend->add_option("id", longer->id)->required();
  extend->add_option("--need", longer->need, "Why it is still needed")->required();
  extend->add_option("--category", longer->category, "Strategic category")->required();
  extend->add_option("--review", longer->review, "The day on which it ends then")->required();
  extend->callback([&typed, longer] { typed.command = [longer] { return extend_site(*longer); }; });
  auto* stop = group->add_subcommand("stop", "Stop its cameras' collection");
  stop->add_option("id", *id)->required();
  stop->add_option("--reason", *reason)->required();
  stop->callback(
      [&typed, id, reason] { typed.command = [id, reason] { return stop_site(*id, *reason); }; });
  group->add_subcommand("list", "All sites")->callback([&typed] { typed.command = list_sites; });
}

void add_camera(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand("camera", "Cameras");
  group->require_subcommand(1);
  add_camera_papers(*group, typed);
  auto* add = group->add_subcommand(
      "add", "Put up a camera at a site that was decided, or a live short one");
  const auto arguments = keep<CameraArguments>();
  add->add_option("id", arguments->id)->required();
  add->add_option("--site", arguments->site)->required();
  add_camera_options(*add, arguments);
  add->callback(
      [&typed, arguments] { typed.command = [arguments] { return cli::add_camera(*arguments); }; });
  const auto id = keep<std::string>();
  const auto reason = keep<std::string>();
  auto* stop = group->add_subcommand("stop", "Stop its collection");
  stop->add_option("id", *id)->required();
  stop->add_option("--reason", *reason)->required();
  stop->callback(
      [&typed, id, reason] { typed.command = [id, reason] { return stop_camera(*id, *reason); }; });
  const auto token_file = keep<std::filesystem::path>();
  auto* token = group->add_subcommand(
      "token", "A new token: the old one is void; one that was imported has none until then");
  token->add_option("id", *id)->required();
  token->add_option("--token-file", *token_file, "Where it goes; shown this once")->required();
  token->callback([&typed, id, token_file] {
    typed.command = [id, token_file] { return renew_camera_token(*id, *token_file); };
  });
  const auto key_file = keep<std::filesystem::path>();
  auto* key = group->add_subcommand("key", "Register the key that signs its requests");
  key->add_option("id", *id)->required();
  key->add_option("--key-file", *key_file, "Its file; made when it is missing")->required();
  key->callback([&typed, id, key_file] {
    typed.command = [id, key_file] { return set_camera_key(*id, *key_file); };
  });
  const auto fingerprint = keep<std::string>();
  auto* certificate = group->add_subcommand("certificate", "Register its certificate for TLS");
  certificate->add_option("id", *id)->required();
  certificate
      ->add_option("--fingerprint", *fingerprint, "As openssl x509 -fingerprint -sha256 shows it")
      ->required();
  certificate->callback([&typed, id, fingerprint] {
    typed.command = [id, fingerprint] { return set_camera_certificate(*id, *fingerprint); };
  });
  group->add_subcommand("list", "All cameras")->callback([&typed] {
    typed.command = list_cameras;
  });
  group->add_subcommand("drift", "Those that read otherwise than they usually do")
      ->callback([&typed] { typed.command = list_drift; });
  group
      ->add_subcommand("accuracy",
                       "How often their reads were right that people checked in 30 days")
      ->callback([&typed] { typed.command = list_accuracies; });
}

void add_list(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand("list", "Lists of vehicles of interest");
  group->require_subcommand(1);
  auto* create = group->add_subcommand("create", "Make a list that you own");
  const auto arguments = keep<ListArguments>();
  create->add_option("id", arguments->id)->required();
  create->add_option("--name", arguments->name)->required();
  create->add_option("--level", arguments->level, "local, force, regional, national")
      ->capture_default_str();
  create->add_option("--purpose", arguments->purpose)->required();
  create->add_option("--priority", arguments->priority, "low, medium, high")->capture_default_str();
  create->add_option("--review", arguments->review, "Day by which it is reviewed or muted")
      ->required();
  create->add_option("--age-max-hours", arguments->age_max_hours, "An older version is muted")
      ->capture_default_str();
  create
      ->add_option("--alert-window", arguments->alert_window_seconds,
                   "Seconds: one alert a vehicle and camera within it")
      ->capture_default_str();
  create
      ->add_option("--alert", arguments->alerted,
                   "Organisation whose people are alerted, and no others; may be repeated")
      ->allow_extra_args(false);  // what follows the one name is the list's id
  create->add_option("--near-least", arguments->near_least,
                     "Least probability with which a near match alerts, 0 to 1; usually 0.01");
  create->callback(
      [&typed, arguments] { typed.command = [arguments] { return create_list(*arguments); }; });
  const auto id = keep<std::string>();
  const auto file = keep<std::filesystem::path>();
  auto* add = group->add_subcommand("import", "Replace a list by a new version (CSV)");
  add->add_option("id", *id)->required();
  add->add_option("file", *file)->required()->check(CLI::ExistingFile);
  add->callback(
      [&typed, id, file] { typed.command = [id, file] { return import_list(*id, *file); }; });
  group->add_subcommand("show", "All lists")->callback([&typed] { typed.command = show_lists; });
}

void add_search(CLI::App& app, Typed& typed) {
  auto* command = app.add_subcommand("search", "Search what is kept, for a stated purpose");
  const auto arguments = keep<SearchArguments>();
  add_question(*command, *arguments);
  add_authority_used(*command, *arguments);
  command->add_option("--rows", arguments->rows)->capture_default_str()->check(CLI::Range(1, 1000));
  command->callback(
      [&typed, arguments] { typed.command = [arguments] { return search(*arguments); }; });
}

void add_witness(CLI::App& app, Typed& typed, const RunWitness& witness) {
  auto* command = app.add_subcommand(
      "witness", "Sign what another body's audit log says, and never two stories");
  const auto arguments = keep<WitnessArguments>();
  command->add_option("--data", arguments->data, "Folder of its key and of what it signed last")
      ->required();
  command->add_option("--log-key", arguments->log_key, "The log's key file: audit.vkey")
      ->required()
      ->check(CLI::ExistingFile);
  command->add_option("--listen", arguments->listen, "Loopback address and port")
      ->capture_default_str();
  command->add_option("--name", arguments->name,
                      "Its own name, such as regulator.example/w1 (default: made from its key)");
  auto* accept = command->add_option(
      "--accept", arguments->accept,
      "Do not run, but take this checkpoint for the log's from now on, after a lawful restore of "
      "an older backup. What was signed before is kept");
  accept->check(CLI::ExistingFile);
  auto* by = command->add_option("--by", arguments->by, "With --accept: who decides it");
  auto* reason = command->add_option("--reason", arguments->reason, "With --accept: why");
  accept->needs(by, reason);
  by->needs(accept);
  reason->needs(accept);
  command->callback([&typed, arguments, witness] {
    typed.command = [arguments, witness] { return witness(*arguments); };
  });
}

void add_doctor(CLI::App& app, Typed& typed, const RunDoctor& doctor) {
  auto* command = app.add_subcommand(
      "doctor", "Look at an office on this machine, and say what is wrong and what to do");
  const auto arguments = keep<ServeArguments>();
  command->add_option("--data", arguments->data, "Its data folder")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_option("--config", arguments->config, "Its settings (TOML)")
      ->check(CLI::ExistingFile);
  command->footer("Gives 0 when nothing is worse than a warning, and 1 when there is a problem.");
  command->callback([&typed, arguments, doctor] {
    typed.command = [arguments, doctor] { return doctor(*arguments); };
  });
}

void add_demo(CLI::App& app, Typed& typed) {
  auto* command = app.add_subcommand("demo", "The main job, from a photograph to an alert");
  const auto arguments = keep<DemoArguments>();
  command->add_option("--pictures", arguments->pictures, "Your own photographs")
      ->check(CLI::ExistingDirectory);
  command->add_option("--data", arguments->data, "Keep the office's folder here");
  command->callback([&typed, arguments] {
    typed.command = [arguments] {
      return demo(*arguments, std::filesystem::read_symlink("/proc/self/exe"));
    };
  });
}

// Whether a word stands where a command must, and is none. CLI11 would only say that a command is
// required.
bool says_no_such_command(const CLI::App& app, int argc, char** argv) {
  const auto* group = &app;
  std::string path;
  for (int at = 1; at < argc && argv[at][0] != '-'; ++at) {
    if (group->get_require_subcommand_min() == 0) return false;
    const std::string word = argv[at];
    const auto found =
        group->get_subcommands([&](const CLI::App* one) { return one->get_name() == word; });
    if (found.empty()) {
      std::cerr << "regmark: there is no command \"" << path << word << "\"; `regmark " << path
                << "--help` lists those there are\n";
      return true;
    }
    group = found.front();
    path += word + " ";
  }
  return false;
}

}  // namespace

int run(int argc, char** argv, const Serve& serve, const RunWitness& witness,
        const RunDoctor& doctor) {
  CLI::App app("Regmark: read plates, check them, keep and show them only as the law allows.",
               "regmark");
  app.set_version_flag("--version", REGMARK_VERSION);
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "Help of all commands");
  Typed typed;
  add_serve(app, typed, serve);
  add_read(app, typed);
  add_demo(app, typed);
  add_session(app, typed);
  add_account(app, typed);
  add_person(app, typed);
  add_organisation(app, typed);
  add_site(app, typed);
  add_camera(app, typed);
  add_deployment(app, typed);
  add_covert(app, typed);
  add_estate(app, typed);
  add_list(app, typed);
  add_search(app, typed);
  add_convoy(app, typed);
  add_track(app, typed);
  add_evidence(app, typed);
  add_hold(app, typed);
  add_authority(app, typed);
  add_oversight(app, typed);
  add_policy(app, typed);
  add_audit(app, typed);
  add_witness(app, typed, witness);
  add_keeping(app, typed);
  add_doctor(app, typed, doctor);
  if (says_no_such_command(app, argc, argv)) return 2;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and version are such "errors" too, with status 0.
    return app.exit(error) == 0 ? 0 : 2;
  }
  return typed.command();
}

}  // namespace regmark::cli
