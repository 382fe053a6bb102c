// Any bytes: our reader and nlohmann_json have to agree, an accepted text has to be what its values
// write, and a refused one has to be good up to the byte that the refusal names.
#include <cstdlib>
#include <string>

#include "ledger/clauses_format.hpp"
#include "ledger/ensure.hpp"
#include "ledger/json.hpp"
#include "tests/support/json_judge.hpp"

namespace {

using namespace ledger;

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

void check_refusal(std::string_view text, const Violation& violation) {
  const std::size_t byte = std::strtoull(violation.detail.c_str() + 5, nullptr, 10);
  json::Document document;
  const auto prefix = document.parse(text.substr(0, byte));
  ENSURE(!prefix && prefix.error().clause == &FMT_3, "a refusal names a byte after the first bad");
  ENSURE(prefix.error().detail.starts_with("byte " + std::to_string(byte) + ":"),
         "a refusal names a byte after the first bad");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static json::Document document;
  const auto verdict = document.parse(text);
  ENSURE(verdict.has_value() == test_support::judge_accepts(text), "reader and judge disagree");
  if (!verdict) {
    if (verdict.error().clause != &FMT_1) check_refusal(text, verdict.error());
    return 0;
  }
  std::string written;
  json::Writer writer(written);
  write(writer, document.root());
  ENSURE(written == text, "the values of an accepted text do not write it again");
  return 0;
}
