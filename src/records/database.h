// The database of everything that is not a sighting. SQLite does the work (records/sqlite/).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::records {

// What a column holds. Times are stored as microseconds of UTC.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string, base::Bytes>;

inline Value value_of(base::UtcTime time) {
  return std::int64_t{time.time_since_epoch().count()};
}
inline Value value_of(const std::optional<base::UtcTime>& time) {
  return time ? value_of(*time) : Value{nullptr};
}

// Divides a stored time into days since 1970.
inline constexpr std::int64_t day_length = base::UtcTime::duration{std::chrono::days{1}}.count();

// One row of an answer. Asking for a column as something it is not is a mistake of ours.
class Row {
 public:
  explicit Row(std::vector<Value> columns) : columns_(std::move(columns)) {}
  bool is_null(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;
  double real(std::size_t column) const;
  const std::string& text(std::size_t column) const;
  const base::Bytes& bytes(std::size_t column) const;
  base::UtcTime time(std::size_t column) const;
  std::optional<base::UtcTime> optional_time(std::size_t column) const;
  std::string text_or_empty(std::size_t column) const;

 private:
  std::vector<Value> columns_;
};

// What runs inside one transaction. Not to be kept after it.
class Transaction {
 public:
  virtual ~Transaction() = default;
  // Runs one statement with ?1, ?2, … bound to `values` and gives its rows. Fails with, in this
  // order:
  //   conflict        a UNIQUE, FOREIGN KEY or CHECK rule of a table says no
  //   unavailable     the disk is full or away, or another process holds the file
  //   corrupt         the file is damaged
  // A statement that SQLite cannot parse is a mistake of ours.
  virtual Result<std::vector<Row>> run(std::string_view sql, std::span<const Value> values) = 0;
  Result<std::vector<Row>> run(std::string_view sql, std::initializer_list<Value> values = {}) {
    return run(sql, std::span(values.begin(), values.size()));
  }
  // How many rows the last INSERT, UPDATE or DELETE changed.
  virtual std::int64_t changed() const = 0;
};

// A step that takes the tables from one shape to the next. Applied once, in order, by name.
struct Migration {
  std::string_view name;  // room and number: "people/001"
  std::string_view sql;
};

// One file. May be used from many threads at once: writers wait for one another, readers do not.
class Database {
 public:
  // Opens or makes the file; readable by its owner only. Fails with
  //   unavailable   it cannot be opened
  //   corrupt       it is no database
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path);
  // Opens the file beside whoever writes to it, for reading only. Fails as open(), also when there
  // is no file yet.
  static Result<std::unique_ptr<Database>> open_beside(const std::filesystem::path& path);
  virtual ~Database() = default;

  // Applies what was not applied yet, each in a transaction of its own. Fails with
  //   corrupt       a migration that was applied once had another text then
  virtual Result<void> migrate(std::span<const Migration> migrations) = 0;

  // Whatever was erased before this call is, on return, in no byte of the file nor of the log that
  // SQLite keeps beside it. Fails with
  //   unavailable   somebody reads without end, or the disk is full or away: call again
  virtual Result<void> forget() = 0;
  // Writes all that is committed, as it is at one moment, to a new file that only its owner may
  // read; others write on meanwhile. Durable on return. Fails with
  //   unavailable   the disk is full or away, or there is such a file
  virtual Result<void> copy_to(const std::filesystem::path& file) = 0;

  // Runs `work` (Transaction& -> Result<T>) in one transaction. Commits when it gives a value, and
  // that is durable on return; rolls back when it gives an error.
  template <typename Work>
  auto write(Work&& work) -> std::invoke_result_t<Work, Transaction&> {
    return run<std::invoke_result_t<Work, Transaction&>>(Kind::write, work);
  }
  // Runs `work` on one unchanging view of the data.
  template <typename Work>
  auto read(Work&& work) -> std::invoke_result_t<Work, Transaction&> {
    return run<std::invoke_result_t<Work, Transaction&>>(Kind::read, work);
  }

 protected:
  enum class Kind { read, write };
  virtual Result<void> in_transaction(Kind kind,
                                      const std::function<Result<void>(Transaction&)>& work) = 0;

 private:
  template <typename Answer, typename Work>
  Answer run(Kind kind, Work& work) {
    std::optional<Answer> answer;
    auto done = in_transaction(kind, [&](Transaction& transaction) -> Result<void> {
      answer.emplace(work(transaction));
      if (!*answer) return tl::unexpected<Error>(answer->error());
      return {};
    });
    if (!done) return tl::unexpected<Error>(std::move(done).error());
    return *std::move(answer);
  }
};

}  // namespace regmark::records
