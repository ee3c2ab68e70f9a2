#include "access/json/request.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "base/words.h"

namespace regmark::access {
namespace {

using Json = nlohmann::json;

// Thrown and caught here only, beside nlohmann's own exceptions.
struct Wrong {
  std::string what;
};

void check_members(const Json& json, std::initializer_list<std::string_view> members) {
  if (!json.is_object()) throw Wrong{"an object is wanted"};
  for (const auto& [member, value] : json.items()) {
    if (std::ranges::find(members, member) == members.end()) {
      throw Wrong{"unknown member '" + member + "'"};
    }
  }
}

template <typename T>
T value_or_throw(Result<T> result, std::string_view member) {
  if (!result) throw Wrong{"'" + std::string(member) + "': " + result.error().message};
  return *std::move(result);
}

std::string text(const Json& json, const char* member) {
  return json.value(member, std::string());
}

template <typename Id>
Id id(const Json& json, const char* member, const char* otherwise) {
  return value_or_throw(Id::parse(json.value(member, std::string(otherwise))), member);
}

base::UtcTime time(const Json& json, const char* member) {
  return value_or_throw(base::parse_utc(text(json, member)), member);
}

Act act(const Json& json) {
  const auto found = act_of(text(json, "act"));
  if (!found) throw Wrong{"'act' is none that can be asked for"};
  return *found;
}

std::vector<base::OrganisationId> organisations(const Json& json, const char* member) {
  std::vector<base::OrganisationId> ids;
  for (const auto& one : json.value(member, Json::array())) {
    ids.push_back(value_or_throw(base::OrganisationId::parse(one.get<std::string>()), member));
  }
  return ids;
}

Person person_of(const Json& json) {
  check_members(json, {"id", "organisation", "part_of", "parts", "roles", "rank", "training"});
  Person person{.id = id<base::PersonId>(json, "id", "person"),
                .organisation = id<base::OrganisationId>(json, "organisation", "force"),
                .rank = text(json, "rank")};
  person.part_of = organisations(json, "part_of");
  person.parts = organisations(json, "parts");
  for (const auto& word : json.value("roles", Json::array())) {
    const auto role = role_of(word.get<std::string>());
    if (!role) throw Wrong{"'roles' names one that is none"};
    person.roles.push_back(*role);
  }
  for (const auto& one : json.value("training", Json::array())) {
    check_members(one, {"course", "until"});
    person.training.push_back({text(one, "course"), time(one, "until")});
  }
  return person;
}

Purpose purpose_of(const Json& json) {
  check_members(json, {"category", "reason", "reference", "for_whom"});
  return {text(json, "category"), text(json, "reason"), text(json, "reference"),
          text(json, "for_whom")};
}

// "from" and "until", or "age_days" before `now` and, from there, "window_days" (1, or all of it).
std::optional<Window> window_of(const Json& json, base::UtcTime now) {
  if (json.contains("from")) return Window{time(json, "from"), time(json, "until")};
  if (!json.contains("age_days")) return std::nullopt;
  const auto age = json.at("age_days").get<double>();
  const auto length = json.value("window_days", std::min(1.0, age));
  const auto days = [](double count) {
    if (!(count >= 0 && count <= 36'500)) throw Wrong{"days are 0 to 36,500"};
    return std::chrono::microseconds(static_cast<std::int64_t>(count * 86'400e6));
  };
  const auto from = now - days(age);
  return Window{from, from + days(length)};
}

Fields fields_of(const Json& json) {
  if (!json.contains("fields")) return {};
  auto fields = no_fields;
  for (const auto& word : json.at("fields")) {
    const auto text = word.get<std::string>();
    if (text != "place" && text != "vehicle" && text != "pictures") {
      throw Wrong{"'fields' are place, vehicle and pictures"};
    }
    fields.place |= text == "place";
    fields.vehicle |= text == "vehicle";
    fields.pictures |= text == "pictures";
  }
  return fields;
}

Scope scope_of(const Json& json, base::UtcTime now) {
  check_members(json, {"plate", "cameras", "area", "from", "until", "age_days", "window_days",
                       "rows", "fields", "subject"});
  Scope scope{.plate = text(json, "plate"),
              .window = window_of(json, now),
              .rows_max = json.value("rows", std::size_t{0}),
              .fields = fields_of(json),
              .subject = text(json, "subject")};
  for (const auto& camera : json.value("cameras", Json::array())) {
    scope.cameras.push_back(
        value_or_throw(base::CameraId::parse(camera.get<std::string>()), "cameras"));
  }
  if (json.contains("area")) {
    const auto& area = json.at("area");
    check_members(area, {"latitude", "longitude", "radius_m"});
    const auto centre =
        base::make_position(area.at("latitude").get<double>(), area.at("longitude").get<double>());
    scope.area = base::Area{value_or_throw(centre, "area"), area.at("radius_m").get<double>()};
  }
  return scope;
}

// What is not said is as in the request that stands on it.
Authority authority_of(const Json& json, const Request& request) {
  check_members(json, {"kind", "requester", "organisation", "granted_by", "act", "category",
                       "reference", "scope", "valid_until"});
  Authority given{
      .id = base::AuthorityId::parse("authority-asked-about").value(),
      .kind = text(json, "kind"),
      .requester = id<base::PersonId>(json, "requester", request.person.id.text().c_str()),
      .organisation = id<base::OrganisationId>(json, "organisation",
                                               request.person.organisation.text().c_str()),
      .act = json.contains("act") ? act(json) : request.act,
      .category = json.value("category", request.purpose.category),
      .reference = json.value("reference", request.purpose.reference),
      .scope = json.contains("scope") ? scope_of(json.at("scope"), request.now) : request.scope,
      .valid_until = json.contains("valid_until") ? time(json, "valid_until")
                                                  : request.now + std::chrono::hours(1)};
  if (json.contains("granted_by")) given.granted_by = id<base::PersonId>(json, "granted_by", "");
  return given;
}

HeldFor held_for_of(const Json& json, const Person& person) {
  check_members(json, {"reference", "organisation"});
  return {text(json, "reference"),
          id<base::OrganisationId>(json, "organisation", person.organisation.text().c_str())};
}

Request request_of(const Json& json) {
  check_members(json,
                {"person", "act", "purpose", "scope", "now", "authority", "whom", "held_for"});
  const auto now = json.contains("now")
                       ? time(json, "now")
                       : value_or_throw(base::parse_utc("2026-01-01T00:00:00Z"), "now");
  Request request{.person = person_of(json.value("person", Json::object())),
                  .act = act(json),
                  .purpose = purpose_of(json.value("purpose", Json::object())),
                  .scope = scope_of(json.value("scope", Json::object()), now),
                  .now = now};
  if (json.contains("authority")) request.authority = authority_of(json.at("authority"), request);
  if (json.contains("held_for")) {
    request.held_for = held_for_of(json.at("held_for"), request.person);
  }
  if (json.contains("whom")) request.whom = id<base::PersonId>(json, "whom", "");
  return request;
}

// Runs `read` on the parsed text; what it throws becomes an error.
template <typename Read>
auto reading(std::string_view text, const Read& read) -> Result<decltype(read(Json()))> {
  if (text.size() > request_file_size_max) {
    return fail(ErrorCode::invalid_input, "at most 1 MiB");
  }
  const auto json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return fail(ErrorCode::invalid_input, "no JSON");
  try {
    return read(json);
  } catch (const Wrong& wrong) {
    return fail(ErrorCode::invalid_input, wrong.what);
  } catch (const Json::exception& wrong) {
    return fail(ErrorCode::invalid_input, wrong.what());
  }
}

PolicyCase case_of(const Json& json, const Json& defaults) {
  check_members(json, {"name", "request", "expect", "rules"});
  auto request = defaults;
  request.merge_patch(json.at("request"));
  const auto expect = text(json, "expect");
  if (expect != "permitted" && expect != "refused") {
    throw Wrong{"'expect' is permitted or refused"};
  }
  return {text(json, "name"), request_of(request), expect == "permitted",
          json.value("rules", std::vector<std::string>())};
}

}  // namespace

Result<Request> read_request(std::string_view json) {
  return reading(json, request_of);
}

Result<std::vector<PolicyCase>> read_cases(std::string_view json) {
  return reading(json, [](const Json& file) {
    check_members(file, {"about", "defaults", "cases"});
    const auto defaults = file.value("defaults", Json::object());
    std::vector<PolicyCase> cases;
    for (const auto& one : file.at("cases")) {
      try {
        cases.push_back(case_of(one, defaults));
      } catch (const Wrong& wrong) {
        throw Wrong{"case '" + one.value("name", std::string()) + "': " + wrong.what};
      }
    }
    return cases;
  });
}

std::string try_case(const Policy& policy, const PolicyCase& one) {
  const auto decision = decide(policy, one.request);
  const auto* refusal = std::get_if<Refusal>(&decision);
  if ((refusal == nullptr) != one.permitted) {
    return refusal == nullptr
               ? "was permitted by " + base::joined(std::get<Permit>(decision).rules())
               : "was refused: " + base::joined(refusal->reasons);
  }
  const auto& rules = refusal == nullptr ? std::get<Permit>(decision).rules() : refusal->rules;
  if (!one.rules.empty() && rules != one.rules) {
    return "was decided by " + (rules.empty() ? "no rule" : base::joined(rules)) + ", not " +
           base::joined(one.rules);
  }
  return {};
}

}  // namespace regmark::access
