#include "desk/export_evidence.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/words.h"
#include "desk/ask.h"
#include "desk/find_sightings.h"
#include "desk/note_search.h"
#include "evidence/bundle.h"

namespace regmark::desk {
namespace {

using audit::Receipt;

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

// The record with this id, if there is one.
template <typename Record, typename Id>
std::optional<Record> record_of(const std::vector<Record>& records, const std::optional<Id>& id) {
  if (!id) return std::nullopt;
  const auto found =
      std::ranges::find_if(records, [&](const Record& record) { return record.about.id == *id; });
  return found == records.end() ? std::nullopt : std::optional(*found);
}

Result<std::vector<evidence::Camera>> cameras_of(const Desk& desk, const Receipt& receipt,
                                                 const std::vector<plate::Read>& reads) {
  REGMARK_ASSIGN(const auto cameras, desk.estate.cameras(receipt));
  REGMARK_ASSIGN(const auto sites, desk.estate.sites(receipt));
  REGMARK_ASSIGN(const auto deployments, desk.estate.deployments(receipt));
  std::vector<evidence::Camera> found;
  for (const auto& camera : cameras) {
    const auto saw = [&](const plate::Read& read) { return read.camera == camera.about.id; };
    if (std::ranges::none_of(reads, saw)) continue;
    found.push_back({camera, record_of(sites, camera.about.site),
                     record_of(deployments, camera.about.deployment)});
    REGMARK_ASSIGN(auto book, desk.camera_book.entries(receipt, std::span(&camera.about.id, 1)));
    std::erase_if(book, [](const estate::BookRecord& record) {
      return record.is_replaced || record.entry.kind != estate::BookKind::clock_test;
    });
    found.back().clock_tests = std::move(book);
  }
  return found;
}

// What was given away, on record before it goes.
Result<std::uint64_t> record_sealing(const Desk& desk, const Receipt& receipt,
                                     const evidence::File& manifest) {
  const nlohmann::json details{
      {"receipt", receipt.number()},
      {"sha256", base::to_hex(base::sha256(base::as_bytes(manifest.bytes)))}};
  return desk.log.record(
      audit::Event{{.operation = audit::Operation::disclosure,
                    .act = std::string(access::name(access::Act::export_evidence)),
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
  REGMARK_ASSIGN(auto files, evidence::files_of(contents));
  REGMARK_ASSIGN(const auto sealing, record_sealing(desk, receipt, files.back()));
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

}  // namespace regmark::desk
