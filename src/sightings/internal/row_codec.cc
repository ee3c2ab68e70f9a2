#include "sightings/internal/row_codec.h"

#include <algorithm>

#include "sightings/internal/bytes.h"
#include "sightings/internal/row_parts.h"
#include "sightings/internal/row_shape.h"
#include "sightings/store.h"

namespace regmark::sightings::internal {
namespace {

// A text's number in the book, or the text itself after a zero.
void write_text(Writer& out, TextNumbers& numbers, TextKind kind, const base::Bytes& text) {
  const auto number = numbers.number_of(kind, base::as_text(text));
  out.varint(number);
  if (number == 0) out.text(base::as_text(text));
}

// Longer than any text of a book: three texts of text_length_max each.
constexpr std::size_t book_text_length_max = 4 * (text_length_max + 1);

std::string read_text(Reader& in, const TextBook& book, TextKind kind) {
  const auto number = in.varint();
  if (number == 0) return std::string(in.text(book_text_length_max));
  if (number > UINT32_MAX) {
    in.fail();
    return {};
  }
  auto text = book.text_of(kind, static_cast<std::uint32_t>(number));
  if (!text) in.fail();
  return text ? *std::move(text) : std::string();
}

// What follows the shape, in the order of the format.
void write_parts(Writer& out, const plate::Read& read, const Shape& shape) {
  if (shape.id_given) out.bytes(read.id.bytes());
  write_event(out, shape.event, read.source_event);
  write_times(out, read, shape.sent_in_microseconds);
  write_score(out, read.score);
  if (shape.raw == RawForm::text) out.text(read.raw_text);
  const plate::Claim* claims[] = {&read.vehicle_class, &read.make, &read.colour};
  for (std::size_t at = 0; at < 3; ++at) {
    if (shape.claims[at]) write_score(out, claims[at]->score);
  }
  for (const auto& other : read.alternatives) write_alternative(out, read.plate.text(), other);
  write_character_scores(out, read.character_scores);
  if (shape.position_in_row) write_position(out, *read.position);
  if (shape.heading_in_row) write_heading(out, *read.heading);
  if (shape.corners) write_corners(out, *read.corners);
  if (shape.supersedes) out.bytes(read.supersedes->bytes());
}

void read_raw_text(Reader& in, plate::Read& read, const Shape& shape) {
  if (shape.raw == RawForm::text) {
    read.raw_text = in.text(raw_text_length_max);
    return;
  }
  read.raw_text = read.plate.text();
  if (shape.raw == RawForm::same) return;
  if (shape.space_after > read.raw_text.size()) {
    in.fail();
  } else {
    read.raw_text.insert(shape.space_after, 1, ' ');
  }
}

plate::ReadId read_id(Reader& in) {
  std::array<std::uint8_t, 16> id{};
  std::ranges::copy(in.bytes(id.size()), id.begin());
  return plate::ReadId::from_bytes(id);
}

void read_parts(Reader& in, plate::Read& read, const Shape& shape) {
  const auto given = shape.id_given ? std::optional(read_id(in)) : std::nullopt;
  read.source_event = read_event(in, shape.event);
  if (read.source_event.empty()) in.fail();
  read.id = given.value_or(plate::ReadId::of(read.camera, read.source_event));
  read_times(in, read, shape.sent_in_microseconds);
  read.score = read_score(in);
  read_raw_text(in, read, shape);
  plate::Claim* claims[] = {&read.vehicle_class, &read.make, &read.colour};
  for (std::size_t at = 0; at < 3; ++at) {
    if (shape.claims[at]) claims[at]->score = read_score(in);
  }
  for (unsigned at = 0; at < shape.alternatives && !in.failed(); ++at) {
    read.alternatives.push_back(read_alternative(in, read.plate.text()));
  }
  read.character_scores = read_character_scores(in, shape.character_scores);
  if (shape.position_in_row) read.position = read_position(in);
  if (shape.heading_in_row) read.heading = read_heading(in);
  if (shape.corners) read.corners = read_corners(in);
  if (shape.supersedes) read.supersedes = read_id(in);
}

void read_pictures(Reader& in, Row& row, const Shape& shape) {
  for (const auto kind : shape.pictures) {
    plate::PictureName name{.kind = kind, .sha256 = {}, .size = 0};
    const auto size = in.varint();
    const auto sum = in.bytes(name.sha256.size());
    const auto pack = in.varint();
    if (size > picture_size_max || sum.empty() || pack > UINT32_MAX) {
      in.fail();
      return;
    }
    name.size = static_cast<std::uint32_t>(size);
    std::ranges::copy(sum, name.sha256.begin());
    row.read.pictures.push_back(name);
    row.places.push_back({static_cast<std::uint32_t>(pack), in.varint()});
  }
}

}  // namespace

base::Bytes encode_row(const plate::Read& read, std::span<const PicturePlace> places,
                       TextNumbers& numbers) {
  Writer out;
  const Shape shape = shape_of(read);
  write_text(out, numbers, TextKind::shape, text_of(shape));
  write_text(out, numbers, TextKind::setting, setting_text(read));
  if (shape.claims[0] || shape.claims[1] || shape.claims[2]) {
    write_text(out, numbers, TextKind::description, description_text(read));
  }
  write_parts(out, read, shape);
  for (std::size_t at = 0; at < read.pictures.size(); ++at) {
    out.varint(read.pictures[at].size);
    out.bytes(read.pictures[at].sha256);
    out.varint(places[at].pack);
    out.varint(places[at].offset);
  }
  return out.take();
}

Result<Row> decode_row(const RowName& name, std::span<const std::uint8_t> bytes,
                       const TextBook& book) {
  Row row{.read = plate::Read{.id = plate::ReadId::from_bytes({}),
                              .camera = name.camera,
                              .source_event = {},
                              .raw_text = {},
                              .plate = name.plate,
                              .observed = name.observed,
                              .sent = {},
                              .received = {}},
          .places = {}};
  auto& read = row.read;
  Reader in(bytes);
  const auto wrong = [] { return fail(ErrorCode::corrupt, "a stored row cannot be read"); };
  const auto parsed = parse_shape(read_text(in, book, TextKind::shape));
  if (in.failed() || !parsed) return wrong();
  const Shape& shape = *parsed;
  read.observed_by = shape.observed_by;
  read.phase = shape.phase;
  read.direction = shape.direction;
  read.skewed = shape.skewed;
  read.late = shape.late;
  read.position_by = shape.position_by;
  read.lane = shape.lane;
  read.country = shape.country;
  const auto setting = read_text(in, book, TextKind::setting);
  if (in.failed() || !read_setting(setting, read)) return wrong();
  if (shape.claims[0] || shape.claims[1] || shape.claims[2]) {
    const auto description = read_text(in, book, TextKind::description);
    if (in.failed() || !read_description(description, shape, read)) return wrong();
  }
  read_parts(in, read, shape);
  read_pictures(in, row, shape);
  if (!in.whole()) return wrong();
  return row;
}

plate::Read as_kept(const plate::Read& read) {
  NoTexts no_texts;
  const std::vector<PicturePlace> places(read.pictures.size());
  auto row = decode_row({read.camera, read.plate, read.observed},
                        encode_row(read, places, no_texts), no_texts);
  return row ? std::move(row->read) : read;
}

}  // namespace regmark::sightings::internal
