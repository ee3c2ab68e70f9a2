// Strict reading of JSON objects: each member is known and has its kind, or the message says where
// it does not. Thrown and caught in this folder only.
#pragma once

#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/geography.h"
#include "base/result.h"

namespace regmark::planning {

using Json = nlohmann::json;

struct Wrong {
  ErrorCode code = ErrorCode::invalid_input;
  std::string what;
};

// A value and where it stands: "corridors[2]".
class Member {
 public:
  Member(const Json& json, std::string where) : json_(json), where_(std::move(where)) {}

  [[noreturn]] void wrong(std::string_view what, ErrorCode code = ErrorCode::invalid_input) const {
    throw Wrong{code, (where_.empty() ? "the file" : where_) + ": " + std::string(what)};
  }
  // Whatever is not named is a mistake somebody should hear of.
  void check_members(std::initializer_list<std::string_view> members) const;

  const std::string& where() const { return where_; }
  bool has(const char* name) const { return json_.is_object() && json_.contains(name); }
  Member at(const char* name) const;
  bool is_list() const { return json_.is_array(); }
  bool is_text() const { return json_.is_string(); }
  bool is_object() const { return json_.is_object(); }
  bool is_null() const { return json_.is_null(); }
  std::size_t size() const { return json_.size(); }
  Member at(std::size_t index) const {
    return {json_.at(index), where_ + "[" + std::to_string(index) + "]"};
  }

  std::string text(std::size_t size_max, std::size_t size_min = 1) const;
  double number(double least, double most) const;
  std::int64_t integer(std::int64_t least, std::int64_t most) const;
  bool flag() const;
  // Its `latitude` and `longitude`.
  base::Position position() const;

  std::string text(const char* name, std::size_t size_max, std::string_view otherwise) const {
    return has(name) ? at(name).text(size_max, 0) : std::string(otherwise);
  }
  double number(const char* name, double least, double most, double otherwise) const {
    return has(name) ? at(name).number(least, most) : otherwise;
  }
  std::int64_t integer(const char* name, std::int64_t least, std::int64_t most,
                       std::int64_t otherwise) const {
    return has(name) ? at(name).integer(least, most) : otherwise;
  }
  bool flag(const char* name, bool otherwise) const {
    return has(name) ? at(name).flag() : otherwise;
  }

  // Calls `work` with each element of the list `name`, if there is one.
  template <typename Work>
  void each(const char* name, std::size_t most, Work&& work) const {
    if (!has(name)) return;
    const auto list = at(name);
    if (!list.is_list()) list.wrong("a list is wanted");
    if (list.size() > most) {
      list.wrong("at most " + std::to_string(most), ErrorCode::limit_exceeded);
    }
    for (std::size_t i = 0; i < list.size(); ++i) work(list.at(i));
  }

 private:
  const Json& json_;
  std::string where_;
};

// Reads one JSON text and gives what `read` (Json -> T) makes of it. Fails with
//   invalid_input    no JSON; a member that stands twice; what `read` throws as Wrong
template <typename Read>
auto read_json(std::string_view text, Read&& read) -> Result<decltype(read(Json()))>;

// The text as JSON. Throws Wrong.
Json parse_or_throw(std::string_view text);

template <typename Read>
auto read_json(std::string_view text, Read&& read) -> Result<decltype(read(Json()))> {
  try {
    return read(parse_or_throw(text));
  } catch (const Wrong& wrong) {
    return fail(wrong.code, wrong.what);
  }
}

}  // namespace regmark::planning
