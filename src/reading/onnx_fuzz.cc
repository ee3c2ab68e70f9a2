#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/check.h"
#include "reading/onednn/layers.h"
#include "reading/onnx.h"

// Any bytes either fail cleanly or give a graph whose constants have the shape they say, and of
// which layers are made or not.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::reading;
  const auto graph = onnx::parse({data, size});
  if (!graph) return 0;
  for (const auto& [name, constant] : graph->constants) {
    std::int64_t product = 1;
    for (const auto side : constant.shape) product *= side;
    REGMARK_CHECK(constant.floats.size() + constant.integers.size() ==
                  static_cast<std::size_t>(product));
  }
  REGMARK_CHECK(graph->nodes.size() <= onnx::nodes_max);
  const auto layers = onednn::layers_of(*graph);
  if (layers) REGMARK_CHECK(layers->uses().size() == layers->names.size());
  return 0;
}
