#include "reading/peers.h"

#include <array>

namespace regmark::reading {
namespace {

constexpr std::string_view here = "measured for Regmark, 2026-11: one thread, Xeon with AVX-512";
// Of the British pictures 54 stand in the set that is measured here; the peers had all 106.
constexpr std::string_view british = "the same, on 106 pictures of which ours are 54";

constexpr auto figures = std::to_array<Peer>({
    {"uk", "exact, end to end", "two detectors merged + CCT-XS (260 ms)", 85.3, 109, british},
    {"uk", "exact, end to end", "YOLOv5-0.5-CN 640 + CCT-XS (135 ms)", 81.7, 109, british},
    {"uk", "exact, end to end", "YOLOv5n-VN 320 + CCT-XS (35 ms)", 71.6, 109, british},
    {"uk", "exact, end to end", "OpenALPR 2.x, country gb (42 ms)", 35.8, 109, british},
    {"uk", "exact, on the labelled boxes", "CCT-XS (2.1 ms)", 88.1, 109, british},
    {"uk", "found at IoU 0.5", "two detectors merged", 98.2, 109, british},
    {"uk", "found at IoU 0.5", "YOLOv5-0.5-CN 640", 91.7, 109, british},
    {"uk", "found at IoU 0.5", "OpenALPR 2.x", 59.6, 109, british},
    {"uk", "within ten alternatives", "two detectors merged + CCT-XS", 93.6, 109, british},
    {"eu", "exact, end to end", "YOLOv5n-VN 320 + CCT-XS (35 ms)", 90.7, 108, here},
    {"eu", "the same, O=Q=0 and I=1", "YOLOv5n-VN 320 + CCT-XS (35 ms)", 98.1, 108, here},
    {"eu", "the same, O=Q=0 and I=1", "OpenALPR 2.x, country eu (37 ms)", 88.9, 108, here},
    {"eu", "exact, on the labelled boxes", "CCT-XS (2.1 ms)", 93.5, 108, here},
    {"eu", "found at IoU 0.5", "two detectors merged", 99.1, 108, here},
    {"eu", "found at IoU 0.5", "OpenALPR 2.x", 98.1, 108, here},
    {"eu", "exact, end to end", "Laroca et al. 2019, mean over eight sets", 96.9, 0,
     "arXiv 1909.01754, abstract"},
    {"night", "found at IoU 0.5", "YOLOv3-feather", 82.2, 652, "the same, on all 652 boxes"},
    {"night", "found at IoU 0.5", "OpenALPR 2.x", 52.6, 652, "the same, on all 652 boxes"},
    {"negative", "false plates in 100 pictures", "OpenALPR 2.x", 2.7, 300,
     "the same, boxes on 300 pictures of which ours are 150"},
    {"negative", "false plates in 100 pictures", "YOLOv5-0.5-CN 640", 5.7, 300,
     "the same, boxes on 300 pictures of which ours are 150"},
});

}  // namespace

std::span<const Peer> peers() {
  return figures;
}

}  // namespace regmark::reading
