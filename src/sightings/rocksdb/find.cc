// Questions under a receipt: pages of reads, one read, one picture.
#include <algorithm>

#include "sightings/rocksdb/held.h"
#include "sightings/rocksdb/rocks_store.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Limits;
using internal::PageToken;

// Where the question goes on, and how many rows its receipt has given.
struct Start {
  std::optional<Pass> before;
  std::uint64_t rows_given = 0;
};

Result<Start> start_of(const base::Key& token_key, const audit::Receipt& receipt,
                       const Query& query) {
  if (query.after.empty()) return Start{};
  REGMARK_ASSIGN(const auto token, internal::read_token(query.after, token_key));
  if (token.question != internal::digest_of(query)) {
    return fail(ErrorCode::invalid_input, "the page goes on from another question");
  }
  // Each receipt stands for a permit of its own in the log, with rows of its own.
  return Start{token.last, token.receipt == receipt.number() ? token.rows_given : 0};
}

tl::unexpected<Error> nothing_shown() {
  return fail(ErrorCode::not_found, "there is no such sighting, or the permit does not cover it");
}

}  // namespace

Result<Page> RocksStore::page_of(const base::Key& token_key, const audit::Receipt& receipt,
                                 const Query& query, const Look& look) const {
  REGMARK_ASSIGN(const auto start, start_of(token_key, receipt, query));
  const auto rows_max = receipt.permit().scope().rows_max;
  const auto left = rows_max > start.rows_given ? rows_max - start.rows_given : 0;
  const auto rows = std::min<std::uint64_t>(query.rows, left);
  Page page;
  if (rows == 0) return page;
  // One more than asked for says whether there is another page.
  REGMARK_ASSIGN(auto looked, look(start.before, rows + 1));
  auto& found = looked.found;
  const bool more = found.size() > rows;
  if (more) found.erase(found.begin() + static_cast<std::ptrdiff_t>(rows), found.end());
  for (auto& one : found) page.reads.push_back(std::move(one.row.read));
  const auto given = start.rows_given + page.reads.size();
  if ((more || looked.stopped_at) && given < rows_max) {
    page.next = internal::write_token({.last = more ? found.back().pass : *looked.stopped_at,
                                       .receipt = receipt.number(),
                                       .rows_given = given,
                                       .question = internal::digest_of(query)},
                                      token_key);
  }
  return page;
}

Result<Page> RocksStore::find(const audit::Receipt& receipt, const Query& query) const {
  REGMARK_TRY(internal::check_receipt(receipt, access::Act::search_sightings, clock_.now()));
  if (query.rows == 0 || query.rows > page_rows_max) {
    return fail(ErrorCode::invalid_input,
                "a page has 1 to " + std::to_string(page_rows_max) + " rows");
  }
  const auto& scope = receipt.permit().scope();
  REGMARK_ASSIGN(const auto limits, internal::limits_of(scope, query));
  REGMARK_ASSIGN(const auto contents, use());
  if (!scope.subject.empty()) {
    const auto hold = base::HoldId::parse(scope.subject);
    if (!hold) return Page{};
    return page_of(contents->token_key(), receipt, query,
                   [&](std::optional<Pass> before, std::size_t) -> Result<Looked> {
                     Looked looked;
                     REGMARK_TRY(each_held(*contents, *hold, [&](HeldRead held) -> Result<void> {
                       const bool old_enough = !before || held.pass < *before;
                       if (old_enough && limits.covers(held.row.read)) {
                         looked.found.push_back({held.pass, std::move(held.row)});
                       }
                       return {};
                     }));
                     std::ranges::sort(looked.found, std::ranges::greater{}, &Found::pass);
                     return looked;
                   });
  }
  return page_of(contents->token_key(), receipt, query,
                 [&](std::optional<Pass> before, std::size_t wanted) -> Result<Looked> {
                   Finder finder(*contents, limits, oldest(), before);
                   REGMARK_ASSIGN(auto found, finder.look(wanted));
                   return Looked{std::move(found), finder.stopped_at()};
                 });
}

Result<std::optional<RocksStore::Shown>> RocksStore::shown_if_held(const Use& contents,
                                                                   const Limits& limits,
                                                                   const plate::ReadId& id) {
  REGMARK_ASSIGN(auto copies, held_of(*contents, id));
  for (auto& copy : copies) {
    if (!limits.covers(copy.row.read)) continue;
    auto read = copy.row.read;
    return Shown{
        std::move(read),
        [&contents, copy = std::move(copy)](plate::PictureKind kind) -> Result<base::Bytes> {
          const auto& pictures = copy.row.read.pictures;
          const auto named = std::ranges::find(pictures, kind, &plate::PictureName::kind);
          const auto at = static_cast<std::size_t>(named - pictures.begin());
          if (named == pictures.end() || copy.row.places[at].pack == 0) {
            return nothing_shown();
          }
          return held_picture(*contents, copy, kind);
        }};
  }
  return std::nullopt;
}

Result<RocksStore::Shown> RocksStore::shown(const Use& contents, const audit::Receipt& receipt,
                                            const plate::ReadId& id) const {
  const auto act = receipt.permit().act() == access::Act::watch_alerts
                       ? access::Act::watch_alerts
                       : access::Act::search_sightings;
  REGMARK_TRY(internal::check_receipt(receipt, act, clock_.now()));
  const auto& scope = receipt.permit().scope();
  if (scope.subject != id.text()) {
    return fail(ErrorCode::invalid_input, "the receipt is for another sighting");
  }
  REGMARK_ASSIGN(const auto limits, internal::limits_of(scope));
  REGMARK_ASSIGN(auto stored, find_by_id(*contents, id));
  if (stored && stored->use->slice().day >= oldest() && limits.covers(stored->row.read)) {
    auto read = stored->row.read;
    return Shown{
        std::move(read),
        [&contents, stored = *std::move(stored)](plate::PictureKind kind) -> Result<base::Bytes> {
          const auto& slice = stored.use->slice();
          const auto& pictures = stored.row.read.pictures;
          const auto named = std::ranges::find(pictures, kind, &plate::PictureName::kind);
          const auto at = static_cast<std::size_t>(named - pictures.begin());
          if (named == pictures.end() || stored.row.places[at].pack == 0 ||
              !slice.record().keeps_pictures()) {
            return nothing_shown();
          }
          return read_picture(*contents, slice, stored.row, at);
        }};
  }
  REGMARK_ASSIGN(auto held, shown_if_held(contents, limits, id));
  if (!held) return nothing_shown();
  return *std::move(held);
}

Result<plate::Read> RocksStore::read(const audit::Receipt& receipt, const plate::ReadId& id) const {
  REGMARK_ASSIGN(const auto contents, use());
  REGMARK_ASSIGN(auto found, shown(contents, receipt, id));
  return std::move(found.read);
}

Result<base::Bytes> RocksStore::picture(const audit::Receipt& receipt, const plate::ReadId& id,
                                        plate::PictureKind kind) const {
  REGMARK_ASSIGN(const auto contents, use());
  REGMARK_ASSIGN(const auto found, shown(contents, receipt, id));
  return found.picture(kind);
}

}  // namespace regmark::sightings::rocks
