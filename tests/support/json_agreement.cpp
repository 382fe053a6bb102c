#include "tests/support/json_agreement.hpp"

#include <cstdlib>

#include "ledger/clauses_format.hpp"
#include "ledger/ensure.hpp"
#include "tests/support/json_judge.hpp"

namespace test_support {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

void write(json::Writer& writer, json::Value value) {
  switch (value.type()) {
    case json::Type::null: writer.raw("null"); return;
    case json::Type::boolean: writer.boolean(value.boolean()); return;
    case json::Type::integer: writer.integer(value.integer()); return;
    case json::Type::string: writer.string(value.string()); return;
    case json::Type::array:
      writer.begin_array();
      for (const json::Value element : value.elements()) write(writer, element);
      writer.end_array();
      return;
    case json::Type::object:
      writer.begin_object();
      for (const json::Member& member : value.members()) {
        write(writer.name(member.name), member.value);
      }
      writer.end_object();
      return;
  }
}

// Up to the byte that is named the text could still have become a good one: cut there, it is good
// already, or only incomplete, at that very place.
std::string prefix_fault(std::string_view text, const Violation& violation,
                         const json::Limits& limits) {
  const std::size_t byte = refused_byte(violation);
  if (byte > text.size()) return "a refusal names a byte behind the text";
  json::Document document;
  const auto prefix = document.parse(text.substr(0, byte), limits);
  const bool promising =
      prefix || (prefix.error().clause == &FMT_3 && refused_byte(prefix.error()) == byte);
  return promising ? "" : "a refusal names a byte after the first bad one: " + violation.detail;
}

}  // namespace

std::string json_fault(std::string_view text, const json::Limits& limits) {
  json::Document document;
  const auto verdict = document.parse(text, limits);
  if (verdict.has_value() != judge_accepts(text, limits)) {
    return verdict ? "the judge refuses what the reader accepts"
                   : "the judge accepts what the reader refuses: " + verdict.error().detail;
  }
  if (!verdict && verdict.error().clause == &FMT_1) return "";
  if (!verdict) return prefix_fault(text, verdict.error(), limits);
  std::string written;
  json::Writer writer(written);
  write(writer, document.root());
  return written == text ? "" : "the values of an accepted text do not write it again";
}

std::size_t refused_byte(const Violation& violation) {
  ENSURE(violation.detail.starts_with("byte "),
         "a refusal of the JSON reader begins with its byte");
  return std::strtoull(violation.detail.c_str() + 5, nullptr, 10);
}

}  // namespace test_support
