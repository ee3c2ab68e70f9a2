// Any bytes either fail cleanly or are a row that, written again, reads back as itself.
#include "base/check.h"
#include "sightings/internal/row_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  using namespace regmark::sightings::internal;
  static const RowName name{base::CameraId::parse("cam-1").value(),
                            plate::Plate::parse("AB12CDE").value(),
                            base::parse_utc("2026-03-29T12:00:00Z").value()};
  NoTexts no_texts;
  const auto row = decode_row(name, {data, size}, no_texts);
  if (!row) return 0;
  const auto once = encode_row(row->read, row->places, no_texts);
  const auto again = decode_row(name, once, no_texts);
  REGMARK_CHECK(again && encode_row(again->read, again->places, no_texts) == once);
  REGMARK_CHECK(same_content(row->read, again->read));
  return 0;
}
