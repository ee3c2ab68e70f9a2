// Any bytes either fail cleanly or give a request that every policy can decide.
#include "access/json/request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto request = regmark::access::read_request(text);
  if (request) regmark::access::explain(regmark::access::Policy::built_in(), *request);
  const auto cases = regmark::access::read_cases(text);
  if (!cases) return 0;
  for (const auto& one : *cases) {
    regmark::access::try_case(regmark::access::Policy::built_in(), one);
  }
  return 0;
}
