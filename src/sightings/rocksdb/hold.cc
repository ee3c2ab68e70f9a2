// Marking what is held for a case.
#include "base/check.h"
#include "base/crash_point.h"
#include "sightings/rocksdb/held.h"
#include "sightings/rocksdb/rocks_store.h"

namespace regmark::sightings::rocks {
namespace {

// Rows that are in memory at once while they are counted.
constexpr std::size_t looked_at_once = 5'000;
constexpr int hold_tries_max = 100;  // as often as it may move: a slice is dropped once a minute

enum class Copied : std::uint8_t { all, some_moved };

// What stands for minutes is copied at once: a backup, which has no key to it, has the copy.
Result<Copied> copy_short(const Contents& contents, const std::vector<Pass>& passes,
                          const base::HoldId& hold) {
  rocksdb::WriteBatch batch;
  const auto write = [&]() -> Result<void> {
    if (batch.Count() == 0) return {};
    REGMARK_TRY(contents.engine().write(batch));
    batch.Clear();
    base::crash_point("sightings.hold.some_copied");
    return {};
  };
  auto copied = Copied::all;
  for (const auto& pass : passes) {
    if (!is_short(pass) || has_held(contents, hold, pass)) continue;
    const auto slice = contents.slice_of(pass);
    REGMARK_ASSIGN(const auto use, slice ? SliceUse::take(contents, slice->number) : nullptr);
    const auto still = use ? contents.engine().get(Space::passes, pass_key(slice->number, pass))
                           : Result<std::optional<std::string>>();
    // It may have been moved to its day since it was found: it is to be found there.
    if (still && !still->has_value()) {
      copied = Copied::some_moved;
      continue;
    }
    REGMARK_TRY(copy_held_read(contents, *slice, {pass, hold}, Pictures::copied, batch));
    if (batch.GetDataSize() >= copies_size) REGMARK_TRY(write());
  }
  REGMARK_TRY(write());
  return copied;
}

Result<std::uint64_t> count_held(const Contents& contents, const base::HoldId& hold) {
  std::uint64_t count = 0;
  for (const auto& slice : contents.slices()) {
    REGMARK_ASSIGN(const auto marks, marks_of(contents.engine(), slice->number));
    for (const auto& mark : marks) {
      // A slice that lost its pictures has copies of held reads already; they count once.
      if (mark.hold == hold && !has_held(contents, hold, mark.pass)) ++count;
    }
  }
  REGMARK_TRY(each_held(contents, hold, [&](const HeldRead&) -> Result<void> {
    ++count;
    return {};
  }));
  return count;
}

}  // namespace

Result<std::vector<Pass>> RocksStore::passes_to_hold(const audit::Receipt& receipt,
                                                     const Query& query) const {
  const auto& scope = receipt.permit().scope();
  REGMARK_ASSIGN(const auto limits, internal::limits_of(scope, query));
  const auto most = std::min<std::uint64_t>(scope.rows_max, hold_reads_max);
  REGMARK_ASSIGN(const auto contents, use());
  std::vector<Pass> passes;
  std::optional<Pass> before;
  while (true) {
    Finder finder(*contents, limits, oldest(), before);
    REGMARK_ASSIGN(const auto found, finder.look(looked_at_once));
    for (const auto& one : found) passes.push_back(one.pass);
    if (passes.size() > most) {
      return fail(ErrorCode::limit_exceeded,
                  "more than " + std::to_string(most) + " sightings: nothing was held");
    }
    if (found.size() == looked_at_once) {
      before = found.back().pass;
    } else if (finder.stopped_at()) {
      before = finder.stopped_at();
    } else {
      return passes;
    }
  }
}

Result<std::uint64_t> RocksStore::hold(const audit::Receipt& receipt, const base::HoldId& hold,
                                       const Query& query) {
  REGMARK_TRY(audit::check_open(receipt, access::Act::hold_sightings, clock_.now()));
  if (receipt.permit().scope().subject != hold.text()) {
    return fail(ErrorCode::invalid_input, "the receipt is for another hold");
  }
  // What moved meanwhile is looked for anew, where it is now: each moves once.
  for (int tries = 0; tries < hold_tries_max; ++tries) {
    REGMARK_ASSIGN(const auto held, hold_once(receipt, hold, query));
    if (held) return *held;
  }
  return fail(ErrorCode::unavailable, "what is to be held moves all the time; try again");
}

Result<std::optional<std::uint64_t>> RocksStore::hold_once(const audit::Receipt& receipt,
                                                           const base::HoldId& hold,
                                                           const Query& query) {
  REGMARK_ASSIGN(const auto passes, passes_to_hold(receipt, query));
  const std::lock_guard writing(writing_);
  REGMARK_ASSIGN(const auto contents, use_for_writing());
  REGMARK_ASSIGN(const auto copied, copy_short(*contents, passes, hold));
  if (copied == Copied::some_moved) return std::nullopt;
  rocksdb::WriteBatch batch;
  for (const auto& pass : passes) {
    // What was dropped or erased meanwhile is there no more. A mark on nothing could never be
    // taken away again.
    if (is_short(pass) || !contents->slice_of(pass)) continue;
    REGMARK_ASSIGN(const auto stands, contents->engine().get(Space::passes, pass_key(pass)));
    if (!stands) continue;
    const auto status =
        batch.Put(contents->engine().space(Space::slices), mark_key(pass, hold), {});
    REGMARK_CHECK(status.ok());
  }
  if (batch.Count() > 0) REGMARK_TRY(contents->engine().write(batch));
  base::crash_point("sightings.hold.marked");
  return count_held(*contents, hold);
}

Result<std::uint64_t> RocksStore::release(const audit::Receipt& receipt, const base::HoldId& hold) {
  const bool is_others = receipt.permit().act() == access::Act::release_others_hold;
  REGMARK_TRY(audit::check_open(
      receipt, is_others ? access::Act::release_others_hold : access::Act::review_hold,
      clock_.now()));
  if (receipt.permit().scope().subject != hold.text()) {
    return fail(ErrorCode::invalid_input, "the receipt is for another hold");
  }
  // A drop that is under way may be copying what is released here.
  const std::lock_guard maintaining(maintaining_);
  const std::lock_guard writing(writing_);
  REGMARK_ASSIGN(const auto contents, use_for_writing());
  REGMARK_ASSIGN(const auto count, count_held(*contents, hold));
  rocksdb::WriteBatch batch;
  for (const auto& slice : contents->slices()) {
    REGMARK_ASSIGN(const auto marks, marks_of(contents->engine(), slice->number));
    for (const auto& mark : marks) {
      if (mark.hold != hold) continue;
      const auto key = mark_key(mark.pass, hold);
      REGMARK_CHECK(batch.Delete(contents->engine().space(Space::slices), key).ok());
    }
  }
  REGMARK_TRY(delete_held(*contents, batch, hold));
  if (batch.Count() > 0) REGMARK_TRY(contents->engine().write(batch));
  base::crash_point("sightings.release.deleted");
  REGMARK_TRY(contents->keys().destroy(hold_key_name(hold)));
  return count;
}

}  // namespace regmark::sightings::rocks
