#include "relay/office_address.h"

namespace regmark::relay {

Result<std::string> office_address(std::string_view text) {
  while (text.ends_with('/')) text.remove_suffix(1);
  if (text.starts_with("https://")) return std::string(text);
  constexpr std::string_view bare = "http://";
  if (!text.starts_with(bare)) {
    return fail(ErrorCode::invalid_input,
                "the office's address must begin with http:// or https://");
  }
  const auto authority = text.substr(bare.size(), text.find('/', bare.size()) - bare.size());
  const auto port = authority.rfind(':');
  const bool has_port = port != std::string_view::npos && !authority.ends_with(']');
  const auto host = has_port ? authority.substr(0, port) : authority;
  // "localhost:x@elsewhere" goes elsewhere.
  const bool plain = authority.find('@') == std::string_view::npos;
  if (!plain || (host != "127.0.0.1" && host != "localhost" && host != "[::1]")) {
    return fail(ErrorCode::invalid_input,
                "an office on another machine is reached with https:// only");
  }
  return std::string(text);
}

}  // namespace regmark::relay
