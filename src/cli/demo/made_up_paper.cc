#include "cli/demo/made_up_paper.h"

#include <algorithm>
#include <array>

namespace regmark::cli {
namespace {

using assessment::Field;
using assessment::FieldKind;
using assessment::Part;

struct Words {
  std::string_view where, words;
};

// Where a reader looks first. Every place and figure in it is invented.
constexpr std::array<Words, 29> words_of{{
    {"local_crime.words",
     "Farm vehicles and tools are stolen at night; thefts doubled within two years."},
    {"local_crime.vehicle_movements",
     "The vehicles that take them away come and go by this road: there is no other out of the "
     "valley."},
    {"serious_organised_major_crime.words",
     "Two groups that were convicted brought drugs by this road; the same was said of a third."},
    {"specialist_advice.asked", "The regional team for organised crime, in writing."},
    {"specialist_advice.words", "It lies on a route that is used; one camera each way is enough."},
    {"aim.words", "Fewer thefts of vehicles within a year, and a vehicle found in time in most."},
    {"people_affected.words", "Some 1,200 people live in the valley; one farm in four was hit."},
    {"local_views.words",
     "Three meetings: most are for it; a few fear that it will stay for ever."},
    {"other_responses.words", "Patrols at night and marking of tools were tried for six months."},
    {"alternatives.alternative", "Patrols alone"},
    {"alternatives.why_not", "Two officers cover forty miles of road at night."},
    {"balance.words",
     "The harm is real and goes on, less intrusive ways were tried, and few people pass who are "
     "not of the valley: the need outweighs the intrusion while it lasts."},
    {"description.words", "Plates of passing vehicles are read and compared with lists."},
    {"description.data", "Plate, time, place and picture; as long as the national rules allow."},
    {"necessity.lawful_basis", "Law enforcement: Data Protection Act 2018, Part 3."},
    {"description.assets", "Two cameras and a mast, a mobile line, the force's own computers."},
    {"risks.risk", "Somebody looks up a neighbour."},
    {"risks.sources", "A person with a role that may search, out of curiosity or spite."},
    {"risks.impacts", "The neighbour is followed, and never learns of it."},
    {"risks.measures",
     "Every search has a purpose, is recorded, and is reviewed by somebody else."},
    {"advice.words",
     "The measures fit the risks. Look again at the pictures' sharpness in a year."},
    {"stakeholders.who", "The parish council, for those who live there"},
    {"stakeholders.changed", "The cameras look at the road only; no house is in their view."},
    {"decision.words",
     "The need is shown, the advice was followed, and the cameras are no more than it takes."},
    {"need.words", "Thefts fell by a third; two vehicles used for them were found in time."},
    {"aims.words", "By the counts of the records and the crime figures of the year."},
    {"signs.words", "Signs at both ends of the road say that plates are read, by whom and why."},
    {"public_information.words", "The force's web site names the area, and what it is for."},
    {"keys_voided.words", "Tokens void, the line cut, the masts' boxes empty."},
}};

// What an answer is for the paper to be whole without more being asked, and to be one that can be.
constexpr std::array<Words, 12> settled{{
    {"description.many_new_cameras", "no"},
    {"extent.limited", "no"},
    {"existing_cameras.duplicates", "no"},
    {"local_considerations.only_local", "no"},
    {"location_type.type", "major_road"},
    {"impact.location_changed", "no"},
    {"impact.residents_changed", "no"},
    {"impact.transients_changed", "no"},
    {"decision.cameras", "2"},
    {"direction.bearing", "90"},
    {"position.latitude", "53.4"},
    {"position.longitude", "-1.5"},
}};

// Claims that it does not make, and parts that only other answers ask for.
constexpr std::array<std::string_view, 5> left_out{
    "national_security", "crime_prevention", "community_confidence", "regulator", "proportionate"};

template <std::size_t size>
std::string_view found(const std::array<Words, size>& all, std::string_view where) {
  const auto at = std::ranges::find(all, where, &Words::where);
  return at == all.end() ? std::string_view{} : at->words;
}

std::string answer(const Part& part, const Field& field, const MadeUp& about) {
  const auto where = part.id + "." + field.id;
  if (const auto said = about.said.find(where); said != about.said.end()) return said->second;
  if (const auto one = found(settled, where); !one.empty()) return std::string(one);
  switch (field.kind) {
    case FieldKind::choice:
      return field.choices.front();
    case FieldKind::number:
      return "1200";
    case FieldKind::day:
      return base::format_day(about.today);
    case FieldKind::words:
      break;
  }
  const auto words = found(words_of, where);
  return words.empty() ? "Made up. " + field.title + ": as it was found." : std::string(words);
}

assessment::Row row_of(const Part& part, const MadeUp& about) {
  assessment::Row row;
  for (const auto& field : part.fields) {
    const auto where = part.id + "." + field.id;
    if ((field.optional || field.needed_when) && !about.said.contains(where)) continue;
    row[field.id] = answer(part, field, about);
  }
  return row;
}

}  // namespace

Result<assessment::Paper> made_up_paper(const assessment::Form& form, const MadeUp& about) {
  assessment::Paper paper{form.id, {}};
  for (const auto& part : form.parts) {
    const bool is_said = std::ranges::any_of(
        about.said, [&](const auto& one) { return one.first.starts_with(part.id + "."); });
    if (!is_said && std::ranges::find(left_out, part.id) != left_out.end()) continue;
    assessment::Answers answers{{row_of(part, about)}, {}};
    // A row for each camera, where the part is about them.
    if (part.fields.front().id == "camera") {
      const auto row = answers.rows.front();
      answers.rows.clear();
      for (const auto& camera : about.cameras) {
        answers.rows.push_back(row);
        answers.rows.back()["camera"] = camera;
      }
      if (answers.rows.empty()) continue;
    }
    // What the program adds by itself, nobody hands in.
    const auto kind =
        std::ranges::find_if(part.evidence, [](const auto& one) { return one != "records"; });
    if (kind != part.evidence.end()) {
      REGMARK_ASSIGN(const auto sha256, about.evidence(*kind));
      answers.evidence.push_back({*kind, *kind + ".csv", sha256});
    }
    paper.parts[part.id] = std::move(answers);
  }
  return paper;
}

}  // namespace regmark::cli
