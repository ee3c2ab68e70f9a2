#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "assessment/paper.h"
#include "base/encoding.h"
#include "base/ids.h"
#include "base/words.h"

namespace regmark::assessment {
namespace {

using Json = nlohmann::json;

tl::unexpected<Error> wrong(std::string what) {
  return fail(ErrorCode::invalid_input, std::move(what));
}

// The member as text; nothing when it is missing or no text.
const std::string* text(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

Result<void> check_members(const Json& object, std::initializer_list<std::string_view> members) {
  if (!object.is_object()) return wrong("an object is wanted");
  for (const auto& [member, value] : object.items()) {
    if (std::ranges::find(members, member) == members.end()) {
      return wrong("a member that is not known");
    }
  }
  return {};
}

// An entry of an empty form that nobody filled in: a kind, and nothing of it.
bool is_left_empty(const Json& json) {
  const auto is_blank = [&](const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() &&
           found->get_ref<const std::string&>().empty();
  };
  return json.is_object() && is_blank("title") && is_blank("sha256");
}

Result<Evidence> evidence_of(const Json& json) {
  REGMARK_TRY(check_members(json, {"kind", "title", "sha256"}));
  const auto* kind = text(json, "kind");
  const auto* title = text(json, "title");
  const auto* sha256 = text(json, "sha256");
  if (!kind || !title || !sha256) return wrong("evidence has a kind, a title and a sha256");
  REGMARK_TRY(base::check_words("the evidence's kind", *kind, title_size_max));
  REGMARK_TRY(base::check_words("the evidence's title", *title, title_size_max));
  REGMARK_ASSIGN(const auto bytes, base::from_hex(*sha256));
  Evidence evidence{*kind, *title, {}};
  if (bytes.size() != evidence.sha256.size()) return wrong("a sha256 has 64 hexadecimal digits");
  std::ranges::copy(bytes, evidence.sha256.begin());
  return evidence;
}

Result<Row> row_of(const Json& json) {
  if (!json.is_object()) return wrong("a row is an object");
  Row row;
  for (const auto& [field, value] : json.items()) {
    if (!base::is_id(field)) return wrong("a field's name is no id");
    const auto* answer = value.get_ptr<const std::string*>();
    if (!answer) return wrong(field + ": an answer is a text");
    REGMARK_TRY(base::check_printable(field, *answer, answer_size_max));
    row.emplace(field, *answer);
  }
  return row;
}

Result<Answers> answers_of(const Json& json) {
  REGMARK_TRY(check_members(json, {"rows", "evidence"}));
  Answers answers;
  const auto rows = json.find("rows");
  if (rows != json.end()) {
    if (!rows->is_array()) return wrong("rows are a list");
    if (rows->size() > rows_most) return fail(ErrorCode::limit_exceeded, "too many rows");
    for (const auto& each : *rows) {
      REGMARK_ASSIGN(auto row, row_of(each));
      answers.rows.push_back(std::move(row));
    }
  }
  const auto evidence = json.find("evidence");
  if (evidence != json.end()) {
    if (!evidence->is_array()) return wrong("evidence is a list");
    if (evidence->size() > evidence_max) {
      return fail(ErrorCode::limit_exceeded, "too much evidence");
    }
    for (const auto& each : *evidence) {
      if (is_left_empty(each)) continue;
      REGMARK_ASSIGN(auto piece, evidence_of(each));
      answers.evidence.push_back(std::move(piece));
    }
  }
  return answers;
}

}  // namespace

std::string_view Paper::answer(const std::string& part, const std::string& field) const {
  const auto answers = parts.find(part);
  if (answers == parts.end() || answers->second.rows.empty()) return {};
  const auto& row = answers->second.rows.front();
  const auto found = row.find(field);
  return found == row.end() ? std::string_view{} : std::string_view(found->second);
}

Result<Paper> parse_paper(std::string_view json) {
  if (json.size() > paper_size_max) {
    return fail(ErrorCode::limit_exceeded, "the paper is longer than 512 KiB");
  }
  const auto parsed = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded()) return wrong("not JSON");
  REGMARK_TRY(check_members(parsed, {"form", "parts"}));
  const auto* form = text(parsed, "form");
  const auto parts = parsed.find("parts");
  if (!form || parts == parsed.end() || !parts->is_object()) {
    return wrong("a paper has a form and parts");
  }
  Paper paper{*form, {}};
  for (const auto& [part, value] : parts->items()) {
    if (!base::is_id(part)) return wrong("a part's name is no id");
    auto answers = answers_of(value);
    if (!answers) {
      // In a form of many parts nobody would find it otherwise.
      return fail(answers.error().code, part + ": " + answers.error().message);
    }
    paper.parts.emplace(part, *std::move(answers));
  }
  return paper;
}

std::string format_paper(const Paper& paper) {
  Json parts = Json::object();
  for (const auto& [part, answers] : paper.parts) {
    Json evidence = Json::array();
    for (const auto& piece : answers.evidence) {
      evidence.push_back(
          {{"kind", piece.kind}, {"title", piece.title}, {"sha256", base::to_hex(piece.sha256)}});
    }
    parts[part] = {{"rows", answers.rows}, {"evidence", std::move(evidence)}};
  }
  const Json json{{"form", paper.form}, {"parts", std::move(parts)}};
  return json.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

}  // namespace regmark::assessment
