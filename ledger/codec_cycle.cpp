// The bodies of the events of an activity's cycle. Shapes: spec/events.md.
#include "ledger/codec_bodies.hpp"
#include "ledger/codec_parts.hpp"

namespace ledger::codec {
namespace {

constexpr CodeForm<ActivityValidated::Opinion, 3> opinion{{"positive", "conditional", "negative"}};
constexpr CodeForm<ActivityClosed::How, 2> how_closed{{"closed", "deregistered"}};
constexpr CodeForm<ReviewDecided::Decision, 5> decision{
    {"approved", "returned", "rejected", "objection", "deemed"}};

constexpr auto documents = list(object, most_elements);
constexpr auto quantities = set(object, most_elements, by_vintage, "vintage");

}  // namespace

template <class Io>
void members(Io& io, Of<Io, ActivityProposed>& v) {
  io.required("approach", id, v.approach);
  io.required("developer", id, v.developer);
  io.required("documents", documents, v.documents);
  io.required("id", id, v.id);
  io.required("place", text, v.place);
  io.required("sector", text, v.sector);
  io.required("title", text, v.title);
  io.required("version", positive, v.version);
}

template <class Io>
void members(Io& io, Of<Io, DesignSubmitted>& v) {
  io.required("activity", id, v.activity);
  io.required("components", set(id, most_elements), v.components);
  io.required("crediting", pair(date, "[from,to]"), both(v.crediting_from, v.crediting_to));
  io.required("documents", documents, v.documents);
  io.required("expected", quantities, v.expected);
  io.required("methodology", text, v.methodology);
  io.required("mitigation", mitigation, v.mitigation);
  io.required("type", text, v.type);
  io.required("version", positive, v.version);
}

template <class Io>
void members(Io& io, Of<Io, ActivityValidated>& v) {
  io.required("activity", id, v.activity);
  io.required("documents", documents, v.documents);
  io.required("opinion", opinion, v.opinion);
  io.required("verifier", id, v.verifier);
  io.required("version", positive, v.version);
}

template <class Io>
void members(Io& io, Of<Io, ActivityRegistered>& v) {
  io.required("activity", id, v.activity);
  io.required("authorization", object, v.authorization);
  io.required("crediting", pair(date, "[from,to]"), both(v.crediting_from, v.crediting_to));
  io.required("version", positive, v.version);
}

template <class Io>
void members(Io& io, Of<Io, ActivityClosed>& v) {
  io.required("activity", id, v.activity);
  io.required("how", how_closed, v.how);
  io.required("reason", reason_code, v.reason);
}

template <class Io>
void members(Io& io, Of<Io, MonitoringSubmitted>& v) {
  io.required("activity", id, v.activity);
  io.required("claims", quantities, v.claims);
  io.optional("component", id, v.component);
  io.required("documents", documents, v.documents);
  io.required("id", id, v.id);
  io.required("period", pair(date, "[from,to]"), both(v.period_from, v.period_to));
}

template <class Io>
void members(Io& io, Of<Io, MonitoringVerified>& v) {
  io.required("documents", documents, v.documents);
  io.required("monitoring", id, v.monitoring);
  io.required("verified", quantities, v.verified);
  io.required("verifier", id, v.verifier);
  io.required("version", positive, v.version);
}

template <class Io>
void members(Io& io, Of<Io, ReviewDecided>& v) {
  io.required("activity", id, v.activity);
  io.required("decision", decision, v.decision);
  io.required("documents", documents, v.documents);
  io.optional("monitoring", id, v.monitoring);
  io.required("party", party_id, v.party);
  io.required("quantities", quantities, v.quantities);
  io.required("stage", stage, v.stage);
  io.required("version", positive, v.version);
}

template void members(Decoder&, ActivityProposed&);
template void members(Decoder&, DesignSubmitted&);
template void members(Decoder&, ActivityValidated&);
template void members(Decoder&, ActivityRegistered&);
template void members(Decoder&, ActivityClosed&);
template void members(Decoder&, MonitoringSubmitted&);
template void members(Decoder&, MonitoringVerified&);
template void members(Decoder&, ReviewDecided&);
template void members(Encoder&, const ActivityProposed&);
template void members(Encoder&, const DesignSubmitted&);
template void members(Encoder&, const ActivityValidated&);
template void members(Encoder&, const ActivityRegistered&);
template void members(Encoder&, const ActivityClosed&);
template void members(Encoder&, const MonitoringSubmitted&);
template void members(Encoder&, const MonitoringVerified&);
template void members(Encoder&, const ReviewDecided&);

}  // namespace ledger::codec
