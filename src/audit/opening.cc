#include "audit/opening.h"

#include <nlohmann/json.hpp>

#include "audit/internal/details.h"
#include "audit/internal/journal.h"
#include "audit/internal/tiles.h"
#include "base/encoding.h"
#include "base/files.h"

namespace regmark::audit {
namespace {

using Json = nlohmann::json;

// The office goes on while its folder is read: the newest tiles may be replaced under our hands.
constexpr int tries_max = 10;

Result<Details> details_in(const std::filesystem::path& folder, std::uint64_t number) {
  const auto index = number / tile_width;
  const auto place = number % tile_width;
  auto whole = read_details(folder, index);
  if (whole) return (*whole)[place];
  if (whole.error().code != ErrorCode::not_found) return tl::unexpected<Error>(whole.error());
  REGMARK_ASSIGN(const auto bytes, base::read_file(folder / journal_path(index), journal_size_max));
  auto records = read_journal(bytes, index).records;
  if (place >= records.size()) return fail(ErrorCode::not_found, "there is no such record");
  return std::move(records[place].details);
}

// Details are JSON of our own making; one without a receipt belongs to none.
bool names(const Details& details, std::uint64_t receipt) {
  const auto json = Json::parse(details.json, nullptr, false);
  if (!json.is_object()) return false;
  const auto named = json.find("receipt");
  return named != json.end() && named->is_number_unsigned() &&
         named->get<std::uint64_t>() == receipt;
}

Result<Shown> show_once(const Receipt& receipt, const LogFolder& folder, std::uint64_t number) {
  REGMARK_ASSIGN(auto details, details_in(folder.path, number));
  if (details.is_erased) return fail(ErrorCode::not_found, "the record's details were erased");
  if (number != receipt.number() && !names(details, receipt.number())) {
    return fail(ErrorCode::invalid_input, "the record is not under this receipt");
  }
  REGMARK_ASSIGN(auto proof, prove_entry(folder.path, number, folder.key.key));
  return Shown{std::move(proof),
               to_text(Opening{details.salt, details.at, std::move(details.json)})};
}

}  // namespace

std::string to_text(const Opening& opening) {
  const Json json{{"salt", base::to_hex(opening.salt)},
                  {"at", opening.at.time_since_epoch().count()},
                  {"details", opening.details}};
  return json.dump() + "\n";
}

Result<Opening> read_opening(std::string_view text) {
  const auto wrong = fail(ErrorCode::corrupt, "the opening of a record does not read");
  if (text.size() > opening_size_max) return wrong;
  const auto json = Json::parse(text, nullptr, false);
  if (!json.is_object() || json.size() != 3) return wrong;
  const auto salt = json.value("salt", Json());
  const auto at = json.value("at", Json());
  const auto details = json.value("details", Json());
  if (!salt.is_string() || !at.is_number_integer() || !details.is_string()) return wrong;
  const auto bytes = base::from_hex(salt.get<std::string>());
  Opening opening;
  if (!bytes || bytes->size() != opening.salt.size()) return wrong;
  std::ranges::copy(*bytes, opening.salt.begin());
  opening.at = base::UtcTime{std::chrono::microseconds{at.get<std::int64_t>()}};
  opening.details = details.get<std::string>();
  if (to_text(opening) != text) return wrong;
  return opening;
}

bool opens(const Opening& opening, const Proved& proved) {
  return commitment_of({.number = proved.number,
                        .salt = opening.salt,
                        .at = opening.at,
                        .json = opening.details}) == proved.commitment;
}

Result<Shown> show_record(const Receipt& receipt, const LogFolder& folder, std::uint64_t number) {
  const auto act = receipt.permit().act();
  if (act != access::Act::export_evidence && act != access::Act::export_held) {
    return fail(ErrorCode::invalid_input, "the receipt is for another act");
  }
  for (int left = tries_max; true; --left) {
    auto shown = show_once(receipt, folder, number);
    const bool may_have_moved = !shown && (shown.error().code == ErrorCode::corrupt ||
                                           shown.error().code == ErrorCode::not_found);
    if (!may_have_moved || left == 0) return shown;
  }
}

}  // namespace regmark::audit
