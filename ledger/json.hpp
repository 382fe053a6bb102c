// Canonical JSON, the only form in which events and entries exist: a reader that accepts nothing
// else and says which byte offends, and a writer that makes nothing else (spec/encoding.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/ensure.hpp"

namespace ledger::json {

inline constexpr std::int64_t max_integer = 9'007'199'254'740'991;  // 2^53 - 1, RFC 7493 2.2
inline constexpr std::size_t max_string_bytes = 4'096;
inline constexpr std::size_t max_name_bytes = 64;
inline constexpr unsigned max_depth = 8;

// How large a text may be. Precondition: bytes < 2^29, 1 <= depth <= max_depth, members >= 1.
struct Limits {
  std::size_t bytes = 65'535;             // of the text
  unsigned depth = max_depth;             // objects and arrays that are open at once
  std::size_t string = max_string_bytes;  // bytes of a string value after unescaping
  std::size_t members = 256;              // of one object
};

enum class Type : std::uint8_t { null, boolean, integer, string, array, object };

class Elements;
class Members;
class Value;

// A text that has been read. Reusable: parse() again takes the same memory again. Refers to the
// text, which must outlive it. One thread at a time.
class Document {
 public:
  Document() = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  // Reads the text in one pass and accepts it only if it is canonical and within the limits;
  // otherwise FMT-1 to FMT-8 with the sentence "byte <offset>: …", and there is no root.
  [[nodiscard]] Result<> parse(std::string_view text, const Limits& limits = {});

  // The top-level object. Precondition: the last parse() succeeded.
  [[nodiscard]] Value root() const;

 private:
  friend class Reader;
  friend class Value;
  friend class Elements;
  friend class Members;

  // A value or a member's name, in the order of the text. What `first` and `second` are:
  //   boolean: first 0 or 1        integer: the two halves of the value
  //   string: length after unescaping, and place in unescaped_ if it has an escape
  //   array, object: number of elements or members, and index of the node after it
  struct Node {
    std::uint32_t begin;     // offset in the text
    std::uint32_t end : 29;  // offset behind the last byte
    std::uint32_t type : 3;  // Type
    std::uint32_t first;
    std::uint32_t second;
  };
  static_assert(sizeof(Node) == 16, "a tape of 16 bytes a value is budgeted");

  [[nodiscard]] std::uint32_t after(std::uint32_t index) const {
    const Node& node = nodes_[index];
    return node.type >= static_cast<std::uint32_t>(Type::array) ? node.second : index + 1;
  }
  [[nodiscard]] std::string_view raw(std::uint32_t index) const {
    return {text_.data() + nodes_[index].begin, nodes_[index].end - nodes_[index].begin};
  }

  std::string_view text_;
  std::unique_ptr<Node[]> nodes_;  // no vector: what is not used is never touched
  std::size_t capacity_ = 0;
  std::string unescaped_;
  bool parsed_ = false;
};

// A place in a document: two words, copied freely. Valid while the document and its text live and
// the document is not parsed again. Asking for another type than it has is a programmer's fault.
class Value {
 public:
  [[nodiscard]] Type type() const { return static_cast<Type>(node().type); }
  [[nodiscard]] bool is_null() const { return type() == Type::null; }
  [[nodiscard]] bool is_boolean() const { return type() == Type::boolean; }
  [[nodiscard]] bool is_integer() const { return type() == Type::integer; }
  [[nodiscard]] bool is_string() const { return type() == Type::string; }
  [[nodiscard]] bool is_array() const { return type() == Type::array; }
  [[nodiscard]] bool is_object() const { return type() == Type::object; }

  [[nodiscard]] bool boolean() const {
    ENSURE(is_boolean(), "a JSON value that is no boolean was read as one");
    return node().first != 0;
  }
  [[nodiscard]] std::int64_t integer() const {
    ENSURE(is_integer(), "a JSON value that is no integer was read as one");
    return static_cast<std::int64_t>(std::uint64_t{node().second} << 32 | node().first);
  }
  // Unescaped. Lives as long as the document and its text.
  [[nodiscard]] std::string_view string() const {
    ENSURE(is_string(), "a JSON value that is no string was read as one");
    const std::string_view quoted = raw();
    if (quoted.size() == node().first + 2) return {quoted.data() + 1, node().first};
    return std::string_view(document_->unescaped_).substr(node().second, node().first);
  }

  // Elements of an array, members of an object.
  [[nodiscard]] std::size_t size() const {
    ENSURE(is_array() || is_object(), "only a JSON array or object has a size");
    return node().first;
  }
  // for (Value element : value.elements())
  [[nodiscard]] Elements elements() const;
  // for (auto [name, value] : object.members()), ascending by name
  [[nodiscard]] Members members() const;
  // The member of that name. Linear: objects are small.
  [[nodiscard]] std::optional<Value> find(std::string_view name) const;

  // The very bytes of the text that are this value, and where they begin there.
  [[nodiscard]] std::string_view raw() const { return document_->raw(index_); }
  [[nodiscard]] std::size_t offset() const { return node().begin; }

 private:
  friend class Document;
  friend class Elements;
  friend class Members;
  Value(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
  [[nodiscard]] const Document::Node& node() const { return document_->nodes_[index_]; }

  const Document* document_;
  std::uint32_t index_;
};

// A member of an object. The name begins at name_offset in the text, its quotation mark included.
struct Member {
  std::string_view name;
  Value value;
  std::size_t name_offset;
};

// The elements of an array, in order; what Value::elements() gives to a for.
class Elements {
 public:
  class iterator {
   public:
    using value_type = Value;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
    Value operator*() const { return Value(document_, index_); }
    iterator& operator++() {
      index_ = document_->after(index_);
      return *this;
    }
    iterator operator++(int) {
      const iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const iterator&) const = default;

   private:
    const Document* document_ = nullptr;
    std::uint32_t index_ = 0;
  };

  Elements(const Document* document, std::uint32_t array) : document_(document), array_(array) {}
  [[nodiscard]] iterator begin() const { return {document_, array_ + 1}; }
  [[nodiscard]] iterator end() const { return {document_, document_->after(array_)}; }

 private:
  const Document* document_;
  std::uint32_t array_;
};

// The members of an object, ascending by name; what Value::members() gives to a for.
class Members {
 public:
  class iterator {
   public:
    using value_type = Member;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
    Member operator*() const {
      const Value name(document_, index_);
      return {name.string(), Value(document_, index_ + 1), name.offset()};
    }
    iterator& operator++() {
      index_ = document_->after(index_ + 1);
      return *this;
    }
    iterator operator++(int) {
      const iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const iterator&) const = default;

   private:
    const Document* document_ = nullptr;
    std::uint32_t index_ = 0;
  };

  Members(const Document* document, std::uint32_t object) : document_(document), object_(object) {}
  [[nodiscard]] iterator begin() const { return {document_, object_ + 1}; }
  [[nodiscard]] iterator end() const { return {document_, document_->after(object_)}; }

 private:
  const Document* document_;
  std::uint32_t object_;
};

inline Value Document::root() const {
  ENSURE(parsed_, "a JSON document was asked for its root without having been parsed");
  return Value(this, 0);
}

inline Elements Value::elements() const {
  ENSURE(is_array(), "only a JSON array has elements");
  return Elements(document_, index_);
}

inline Members Value::members() const {
  ENSURE(is_object(), "only a JSON object has members");
  return Members(document_, index_);
}

// Appends one canonical value to a string that it does not own and that nobody else changes
// meanwhile. What would not be canonical (a name out of order, a string that is_plain_string()
// refuses, an integer out of range, an unbalanced end, a ninth level) is a programmer's fault.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();

  // A member's name; its value is what is written next. Higher than the names before it.
  Writer& name(std::string_view name);

  Writer& string(std::string_view value);
  // A string of what `append(std::string&)` appends. Precondition: letters, digits and + / = alone.
  template <class Append>
  Writer& plain(const Append& append) {
    before_value();
    out_.push_back('"');
    append(out_);
    out_.push_back('"');
    return *this;
  }
  Writer& integer(std::int64_t value);
  Writer& boolean(bool value);
  // Precondition: canonical text of one value, not checked.
  Writer& raw(std::string_view canonical);

 private:
  struct Level {
    bool object = false;
    bool empty = true;
    bool named = false;          // a name waits for its value
    std::size_t name_begin = 0;  // of the last name in out_
    std::size_t name_size = 0;
  };
  void before_value();
  void begin(bool object);
  void end(bool object);

  std::string& out_;
  unsigned depth_ = 0;
  Level levels_[max_depth];
};

// The JSON text of a string, quotation marks included. Canonical if is_plain_string(value).
[[nodiscard]] std::string quote(std::string_view value);

// Whether the value may stand in a text as a string (FMT-2, FMT-7).
[[nodiscard]] bool is_plain_string(std::string_view value);

// Whether it may stand in a text as a member's name (FMT-8).
[[nodiscard]] bool is_name(std::string_view name);

}  // namespace ledger::json
