// How Document::parse() reads; nothing else includes this.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/clause.hpp"
#include "ledger/json.hpp"

namespace ledger::json {

[[nodiscard]] constexpr bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

// Reads one text into the nodes. Recursive descent over at most eight levels: `at` is always the
// first character not yet read, and a null pointer a refusal, which fault() tells.
class Reader {
 public:
  using Node = Document::Node;

  Reader(std::string_view text, const Limits& limits, Node* nodes, std::string& unescaped)
      : text_(text.data()),
        end_(text.data() + text.size()),
        limits_(limits),
        first_node_(nodes),
        next_node_(nodes),
        unescaped_(unescaped) {}

  [[nodiscard]] bool read();
  [[nodiscard]] Violation& fault() { return fault_; }

 private:
  const char* value(const char* at, unsigned depth);
  const char* object(const char* at, unsigned depth);
  const char* array(const char* at, unsigned depth);
  const char* name(const char* at, std::string_view& last);
  const char* integer(const char* at);
  const char* string(const char* at);
  const char* string_with_specials(const char* begin, const char* at);
  const char* word(const char* at, std::string_view letters, Type type);

  void add(Type type, const char* begin, const char* end, std::uint32_t first,
           std::uint32_t second = 0);
  Node* open(Type type, const char* begin);
  const char* close(Node* node, const char* at, std::uint32_t size);
  void unescape(const char* at, const char* end);

  // Each returns a null pointer.
  const char* refuse(const char* at, const Clause& clause, const std::string& sentence);
  const char* refuse_syntax(const char* at, std::string_view expected);
  const char* refuse_start(const char* at);
  const char* refuse_name(const char* begin, const char* at, std::string_view last);
  const char* refuse_number(const char* at);

  [[nodiscard]] std::uint32_t offset(const char* at) const {
    return static_cast<std::uint32_t>(at - text_);
  }
  [[nodiscard]] bool stands(const char* at, char byte) const { return at != end_ && *at == byte; }

  const char* const text_;
  const char* const end_;
  const Limits limits_;
  Node* const first_node_;
  Node* next_node_;
  std::string& unescaped_;
  Violation fault_{nullptr, {}};
};

}  // namespace ledger::json
