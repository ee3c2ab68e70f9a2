#include "reading/engine.h"

#include <exception>
#include <mutex>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>
#include <string>
#include <utility>

namespace regmark::reading {
namespace {

// One thread for each network: the edge process runs as many networks as it has cores to give. The
// library keeps this setting, and its own talk on standard error, for the whole process.
void settle_library() {
  static std::once_flag once;
  std::call_once(once, [] {
    cv::setNumThreads(1);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  });
}

class OpencvNetwork final : public Network {
 public:
  explicit OpencvNetwork(cv::dnn::Net net) : net_(std::move(net)) {}

  Result<Tensor> run(const Tensor& input) override {
    try {
      // The library only reads the input, but has no type that says so.
      const cv::Mat blob(input.shape, CV_32F, const_cast<float*>(input.values.data()));
      net_.setInput(blob);
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
  Result<std::unique_ptr<Network>> load(std::span<const std::uint8_t> onnx) const override {
    settle_library();
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
