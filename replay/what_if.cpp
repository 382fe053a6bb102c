#include "replay/what_if.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <set>

#include "ledger/movement.hpp"

namespace replay {
namespace {

using ledger::Effects;
using ledger::Seq;

// ---- what an entry did, in names ----

std::string words_of(const Books& books, const ledger::UnitEffect& unit) {
  const ledger::Lot& lot = books.lots()[unit.after.lot];
  return status_words(unit.after) + " in account " + books.accounts()[unit.after.account].id +
         (lot.released ? ", released from authorization " : ", authorization ") +
         books.authorization(lot.host_authorization).id +
         (unit.first_transfer ? ", first transferred by it" : "");
}

// Neighbours that stand alike are told as one, however they are cut.
void tell_units(const Books& books, const Effects& effects, std::vector<std::string>& out) {
  std::optional<ledger::UnitEffect> open;
  std::string words;
  const auto close = [&] {
    if (!open) return;
    out.push_back("units " + ledger::closed(open->range) + " of " + books.scopes()[open->scope] +
                  ": " + words);
  };
  for (const ledger::UnitEffect& unit : effects.units) {
    std::string mine = words_of(books, unit);
    if (open && open->scope == unit.scope && open->range.end == unit.range.first && mine == words) {
      open->range.end = unit.range.end;
      continue;
    }
    close();
    open = unit;
    words = std::move(mine);
  }
  close();
}

// When an authorization that the entry states takes effect: the rules say after how many days.
void tell_effective(const Books& books, const Effects& effects, std::vector<std::string>& out) {
  for (const ledger::RowEffect& row : effects.rows) {
    const auto* told = std::get_if<ledger::AuthorizationEffect>(&row);
    if (told == nullptr) continue;
    out.push_back("authorization " + books.authorization(told->index).id + " takes effect at " +
                  ledger::format_timestamp(told->row.effective));
  }
}

std::vector<std::string> tell(const Books& books, const Effects& effects) {
  std::vector<std::string> out;
  tell_units(books, effects, out);
  tell_effective(books, effects, out);
  for (const ledger::ProceedsEffect& taken : effects.proceeds) {
    out.push_back("proceeds of " + books.activities()[taken.activity].id + ", vintage " +
                  std::to_string(taken.vintage) + ", line " + taken.line + ": " +
                  ledger::in_units(taken.taken) + " of " + ledger::in_units(taken.base));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> without(const std::vector<std::string>& all,
                                 const std::vector<std::string>& taken) {
  std::vector<std::string> out;
  std::set_difference(all.begin(), all.end(), taken.begin(), taken.end(), std::back_inserter(out));
  return out;
}

// ---- what stands at the end ----

using Balances = std::map<std::string, std::int64_t>;

Balances balances_of(const Books& books) {
  Balances out;
  for (const Stands& stands : books.stands_before({std::numeric_limits<std::int64_t>::max()})) {
    for (const auto& [first, stand] : stands) {
      if (stand.standing.status != ledger::UnitStatus::held) continue;
      out["held in account " + books.accounts()[stand.standing.account].id] += stand.end - first;
    }
  }
  for (const AuthorizationBook& book : books.authorizations()) {
    out["first transferred under authorization " + book.row.id] += book.count.first_transferred;
    out["acquired under authorization " + book.row.id] += book.count.acquired;
  }
  for (const auto& [whose, due] : books.due_years()) {
    const std::string party = books.participants()[whose.first].id;
    const std::string year = std::to_string(whose.second);
    out[party + ", first transferred of vintage " + year] += due.first_transferred;
    out[party + ", used for " + year] += due.used;
  }
  return out;
}

std::vector<OtherBalance> differing(const Balances& now, const Balances& then) {
  std::map<std::string, OtherBalance> all;
  for (const auto& [what, quantity] : now) all[what] = {what, quantity, 0};
  for (const auto& [what, quantity] : then) {
    all[what].what = what;
    all[what].then = quantity;
  }
  std::vector<OtherBalance> out;
  for (auto& [what, balance] : all) {
    if (balance.now != balance.then) out.push_back(std::move(balance));
  }
  return out;
}

// ---- what reports print ----

// The rows of one table that the other does not print, each as often as it is missing there.
std::vector<const AefRow*> missing(const std::vector<AefRow>& mine,
                                   const std::vector<AefRow>& theirs) {
  std::multiset<std::vector<Cell>> there;
  for (const AefRow& row : theirs) there.insert(row.cells);
  std::vector<const AefRow*> out;
  for (const AefRow& row : mine) {
    const auto found = there.find(row.cells);
    if (found == there.end()) {
      out.push_back(&row);
    } else {
      there.erase(found);
    }
  }
  return out;
}

Aef aef_of(const Books& books, const AefRequest& request, const Provenance& provenance) {
  return problem_of(books, request) ? Aef{} : make_aef(books, request, provenance);
}

void compare_rows(const Aef& now, const Aef& then, const AefRequest& request,
                  std::vector<OtherRow>& out) {
  for (const AefTable table : all_aef_tables) {
    if (table == AefTable::submission) continue;  // says nothing of units
    for (const AefRow* row : missing(now.rows(table), then.rows(table))) {
      out.push_back({request.party, request.year, table, true, *row});
    }
    for (const AefRow* row : missing(then.rows(table), now.rows(table))) {
      out.push_back({request.party, request.year, table, false, *row});
    }
  }
}

// The calendar years in which units moved.
std::set<ledger::Year> years_of(const Books& books) {
  std::set<ledger::Year> out;
  for (const Occasion& occasion : books.occasions()) {
    out.insert(ledger::year_of(ledger::date_of(occasion.time)));
  }
  return out;
}

std::vector<OtherRow> other_rows(const Books& now, const Books& then,
                                 const Provenance& provenance) {
  std::set<ledger::Year> years = years_of(now);
  years.merge(years_of(then));
  std::vector<OtherRow> out;
  for (const ledger::Participant& party : now.participants()) {
    if (party.kind != ledger::Participant::Sort::party) continue;
    for (const ledger::Year year : years) {
      AefRequest request;
      request.party = party.id;
      request.year = year;
      compare_rows(aef_of(now, request, provenance), aef_of(then, request, provenance), request,
                   out);
    }
  }
  return out;
}

}  // namespace

void WhatIf::compare(const ledger::Entry& entry, const Effects& now, const Effects& then) {
  const std::vector<std::string> mine = tell(now_, now), theirs = tell(then_, then);
  if (mine == theirs) return;
  found_.outcomes.push_back(
      {entry.seq, entry.time, now.type, without(mine, theirs), without(theirs, mine)});
}

void WhatIf::take(const ledger::Entry& entry, const Effects& effects) {
  now_.take(effects);
  if (found_.inadmissible) return;
  const bool replaced = supposition_.replaces(entry);
  ledger::Result<Effects> then = supposition_.follow(entry);
  if (then) {
    then_.take(*then);
    if (replaced) {
      ++found_.replaced;
    } else {
      compare(entry, effects, *then);
    }
    return;
  }
  Effects nothing;
  nothing.seq = entry.seq;
  nothing.time = entry.time;
  nothing.type = effects.type;
  then_.take(nothing);
  OtherVerdict verdict{entry.seq, entry.time, effects.type, std::move(then).error()};
  if (replaced) {
    found_.inadmissible = std::move(verdict);
  } else {
    found_.verdicts.push_back(std::move(verdict));
  }
}

WhatIfReport WhatIf::report(const Provenance& provenance) const {
  WhatIfReport out = found_;
  if (out.inadmissible) return out;
  out.balances = differing(balances_of(now_), balances_of(then_));
  out.units = reconcile(now_, then_);
  out.rows = other_rows(now_, then_, provenance);
  return out;
}

}  // namespace replay
