#include "ledger/concerns.hpp"

#include <algorithm>
#include <functional>
#include <variant>

#include "ledger/ensure.hpp"

namespace ledger {
namespace {

// Most come ascending, and many times in a row.
void add(std::vector<Index>& items, Index item) {
  if (items.empty() || items.back() != item) items.push_back(item);
}

void sort_once(std::vector<Index>& items) {
  if (std::is_sorted(items.begin(), items.end(), std::less_equal<>())) return;
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

}  // namespace

void Concerns::take(const Effects& effects) {
  accounts_.clear();
  lots_.clear();
  for (const RowEffect& row : effects.rows) {
    if (const auto* account = std::get_if<AccountEffect>(&row)) {
      accounts_.push_back(account->index);
    } else if (const auto* lot = std::get_if<LotEffect>(&row)) {
      ENSURE(lot->index == issued_.size(), "lots are told in their order");
      issued_.push_back({lot->row.issued_as.value_or(lot->index), lot->row.scope,
                         make_range(lot->row.first, lot->row.last)});
    }
  }
  for (const UnitEffect& unit : effects.units) {
    add(accounts_, unit.after.account);
    if (unit.before) add(accounts_, unit.before->account);
    add(lots_, issued_[unit.after.lot].as);
  }
  sort_once(accounts_);
  sort_once(lots_);
}

}  // namespace ledger
