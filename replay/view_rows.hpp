// What the values of the views' rows are made of. One function a row serves both directions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/effects.hpp"
#include "ledger/state.hpp"
#include "replay/row_bytes.hpp"
#include "replay/view_pages.hpp"

namespace replay {

// A sum's key without kind and seq, and what an entry added to it; never 0.
using SumChange = std::pair<std::string, std::int64_t>;

struct EntryRow {
  ledger::Timestamp time;
  std::string type;
  std::optional<ledger::Date> executed_on;  // of a movement inside a migration window
  std::vector<SumChange> sums;              // ascending
};

}  // namespace replay

// Found through the types of their arguments, which are ledger's.
namespace ledger {

template <class T, class Row>
concept RowOf = std::is_same_v<std::remove_const_t<T>, Row>;

template <class A, RowOf<Origin> T>
void fields(A& archive, T& row) {
  archive(row.date, row.seq);
}
template <class A, RowOf<LedgerEffect> T>
void fields(A& archive, T& row) {
  archive(row.origin, row.mode, row.spec, row.quorum, row.log_keys, row.service_key, row.migration);
}
template <class A, RowOf<Identity> T>
void fields(A& archive, T& row) {
  archive(row.name, row.country, row.number);
}
template <class A, RowOf<Thresholds> T>
void fields(A& archive, T& row) {
  archive(row.ordinary, row.units, row.keys);
}
template <class A, RowOf<Recovery> T>
void fields(A& archive, T& row) {
  archive(row.keys, row.threshold, row.wait_days);
}
template <class A, RowOf<Participant> T>
void fields(A& archive, T& row) {
  archive(row.id, row.kind, row.founding, row.identity, row.sponsor, row.thresholds, row.recovery,
          row.origin);
}
template <class A, RowOf<KeyRecord> T>
void fields(A& archive, T& row) {
  archive(row.participant, row.recovery, row.active_from, row.retired_at);
}
template <class A, RowOf<Grant> T>
void fields(A& archive, T& row) {
  archive(row.id, row.role, row.parties, row.participant, row.approaches, row.from, row.until,
          row.ended_at, row.suspended, row.origin);
}
template <class A, RowOf<Account> T>
void fields(A& archive, T& row) {
  archive(row.id, row.holder, row.party, row.registry, row.kind, row.frozen_by, row.metric,
          row.origin);
}
template <class A, RowOf<Range> T>
void fields(A& archive, T& row) {
  archive(row.first, row.end);
}
inline void fields(replay::RowWriter& archive, const RangeSet& row) {
  archive(row.ranges());
}
inline void fields(replay::RowReader& archive, RangeSet& row) {
  std::vector<Range> ranges;
  archive(ranges);
  row = RangeSet::from(ranges).value_or(RangeSet());
}
template <class A, RowOf<Lock> T>
void fields(A& archive, T& row) {
  archive(row.id, row.kind, row.account, row.scope, row.ranges, row.event, row.until, row.reason,
          row.ended_at, row.origin);
}
template <class A, RowOf<RulesVersion::ExtraSigner> T>
void fields(A& archive, T& row) {
  archive(row.event, row.party, row.role);
}
template <class A, RowOf<RulesVersion::Deduction> T>
void fields(A& archive, T& row) {
  archive(row.name, row.moment, row.by, row.kind, row.rate_bp, row.rounding, row.account);
}
template <class A, RowOf<ReviewAsked> T>
void fields(A& archive, T& row) {
  archive(row.stage, row.order, row.by, row.days);
}
template <class A, RowOf<CycleRules> T>
void fields(A& archive, T& row) {
  archive(row.steps, row.reviews, row.separate_verifier);
}
template <class A, RowOf<VintageQuantity> T>
void fields(A& archive, T& row) {
  archive(row.vintage, row.quantity);
}
template <class A, RowOf<Review> T>
void fields(A& archive, T& row) {
  archive(row.party, row.decision, row.time, row.quantities, row.origin);
}
template <class A, RowOf<Reviewed> T>
void fields(A& archive, T& row) {
  archive(row.since, row.reviews);
}
template <class A, RowOf<Design> T>
void fields(A& archive, T& row) {
  archive(row.version, row.components, row.crediting_from, row.crediting_to, row.type,
          row.mitigation, row.opinion, row.validator, row.validation, row.origin);
}
template <class A, RowOf<CycleHead> T>
void fields(A& archive, T& row) {
  archive(row.id, row.approach, row.developer, row.sector, row.idea_version, row.idea,
          row.registered, row.closed_at, row.origin);
}
template <class A, RowOf<Monitoring> T>
void fields(A& archive, T& row) {
  archive(row.id, row.cycle, row.component, row.period_from, row.period_to, row.claims, row.version,
          row.verified, row.verification, row.issued, row.origin);
}
template <class A, RowOf<RulesVersion> T>
void fields(A& archive, T& row) {
  archive(row.host_definition, row.both_authorize, row.host_first, row.objection_days,
          row.extra_signers, row.deductions, row.notice_days, row.cycle, row.origin);
}
template <class A, RowOf<Approach::Ending> T>
void fields(A& archive, T& row) {
  archive(row.from, row.origin);
}
template <class A, RowOf<Approach> T>
void fields(A& archive, T& row) {
  archive(row.id, row.host, row.buyer, row.carp, row.rules, row.ended, row.origin);
}
template <class A, RowOf<Ndc> T>
void fields(A& archive, T& row) {
  archive(row.party, row.from, row.to, row.type, row.method, row.metric, row.origin);
}
template <class A, RowOf<Inventory> T>
void fields(A& archive, T& row) {
  archive(row.version, row.value, row.origin);
}
template <class A, RowOf<AuthorizationGranted::Activity> T>
void fields(A& archive, T& row) {
  archive(row.id, row.crediting_from, row.crediting_to, row.sector, row.type, row.mitigation);
}
template <class A, RowOf<Activity> T>
void fields(A& archive, T& row) {
  archive(row.id, row.approach, row.terms, row.origin);
}
template <class A, RowOf<Terms::Entity> T>
void fields(A& archive, T& row) {
  archive(row.participant, row.may);
}
template <class A, RowOf<Terms::Change> T>
void fields(A& archive, T& row) {
  archive(row.until, row.consent, row.notice_days);
}
template <class A, RowOf<Terms> T>
void fields(A& archive, T& row) {
  archive(row.id, row.approach, row.party, row.version, row.cap, row.metric, row.gwp,
          row.conversion, row.purposes, row.parties, row.entities, row.vintage_from, row.vintage_to,
          row.issue_until, row.use_until, row.ndc_periods, row.activities,
          row.underlying_registries, row.oimp, row.standards, row.change, row.stated);
}
template <class A, RowOf<Authorization::Notice> T>
void fields(A& archive, T& row) {
  archive(row.content, row.given, row.origin);
}
// What it counts are sums of their own, and what its versions say are rows of their own.
template <class A, RowOf<Authorization> T>
void fields(A& archive, T& row) {
  archive(row.id, row.version, row.notice, row.revoked, row.effective, row.origin);
}
template <class A, RowOf<UnitsIssued::Underlying> T>
void fields(A& archive, T& row) {
  archive(row.registry, row.first, row.last);
}
template <class A, RowOf<Lot> T>
void fields(A& archive, T& row) {
  archive(row.activity, row.approach, row.host, row.host_authorization, row.host_version,
          row.buyer_authorization, row.rules, row.vintage, row.mitigation, row.scope, row.first,
          row.last, row.underlying, row.origin, row.issued_as, row.released);
}
template <class A, RowOf<AdjustmentEffect> T>
void fields(A& archive, T& row) {
  archive(row.party, row.year, row.version, row.first_transferred, row.used, row.amount_num,
          row.amount_den, row.method, row.as_of);
}
template <class A, RowOf<Report> T>
void fields(A& archive, T& row) {
  archive(row.id, row.party, row.kind, row.from, row.to, row.version, row.approaches, row.as_of,
          row.origin);
}
template <class A, RowOf<ReportEffect> T>
void fields(A& archive, T& row) {
  archive(row.index, row.row, row.sha256);
}
template <class A, RowOf<StatusEffect> T>
void fields(A& archive, T& row) {
  archive(row.report, row.mark, row.status);
}
template <class A, RowOf<Finding::Excess> T>
void fields(A& archive, T& row) {
  archive(row.activity, row.vintage, row.open);
}
template <class A, RowOf<Finding> T>
void fields(A& archive, T& row) {
  archive(row.id, row.kind, row.parties, row.balance, row.scope, row.ranges, row.excess,
          row.resolved_at, row.origin);
}
template <class A, RowOf<Document::Copy> T>
void fields(A& archive, T& row) {
  archive(row.sha256, row.size);
}
template <class A, RowOf<Document> T>
void fields(A& archive, T& row) {
  archive(row.sha256, row.size, row.media, row.kind, row.language, row.access, row.title,
          row.redacted_copy, row.basis, row.by, row.since);
}
template <class A, RowOf<DocumentEffect> T>
void fields(A& archive, T& row) {
  archive(row.index, row.entry, row.document, row.date, row.by, row.and_by);
}
template <class A, RowOf<DocumentDisclosed::Opening> T>
void fields(A& archive, T& row) {
  archive(row.salt, row.value);
}
template <class A, RowOf<DisclosureEffect> T>
void fields(A& archive, T& row) {
  archive(row.document, row.how, row.basis, row.redacted_copy, row.title, row.date);
}
template <class A, RowOf<AttestationEffect> T>
void fields(A& archive, T& row) {
  archive(row.by, row.size, row.root, row.result, row.account, row.party, row.sha256, row.date);
}
template <class A, RowOf<CommitmentEffect> T>
void fields(A& archive, T& row) {
  archive(row.leaves, row.root);
}
}  // namespace ledger

namespace replay {

// A page of a list of entries; ascending.
struct ListPage {
  std::uint64_t before = 0;  // how many the pages before it have
  std::vector<ledger::Seq> entries;
};
template <class A, ledger::RowOf<ListPage> T>
void fields(A& archive, T& row) {
  archive(row.before, row.entries);
}

template <class A, ledger::RowOf<EntryRow> T>
void fields(A& archive, T& row) {
  archive(row.time, row.type, row.executed_on, row.sums);
}

template <class T>
[[nodiscard]] std::string encode_row(const T& row) {
  std::string bytes;
  RowWriter writer(bytes);
  writer(row);
  return bytes;
}

// Nothing where the bytes are not such a row.
template <class T>
[[nodiscard]] std::optional<T> decode_row(std::string_view bytes) {
  std::optional<T> row(std::in_place);
  RowReader reader(bytes);
  reader(*row);
  if (!reader.whole()) row.reset();
  return row;
}

// Pieces in one row, ascending and disjoint; each begins where the one before it ended, or further.
[[nodiscard]] std::string encode_pieces(std::span<const Piece> pieces);
[[nodiscard]] std::optional<std::vector<Piece>> decode_pieces(std::string_view bytes);

}  // namespace replay
