#include "audit/log.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "audit/internal/erasure.h"
#include "audit/internal/leaf.h"
#include "audit/internal/log_files.h"
#include "audit/internal/record_json.h"
#include "base/check.h"
#include "base/crash_point.h"
#include "base/link_tree.h"

namespace regmark::audit {
namespace {

// A record on its way, owned by the thread that waits for it.
struct Waiting {
  Record record;
  std::optional<Result<std::uint64_t>> answer;
};

// Records that are written together. Those who brought them sleep until all of it is done: none is
// woken for a group that is not its own.
struct Group {
  std::vector<Waiting*> waiting;
  std::atomic<bool> is_done{false};
};

// What readers see: replaced whole after each group.
struct Standing {
  std::uint64_t size = 0;
  std::string checkpoint;
};

// Adds records [first, end), of the bundle that these records are, to the entries.
Result<void> add_entries(std::vector<JournalRecord> records, std::uint64_t first, std::uint64_t end,
                         std::vector<Entry>& entries) {
  for (; first < end; ++first) {
    const auto place = first % tile_width;
    if (place >= records.size()) return fail(ErrorCode::corrupt, "the journal is too short");
    auto& [details, bytes] = records[place];
    REGMARK_ASSIGN(auto leaf, decode_leaf(bytes));
    const auto at = details.is_erased ? base::UtcTime{leaf.shown.day} : details.at;
    entries.push_back({first, at, std::move(leaf.shown), std::move(details.json)});
  }
  return {};
}

// Threads that bring records gather in a group; the first of it becomes its leader, and writes for
// all of it when the group before is done, while the next ones gather. A group therefore is as
// large as the disk is slow. It is bounded by the number of threads, each of which waits for its
// one record.
class TileLog final : public Log {
 public:
  TileLog(std::unique_ptr<LogFiles> files, std::filesystem::path folder, const base::Clock& clock)
      : files_(std::move(files)), folder_(std::move(folder)), clock_(clock) {
    show();
  }

  Result<Receipt> record(const access::Permit& permit) override {
    REGMARK_ASSIGN(const auto number, submit({.operation = operation_of(permit.act()),
                                              .act = std::string(access::name(permit.act())),
                                              .day = base::day_of(clock_.now()),
                                              .role = std::string(access::name(permit.role())),
                                              .outcome = "permitted"},
                                             details_of(permit), record_size_max));
    return make(number, permit);
  }

  Result<std::uint64_t> record(const access::Request& request,
                               const access::Refusal& refusal) override {
    const auto& roles = request.person.roles;
    return submit({.operation = Operation::refusal,
                   .act = std::string(access::name(request.act)),
                   .day = base::day_of(clock_.now()),
                   .role = roles.empty() ? "nobody" : std::string(access::name(roles.front())),
                   .outcome = "refused"},
                  details_of(request, refusal), record_size_max);
  }

  Result<std::uint64_t> record(const Receipt& receipt, const Outcome& outcome) override {
    return submit({.operation = Operation::outcome,
                   .act = std::string(access::name(receipt.permit().act())),
                   .day = base::day_of(clock_.now()),
                   .role = std::string(access::name(receipt.permit().role())),
                   .outcome = outcome.result},
                  details_of(receipt, outcome), record_size_max);
  }

  Result<MachineReceipt> record(MachineVerb verb, std::string details) override {
    const bool erases = verb == MachineVerb::drop;
    REGMARK_ASSIGN(const auto number,
                   submit({.operation = erases ? Operation::erasure : Operation::machine,
                           .act = std::string(name(verb)),
                           .day = base::day_of(clock_.now()),
                           .role = "machine",
                           .outcome = "permitted"},
                          std::move(details), event_size_max));
    return make(number, verb);
  }

  Result<std::uint64_t> record(const Event& event) override {
    return submit(event.shown, event.details, event_size_max);
  }

  Result<std::vector<Entry>> read(const Receipt& receipt, std::uint64_t first,
                                  std::size_t count) const override;
  Result<std::uint64_t> erase_details(const MachineReceipt& receipt, base::UtcDay before) override;
  Result<void> snapshot(const MachineReceipt& receipt,
                        const std::filesystem::path& folder) override;

  std::uint64_t size() const override {
    const std::lock_guard lock(mutex_);
    return standing_->size;
  }
  std::string checkpoint() const override {
    const std::lock_guard lock(mutex_);
    return standing_->checkpoint;
  }

 private:
  Result<std::uint64_t> submit(PublicPart shown, std::string json, std::size_t size_max);
  void lead(Group& group);
  void write(std::span<Waiting* const> part);
  // Waits until the files are nobody's, and takes them until the end of the turn.
  class Turn {
   public:
    explicit Turn(TileLog& log) : log_(log) {
      std::unique_lock lock(log_.mutex_);
      log_.turn_ends_.wait(lock, [this] { return !log_.is_taken_; });
      log_.is_taken_ = true;
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
      const std::lock_guard lock(log_.mutex_);
      log_.is_taken_ = false;
      log_.turn_ends_.notify_one();
    }

   private:
    TileLog& log_;
  };
  // Called by whoever has the turn.
  void show() {
    auto standing =
        std::make_shared<const Standing>(Standing{files_->size(), files_->checkpoint()});
    const std::lock_guard lock(mutex_);
    standing_ = std::move(standing);
  }
  std::shared_ptr<const Standing> standing() const {
    const std::lock_guard lock(mutex_);
    return standing_;
  }
  Result<void> read_bundle_of(std::uint64_t size, std::uint64_t first, std::uint64_t end,
                              std::vector<Entry>& entries) const;

  std::unique_ptr<LogFiles> files_;
  const std::filesystem::path folder_;
  const base::Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable turn_ends_;
  bool is_taken_ = false;             // the files, by whoever has the turn
  std::shared_ptr<Group> gathering_;  // none: the next record begins a group
  std::shared_ptr<const Standing> standing_;
};

Result<std::uint64_t> TileLog::submit(PublicPart shown, std::string json, std::size_t size_max) {
  if (json.size() > size_max - sizeof(std::int64_t)) {
    return fail(ErrorCode::limit_exceeded, "the details of a record are too large");
  }
  Waiting waiting;
  auto& details = waiting.record.details;
  details.salt = base::random_bytes<32>();
  details.at = clock_.now();
  details.json = std::move(json);
  REGMARK_ASSIGN(waiting.record.leaf, encode({std::move(shown), commitment_of(details)}));

  std::shared_ptr<Group> group;
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    is_first = gathering_ == nullptr;
    if (is_first) gathering_ = std::make_shared<Group>();
    group = gathering_;
    group->waiting.push_back(&waiting);
  }
  if (is_first) {
    lead(*group);
  } else {
    group->is_done.wait(false);
  }
  return *std::move(waiting.answer);
}

// Writes the group that this thread began, as it is when its turn comes.
void TileLog::lead(Group& group) {
  const Turn turn(*this);
  {
    const std::lock_guard lock(mutex_);
    gathering_ = nullptr;
  }
  for (std::span<Waiting* const> rest = group.waiting; !rest.empty();) {
    const auto part = rest.first(std::min(rest.size(), files_->room()));
    write(part);
    rest = rest.subspan(part.size());
  }
  show();
  group.is_done = true;
  group.is_done.notify_all();
}

// As many as the bundle has room for.
void TileLog::write(std::span<Waiting* const> part) {
  std::vector<Record*> records;
  for (auto* one : part) records.push_back(&one->record);
  const auto done = files_->append(records);
  for (auto* one : part) {
    if (done) {
      one->answer = one->record.details.number;
    } else {
      one->answer = tl::unexpected<Error>(done.error());
    }
  }
}

Result<std::vector<Entry>> TileLog::read(const Receipt& receipt, std::uint64_t first,
                                         std::size_t count) const {
  const auto& permit = receipt.permit();
  if (permit.act() != access::Act::read_audit || clock_.now() >= permit.valid_until()) {
    return fail(ErrorCode::invalid_input, "reading the log wants a fresh receipt for read_audit");
  }
  const auto now = standing();
  std::vector<Entry> entries;
  if (first >= now->size) return entries;
  const auto end = first + std::min<std::uint64_t>({count, entries_max, now->size - first});
  while (first < end) {
    const auto stop = std::min(end, (first / tile_width + 1) * tile_width);
    REGMARK_TRY(read_bundle_of(now->size, first, stop, entries));
    first = stop;
  }
  return entries;
}

// Reads records [first, end), which stand in one bundle.
Result<void> TileLog::read_bundle_of(std::uint64_t size, std::uint64_t first, std::uint64_t end,
                                     std::vector<Entry>& entries) const {
  const auto index = first / tile_width;
  if (index == size / tile_width) {
    const auto bytes = base::read_file(folder_ / journal_path(index), journal_size_max);
    if (bytes) return add_entries(read_journal(*bytes, index).records, first, end, entries);
    // The bundle was filled in the meantime, and its journal removed.
    if (bytes.error().code != ErrorCode::not_found) return tl::unexpected<Error>(bytes.error());
  }
  REGMARK_ASSIGN(const auto bytes, read_entries(folder_, index, tile_width));
  const auto bundle = read_bundle(bytes);
  auto details = read_details(folder_, index);
  if (!details && details.error().code != ErrorCode::not_found) {
    return tl::unexpected<Error>(details.error());
  }
  std::vector<JournalRecord> records(tile_width);
  for (std::size_t i = 0; i < tile_width; ++i) {
    records[i].details.is_erased = true;
    if (details) records[i].details = std::move((*details)[i]);
    records[i].leaf = bundle.entries[i];
  }
  return add_entries(std::move(records), first, end, entries);
}

Result<std::uint64_t> TileLog::erase_details(const MachineReceipt& receipt, base::UtcDay before) {
  REGMARK_TRY(check_verb(receipt, MachineVerb::drop));
  auto shown = erasure_of_details(before, base::day_of(clock_.now()));
  if (erased_before(shown) != before) {
    return fail(ErrorCode::invalid_input, "details cannot be erased up to such a day");
  }
  {
    const Turn turn(*this);
    REGMARK_ASSIGN(const bool is_needed, files_->has_details(before));
    if (!is_needed) return 0;
  }
  // On record before the first of them goes: a folder without them explains itself at any time.
  REGMARK_ASSIGN(const auto number,
                 submit(std::move(shown), "{\"receipt\":" + std::to_string(receipt.number()) + "}",
                        event_size_max));
  base::crash_point("audit.erasure_recorded");
  const Turn turn(*this);
  return files_->erase_details(before, number);
}

// Every file but the journal is replaced, never written into: a link to it stays as it is.
Result<void> TileLog::snapshot(const MachineReceipt& receipt, const std::filesystem::path& folder) {
  REGMARK_TRY(check_verb(receipt, MachineVerb::back_up));
  const Turn turn(*this);
  REGMARK_TRY(base::link_tree(folder_, folder));
  const auto journal = journal_path(files_->size() / tile_width);
  const auto bytes = base::read_file(folder_ / journal, journal_size_max);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return {};  // the bundle is full
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  return base::write_file(folder / journal, *bytes);
}

}  // namespace

Result<std::unique_ptr<Log>> Log::open(const std::filesystem::path& folder,
                                       const base::SigningKey& key, const std::string& origin,
                                       const base::Clock& clock) {
  REGMARK_ASSIGN(auto files, LogFiles::open(folder, key, origin));
  return std::make_unique<TileLog>(std::move(files), folder, clock);
}

}  // namespace regmark::audit
