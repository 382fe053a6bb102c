#include "replay/row_lookup.hpp"

#include "ledger/clauses_log.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::Scan;

constexpr std::size_t seq_bytes = 8;  // at the end of a versioned key

}  // namespace

std::string RowLookup::row_key(Register name, Index index) {
  return Key(Rows::row).tag(static_cast<char>(name)).index(index).take();
}

void RowLookup::fail() {
  if (failure_) return;
  failure_ = ledger::Violation{&ledger::LOG_15,
                               "A row of the views is not what it must be. Stop the server, delete "
                               "the views directory and start again: they are made from the log."};
}

template <class T>
std::optional<T> RowLookup::read(ledger::Result<std::optional<T>> result) {
  if (result) return std::move(*result);
  if (!failure_) failure_ = std::move(result).error();
  return std::nullopt;
}

std::optional<ledger::TableRow> RowLookup::last_in(const std::string& from, const std::string& to) {
  if (failure_) return std::nullopt;
  return read(snapshot_.last_in(from, to));
}

std::optional<std::string> RowLookup::newest(const std::string& prefix, ledger::Seq below) {
  auto row = last_in(prefix, Key(prefix).seq(below).take());
  if (!row) return std::nullopt;
  return std::move(row->value);
}

std::optional<Index> RowLookup::find(Register name, std::string_view id) {
  if (failure_) return std::nullopt;
  const auto bytes =
      read(snapshot_.get(Key(Rows::name).tag(static_cast<char>(name)).raw(id).take()));
  if (!bytes) return std::nullopt;
  const std::optional<Index> index = decoded<Index>(*bytes);
  if (!index || !newest(row_key(name, *index), size_)) return std::nullopt;
  return index;
}

// Rows are only added: the last one that was there at the size is found by halving.
Index RowLookup::count(Register name) {
  const auto is_there = [&](Index index) {
    return newest(row_key(name, index), size_).has_value();
  };
  const std::string prefix = Key(Rows::row).tag(static_cast<char>(name)).take();
  const auto last = last_in(prefix, ledger::end_of_prefix(prefix));
  if (!last) return 0;
  Index low = 0;
  Index high = KeyParts(std::string_view(last->key).substr(prefix.size())).index() + 1;
  while (low < high) {
    const Index middle = low + (high - low) / 2;
    if (is_there(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<ledger::Authorization> RowLookup::authorization(Index index) {
  auto found = row<ledger::Authorization>(Register::authorization, index);
  if (!found) return std::nullopt;
  const std::int64_t newest_version = found->version;
  std::vector<ledger::Terms> versions;
  each_row(version_key(Register::authorization, index).take(), [&](std::string_view,
                                                                   std::string_view value) {
    if (auto terms = decoded<ledger::Terms>(value)) versions.push_back(std::move(*terms));
    return static_cast<std::int64_t>(versions.size()) < newest_version ? Scan::go_on : Scan::stop;
  });
  if (static_cast<std::int64_t>(versions.size()) != newest_version) {
    fail();
    return std::nullopt;
  }
  static_cast<ledger::Terms&>(*found) = std::move(versions.back());
  versions.pop_back();
  found->earlier = std::move(versions);
  return found;
}

// A row begins with its id.
const std::string& RowLookup::id_of(Register name, Index index) {
  const auto [known, fresh] = ids_.try_emplace({name, index});
  if (!fresh) return known->second;
  if (const auto bytes = newest(row_key(name, index), size_)) {
    RowReader reader(*bytes);
    reader(known->second);
  }
  if (known->second.empty()) fail();
  return known->second;
}

std::vector<std::string> RowLookup::ids_of(Register name, const std::vector<Index>& indexes) {
  std::vector<std::string> ids;
  ids.reserve(indexes.size());
  for (const Index index : indexes) ids.push_back(id_of(name, index));
  return ids;
}

// The size at which sums have rows, at or below the one asked for.
ledger::Seq RowLookup::last_sums() const {
  return size_ - size_ % entries_between_sums;
}

// What entries added to sums since then: at most 255 rows, read once for an answer.
void RowLookup::load_changes() {
  if (has_changes_) return;
  has_changes_ = true;
  for (ledger::Seq seq = last_sums(); seq < size_; ++seq) {
    const auto row = entry(seq);
    if (!row) return;
    for (const auto& [key, change] : row->sums) changes_[key] += change;
  }
}

std::int64_t RowLookup::sum(const Key& key) {
  load_changes();
  std::int64_t value = 0;
  if (const auto bytes = newest(Key(Rows::sum).raw(key.bytes()).take(), last_sums() + 1)) {
    value = decoded<std::int64_t>(*bytes).value_or(0);
  }
  const auto change = changes_.find(key.bytes());
  return change == changes_.end() ? value : value + change->second;
}

std::int64_t RowLookup::sum_at(const Key& key, ledger::Seq size) {
  RowLookup then(snapshot_, size);
  const std::int64_t value = then.sum(key);
  if (then.failure_ && !failure_) failure_ = then.failure_;
  return value;
}

void RowLookup::each_sum(const Key& prefix,
                         const std::function<void(KeyParts, std::int64_t)>& visit) {
  load_changes();
  std::map<std::string, std::int64_t> sums;  // by the rest of the key
  each_newest(Key(Rows::sum).raw(prefix.bytes()).take(), last_sums() + 1,
              [&](std::string_view rest, std::string_view value) {
                if (const auto number = decoded<std::int64_t>(value))
                  sums[std::string(rest)] = *number;
              });
  for (auto change = changes_.lower_bound(prefix.bytes());
       change != changes_.end() && change->first.starts_with(prefix.bytes()); ++change) {
    sums[change->first.substr(prefix.bytes().size())] += change->second;
  }
  for (const auto& [rest, value] : sums) visit(KeyParts(rest), value);
}

// Leaps from key to key over their versions.
void RowLookup::each_newest(const std::string& prefix, ledger::Seq below,
                            const NewestVisitor& visit) {
  const std::string end = ledger::end_of_prefix(prefix);
  std::string from = prefix;
  for (;;) {
    std::string key;
    each_row_from(from, prefix, [&](std::string_view found, std::string_view) {
      key = found;
      return Scan::stop;
    });
    if (key.empty()) return;
    if (key.size() < prefix.size() + seq_bytes) return fail();
    key.resize(key.size() - seq_bytes);
    if (const auto value = newest(key, below))
      visit(std::string_view(key).substr(prefix.size()), *value);
    from = ledger::end_of_prefix(key);
    if (failure_ || from.empty() || (!end.empty() && from >= end)) return;
  }
}

void RowLookup::each_row(const std::string& prefix, const ledger::RowVisitor& visit) {
  each_row_from(prefix, prefix, visit);
}

void RowLookup::each_row_from(const std::string& from, const std::string& prefix,
                              const ledger::RowVisitor& visit) {
  if (failure_) return;
  const ledger::Result<> scanned = snapshot_.scan(
      from, ledger::end_of_prefix(prefix), [&](std::string_view key, std::string_view value) {
        const Scan go_on = visit(key, value);
        return failure_ ? Scan::stop : go_on;
      });
  if (!scanned && !failure_) failure_ = scanned.error();
}

std::optional<EntryRow> RowLookup::entry(ledger::Seq seq) {
  if (failure_) return std::nullopt;
  const auto bytes = read(snapshot_.get(Key(Rows::entry).seq(seq).take()));
  if (bytes) return decoded<EntryRow>(*bytes);
  fail();
  return std::nullopt;
}

}  // namespace replay
