#include "evidence/bundle.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "documents/haru/pdf.h"
#include "documents/page.h"
#include "evidence/internal/names.h"
#include "evidence/internal/statement.h"
#include "plate/json/read_json.h"

namespace regmark::evidence {
namespace {

using namespace internal;
using Json = nlohmann::json;

std::string text_of(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string reads_json(const Contents& contents) {
  Json all = Json::array();
  for (const auto& read : contents.reads) {
    auto json = plate::json_of(read);
    json["event"] = read.source_event;  // with the camera's id it gives the read's id
    all.push_back(std::move(json));
  }
  return text_of({{"reads", std::move(all)}});
}

template <typename Place>
Json grounds_json(const Place& place) {
  const auto time = [](const auto& at) { return at ? Json(base::format_utc(*at)) : Json(nullptr); };
  return {{"id", place.about.id.text()},
          {"name", place.about.name},
          {"category", place.about.grounds.category},
          {"need", place.about.grounds.need},
          {"review", base::format_day(place.about.grounds.review)},
          {"author", place.author.text()},
          {"approver", place.approver ? Json(place.approver->text()) : Json(nullptr)},
          {"live_from", time(place.live_from)},
          {"stopped_at", time(place.stopped_at)}};
}

Json test_json(const estate::BookRecord& test) {
  const auto& entry = test.entry;
  Json files = Json::array();
  for (const auto& file : entry.evidence) files.push_back(base::to_hex(file));
  return {{"day", base::format_day(entry.day)},
          {"passed", entry.passed ? Json(*entry.passed) : Json(nullptr)},
          {"milliseconds_ahead", entry.clock_off ? Json(*entry.clock_off) : Json(nullptr)},
          {"words", entry.words},
          {"entered_at", base::format_utc(test.at)},
          {"entered_by", test.by.text()},
          {"record", test.receipt},
          {"evidence_sha256", std::move(files)}};
}

Json stand_json(const estate::Stand& stand) {
  Json json{{"from", base::format_utc(stand.from)},
            {"until", stand.until ? Json(base::format_utc(*stand.until)) : Json(nullptr)}};
  if (stand.site) {
    json["site"] = grounds_json(*stand.site);
    json["site"]["position"] = {{"latitude", stand.site->about.position.latitude},
                                {"longitude", stand.site->about.position.longitude}};
  }
  if (stand.deployment) {
    const auto& about = stand.deployment->about;
    json["deployment"] = grounds_json(*stand.deployment);
    json["deployment"]["from"] = base::format_utc(about.from);
    json["deployment"]["until"] = base::format_utc(about.until);
  }
  return json;
}

std::string cameras_json(const Contents& contents) {
  Json all = Json::array();
  for (const auto& camera : contents.cameras) {
    Json json{{"id", camera.about.about.id.text()}, {"name", camera.about.about.name}};
    json["stood"] = Json::array();
    for (const auto& stand : camera.stands) json["stood"].push_back(stand_json(stand));
    json["clock_tests"] = Json::array();
    for (const auto& test : camera.clock_tests) json["clock_tests"].push_back(test_json(test));
    all.push_back(std::move(json));
  }
  return text_of({{"cameras", std::move(all)}});
}

std::string manifest_of(const std::vector<File>& files) {
  Json all = Json::array();
  for (const auto& file : files) {
    all.push_back({{"name", file.name},
                   {"size", file.bytes.size()},
                   {"sha256", base::to_hex(base::sha256(base::as_bytes(file.bytes)))}});
  }
  return text_of({{"format", format_written}, {"files", std::move(all)}});
}

}  // namespace

Result<std::vector<File>> files_of(const Contents& contents) {
  if (contents.reads.size() > reads_max) {
    return fail(ErrorCode::limit_exceeded,
                "evidence holds at most " + std::to_string(reads_max) + " reads: ask for fewer");
  }
  const auto statement = statement_of(contents);
  REGMARK_ASSIGN(auto paper, documents::pdf_of(statement));
  std::vector<File> files{{std::string(page_name), documents::page_of(statement)},
                          {std::string(paper_name), std::move(paper)},
                          {std::string(reads_name), reads_json(contents)},
                          {std::string(cameras_name), cameras_json(contents)}};
  for (const auto& picture : contents.pictures) {
    files.push_back(
        {picture_name(picture.read, picture.kind), std::string(base::as_text(picture.jpeg))});
  }
  files.push_back({std::string(manifest_name), manifest_of(files)});
  return files;
}

Result<std::string> seal(std::vector<File> files, const Proofs& proofs) {
  files.push_back({std::string(permit_proof_name), proofs.permit.proof});
  files.push_back({std::string(permit_opening_name), proofs.permit.opening});
  files.push_back({std::string(sealing_proof_name), proofs.sealing.proof});
  files.push_back({std::string(sealing_opening_name), proofs.sealing.opening});
  files.push_back({std::string(key_name), audit::to_text(proofs.key) + "\n"});
  return write_zip(files);
}

}  // namespace regmark::evidence
