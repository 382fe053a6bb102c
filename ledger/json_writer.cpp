#include <charconv>

#include "ledger/json.hpp"
#include "ledger/json_characters.hpp"

namespace ledger::json {

namespace {

void append_quoted(std::string& out, std::string_view value) {
  out.push_back('"');
  const char* const end = value.data() + value.size();
  for (const char* at = value.data(); at != end;) {
    const char* const stop = skip_plain(at, end);
    out.append(at, stop);
    at = stop;
    if (at == end) break;
    if (*at == '"' || *at == '\\') out.push_back('\\');
    out.push_back(*at++);
  }
  out.push_back('"');
}

}  // namespace

void Writer::before_value() {
  if (depth_ == 0) return;
  Level& level = levels_[depth_ - 1];
  if (level.object) {
    ENSURE(level.named, "a JSON member was written without a name");
    level.named = false;
  } else if (!level.empty) {
    out_.push_back(',');
  }
  level.empty = false;
}

void Writer::begin(bool object) {
  before_value();
  ENSURE(depth_ < max_depth, "JSON was written deeper than a reader accepts");
  levels_[depth_++] = Level{.object = object};
  out_.push_back(object ? '{' : '[');
}

void Writer::end(bool object) {
  ENSURE(depth_ > 0, "a JSON object or array was ended that had not begun");
  const Level& level = levels_[--depth_];
  ENSURE(level.object == object && !level.named, "a JSON object or array was ended wrongly");
  out_.push_back(object ? '}' : ']');
}

Writer& Writer::begin_object() {
  begin(true);
  return *this;
}

Writer& Writer::end_object() {
  end(true);
  return *this;
}

Writer& Writer::begin_array() {
  begin(false);
  return *this;
}

Writer& Writer::end_array() {
  end(false);
  return *this;
}

Writer& Writer::name(std::string_view name) {
  ENSURE(depth_ > 0, "a JSON name was written outside an object");
  Level& level = levels_[depth_ - 1];
  ENSURE(level.object && !level.named, "a JSON name was written where a value has to stand");
  const auto last = std::string_view(out_).substr(level.name_begin, level.name_size);
  ENSURE(is_name(name) && name > last, "a JSON name is malformed or not above the one before it");
  if (!level.empty) out_.push_back(',');
  out_.push_back('"');
  level.name_begin = out_.size();
  level.name_size = name.size();
  out_.append(name).append("\":");
  level.named = true;
  return *this;
}

Writer& Writer::string(std::string_view value) {
  ENSURE(is_plain_string(value), "a string was written that a reader of JSON would refuse");
  before_value();
  append_quoted(out_, value);
  return *this;
}

Writer& Writer::integer(std::int64_t value) {
  ENSURE(value >= -max_integer && value <= max_integer, "a JSON integer is beyond 2^53 - 1");
  before_value();
  char digits[20];
  out_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  return *this;
}

Writer& Writer::boolean(bool value) {
  before_value();
  out_.append(value ? "true" : "false");
  return *this;
}

Writer& Writer::raw(std::string_view canonical) {
  before_value();
  out_.append(canonical);
  return *this;
}

std::string quote(std::string_view value) {
  std::string quoted;
  quoted.reserve(value.size() + 2);
  append_quoted(quoted, value);
  return quoted;
}

bool is_plain_string(std::string_view value) {
  if (value.size() > max_string_bytes) return false;
  const char* const end = value.data() + value.size();
  for (const char* at = value.data(); (at = skip_plain(at, end)) != end;) {
    const Character character = first_character({at, end});
    if (character.size == 0 || !is_allowed(character.code)) return false;
    at += character.size;
  }
  return true;
}

bool is_name(std::string_view name) {
  if (name.empty() || name.size() > max_name_bytes || !is_name_letter(name[0])) return false;
  for (const char byte : name) {
    if (!is_name_byte(byte)) return false;
  }
  return true;
}

}  // namespace ledger::json
