#include "replay/view_lists.hpp"

#include <string>

namespace replay {
namespace {

using ledger::Index;
using ledger::Seq;

template <class T>
T& at_place(std::vector<T>& list, std::size_t place) {
  if (list.size() <= place) list.resize(place + 1);
  return list[place];
}

void put(Key list, const ListPage& page, RowBatch& rows) {
  rows.put(list.seq(page.entries.front()).take(), encode_row(page));
}

void begin_next(ListPage& page) {
  page.before += page.entries.size();
  page.entries.clear();
}

}  // namespace

void ListFold::take(const ledger::Effects& effects, RowBatch& rows) {
  concerns_.take(effects);
  for (const Index account : concerns_.accounts()) add_to_account(account, effects.seq, rows);
  for (const Index lot : concerns_.lots()) add_to_lot(lot, effects.seq, rows);
}

void ListFold::add_to_account(Index account, Seq seq, RowBatch& rows) {
  Page& page = at_place(accounts_, account);
  page.entries.push_back(seq);
  if (page.entries.size() == page_entries) {
    if (!rows.is_silent()) put(list_of_account(account), page, rows);
    begin_next(page);
  } else if (!page.waits && !rows.is_silent()) {
    page.waits = true;
    waiting_accounts_.push_back(account);
  }
}

void ListFold::add_to_lot(Index lot, Seq seq, RowBatch& rows) {
  Page& page = at_place(lots_, lot);
  page.entries.push_back(seq);
  if (page.entries.size() == page_entries) {
    if (!rows.is_silent()) put(list_of(lot), page, rows);
    begin_next(page);
  } else if (!page.waits && !rows.is_silent()) {
    page.waits = true;
    waiting_lots_.push_back(lot);
  }
}

Key ListFold::list_of(Index lot) const {
  const auto& issued = concerns_.issued()[lot];
  return list_of_lot(issued.scope, issued.units.first);
}

void ListFold::put_pages(RowBatch& rows) {
  for (const Index account : waiting_accounts_) {
    Page& page = accounts_[account];
    page.waits = false;
    if (!page.entries.empty()) put(list_of_account(account), page, rows);
  }
  for (const Index lot : waiting_lots_) {
    Page& page = lots_[lot];
    page.waits = false;
    if (!page.entries.empty()) put(list_of(lot), page, rows);
  }
  waiting_accounts_.clear();
  waiting_lots_.clear();
}

}  // namespace replay
