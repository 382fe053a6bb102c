#include "ledger/memory_table.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include "ledger/ensure.hpp"

namespace ledger {

// Sees, of each row, the newest version that is not younger than its generation. Takes the table's
// lock for one row at a time, so a visitor may use the table and never stops the writer.
class MemoryTable::Snapshot final : public TableSnapshot {
 public:
  Snapshot(const MemoryTable& table, Generation generation, Seq position)
      : table_(table), generation_(generation), position_(position) {}

  ~Snapshot() override {
    const std::unique_lock lock(table_.mutex_);
    table_.snapshots_.erase(table_.snapshots_.find(generation_));
  }

  [[nodiscard]] Seq position() const override { return position_; }

  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view key) const override {
    const std::shared_lock lock(table_.mutex_);
    const auto found = table_.rows_.find(key);
    if (found == table_.rows_.end()) return std::nullopt;
    const std::string* value = visible(found->second);
    if (value == nullptr) return std::nullopt;
    return *value;
  }

  [[nodiscard]] Result<> scan(std::string_view from, std::string_view to,
                              const RowVisitor& visit) const override {
    auto row = first_at_or_after(from, to);
    while (row && visit(row->key, row->value) == Scan::go_on) {
      row->key.push_back('\0');  // the smallest greater key
      row = first_at_or_after(row->key, to);
    }
    return {};
  }

  [[nodiscard]] Result<std::optional<TableRow>> last_in(std::string_view from,
                                                        std::string_view to) const override {
    const std::shared_lock lock(table_.mutex_);
    auto row = to.empty() ? table_.rows_.end() : table_.rows_.lower_bound(to);
    while (row != table_.rows_.begin()) {
      --row;
      if (row->first < from) break;
      if (const std::string* value = visible(row->second)) return TableRow{row->first, *value};
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] const std::string* visible(const Versions& versions) const {
    for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
      if (version->since <= generation_) return version->value ? &*version->value : nullptr;
    }
    return nullptr;
  }

  [[nodiscard]] std::optional<TableRow> first_at_or_after(std::string_view from,
                                                          std::string_view to) const {
    const std::shared_lock lock(table_.mutex_);
    for (auto row = table_.rows_.lower_bound(from); row != table_.rows_.end(); ++row) {
      if (!to.empty() && row->first >= to) break;
      if (const std::string* value = visible(row->second)) return TableRow{row->first, *value};
    }
    return std::nullopt;
  }

  const MemoryTable& table_;
  const Generation generation_;
  const Seq position_;
};

Result<> MemoryTable::apply(const TableBatch& batch, Seq position) {
  const std::unique_lock lock(mutex_);
  ++generation_;
  for (const TableBatch::Change& change : batch.changes()) {
    ENSURE(!change.key.empty(), "a row's key is not empty");
    this->change(change.key, change.value);
  }
  position_ = position;
  sweep();
  return {};
}

Seq MemoryTable::position() const {
  const std::shared_lock lock(mutex_);
  return position_;
}

std::unique_ptr<TableSnapshot> MemoryTable::snapshot() const {
  const std::unique_lock lock(mutex_);
  snapshots_.insert(generation_);
  return std::make_unique<Snapshot>(*this, generation_, position_);
}

Result<> MemoryTable::clear() {
  const std::unique_lock lock(mutex_);
  ++generation_;
  for (auto& [key, versions] : rows_) {
    versions.push_back({generation_, std::nullopt});
    crowded_.insert(key);
  }
  position_ = 0;
  sweep();
  return {};
}

void MemoryTable::change(const std::string& key, std::optional<std::string> value) {
  Versions& versions = rows_[key];
  if (!versions.empty() && versions.back().since == generation_) versions.pop_back();
  versions.push_back({generation_, std::move(value)});
  if (versions.size() > 1 || !versions.back().value) crowded_.insert(key);
}

// Drops every version that is followed by one which the oldest living snapshot sees already.
void MemoryTable::drop_unseen(Versions& versions) const {
  const Generation oldest = snapshots_.empty() ? generation_ : *snapshots_.begin();
  const auto younger =
      std::find_if(versions.begin(), versions.end(),
                   [oldest](const Version& version) { return version.since > oldest; });
  if (younger != versions.begin()) versions.erase(versions.begin(), std::prev(younger));
}

// Nothing more can go while the same oldest snapshot lives, so it is looked for only once for each.
void MemoryTable::sweep() {
  if (!snapshots_.empty() && swept_for_ == *snapshots_.begin()) return;
  swept_for_.reset();
  if (!snapshots_.empty()) swept_for_ = *snapshots_.begin();
  for (auto key = crowded_.begin(); key != crowded_.end();) {
    const auto row = rows_.find(*key);
    drop_unseen(row->second);
    const bool settled = row->second.size() == 1;
    const bool erased = settled && !row->second.front().value;
    const bool erased_for_all =
        erased && (snapshots_.empty() || row->second.front().since <= *snapshots_.begin());
    if (erased_for_all) rows_.erase(row);
    key = erased_for_all || (settled && !erased) ? crowded_.erase(key) : std::next(key);
  }
}

}  // namespace ledger
