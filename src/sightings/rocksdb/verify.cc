// Reads everything and checks every sum.
#include <algorithm>
#include <map>

#include "sightings/internal/bytes.h"
#include "sightings/rocksdb/held.h"
#include "sightings/rocksdb/rocks_store.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Writer;

// Enough to see what is wrong; more would only repeat it.
constexpr std::size_t faults_max = 100;

// A sum over a set that does not depend on its order.
class SetSum {
 public:
  explicit SetSum(const base::ShortKey& key) : key_(key) {}
  void add(std::string_view one) {
    sum_ += base::short_hash(key_, base::as_bytes(one));
    ++count_;
  }
  friend bool operator==(const SetSum& a, const SetSum& b) {
    return a.sum_ == b.sum_ && a.count_ == b.count_;
  }

 private:
  base::ShortKey key_;
  std::uint64_t sum_ = 0;
  std::uint64_t count_ = 0;
};

class Verification {
 public:
  explicit Verification(const Contents& contents)
      : contents_(contents),
        moment_(contents.engine().db()),
        key_(base::random_bytes<sizeof(base::ShortKey)>()) {}

  Health run() {
    // Of whole tables: VerifyChecksum() passes over the parts of filters.
    const auto sums = contents_.engine().db().VerifyFileChecksums({});
    if (!sums.ok()) fault("a file's sum does not hold: " + sums.ToString());
    for (const auto& slice : contents_.slices()) check_slice(slice->number);
    check_ids();
    check_held();
    return std::move(health_);
  }

 private:
  void fault(std::string what) {
    if (health_.faults.size() < faults_max) health_.faults.push_back(std::move(what));
  }
  void fault(DayNumber day, const std::string& what) {
    fault(slice_name(day, contents_.record(day).value_or(SliceRecord{})) + ": " + what);
  }

  // What belongs to the same read in each space.
  static std::string pass_sum(DayNumber day, PlateNumber plate, const Pass& pass) {
    Writer out;
    out.big(plate, 8);
    return pass_key(day, pass).append(out.view());
  }
  static std::string id_sum(std::string_view key, std::string_view entry) {
    return std::string(key).append(entry);
  }

  void check_slice(DayNumber day) {
    const auto use = SliceUse::take(contents_, day);
    if (!use) return fault(day, use.error().message);
    if (!*use) return;  // dropped meanwhile
    const auto& slice = (*use)->slice();
    SetSum in_rows(key_);
    SetSum ids(key_);
    std::uint64_t pictures = 0;
    std::vector<PlateWord> plates;
    const auto reads = check_rows(slice, in_rows, ids, pictures, plates);
    check_passes(slice, in_rows);
    if (!slice.is_short()) ids_.emplace(day, ids);
    check_record(slice, reads, pictures);
    const auto listed = contents_.plates_of(slice);
    if (!listed) {
      fault(day, listed.error().message);
    } else {
      sort_distinct(plates);
      if (!std::ranges::includes(*listed, plates)) fault(day, "the list of plates lacks some");
    }
    health_.reads += reads;
    health_.pictures += pictures;
  }

  std::uint64_t check_rows(const Slice& slice, SetSum& in_rows, SetSum& ids,
                           std::uint64_t& pictures, std::vector<PlateWord>& plates) {
    std::uint64_t reads = 0;
    PrefixScan rows(contents_.engine(), Space::rows, day_key(slice.number), moment_.get());
    for (; rows.valid(); rows.next()) {
      ++reads;
      const auto key = parse_row_key(slice.cipher, rows.key(), slice.day);
      const auto plate = key ? slice.cipher.plate_behind(key->mark) : 0;
      if (plate == 0 || plate > internal::plate_number_max) {
        fault(slice.number, "a row's key cannot be read");
        continue;
      }
      const auto row = decode_stored(contents_, slice, plate, key->pass, rows.key(), rows.value());
      if (!row) {
        fault(slice.number, row.error().message);
        continue;
      }
      in_rows.add(pass_sum(slice.number, plate, key->pass));
      const auto entry = id_entry(slice.cipher, slice.number, row->read.id, key->pass);
      ids.add(id_sum(id_key(row->read.id), entry));
      if (slice.is_short()) check_id(slice, row->read.id, entry);
      plates.push_back(internal::word_of(plate));
      check_pictures(slice, *row, pictures);
    }
    if (const auto ended = rows.ended(); !ended) fault(slice.number, ended.error().message);
    return reads;
  }

  // One by one: among a short slice's entries may be those of one that had its number before.
  void check_id(const Slice& slice, const plate::ReadId& id, std::string_view mine) {
    rocksdb::ReadOptions options;
    options.snapshot = moment_.get();
    std::string entries;
    const auto& engine = contents_.engine();
    const auto status = engine.db().Get(options, engine.space(Space::ids), id_key(id), &entries);
    std::string_view left = status.ok() ? std::string_view(entries) : std::string_view();
    for (; left.size() >= id_entry_size; left.remove_prefix(id_entry_size)) {
      if (left.substr(0, id_entry_size) == mine) return;
    }
    fault(slice.number, "rows and ids do not agree");
  }

  void check_pictures(const Slice& slice, const internal::Row& row, std::uint64_t& pictures) {
    for (std::size_t at = 0; at < row.places.size(); ++at) {
      if (row.places[at].pack == 0) continue;
      ++pictures;
      if (!slice.record().keeps_pictures()) continue;
      const auto jpeg = read_picture(contents_, slice, row, at);
      if (!jpeg) fault(slice.number, row.read.id.text() + ": " + jpeg.error().message);
    }
  }

  void check_passes(const Slice& slice, const SetSum& in_rows) {
    SetSum in_passes(key_);
    PrefixScan passes(contents_.engine(), Space::passes, day_key(slice.number), moment_.get());
    for (; passes.valid(); passes.next()) {
      const auto pass = parse_pass_key(passes.key(), slice.day);
      const auto plate = plate_of_pass(slice.cipher, passes.key(), passes.value());
      if (!pass || !plate) {
        fault(slice.number, "a pass cannot be read");
        continue;
      }
      in_passes.add(pass_sum(slice.number, *plate, *pass));
    }
    if (const auto ended = passes.ended(); !ended) fault(slice.number, ended.error().message);
    if (in_passes != in_rows) fault(slice.number, "rows and passes do not agree");
  }

  void check_record(const Slice& slice, std::uint64_t reads, std::uint64_t pictures) {
    rocksdb::ReadOptions options;
    options.snapshot = moment_.get();
    std::string value;
    const auto& engine = contents_.engine();
    const auto status = engine.db().Get(options, engine.space(Space::store),
                                        slice_record_key(slice.number), &value);
    if (status.IsNotFound() && reads == 0) return;  // its first reads came after we began
    const auto record = status.ok() ? SliceRecord::parse(value) : std::nullopt;
    if (!record) {
      fault(slice.number, "its record cannot be read");
    } else if (record->reads != reads || record->pictures != pictures) {
      fault(slice.number, "its record tells of " + std::to_string(record->reads) + " reads and " +
                              std::to_string(record->pictures) + " pictures, but there are " +
                              std::to_string(reads) + " and " + std::to_string(pictures));
    }
  }

  void check_ids() {
    std::map<DayNumber, SetSum> found;
    PrefixScan ids(contents_.engine(), Space::ids, {}, moment_.get());
    for (; ids.valid(); ids.next()) {
      if (ids.value().size() % id_entry_size != 0) fault("an entry of ids cannot be read");
      auto left = ids.value();
      for (; left.size() >= id_entry_size; left.remove_prefix(id_entry_size)) {
        const auto entry = left.substr(0, id_entry_size);
        found.try_emplace(day_of_id_entry(entry), key_).first->second.add(id_sum(ids.key(), entry));
      }
    }
    if (const auto ended = ids.ended(); !ended) fault(ended.error().message);
    for (const auto& [day, sum] : ids_) {
      const auto there = found.try_emplace(day, key_).first->second;
      if (there != sum) fault(day, "rows and ids do not agree");
    }
    for (const auto& [day, sum] : found) {
      // Of slices that went, compaction forgets the ids in its own time; a short one's number may
      // be another's by then.
      if (!is_short(day) && !ids_.contains(day) && !contents_.gone().contains(day)) {
        fault(day, "there are ids of reads that are not there");
      }
    }
  }

  void check_held() {
    const auto ended =
        each_held(contents_, std::nullopt, [&](const HeldRead& held) -> Result<void> {
          for (std::size_t at = 0; at < held.row.places.size(); ++at) {
            if (held.row.places[at].pack == 0) continue;
            const auto& name = held.row.read.pictures[at];
            const auto jpeg = held_picture(contents_, held, name.kind);
            if (!jpeg || base::sha256(*jpeg) != name.sha256) {
              fault("hold " + held.hold.text() + ": a held picture cannot be read");
            }
          }
          return {};
        });
    if (!ended) fault(ended.error().message);
  }

  const Contents& contents_;
  const Moment moment_;
  const base::ShortKey key_;
  std::map<DayNumber, SetSum> ids_;
  Health health_;
};

}  // namespace

Result<Health> RocksStore::verify(const audit::MachineReceipt& receipt) const {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::verify));
  REGMARK_ASSIGN(const auto contents, use());
  return Verification(*contents).run();
}

}  // namespace regmark::sightings::rocks
