// The checks across the tables of two Parties.
#include <algorithm>
#include <map>
#include <set>

#include "replay/aef_check_list.hpp"

namespace replay {
namespace {

using namespace aef;  // NOLINT: the reader's words
using ledger::Range;
using ledger::RangeSet;

// Units by what identifies them.
using Blocks = std::map<BlockKey, RangeSet>;

std::string name_of(const BlockKey& key, const Range& range) {
  return key.approach + ", first transferred by " + key.host + ", vintage " +
         std::to_string(key.vintage) + ", serials " + std::to_string(range.first) + " to " +
         std::to_string(range.last());
}

std::set<std::string> approaches_of(const Aef& aef) {
  std::set<std::string> out;
  for (const RowReader& row : read_rows(aef, AefTable::authorizations)) {
    if (!row.is_blank("CooperativeApproachID")) out.insert(row.text("CooperativeApproachID"));
  }
  return out;
}

// The rows of table 3 by which units went from one of the two to the other, as each tells it.
std::vector<RowReader> sent(const Aef& by, const ledger::Id& to) {
  std::vector<RowReader> out;
  for (const RowReader& row : read_rows(by, AefTable::actions)) {
    const std::string type = row.text("ActionType");
    const bool leaves = type == "First transfer" || type == "Transfer";
    if (leaves && row.text("AcquiringPartyID") == to) out.push_back(row);
  }
  return out;
}
std::vector<RowReader> received(const Aef& by, const ledger::Id& from) {
  std::vector<RowReader> out;
  for (const RowReader& row : read_rows(by, AefTable::actions)) {
    if (row.text("ActionType") == "Acquisition" && row.text("TransferringPartyID") == from) {
      out.push_back(row);
    }
  }
  return out;
}

Blocks blocks_of(const std::vector<RowReader>& rows) {
  Blocks out;
  for (const RowReader& row : rows) {
    const auto range = row.range();
    if (!range) continue;
    RangeSet& known = out[row.key()];
    known = RangeSet::unite(known, RangeSet(*range));
  }
  return out;
}

std::vector<ledger::Seq> entries_of(const std::vector<RowReader>& rows, const BlockKey& key,
                                    const Range& range) {
  std::set<ledger::Seq> out;
  for (const RowReader& row : rows) {
    const auto own = row.range();
    if (!own || row.key() != key || own->end <= range.first || range.end <= own->first) continue;
    out.insert(row.row().entries.begin(), row.row().entries.end());
  }
  return {out.begin(), out.end()};
}

class AcrossChecker {
 public:
  AcrossChecker(const Aef& one, const Aef& other) : one_(one), other_(other) {}

  [[nodiscard]] AefCheck run() {
    check_movements(one_, other_);
    check_movements(other_, one_);
    check_holdings();
    return list_.result();
  }

 private:
  [[nodiscard]] std::vector<ledger::Id> parties() const {
    return {one_.request.party, other_.request.party};
  }

  // X01, X02
  void check_movements(const Aef& from, const Aef& to) {
    const std::vector<RowReader> left = sent(from, to.request.party);
    const std::vector<RowReader> came = received(to, from.request.party);
    const Blocks out = blocks_of(left), in = blocks_of(came);
    tell_missing(out, in, left,
                 from.request.party + " reports that " + to.request.party +
                     " acquired them, which " + to.request.party + " does not report.");
    tell_missing(in, out, came,
                 to.request.party + " reports that it acquired them from " + from.request.party +
                     ", which " + from.request.party + " does not report.");
    for (const RowReader& a : left) {
      for (const RowReader& b : came) compare_attributes(a, b);
    }
  }

  // What is in `some` and not in `others`.
  void tell_missing(const Blocks& some, const Blocks& others, const std::vector<RowReader>& rows,
                    const std::string& sentence) {
    for (const auto& [key, ranges] : some) {
      const auto known = others.find(key);
      const RangeSet missing =
          known == others.end() ? ranges : RangeSet::subtract(ranges, known->second);
      for (const Range& range : missing.ranges()) {
        list_.add("X01", parties(), name_of(key, range),
                  std::to_string(range.quantity()) + " t: " + sentence,
                  entries_of(rows, key, range));
      }
    }
  }

  void compare_attributes(const RowReader& a, const RowReader& b) {
    const auto one = a.range(), other = b.range();
    const bool same_units =
        one && other && a.key() == b.key() && one->first < other->end && other->first < one->end;
    if (!same_units) return;
    for (const std::string_view column : {"Metric", "MitigationType", "UnderlyingUnitRegistryID"}) {
      if (a.text(column) == b.text(column)) continue;
      list_.add("X02", parties(), name_of(a.key(), *one),
                "\"" + header_of(AefTable::actions, column) + "\" reads \"" + a.text(column) +
                    "\" and \"" + b.text(column) + "\".",
                a.row().entries);
    }
  }

  // X03
  void check_holdings() {
    const std::vector<RowReader> rows = read_rows(one_, AefTable::holdings);
    const Blocks mine = blocks_of(rows);
    const Blocks theirs = blocks_of(read_rows(other_, AefTable::holdings));
    for (const auto& [key, ranges] : mine) {
      const auto known = theirs.find(key);
      if (known == theirs.end()) continue;
      const RangeSet both = RangeSet::intersect(ranges, known->second);
      for (const Range& range : both.ranges()) {
        list_.add("X03", parties(), name_of(key, range),
                  std::to_string(range.quantity()) + " t are in the holdings of both.",
                  entries_of(rows, key, range));
      }
    }
  }

  const Aef& one_;
  const Aef& other_;
  FindingList list_;
};

}  // namespace

AefCheck check_across(const Aef& one, const Aef& other) {
  const std::set<std::string> mine = approaches_of(one), theirs = approaches_of(other);
  const bool shared = std::any_of(mine.begin(), mine.end(), [&](const std::string& approach) {
    return theirs.contains(approach);
  });
  if (!shared) return {CheckMark::not_available, {}};
  return AcrossChecker(one, other).run();
}

}  // namespace replay
