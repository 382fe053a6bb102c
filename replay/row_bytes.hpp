// Rows of the views as bytes and back: short, and refused when they were altered.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/time.hpp"

namespace replay {

// Appends values: integers in seven bits a byte, low ones first; signed ones doubled, so that small
// ones stay short; strings and lists behind their length.
class RowWriter {
 public:
  explicit RowWriter(std::string& out) : out_(out) {}

  template <class... T>
  void operator()(const T&... values) {
    (put(values), ...);
  }

 private:
  void put_unsigned(std::uint64_t value) {
    std::array<char, 10> bytes;  // appended at once, as keys are
    std::size_t size = 0;
    for (; value >= 0x80; value >>= 7) bytes[size++] = static_cast<char>(value | 0x80);
    bytes[size++] = static_cast<char>(value);
    out_.append(bytes.data(), size);
  }
  template <class T>
  void put(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      put_unsigned(static_cast<std::uint64_t>(value));
    } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
      const auto wide = static_cast<std::int64_t>(value);
      put_unsigned(static_cast<std::uint64_t>(wide) << 1 ^ static_cast<std::uint64_t>(wide >> 63));
    } else if constexpr (std::is_integral_v<T>) {
      put_unsigned(value);
    } else {
      fields(*this, value);
    }
  }
  void put(const std::string& value) {
    put_unsigned(value.size());
    out_ += value;
  }
  template <std::size_t N, class Tag>
  void put(const crypto::FixedBytes<N, Tag>& value) {
    out_ += value.view();
  }
  void put(const ledger::Date& value) { put(value.days); }
  void put(const ledger::Timestamp& value) { put(value.ms); }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put_unsigned(values.size());
    for (const T& value : values) put(value);
  }
  template <class A, class B>
  void put(const std::pair<A, B>& value) {
    put(value.first);
    put(value.second);
  }

  std::string& out_;
};

// Takes values as RowWriter wrote them. Once something does not fit, everything else is zero or
// empty, and whole() is false: ask it when all is taken.
class RowReader {
 public:
  explicit RowReader(std::string_view bytes) : rest_(bytes) {}

  template <class... T>
  void operator()(T&... values) {
    (take(values), ...);
  }
  // Whether everything fitted and nothing is left.
  [[nodiscard]] bool whole() const { return fits_ && rest_.empty(); }
  [[nodiscard]] bool at_end() const { return !fits_ || rest_.empty(); }

 private:
  void fail() {
    fits_ = false;
    rest_ = {};
  }
  std::string_view take_bytes(std::size_t count) {
    if (count > rest_.size()) {
      fail();
      return {};
    }
    const std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }
  std::uint64_t take_unsigned() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    fail();
    return 0;
  }
  // A length; every element takes a byte at least, so that a damaged one never costs memory.
  std::size_t take_length() {
    const std::uint64_t length = take_unsigned();
    if (length <= rest_.size()) return static_cast<std::size_t>(length);
    fail();
    return 0;
  }
  template <class T>
  void take(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      value = take_unsigned() != 0;
    } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
      const std::uint64_t doubled = take_unsigned();
      value = static_cast<T>(doubled >> 1 ^ (~(doubled & 1) + 1));
    } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      value = static_cast<T>(take_unsigned());
    } else {
      fields(*this, value);
    }
  }
  void take(std::string& value) { value = take_bytes(take_length()); }
  template <std::size_t N, class Tag>
  void take(crypto::FixedBytes<N, Tag>& value) {
    const auto read = crypto::FixedBytes<N, Tag>::from(take_bytes(N));
    if (read) value = *read;
  }
  void take(ledger::Date& value) { take(value.days); }
  void take(ledger::Timestamp& value) { take(value.ms); }
  template <class T>
  void take(std::optional<T>& value) {
    bool present = false;
    take(present);
    value.reset();
    if (present) take(value.emplace(T{}));
  }
  template <class T>
  void take(std::vector<T>& values) {
    values.resize(take_length());
    for (T& value : values) take(value);
  }
  template <class A, class B>
  void take(std::pair<A, B>& value) {
    take(value.first);
    take(value.second);
  }

  std::string_view rest_;
  bool fits_ = true;
};

}  // namespace replay
