#include "reading/engine.h"

#include <string_view>
#include <utility>

#include "reading/onednn/network.h"
#include "reading/onednn/trial.h"
#include "reading/onnx.h"
#include "reading/ranges.h"

namespace regmark::reading {
namespace {

class OnednnEngine final : public InferenceEngine {
 public:
  explicit OnednnEngine(Precision precision) : precision_(precision) {}

  Result<std::unique_ptr<Network>> load(const Model& model) const override {
    REGMARK_ASSIGN(const auto graph, onnx::parse(model.network));
    REGMARK_ASSIGN(auto layers, onednn::layers_of(graph));
    Ranges ranges;
    if (!model.ranges.empty()) {
      REGMARK_ASSIGN(ranges, parse_ranges(model.ranges, model.network));
    }
    if (precision_ == Precision::fp32) ranges.clear();
    try {
      onednn::use_one_thread();
      return std::make_unique<onednn::OnednnNetwork>(std::move(layers), ranges);
    } catch (const dnnl::error&) {
      return fail(ErrorCode::corrupt, "the network cannot be run here");
    }
  }

 private:
  Precision precision_;
};

}  // namespace

Precision precision_of_processor() {
  const bool is_small = onednn::has_eight_bit_sums() && onednn::eight_bit_sums_are_exact();
  return is_small ? Precision::int8 : Precision::fp32;
}

Result<Precision> precision_allowed(const char* setting) {
  const std::string_view word = setting == nullptr ? "int8" : setting;
  if (word == "int8" || word.empty()) return Precision::int8;
  if (word == "fp32") return Precision::fp32;
  return fail(ErrorCode::invalid_input, "REGMARK_READING is neither int8 nor fp32");
}

std::unique_ptr<InferenceEngine> make_engine(Precision most) {
  const auto precision = most == Precision::fp32 ? most : precision_of_processor();
  return std::make_unique<OnednnEngine>(precision);
}

}  // namespace regmark::reading
