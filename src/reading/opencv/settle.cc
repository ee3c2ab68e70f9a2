#include "reading/opencv/settle.h"

#include <mutex>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>

namespace regmark::reading {

// The edge process reads as many streams at once as it has cores to give.
void settle() {
  static std::once_flag once;
  std::call_once(once, [] {
    cv::setNumThreads(1);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  });
}

}  // namespace regmark::reading
