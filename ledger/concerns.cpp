#include "ledger/concerns.hpp"

#include <algorithm>
#include <variant>

namespace ledger {
namespace {

template <class T>
void sort_once(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

template <class T>
void add_once_in_a_row(std::vector<T>& items, const T& item) {
  if (items.empty() || items.back() != item) items.push_back(item);
}

}  // namespace

void Concerns::take(const Effects& effects) {
  accounts_.clear();
  lots_.clear();
  for (const RowEffect& row : effects.rows) {
    if (const auto* account = std::get_if<AccountEffect>(&row)) {
      accounts_.push_back(account->index);
    } else if (const auto* lot = std::get_if<LotEffect>(&row); lot && !lot->row.issued_as) {
      if (issued_.size() <= lot->row.scope) issued_.resize(lot->row.scope + 1);
      issued_[lot->row.scope].push_back(make_range(lot->row.first, lot->row.last));
    }
  }
  for (const UnitEffect& unit : effects.units) take(unit);
  sort_once(accounts_);
  sort_once(lots_);
}

// Units mostly come in runs of one account and lot, so the last ones are tried first.
void Concerns::take(const UnitEffect& unit) {
  add_once_in_a_row(accounts_, unit.after.account);
  if (unit.before) add_once_in_a_row(accounts_, unit.before->account);
  const std::vector<Range>& issued = issued_[unit.scope];
  const bool same = !lots_.empty() && lots_.back().first == unit.scope &&
                    issued[lots_.back().second].contains(unit.range.first);
  std::size_t place = same ? lots_.back().second : 0;
  if (!same) {
    const auto after =
        std::upper_bound(issued.begin(), issued.end(), unit.range.first,
                         [](Serial serial, const Range& lot) { return serial < lot.first; });
    place = static_cast<std::size_t>(after - issued.begin()) - 1;
  }
  for (; place < issued.size() && issued[place].first < unit.range.end; ++place) {
    add_once_in_a_row(lots_, {unit.scope, place});
  }
}

}  // namespace ledger
