#include "api/internal/stream_screen.h"

#include <utility>

namespace regmark::api {
namespace {

class StreamScreen final : public desk::Screen {
 public:
  explicit StreamScreen(std::shared_ptr<http::EventStream> stream) : stream_(std::move(stream)) {}

  bool deliver(const desk::Shown& shown) override {
    return stream_->push(shown.event, shown.data, shown.id);
  }
  bool present() override { return stream_->open(); }
  void close() override { stream_->close(); }

 private:
  const std::shared_ptr<http::EventStream> stream_;
};

}  // namespace

http::Response stream_response(const Json& hello,
                               std::function<void(std::shared_ptr<desk::Screen>)> attach) {
  http::Response response;
  response.content_type = "text/event-stream";
  response.stream = [hello = to_text(hello),
                     attach = std::move(attach)](std::shared_ptr<http::EventStream> events) {
    events->push("hello", hello);
    attach(std::make_shared<StreamScreen>(std::move(events)));
  };
  return response;
}

}  // namespace regmark::api
