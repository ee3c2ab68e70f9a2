// How a function says it could not do its work. See ARCHITECTURE.md, "When things fail".
#pragma once

#include <cstdint>
#include <string>
#include <utility>

// Declared here first, with the attribute, so that a dropped error does not compile.
// For that reason no other file may include <tl/expected.hpp>.
namespace tl {
template <class T, class E>
class [[nodiscard]] expected;
}
#include <tl/expected.hpp>

namespace regmark {

// The code says what the caller can do about it; the message is for a person to read.
enum class ErrorCode : std::uint8_t {
  invalid_input,   // the caller sent something wrong: correct it, do not retry
  not_found,       // there is no such thing
  conflict,        // someone else changed it first: read again, then decide
  limit_exceeded,  // a stated limit was reached
  unavailable,     // a disk, camera or store is away: retry later
  corrupt,         // stored bytes fail their check: stop and call the operator
};

struct Error {
  ErrorCode code;
  std::string message;
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

constexpr const char* name(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return "invalid_input";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::limit_exceeded:
      return "limit_exceeded";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::corrupt:
      return "corrupt";
  }
  return "unknown";
}

}  // namespace regmark

#define REGMARK_JOIN_(a, b) a##b
#define REGMARK_JOIN(a, b) REGMARK_JOIN_(a, b)

// REGMARK_ASSIGN(auto plate, Plate::parse(text)): declares plate, or returns the error.
// NOLINTBEGIN(bugprone-macro-parentheses): a declaration cannot stand in parentheses.
#define REGMARK_ASSIGN(declaration, ...) \
  REGMARK_ASSIGN_(REGMARK_JOIN(result_, __COUNTER__), declaration, (__VA_ARGS__))
#define REGMARK_ASSIGN_(temporary, declaration, expression)                              \
  auto temporary = expression;                                                           \
  if (!temporary) return tl::unexpected<::regmark::Error>(std::move(temporary).error()); \
  declaration = *std::move(temporary)

// NOLINTEND(bugprone-macro-parentheses)

// REGMARK_TRY(store.flush()): goes on, or returns the error. Each gets a name of its own, so that
// one may stand inside a lambda inside another.
#define REGMARK_TRY(...) REGMARK_TRY_(REGMARK_JOIN(result_, __COUNTER__), (__VA_ARGS__))
#define REGMARK_TRY_(temporary, expression)                                  \
  do {                                                                       \
    if (auto temporary = expression; !temporary)                             \
      return tl::unexpected<::regmark::Error>(std::move(temporary).error()); \
  } while (false)
