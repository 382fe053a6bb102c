// Ranges of units: the hot path of the codec, up to 3,000 of them an event.
#include "ledger/codec.hpp"
#include "ledger/codec_forms.hpp"

namespace ledger::codec {
namespace {

constexpr std::string_view range_form =
    "a range [first,last] of serials from 1 to 9007199254740991, first not above last, as [1,4007]";

// The range as it stands there, if it is one.
std::optional<Range> read_range(json::Value found) {
  if (!found.is_array() || found.size() != 2) return std::nullopt;
  auto element = found.elements().begin();
  const json::Value first = *element, last = *++element;
  if (!first.is_integer() || !last.is_integer()) return std::nullopt;
  const Range range = make_range(first.integer(), last.integer());
  if (!range.valid()) return std::nullopt;
  return range;
}

std::string words(const Range& range) {
  return '[' + std::to_string(range.first) + ',' + std::to_string(range.last()) + ']';
}

void refuse_range(Decoder& io, json::Value found) {
  if (!found.is_array()) return io.wrong_type(found, std::string(range_form));
  io.fail(FMT_13, io.path() + " is " + std::string(found.raw().substr(0, 64)) + "; it must be " +
                      std::string(range_form) + ".");
}

// Says which two ranges do not follow each other, and how to write them.
void refuse_order(Decoder& io, const Range& before, const Range& here) {
  const bool apart = here.end < before.first || before.end < here.first;
  std::string detail = io.path() + ' ' + words(here) + " and the range before it, " + words(before);
  if (apart) {
    detail += ", are not in ascending order. Sort the ranges by their first serials.";
  } else {
    const Range joined{std::min(before.first, here.first), std::max(before.end, here.end)};
    const bool touch = here.end == before.first || before.end == here.first;
    detail += touch ? ", are adjacent" : ", overlap";
    detail += ". All these units are one range: write " + words(joined) + '.';
  }
  io.fail(FMT_14, std::move(detail));
}

void refuse_number(Decoder& io, json::Value found) {
  io.fail(FMT_14, io.path() + " has " + std::to_string(found.size()) +
                      " ranges; an event has 1 to " + std::to_string(max_ranges) +
                      " in each list and in all its lists together. Spread them over several "
                      "events.");
}

}  // namespace

std::string RangesForm::expected() const {
  return "a list of ranges [first,last], ascending, as [[1,4007],[5001,5002]]";
}

void RangesForm::read(Decoder& io, json::Value found, RangeSet& value) const {
  if (!found.is_array()) return io.wrong_type(found, expected());
  if (found.size() == 0 || !io.count_ranges(found.size())) return refuse_number(io, found);
  value.reserve(found.size());
  for (const json::Value element : found.elements()) {
    const auto range = read_range(element);
    if (range && value.append(*range)) continue;
    const Decoder::Step step(io, value.size());
    if (!range) return refuse_range(io, element);
    return refuse_order(io, value.ranges().back(), *range);
  }
}

void RangesForm::write(Encoder& io, const RangeSet& value) const {
  json::Writer& writer = io.writer();
  writer.begin_array();
  for (const Range& range : value.ranges()) {
    writer.begin_array();
    writer.integer(range.first).integer(range.last());
    writer.end_array();
  }
  writer.end_array();
}

}  // namespace ledger::codec
