// Any bytes after a good journal leave what was before them as it is, and what they add reads back.
#include <algorithm>

#include "audit/internal/journal.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  base::Bytes bytes;
  audit::add_record(bytes, {.number = 256, .json = "{}"}, base::as_bytes("leaf"));
  audit::add_seal(bytes, "seal");
  const auto good = bytes.size();
  bytes.insert(bytes.end(), data, data + size);

  const auto journal = audit::read_journal(bytes, 1);
  REGMARK_CHECK(!journal.records.empty() && !journal.seals.empty());
  REGMARK_CHECK(journal.seals[0].end == good && journal.seals[0].checkpoint == "seal");
  REGMARK_CHECK(journal.records.size() <= 256);
  base::Bytes again;
  std::size_t next = 0;
  for (const auto& seal : journal.seals) {
    for (; next < seal.records; ++next) {
      const auto& record = journal.records[next];
      REGMARK_CHECK(record.details.number == 256 + next);
      audit::add_record(again, record.details, record.leaf);
    }
    audit::add_seal(again, seal.checkpoint);
    REGMARK_CHECK(seal.end == again.size());
  }
  REGMARK_CHECK(std::ranges::equal(again, std::span(bytes).first(again.size())));
  return 0;
}
