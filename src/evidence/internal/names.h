// What the parts of a file of evidence are called.
#pragma once

#include <string>
#include <string_view>

#include "plate/read.h"
#include "plate/read_words.h"

namespace regmark::evidence::internal {

// Of the manifest. In a file of format 1 each camera has its site or deployment as it stood when it
// was exported; in one of format 2, as it stood when the camera read.
inline constexpr int format_written = 2;

inline constexpr std::string_view page_name = "statement.html";
inline constexpr std::string_view paper_name = "statement.pdf";
inline constexpr std::string_view reads_name = "reads.json";
inline constexpr std::string_view cameras_name = "cameras.json";
inline constexpr std::string_view manifest_name = "manifest.json";
// Beside the manifest, which cannot speak of what speaks of it.
inline constexpr std::string_view permit_proof_name = "log/permit.proof";
inline constexpr std::string_view permit_opening_name = "log/permit.json";
inline constexpr std::string_view sealing_proof_name = "log/sealing.proof";
inline constexpr std::string_view sealing_opening_name = "log/sealing.json";
inline constexpr std::string_view key_name = "log/key.vkey";

inline std::string picture_name(std::string_view read, std::string_view kind) {
  return "pictures/" + std::string(read) + "-" + std::string(kind) + ".jpg";
}
inline std::string picture_name(const plate::ReadId& read, plate::PictureKind kind) {
  return picture_name(read.text(), base::word(plate::picture_kind_words, kind));
}

}  // namespace regmark::evidence::internal
