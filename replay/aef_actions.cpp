#include "replay/aef_actions.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "replay/aef_words.hpp"
#include "replay/answers.hpp"
#include "replay/audit_words.hpp"

namespace replay::aef {
namespace {

using ledger::Index;
using ledger::UnitPurpose;
using ledger::UnitStatus;

// What one Party did with units by one entry, as its own table tells it.
struct Action {
  ActionType type = ActionType::transfer;
  Subtype subtype = Subtype::none;
  Index account = 0;                             // in whose registry it is tracked
  std::optional<Index> transferring, acquiring;  // Parties
  bool for_oimp = false;                         // columns 22 to 24 are filled
  std::optional<ledger::Year> used_for;
  std::string note;
  bool operator==(const Action&) const = default;
};

// Reads the happenings of the books as one Party.
class Reading {
 public:
  Reading(const Books& books, Index party) : books_(books), party_(party) {}

  // What the Party did by it, or nothing.
  [[nodiscard]] std::optional<Action> action(const Happening& happening) const {
    const ledger::UnitEffect& unit = happening.unit;
    if (!unit.before || unit.before->lot != unit.after.lot) return issuance(unit);
    if (unit.after.status != UnitStatus::held) return ending(happening);
    if (unit.before->account == unit.after.account) return std::nullopt;  // marks only
    return move(unit);
  }

 private:
  [[nodiscard]] Index section(const ledger::Standing& standing) const {
    return books_.accounts()[standing.account].party;
  }
  [[nodiscard]] bool is_fund(const ledger::Standing& standing) const {
    return books_.accounts()[standing.account].kind == ledger::AccountKind::fund;
  }
  [[nodiscard]] Index host(const ledger::UnitEffect& unit) const {
    return books_.lots()[unit.after.lot].host;
  }

  // Issuance, and assignment to another authorization: first transfers under the definitions
  // authorization and issuance (4/CMA.6, paragraphs 12 and 15).
  [[nodiscard]] std::optional<Action> issuance(const ledger::UnitEffect& unit) const {
    if (!unit.first_transfer || host(unit) != party_) return std::nullopt;
    const ledger::Lot& lot = books_.lots()[unit.after.lot];
    const auto& versions = books_.approaches()[lot.approach].rules;
    // The newest rules keep the definition that there was when units were assigned (RUL-5).
    const auto& rules =
        lot.issued_as ? versions.back() : versions[static_cast<std::size_t>(lot.rules - 1)];
    Action out{
        ActionType::first_transfer, Subtype::issuance, unit.after.account, {}, {}, {}, {}, {}};
    if (rules.host_definition == ledger::Definition::authorization) {
      out.subtype = Subtype::authorization;
    }
    if (lot.issued_as) out.note = "Issued before, and attached to this authorization.";
    return out;
  }

  [[nodiscard]] std::optional<Action> move(const ledger::UnitEffect& unit) const {
    const Index from = section(*unit.before), to = section(unit.after);
    const bool fund = is_fund(unit.after);
    if (unit.first_transfer && host(unit) == party_) {
      Action out{ActionType::first_transfer,
                 Subtype::to_another_party,
                 unit.before->account,
                 {},
                 to,
                 {},
                 {},
                 {}};
      return fund ? into_fund(out) : out;
    }
    if (!unit.after.first_transferred) return std::nullopt;  // no ITMO yet
    const bool leaves = from != to || (fund && !is_fund(*unit.before));
    if (leaves && from == party_ && unit.before->first_transferred) {
      Action out{ActionType::transfer, Subtype::none, unit.before->account, {}, to, {}, {}, {}};
      return fund ? into_fund(out) : out;
    }
    const bool arrives = from != to || is_fund(*unit.before);
    if (!arrives || fund || to != party_ || (from == to && host(unit) == to)) return std::nullopt;
    Action out{ActionType::acquisition, Subtype::none, unit.after.account, from, {}, {}, {}, {}};
    if (from == to) {
      out.transferring.reset();  // a fund is no Party
      out.note = "Received from a fund account in the same registry.";
    }
    return out;
  }

  // 4/CMA.6, paragraph 16. The nomenclature has subtypes for this for A6.4ERs only.
  [[nodiscard]] static Action into_fund(Action action) {
    action.subtype = Subtype::not_yet_defined;
    action.acquiring.reset();
    action.note = "Contribution to the Adaptation Fund.";
    return action;
  }

  // Uses and cancellations: the first transfer is the host's, the others are of the section.
  [[nodiscard]] std::optional<Action> ending(const Happening& happening) const {
    const ledger::UnitEffect& unit = happening.unit;
    const bool mine = unit.first_transfer ? host(unit) == party_ : section(unit.after) == party_;
    if (!mine || !unit.after.first_transferred) return std::nullopt;
    const Occasion& occasion = books_.occasions()[happening.occasion];
    Action out;
    out.account = unit.after.account;
    if (unit.after.status == UnitStatus::used) {
      use(unit, occasion, out);
    } else {
      cancellation(unit, occasion, out);
    }
    if (unit.first_transfer) out.type = ActionType::first_transfer;
    return out;
  }

  void use(const ledger::UnitEffect& unit, const Occasion& occasion, Action& out) const {
    out.type = ActionType::use;
    out.used_for = occasion.used_for;
    out.for_oimp = unit.after.purpose != UnitPurpose::ndc;
    if (unit.first_transfer) out.subtype = Subtype::use_or_cancellation;
  }

  void cancellation(const ledger::UnitEffect& unit, const Occasion& occasion, Action& out) const {
    out.type = ActionType::cancellation;
    out.subtype = Subtype::other_cancellations;
    out.for_oimp = true;
    switch (unit.after.purpose) {
      case UnitPurpose::omge:
        out.subtype = occasion.deduction ? Subtype::mandatory_omge : Subtype::voluntary_omge;
        if (!occasion.deduction) out.type = ActionType::voluntary_cancellation;
        out.note = occasion.deduction ? "Deducted by the rules of the cooperative approach." : "";
        break;
      case UnitPurpose::op:
        if (unit.first_transfer) out.subtype = Subtype::use_or_cancellation;
        break;
      case UnitPurpose::voluntary: out.type = ActionType::voluntary_cancellation; break;
      default: out.for_oimp = false; break;  // administrative, reversal
    }
  }

  const Books& books_;
  Index party_;
};

// Makes the cells that tables 3 and 4 share, and the whole of table 3.
class RowMaker {
 public:
  RowMaker(const Books& books, const AefRequest& request, Index party)
      : books_(books), request_(request), party_(party) {}

  // The Party's own authorization id for units that stand so.
  [[nodiscard]] std::string authorization_id(const ledger::Standing& standing) const {
    const ledger::Lot& lot = books_.lots()[standing.lot];
    if (lot.host == party_) return books_.authorization(lot.host_authorization).id;
    if (standing.acquirer_authorization == 0) return std::string(not_applicable);
    const auto& acquirer = books_.authorization(standing.acquirer_authorization - 1);
    return acquirer.party == party_ ? acquirer.id : std::string(not_applicable);
  }

  // From "Cooperative approach ID" to "Last unit ID".
  void put_identity(const ledger::Standing& standing, const ledger::Range& range, Index account,
                    Index scope, std::vector<Cell>& cells) const {
    const ledger::Lot& lot = books_.lots()[standing.lot];
    const ledger::Approach& approach = books_.approaches()[lot.approach];
    const std::string carp = approach.carp.value_or("");
    const ledger::Id& host = books_.participants()[lot.host].id;
    cells.emplace_back(carp);
    cells.emplace_back(authorization_id(standing));
    cells.emplace_back(host);
    cells.emplace_back(books_.accounts()[account].registry);
    for (const ledger::Serial serial : {range.first, range.last()}) {
      if (request_.profile == AefProfile::nomenclature_2026) {
        cells.emplace_back(serial);
      } else {
        cells.emplace_back(
            format_unit_name({carp, books_.scopes()[scope], host, serial, lot.vintage}));
      }
    }
    put_underlying(lot, range, cells);
  }

  // Whole tonnes of CO2 equivalent, rounded down; a unit of the metric stands for so many grams. No
  // step overflows: units are at most 2^53 and grams a unit at most 10^9.
  static std::int64_t in_tonnes(std::int64_t quantity, std::int64_t grams) {
    constexpr std::int64_t tonne = 1'000'000;
    return quantity / tonne * grams + quantity % tonne * grams / tonne;
  }

  // From "Metric" to "Vintage".
  void put_measure(const ledger::Standing& standing, std::int64_t quantity,
                   std::vector<Cell>& cells) const {
    const ledger::Lot& lot = books_.lots()[standing.lot];
    const ledger::Terms& terms = books_.host_terms(standing);
    const bool ghg = terms.metric == "GHG";
    cells.emplace_back(std::string(metric_word(terms.metric, request_.profile, true)));
    cells.emplace_back(ghg ? terms.gwp : std::string(not_applicable));
    cells.emplace_back(ghg ? std::string(not_applicable) : terms.metric);
    cells.emplace_back(ghg ? quantity : in_tonnes(quantity, *terms.conversion));
    cells.push_back(ghg ? Cell() : Cell(quantity));
    cells.emplace_back(std::string(word_of(lot.mitigation)));
    cells.emplace_back(std::int64_t{lot.vintage});
  }

  [[nodiscard]] AefRow action_row(const Action& action, const Happening& happening,
                                  const ledger::Range& range, bool demonstration) const {
    const ledger::UnitEffect& unit = happening.unit;
    const Occasion& occasion = books_.occasions()[happening.occasion];
    AefRow row;
    row.entries = {occasion.seq};
    row.registry = books_.scopes()[unit.scope];
    std::vector<Cell>& cells = row.cells;
    if (request_.profile == AefProfile::nomenclature_2026) {
      cells.emplace_back(ledger::format_timestamp(occasion.time));
    } else {
      cells.emplace_back(ledger::date_of(occasion.time));
    }
    cells.emplace_back(std::string(word_of(action.type, request_.profile)));
    cells.emplace_back(std::string(word_of(action.subtype)));
    put_identity(unit.after, range, action.account, unit.scope, cells);
    put_measure(unit.after, range.quantity(), cells);
    for (const std::optional<Index>& party : {action.transferring, action.acquiring}) {
      cells.push_back(party ? Cell(books_.participants()[*party].id) : Cell());
    }
    put_end(action, unit, occasion, cells);
    cells.push_back(action.used_for ? Cell(std::int64_t{*action.used_for}) : Cell());
    cells.emplace_back(std::string(by_carp));
    cells.emplace_back(explanation(action, occasion, demonstration));
    return row;
  }

 private:
  void put_underlying(const ledger::Lot& lot, const ledger::Range& range,
                      std::vector<Cell>& cells) const {
    if (!lot.underlying) {
      cells.insert(cells.end(), {Cell(std::string(not_applicable)), Cell(), Cell()});
      return;
    }
    const ledger::Serial shift = lot.underlying->first - lot.first;  // one for one (ISS-10)
    cells.emplace_back(lot.underlying->registry);
    cells.emplace_back(range.first + shift);
    cells.emplace_back(range.last() + shift);
  }

  // Columns 22 to 24: what for and by whom.
  void put_end(const Action& action, const ledger::UnitEffect& unit, const Occasion& occasion,
               std::vector<Cell>& cells) const {
    if (!action.for_oimp) {
      cells.insert(cells.end(),
                   {Cell(std::string(not_applicable)), Cell(), Cell(std::string(not_applicable))});
      return;
    }
    cells.emplace_back(purpose(unit));
    const Index who =
        occasion.ending ? occasion.ending->participant : books_.accounts()[action.account].party;
    const ledger::Participant& participant = books_.participants()[who];
    const bool party = participant.kind == ledger::Participant::Sort::party;
    cells.push_back(party ? Cell(participant.id) : Cell());
    cells.emplace_back(party ? std::string(not_applicable) : participant.identity.number);
  }

  [[nodiscard]] std::string purpose(const ledger::UnitEffect& unit) const {
    const auto& oimp = books_.host_terms(unit.after).oimp;
    switch (unit.after.purpose) {
      case UnitPurpose::imp: return "IMP" + (oimp ? ": " + *oimp : "");
      case UnitPurpose::op: return "OP" + (oimp ? ": " + *oimp : "");
      case UnitPurpose::omge: return "Overall mitigation in global emissions";
      default: break;
    }
    return "Voluntary cancellation";
  }

  [[nodiscard]] static std::string explanation(const Action& action, const Occasion& occasion,
                                               bool demonstration) {
    std::vector<std::string> parts;
    if (!action.note.empty()) parts.push_back(action.note);
    if (occasion.ending && occasion.ending->beneficiary) {
      parts.push_back("Beneficiary: " + *occasion.ending->beneficiary + ".");
    }
    if (occasion.executed_on) {
      parts.push_back("Executed on " + slashed(*occasion.executed_on) +
                      ", before the ledger recorded it.");
    }
    if (demonstration) parts.emplace_back(demonstration_mark);
    return parts.empty() ? std::string(not_applicable) : join(parts, " ");
  }

  const Books& books_;
  const AefRequest& request_;
  Index party_;
};

// A block at the end of the year that may still grow.
struct Holding {
  Index scope = 0;
  ledger::Range range;
  ledger::Standing standing;
  std::vector<ledger::Seq> since;
};

}  // namespace

std::vector<AefRow> action_rows(const Books& books, const AefRequest& request,
                                const Provenance& provenance) {
  const Index party = *books.find_party(request.party);
  const Reading reading(books, party);
  const RowMaker maker(books, request, party);
  const auto& all = books.happenings();
  std::vector<AefRow> rows;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Occasion& occasion = books.occasions()[all[i].occasion];
    if (ledger::year_of(ledger::date_of(occasion.time)) != request.year) continue;
    const std::optional<Action> action = reading.action(all[i]);
    if (!action) continue;
    ledger::Range range = all[i].unit.range;
    while (i + 1 < all.size() && all[i + 1].occasion == all[i].occasion &&
           all[i + 1].unit.scope == all[i].unit.scope && all[i + 1].unit.range.first == range.end &&
           all[i + 1].unit.after.lot == all[i].unit.after.lot &&
           all[i + 1].unit.after.acquirer_authorization ==
               all[i].unit.after.acquirer_authorization &&
           reading.action(all[i + 1]) == action) {
      range.end = all[++i].unit.range.end;
    }
    rows.push_back(maker.action_row(*action, all[i], range, provenance.demonstration));
  }
  return rows;
}

std::vector<AefRow> holding_rows(const Books& books, const AefRequest& request) {
  const Index party = *books.find_party(request.party);
  const RowMaker maker(books, request, party);
  std::vector<Holding> holdings;
  const auto joins = [&](const Holding& last, Index scope, ledger::Serial first,
                         const ledger::Standing& standing) {
    const auto& accounts = books.accounts();
    return last.scope == scope && last.range.end == first && last.standing.lot == standing.lot &&
           maker.authorization_id(last.standing) == maker.authorization_id(standing) &&
           accounts[last.standing.account].registry == accounts[standing.account].registry;
  };
  const std::vector<Stands> stands = books.stands_before(end_of(request.year));
  for (std::size_t scope = 0; scope < stands.size(); ++scope) {
    for (const auto& [first, stand] : stands[scope]) {
      const ledger::Standing& standing = stand.standing;
      if (standing.status != UnitStatus::held || !standing.first_transferred ||
          books.accounts()[standing.account].party != party) {
        continue;
      }
      const auto at = static_cast<Index>(scope);
      if (holdings.empty() || !joins(holdings.back(), at, first, standing)) {
        holdings.push_back({at, {first, first}, standing, {}});
      }
      holdings.back().range.end = stand.end;
      holdings.back().since.push_back(stand.since);
    }
  }
  std::vector<AefRow> rows;
  for (Holding& holding : holdings) {
    AefRow& row = rows.emplace_back();
    row.registry = books.scopes()[holding.scope];
    maker.put_identity(holding.standing, holding.range, holding.standing.account, holding.scope,
                       row.cells);
    maker.put_measure(holding.standing, holding.range.quantity(), row.cells);
    std::sort(holding.since.begin(), holding.since.end());
    holding.since.erase(std::unique(holding.since.begin(), holding.since.end()),
                        holding.since.end());
    row.entries = std::move(holding.since);
  }
  return rows;
}

}  // namespace replay::aef
