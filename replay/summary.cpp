#include "replay/summary.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace replay {
namespace {

using ledger::Fraction;
using ledger::Index;
using ledger::make_fraction;
using ledger::UnitPurpose;
using ledger::UnitStatus;
using ledger::Year;

// Counts what the books say of one Party in one NDC period.
class Counter {
 public:
  Counter(const Books& books, const ledger::Ndc& ndc) : books_(books), ndc_(ndc) {}

  void run() {
    for (const Happening& happening : books_.happenings()) {
      const ledger::UnitEffect& unit = happening.unit;
      const Occasion& occasion = books_.occasions()[happening.occasion];
      if (unit.first_transfer) count_first_transfer(unit, occasion);
      const bool uses = unit.after.status == UnitStatus::used && occasion.used_for.has_value() &&
                        books_.accounts()[unit.after.account].party == ndc_.party;
      if (uses) used[*occasion.used_for] += unit.range.quantity();
    }
    authorized_for_oimp = for_oimp;
    for (const Stands& stands : books_.stands_before({std::numeric_limits<std::int64_t>::max()})) {
      for (const auto& [first, stand] : stands) count_authorized(first, stand);
    }
  }

  std::map<Year, std::int64_t> for_ndc, for_oimp, authorized_for_oimp, used;  // by vintage; year
  std::map<Year, SummaryByEvent> by_event;

 private:
  // Units authorized for both count once: for other purposes only where they were used or cancelled
  // for one. What units are authorized for is what they were first transferred under.
  void count_first_transfer(const ledger::UnitEffect& unit, const Occasion& occasion) {
    const ledger::Lot& lot = books_.lots()[unit.after.lot];
    if (lot.host != ndc_.party || lot.vintage < ndc_.from || ndc_.to < lot.vintage) return;
    const bool ended_for_oimp =
        unit.after.purpose == UnitPurpose::imp || unit.after.purpose == UnitPurpose::op;
    const bool has_ndc = ledger::has_purpose(books_.host_terms(unit.after), ledger::Purpose::ndc);
    const std::int64_t quantity = unit.range.quantity();
    SummaryByEvent& event = by_event[ledger::year_of(ledger::date_of(occasion.time))];
    if (ended_for_oimp || !has_ndc) {
      for_oimp[lot.vintage] += quantity;
      event.oimp_first_transferred += quantity;
      return;
    }
    for_ndc[lot.vintage] += quantity;
    event.first_transferred += quantity;
  }

  // What may still be first transferred for other purposes.
  void count_authorized(ledger::Serial first, const Stand& stand) {
    const ledger::Standing& standing = stand.standing;
    const ledger::Lot& lot = books_.lots()[standing.lot];
    const bool open = standing.status == UnitStatus::held && !standing.first_transferred;
    if (!open || lot.host != ndc_.party || !books_.is_authorized(lot)) return;
    if (!ledger::has_oimp(books_.host_terms(standing))) return;
    authorized_for_oimp[lot.vintage] += stand.end - first;
  }

  const Books& books_;
  const ledger::Ndc& ndc_;
};

std::int64_t of(const std::map<Year, std::int64_t>& years, Year year) {
  const auto it = years.find(year);
  return it == years.end() ? 0 : it->second;
}

std::vector<std::string> entities_for_oimp(const Books& books, Index party) {
  std::set<std::string> names;
  for (const AuthorizationBook& book : books.authorizations()) {
    const ledger::Authorization& row = book.row;
    if (row.party != party || row.revoked || !ledger::has_oimp(row)) continue;
    for (const auto& entity : row.entities) {
      names.insert(books.participants()[entity.participant].identity.name);
    }
  }
  return {names.begin(), names.end()};
}

std::optional<SummaryYear::Recorded> recorded_of(const Books& books, Index party,
                                                 const SummaryYear& year) {
  std::optional<SummaryYear::Recorded> newest;
  for (const StatedAdjustment& each : books.adjustments()) {
    if (each.party != party || each.year != year.year) continue;
    const Fraction amount{each.amount_num, each.amount_den};
    const bool as_due =
        amount == year.adjustment && each.used == year.used &&
        each.first_transferred == year.first_transferred + year.oimp_first_transferred;
    newest = {each.version, amount, each.entry, as_due};
  }
  return newest;
}

// A report may be filed again: the newest one tells.
std::optional<ledger::Id> report_of(const Books& books, Index party, Year year,
                                    ledger::Seq recorded_by) {
  std::optional<ledger::Id> newest;
  for (const ledger::Report& report : books.reports()) {
    const bool shows = report.kind == ledger::ReportFiled::Sort::btr_annex &&
                       report.party == party && report.from <= year && year <= report.to &&
                       recorded_by <= report.as_of;
    if (shows) newest = report.id;
  }
  return newest;
}

}  // namespace

std::optional<Summary> make_summary(const Books& books, const ledger::Id& party, Year year,
                                    const Provenance& provenance, const Calendar& calendar) {
  const std::optional<Index> index = books.find_party(party);
  const ledger::Ndc* ndc = index ? books.ndc_of(*index, year) : nullptr;
  if (ndc == nullptr) return std::nullopt;
  Counter counter(books, *ndc);
  counter.run();
  Summary out{party,
              provenance,
              books.size() - 1,
              books.time(),
              *ndc,
              {},
              {},
              {},
              {},
              calendar.finality_of(ndc->to)};
  out.by_event = std::move(counter.by_event);
  out.oimp_entities = entities_for_oimp(books, *index);
  for (Flag& flag : flags_of(books, party, calendar)) {
    if (ndc->from <= flag.year && flag.year <= ndc->to) out.flags.push_back(std::move(flag));
  }
  const Year last = std::min(ndc->to, ledger::year_of(ledger::date_of(books.time())));
  std::int64_t cumulative = 0;
  for (Year y = ndc->from; y <= last; ++y) {
    SummaryYear row;
    row.year = y;
    row.first_transferred = of(counter.for_ndc, y);
    row.oimp_first_transferred = of(counter.for_oimp, y);
    row.oimp_authorized = of(counter.authorized_for_oimp, y);
    row.used = of(counter.used, y);
    row.net = row.first_transferred + row.oimp_first_transferred - row.used;
    cumulative += row.net;
    row.cumulative = cumulative;
    row.average = make_fraction(cumulative, y - ndc->from + 1);
    row.adjustment = ndc->method == ledger::Method::averaging ? row.average : Fraction{row.net, 1};
    if (const auto known = books.inventories().find({*index, y});
        known != books.inventories().end()) {
      row.inventory = known->second.value;
      row.balance = ndc->metric == "GHG" ? plus(*row.inventory, row.adjustment)
                                         : minus(*row.inventory, row.adjustment);
    }
    row.recorded = recorded_of(books, *index, row);
    if (row.recorded) row.reported = report_of(books, *index, y, row.recorded->entry);
    out.years.push_back(row);
  }
  return out;
}

}  // namespace replay
