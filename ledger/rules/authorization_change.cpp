// authorization.changed and authorization.revoked: on the terms of the version in force, and never
// what was first transferred (4/CMA.6 5 (g), 7 to 11; R13, R14, R35).
#include "crypto/hash.hpp"
#include "ledger/clauses_authorizations.hpp"
#include "ledger/clauses_cycle.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/codec.hpp"
#include "ledger/facts_authorizations.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/authorization_terms.hpp"
#include "ledger/rules/coverage.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Changing = Case<AuthorizationChanged>;
using Granting = Case<AuthorizationGranted>;
using Until = AuthorizationGranted::ChangeTerms::Until;

// ---- what a change and a revocation ask alike ----

const Id& named(const AuthorizationChanged& body) {
  return body.terms.id;
}
const Id& named(const AuthorizationRevoked& body) {
  return body.authorization;
}

template <class E>
const Authorization& authorization_of(const Case<E>& c) {
  return c.state.authorizations[*c.facts.authorization];
}

template <class E>
bool authorization_stands(const Case<E>& c) {
  return c.facts.authorization && !authorization_of(c).revoked;
}
template <class E>
std::string explain_authorization(const Case<E>& c, const Row*) {
  if (!c.facts.authorization) {
    return "Authorization " + quoted(named(c.body)) +
           " is not one of this ledger. Name one that is.";
  }
  return "Authorization " + named(c.body) + " was revoked at entry " +
         std::to_string(authorization_of(c).revoked->seq) + ". Grant a new one.";
}

template <class E>
bool terms_allow_it(const Case<E>& c) {
  return authorization_of(c).change.until != Until::never;
}
template <class E>
std::string explain_never(const Case<E>& c, const Row*) {
  const Authorization& row = authorization_of(c);
  return "The change terms of authorization " + row.id + " v" + std::to_string(row.version) +
         " say that it is never changed. Grant another authorization for what is to come.";
}

// When the notice that stands lets the same take effect; nothing where none of it was given.
template <class E>
std::optional<Timestamp> free_from(const Case<E>& c) {
  const Authorization& row = authorization_of(c);
  if (!row.notice || row.notice->content != c.facts.content) return std::nullopt;
  return plus_days(row.notice->given, row.change.notice_days);
}

// So long what was announced may take effect.
constexpr std::int64_t days_of_effect = 365;

template <class E>
bool notice_is_kept(const Case<E>& c) {
  const bool asked = authorization_of(c).change.notice_days > 0;
  if (c.body.stage == ChangeStage::notice || !asked)
    return asked == (c.body.stage == ChangeStage::notice);
  const auto from = free_from(c);
  return from && *from <= c.context.time && c.context.time < plus_days(*from, days_of_effect);
}
template <class E>
std::string explain_notice(const Case<E>& c, const Row*) {
  const Authorization& row = authorization_of(c);
  const std::string terms = "The change terms of authorization " + row.id + " ask for ";
  if (row.change.notice_days == 0) {
    return terms + "no notice. Send the event with stage effect.";
  }
  const std::string days =
      terms + counted(static_cast<std::size_t>(row.change.notice_days), "day") + " of notice";
  if (const auto from = free_from(c)) {
    return days + ", which was given at entry " + std::to_string(row.notice->origin.seq) +
           ". This may take effect from " + format_timestamp(*from) + " on and before " +
           format_timestamp(plus_days(*from, days_of_effect)) +
           ". Wait until then, or give notice again where that is past.";
  }
  return days + ", and none was given of exactly this. Send it with stage notice first.";
}

// ---- a change ----

bool approach_is_open(const Changing& c) {
  const auto& named = c.facts.terms.approach;  // AUT-31: it is the authorization's
  return !named || is_open(c.state.approaches[*named], c.context.time);
}
std::string explain_closed(const Changing& c, const Row*) {
  return explain_ended(c.state.approaches[*c.facts.terms.approach]);
}

bool keeps_what_it_is(const Changing& c) {
  const Authorization& row = authorization_of(c);
  const AuthorizationGranted& next = c.body.terms;
  return c.state.approaches[row.approach].id == next.approach &&
         c.state.participants[row.party].id == next.party && row.metric == next.metric &&
         row.gwp == next.gwp && row.conversion == next.conversion;
}
std::string explain_what_it_is(const Changing& c, const Row*) {
  const Authorization& row = authorization_of(c);
  return "Authorization " + row.id + " is one of " + c.state.participants[row.party].id +
         " under approach " + c.state.approaches[row.approach].id + ", metric " + row.metric +
         ", GWP " + row.gwp +
         (row.conversion ? ", conversion " + std::to_string(*row.conversion) : "") +
         ". Repeat these, or grant another authorization.";
}

bool version_is_next(const Changing& c) {
  return c.body.terms.version == authorization_of(c).version + 1 &&
         c.body.terms.version <= most_versions;
}
std::string explain_version(const Changing& c, const Row*) {
  const std::int64_t version = authorization_of(c).version;
  if (version == most_versions) {
    return "Authorization " + c.body.terms.id + " has " + std::to_string(version) +
           " versions. Grant another authorization.";
  }
  return "Authorization " + c.body.terms.id + " stands in version " + std::to_string(version) +
         "; the change states version " + std::to_string(c.body.terms.version) + ". State " +
         std::to_string(version + 1) + ".";
}

// What counts against the cap: first transfers of a host's authorization, acquisitions of a
// buyer's.
std::int64_t counted_of(const Authorization& row) {
  return row.first_transferred + row.acquired;
}
bool cap_covers_the_past(const Changing& c) {
  return !c.body.terms.cap || *c.body.terms.cap >= counted_of(authorization_of(c));
}
std::string explain_cap_of_the_past(const Changing& c, const Row*) {
  const Authorization& row = authorization_of(c);
  std::string text =
      in_units(counted_of(row)) + " are " + (row.acquired > 0 ? "acquired" : "first transferred") +
      " under authorization " + row.id + ", and the cap would be " + in_units(*c.body.terms.cap) +
      ", " + in_units(counted_of(row) - *c.body.terms.cap) +
      " too few. What was transferred stays transferred: state at least " +
      in_units(counted_of(row)) + ".";
  if (row.issued <= counted_of(row)) return text;
  return text + " " + in_units(row.issued) +
         " rest on it: what a cap below that leaves out becomes no ITMO.";
}

bool names_oimp(const AuthorizationGranted& body) {
  return contains(body.purposes, Purpose::imp) || contains(body.purposes, Purpose::op);
}
bool oimp_does_not_reach_back(const Changing& c) {
  const Authorization& row = authorization_of(c);
  if (row.issued == 0 || row.change.until != Until::first_transfer) return true;
  if (has_oimp(row) == names_oimp(c.body.terms)) return true;
  const auto& definition = c.state.approaches[row.approach].rules.back().host_definition;
  return !definition || *definition == Definition::use_or_cancellation;
}
std::string explain_oimp_reach(const Changing& c, const Row*) {
  const Authorization& row = authorization_of(c);
  return in_units(row.issued) + " rest on authorization " + row.id +
         ", and by the host's definition they would become first transferred, or would have been, "
         "at a moment that is past. Grant another authorization for what is to come.";
}

// The rules of a grant, asked of the next version.
template <bool (*holds)(const Granting&)>
bool of_terms(const Changing& c) {
  return holds({c.state, c.event, c.body.terms, c.facts.terms, c.context});
}
template <std::string (*explain)(const Granting&, const Row*)>
std::string about_terms(const Changing& c, const Row* row) {
  return explain({c.state, c.event, c.body.terms, c.facts.terms, c.context}, row);
}

template <bool (*holds)(const Granting&), std::string (*explain)(const Granting&, const Row*)>
constexpr Rule<AuthorizationChanged> as_granted(const Clause& clause) {
  return {&clause, of_terms<holds>, nullptr, about_terms<explain>};
}

// A final date that stays may be past by now; one that is moved is not.
AuthorizationGranted with_moved_dates(const Changing& c) {
  const Authorization& row = authorization_of(c);
  AuthorizationGranted moved = c.body.terms;
  if (moved.issue_until == row.issue_until) moved.issue_until.reset();
  if (moved.use_until == row.use_until) moved.use_until.reset();
  return moved;
}
bool moved_dates_are_ahead(const Changing& c) {
  const AuthorizationGranted moved = with_moved_dates(c);
  return final_dates_are_ahead({c.state, c.event, moved, c.facts.terms, c.context});
}
std::string explain_moved_dates(const Changing& c, const Row* row) {
  const AuthorizationGranted moved = with_moved_dates(c);
  return explain_final_dates({c.state, c.event, moved, c.facts.terms, c.context}, row);
}

constexpr Rule<AuthorizationChanged> changing[] = {
    {&APR_8, approach_is_open, nullptr, explain_closed},
    {&AUT_30, authorization_stands, nullptr, explain_authorization},
    {&AUT_31, keeps_what_it_is, nullptr, explain_what_it_is},
    {&AUT_32, version_is_next, nullptr, explain_version},
    {&AUT_33, terms_allow_it, nullptr, explain_never},
    {&AUT_34, notice_is_kept, nullptr, explain_notice},
    as_granted<activities_were_proposed_so, explain_proposed_otherwise>(ACT_5),
    as_granted<ideas_came_first, explain_ideas>(ACT_8),
    as_granted<cap_is_some, explain_cap>(AUT_13),
    as_granted<vintages_are_in_order, explain_vintages>(AUT_14),
    as_granted<purposes_are_some, explain_purposes>(AUT_15),
    as_granted<oimp_is_said, explain_oimp>(AUT_16),
    as_granted<oimp_is_defined, explain_oimp_defined>(AUT_17),
    as_granted<periods_fit_the_purposes, explain_periods>(AUT_18),
    as_granted<using_parties_are_parties, explain_using_parties>(AUT_19),
    as_granted<entities_can_act, explain_entities>(AUT_20),
    as_granted<activities_are_listed, explain_activities>(AUT_21),
    as_granted<crediting_is_in_order, explain_crediting>(AUT_22),
    as_granted<known_activities_stay, explain_known_activities>(AUT_23),
    as_granted<buyer_follows_the_host, explain_buyer_follows>(AUT_24),
    as_granted<standards_are_named, explain_standards>(AUT_25),
    as_granted<tracking_registry_is_its_own, explain_tracking>(AUT_26),
    {&AUT_27, moved_dates_are_ahead, nullptr, explain_moved_dates},
    as_granted<consent_is_the_parties, explain_consent>(AUT_28),
    as_granted<documents_have_public_versions, explain_documents>(AUT_29),
    {&AUT_35, cap_covers_the_past, nullptr, explain_cap_of_the_past},
    {&AUT_36, oimp_does_not_reach_back, nullptr, explain_oimp_reach},
    as_granted<notice_is_bounded, explain_notice_bound>(AUT_37),
    as_granted<metric_is_that_of_its_years, explain_other_metric>(AUT_38),
};

// ---- a revocation ----

const Document* withheld(const AuthorizationRevoked& body) {
  for (const Document& document : body.documents) {
    if (document.access == Access::confidential) return &document;
  }
  return nullptr;
}
bool documents_are_public(const Case<AuthorizationRevoked>& c) {
  return withheld(c.body) == nullptr;
}
std::string explain_withheld(const Case<AuthorizationRevoked>& c, const Row*) {
  return "A document of kind " + quoted(withheld(c.body)->kind) +
         " is confidential as a whole, and statements of authorization are public (4/CMA.6, "
         "paragraph 10). Make it public, or redacted with the hash of the redacted version.";
}

constexpr Rule<AuthorizationRevoked> revoking[] = {
    {&AUT_30, authorization_stands, nullptr, explain_authorization},
    {&AUT_33, terms_allow_it, nullptr, explain_never},
    {&AUT_34, notice_is_kept, nullptr, explain_notice},
    {&AUT_29, documents_are_public, nullptr, explain_withheld},
};

// Of what takes effect, so that a notice and its effect have one.
template <class E>
crypto::Hash content_of(E body) {
  body.stage = ChangeStage::effect;
  return crypto::sha256(encode_event({"", "", {}, std::nullopt, std::move(body)}));
}

template <class E>
void find_authorization(const State& state, const E& body, Facts<E>& facts) {
  facts.content = content_of(body);
  facts.authorization = state.authorizations.find(named(body));
  if (!facts.authorization) return;
  const Authorization& row = state.authorizations[*facts.authorization];
  const std::string what = "authorization " + row.id;
  facts.causes.add(row.stated, what + " v" + std::to_string(row.version));
  if (row.notice && body.stage == ChangeStage::effect) {
    facts.causes.add(row.notice->origin, "the notice of ", what);
  }
}

}  // namespace

Facts<AuthorizationChanged> resolve(const State& state, const Event& event,
                                    const AuthorizationChanged& body, const Context& context) {
  Facts<AuthorizationChanged> facts;
  facts.terms = resolve(state, event, body.terms, context);
  facts.causes = facts.terms.causes;
  find_authorization(state, body, facts);
  return facts;
}

Facts<AuthorizationRevoked> resolve(const State& state, const Event&,
                                    const AuthorizationRevoked& body, const Context&) {
  Facts<AuthorizationRevoked> facts;
  find_authorization(state, body, facts);
  return facts;
}

template <>
std::span<const Rule<AuthorizationChanged>> rules_of<AuthorizationChanged>() {
  return changing;
}

template <>
std::span<const Rule<AuthorizationRevoked>> rules_of<AuthorizationRevoked>() {
  return revoking;
}

}  // namespace ledger
