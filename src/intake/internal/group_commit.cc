#include "intake/internal/group_commit.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

#include "base/check.h"
#include "base/crash_point.h"

namespace regmark::intake {
namespace {

bool is_kept(sightings::Kept kept) {
  return kept == sightings::Kept::stored || kept == sightings::Kept::duplicate;
}

}  // namespace

Result<std::vector<sightings::Kept>> GroupCommit::commit(const Submission& submission) {
  Waiting own{submission};
  std::unique_lock lock(mutex_);
  queue_.push_back(&own);
  while (true) {
    changed_.wait(lock, [&] { return own.done || !led_; });
    if (own.done) return std::move(own.result);
    led_ = true;
    const auto group = take_group();
    lock.unlock();
    write(group);
    lock.lock();
    for (auto* const waiting : group) waiting->done = true;
    led_ = false;
    changed_.notify_all();
  }
}

std::vector<GroupCommit::Waiting*> GroupCommit::take_group() {
  std::vector<Waiting*> group;
  std::size_t reads = 0;
  std::size_t bytes = 0;
  while (!queue_.empty()) {
    const auto& next = queue_.front()->submission;
    reads += next.sightings.size();
    bytes += next.picture_bytes;
    if (!group.empty() && (reads > group_reads_max || bytes > group_size_max)) break;
    group.push_back(queue_.front());
    queue_.pop_front();
  }
  return group;
}

// NOLINTNEXTLINE(misc-no-recursion): a group of one does not part again
void GroupCommit::write(std::span<Waiting* const> group) {
  const auto fail_all = [&](const Error& error) {
    for (auto* const waiting : group) waiting->result = tl::unexpected<Error>(error);
  };
  std::vector<sightings::CameraBatch> batches;
  for (const auto* const waiting : group) {
    batches.push_back({waiting->submission.justification, waiting->submission.sightings});
  }
  const auto forget_all = [&] {
    for (const auto* const waiting : group) {
      for (const auto& ids : waiting->submission.alerts) alerts_.forget(ids);
    }
  };
  auto kept = store_.append(batches);
  if (!kept && kept.error().code != ErrorCode::unavailable && group.size() > 1) {
    // One of them is at fault: it must not keep the others out.
    for (auto* const waiting : group) write({&waiting, 1});
    return;
  }
  if (!kept) {
    forget_all();
    fail_all(kept.error());
    return;
  }
  base::crash_point("intake_appended");
  auto next = kept->begin();
  for (auto* const waiting : group) {
    const auto size = static_cast<std::ptrdiff_t>(waiting->submission.sightings.size());
    REGMARK_CHECK(std::distance(next, kept->end()) >= size);
    waiting->result = std::vector<sightings::Kept>(next, next + size);
    next += size;
  }
  REGMARK_CHECK(next == kept->end());
  // The reads are kept: if their alerts cannot be, the camera must send again to complete them.
  if (const auto settled = settle_alerts(group); !settled) fail_all(settled.error());
  base::crash_point("intake_settled");
}

Result<void> GroupCommit::settle_alerts(std::span<Waiting* const> group) {
  std::vector<base::AlertId> keep;
  std::vector<base::AlertId> forget;
  for (const auto* const waiting : group) {
    const auto& alerts = waiting->submission.alerts;
    for (std::size_t at = 0; at < alerts.size(); ++at) {
      auto& list = is_kept((*waiting->result)[at]) ? keep : forget;
      list.insert(list.end(), alerts[at].begin(), alerts[at].end());
    }
  }
  if (!forget.empty()) alerts_.forget(forget);
  if (keep.empty()) return {};
  if (auto kept = alerts_.keep(keep); !kept) {
    return fail(ErrorCode::unavailable, kept.error().message);
  }
  return {};
}

}  // namespace regmark::intake
