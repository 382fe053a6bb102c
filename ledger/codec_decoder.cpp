#include "ledger/codec_decoder.hpp"

#include <algorithm>

#include "ledger/clauses_format.hpp"
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"

namespace ledger::codec {
namespace {

constexpr std::size_t most_shown = 64;  // bytes of a value in a refusal

// The first bytes of the text, never half a character.
std::string_view beginning(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

}  // namespace

std::string shown(json::Value value) {
  switch (value.type()) {
    case json::Type::array: return "a list of " + std::to_string(value.size());
    case json::Type::object: return "an object";
    default: break;
  }
  const std::string_view raw = value.raw();
  if (raw.size() <= most_shown) return std::string(raw);
  return std::string(beginning(raw, most_shown)) + "… (" + std::to_string(raw.size() - 2) +
         " bytes)";
}

bool Decoder::count_ranges(std::size_t more) {
  ranges_ += more;
  return ranges_ <= max_ranges;
}

std::string Decoder::path() const {
  std::string out;
  for (std::size_t i = 0; i < steps_; ++i) {
    const Segment& segment = path_[i];
    if (segment.name.empty()) {
      out += '[' + std::to_string(segment.index) + ']';
    } else {
      if (!out.empty()) out += '.';
      out += segment.name;
    }
  }
  return out;
}

std::string Decoder::member_path(std::string_view name) const {
  const std::string here = path();
  return here.empty() ? std::string(name) : here + '.' + std::string(name);
}

void Decoder::fail(const Clause& clause, std::string detail) {
  if (!violation_) violation_ = Violation{&clause, std::move(detail)};
}

void Decoder::wrong_type(json::Value found, const std::string& expected) {
  fail(FMT_12, path() + " is " + shown(found) + "; it must be " + expected + ".");
}

void Decoder::wrong_form(json::Value found, const std::string& expected) {
  fail(FMT_13, path() + " is " + shown(found) + "; it must be " + expected + ".");
}

void Decoder::enter(json::Value object) {
  const json::Members members = object.members();
  cursor_.next = members.begin();
  cursor_.end = members.end();
  cursor_.first_name = cursor_.end_name;
  cursor_.unknown = {};
}

std::optional<json::Value> Decoder::take(std::string_view name) {
  ENSURE(cursor_.end_name - cursor_.first_name < most_names,
         "a shape has more members than a decoder remembers");
  names_[cursor_.end_name++] = {name.data(), name.size()};
  if (!is_absent() || cursor_.next == cursor_.end) return std::nullopt;
  const json::Member member = *cursor_.next;
  if (member.name == name) {
    ++cursor_.next;
    return member.value;
  }
  if (member.name < name) cursor_.unknown = member.name;  // no shape names it any more
  return std::nullopt;
}

void Decoder::leave() {
  if (failed()) return;
  if (cursor_.unknown.empty() && cursor_.next != cursor_.end)
    cursor_.unknown = (*cursor_.next).name;
  if (cursor_.unknown.empty()) return;
  std::string known;
  for (std::size_t i = cursor_.first_name; i < cursor_.end_name; ++i) {
    if (!known.empty()) known += ", ";
    known.append(names_[i].data, names_[i].size);
  }
  fail(FMT_10, member_path(cursor_.unknown) + " is not a member that stands here; those are: " +
                   known + ". Leave it out or correct its name.");
}

void Decoder::missing(std::string_view name, const std::string& expected) {
  fail(FMT_11, member_path(name) + " is missing; it must be " + expected + ".");
}

void Decoder::unneeded(std::string_view name, std::string_view why) {
  fail(FMT_10, member_path(name) + " is not a member that stands here, because " +
                   std::string(why) + ". Leave it out.");
}

void Decoder::empty_list() {
  fail(FMT_14, path() + " is an empty list; a list here names at least one. Leave the member out.");
}

}  // namespace ledger::codec
