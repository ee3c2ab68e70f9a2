// Questions under a receipt: pages of reads, one read, one picture.
#include <algorithm>
#include <map>

#include "sightings/rocksdb/held.h"
#include "sightings/rocksdb/rocks_store.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Limits;
using internal::PageToken;

// Where the question goes on, and how many rows it has been given.
struct Start {
  std::optional<Pass> before;
  std::uint64_t rows_given = 0;
};

Result<Start> start_of(const base::Key& token_key, const Query& query) {
  if (query.after.empty()) return Start{};
  REGMARK_ASSIGN(const auto token, internal::read_token(query.after, token_key));
  if (token.question != internal::digest_of(query)) {
    return fail(ErrorCode::invalid_input, "the page goes on from another question");
  }
  return Start{token.last, token.rows_given};
}

// Beside a search, an act that sees all that it finds under one receipt.
bool looks_for(access::Act act) {
  return act == access::Act::export_evidence || act == access::Act::answer_subject;
}

// Which of a row's pictures is of this kind, and was kept.
std::optional<std::size_t> kept_picture(const internal::Row& row, plate::PictureKind kind) {
  for (std::size_t at = 0; at < row.places.size(); ++at) {
    if (row.read.pictures[at].kind == kind && row.places[at].pack != 0) return at;
  }
  return std::nullopt;
}

bool is_for_held(access::Act act) {
  return act == access::Act::read_held || act == access::Act::export_held;
}

// The hold that a receipt for what is held is about: what it does not hold, it does not show.
std::optional<base::HoldId> hold_of(const audit::Receipt& receipt) {
  if (!is_for_held(receipt.permit().act())) return std::nullopt;
  auto hold = base::HoldId::parse(receipt.permit().scope().subject);
  return hold ? std::optional(*std::move(hold)) : std::nullopt;
}

tl::unexpected<Error> nothing_shown() {
  return fail(ErrorCode::not_found, "there is no such sighting, or the permit does not cover it");
}

}  // namespace

Result<Page> RocksStore::page_of(const base::Key& token_key, const audit::Receipt& receipt,
                                 const Query& query, const Look& look) const {
  REGMARK_ASSIGN(const auto start, start_of(token_key, query));
  const auto rows_max = receipt.permit().scope().rows_max;
  const auto left = rows_max > start.rows_given ? rows_max - start.rows_given : 0;
  const auto rows = std::min<std::uint64_t>(query.rows, left);
  if (rows == 0) return fail(ErrorCode::limit_exceeded, "the permit's rows have all been given");
  Page page;
  // One more than asked for says whether there is another page.
  REGMARK_ASSIGN(auto looked, look(start.before, rows + 1));
  auto& found = looked.found;
  const bool more = found.size() > rows;
  if (more) found.erase(found.begin() + static_cast<std::ptrdiff_t>(rows), found.end());
  const auto& fields = receipt.permit().scope().fields;
  for (auto& one : found) page.reads.push_back(internal::cut(std::move(one.row.read), fields));
  // Also when this permit gives no more: the next page has one of its own.
  if (more || looked.stopped_at) {
    page.next = internal::write_token({.last = more ? found.back().pass : *looked.stopped_at,
                                       .rows_given = start.rows_given + page.reads.size(),
                                       .question = internal::digest_of(query)},
                                      token_key);
  }
  return page;
}

Result<Page> RocksStore::held_page(const audit::Receipt& receipt, const Query& query) const {
  const auto& scope = receipt.permit().scope();
  const auto hold = hold_of(receipt);
  if (!hold) return fail(ErrorCode::invalid_input, "the receipt names no hold");
  REGMARK_ASSIGN(const auto limits, internal::limits_of(scope, query));
  REGMARK_ASSIGN(const auto contents, use());
  const auto look = [&](std::optional<Pass> before, std::size_t) -> Result<Looked> {
    Looked looked;
    const auto add = [&](HeldRead held) -> Result<void> {
      const bool old_enough = !before || held.pass < *before;
      if (old_enough && limits.covers(held.row.read)) {
        looked.found.push_back({held.pass, std::move(held.row)});
      }
      return {};
    };
    REGMARK_TRY(each_marked(*contents, *hold, {limits.from, limits.until}, add));
    REGMARK_TRY(each_held(*contents, *hold, add));
    std::ranges::sort(looked.found, std::ranges::greater{}, &Found::pass);
    return looked;
  };
  return page_of(contents->token_key(), receipt, query, look);
}

Result<Page> RocksStore::find(const audit::Receipt& receipt, const Query& query) const {
  const auto asked = receipt.permit().act();
  const bool of_hold = is_for_held(asked);
  const bool for_keeper = asked == access::Act::answer_subject;
  REGMARK_TRY(audit::check_open(
      receipt, of_hold || looks_for(asked) ? asked : access::Act::search_sightings, clock_.now()));
  if (query.rows == 0 || query.rows > page_rows_max) {
    return fail(ErrorCode::invalid_input,
                "a page has 1 to " + std::to_string(page_rows_max) + " rows");
  }
  if (of_hold) return held_page(receipt, query);
  const auto& scope = receipt.permit().scope();
  REGMARK_ASSIGN(const auto limits, internal::limits_of(scope, query));
  if (for_keeper && !limits.exact()) {
    return fail(ErrorCode::invalid_input, "a keeper's request is about one plate");
  }
  if (!for_keeper && !scope.subject.empty()) return Page{};
  REGMARK_ASSIGN(const auto contents, use());
  return page_of(contents->token_key(), receipt, query,
                 [&](std::optional<Pass> before, std::size_t wanted) -> Result<Looked> {
                   Finder finder(*contents, limits, oldest(), before);
                   REGMARK_ASSIGN(auto found, finder.look(wanted));
                   return Looked{std::move(found), finder.stopped_at()};
                 });
}

Result<std::size_t> RocksStore::rows_before(const Query& query) const {
  REGMARK_ASSIGN(const auto contents, use());
  REGMARK_ASSIGN(const auto start, start_of(contents->token_key(), query));
  return static_cast<std::size_t>(start.rows_given);
}

// Reads all that they hold: there is no index of its plates, and keepers ask seldom.
Result<HeldReads> RocksStore::held_about(const audit::Receipt& receipt,
                                         std::span<const base::HoldId> holds,
                                         const access::Window& window) const {
  REGMARK_TRY(audit::check_open(receipt, access::Act::answer_subject, clock_.now()));
  auto scope = receipt.permit().scope();
  scope.window = window;
  REGMARK_ASSIGN(const auto limits, internal::limits_of(scope));
  if (!limits.exact()) {
    return fail(ErrorCode::invalid_input, "a keeper's request is about one plate");
  }
  REGMARK_ASSIGN(const auto contents, use());
  std::map<plate::ReadId, plate::Read> found;  // held for two cases, it is one
  const auto add = [&](const HeldRead& held) -> Result<void> {
    const auto& read = held.row.read;
    if (limits.covers(read)) found.try_emplace(read.id, read);
    return {};
  };
  const auto is_theirs = [&](const base::HoldId& hold) {
    return std::ranges::find(holds, hold) != holds.end();
  };
  REGMARK_TRY(
      each_marked(*contents, std::nullopt, window, [&](const HeldRead& held) -> Result<void> {
        return is_theirs(held.hold) ? add(held) : Result<void>{};
      }));
  for (const auto& hold : holds) REGMARK_TRY(each_held(*contents, hold, add));
  HeldReads held;
  for (auto& [id, read] : found) {
    held.reads.push_back(internal::cut(std::move(read), limits.fields));
  }
  std::ranges::sort(held.reads, std::ranges::greater{}, &plate::Read::observed);
  held.is_all = held.reads.size() <= scope.rows_max;
  if (!held.is_all) {
    held.reads.erase(held.reads.begin() + static_cast<std::ptrdiff_t>(scope.rows_max),
                     held.reads.end());
  }
  return held;
}

Result<internal::Limits> RocksStore::limits_for(const audit::Receipt& receipt,
                                                const plate::ReadId& id) const {
  const auto asked = receipt.permit().act();
  const bool is_one = asked == access::Act::search_sightings ||
                      asked == access::Act::watch_alerts || asked == access::Act::check_reads;
  const bool is_known = is_one || is_for_held(asked) || asked == access::Act::export_evidence;
  REGMARK_TRY(
      audit::check_open(receipt, is_known ? asked : access::Act::search_sightings, clock_.now()));
  if (is_one && receipt.permit().scope().subject != id.text()) {
    return fail(ErrorCode::invalid_input, "the receipt is for another sighting");
  }
  return internal::limits_of(receipt.permit().scope());
}

Result<std::optional<StoredRead>> RocksStore::stored(const Contents& contents, const Limits& limits,
                                                     const plate::ReadId& id) const {
  REGMARK_ASSIGN(auto found, find_by_id(contents, id));
  if (found && (!oldest().covers(found->use->slice()) || !limits.covers(found->row.read))) {
    return std::nullopt;
  }
  return found;
}

Result<plate::Read> RocksStore::read(const audit::Receipt& receipt, const plate::ReadId& id) const {
  REGMARK_ASSIGN(const auto limits, limits_for(receipt, id));
  REGMARK_ASSIGN(const auto contents, use());
  const auto hold = hold_of(receipt);
  REGMARK_ASSIGN(auto found, stored(*contents, limits, id));
  if (found && (!hold || is_held(*contents, *hold, found->pass))) {
    return internal::cut(std::move(found->row.read), limits.fields);
  }
  REGMARK_ASSIGN(auto copies, held_of(*contents, id));
  for (auto& copy : copies) {
    if (limits.covers(copy.row.read) && (!hold || copy.hold == *hold)) {
      return internal::cut(std::move(copy.row.read), limits.fields);
    }
  }
  return nothing_shown();
}

Result<base::Bytes> RocksStore::picture(const audit::Receipt& receipt, const plate::ReadId& id,
                                        plate::PictureKind kind) const {
  REGMARK_ASSIGN(const auto limits, limits_for(receipt, id));
  if (!limits.fields.pictures) return nothing_shown();
  REGMARK_ASSIGN(const auto contents, use());
  const auto hold = hold_of(receipt);
  REGMARK_ASSIGN(const auto found, stored(*contents, limits, id));
  if (found && found->use->slice().record().keeps_pictures() &&
      (!hold || is_held(*contents, *hold, found->pass))) {
    if (const auto at = kept_picture(found->row, kind)) {
      return read_picture(*contents, found->use->slice(), found->row, *at);
    }
  }
  REGMARK_ASSIGN(const auto copies, held_of(*contents, id));
  for (const auto& copy : copies) {
    if (limits.covers(copy.row.read) && (!hold || copy.hold == *hold) &&
        kept_picture(copy.row, kind)) {
      return held_picture(*contents, copy, kind);
    }
  }
  return nothing_shown();
}

}  // namespace regmark::sightings::rocks
