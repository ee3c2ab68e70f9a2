// Any bytes either fail cleanly or give settings that listen on this machine only, unless
// they name a certificate.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "server/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto settings = regmark::server::read_config(text, "/etc/regmark", {});
  if (settings) {
    const auto& address = settings->listen.address;
    REGMARK_CHECK(address.starts_with("127.") || address == "::1" || settings->tls);
  }
  return 0;
}
