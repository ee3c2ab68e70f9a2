#include "sightings/rocksdb/walk.h"

#include <algorithm>

namespace regmark::sightings::rocks {
namespace {

constexpr std::size_t fill_min = 4;
constexpr std::size_t fill_max = 512;

}  // namespace

Walk::Walk(const Contents& contents, const Slice& slice, const std::vector<std::uint32_t>& cameras,
           const access::Window& window, std::size_t expected)
    : slice_(slice),
      window_(window),
      fill_size_(
          std::clamp(2 * expected / std::max<std::size_t>(cameras.size(), 1), fill_min, fill_max)) {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  iterator_ = contents.engine().scan(Space::passes, options);
  all_.reserve(cameras.size());
  const bool to_the_end = window.until >= slice.day + std::chrono::days{1};
  for (const auto camera : cameras) {
    all_.push_back({camera,
                    {},
                    to_the_end ? after_prefix(pass_prefix(slice.number, camera))
                               : pass_key(slice.number, {window.until, camera, 0})});
  }
}

Result<void> Walk::begin() {
  if (window_.from >= window_.until) return {};
  for (auto& head : all_) {
    REGMARK_TRY(fill(head));
    if (!head.buffer.empty()) heads_.push_back(&head);
  }
  std::ranges::make_heap(heads_, older);
  return {};
}

Result<void> Walk::next() {
  std::ranges::pop_heap(heads_, older);
  auto& head = *heads_.back();
  head.buffer.pop_back();
  if (head.buffer.empty()) REGMARK_TRY(fill(head));
  if (head.buffer.empty()) {
    heads_.pop_back();
  } else {
    std::ranges::push_heap(heads_, older);
  }
  return {};
}

Result<void> Walk::fill(Head& head) {
  if (head.below.empty()) return {};
  const auto prefix = pass_prefix(slice_.number, head.camera);
  std::string below;
  iterator_->SeekForPrev(head.below);
  // The bound itself is not below it.
  if (iterator_->Valid() && view(iterator_->key()) == head.below) iterator_->Prev();
  for (; iterator_->Valid() && head.buffer.size() < fill_size_; iterator_->Prev()) {
    const auto key = view(iterator_->key());
    if (!key.starts_with(prefix)) break;
    const auto pass = parse_pass_key(key, slice_.day);
    const auto plate = plate_of_pass(slice_.cipher, key, view(iterator_->value()));
    if (!pass || !plate) return fail(ErrorCode::corrupt, "a pass cannot be read");
    if (pass->observed < window_.from) break;
    head.buffer.push_back({*pass, *plate});
    below = key;
  }
  if (!iterator_->status().ok()) return failure(iterator_->status());
  head.below = head.buffer.size() == fill_size_ ? std::move(below) : std::string();
  std::ranges::reverse(head.buffer);
  return {};
}

}  // namespace regmark::sightings::rocks
