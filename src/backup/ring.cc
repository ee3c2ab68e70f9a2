#include "backup/ring.h"

#include "backup/internal/lines.h"

namespace regmark::backup {
namespace {

constexpr std::string_view format = "1";

}  // namespace

std::string to_text(const Ring& ring) {
  std::string text = "ring " + std::string(format) + " " + std::to_string(ring.generation) + " " +
                     std::to_string(ring.written_at.time_since_epoch().count()) +
                     "\nmanifest_key " + base::to_hex(ring.manifest_key) + "\nmaster_key " +
                     base::to_hex(ring.master_key) + "\nsigning_seed " +
                     base::to_hex(ring.signing_seed) + "\n";
  for (const auto& key : ring.keys) {
    text += "key " + base::to_base64(key.sealed) + " " + key.name + "\n";
  }
  return text;
}

Result<Ring> parse_ring(std::string_view text) {
  internal::Lines lines(text);
  Ring ring;
  lines.begin("ring");
  if (lines.field() != format) lines.fail();
  ring.generation = lines.number<std::uint64_t>();
  ring.written_at = base::UtcTime{base::UtcTime::duration{lines.number<base::UtcTime::rep>()}};
  lines.begin("manifest_key");
  ring.manifest_key = lines.key();
  lines.begin("master_key");
  ring.master_key = lines.key();
  lines.begin("signing_seed");
  ring.signing_seed = lines.key();
  while (!lines.at_end() && !lines.failed()) {
    lines.begin("key");
    sightings::SealedKey key;
    key.sealed = lines.bytes();
    key.name = lines.rest_of_line();
    if (!base::is_id(key.name.substr(0, base::id_length_max)) || key.sealed.empty()) lines.fail();
    ring.keys.push_back(std::move(key));
  }
  if (lines.failed()) return fail(ErrorCode::corrupt, "the key ring cannot be read");
  return ring;
}

}  // namespace regmark::backup
