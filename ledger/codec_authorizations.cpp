// The bodies of the events of authorizations. Shapes: spec/events.md.
#include "ledger/codec_bodies.hpp"
#include "ledger/codec_parts.hpp"

namespace ledger::codec {
namespace {

using Until = AuthorizationGranted::ChangeTerms::Until;

constexpr CodeForm<Act, 3> act{{"transfer", "acquire", "use"}};
constexpr CodeForm<Until, 3> until{{"issuance", "first_transfer", "never"}};
// Up to 1,000 t, so that no sum of units overflows as grams.
constexpr IntegerForm conversion{1, 1'000'000'000};
constexpr CodeForm<ChangeStage, 2> change_stage{{"notice", "effect"}};

// What a grant and a change state alike; `others` are members beside it, whose names come between
// registries and standards.
template <class Io, class Others>
void terms_members(Io& io, Of<Io, AuthorizationGranted>& v, const Others& others) {
  io.required("activities", set(object, most_elements, by_id, "id"), v.activities);
  io.required("approach", id, v.approach);
  io.optional("cap", count, v.cap);  // AUT-13 asks for one unit at least
  io.required("change_terms", object, v.change_terms);
  io.optional("conversion", conversion, v.conversion);
  io.required("documents", list(object, most_elements), v.documents);
  io.required("entities", set(object, most_elements, by_id, "id"), v.entities);
  io.required("gwp", text, v.gwp);
  io.required("id", id, v.id);
  io.optional("issue_until", date, v.issue_until);
  io.required("metric", text, v.metric);
  io.required("ndc_periods", set(pair(year, "[from,to]"), most_elements, std::less<>{}, "years"),
              v.ndc_periods);
  io.optional("oimp", text, v.oimp);
  io.required("parties", set(party_id, most_elements), v.parties);
  io.required("party", party_id, v.party);
  io.required("purposes", set(purpose, 3, std::less<>{}, "the order NDC, IMP, OP"), v.purposes);
  io.object("registries", [&] {
    io.required("tracking", registry_id, v.tracking_registry);
    io.required("underlying", set(text, most_elements), v.underlying_registries);
  });
  others();
  io.required("standards", set(text, most_elements), v.standards);
  io.optional("use_until", date, v.use_until);
  io.required("version", positive, v.version);
  io.required("vintages", pair(year, "[first,last]"), both(v.vintage_from, v.vintage_to));
}

}  // namespace

template <class Io>
void members(Io& io, Of<Io, AuthorizationGranted::Entity>& v) {
  io.required("id", id, v.id);
  io.required("may", set(act, 3, std::less<>{}, "the order transfer, acquire, use"), v.may);
}

template <class Io>
void members(Io& io, Of<Io, AuthorizationGranted::Activity>& v) {
  io.required("crediting", pair(date, "[from,to]"), both(v.crediting_from, v.crediting_to));
  io.required("id", id, v.id);
  io.required("mitigation", mitigation, v.mitigation);
  io.required("sector", text, v.sector);
  io.required("type", text, v.type);
}

template <class Io>
void members(Io& io, Of<Io, AuthorizationGranted::ChangeTerms>& v) {
  io.required("consent", set(party_id, most_elements), v.consent);
  io.optional("document", object, v.document);
  io.required("notice_days", count, v.notice_days);
  io.required("until", until, v.until);
}

template <class Io>
void members(Io& io, Of<Io, AuthorizationGranted>& v) {
  terms_members(io, v, [] {});
}

template <class Io>
void members(Io& io, Of<Io, AuthorizationChanged>& v) {
  terms_members(io, v.terms, [&] { io.required("stage", change_stage, v.stage); });
}

template <class Io>
void members(Io& io, Of<Io, AuthorizationRevoked>& v) {
  io.required("authorization", id, v.authorization);
  io.required("documents", list(object, most_elements), v.documents);
  io.required("reason", reason_code, v.reason);
  io.required("stage", change_stage, v.stage);
}

template void members(Decoder&, AuthorizationGranted&);
template void members(Decoder&, AuthorizationChanged&);
template void members(Decoder&, AuthorizationRevoked&);
template void members(Encoder&, const AuthorizationGranted&);
template void members(Encoder&, const AuthorizationChanged&);
template void members(Encoder&, const AuthorizationRevoked&);

}  // namespace ledger::codec
