// The forms of values: text of a pattern, whole numbers, codes, days, keys, lists, sets, pairs,
// objects, unit ranges. Each reads, writes and says what it takes (codec_decoder.hpp).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/text.hpp"
#include "ledger/clauses_format.hpp"
#include "ledger/codec_decoder.hpp"
#include "ledger/codec_encoder.hpp"
#include "ledger/ranges.hpp"
#include "ledger/time.hpp"

namespace ledger::codec {

// ---- text ---------------------------------------------------------------------------------------

[[nodiscard]] bool is_id(std::string_view s);              // [A-Za-z0-9._-]{1,64}
[[nodiscard]] bool is_party_id(std::string_view s);        // [A-Z]{3}
[[nodiscard]] bool is_registry_id(std::string_view s);     // [A-Z]{3}[0-9]{2}
[[nodiscard]] bool is_carp(std::string_view s);            // CA[0-9]{4}
[[nodiscard]] bool is_event_type(std::string_view s);      // [a-z_]{1,32}.[a-z_]{1,32}
[[nodiscard]] bool is_code(std::string_view s);            // [a-z_]{1,64}
[[nodiscard]] bool is_report_version(std::string_view s);  // [1-9][0-9]{0,5}.(0|[1-9][0-9]{0,5})
[[nodiscard]] bool is_media_type(std::string_view s);      // [a-z0-9.+-]{1,127}/[a-z0-9.+-]{1,127}
[[nodiscard]] bool is_language(std::string_view s);        // [A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,7}
[[nodiscard]] bool is_origin(std::string_view s);          // [a-z0-9./_-]{1,255}, signed-note name
[[nodiscard]] bool is_text(std::string_view s);            // 1 to 256 bytes
[[nodiscard]] bool is_verifier_key(std::string_view s);    // visible ASCII, 1 to 320 bytes

struct TextForm {
  bool (*holds)(std::string_view);
  std::string_view what;
  std::string_view example;

  [[nodiscard]] std::string expected() const;
  void read(Decoder& io, json::Value found, std::string& value) const;
  void write(Encoder& io, const std::string& value) const { io.writer().string(value); }
};

inline constexpr TextForm id{is_id, "1 to 64 of the characters A-Z a-z 0-9 . _ -", "XHA-acc-1"};
inline constexpr TextForm party_id{is_party_id, "a Party's code of three capital letters", "XHA"};
inline constexpr TextForm registry_id{
    is_registry_id, "a registry's code of three capital letters and two digits", "XHA99"};
inline constexpr TextForm origin{is_origin, "1 to 255 of the characters a-z 0-9 . / _ -",
                                 "ledger.example/a6"};
inline constexpr TextForm text{is_text, "a text of 1 to 256 bytes", "Ministry of Environment"};

// ---- numbers, yes and no ------------------------------------------------------------------------

struct IntegerForm {
  std::int64_t least;
  std::int64_t most;

  [[nodiscard]] std::string expected() const;
  // The value, if it is one of the form; otherwise nothing, and the refusal is noted.
  [[nodiscard]] std::optional<std::int64_t> integer(Decoder& io, json::Value found) const;
  template <class T>
  void read(Decoder& io, json::Value found, T& value) const {
    if (const auto read = integer(io, found)) value = static_cast<T>(*read);
  }
  template <class T>
  void write(Encoder& io, const T& value) const {
    io.writer().integer(static_cast<std::int64_t>(value));
  }
};

inline constexpr IntegerForm any_integer{-json::max_integer, json::max_integer};
inline constexpr IntegerForm count{0, json::max_integer};
inline constexpr IntegerForm positive{1, json::max_integer};  // quantities, serials, versions
inline constexpr IntegerForm year{1990, 2100};
inline constexpr IntegerForm threshold{1, 4'294'967'295};

struct FlagForm {
  [[nodiscard]] std::string expected() const { return "true or false"; }
  void read(Decoder& io, json::Value found, bool& value) const;
  void write(Encoder& io, bool value) const { io.writer().boolean(value); }
};
inline constexpr FlagForm flag;

// ---- codes --------------------------------------------------------------------------------------

// The place of the code among `names`; otherwise nothing, and the refusal is noted.
[[nodiscard]] std::optional<std::size_t> read_code(Decoder& io, json::Value found,
                                                   const std::string_view* names, std::size_t n);
[[nodiscard]] std::string expected_code(const std::string_view* names, std::size_t n);

// An enumeration whose values are 0 to N-1, by their texts in that order.
template <class E, std::size_t N>
struct CodeForm {
  std::array<std::string_view, N> names;

  [[nodiscard]] std::string expected() const { return expected_code(names.data(), N); }
  void read(Decoder& io, json::Value found, E& value) const {
    if (const auto place = read_code(io, found, names.data(), N)) value = static_cast<E>(*place);
  }
  void write(Encoder& io, const E& value) const {
    io.writer().string(names.at(static_cast<std::size_t>(value)));
  }
};

// ---- days, moments, keys and hashes -------------------------------------------------------------

struct DateForm {
  [[nodiscard]] std::string expected() const { return "a day, as \"2027-02-20\""; }
  void read(Decoder& io, json::Value found, Date& value) const;
  void write(Encoder& io, const Date& value) const { io.writer().string(format_date(value)); }
};
inline constexpr DateForm date;

struct TimestampForm {
  [[nodiscard]] std::string expected() const {
    return "a moment in UTC with three fraction digits, as \"2027-02-20T08:00:00.123Z\"";
  }
  void read(Decoder& io, json::Value found, Timestamp& value) const;
  void write(Encoder& io, const Timestamp& value) const {
    io.writer().string(format_timestamp(value));
  }
};
inline constexpr TimestampForm timestamp;

struct HexForm {
  [[nodiscard]] std::string expected() const {
    return "32 bytes in lower-case hex (64 digits), as \"1f2e…\"";
  }
  template <class Tag>
  void read(Decoder& io, json::Value found, crypto::FixedBytes<32, Tag>& value) const {
    read_bytes(io, found, value.bytes);
  }
  template <class Tag>
  void write(Encoder& io, const crypto::FixedBytes<32, Tag>& value) const {
    io.writer().plain([&](std::string& out) { crypto::append_hex(out, value.view()); });
  }

 private:
  void read_bytes(Decoder& io, json::Value found, std::array<std::uint8_t, 32>& bytes) const;
};
inline constexpr HexForm hex;

// ---- objects ------------------------------------------------------------------------------------

// An object by the shape `members(io, value)` of its type.
struct ObjectForm {
  [[nodiscard]] std::string expected() const { return "an object"; }
  template <class T>
  void read(Decoder& io, json::Value found, T& value) const {
    io.object_value(found, [&] { members(io, value); });
  }
  template <class T>
  void write(Encoder& io, const T& value) const {
    io.object_value([&] { members(io, value); });
  }
};
inline constexpr ObjectForm object;

// ---- lists --------------------------------------------------------------------------------------

// False, and the refusal is noted, unless it is a list of at most `most`.
[[nodiscard]] bool is_list(Decoder& io, json::Value found, std::size_t most);
// Notes that the element at `index` does not ascend from the one before it.
void not_ascending(Decoder& io, json::Value found, std::size_t index, std::string_view by);
[[nodiscard]] std::string expected_list(std::size_t most, const std::string& element);

// A list in the author's order.
template <class Form>
struct ListForm {
  Form form;
  std::size_t most;

  [[nodiscard]] std::string expected() const { return expected_list(most, form.expected()); }
  template <class T>
  void read(Decoder& io, json::Value found, std::vector<T>& value) const {
    if (!is_list(io, found, most)) return;
    value.reserve(found.size());
    for (const json::Value element : found.elements()) {
      const Decoder::Step step(io, value.size());
      form.read(io, element, value.emplace_back());
      if (io.failed()) return;
    }
  }
  template <class T>
  void write(Encoder& io, const std::vector<T>& value) const {
    io.writer().begin_array();
    for (const T& element : value) form.write(io, element);
    io.writer().end_array();
  }
};

// A list that ascends strictly, so that there is one way to write it.
template <class Form, class Less>
struct SetForm {
  ListForm<Form> list;
  Less less;
  std::string_view by;  // what ascends, for refusals

  [[nodiscard]] std::string expected() const { return list.expected() + ", ascending"; }
  template <class T>
  void read(Decoder& io, json::Value found, std::vector<T>& value) const {
    list.read(io, found, value);
    if (io.failed()) return;
    for (std::size_t i = 1; i < value.size(); ++i) {
      if (!less(value[i - 1], value[i])) return not_ascending(io, found, i, by);
    }
  }
  template <class T>
  void write(Encoder& io, const std::vector<T>& value) const {
    list.write(io, value);
  }
};

template <class Form>
[[nodiscard]] constexpr ListForm<Form> list(Form form, std::size_t most) {
  return {form, most};
}
template <class Form, class Less = std::less<>>
[[nodiscard]] constexpr SetForm<Form, Less> set(Form form, std::size_t most, Less less = {},
                                                std::string_view by = "value") {
  return {{form, most}, less, by};
}

// ---- pairs --------------------------------------------------------------------------------------

// Two members of a struct that are one pair in JSON.
template <class T>
struct Both {
  T& first;
  T& second;
};
template <class T>
[[nodiscard]] Both<T> both(T& first, T& second) {
  return {first, second};
}

// False, and the refusal is noted, unless it is a list of two.
[[nodiscard]] bool is_pair(Decoder& io, json::Value found, std::string_view what);

template <class Form>
struct PairForm {
  Form form;
  std::string_view what;  // "[from,to]"

  [[nodiscard]] std::string expected() const {
    return std::string(what) + ", each " + form.expected();
  }
  template <class P>
  void read(Decoder& io, json::Value found, P& value) const {
    if (!is_pair(io, found, what)) return;
    auto element = found.elements().begin();
    read_at(io, 0, *element, value.first);
    read_at(io, 1, *++element, value.second);
  }
  template <class P>
  void write(Encoder& io, const P& value) const {
    io.writer().begin_array();
    form.write(io, value.first);
    form.write(io, value.second);
    io.writer().end_array();
  }

 private:
  template <class T>
  void read_at(Decoder& io, std::size_t index, json::Value found, T& value) const {
    const Decoder::Step step(io, index);
    form.read(io, found, value);
  }
};

template <class Form>
[[nodiscard]] constexpr PairForm<Form> pair(Form form, std::string_view what) {
  return {form, what};
}

// ---- ranges of units ----------------------------------------------------------------------------

// [[first,last],…]: closed, ascending, disjoint, never adjacent; at least one, and counted over the
// whole event.
struct RangesForm {
  [[nodiscard]] std::string expected() const;
  void read(Decoder& io, json::Value found, RangeSet& value) const;
  void write(Encoder& io, const RangeSet& value) const;
};
inline constexpr RangesForm ranges;

}  // namespace ledger::codec
