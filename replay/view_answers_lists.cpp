// Answers about which entries concern an account, or a lot.
#include "replay/view_answers.hpp"
#include "replay/view_reader.hpp"
#include "replay/view_rows.hpp"

namespace replay {
namespace {

using ledger::Scan;

std::vector<Seq> entries_in(RowLookup& lookup, const std::string& list) {
  std::vector<Seq> entries;
  lookup.each_row(list, [&](std::string_view, std::string_view value) {
    const auto page = lookup.decoded<ListPage>(value);
    if (!page) return Scan::stop;
    for (const Seq seq : page->entries) {
      if (seq >= lookup.size()) return Scan::stop;
      entries.push_back(seq);
    }
    return Scan::go_on;
  });
  return entries;
}

}  // namespace

ViewReader::Answer<std::vector<Seq>> ViewReader::entries_of_account(std::string_view id) const {
  RowLookup lookup(*snapshot_, size_);
  std::optional<std::vector<Seq>> entries;
  if (const auto account = lookup.find(Register::account, id)) {
    entries = entries_in(lookup, list_of_account(*account).take());
  }
  return lookup.answer(std::move(entries));
}

ViewReader::Answer<std::vector<Seq>> ViewReader::entries_of_lot(std::string_view registry,
                                                                ledger::Serial serial) const {
  RowLookup lookup(*snapshot_, size_);
  std::optional<std::vector<Seq>> entries;
  if (const auto scope = lookup.find(Register::scope, registry)) {
    const Key lists = lists_of_registry(*scope);
    const auto last = lookup.last_in(lists.bytes(), Key(lists).serial(serial + 1).take());
    if (last) {
      KeyParts parts(std::string_view(last->key).substr(lists.bytes().size()));
      const auto first = static_cast<ledger::Serial>(parts.number(7));
      entries = entries_in(lookup, list_of_lot(*scope, first).take());
      if (entries->empty()) entries.reset();  // issued later
    }
  }
  return lookup.answer(std::move(entries));
}

}  // namespace replay
