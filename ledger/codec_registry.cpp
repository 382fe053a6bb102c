// The bodies of the registry's events: who takes part, in which role, under which approach. Shapes:
// spec/events.md.
#include "ledger/codec_bodies.hpp"
#include "ledger/codec_parts.hpp"

namespace ledger::codec {
namespace {

constexpr CodeForm<LedgerOpened::Mode, 2> mode{{"ordinary", "demonstration"}};
constexpr CodeForm<ParticipantAdmitted::Sort, 2> participant_kind{{"party", "entity"}};
constexpr CodeForm<KeysChanged::Route, 3> route{{"threshold", "recovery", "sponsor"}};
constexpr CodeForm<RoleEnded::How, 2> how{{"suspended", "ended"}};
constexpr CodeForm<RoleEnded::Reason, 3> reason{{"superseded", "ceased", "compromised"}};
constexpr CodeForm<AccountKind, 4> account_kind{{"holding", "national_share", "fund", "buffer"}};
constexpr CodeForm<Definition, 3> definition{{"authorization", "issuance", "use_or_cancellation"}};
constexpr CodeForm<ApproachRules::Deduction::By, 2> taker{{"host", "acquirer"}};
constexpr CodeForm<ApproachRules::Deduction::Sort, 4> deduction_kind{
    {"retained", "fund", "omge", "money"}};
constexpr CodeForm<ApproachRules::Deduction::Rounding, 3> rounding{{"floor", "ceil", "half_up"}};
constexpr CodeForm<CycleStep, 3> cycle_step{{"idea", "registration", "verification"}};
constexpr CodeForm<Reviewer, 2> reviewer{{"host", "buyer"}};
constexpr CodeForm<NdcType, 2> ndc_type{{"single_year", "multi_year"}};

constexpr TextForm carp{is_carp, "an approach identifier of the centralized platform", "CA9901"};
constexpr TextForm verifier_key{is_verifier_key, "a verifier key (name+hash+base64)",
                                "ledger.example/a6+54b97190+AdFC…"};

constexpr auto by_stage_order_reviewer = [](const auto& a, const auto& b) {
  return std::tie(a.stage, a.order, a.by) < std::tie(b.stage, b.order, b.by);
};

// A Party that is listed twice is LED-6's to refuse, which tells more than the form could.
constexpr auto by_id_or_same = [](const auto& a, const auto& b) { return a.id <= b.id; };

}  // namespace

// ---- parts of one event only --------------------------------------------------------------------

template <class Io>
void members(Io& io, Of<Io, LedgerOpened::Operator>& v) {
  io.required("identity", object, v.identity);
  io.required("keys", keys, v.keys);
  io.required("thresholds", object, v.thresholds);
}

template <class Io>
void members(Io& io, Of<Io, LedgerOpened::Party>& v) {
  io.required("id", party_id, v.id);
  io.required("identity", object, v.identity);
  io.required("keys", keys, v.keys);
  io.required("thresholds", object, v.thresholds);
}

template <class Io>
void members(Io& io, Of<Io, LedgerOpened::Migration>& v) {
  io.required("from", date, v.from);
  io.required("to", date, v.to);
}

template <class Io>
void members(Io& io, Of<Io, ApproachRules::FirstTransfer>& v) {
  io.required("definition", definition, v.definition);
  io.required("party", party_id, v.party);
}

template <class Io>
void members(Io& io, Of<Io, ApproachRules::ExtraSigner>& v) {
  io.required("event", event_type, v.event);
  io.required("party", party_id, v.party);
  io.required("role", organ, v.role);
}

template <class Io>
void members(Io& io, Of<Io, ApproachRules::Deduction>& v) {
  io.optional("account", id, v.account);
  io.required("by", taker, v.by);
  io.required("kind", deduction_kind, v.kind);
  io.required("moment", moment, v.moment);
  io.required("name", id, v.name);
  io.required("rate_bp", count, v.rate_bp);
  io.required("rounding", rounding, v.rounding);
}

template <class Io>
void members(Io& io, Of<Io, ReviewAsked>& v) {
  io.required("by", reviewer, v.by);
  io.optional("days", count, v.days);
  io.required("order", positive, v.order);
  io.required("stage", stage, v.stage);
}

template <class Io>
void members(Io& io, Of<Io, CycleRules>& v) {
  io.required(
      "reviews",
      set(object, most_elements, by_stage_order_reviewer, "stage, order, by host and buyer"),
      v.reviews);
  io.required("separate_verifier", flag, v.separate_verifier);
  io.required("steps",
              set(cycle_step, 3, std::less<>{}, "the order idea, registration, verification"),
              v.steps);
}

template <class Io>
void members(Io& io, Of<Io, ApproachRules::Clocks>& v) {
  io.required("notice_days", count, v.notice_days);
}

// ---- bodies -------------------------------------------------------------------------------------

template <class Io>
void members(Io& io, Of<Io, LedgerOpened>& v) {
  io.required("log_key", verifier_key, v.log_key);
  io.optional("migration", object, v.migration);
  io.required("mode", mode, v.mode);
  io.required("operator", object, v.operator_);
  io.required("parties", set(object, most_elements, by_id_or_same, "id"), v.parties);
  io.required("quorum", positive, v.quorum);
  io.required("service_key", hex, v.service_key);
  io.required("spec", count, v.spec);
}

template <class Io>
void members(Io& io, Of<Io, SpecAdopted>& v) {
  io.required("number", count, v.number);
}

template <class Io>
void members(Io& io, Of<Io, LogKeyAnnounced>& v) {
  io.required("log_key", verifier_key, v.log_key);
}

template <class Io>
void members(Io& io, Of<Io, ParticipantAdmitted>& v) {
  io.required("id", id, v.id);
  io.required("identity", object, v.identity);
  io.required("keys", keys, v.keyset.keys);
  io.required("kind", participant_kind, v.kind);
  io.required("office", text, v.office);
  io.optional("recovery", object, v.keyset.recovery);
  io.optional("sponsor", party_id, v.sponsor);
  io.required("thresholds", object, v.keyset.thresholds);
}

template <class Io>
void members(Io& io, Of<Io, KeysChanged>& v) {
  io.required("add", keys, v.add);
  io.required("participant", id, v.participant);
  io.optional("recovery", object, v.recovery);
  io.required("remove", keys, v.remove);
  io.required("route", route, v.route);
  io.optional("thresholds", object, v.thresholds);
}

template <class Io>
void members(Io& io, Of<Io, RoleGranted>& v) {
  io.required("from", timestamp, v.from);
  io.required("id", id, v.id);
  io.required("participant", id, v.participant);
  io.required("parties", set(party_id, most_elements), v.parties);
  io.required("role", organ, v.role);
  io.object("scope", [&] { io.unless_empty("approaches", set(id, most_elements), v.approaches); });
  io.optional("until", timestamp, v.until);
}

template <class Io>
void members(Io& io, Of<Io, RoleEnded>& v) {
  io.required("grant", id, v.grant);
  io.required("how", how, v.how);
  io.required("reason", reason, v.reason);
}

template <class Io>
void members(Io& io, Of<Io, AccountOpened>& v) {
  io.required("holder", id, v.holder);
  io.required("id", id, v.id);
  io.required("kind", account_kind, v.kind);
  io.optional("metric", text, v.metric);
  io.required("party", party_id, v.party);
  io.required("registry", registry_id, v.registry);
}

template <class Io>
void members(Io& io, Of<Io, ApproachEstablished>& v) {
  io.required("agreement", object, v.agreement);
  io.required("id", id, v.id);
  io.required("parties", pair(party_id, "[host,buyer]"), both(v.host, v.buyer));
}

template <class Io>
void members(Io& io, Of<Io, ApproachRules>& v) {
  io.required("approach", id, v.approach);
  io.required("both_authorize", flag, v.both_authorize);
  io.optional("carp", carp, v.carp);
  io.optional("clocks", object, v.clocks);
  io.optional("cycle", object, v.cycle);
  io.required("deductions", list(object, most_elements), v.deductions);
  io.required("extra_signers",
              set(object, most_elements, by_event_party_role, "event, party, role"),
              v.extra_signers);
  io.required("first_transfer", set(object, most_elements, by_party, "party"), v.first_transfer);
  io.required("host_first", flag, v.host_first);
  io.required("objection_days", count, v.objection_days);
  io.required("version", positive, v.version);
}

template <class Io>
void members(Io& io, Of<Io, ApproachEnded>& v) {
  io.required("approach", id, v.approach);
  io.required("from", timestamp, v.from);
  io.required("parties", set(party_id, most_elements), v.parties);
  io.required("reason", reason_code, v.reason);
}

template <class Io>
void members(Io& io, Of<Io, NdcDeclared>& v) {
  io.required("from", year, v.from);
  io.required("method", method, v.method);
  io.required("party", party_id, v.party);
  io.object("scope", [&] {
    io.required("gases", set(text, most_elements), v.gases);
    io.required("metric", text, v.metric);
    io.required("sectors", set(text, most_elements), v.sectors);
  });
  io.required("to", year, v.to);
  io.required("type", ndc_type, v.type);
}

template <class Io>
void members(Io& io, Of<Io, InventoryReported>& v) {
  io.required("documents", list(object, most_elements), v.documents);
  io.required("metric", text, v.metric);
  io.required("party", party_id, v.party);
  io.required("value", any_integer, v.value);
  io.required("version", positive, v.version);
  io.required("year", year, v.year);
}

template void members(Decoder&, LedgerOpened&);
template void members(Decoder&, SpecAdopted&);
template void members(Decoder&, LogKeyAnnounced&);
template void members(Decoder&, ParticipantAdmitted&);
template void members(Decoder&, KeysChanged&);
template void members(Decoder&, RoleGranted&);
template void members(Decoder&, RoleEnded&);
template void members(Decoder&, AccountOpened&);
template void members(Decoder&, ApproachEstablished&);
template void members(Decoder&, ApproachRules&);
template void members(Decoder&, ApproachEnded&);
template void members(Decoder&, NdcDeclared&);
template void members(Decoder&, InventoryReported&);
template void members(Encoder&, const LedgerOpened&);
template void members(Encoder&, const SpecAdopted&);
template void members(Encoder&, const LogKeyAnnounced&);
template void members(Encoder&, const ParticipantAdmitted&);
template void members(Encoder&, const KeysChanged&);
template void members(Encoder&, const RoleGranted&);
template void members(Encoder&, const RoleEnded&);
template void members(Encoder&, const AccountOpened&);
template void members(Encoder&, const ApproachEstablished&);
template void members(Encoder&, const ApproachRules&);
template void members(Encoder&, const ApproachEnded&);
template void members(Encoder&, const NdcDeclared&);
template void members(Encoder&, const InventoryReported&);

}  // namespace ledger::codec
