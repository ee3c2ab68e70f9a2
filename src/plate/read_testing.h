// What tests of reads share. Never included by a program.
#pragma once

#include <string_view>

#include "plate/read.h"

namespace regmark::plate {

// A read that says nothing but what it must: seen, sent and received at one time, sure of itself,
// with the plate as the camera's name for the event.
inline Read a_read(std::string_view camera, std::string_view plate,
                   std::string_view at = "2026-03-29T00:30:00Z") {
  const auto id = base::CameraId::parse(camera).value();
  const auto time = base::parse_utc(at).value();
  return Read{.id = ReadId::of(id, plate),
              .camera = id,
              .source_event = std::string(plate),
              .raw_text = std::string(plate),
              .plate = Plate::parse(plate).value(),
              .score = 0.99F,
              .observed = time,
              .sent = time,
              .received = time};
}

}  // namespace regmark::plate
