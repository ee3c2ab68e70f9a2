// Whatever stands in the parts of a file of evidence, checking it ends in an answer.
#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/check.h"
#include "evidence/internal/names.h"
#include "evidence/zip.h"

namespace {

namespace names = regmark::evidence::internal;

constexpr std::string_view all[] = {names::page_name,
                                    names::paper_name,
                                    names::reads_name,
                                    names::cameras_name,
                                    names::manifest_name,
                                    names::permit_proof_name,
                                    names::permit_opening_name,
                                    names::sealing_proof_name,
                                    names::sealing_opening_name,
                                    names::key_name};

}  // namespace

// Parts are cut at each zero byte.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<regmark::evidence::File> files;
  for (const auto name : all) {
    const auto end = rest.find('\0');
    files.push_back({std::string(name), std::string(rest.substr(0, end))});
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  const auto zip = regmark::evidence::write_zip(files);
  if (zip)
    (void)regmark::evidence::check(
        *zip, regmark::audit::VerifierKey{"fuzz", regmark::audit::KeyKind::log, {}});
  return 0;
}
