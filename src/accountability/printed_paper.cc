#include "accountability/printed_paper.h"

#include <fmt/format.h>

#include <algorithm>

#include "accountability/internal/plain.h"
#include "assessment/check.h"
#include "base/encoding.h"
#include "estate/in_force.h"

namespace regmark::accountability {
namespace {

using assessment::Answers;
using assessment::Field;
using assessment::FieldKind;
using assessment::Form;
using assessment::Guidance;
using assessment::Part;
using assessment::Presence;
using documents::Document;
using documents::Heading;
using documents::Paragraph;
using documents::Table;
using estate::PaperRecord;
using estate::SiteFile;
using internal::plain;

constexpr std::string_view not_answered = "Not answered.";
constexpr std::string_view left_empty = "Left empty: it need not be answered here.";

// What an assessment rests on beside the paper itself. In the order in which it is printed.
constexpr std::string_view advice_forms[] = {"dpo_advice", "overt_lead_advice"};

const PaperRecord* latest(const SiteFile& file, std::string_view form) {
  const auto found = std::find_if(file.papers.rbegin(), file.papers.rend(),
                                  [&](const PaperRecord& one) { return one.paper.form == form; });
  return found == file.papers.rend() ? nullptr : &*found;
}

std::string answer_of(const Field& field, const assessment::Row& row, bool must) {
  const auto found = row.find(field.id);
  if (found == row.end() || found->second.empty()) {
    const bool may_stay_empty = field.optional || field.needed_when || !must;
    return std::string(may_stay_empty ? left_empty : not_answered);
  }
  return field.kind == FieldKind::choice ? plain(found->second) : found->second;
}

// Several rows side by side, or one row with its questions below one another.
Table answers_table(const Part& part, const Answers& answers, bool must) {
  Table table{"", {}, {}};
  if (part.rows_max > 1) {
    for (const auto& field : part.fields) table.head.push_back(field.title);
    for (const auto& row : answers.rows) {
      auto& cells = table.rows.emplace_back();
      for (const auto& field : part.fields) cells.push_back(answer_of(field, row, must));
    }
    return table;
  }
  table.head = {"Asked", "Answered"};
  const auto row = answers.rows.empty() ? assessment::Row{} : answers.rows.front();
  for (const auto& field : part.fields) {
    const auto title = field.id == "words" && part.fields.size() == 1 ? part.title : field.title;
    table.rows.push_back({title, answer_of(field, row, must)});
  }
  return table;
}

void add_evidence(const Part& part, const Answers& answers, bool must, Document& document) {
  if (part.evidence.empty()) return;
  if (answers.evidence.empty()) {
    const auto* words =
        must ? "No evidence is attached, though some is needed." : "No evidence is attached.";
    document.blocks.emplace_back(Paragraph{words});
    return;
  }
  Table table{"Evidence: " + part.title, {"kind", "title", "SHA-256"}, {}};
  for (const auto& piece : answers.evidence) {
    table.rows.push_back({plain(piece.kind), piece.title, base::to_hex(piece.sha256)});
  }
  document.blocks.emplace_back(std::move(table));
}

void add_part(const Part& part, const assessment::Paper& paper, Document& document) {
  document.blocks.emplace_back(
      Heading{2, fmt::format("{} (paragraph {})", part.title, part.paragraph)});
  const auto found = paper.parts.find(part.id);
  const bool must = part.presence == Presence::needed;
  if (found == paper.parts.end()) {
    document.blocks.emplace_back(Paragraph{std::string(must ? not_answered : left_empty)});
    return;
  }
  const auto& answers = found->second;
  if (!answers.rows.empty()) {
    document.blocks.emplace_back(answers_table(part, answers, must));
  } else {
    document.blocks.emplace_back(Paragraph{std::string(not_answered)});
  }
  add_evidence(part, answers, must, document);
}

Table site_table(const SiteFile& file) {
  const auto& about = file.site.about;
  return {"The site",
          {"item", "as recorded"},
          {{"site", about.name + " (" + about.id.text() + ")"},
           {"position",
            fmt::format("{:.6f}, {:.6f}", about.position.latitude, about.position.longitude)},
           {"stage", plain(name(file.site.stage))},
           {"path", plain(name(file.site.path))},
           {"category", plain(about.grounds.category)},
           {"need", about.grounds.need},
           {"cameras", std::to_string(file.cameras.size())}}};
}

// What is in force; where nothing is, the newest draft. Nothing: nobody wrote any.
const PaperRecord* to_print(const Guidance& guidance, const SiteFile& file, std::string_view form) {
  const auto* whole = estate::in_force(guidance, file.papers, form);
  return whole ? whole : latest(file, form);
}

// A draft says that it is one; and a later draft, that it counts for nothing, is said of a whole
// version.
void add_standing(const SiteFile& file, const Form& form, const PaperRecord& paper,
                  Document& document) {
  if (!assessment::lacks(form, paper.paper).empty()) {
    document.blocks.emplace_back(Paragraph{
        "A draft: it is not whole, and nothing is decided on it. No version of it is in force."});
    return;
  }
  const auto* newest = latest(file, form.id);
  if (newest->number == paper.number) return;
  document.blocks.emplace_back(Paragraph{fmt::format(
      "This version is in force. Version {}, of {}, is a draft: it is not whole, and counts for "
      "nothing until it is.",
      newest->version, base::format_day(base::day_of(newest->at)))});
}

// The advice on the paper, in full: section 7 of an impact assessment. Advice that is older than
// the paper was given on another version, which is said.
void add_advice(const Guidance& guidance, const SiteFile& file, const PaperRecord& paper,
                Document& document) {
  for (const auto form_id : advice_forms) {
    const auto* form = guidance.form(form_id);
    if (!form) continue;
    const auto* advice = to_print(guidance, file, form_id);
    if (!advice) {
      document.blocks.emplace_back(Heading{2, form->title});
      document.blocks.emplace_back(Paragraph{"Nobody has advised yet."});
      continue;
    }
    for (const auto& part : form->parts) add_part(part, advice->paper, document);
    add_standing(file, *form, *advice, document);
    if (advice->number < paper.number) {
      document.blocks.emplace_back(Paragraph{
          "This advice is older than the version that is printed here: it was on an earlier one."});
    }
  }
}

void add_lacks(const Form& form, const assessment::Paper& paper, Document& document) {
  const auto lacks = assessment::lacks(form, paper);
  document.blocks.emplace_back(Heading{2, "Whether it is whole"});
  if (lacks.empty()) {
    document.blocks.emplace_back(Paragraph{"It has everything that the guidance asks for."});
    return;
  }
  Table table{"What is missing", {"part", "field", "why"}, {}};
  for (const auto& lack : lacks) {
    const auto* part = form.part(lack.part);
    std::string field;
    if (part) {
      const auto found = std::ranges::find(part->fields, lack.field, &Field::id);
      if (found != part->fields.end()) field = found->title;
    }
    table.rows.push_back({part ? part->title : lack.part, field, lack.why});
  }
  document.blocks.emplace_back(std::move(table));
}

// Who wrote, who advised, who assessed and decided: each with the time and the record of the log.
Table signatures(const SiteFile& file, const estate::PaperRecord& printed, const NameOf& name_of) {
  Table table{"Who stands for it", {"what", "who", "when", "record in the log"}, {}};
  const auto add = [&](std::string what, const base::PersonId& by, base::UtcTime at,
                       std::uint64_t receipt) {
    table.rows.push_back({std::move(what), name_of(by) + " (" + by.text() + ")",
                          base::format_utc(at), std::to_string(receipt)});
  };
  for (const auto& paper : file.papers) {
    const auto version = " version " + std::to_string(paper.version);
    if (paper.paper.form == printed.paper.form)
      add("wrote" + version, paper.by, paper.at, paper.receipt);
    if (std::ranges::find(advice_forms, paper.paper.form) != std::end(advice_forms)) {
      add("advised (" + plain(paper.paper.form) + version + ")", paper.by, paper.at, paper.receipt);
    }
  }
  using estate::Step;
  for (const auto& step : file.steps) {
    const bool signs = step.step == Step::assess || step.step == Step::decide ||
                       step.step == Step::refuse || step.step == Step::approve;
    const auto* of_which = step.at < printed.at ? " (an earlier version)" : "";
    if (signs) add(plain(name(step.step)) + of_which, step.by, step.at, step.receipt);
  }
  return table;
}

}  // namespace

Result<Document> printed(const Guidance& guidance, const SiteFile& file, std::string_view form_id,
                         const NameOf& name_of) {
  const auto* form = guidance.form(form_id);
  if (!form) return fail(ErrorCode::invalid_input, "there is no such form");
  const auto* paper = to_print(guidance, file, form_id);
  if (!paper) return fail(ErrorCode::not_found, "nobody has written this paper for the site");
  Document document{form->title + ": " + file.site.about.name, {}};
  document.blocks.emplace_back(Paragraph{fmt::format(
      "Version {}, written on {}, after the {}. It says where cameras stand: for the file, and not "
      "for release.",
      paper->version, base::format_day(base::day_of(paper->at)), guidance.title())});
  add_standing(file, *form, *paper, document);
  document.blocks.emplace_back(site_table(file));
  for (const auto& part : form->parts) add_part(part, paper->paper, document);
  if (form_id == "impact") add_advice(guidance, file, *paper, document);
  add_lacks(*form, paper->paper, document);
  document.blocks.emplace_back(signatures(file, *paper, name_of));
  return document;
}

}  // namespace regmark::accountability
