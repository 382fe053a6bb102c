// The checks across the tables of two Parties.
#include <algorithm>
#include <map>
#include <set>

#include "ledger/movement.hpp"
#include "replay/aef_check_list.hpp"

namespace replay {
namespace {

using namespace aef;  // NOLINT: the reader's words
using ledger::Range;
using ledger::RangeSet;

// Units by what identifies them: in the n-th set those that rows name n times.
using Blocks = std::map<BlockKey, std::vector<RangeSet>>;

std::string name_of(const BlockKey& key, const Range& range) {
  return key.approach + ", first transferred by " + key.host + ", vintage " +
         std::to_string(key.vintage) + ", serials " + std::to_string(range.first) + " to " +
         std::to_string(range.last()) + " of " + key.registry;
}

std::set<std::string> approaches_of(const Aef& aef) {
  std::set<std::string> out;
  for (const AefTable table : {AefTable::authorizations, AefTable::actions, AefTable::holdings}) {
    for (const RowReader& row : read_rows(aef, table)) {
      if (!row.is_blank("CooperativeApproachID")) out.insert(row.text("CooperativeApproachID"));
    }
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
    std::vector<RangeSet>& layers = out[row.key()];
    RangeSet more(*range);
    for (std::size_t i = 0; !more.empty(); ++i) {
      if (i == layers.size()) layers.emplace_back();
      RangeSet again = RangeSet::intersect(layers[i], more);
      layers[i] = RangeSet::unite(layers[i], more);
      more = std::move(again);
    }
  }
  return out;
}

// The units that `blocks` names at least so often, counted from 0.
RangeSet layer_of(const Blocks& blocks, const BlockKey& key, std::size_t layer) {
  const auto known = blocks.find(key);
  if (known == blocks.end() || known->second.size() <= layer) return {};
  return known->second[layer];
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
    for (const auto& [key, layers] : some) {
      for (std::size_t i = 0; i < layers.size(); ++i) {
        const RangeSet missing = RangeSet::subtract(layers[i], layer_of(others, key, i));
        for (const Range& range : missing.ranges()) {
          list_.add("X01", parties(), name_of(key, range),
                    ledger::in_units(range.quantity()) + ": " + sentence,
                    entries_of(rows, key, range));
        }
      }
    }
  }

  void compare_attributes(const RowReader& a, const RowReader& b) {
    if (!overlap(a, b)) return;
    for (const std::string_view column : {"Metric", "MitigationType", "UnderlyingUnitRegistryID"}) {
      if (a.text(column) == b.text(column)) continue;
      list_.add("X02", parties(), name_of(a.key(), *a.range()),
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
    for (const auto& [key, layers] : mine) {
      const RangeSet both = RangeSet::intersect(layers.front(), layer_of(theirs, key, 0));
      for (const Range& range : both.ranges()) {
        list_.add("X03", parties(), name_of(key, range),
                  ledger::in_units(range.quantity()) + " in the holdings of both.",
                  entries_of(rows, key, range));
      }
    }
  }

  const Aef& one_;
  const Aef& other_;
  FindingList list_;
};

// Whether one says that units went to the other or came from it.
bool names(const Aef& one, const ledger::Id& other) {
  return !sent(one, other).empty() || !received(one, other).empty();
}

bool share_an_approach(const Aef& one, const Aef& other) {
  const std::set<std::string> mine = approaches_of(one), theirs = approaches_of(other);
  return std::any_of(mine.begin(), mine.end(),
                     [&](const std::string& approach) { return theirs.contains(approach); });
}

// Whether the two are host and buyer of an approach of the ledger.
bool are_partners(const Books& books, const ledger::Id& one, const ledger::Id& other) {
  const auto& all = books.approaches();
  return std::any_of(all.begin(), all.end(), [&](const ledger::Approach& approach) {
    const ledger::Id& host = books.participants()[approach.host].id;
    const ledger::Id& buyer = books.participants()[approach.buyer].id;
    return (host == one && buyer == other) || (host == other && buyer == one);
  });
}

}  // namespace

AefCheck check_across(const Aef& one, const Aef& other) {
  const bool available = share_an_approach(one, other) || names(one, other.request.party) ||
                         names(other, one.request.party);
  if (!available) return {CheckMark::not_available, {}};
  return AcrossChecker(one, other).run();
}

std::vector<PartnerCheck> check_partners(const Books& books, const Aef& own) {
  std::vector<PartnerCheck> out;
  for (const ledger::Participant& participant : books.participants()) {
    const bool other =
        participant.kind == ledger::Participant::Sort::party && participant.id != own.request.party;
    if (!other) continue;
    AefRequest request = own.request;
    request.party = participant.id;
    AefCheck check = check_across(own, make_aef(books, request, own.provenance));
    if (check.mark == CheckMark::not_available &&
        !are_partners(books, own.request.party, participant.id)) {
      continue;
    }
    out.push_back({participant.id, std::move(check)});
  }
  std::sort(out.begin(), out.end(),
            [](const PartnerCheck& a, const PartnerCheck& b) { return a.partner < b.partner; });
  return out;
}

}  // namespace replay
