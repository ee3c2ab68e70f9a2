// Any bytes either fail cleanly or give a message within every bound that the rooms below rely on.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "intake/read_batch.h"

namespace {

using namespace regmark;  // NOLINT(google-build-using-namespace)

void check(const intake::ReadMessage& message) {
  const auto is_score = [](float score) { return score >= 0 && score <= 1; };
  REGMARK_CHECK(!message.source_event.empty());
  REGMARK_CHECK(message.source_event.size() <= intake::source_event_size_max);
  REGMARK_CHECK(message.raw_text.size() <= intake::plate_size_max);
  REGMARK_CHECK(!message.plate.text().empty());
  REGMARK_CHECK(is_score(message.score) && is_score(message.make.score));
  REGMARK_CHECK(message.alternatives.size() <= plate::alternatives_max);
  for (const auto& alternative : message.alternatives) REGMARK_CHECK(is_score(alternative.score));
  REGMARK_CHECK(message.character_scores.empty() ||
                message.character_scores.size() == message.plate.text().size());
  REGMARK_CHECK(message.country.empty() || message.country.size() == 2);
  REGMARK_CHECK(!message.heading || (*message.heading >= 0 && *message.heading < 360));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // The first byte chooses how the rest is sent.
  constexpr const char* types[] = {"application/json", "application/x-ndjson",
                                   "multipart/form-data; boundary=b"};
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto batch = intake::read_batch(types[data[0] % 3], body);
  if (!std::holds_alternative<intake::ReadBatch>(batch)) return 0;
  for (const auto& message : std::get<intake::ReadBatch>(batch).messages) {
    if (message) check(*message);
  }
  return 0;
}
