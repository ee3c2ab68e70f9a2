#include "reading/models.h"

#include "base/crypto.h"
#include "base/encoding.h"

// The assembler copies the files into the object as they are. CMake rebuilds this object when one
// of them changes (OBJECT_DEPENDS in CMakeLists.txt).
// NOLINTBEGIN(hicpp-no-assembler)
#define REGMARK_EMBED(name, file)           \
  asm(".pushsection .rodata, \"a\"\n"       \
      ".balign 16\n"                        \
      ".global " #name "_begin\n" #name     \
      "_begin:\n"                           \
      ".incbin \"" file                     \
      "\"\n"                                \
      ".global " #name "_end\n" #name       \
      "_end:\n"                             \
      ".byte 0\n"                           \
      ".popsection\n");                     \
  extern "C" {                              \
  extern const std::uint8_t name##_begin[]; \
  extern const std::uint8_t name##_end[];   \
  }

REGMARK_EMBED(regmark_detector_model, REGMARK_MODELS_DIR "/detector.onnx")
REGMARK_EMBED(regmark_reader_model, REGMARK_MODELS_DIR "/reader.onnx")
REGMARK_EMBED(regmark_detector_ranges, REGMARK_MODELS_DIR "/detector.ranges")
REGMARK_EMBED(regmark_reader_ranges, REGMARK_MODELS_DIR "/reader.ranges")
// NOLINTEND(hicpp-no-assembler)

namespace regmark::reading {
namespace {

std::string short_digest(std::span<const std::uint8_t> bytes) {
  const auto digest = base::sha256(bytes);
  return base::to_hex(std::span(digest).first(4));
}

}  // namespace

Model detector_model() {
  return {{regmark_detector_model_begin, regmark_detector_model_end},
          base::as_text({regmark_detector_ranges_begin, regmark_detector_ranges_end})};
}

Model reader_model() {
  return {{regmark_reader_model_begin, regmark_reader_model_end},
          base::as_text({regmark_reader_ranges_begin, regmark_reader_ranges_end})};
}

std::string reader_version() {
  static const std::string version = "regmark " REGMARK_VERSION " detector " +
                                     short_digest(detector_model().network) + " reader " +
                                     short_digest(reader_model().network);
  return version;
}

}  // namespace regmark::reading
