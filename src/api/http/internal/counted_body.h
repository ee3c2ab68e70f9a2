// What a request brings, counted against what all clients of the server may hold together.
#pragma once

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffer_traits.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional/optional.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "api/http/internal/core.h"

namespace regmark::api::http {

// A body that takes memory as bytes come, not as they are announced, and stops when all bodies of
// the server together take too much.
struct CountedBody {
  struct value_type {  // NOLINT(readability-identifier-naming): Beast's word
    std::string bytes;
    std::optional<BodyLease> lease;
  };
  class reader {  // NOLINT(readability-identifier-naming): Beast's word
   public:
    template <bool is_request, class Fields>
    reader(boost::beast::http::header<is_request, Fields>&, value_type& value) : value_(value) {}
    void init(const boost::optional<std::uint64_t>& length, boost::system::error_code& error) {
      error = {};
      if (length) length_ = *length;
    }
    template <class Buffers>
    std::size_t put(const Buffers& buffers, boost::system::error_code& error) {
      const auto size = boost::beast::buffer_bytes(buffers);
      error = {};
      if (!make_room(size)) {
        error = make_error_code(boost::system::errc::not_enough_memory);
        return 0;
      }
      for (const auto buffer : boost::beast::buffers_range(buffers)) {
        value_.bytes.append(static_cast<const char*>(buffer.data()), buffer.size());
      }
      return size;
    }
    void finish(boost::system::error_code& error) { error = {}; }

   private:
    // What is set aside counts, and not what of it is filled: so it doubles up to what was
    // announced, and no further.
    bool make_room(std::size_t size) {
      auto& bytes = value_.bytes;
      const auto needed = bytes.size() + size;
      if (needed <= bytes.capacity()) return true;
      const auto next = std::max<std::uint64_t>(needed, std::min(2 * needed, length_));
      if (!value_.lease->grow(next - bytes.capacity())) return false;
      std::string larger;  // reserve() would double what is there already
      larger.reserve(next);
      larger += bytes;
      bytes = std::move(larger);
      return true;
    }

    value_type& value_;
    std::uint64_t length_ = std::numeric_limits<std::uint64_t>::max();
  };
};

}  // namespace regmark::api::http
