#include "relay/batch.h"

#include "base/check.h"
#include "base/encoding.h"

namespace regmark::relay {
namespace {

void add_part(std::string& body, const std::string& boundary, const std::string& name,
              std::string_view type, std::string_view content) {
  body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"";
  if (type == "image/jpeg") body += "; filename=\"" + name + ".jpg\"";
  body += "\r\nContent-Type: ";
  body += type;
  body += "\r\n\r\n";
  body += content;
  body += "\r\n";
}

}  // namespace

Body batch_of(std::span<const Item> items, base::UtcTime sent) {
  // 128 random bits: no picture holds them by chance.
  const std::string boundary = "regmark-" + base::to_hex(base::random_bytes<16>());
  std::string reads;
  for (const auto& item : items) {
    // The spool holds only objects that we wrote ourselves: "{" and at least one field.
    REGMARK_CHECK(item.read.size() > 2 && item.read.front() == '{');
    reads += "{\"sent\":\"" + base::format_utc(sent) + "\"," + item.read.substr(1) + "\n";
  }
  Body body{.content_type = "multipart/form-data; boundary=" + boundary, .bytes = {}};
  add_part(body.bytes, boundary, "reads", "application/x-ndjson", reads);
  for (std::size_t at = 0; at < items.size(); ++at) {
    const std::string index = std::to_string(at);
    if (!items[at].plate_picture.empty()) {
      add_part(body.bytes, boundary, index + ".plate", "image/jpeg",
               base::as_text(items[at].plate_picture));
    }
    if (!items[at].overview_picture.empty()) {
      add_part(body.bytes, boundary, index + ".overview", "image/jpeg",
               base::as_text(items[at].overview_picture));
    }
  }
  body.bytes += "--" + boundary + "--\r\n";
  return body;
}

}  // namespace regmark::relay
