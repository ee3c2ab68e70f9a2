// A picture as pixels, and pictures as files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"

namespace regmark::reading {

// 64 MiB holds the largest photographs of phones and survey cameras several times over.
inline constexpr std::size_t picture_file_max = std::size_t{64} << 20U;
// 100 megapixels are 300 MB in memory: more than any camera on a road, and still bearable.
inline constexpr std::int64_t picture_pixels_max = 100'000'000;
// What the JPEG and WebP formats themselves can hold of a side, rounded down.
inline constexpr int picture_side_max = 65'500;

// Red, green, blue, 8 bits each, rows packed from the top. At least one pixel.
class Picture {
 public:
  // A black one. Fails with, in this order:
  //   invalid_input    a side below 1
  //   limit_exceeded   a side above picture_side_max, or more than pixels_max in all
  static Result<Picture> create(int width, int height,
                                std::int64_t pixels_max = picture_pixels_max);

  int width() const { return width_; }
  int height() const { return height_; }
  std::size_t row_size() const { return static_cast<std::size_t>(width_) * 3; }  // bytes
  std::span<const std::uint8_t> pixels() const { return pixels_; }
  std::span<std::uint8_t> pixels() { return pixels_; }
  const std::uint8_t* at(int x, int y) const { return pixels_.data() + offset(x, y); }
  std::uint8_t* at(int x, int y) { return pixels_.data() + offset(x, y); }
  friend bool operator==(const Picture&, const Picture&) = default;

 private:
  Picture(int width, int height);
  std::size_t offset(int x, int y) const {
    return static_cast<std::size_t>(y) * row_size() + static_cast<std::size_t>(x) * 3;
  }
  int width_, height_;
  std::vector<std::uint8_t> pixels_;
};

enum class PictureFormat : std::uint8_t { jpeg, png, webp, bmp };

// What the first bytes say a file is: the format, or nothing for what is none of the four.
struct Sniffed {
  bool is_picture = false;
  PictureFormat format = PictureFormat::jpeg;
};
Sniffed sniff(std::span<const std::uint8_t> file);

// The pixels of a JPEG, PNG, WebP or BMP file, the right way up (by its EXIF orientation). What is
// transparent loses that, deep colour is cut to 8 bits. A file that is cut short is no picture, as
// far as that can be known: what stood in the rest would be missing without a word. Fails with, in
// this order:
//   limit_exceeded   more bytes than picture_file_max
//   invalid_input    none of the four formats
//   limit_exceeded   more pixels than pixels_max
//   invalid_input    the file is damaged, or a kind of its format that cannot be read (animated)
Result<Picture> decode_picture(std::span<const std::uint8_t> file,
                               std::int64_t pixels_max = picture_pixels_max);

// Turns a picture so that an EXIF orientation (1 to 8; others are taken as 1) is upright.
Picture upright(Picture picture, int orientation);

// A JPEG file of this quality, 1 to 100.
Result<base::Bytes> encode_jpeg(const Picture& picture, int quality);

}  // namespace regmark::reading
