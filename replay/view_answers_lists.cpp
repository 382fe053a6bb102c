// Answers about which entries concern an account, or a lot.
#include <algorithm>
#include <string>
#include <utility>

#include "replay/view_answers.hpp"
#include "replay/view_reader.hpp"
#include "replay/view_rows.hpp"

namespace replay {
namespace {

using ledger::Scan;

// The last page that begins below a seq, with its key.
std::optional<std::pair<std::string, ListPage>> page_below(RowLookup& lookup, const Key& list,
                                                           Seq below) {
  const auto row = lookup.last_in(list.bytes(), Key(list).seq(below).take());
  if (!row) return std::nullopt;
  auto page = lookup.decoded<ListPage>(row->value);
  if (!page) return std::nullopt;
  return std::pair(row->key, std::move(*page));
}

// How many entries of the page are below the size of the answer.
std::size_t number_of(const ListPage& page, Seq size) {
  const auto end = std::lower_bound(page.entries.begin(), page.entries.end(), size);
  return static_cast<std::size_t>(end - page.entries.begin());
}

// Reads the last page, for the count, and those that it answers with.
EntriesAnswer entries_in(RowLookup& lookup, const Key& list, Seq from, std::size_t limit) {
  EntriesAnswer answer;
  answer.as_of = as_of(lookup);
  const auto last = page_below(lookup, list, lookup.size());
  if (!last) return answer;
  answer.count = last->second.before + number_of(last->second, lookup.size());
  const auto first = page_below(lookup, list, std::min(from + 1, lookup.size()));
  const auto visit = [&](std::string_view, std::string_view value) {
    const auto page = lookup.decoded<ListPage>(value);
    if (!page) return Scan::stop;
    for (const Seq seq : page->entries) {
      if (seq >= lookup.size()) return Scan::stop;
      if (seq < from) continue;
      if (answer.entries.size() == limit) {
        answer.next = seq;
        return Scan::stop;
      }
      answer.entries.push_back(seq);
    }
    return Scan::go_on;
  };
  lookup.each_row_from(first ? first->first : list.bytes(), list.bytes(), visit);
  return answer;
}

}  // namespace

ViewReader::Answer<EntriesAnswer> ViewReader::entries_of_account(std::string_view id, Seq from,
                                                                 std::size_t limit) const {
  RowLookup lookup(*snapshot_, size_);
  std::optional<EntriesAnswer> answer;
  if (const auto account = lookup.find(Register::account, id)) {
    answer = entries_in(lookup, list_of_account(*account), from, limit);
  }
  return lookup.answer(std::move(answer));
}

ViewReader::Answer<EntriesAnswer> ViewReader::entries_of_lot(std::string_view registry,
                                                             ledger::Serial serial, Seq from,
                                                             std::size_t limit) const {
  RowLookup lookup(*snapshot_, size_);
  std::optional<EntriesAnswer> answer;
  const auto scope = lookup.find(Register::scope, registry);
  // Lots of a registry leave no gap: the last that begins at an issued unit or before it has it.
  if (scope && units_answer(lookup, *scope, {serial, serial + 1}, 1)) {
    const Key lists = lists_of_registry(*scope);
    if (const auto last = lookup.last_in(lists.bytes(), Key(lists).serial(serial + 1).take())) {
      KeyParts parts(std::string_view(last->key).substr(lists.bytes().size()));
      const auto first = static_cast<ledger::Serial>(parts.number(7));
      answer = entries_in(lookup, list_of_lot(*scope, first), from, limit);
    }
  }
  return lookup.answer(std::move(answer));
}

}  // namespace replay
