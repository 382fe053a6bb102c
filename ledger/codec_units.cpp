// The bodies of the events of units: from issuance to use, cancellation and adjustment; and the
// taking back of a signature. Shapes: spec/events.md.
#include "ledger/codec_bodies.hpp"
#include "ledger/codec_parts.hpp"

namespace ledger::codec {
namespace {

constexpr CodeForm<UnitsCancelled::Reason, 6> cancel_purpose{
    {"OP", "voluntary", "OMGE", "domestic", "administrative", "reversal"}};

constexpr CodeForm<UnitsAssigned::How, 2> assignment_how{{"attached", "released"}};

// Lots may touch, as those of two vintages do, and never overlap.
constexpr auto by_serials = [](const auto& a, const auto& b) { return a.last < b.first; };

// A closed range ends at or above its first serial.
template <class T>
IntegerForm serial_from(const T& first) {
  return {first, json::max_integer};
}

}  // namespace

// ---- parts of one event only --------------------------------------------------------------------

template <class Io>
void members(Io& io, Of<Io, UnitsIssued::Underlying>& v) {
  io.required("first", positive, v.first);
  io.required("last", serial_from(v.first), v.last);
  io.required("registry", text, v.registry);
}

template <class Io>
void members(Io& io, Of<Io, UnitsIssued::Lot>& v) {
  io.required("first", positive, v.first);
  io.required("last", serial_from(v.first), v.last);
  io.optional("underlying", object, v.underlying);
  io.required("vintage", year, v.vintage);
}

template <class Io>
void members(Io& io, Of<Io, ProceedsDeducted::Taken>& v) {
  io.optional("account", id, v.account);
  io.required("activity", id, v.activity);
  io.required("line", id, v.line);
  io.required("quantity", positive, v.quantity);
  io.required("ranges", ranges, v.ranges);
  io.required("vintage", year, v.vintage);
}

template <class Io>
void members(Io& io, Of<Io, Side>& v) {
  io.required("account", id, v.account);
  io.required("name", text, v.name);
  io.required("participant", id, v.participant);
  io.required("party", party_id, v.party);
}

// ---- bodies -------------------------------------------------------------------------------------

template <class Io>
void members(Io& io, Of<Io, UnitsIssued>& v) {
  io.required("account", id, v.account);
  io.required("activity", id, v.activity);
  io.required("authorization", object, v.authorization);
  io.required("documents", list(object, most_elements), v.documents);
  io.required("gwp", text, v.gwp);
  io.required("holder", id, v.holder);
  io.required("lots", set(object, most_lots, by_serials, "serials"), v.lots);
  io.required("metric", text, v.metric);
  io.required("mitigation", mitigation, v.mitigation);
  io.optional("monitoring", id, v.monitoring);
  io.required("period", pair(date, "[from,to]"), both(v.period_from, v.period_to));
  io.required("quantity", positive, v.quantity);
  io.required("scope", registry_id, v.scope);
}

template <class Io>
void members(Io& io, Of<Io, UnitsAssigned>& v) {
  io.required("account", id, v.account);
  io.required("authorization", object, v.authorization);
  io.required("first_transfer", flag, v.first_transfer);
  io.required("how", assignment_how, v.how);
  io.required("party", party_id, v.party);
  io.required("quantity", positive, v.quantity);
  io.required("units", object, v.units);
}

template <class Io>
void members(Io& io, Of<Io, ProceedsDeducted>& v) {
  io.required("account", id, v.account);
  io.required("approach", id, v.approach);
  io.required("gross", object, v.gross);
  io.required("moment", moment, v.moment);
  io.required("party", party_id, v.party);
  io.required("quantity", positive, v.quantity);
  io.required("rules", positive, v.rules);
  io.required("taken", list(object, most_lots), v.taken);
}

template <class Io>
void members(Io& io, Of<Io, UnitsTransferred>& v) {
  io.required("authorization", object, v.authorization);
  io.optional("executed_on", date, v.executed_on);
  io.required("from", object, v.from);
  io.required("method", method, v.method);
  io.required("purpose", purpose, v.purpose);
  io.required("quantity", positive, v.quantity);
  io.required("to", object, v.to);
  io.required("units", object, v.units);
  io.required("vintages", set(object, most_elements, by_vintage, "vintage"), v.vintages);
}

template <class Io>
void members(Io& io, Of<Io, UnitsUsed>& v) {
  io.required("account", id, v.account);
  io.required("first_transfer", flag, v.first_transfer);
  io.required("party", party_id, v.party);
  io.required("purpose", purpose, v.purpose);
  io.required("quantity", positive, v.quantity);
  io.required("units", object, v.units);
  io.object("user", [&] {
    io.required("name", text, v.user_name);
    io.required("participant", id, v.user);
  });
  io.optional("year", year, v.year);
}

template <class Io>
void members(Io& io, Of<Io, UnitsCancelled>& v) {
  io.required("account", id, v.account);
  io.optional("beneficiary", text, v.beneficiary);
  io.required("first_transfer", flag, v.first_transfer);
  io.required("party", party_id, v.party);
  io.required("purpose", cancel_purpose, v.purpose);
  io.required("quantity", positive, v.quantity);
  io.required("reason", reason_code, v.reason);
  io.required("units", object, v.units);
}

template <class Io>
void members(Io& io, Of<Io, AdjustmentApplied>& v) {
  io.object("amount", [&] {
    io.required("den", positive, v.amount_den);
    io.required("num", any_integer, v.amount_num);
  });
  io.required("as_of", count, v.as_of);
  io.required("first_transferred", count, v.first_transferred);
  io.required("method", method, v.method);
  io.required("party", party_id, v.party);
  io.required("used", count, v.used);
  io.required("version", positive, v.version);
  io.required("year", year, v.year);
}

template <class Io>
void members(Io& io, Of<Io, SignatureWithdrawn>& v) {
  io.required("event", hex, v.event);
  io.required("id", id, v.id);
}

template void members(Decoder&, UnitsIssued&);
template void members(Decoder&, UnitsAssigned&);
template void members(Decoder&, ProceedsDeducted&);
template void members(Decoder&, UnitsTransferred&);
template void members(Decoder&, UnitsUsed&);
template void members(Decoder&, UnitsCancelled&);
template void members(Decoder&, AdjustmentApplied&);
template void members(Decoder&, SignatureWithdrawn&);
template void members(Encoder&, const UnitsIssued&);
template void members(Encoder&, const UnitsAssigned&);
template void members(Encoder&, const ProceedsDeducted&);
template void members(Encoder&, const UnitsTransferred&);
template void members(Encoder&, const UnitsUsed&);
template void members(Encoder&, const UnitsCancelled&);
template void members(Encoder&, const AdjustmentApplied&);
template void members(Encoder&, const SignatureWithdrawn&);

}  // namespace ledger::codec
