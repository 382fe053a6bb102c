#include "ledger/committed_values.hpp"

#include "crypto/text.hpp"
#include "ledger/json.hpp"
#include "ledger/movement.hpp"
#include "ledger/time.hpp"

namespace ledger {
namespace {

using json::Writer;

std::string key_of(std::string_view kind, std::string_view name) {
  std::string key(kind);
  key += '\0';
  key += name;
  return key;
}

std::string key_of(std::string_view kind, std::string_view name, std::int64_t number) {
  std::string key = key_of(kind, name);
  key += '\0';
  key += std::to_string(number);
  return key;
}

Writer& hash(Writer& out, const crypto::Hash& hash) {
  return out.string(crypto::to_hex(hash.view()));
}

void entries_member(Writer& out, const crypto::Frontier& entries) {
  out.name("entries").begin_object();
  out.name("count").integer(static_cast<std::int64_t>(entries.size()));
  hash(out.name("root"), entries.root());
  out.end_object();
}

// What is only there where it is so.
void mark(Writer& out, std::string_view name, bool set) {
  if (set) out.name(name).boolean(true);
}

// The moments for which the proceeds of the units are settled.
void cleared_member(Writer& out, const Standing& standing) {
  out.name("cleared").begin_array();
  for (const Moment moment : {Moment::acquisition, Moment::issuance, Moment::transfer}) {
    if ((standing.cleared & cleared_bit(moment)) != 0) out.string(name_of(moment));
  }
  out.end_array();
}

void acquirer_member(Writer& out, const State& state, const Standing& standing) {
  if (standing.acquirer_authorization == 0) return;
  out.name("acquirer").begin_object();
  out.name("authorization").string(state.authorizations[standing.acquirer_authorization - 1].id);
  out.name("version").integer(standing.acquirer_version);
  out.end_object();
}

}  // namespace

void UnitTotals::count(const Standing& standing, std::int64_t quantity) {
  switch (standing.status) {
    case UnitStatus::held: held += quantity; break;
    case UnitStatus::used: used += quantity; break;
    case UnitStatus::cancelled: cancelled += quantity; break;
  }
  if (!standing.first_transferred) return;
  first_transferred += quantity;
  if (standing.status == UnitStatus::held) held_first_transferred += quantity;
}

// ---- keys ----

std::string account_key(std::string_view account) {
  return key_of("account", account);
}
std::string authorization_key(std::string_view authorization) {
  return key_of("authorization", authorization);
}
std::string issuance_key(std::string_view registry, Serial first) {
  return key_of("issuance", registry, first);
}
std::string enrolled_key(const crypto::PublicKey& key) {
  return key_of("key", crypto::to_hex(key.view()));
}
std::string metric_key(std::string_view metric) {
  return key_of("metric", metric);
}
std::string party_key(std::string_view party, Year year) {
  return key_of("party", party, year);
}
std::string registry_key(std::string_view registry) {
  return key_of("registry", registry);
}
std::string run_key(std::string_view registry, Serial first) {
  return key_of("run", registry, first);
}
std::string vintage_key(std::string_view activity, Year vintage) {
  return key_of("vintage", activity, vintage);
}

// ---- values ----

std::string account_value(const State& state, const Account& account,
                          const AccountContents& contents, const crypto::Frontier& entries) {
  std::string text;
  Writer out(text);
  out.begin_object();
  entries_member(out, entries);
  mark(out, "frozen", account.frozen_by.has_value());
  out.name("holder").string(state.participants[account.holder].id);
  out.name("kind").string(name_of(account.kind));
  out.name("metric").string(account.metric);
  out.name("party").string(state.participants[account.party].id);
  out.name("registry").string(account.registry);
  out.name("runs").begin_object();
  out.name("count").integer(static_cast<std::int64_t>(contents.runs));
  hash(out.name("root"), contents.runs_root);
  out.end_object();
  out.name("vintages").begin_array();
  for (const auto& [vintage, totals] : contents.vintages) {
    out.begin_object();
    out.name("cancelled").integer(totals.cancelled);
    out.name("held").integer(totals.held);
    out.name("held_first_transferred").integer(totals.held_first_transferred);
    out.name("used").integer(totals.used);
    out.name("vintage").integer(vintage);
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return text;
}

std::string authorization_value(const State& state, const Authorization& authorization) {
  std::string text;
  Writer out(text);
  out.begin_object();
  out.name("acquired").integer(authorization.acquired);
  out.name("approach").string(state.approaches[authorization.approach].id);
  if (authorization.cap) out.name("cap").integer(*authorization.cap);
  out.name("effective").string(format_timestamp(authorization.effective));
  out.name("first_transferred").integer(authorization.first_transferred);
  out.name("issued").integer(authorization.issued);
  out.name("metric").string(authorization.metric);
  out.name("party").string(state.participants[authorization.party].id);
  mark(out, "revoked", authorization.revoked.has_value());
  out.name("version").integer(authorization.version);
  out.end_object();
  return text;
}

std::string issuance_value(Range issued, const crypto::Frontier& entries) {
  std::string text;
  Writer out(text);
  out.begin_object();
  entries_member(out, entries);
  out.name("first").integer(issued.first);
  out.name("last").integer(issued.last());
  out.end_object();
  return text;
}

std::string enrolled_value(const State& state, const KeyRecord& record) {
  std::string text;
  Writer out(text);
  out.begin_object();
  out.name("active_from").string(format_timestamp(record.active_from));
  out.name("participant").string(state.participants[record.participant].id);
  mark(out, "recovery", record.recovery);
  if (record.retired_at) {
    out.name("retired_at").integer(static_cast<std::int64_t>(*record.retired_at));
  }
  out.end_object();
  return text;
}

std::string party_value(const PartyYear& year) {
  std::string text;
  Writer out(text);
  out.begin_object();
  out.name("first_transferred").integer(year.first_transferred);
  if (year.version > 0) {
    out.name("recorded").begin_object();
    out.name("first_transferred").integer(year.recorded_first_transferred);
    out.name("used").integer(year.recorded_used);
    out.name("version").integer(year.version);
    out.end_object();
  }
  out.name("used").integer(year.used);
  out.end_object();
  return text;
}

std::string totals_value(std::int64_t issued, const UnitTotals& totals) {
  std::string text;
  Writer out(text);
  out.begin_object();
  out.name("cancelled").integer(totals.cancelled);
  out.name("first_transferred").integer(totals.first_transferred);
  out.name("held").integer(totals.held);
  out.name("issued").integer(issued);
  out.name("used").integer(totals.used);
  out.end_object();
  return text;
}

std::string run_value(const State& state, std::string_view registry, const Run& run) {
  const Standing& standing = run.standing;
  const Lot& lot = state.lots[standing.lot];
  std::string text;
  Writer out(text);
  out.begin_object();
  acquirer_member(out, state, standing);
  out.name("activity").string(state.activities[lot.activity].id);
  if (!lot.released)
    out.name("authorization").string(state.authorizations[lot.host_authorization].id);
  cleared_member(out, standing);
  out.name("first").integer(run.range.first);
  mark(out, "first_transferred", standing.first_transferred);
  mark(out, "frozen", standing.frozen != 0);
  out.name("last").integer(run.range.last());
  out.name("lot").integer(standing.lot);
  if (standing.purpose != UnitPurpose::none) out.name("purpose").string(name_of(standing.purpose));
  out.name("registry").string(registry);
  mark(out, "reserved", standing.reserved);
  out.name("status").string(name_of(standing.status));
  out.name("version").integer(standing.first_transferred ? standing.host_version
                                                         : lot.host_version);
  out.name("vintage").integer(lot.vintage);
  out.end_object();
  return text;
}

}  // namespace ledger
