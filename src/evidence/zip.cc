#include "evidence/zip.h"

#include <algorithm>
#include <boost/crc.hpp>
#include <cstdint>
#include <set>

namespace regmark::evidence {
namespace {

constexpr std::uint32_t local_signature = 0x04034b50;
constexpr std::uint32_t central_signature = 0x02014b50;
constexpr std::uint32_t end_signature = 0x06054b50;
constexpr std::uint16_t version = 10;          // the oldest: files stored in folders
constexpr std::uint16_t first_of_1980 = 0x21;  // a date says nothing here, but must be one
constexpr std::size_t local_size = 30;
constexpr std::size_t local_name_at = 26;
constexpr std::size_t local_sizes_at = 18;

void add_16(std::string& to, std::uint32_t value) {
  to += static_cast<char>(value & 0xffU);
  to += static_cast<char>(value >> 8U & 0xffU);
}

void add_32(std::string& to, std::uint32_t value) {
  add_16(to, value & 0xffffU);
  add_16(to, value >> 16U);
}

std::uint32_t read_16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]) |
         static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[at + 1])) << 8U;
}

std::uint32_t read_32(std::string_view bytes, std::size_t at) {
  return read_16(bytes, at) | read_16(bytes, at + 2) << 16U;
}

std::uint32_t sum_of(const std::string& bytes) {
  boost::crc_32_type sum;
  sum.process_bytes(bytes.data(), bytes.size());
  return sum.checksum();
}

bool is_name(std::string_view name) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
  return !name.empty() && name.size() <= zip_name_length_max && name.front() != '/' &&
         name.back() != '/' && name.find_first_not_of(allowed) == std::string_view::npos &&
         name.find("..") == std::string_view::npos && name.find("//") == std::string_view::npos;
}

// What a file's two headers have in common.
void add_about(std::string& to, const File& file, std::uint32_t sum) {
  const auto size = static_cast<std::uint32_t>(file.bytes.size());
  add_16(to, version);
  add_16(to, 0);  // no flags
  add_16(to, 0);  // stored as it is
  add_16(to, 0);  // midnight
  add_16(to, first_of_1980);
  add_32(to, sum);
  add_32(to, size);
  add_32(to, size);
  add_16(to, static_cast<std::uint32_t>(file.name.size()));
  add_16(to, 0);  // nothing extra
}

Result<void> check(const std::vector<File>& files) {
  std::size_t size = 0;
  for (const auto& file : files) size += file.bytes.size() + 2 * zip_name_length_max + 76;
  if (files.size() > zip_files_max || size > zip_size_max) {
    return fail(ErrorCode::limit_exceeded, "that is too much for one file of evidence");
  }
  std::set<std::string_view> names;
  for (const auto& file : files) {
    if (is_name(file.name) && names.insert(file.name).second) continue;
    return fail(ErrorCode::invalid_input, "a file's name is none, or stands twice");
  }
  return {};
}

}  // namespace

Result<std::string> write_zip(const std::vector<File>& files) {
  REGMARK_TRY(check(files));
  std::string out;
  std::string directory;
  for (const auto& file : files) {
    const auto at = static_cast<std::uint32_t>(out.size());
    const auto sum = sum_of(file.bytes);
    add_32(out, local_signature);
    add_about(out, file, sum);
    out += file.name + file.bytes;
    add_32(directory, central_signature);
    add_16(directory, version);
    add_about(directory, file, sum);
    add_16(directory, 0);  // no comment
    add_16(directory, 0);  // on the first disk
    add_16(directory, 0);  // not known to be text
    add_32(directory, 0);  // no attributes
    add_32(directory, at);
    directory += file.name;
  }
  const auto begin = static_cast<std::uint32_t>(out.size());
  out += directory;
  add_32(out, end_signature);
  add_32(out, 0);  // one disk
  add_16(out, static_cast<std::uint32_t>(files.size()));
  add_16(out, static_cast<std::uint32_t>(files.size()));
  add_32(out, static_cast<std::uint32_t>(directory.size()));
  add_32(out, begin);
  add_16(out, 0);  // no comment
  return out;
}

Result<std::vector<File>> read_zip(std::string_view bytes) {
  if (bytes.size() > zip_size_max) {
    return fail(ErrorCode::limit_exceeded, "the file is too large to be evidence of ours");
  }
  const auto wrong = fail(ErrorCode::corrupt, "the file is no ZIP file as we write them");
  std::vector<File> files;
  for (std::size_t at = 0;
       bytes.size() - at >= local_size && read_32(bytes, at) == local_signature;) {
    const std::size_t size = read_32(bytes, at + local_sizes_at);
    const std::size_t name_size = read_16(bytes, at + local_name_at);
    at += local_size;
    if (bytes.size() - at < name_size + size || files.size() == zip_files_max) return wrong;
    files.push_back({std::string(bytes.substr(at, name_size)),
                     std::string(bytes.substr(at + name_size, size))});
    at += name_size + size;
  }
  // Everything else in it, sums and directory among it, follows from the files.
  if (const auto same = write_zip(files); !same || *same != bytes) return wrong;
  return files;
}

}  // namespace regmark::evidence
