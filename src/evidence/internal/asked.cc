#include "evidence/internal/asked.h"

#include <fmt/format.h>

namespace regmark::evidence::internal {
namespace {

using base::format_utc;
using documents::Table;

std::string or_dash(const std::string& text) {
  return text.empty() ? "-" : text;
}

void add_scope(Table& table, const access::Scope& scope) {
  std::string cameras;
  for (const auto& camera : scope.cameras) cameras += (cameras.empty() ? "" : ", ") + camera.text();
  table.rows.push_back({"plate", or_dash(scope.plate)});
  table.rows.push_back({"cameras", cameras.empty() ? "any" : cameras});
  if (scope.area) {
    table.rows.push_back(
        {"area", fmt::format("{:.0f} m around {:.6f}, {:.6f}", scope.area->radius_m,
                             scope.area->centre.latitude, scope.area->centre.longitude)});
  }
  if (!scope.window) return;
  table.rows.push_back({"from", format_utc(scope.window->from)});
  table.rows.push_back({"until", format_utc(scope.window->until)});
}

}  // namespace

std::string named(const Contents& contents, const base::PersonId& id) {
  const auto name = contents.names.find(id);
  return name == contents.names.end() ? id.text() : name->second + " (" + id.text() + ")";
}

Table asked(const Contents& contents) {
  const auto& permit = contents.receipt.permit();
  const auto& purpose = permit.purpose();
  Table table{"Who asked, and what for",
              {"item", "as recorded"},
              {{"record in the log", std::to_string(contents.receipt.number())},
               {"person", named(contents, permit.person().id)},
               {"rank", or_dash(permit.person().rank)},
               {"organisation", permit.person().organisation.text()},
               {"role", std::string(access::name(permit.role()))},
               {"category", purpose.category},
               {"reason", purpose.reason},
               {"reference", purpose.reference},
               {"for whom", purpose.for_whom},
               {"permitted at", format_utc(permit.valid_from())},
               {"policy", permit.policy_version()}}};
  if (permit.act() == access::Act::export_held) {
    table.rows.push_back({"of what is held as", permit.scope().subject});
  }
  add_scope(table, permit.scope());
  return table;
}

Table leave(const Contents& contents) {
  const auto& record = *contents.authority;
  const auto time = [](const auto& at) { return at ? format_utc(*at) : std::string("-"); };
  Table table{"By whose authority",
              {"item", "as recorded"},
              {{"authority", record.id.text()},
               {"kind", record.asked.kind},
               {"given by", record.decided_by ? named(contents, *record.decided_by) : "-"},
               {"rank", or_dash(record.decided_rank)},
               {"given at", time(record.decided_at)},
               {"in the officer's words", or_dash(record.decision)},
               {"for", std::string(access::name(record.asked.act))},
               {"category", record.purpose.category},
               {"reference", record.purpose.reference},
               {"valid until", time(record.valid_until)},
               {"uses", fmt::format("{} of {}", record.uses, record.uses_max)}}};
  if (record.is_oral) {
    table.rows.push_back(
        {"given by word of mouth; confirmed in writing", time(record.confirmed_at)});
  }
  if (record.granted) add_scope(table, *record.granted);
  return table;
}

}  // namespace regmark::evidence::internal
