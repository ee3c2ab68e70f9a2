#include "sightings/rocksdb/plate_lists.h"

#include <algorithm>

#include "base/files.h"
#include "sightings/internal/bytes.h"

namespace regmark::sightings::rocks {
namespace {

using internal::Reader;
using internal::Writer;

constexpr std::size_t list_file_size_max = std::size_t{1} << 30U;

// Fresh plates are merged when they are this many, or a part of what is there.
constexpr std::size_t fresh_min = 4'096;
constexpr std::size_t fresh_part = 16;

std::string context_of(const std::filesystem::path& path) {
  return "regmark plates 1 " + path.filename().string();
}

}  // namespace

void sort_distinct(std::vector<PlateWord>& words) {
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

// As the steps from number to number, which are smaller than from word to word.
Result<void> write_plate_list(const std::filesystem::path& path, const base::Key& key,
                              std::span<const PlateWord> words) {
  std::vector<PlateNumber> numbers;
  numbers.reserve(words.size());
  for (const auto word : words) numbers.push_back(internal::number_of_word(word));
  std::ranges::sort(numbers);
  Writer out;
  out.varint(numbers.size());
  PlateNumber last = 0;
  for (const auto number : numbers) {
    out.varint(number - last);
    last = number;
  }
  return base::write_file(path, base::seal(key, out.out(), context_of(path)));
}

Result<std::vector<PlateWord>> read_plate_list(const std::filesystem::path& path,
                                               const base::Key& key) {
  const auto wrong = [] { return fail(ErrorCode::corrupt, "a list of plates is damaged"); };
  const auto sealed = base::read_file(path, list_file_size_max);
  if (!sealed) {
    return sealed.error().code == ErrorCode::unavailable ? tl::unexpected<Error>(sealed.error())
                                                         : wrong();
  }
  const auto bytes = base::unseal(key, *sealed, context_of(path));
  if (!bytes) return wrong();
  Reader in(*bytes);
  const auto count = in.varint();
  if (count > bytes->size()) return wrong();
  std::vector<PlateWord> words;
  words.reserve(count);
  PlateNumber number = 0;
  for (std::uint64_t at = 0; at < count; ++at) {
    number += in.varint();
    if (number == 0 || number > internal::plate_number_max) return wrong();
    words.push_back(internal::word_of(number));
  }
  if (!in.whole()) return wrong();
  sort_distinct(words);
  return words;
}

std::shared_ptr<PlateLists::List> PlateLists::list_of(DayNumber day) {
  const std::lock_guard lock(mutex_);
  auto& list = lists_[day];
  if (!list) list = std::make_shared<List>();
  list->last_use = ++uses_;
  return list;
}

Result<PlateLists::Words> PlateLists::words_of(List& list, const Load& load) {
  const std::lock_guard loading(list.loading);
  {
    const std::lock_guard lock(list.mutex);
    if (list.words) return list.words;
    // From here on nothing that becomes durable is missed: it is in what is loaded, or in `fresh`.
    list.wanted = true;
  }
  auto loaded = load();
  const std::lock_guard lock(list.mutex);
  if (!loaded) {
    list.wanted = false;
    list.fresh.clear();
    return tl::unexpected<Error>(std::move(loaded).error());
  }
  list.words = std::make_shared<const std::vector<PlateWord>>(*std::move(loaded));
  return list.words;
}

Result<void> PlateLists::match(DayNumber day, const internal::Pattern& pattern, const Load& load,
                               std::vector<PlateWord>& found) {
  const auto list = list_of(day);
  REGMARK_ASSIGN(auto words, words_of(*list, load));
  std::vector<PlateWord> here;
  {
    const std::lock_guard lock(list->mutex);
    if (list->fresh.size() > std::max(fresh_min, words->size() / fresh_part)) {
      auto all = *words;
      all.insert(all.end(), list->fresh.begin(), list->fresh.end());
      sort_distinct(all);
      list->fresh.clear();
      list->words = words = std::make_shared<const std::vector<PlateWord>>(std::move(all));
    }
    std::ranges::copy_if(list->fresh, std::back_inserter(here),
                         [&](PlateWord word) { return pattern.matches(word); });
  }
  count(day, list, words->size());
  pattern.match_sorted(*words, here);
  sort_distinct(here);
  found.insert(found.end(), here.begin(), here.end());
  return {};
}

void PlateLists::count(DayNumber day, const std::shared_ptr<List>& list, std::size_t size) {
  const std::lock_guard lock(mutex_);
  const auto known = lists_.find(day);
  if (known == lists_.end() || known->second != list) return;
  total_ += size - list->counted;
  list->counted = size;
  while (total_ > listed_plates_max && lists_.size() > 1) {
    const auto least = std::ranges::min_element(
        lists_, {}, [](const auto& entry) { return entry.second->last_use; });
    total_ -= least->second->counted;
    lists_.erase(least);
  }
}

void PlateLists::add(DayNumber day, std::span<const PlateWord> words) {
  std::shared_ptr<List> list;
  {
    const std::lock_guard lock(mutex_);
    const auto known = lists_.find(day);
    if (known == lists_.end()) return;
    list = known->second;
  }
  const std::lock_guard lock(list->mutex);
  if (list->wanted) list->fresh.insert(list->fresh.end(), words.begin(), words.end());
}

void PlateLists::forget(DayNumber day) {
  const std::lock_guard lock(mutex_);
  const auto known = lists_.find(day);
  if (known == lists_.end()) return;
  total_ -= known->second->counted;
  lists_.erase(known);
}

}  // namespace regmark::sightings::rocks
