#include "evidence/check.h"

#include <map>
#include <nlohmann/json.hpp>

#include "audit/cosignature.h"
#include "audit/opening.h"
#include "base/encoding.h"
#include "evidence/internal/names.h"
#include "evidence/zip.h"

namespace regmark::evidence {
namespace {

using namespace internal;
using Json = nlohmann::json;

tl::unexpected<Error> wrong(const std::string& what) {
  return fail(ErrorCode::corrupt, "the evidence does not hold: " + what);
}

std::string sum_of(const std::string& bytes) {
  return base::to_hex(base::sha256(base::as_bytes(bytes)));
}

// The text of a member, or nothing: what a stranger wrote may have any shape.
std::string text_at(const Json& json, const char* name) {
  if (!json.is_object()) return "";
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

const Json& list_at(const Json& json, const char* name) {
  static const Json nothing = Json::array();
  if (!json.is_object()) return nothing;
  const auto found = json.find(name);
  return found != json.end() && found->is_array() ? *found : nothing;
}

class Checker {
 public:
  Checker(std::vector<File> files, audit::VerifierKey key) : key_(std::move(key)) {
    for (auto& file : files) files_.emplace(std::move(file.name), std::move(file.bytes));
  }

  Result<Checked> check() {
    REGMARK_TRY(check_manifest());
    Checked checked;
    checked.key = key_;
    REGMARK_ASSIGN(const auto permit, open(permit_proof_name, permit_opening_name));
    REGMARK_ASSIGN(const auto sealing, open(sealing_proof_name, sealing_opening_name));
    const auto& act = permit.proved.shown.act;
    const bool may = act == "export_evidence" || act == "export_held";
    if (!may || permit.proved.shown.outcome != "permitted") {
      return wrong("its permit is for something else");
    }
    REGMARK_TRY(check_sealing(sealing, permit.proved.number));
    checked.receipt = permit.proved.number;
    checked.sealing = sealing.proved.number;
    checked.permitted_at = permit.opening.at;
    checked.sealed_at = sealing.opening.at;
    checked.permit = permit.opening.details;
    checked.note = sealing.proved.note;
    REGMARK_ASSIGN(checked.witnesses,
                   audit::names_on(checked.note, sealing.proved.checkpoint.origin));
    REGMARK_TRY(check_reads(checked));
    const auto cameras = Json::parse(files_.at(std::string(cameras_name)), nullptr, false);
    checked.cameras = list_at(cameras, "cameras").size();
    return checked;
  }

 private:
  struct Opened {
    audit::Proved proved;
    audit::Opening opening;
  };

  Result<void> check_manifest();
  Result<Opened> open(std::string_view proof_name, std::string_view opening_name) const;
  Result<void> check_sealing(const Opened& sealing, std::uint64_t permit) const;
  Result<void> check_reads(Checked& checked) const;

  audit::VerifierKey key_;
  std::map<std::string, std::string, std::less<>> files_;
};

// What it names is there, whole, and nothing else is but the log's own files.
Result<void> Checker::check_manifest() {
  for (const auto name :
       {page_name, paper_name, reads_name, cameras_name, manifest_name, permit_proof_name,
        permit_opening_name, sealing_proof_name, sealing_opening_name, key_name}) {
    if (!files_.contains(name)) return wrong(std::string(name) + " is missing");
  }
  const auto manifest = Json::parse(files_.at(std::string(manifest_name)), nullptr, false);
  const auto format = manifest.is_object() ? manifest.value("format", Json()) : Json();
  if (format != Json(1) && format != Json(format_written)) {
    return wrong("it is of a format that this program does not know");
  }
  std::size_t named = 0;
  for (const auto& entry : list_at(manifest, "files")) {
    const auto file = files_.find(text_at(entry, "name"));
    if (file == files_.end() || text_at(entry, "sha256") != sum_of(file->second)) {
      return wrong("a file of its manifest is missing or another");
    }
    ++named;
  }
  constexpr std::size_t beside_manifest = 6;  // itself, and what speaks of it
  if (named + beside_manifest != files_.size()) return wrong("it holds files that nobody sealed");
  return {};
}

Result<Checker::Opened> Checker::open(std::string_view proof_name,
                                      std::string_view opening_name) const {
  const auto& name = std::string(proof_name);
  auto proved = audit::check_proof(files_.at(name), key_.key);
  if (!proved) return wrong(name + ": " + proved.error().message);
  auto opening = audit::read_opening(files_.at(std::string(opening_name)));
  if (!opening || !audit::opens(*opening, *proved)) {
    return wrong(std::string(opening_name) + " is not what the log has on record");
  }
  return Opened{*std::move(proved), *std::move(opening)};
}

Result<void> Checker::check_sealing(const Opened& sealing, std::uint64_t permit) const {
  const auto details = Json::parse(sealing.opening.details, nullptr, false);
  if (!details.is_object() || details.value("receipt", Json()) != Json(permit)) {
    return wrong("it was sealed under another permit");
  }
  if (text_at(details, "sha256") != sum_of(files_.at(std::string(manifest_name)))) {
    return wrong("its manifest is not the one that was sealed");
  }
  return {};
}

// The reads are those that they say, and their pictures too. A picture past its retention is
// missing, which is no fault.
Result<void> Checker::check_reads(Checked& checked) const {
  const auto reads = Json::parse(files_.at(std::string(reads_name)), nullptr, false);
  for (const auto& read : list_at(reads, "reads")) {
    ++checked.reads;
    const auto camera = base::CameraId::parse(text_at(read, "camera"));
    const auto id = text_at(read, "id");
    if (!camera || plate::ReadId::of(*camera, text_at(read, "event")).text() != id) {
      return wrong("a read is not the one that its id names");
    }
    for (const auto& picture : list_at(read, "pictures")) {
      const auto file = files_.find(picture_name(id, text_at(picture, "kind")));
      if (file == files_.end()) continue;
      if (sum_of(file->second) != text_at(picture, "sha256")) {
        return wrong("a picture is not the one that its read names");
      }
      ++checked.pictures;
    }
  }
  return {};
}

}  // namespace

Result<Checked> check(std::string_view zip, const std::optional<audit::VerifierKey>& key) {
  REGMARK_ASSIGN(auto files, read_zip(zip));
  auto used = key;
  if (!used) {
    const auto own = std::ranges::find(files, key_name, &File::name);
    if (own == files.end()) return wrong("log/key.vkey is missing");
    auto parsed = audit::parse_verifier_key(own->bytes);
    if (!parsed) return wrong("log/key.vkey does not read");
    used = *std::move(parsed);
  }
  if (used->kind != audit::KeyKind::log) {
    return fail(ErrorCode::invalid_input, "the key is a witness's: the log's own is wanted");
  }
  return Checker(std::move(files), *std::move(used)).check();
}

}  // namespace regmark::evidence
