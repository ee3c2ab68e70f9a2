// Commands about the estate: each is one call of the office's API.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "assessment/matrix.h"
#include "base/encoding.h"
#include "base/files.h"
#include "base/words.h"
#include "cli/answers.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

constexpr std::size_t csv_size_max = std::size_t{32} << 20U;
constexpr std::size_t matrix_size_max = std::size_t{64} << 10U;
constexpr std::size_t evidence_size_max = std::size_t{8} << 20U;

Result<json> post_file(const std::string& path, const std::string& type,
                       const std::filesystem::path& file, std::size_t size_max) {
  REGMARK_ASSIGN(const auto client, load_session());
  REGMARK_ASSIGN(const auto bytes, base::read_file(file, size_max));
  return client.post_file(path, type, std::string(base::as_text(bytes)));
}

// "about 12, and 3 not recorded".
std::string figure_of(const json& line) {
  const auto how = cell(line, "how");
  auto words = how == "not_recorded"  ? "not recorded"
               : how == "approximate" ? "about " + cell(line, "value")
                                      : cell(line, "value");
  if (!line.at("counted").is_null()) words += ", by the count of " + cell(line, "counted");
  if (line.value("unknown", 0) > 0) words += ", and " + cell(line, "unknown") + " not recorded";
  if (const auto& without = line.at("without"); !without.empty()) {
    words += ", of what is recorded; not recorded: " +
             base::joined(without, [](const json& kind) { return kind.get<std::string>(); });
  }
  return words;
}

// The empty form, for somebody to fill in.
json blank(const json& form) {
  json parts = json::object();
  for (const auto& part : form.at("parts")) {
    json row = json::object();
    for (const auto& field : part.at("fields")) {
      std::string hint;
      for (const auto& choice : field.at("choices")) {
        hint += (hint.empty() ? "" : "|") + choice.get<std::string>();
      }
      row[field.at("id").get<std::string>()] = hint;
    }
    json evidence = json::array();
    for (const auto& kind : part.at("evidence")) {
      evidence.push_back({{"kind", kind}, {"title", ""}, {"sha256", ""}});
    }
    parts[part.at("id").get<std::string>()] = {{"rows", json::array({row})},
                                               {"evidence", std::move(evidence)}};
  }
  return {{"form", form.at("id")}, {"parts", std::move(parts)}};
}

}  // namespace

int ask_register(const RegisterArguments& arguments) {
  auto path = "/v1/register/" + arguments.question + "?until=" + arguments.until;
  if (!arguments.from.empty()) path += "&from=" + arguments.from;
  if (!arguments.known.empty()) path += "&known=" + arguments.known;
  const auto answer = get(path);
  if (!answer) return say_failure(answer.error());
  if (arguments.json) {
    std::cout << indented(*answer);
    return 0;
  }
  std::cout << cell(*answer, "release") << "\n"
            << cell(*answer, "question") << ", "
            << (cell(*answer, "from") == cell(*answer, "until") ? ""
                                                                : cell(*answer, "from") + " to ")
            << cell(*answer, "until") << "\n";
  std::vector<std::vector<std::string>> rows{{"of", "how many"}};
  for (const auto& line : answer->at("lines")) rows.push_back({cell(line, "of"), figure_of(line)});
  print_table(rows);
  std::cout << cell(*answer, "release") << "\n";
  return 0;
}

int show_registered_camera(const std::string& camera, const std::string& known) {
  const auto held =
      get("/v1/register/cameras/" + camera + (known.empty() ? "" : "?known=" + known));
  if (!held) return say_failure(held.error());
  for (const auto& one : held->at("cameras")) {
    const auto or_not = [&](const char* name) {
      const auto said = cell(one, name);
      return said.empty() ? std::string("not recorded") : said;
    };
    const auto dated = [&](const char* name, const char* how) {
      return (cell(one, how) == "approximate" ? "about " : "") + or_not(name);
    };
    std::vector<std::vector<std::string>> rows{{"of", cell(one, "camera")},
                                               {"kind", cell(one, "kind")},
                                               {"owner", or_not("owner")},
                                               {"controller", or_not("controller")},
                                               {"installed", dated("installed", "installed_how")}};
    rows.push_back({"removed", one.at("is_removed") == true ? dated("removed", "removed_how")
                                                            : std::string("it stands")});
    const auto ground = cell(one, "ground");
    const auto since = cell(one, "ground_from");
    rows.push_back({"ground", ground == "not_recorded" ? "not recorded"
                              : since.empty()          ? ground
                                                       : ground + ", since " + since});
    rows.push_back({"assessment published", or_not("published")});
    print_table(rows);
  }
  return 0;
}

int add_cost(const CostArguments& arguments) {
  json body{{"year", arguments.year}, {"kind", arguments.kind}};
  if (arguments.pounds) body["pounds"] = *arguments.pounds;
  if (arguments.about) body["about"] = true;
  if (arguments.another) body["another"] = true;
  return done_or_failed(post("/v1/costs", body), "Written down.");
}

int import_register(const std::filesystem::path& csv) {
  const auto entered = post_file("/v1/register", "text/csv", csv, csv_size_max);
  if (!entered) return say_failure(entered.error());
  std::cout << "Took in " << cell(*entered, "cameras") << " cameras at " << cell(*entered, "sites")
            << " sites that go on collecting, " << cell(*entered, "counts") << " counts and "
            << cell(*entered, "costs") << " costs; " << cell(*entered, "reviews")
            << " reviews that were held before.\n";
  if (entered->at("held_already") != 0) {
    std::cout << "  of these " << cell(*entered, "held_already")
              << " said nothing new, and were not taken in again\n";
  }
  for (const auto& one : entered->at("missing")) {
    if (one.at("cameras") == 0) continue;
    std::cout << "  not recorded of " << cell(one, "cameras") << ": " << cell(one, "field") << "\n";
  }
  return 0;
}

int show_reviews() {
  return print_list("/v1/estate/reviews", "reviews",
                    {"site", "name", "awaits", "urgency", "review", "lapses", "cameras"});
}

int show_would_stop(const std::string& day) {
  return print_list("/v1/estate/would-stop?on=" + day, "cameras", {"camera", "why"});
}

int show_form(const std::string& form) {
  const auto guidance = get("/v1/estate/guidance");
  if (!guidance) return say_failure(guidance.error());
  std::vector<std::vector<std::string>> rows{{"id", "title", "paragraph", "act"}};
  for (const auto& each : guidance->at("forms")) {
    if (each.at("id") == form) {
      std::cout << indented(blank(each));
      return 0;
    }
    rows.push_back(
        {cell(each, "id"), cell(each, "title"), cell(each, "paragraph"), cell(each, "act")});
  }
  if (!form.empty()) return say_failure("there is no such form; `estate form` lists them");
  print_table(rows);
  return 0;
}

int show_site_file(const std::string& site, const std::string& day) {
  const auto file = get("/v1/sites/" + site + "/file" + (day.empty() ? "" : "?on=" + day));
  if (!file) return say_failure(file.error());
  std::cout << indented(*file);
  return 0;
}

int say_what_is_missing(const std::string& site) {
  const auto file = get("/v1/sites/" + site + "/file");
  if (!file) return say_failure(file.error());
  for (const auto& one : file->value("missing", json::array())) {
    std::cout << "  missing: " << one.get<std::string>() << "\n";
  }
  return 0;
}

int hand_in_evidence(const std::filesystem::path& file) {
  const auto kept =
      post_file("/v1/estate/evidence", "application/octet-stream", file, evidence_size_max);
  if (!kept) return say_failure(kept.error());
  std::cout << cell(*kept, "sha256") << "\n";
  return 0;
}

int get_site_evidence(const EvidenceFileArguments& arguments) {
  const auto wanted = base::from_hex(arguments.sha256);
  if (!wanted || wanted->size() != base::Digest{}.size()) return say_failure("that is no SHA-256");
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  const auto file = client->get_text("/v1/estate/evidence/" + base::to_hex(*wanted));
  if (!file) return say_failure(file.error());
  const auto bytes = base::as_bytes(*file);
  if (!std::ranges::equal(*wanted, base::sha256(bytes))) {
    return say_failure("what the office sent is another file: it has another SHA-256");
  }
  if (const auto kept = base::write_file(arguments.out, bytes); !kept) {
    return say_failure(kept.error());
  }
  std::cout << "Written to " << arguments.out.string() << ".\n";
  return 0;
}

namespace {

// What a review's outcome rests on stands in the step that it took.
int say_why_sent_back(const std::string& site, std::string_view paragraph) {
  const auto file = get("/v1/sites/" + site + "/file");
  if (!file) return say_failure(file.error());
  const auto& steps = file->at("steps");
  if (!steps.empty() && steps.back().value("step", "") == "sent_back") {
    std::cout << "Sent back, by its " << cell(steps.back(), "words") << "\n";
  }
  std::cout << (paragraph == "7.1"
                    ? "All of its assessment is written anew, found whole and decided; until it "
                      "begins again the site collects nothing.\n"
                    : "Assess its impact as it is now, and have it advised on. Until that is "
                      "decided the site collects for a while only.\n");
  return 0;
}

}  // namespace

int take_site_step(const SiteStepArguments& arguments) {
  json body = json::object();
  if (!arguments.paper.empty()) {
    const auto paper = paper_in(arguments.paper);
    if (!paper) return say_failure(paper.error());
    body["paper"] = *paper;
  }
  if (!arguments.reason.empty()) body["reason"] = arguments.reason;
  if (!arguments.day.empty()) body[arguments.word == "begin" ? "review" : "next"] = arguments.day;
  const auto answer = post("/v1/sites/" + arguments.site + "/" + arguments.word, body);
  if (!answer) return say_failure(answer.error());
  std::cout << "Done: " << arguments.site << ".\n";
  if (arguments.word == "assess") return say_what_is_missing(arguments.site);
  if (!answer->is_object()) return 0;
  if (answer->contains("matrix"))
    std::cout << "The matrix says " << cell(*answer, "matrix") << ".\n";
  if (answer->contains("outcome")) {
    const auto paragraph = answer->at("paragraphs").back().get<std::string>();
    std::cout << "Outcome: " << cell(*answer, "outcome") << " (paragraph " << paragraph << ").\n";
    if (paragraph == "7.1" || paragraph == "7.7") {
      return say_why_sent_back(arguments.site, paragraph);
    }
  }
  print_lacks(*answer);
  return 0;
}

int set_matrix(const MatrixArguments& arguments) {
  const auto bytes = base::read_file(arguments.file, matrix_size_max);
  if (!bytes) return say_failure(bytes.error());
  const auto answer = post("/v1/estate/matrix", {{"toml", std::string(base::as_text(*bytes))},
                                                 {"reasons", arguments.reasons}});
  if (!answer) return say_failure(answer.error());
  std::cout << "The matrix is set.\n";
  for (const auto& one : answer->at("departures")) {
    std::cout << "  departs from the guidance: " << one.get<std::string>() << "\n";
  }
  return 0;
}

int show_example_matrix() {
  std::cout << assessment::Matrix::example_text();
  return 0;
}

int show_matrix(const std::string& on, const std::string& version) {
  std::string query;
  if (!on.empty()) query += "?on=" + on;
  if (!version.empty()) query += (query.empty() ? "?version=" : "&version=") + version;
  const auto matrix = get("/v1/estate/matrix" + query);
  if (!matrix) return say_failure(matrix.error());
  std::cout << "# Version " << cell(*matrix, "version") << ", " << cell(*matrix, "at") << ", by "
            << cell(*matrix, "by") << ": " << cell(*matrix, "reasons") << "\n"
            << cell(*matrix, "toml");
  return 0;
}

}  // namespace regmark::cli
