#include "desk/export_evidence.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/encoding.h"
#include "base/words.h"
#include "desk/ask.h"
#include "desk/find_sightings.h"
#include "desk/note_search.h"
#include "evidence/bundle.h"

namespace regmark::desk {
namespace {

using audit::Receipt;

// Each of two times; a court waits that long for another's word, and an officer too.
constexpr std::chrono::seconds witness_time_max{5};

Result<void> check_statement(std::string_view statement) {
  if (statement.size() > evidence::statement_size_max) {
    return fail(ErrorCode::invalid_input, "the statement is too long");
  }
  while (!statement.empty()) {
    const auto line = statement.substr(0, statement.find('\n'));
    REGMARK_TRY(base::check_printable("the statement", line, evidence::statement_size_max));
    statement.remove_prefix(std::min(line.size() + 1, statement.size()));
  }
  return {};
}

Result<std::vector<plate::Read>> find_all(const Desk& desk, const Receipt& receipt,
                                          sightings::Query query) {
  std::vector<plate::Read> reads;
  query.after.clear();
  do {
    REGMARK_ASSIGN(auto page, desk.store.find(receipt, query));
    std::ranges::move(page.reads, std::back_inserter(reads));
    query.after = std::move(page.next);
  } while (!query.after.empty());
  if (reads.empty()) return fail(ErrorCode::not_found, "nothing was found to export");
  std::ranges::sort(reads, std::ranges::less{}, &plate::Read::observed);
  return reads;
}

Result<std::vector<evidence::Picture>> pictures_of(const Desk& desk, const Receipt& receipt,
                                                   const std::vector<plate::Read>& reads) {
  std::vector<evidence::Picture> pictures;
  for (const auto& read : reads) {
    for (const auto& name : read.pictures) {
      auto jpeg = desk.store.picture(receipt, read.id, name.kind);
      if (!jpeg && jpeg.error().code == ErrorCode::not_found) continue;  // past its retention
      if (!jpeg) return tl::unexpected<Error>(jpeg.error());
      pictures.push_back({read.id, name.kind, *std::move(jpeg)});
    }
  }
  return pictures;
}

// From the first of this camera's reads to the last. Nothing: it has none among these.
std::optional<access::Window> window_of(const std::vector<plate::Read>& reads,
                                        const base::CameraId& camera) {
  std::optional<access::Window> window;
  for (const auto& read : reads) {
    if (read.camera != camera) continue;
    if (!window) window = access::Window{read.observed, read.observed};
    window->from = std::min(window->from, read.observed);
    window->until = std::max(window->until, read.observed);
  }
  if (window) window->until += std::chrono::microseconds{1};
  return window;
}

Result<std::vector<evidence::Camera>> cameras_of(const Desk& desk, const Receipt& receipt,
                                                 const std::vector<plate::Read>& reads) {
  REGMARK_ASSIGN(const auto cameras, desk.estate.cameras(receipt));
  std::vector<evidence::Camera> found;
  for (const auto& camera : cameras) {
    const auto window = window_of(reads, camera.about.id);
    if (!window) continue;
    REGMARK_ASSIGN(auto stands, desk.estate.stands(receipt, camera.about.id, *window));
    REGMARK_ASSIGN(auto book, desk.camera_book.entries(receipt, std::span(&camera.about.id, 1)));
    std::erase_if(book, [](const estate::BookRecord& record) {
      return record.is_replaced || record.entry.kind != estate::BookKind::clock_test;
    });
    found.push_back({camera, std::move(stands), std::move(book)});
  }
  return found;
}

// Everybody whose id the statement says.
std::set<base::PersonId> people_in(const evidence::Contents& contents) {
  std::set<base::PersonId> people{contents.receipt.permit().person().id};
  const auto add = [&](const std::optional<base::PersonId>& person) {
    if (person) people.insert(*person);
  };
  if (contents.authority) add(contents.authority->decided_by);
  for (const auto& camera : contents.cameras) {
    for (const auto& stand : camera.stands) {
      add(stand.site ? stand.site->author : stand.deployment->author);
      add(stand.site ? stand.site->approver : stand.deployment->approver);
    }
    for (const auto& test : camera.clock_tests) add(test.by);
  }
  return people;
}

Result<std::map<base::PersonId, std::string>> names_of(const Desk& desk,
                                                       const evidence::Contents& contents) {
  std::map<base::PersonId, std::string> names;
  for (const auto& person : people_in(contents)) {
    auto name = desk.people.display_name(person);
    if (!name && name.error().code == ErrorCode::not_found) continue;
    if (!name) return tl::unexpected<Error>(name.error());
    names.emplace(person, *std::move(name));
  }
  return names;
}

Result<std::optional<authority::Record>> authority_of(const Desk& desk, const Receipt& receipt) {
  const auto& id = receipt.permit().authority();
  if (!id) return std::nullopt;
  REGMARK_ASSIGN(auto record, desk.authorities.find(*id));
  return record;
}

std::vector<audit::Witnesses::Answer> signed_by(const Desk& desk, std::uint64_t record,
                                                const std::vector<std::string>& only = {}) {
  if (desk.witnesses == nullptr) return {};
  return desk.witnesses->have_signed(record, witness_time_max, only);
}

// Also the record of the sealing, as far as those can be reached who were before.
void have_sealing_signed(const Desk& desk, std::uint64_t sealing,
                         const std::vector<audit::Witnesses::Answer>& before) {
  std::vector<std::string> there;
  for (const auto& one : before) {
    if (one.signed_at) there.push_back(one.name);
  }
  if (!there.empty()) signed_by(desk, sealing, there);
}

// What was given away, on record before it goes.
Result<std::uint64_t> record_sealing(const Desk& desk, const Receipt& receipt,
                                     const evidence::File& manifest) {
  const nlohmann::json details{
      {"receipt", receipt.number()},
      {"sha256", base::to_hex(base::sha256(base::as_bytes(manifest.bytes)))}};
  return desk.log.record(audit::Event{{.operation = audit::Operation::disclosure,
                                       .act = std::string(access::name(receipt.permit().act())),
                                       .day = base::day_of(desk.clock.now()),
                                       .role = std::string(access::name(receipt.permit().role())),
                                       .outcome = "sealed"},
                                      details.dump()});
}

Result<Exported> export_under(const Desk& desk, const Receipt& receipt,
                              const sightings::Query& query, const std::string& statement) {
  REGMARK_TRY(desk.authorities.use(receipt));
  evidence::Contents contents{receipt, {}, {}, {}, statement};
  REGMARK_ASSIGN(contents.reads, find_all(desk, receipt, query));
  // Who looks after searches sees what was given away, too.
  REGMARK_TRY(note_search(desk, receipt, receipt.permit().scope(), contents.reads));
  REGMARK_ASSIGN(contents.pictures, pictures_of(desk, receipt, contents.reads));
  REGMARK_ASSIGN(contents.cameras, cameras_of(desk, receipt, contents.reads));
  REGMARK_ASSIGN(contents.authority, authority_of(desk, receipt));
  REGMARK_ASSIGN(contents.names, names_of(desk, contents));
  contents.witnesses = signed_by(desk, receipt.number());
  REGMARK_ASSIGN(auto files, evidence::files_of(contents));
  REGMARK_ASSIGN(const auto sealing, record_sealing(desk, receipt, files.back()));
  have_sealing_signed(desk, sealing, contents.witnesses);
  REGMARK_ASSIGN(auto permit_shown, show_record(receipt, desk.log_folder, receipt.number()));
  REGMARK_ASSIGN(auto sealing_shown, show_record(receipt, desk.log_folder, sealing));
  REGMARK_ASSIGN(
      auto zip, evidence::seal(std::move(files), {std::move(permit_shown), std::move(sealing_shown),
                                                  desk.log_folder.key}));
  return Exported{std::move(zip), contents.reads.size()};
}

}  // namespace

Result<Answer<Exported>> export_evidence(const Desk& desk, const Asker& asker,
                                         const sightings::Query& query,
                                         const std::string& statement) {
  REGMARK_TRY(check_statement(statement));
  auto whole = query;
  whole.rows = evidence::reads_max;
  return ask(desk, asker, access::Act::export_evidence, scope_of(whole),
             [&](const Receipt& receipt) { return export_under(desk, receipt, whole, statement); });
}

Result<Answer<Exported>> export_held(const Desk& desk, const Asker& asker, const base::HoldId& hold,
                                     const sightings::Query& query, const std::string& statement) {
  REGMARK_TRY(check_statement(statement));
  auto whole = query;
  whole.rows = evidence::reads_max;
  auto scope = scope_of(whole);
  scope.subject = hold.text();
  return ask(desk, asker, access::Act::export_held, std::move(scope),
             [&](const Receipt& receipt) { return export_under(desk, receipt, whole, statement); });
}

}  // namespace regmark::desk
