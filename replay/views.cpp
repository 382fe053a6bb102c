#include "replay/views.hpp"

#include <utility>

#include "crypto/hash.hpp"
#include "ledger/ensure.hpp"
#include "replay/row_batch.hpp"
#include "replay/view_blocks.hpp"
#include "replay/view_keys.hpp"
#include "replay/view_lists.hpp"
#include "replay/view_registers.hpp"
#include "replay/view_rows.hpp"
#include "replay/view_sums.hpp"

namespace replay {
namespace {

using ledger::Result;
using ledger::Seq;

// Raised with every change of a row's form or meaning; rows of another format are made again.
constexpr std::string_view format = "13";
constexpr std::size_t rows_at_once = 50'000;  // some 5 MB

std::string format_key() {
  return Key(Rows::meta).text("format").take();
}
// The leaf hash of the last entry that the rows reflect: which log they are of.
std::string head_key() {
  return Key(Rows::meta).text("head").take();
}

// Whether the rows are those of this program and of the log in the store. What cannot be read is
// not.
bool fits(const ledger::Table& table, const ledger::Store& store) {
  const auto snapshot = table.snapshot();
  const Seq position = snapshot->position();
  if (position == 0) return true;
  if (position > store.size()) return false;
  const auto stored_format = snapshot->get(format_key());
  const auto head = snapshot->get(head_key());
  const auto line = store.line(position - 1);
  return stored_format && *stored_format == format && head && head->has_value() && line &&
         line->has_value() && **head == crypto::leaf_hash(**line).view();
}

}  // namespace

// What the views keep in memory.
class Views::Fold {
 public:
  explicit Fold(ledger::Table& table) : table_(table), written_(table.position()) {}

  [[nodiscard]] Result<> take(const ledger::Entry& entry, const ledger::Effects& effects) {
    ENSURE(entry.seq == size_ && effects.seq == size_, "views take every entry once, in order");
    rows_.be_silent(entry.seq < written_);
    put_registers(effects, rows_);
    blocks_.take(effects, rows_);
    lists_.take(effects, rows_);
    EntryRow row{effects.time, {}, effects.executed_on, sums_.take(effects, rows_)};
    if (!rows_.is_silent()) {
      row.type = effects.type;
      rows_.put(Key(Rows::entry).seq(entry.seq).take(), encode_row(row));
    }
    head_ = entry.leaf;
    ++size_;
    return rows_.size() + blocks_.waiting() < rows_at_once ? Result<>() : apply();
  }

  [[nodiscard]] Result<> apply() {
    if (size_ <= written_) return {};
    blocks_.put_pages(rows_);
    lists_.put_pages(rows_);
    rows_.put(format_key(), std::string(format));
    rows_.put(head_key(), std::string(head_.view()));
    Result<> applied = table_.apply(rows_.rows(), size_);
    if (!applied) return applied;
    rows_.clear();
    written_ = size_;
    return applied;
  }

  [[nodiscard]] Seq size() const { return size_; }

 private:
  ledger::Table& table_;
  Seq written_;  // entries that the table reflects
  Seq size_ = 0;
  crypto::Hash head_;
  RowBatch rows_;
  SumFold sums_;
  BlockFold blocks_;
  ListFold lists_;
};

Views::Views(std::unique_ptr<Fold> fold) : fold_(std::move(fold)) {}
Views::Views(Views&&) noexcept = default;
Views& Views::operator=(Views&&) noexcept = default;
Views::~Views() = default;

Result<Views> Views::open(ledger::Table& table, const ledger::Store& store) {
  if (!fits(table, store)) {
    if (Result<> cleared = table.clear(); !cleared) {
      return tl::unexpected(std::move(cleared).error());
    }
  }
  return Views(std::make_unique<Fold>(table));
}

Result<> Views::take(const ledger::Entry& entry, const ledger::Effects& effects) {
  return fold_->take(entry, effects);
}

Result<> Views::apply() {
  return fold_->apply();
}

Seq Views::size() const {
  return fold_->size();
}

}  // namespace replay
