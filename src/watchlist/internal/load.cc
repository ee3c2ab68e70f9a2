#include "watchlist/internal/load.h"

namespace regmark::watchlist::internal {
namespace {

std::vector<IndexedList> indexed(const std::vector<StoredList>& lists) {
  std::vector<IndexedList> made;
  made.reserve(lists.size());
  for (const auto& list : lists) {
    made.push_back({list.number, list.record.about, list.record.imported_at});
  }
  return made;
}

// Reads a list's active entries into a snapshot that is being built.
Result<void> load_entries(records::Transaction& transaction, std::int64_t list,
                          SnapshotBuilder& builder) {
  IndexedPage page;
  do {
    REGMARK_ASSIGN(page, next_page(transaction, list, page));
    for (const auto& entry : page.entries) builder.add(list, entry);
  } while (!page.entries.empty());
  return {};
}

Result<std::size_t> count_indexed(records::Transaction& transaction, std::int64_t list) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT COUNT(*) FROM watch_entries WHERE list = ?1 AND state = 0", {list}));
  return static_cast<std::size_t>(rows.front().integer(0));
}

}  // namespace

Result<std::shared_ptr<Snapshot>> load_all(records::Transaction& transaction) {
  REGMARK_ASSIGN(const auto lists, all_lists(transaction));
  std::size_t count = 0;
  for (const auto& list : lists) {
    REGMARK_ASSIGN(const auto more, count_indexed(transaction, list.number));
    count += more;
  }
  SnapshotBuilder builder(indexed(lists), count);
  for (const auto& list : lists) REGMARK_TRY(load_entries(transaction, list.number, builder));
  return std::move(builder).build();
}

Result<std::shared_ptr<Snapshot>> load_list(records::Transaction& transaction, std::int64_t list,
                                            const Snapshot& before) {
  REGMARK_ASSIGN(const auto lists, all_lists(transaction));
  REGMARK_ASSIGN(const auto count, count_indexed(transaction, list));
  SnapshotBuilder builder(indexed(lists), before.size() + count);
  builder.copy(before, list);
  REGMARK_TRY(load_entries(transaction, list, builder));
  return std::move(builder).build();
}

}  // namespace regmark::watchlist::internal
