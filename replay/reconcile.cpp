#include "replay/reconcile.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "ledger/json.hpp"
#include "replay/aef_words.hpp"
#include "replay/audit_words.hpp"

namespace replay {
namespace {

using ledger::Range;
using ledger::Serial;
using ledger::UnitPurpose;
using ledger::UnitStatus;

constexpr std::string_view never_issued = "not issued";

// What books say of a unit, in names, so that two ledgers can be compared.
class Teller {
 public:
  explicit Teller(const Books& books)
      : books_(books), stands_(books.stands_before({std::numeric_limits<std::int64_t>::max()})) {}

  // The stands of a registry, or nothing where it issued none.
  [[nodiscard]] const Stands* stands_of(const std::string& registry) const {
    const auto& scopes = books_.scopes();
    const auto it = std::find(scopes.begin(), scopes.end(), registry);
    return it == scopes.end() ? nullptr : &stands_[static_cast<std::size_t>(it - scopes.begin())];
  }

  [[nodiscard]] std::string tell(const ledger::Standing& standing) const {
    const ledger::Lot& lot = books_.lots()[standing.lot];
    const ledger::Approach& approach = books_.approaches()[lot.approach];
    std::string text = approach.carp.value_or(approach.id) + ", first transferring " +
                       party(lot.host) + ", vintage " + std::to_string(lot.vintage) + ", " +
                       std::string(aef::word_of(lot.mitigation)) + underlying(lot) + ", " +
                       status_words(standing) + " in the section of " +
                       party(books_.accounts()[standing.account].party) +
                       (standing.first_transferred ? ", first transferred" : "") +
                       ", authorization " +
                       authorization(books_.host_terms(standing), lot.host_authorization) +
                       (lot.released ? ", released from it" : "");
    if (standing.acquirer_authorization != 0) {
      const ledger::Index index = standing.acquirer_authorization - 1;
      const ledger::Authorization& row = books_.authorization(index);
      text += " and " + authorization(ledger::version_of(row, standing.acquirer_version), index);
    }
    return text + stopped(standing);
  }

 private:
  [[nodiscard]] const ledger::Id& party(ledger::Index index) const {
    return books_.participants()[index].id;
  }
  // The version that units stand under; whether the authorization was revoked since.
  [[nodiscard]] std::string authorization(const ledger::Terms& terms, ledger::Index index) const {
    return terms.id + " version " + std::to_string(terms.version) +
           (books_.authorization(index).revoked ? " (revoked)" : "");
  }
  // One for one, so the distance of the serials says which.
  [[nodiscard]] static std::string underlying(const ledger::Lot& lot) {
    if (!lot.underlying) return "";
    return ", underlying units of " + lot.underlying->registry + " at serial + " +
           std::to_string(lot.underlying->first - lot.first);
  }
  [[nodiscard]] std::string stopped(const ledger::Standing& standing) const {
    if (standing.status != UnitStatus::held) return "";
    const bool frozen = standing.frozen || books_.accounts()[standing.account].frozen_by;
    return std::string(frozen ? ", frozen" : "") + (standing.reserved ? ", reserved" : "");
  }
  const Books& books_;
  std::vector<Stands> stands_;
};

// Where in a registry something begins or ends for either.
std::set<Serial> cuts_of(const Stands* one, const Stands* other) {
  std::set<Serial> cuts;
  for (const Stands* stands : {one, other}) {
    if (stands == nullptr) continue;
    for (const auto& [first, stand] : *stands) {
      cuts.insert(first);
      cuts.insert(stand.end);
    }
  }
  return cuts;
}

std::string tell_at(const Teller& teller, const Stands* stands, Serial serial) {
  if (stands == nullptr) return std::string(never_issued);
  auto it = stands->upper_bound(serial);
  if (it == stands->begin()) return std::string(never_issued);
  --it;
  return serial < it->second.end ? teller.tell(it->second.standing) : std::string(never_issued);
}

void add(Reconciliation& result, const std::string& registry, const Range& range,
         const std::string& one, const std::string& other) {
  if (!result.differences.empty()) {
    Difference& last = result.differences.back();
    if (last.registry == registry && last.range.end == range.first && last.one == one &&
        last.other == other) {
      last.range.end = range.end;
      return;
    }
  }
  const int number = static_cast<int>(result.differences.size()) + 1;
  result.differences.push_back({number, registry, range, one, other});
}

void compare_registry(const Teller& one, const Teller& other, const std::string& registry,
                      Reconciliation& result) {
  const Stands* mine = one.stands_of(registry);
  const Stands* theirs = other.stands_of(registry);
  const std::set<Serial> cuts = cuts_of(mine, theirs);
  for (auto it = cuts.begin(); it != cuts.end() && std::next(it) != cuts.end(); ++it) {
    const Range range{*it, *std::next(it)};
    const std::string a = tell_at(one, mine, range.first), b = tell_at(other, theirs, range.first);
    result.compared += range.quantity();
    if (a == b) continue;
    result.differing += range.quantity();
    add(result, registry, range, a, b);
  }
}

// "XHA first transferred of vintage 2026", "XBA used for 2027": sums by what they are of.
std::map<std::string, std::int64_t> sums_of(const Books& books) {
  std::map<std::string, std::int64_t> sums;
  for (const Happening& happening : books.happenings()) {
    const ledger::UnitEffect& unit = happening.unit;
    const ledger::Lot& lot = books.lots()[unit.after.lot];
    const std::int64_t quantity = unit.range.quantity();
    if (unit.first_transfer) {
      sums[books.participants()[lot.host].id + " first transferred of vintage " +
           std::to_string(lot.vintage)] += quantity;
    }
    const auto& used_for = books.occasions()[happening.occasion].used_for;
    if (unit.after.status == UnitStatus::used && used_for) {
      const ledger::Index party = books.accounts()[unit.after.account].party;
      sums[books.participants()[party].id + " used for " + std::to_string(*used_for)] += quantity;
    }
  }
  return sums;
}

void compare_sums(const Books& one, const Books& other, Reconciliation& result) {
  const auto mine = sums_of(one), theirs = sums_of(other);
  std::set<std::string> names;
  for (const auto* sums : {&mine, &theirs}) {
    for (const auto& [name, quantity] : *sums) names.insert(name);
  }
  const auto value = [](const auto& sums, const std::string& name) {
    const auto it = sums.find(name);
    return it == sums.end() ? std::int64_t{0} : it->second;
  };
  for (const std::string& name : names) {
    const std::int64_t a = value(mine, name), b = value(theirs, name);
    if (a == b) continue;
    const int number = static_cast<int>(result.differences.size()) + 1;
    result.differences.push_back(
        {number, "", {}, name + ": " + std::to_string(a), name + ": " + std::to_string(b)});
  }
}

void write_side(ledger::json::Writer& writer, const LedgerSide& side) {
  writer.begin_object().name("entry").integer(static_cast<std::int64_t>(side.books.size() - 1));
  writer.name("ledger").string(side.provenance.ledger);
  writer.name("root").string(side.root);
  writer.name("time").string(ledger::format_timestamp(side.books.time())).end_object();
}

}  // namespace

std::string status_words(const ledger::Standing& standing) {
  constexpr std::string_view purposes[] = {"",
                                           "NDC",
                                           "IMP",
                                           "OP",
                                           "OMGE",
                                           "a voluntary purpose",
                                           "a domestic purpose",
                                           "administrative reasons",
                                           "a reversal"};
  if (standing.status == UnitStatus::held) return "held";
  return (standing.status == UnitStatus::used ? "used for " : "cancelled for ") +
         std::string(purposes[static_cast<std::size_t>(standing.purpose)]);
}

Reconciliation reconcile(const Books& one, const Books& other) {
  const Teller mine(one), theirs(other);
  std::set<std::string> registries(one.scopes().begin(), one.scopes().end());
  registries.insert(other.scopes().begin(), other.scopes().end());
  Reconciliation result;
  for (const std::string& registry : registries) compare_registry(mine, theirs, registry, result);
  compare_sums(one, other, result);
  return result;
}

std::string certificate(const LedgerSide& one, const LedgerSide& other,
                        const Reconciliation& result) {
  std::string out;
  ledger::json::Writer writer(out);
  writer.begin_object().name("compared").integer(result.compared);
  if (one.provenance.demonstration || other.provenance.demonstration) {
    writer.name("demonstration").string(demonstration_mark);
  }
  writer.name("differences").begin_array();
  for (const Difference& difference : result.differences) {
    writer.begin_object().name("number").integer(difference.number);
    writer.name("one").raw(ledger::json::quote(difference.one));
    writer.name("other").raw(ledger::json::quote(difference.other));
    if (!difference.registry.empty()) {
      writer.name("range").begin_array();
      writer.integer(difference.range.first).integer(difference.range.last()).end_array();
      writer.name("registry").string(difference.registry);
    }
    writer.end_object();
  }
  writer.end_array().name("differing").integer(result.differing);
  write_side(writer.name("one"), one);
  write_side(writer.name("other"), other);
  writer.end_object();
  out += '\n';
  return out;
}

}  // namespace replay
