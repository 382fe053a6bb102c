#include "replay/view_registers.hpp"

#include <variant>

#include "replay/view_keys.hpp"
#include "replay/view_rows.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::Seq;

// Puts each row effect of one entry under its keys.
class RegisterWriter {
 public:
  RegisterWriter(Seq seq, RowBatch& rows) : seq_(seq), rows_(rows) {}

  void operator()(const ledger::LedgerEffect& effect) {
    rows_.put(Key(Rows::ledger).seq(seq_).take(), encode_row(effect));
  }
  void operator()(const ledger::ParticipantEffect& effect) {
    put(Register::participant, effect.index, effect.row);
    put_name(Register::participant, effect.row.id, effect.index);
  }
  void operator()(const ledger::AccountEffect& effect) {
    put(Register::account, effect.index, effect.row);
    put_name(Register::account, effect.row.id, effect.index);
    put_list(Rows::section, effect.row.party, effect.index);
  }
  void operator()(const ledger::ApproachEffect& effect) {
    put(Register::approach, effect.index, effect.row);
    put_name(Register::approach, effect.row.id, effect.index);
  }
  void operator()(const ledger::ActivityEffect& effect) {
    put(Register::activity, effect.index, effect.row);
    put_name(Register::activity, effect.row.id, effect.index);
    put_list(Rows::activity_of, effect.row.approach, effect.index);
  }
  void operator()(const ledger::AuthorizationEffect& effect) {
    put(Register::authorization, effect.index, effect.row);
    if (effect.row.stated.seq == seq_) {
      put_version(Register::authorization, effect.index, effect.row.version,
                  static_cast<const ledger::Terms&>(effect.row));
    }
    put_name(Register::authorization, effect.row.id, effect.index);
  }
  void operator()(const ledger::ScopeEffect& effect) {
    put(Register::scope, effect.index, effect.registry);
    put_name(Register::scope, effect.registry, effect.index);
  }
  void operator()(const ledger::LotEffect& effect) { put(Register::lot, effect.index, effect.row); }
  void operator()(const ledger::GrantEffect& effect) {
    put(Register::grant, effect.index, effect.row);
    put_list(Rows::granted, effect.row.participant, effect.index);
  }
  void operator()(const ledger::LockEffect& effect) {
    put(Register::lock, effect.index, effect.row);
    put_name(Register::lock, effect.row.id, effect.index);
    put_list(Rows::lock_of, effect.row.account, effect.index);
  }
  void operator()(const ledger::KeyEffect& effect) {
    rows_.put(
        Key(Rows::key).index(effect.record.participant).raw(effect.key.view()).seq(seq_).take(),
        encode_row(effect.record));
  }
  void operator()(const ledger::NdcEffect& effect) {
    rows_.put(Key(Rows::ndc).index(effect.row.party).seq(seq_).take(), encode_row(effect.row));
  }
  void operator()(const ledger::AdjustmentEffect& effect) {
    rows_.put(Key(Rows::adjustment).index(effect.party).year(effect.year).seq(seq_).take(),
              encode_row(effect));
  }
  void operator()(const ledger::CycleEffect& effect) {
    put(Register::cycle, effect.index, effect.row);
    put_name(Register::cycle, effect.row.id, effect.index);
    put_list(Rows::cycle_of, effect.row.approach, effect.index);
    if (!effect.design) return;
    put_version(Register::cycle, effect.index, effect.design->version, *effect.design);
  }
  void operator()(const ledger::MonitoringEffect& effect) {
    put(Register::monitoring, effect.index, effect.row);
    put_name(Register::monitoring, effect.row.id, effect.index);
    put_list(Rows::report_of, effect.row.cycle, effect.index);
  }
  void operator()(const ledger::InventoryEffect& effect) {
    rows_.put(Key(Rows::inventory).index(effect.party).year(effect.year).seq(seq_).take(),
              encode_row(effect.row));
  }
  void operator()(const ledger::ReportEffect& effect) {
    put(Register::report, effect.index, effect);
    put_name(Register::report, effect.row.id, effect.index);
    put_list(Rows::filed, effect.row.party, effect.index);
  }
  void operator()(const ledger::StatusEffect& effect) {
    rows_.put(Key(Rows::status).index(effect.report).seq(seq_).take(), encode_row(effect));
  }
  void operator()(const ledger::DifferenceEffect& effect) {
    rows_.put(Key(Rows::differs).index(effect.report).seq(seq_).take(), std::string());
  }
  // What is told of a cancellation stands in reports alone, which the books fold.
  void operator()(const ledger::RestatementEffect&) {}
  void operator()(const ledger::FindingEffect& effect) {
    put(Register::finding, effect.index, effect.row);
    put_name(Register::finding, effect.row.id, effect.index);
    for (const Index party : effect.row.parties) put_list(Rows::found, party, effect.index);
  }
  void operator()(const ledger::DocumentEffect& effect) {
    put(Register::document, effect.index, effect);
    put_hash(effect.document.sha256, effect.index);
    if (effect.document.redacted_copy) {
      put_hash(effect.document.redacted_copy->sha256, effect.index);
    }
  }
  void operator()(const ledger::DisclosureEffect& effect) {
    put_version(Register::document, effect.document, 0, effect);
    if (effect.redacted_copy) put_hash(effect.redacted_copy->sha256, effect.document);
  }
  void operator()(const ledger::AttestationEffect& effect) {
    rows_.put(Key(Rows::attested).seq(seq_).take(), encode_row(effect));
  }
  void operator()(const ledger::CommitmentEffect& effect) {
    rows_.put(Key(Rows::committed).seq(seq_).take(), encode_row(effect));
  }
  // Withdrawals change what may still be committed; no view shows them.
  void operator()(const ledger::WithdrawalEffect&) {}

 private:
  template <class T>
  void put(Register name, Index index, const T& row) {
    rows_.put(Key(Rows::row).tag(static_cast<char>(name)).index(index).seq(seq_).take(),
              encode_row(row));
  }
  template <class T>
  void put_version(Register name, Index index, std::int64_t version, const T& row) {
    rows_.put(version_key(name, index).index(static_cast<Index>(version)).seq(seq_).take(),
              encode_row(row));
  }
  void put_name(Register name, std::string_view id, Index index) {
    rows_.put(Key(Rows::name).tag(static_cast<char>(name)).raw(id).take(), encode_row(index));
  }
  void put_hash(const crypto::Hash& file, Index document) {
    rows_.put(Key(Rows::hash).raw(file.view()).index(document).take(), std::string());
  }
  void put_list(Rows list, Index owner, Index index) {
    rows_.put(Key(list).index(owner).index(index).take(), std::string());
  }

  const Seq seq_;
  RowBatch& rows_;
};

}  // namespace

void put_registers(const ledger::Effects& effects, RowBatch& rows) {
  if (rows.is_silent()) return;
  RegisterWriter writer(effects.seq, rows);
  for (const ledger::RowEffect& effect : effects.rows) std::visit(writer, effect);
}

}  // namespace replay
