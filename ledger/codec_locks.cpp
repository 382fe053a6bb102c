// The bodies of the events by which units stand still. Shapes: spec/events.md.
#include "ledger/codec_bodies.hpp"
#include "ledger/codec_parts.hpp"

namespace ledger::codec {
namespace {

constexpr CodeForm<UnitsLocked::Sort, 2> lock_kind{{"reservation", "freeze"}};

}  // namespace

template <class Io>
void members(Io& io, Of<Io, UnitsLocked>& v) {
  io.required("account", id, v.account);
  io.optional("event", hex, v.event);
  io.required("id", id, v.id);
  io.required("kind", lock_kind, v.kind);
  io.optional("quantity", positive, v.quantity);
  io.required("reason", reason_code, v.reason);
  io.optional("units", object, v.units);
  io.required("until", timestamp, v.until);
}

template <class Io>
void members(Io& io, Of<Io, UnitsUnlocked>& v) {
  io.required("lock", id, v.lock);
  io.required("reason", reason_code, v.reason);
}

template void members(Decoder&, UnitsLocked&);
template void members(Decoder&, UnitsUnlocked&);
template void members(Encoder&, const UnitsLocked&);
template void members(Encoder&, const UnitsUnlocked&);

}  // namespace ledger::codec
