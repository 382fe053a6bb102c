// What the sources of views' JSON share: parts of an answer, whatever the JSON type is (the
// library's header stays in the sources).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_words.hpp"
#include "ledger/time.hpp"
#include "replay/answers.hpp"

namespace api {

// Adds the member where there is a value.
template <class Json, class T>
void put(Json& out, const char* name, const std::optional<T>& value) {
  if (value) out[name] = *value;
}

// A list of the words of values.
template <class Json, class E>
Json words_of(const std::vector<E>& values) {
  Json out = Json::array();
  for (const E value : values) out.push_back(word_of(value));
  return out;
}

// The two members that every answer begins with.
template <class Json>
Json begin_answer(const replay::AsOf& as_of, std::string_view checkpoint) {
  Json out;
  out["as_of"]["size"] = as_of.size;
  if (as_of.size > 0) out["as_of"]["entry"] = as_of.size - 1;
  if (as_of.time) out["as_of"]["time"] = ledger::format_timestamp(*as_of.time);
  out["checkpoint"] = checkpoint;
  return out;
}

// Texts of the log are UTF-8, so that this never has anything to replace.
template <class Json>
std::string text_of(const Json& object) {
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace api
