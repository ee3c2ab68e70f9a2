// Commands about what a force answers for: each is one call of the office's API.
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "cli/answers.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

constexpr std::size_t data_size_max = std::size_t{16} << 20U;

// Fetches a file of the office's, and keeps it.
Result<void> keep_file(const Client& client, const std::string& path,
                       const std::filesystem::path& file) {
  if (file.empty()) return {};
  REGMARK_ASSIGN(const auto bytes, client.get_text(path));
  REGMARK_TRY(base::write_file(file, base::as_bytes(bytes)));
  std::cout << "Written to " << file.string() << ".\n";
  return {};
}

// The latest version of a form in a site's file, as `estate paper` takes it.
Result<void> keep_paper(const std::string& path, const PrintArguments& arguments) {
  REGMARK_ASSIGN(const auto file, get(path));
  const json* latest = nullptr;
  for (const auto& one : file.at("papers")) {
    if (one.at("form") == arguments.form) latest = &one.at("paper");
  }
  if (latest == nullptr) {
    return fail(ErrorCode::not_found, "nobody wrote a paper of this form by then");
  }
  REGMARK_TRY(base::write_file(arguments.json, base::as_bytes(indented(*latest))));
  std::cout << "Written to " << arguments.json.string() << ".\n";
  return {};
}

// Both of them, where they are asked for: `path` ends in "/pdf" and "/page".
int keep_files(const std::string& path, const std::string& query, const std::filesystem::path& pdf,
               const std::filesystem::path& page) {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  for (const auto& [ending, file] : {std::pair{"/pdf", pdf}, std::pair{"/page", page}}) {
    if (const auto kept = keep_file(*client, path + ending + query, file); !kept) {
      return say_failure(kept.error());
    }
  }
  return 0;
}

}  // namespace

int print_paper(const PrintArguments& arguments) {
  if (arguments.pdf.empty() && arguments.page.empty() && arguments.json.empty()) {
    return say_failure("say where it goes: --pdf FILE, --page FILE, --json FILE, or several");
  }
  const auto site = "/v1/sites/" + arguments.site;
  const auto query = arguments.day.empty() ? "" : "?on=" + arguments.day;
  if (!arguments.json.empty()) {
    if (const auto kept = keep_paper(site + "/file" + query, arguments); !kept) {
      return say_failure(kept.error());
    }
  }
  return keep_files(site + "/papers/" + arguments.form, query, arguments.pdf, arguments.page);
}

int check_public_impact(const PublicImpactArguments& arguments) {
  json strikes = json::array();
  if (!arguments.strikes.empty()) {
    const auto read = paper_in(arguments.strikes);
    if (!read) return say_failure(read.error());
    strikes = *read;
  }
  const auto path = "/v1/sites/" + arguments.site + "/public-impact";
  if (arguments.keep > 0) {
    return done_or_failed(post(path, {{"newest_paper", arguments.keep}, {"strikes", strikes}}),
                          "Kept as a draft: NOT FOR RELEASE.");
  }
  const auto checked = post(path + "/check", {{"strikes", strikes}});
  if (!checked) return say_failure(checked.error());
  std::cout << "Assessment " << cell(*checked, "paper") << ", version " << cell(*checked, "version")
            << ".\n";
  for (const auto& answer : checked->at("answers")) {
    std::cout << "\n"
              << cell(answer, "form") << " " << cell(answer, "part") << " " << cell(answer, "field")
              << " " << cell(answer, "row") << " (" << cell(answer, "show") << ")\n  "
              << cell(answer, "text") << "\n";
    if (!cell(answer, "reason").empty()) std::cout << "  why: " << cell(answer, "reason") << "\n";
    for (const auto& one : answer.at("findings")) {
      std::cout << "  STRIKE: " << cell(one, "what") << ": " << cell(one, "text") << "\n";
    }
  }
  const bool passes = checked->at("passes").get<bool>();
  std::cout << (passes
                    ? "\nNothing in it is known to tell a place. Read it, then keep it: --keep " +
                          cell(*checked, "newest_paper") + ".\n"
                    : "\nIt still tells a place: see STRIKE.\n");
  return passes ? 0 : 3;
}

int show_public_drafts(const PublicDraftArguments& arguments) {
  const auto path = "/v1/sites/" + arguments.site + "/public-impact";
  if (arguments.number == 0) {
    return print_list(path, "versions", {"number", "paper_version", "at", "by", "receipt"});
  }
  return keep_files(path + "/" + std::to_string(arguments.number), "", arguments.pdf,
                    arguments.page);
}

int begin_self_assessment(const std::filesystem::path& out) {
  const auto begun = get("/v1/self-assessments/begun");
  if (!begun) return say_failure(begun.error());
  const auto text = indented(begun->at("paper"));
  if (out.empty()) {
    std::cout << text;
    return 0;
  }
  if (const auto kept = base::write_file(out, base::as_bytes(text)); !kept) {
    return say_failure(kept.error());
  }
  return 0;
}

int file_self_assessment(const std::filesystem::path& paper) {
  const auto read = paper_in(paper);
  if (!read) return say_failure(read.error());
  return done_or_failed(post("/v1/self-assessments", {{"paper", *read}}), "Filed.");
}

int list_self_assessments(bool as_json) {
  if (!as_json) return print_list("/v1/self-assessments", "assessments", {"number", "at", "by"});
  const auto all = get("/v1/self-assessments");
  if (!all) return say_failure(all.error());
  std::cout << indented(*all);
  return 0;
}

int show_effectiveness(const EffectivenessArguments& arguments) {
  const auto query = "?from=" + arguments.from + "&until=" + arguments.until;
  if (!arguments.pdf.empty() || !arguments.page.empty()) {
    return keep_files("/v1/effectiveness", query, arguments.pdf, arguments.page);
  }
  const auto draft = get("/v1/effectiveness" + query);
  if (!draft) return say_failure(draft.error());
  if (arguments.json) {
    std::cout << indented(*draft);
    return 0;
  }
  std::cout << cell(*draft, "release") << "\n";
  std::vector<std::vector<std::string>> rows{{"why listed", "how it ended", "alerts"}};
  for (const auto& line : draft->at("lines")) {
    for (const auto& [ending, count] : line.at("endings").items()) {
      const auto least = cell(count, "least");
      const auto most = cell(count, "most");
      if (most == "0") continue;
      rows.push_back({cell(line, "reason"), ending, least == most ? most : least + " to " + most});
    }
  }
  print_table(rows);
  for (const auto& example : draft->at("examples")) {
    std::cout << "\n" << example.get<std::string>() << "\n";
  }
  if (const auto left_out = draft->at("examples_left_out").get<std::uint64_t>(); left_out > 0) {
    std::cout << "\nExamples left out because they tell a place: " << left_out << ".\n";
  }
  std::cout << cell(*draft, "release") << "\n";
  return 0;
}

int write_example(const std::string& words) {
  const auto written = post("/v1/effectiveness/examples", {{"words", words}});
  if (!written) return say_failure(written.error());
  std::cout << "Example " << cell(*written, "number")
            << " is written; somebody else must approve it.\n";
  return 0;
}

int approve_example(std::uint64_t number) {
  return done_or_failed(
      post("/v1/effectiveness/examples/" + std::to_string(number) + "/approve", json::object()),
      "Approved.");
}

int list_examples() {
  return print_list("/v1/effectiveness/examples", "examples",
                    {"number", "at", "by", "approved_by", "words"});
}

int take_in_surroundings(const SurroundingsArguments& arguments) {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  const auto bytes = base::read_file(arguments.file, data_size_max);
  if (!bytes) return say_failure(bytes.error());
  const auto taken =
      client->post_file("/v1/surroundings/" + arguments.kind +
                            "?source=" + encoded(arguments.source) + "&day=" + arguments.day,
                        "application/octet-stream", std::string(base::as_text(*bytes)));
  if (!taken) return say_failure(taken.error());
  std::cout << "Took in " << cell(*taken, "rows") << " rows of " << arguments.kind << ".\n";
  return 0;
}

int show_site_figures(const std::string& site) {
  const auto found = get("/v1/sites/" + site + "/figures");
  if (!found) return say_failure(found.error());
  std::vector<std::vector<std::string>> rows{{"figure", "of", "value", "by"}};
  for (const auto& one : found->at("figures")) {
    std::string by;
    for (const auto& basis : one.at("rests_on")) {
      by += (by.empty() ? "" : "; ") + cell(basis, "source") + ", " + cell(basis, "day");
    }
    rows.push_back({cell(one, "kind"), cell(one, "of"), cell(one, "value"), by});
  }
  if (rows.size() == 1) {
    std::cout << "Nothing is known: take in population, traffic, roads and settlements.\n";
  } else {
    print_table(rows);
  }
  if (const auto& points = found->at("points"); !points.is_null()) {
    std::cout << "\nWithin five kilometres (" << cell(points, "data/source") << ", "
              << cell(points, "data/day") << "):\n";
    std::vector<std::vector<std::string>> near{{"name", "kind"}};
    for (const auto& one : points.at("points")) {
      near.push_back({cell(one, "name"), cell(one, "kind")});
    }
    print_table(near);
  }
  const auto& crime = found->at("crime");
  if (crime.is_null()) return 0;
  std::cout << "\nCrime: " << cell(crime, "data/source") << ", " << cell(crime, "data/day") << "\n";
  std::vector<std::vector<std::string>> counts{{"area", "road", "kind", "count"}};
  for (const auto& one : crime.at("rows")) {
    counts.push_back({cell(one, "area"), cell(one, "road"), cell(one, "kind"), cell(one, "count")});
  }
  print_table(counts);
  return 0;
}

int list_surroundings() {
  return print_list("/v1/surroundings", "data",
                    {"number", "kind", "day", "rows", "source", "at", "by"});
}

}  // namespace regmark::cli
