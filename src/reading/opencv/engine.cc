#include "reading/engine.h"

#include <exception>
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>
#include <string>
#include <utility>

#include "reading/opencv/settle.h"

namespace regmark::reading {
namespace {

// The library takes whole channels, one after another.
cv::Mat floats_of(const Pixels& pixels) {
  const std::vector<int> shape = {pixels.count, pixels.channels, pixels.height, pixels.width};
  cv::Mat blob(shape, CV_32F);
  const auto channels = static_cast<std::size_t>(pixels.channels);
  const std::size_t plane =
      static_cast<std::size_t>(pixels.height) * static_cast<std::size_t>(pixels.width);
  auto* to = blob.ptr<float>();
  for (std::size_t at = 0; at < pixels.values.size(); ++at) {
    const std::size_t place = at / channels, picture = place / plane;
    to[(picture * channels + at % channels) * plane + place % plane] =
        static_cast<float>(pixels.values[at]) / 255.F;
  }
  return blob;
}

class OpencvNetwork final : public Network {
 public:
  explicit OpencvNetwork(cv::dnn::Net net) : net_(std::move(net)) {}

  Result<Tensor> run(const Pixels& pixels) override {
    try {
      net_.setInput(floats_of(pixels));
      const cv::Mat output = net_.forward();
      Tensor made;
      made.shape.assign(output.size.p, output.size.p + output.dims);
      const auto* values = output.ptr<float>();
      made.values.assign(values, values + output.total());
      return made;
    } catch (const std::exception&) {
      return fail(ErrorCode::invalid_input, "the network cannot take an input of this shape");
    }
  }

 private:
  cv::dnn::Net net_;
};

class OpencvEngine final : public InferenceEngine {
 public:
  Result<std::unique_ptr<Network>> load(const Model& model) const override {
    settle();
    const auto onnx = model.network;
    try {
      auto net = cv::dnn::readNetFromONNX(reinterpret_cast<const char*>(onnx.data()), onnx.size());
      if (net.empty()) return fail(ErrorCode::corrupt, "the network is empty");
      net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
      net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
      return std::make_unique<OpencvNetwork>(std::move(net));
    } catch (const std::exception&) {
      return fail(ErrorCode::corrupt, "the bytes are no network that can be run");
    }
  }
};

}  // namespace

std::unique_ptr<InferenceEngine> make_opencv_engine() {
  return std::make_unique<OpencvEngine>();
}

}  // namespace regmark::reading
