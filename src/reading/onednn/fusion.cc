#include "reading/onednn/fusion.h"

#include <algorithm>
#include <utility>

namespace regmark::reading::onednn {
namespace {

// Draws a layer into one before it where that one's output is read by nobody else.
class Fusion {
 public:
  explicit Fusion(Layers& layers) : all_(layers), uses_(layers.uses()) {}

  void fuse() {
    std::vector<Layer> kept;
    for (auto& layer : all_.layers) {
      if (layer.kind == Kind::activation && joins_activation(kept, layer)) continue;
      if (layer.kind == Kind::add && joins_sum(kept, layer)) continue;
      kept.push_back(std::move(layer));
    }
    all_.layers = std::move(kept);
  }

 private:
  Layer* maker(std::vector<Layer>& kept, ValueId value) {
    const auto at = std::ranges::find(kept, value, &Layer::output);
    return at == kept.end() || uses_[value] != 1 ? nullptr : &*at;
  }

  bool joins_activation(std::vector<Layer>& kept, const Layer& layer) {
    auto* before = maker(kept, layer.inputs[0]);
    if (before == nullptr || before->activation != Activation::none) return false;
    const bool takes_one = before->kind == Kind::convolution || before->kind == Kind::add ||
                           (before->kind == Kind::upsample && before->added);
    if (!takes_one) return false;
    before->activation = layer.activation;
    before->low = layer.low;
    before->high = layer.high;
    before->output = layer.output;
    return true;
  }

  // The later of the two sides that can take the sum in moves to where the sum stood, since by then
  // the other side is there.
  bool joins_sum(std::vector<Layer>& kept, const Layer& layer) {
    Layer* into = nullptr;
    std::size_t side_into = 0;
    for (std::size_t side = 0; side < 2; ++side) {
      auto* before = maker(kept, layer.inputs[side]);
      const bool takes_one = before != nullptr && !before->added &&
                             before->activation == Activation::none &&
                             (before->kind == Kind::convolution || before->kind == Kind::upsample);
      if (!takes_one || (into != nullptr && before < into)) continue;
      into = before;
      side_into = side;
    }
    if (into == nullptr || layer.inputs[0] == layer.inputs[1]) return false;
    Layer moved = std::move(*into);
    kept.erase(kept.begin() + (into - kept.data()));
    moved.added = layer.inputs[1 - side_into];
    moved.output = layer.output;
    kept.push_back(std::move(moved));
    return true;
  }

  Layers& all_;
  std::vector<std::size_t> uses_;
};

}  // namespace

void fuse(Layers& layers) {
  Fusion(layers).fuse();
}

}  // namespace regmark::reading::onednn
