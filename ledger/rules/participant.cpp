// participant.admitted: PAR, and what every key is asked.
#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/rules/enrolment.hpp"
#include "ledger/rules/legal_person.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Admission = Case<ParticipantAdmitted>;

bool admits_a_party(const Admission& c) {
  return c.body.kind == ParticipantAdmitted::Sort::party;
}

bool id_is_new(const Admission& c) {
  return !c.state.participants.find(c.body.id);
}

std::string explain_id_is_new(const Admission& c, const Row*) {
  return taken("Participant", c.body.id, c.state.participants.lookup(c.body.id)->origin.seq);
}

bool id_shows_the_kind(const Admission& c) {
  return is_alpha3(c.body.id) == admits_a_party(c);
}

std::string explain_id_shows_the_kind(const Admission& c, const Row*) {
  if (admits_a_party(c)) return no_alpha3(c.body.id);
  return quoted(c.body.id) +
         " is given as the id of an entity and looks like a Party's. Choose one that is not three "
         "capital letters.";
}

bool country_is_its_own(const Admission& c) {
  return !admits_a_party(c) || c.body.identity.country == c.body.id;
}

std::string explain_country(const Admission& c, const Row*) {
  return not_its_own_country(c.body.id, c.body.identity);
}

bool sponsor_fits_the_kind(const Admission& c) {
  return c.body.sponsor.has_value() != admits_a_party(c);
}

std::string explain_sponsor_fits(const Admission& c, const Row*) {
  if (!admits_a_party(c)) {
    return "Entity " + quoted(c.body.id) + " names no sponsor. Name the Party that vouches for it.";
  }
  return "Party " + quoted(c.body.id) + " names " + quoted(*c.body.sponsor) +
         " as its sponsor. Leave the sponsor out: a quorum of the founding Parties admits a Party.";
}

bool sponsor_is_a_party(const Admission& c) {
  return admits_a_party(c) || is_party(c.state, c.facts.sponsor);
}

std::string explain_sponsor_is_a_party(const Admission& c, const Row*) {
  return not_a_party(c.state, *c.body.sponsor) + " Name a Party as the sponsor.";
}

bool person_is_new(const Admission& c) {
  return !c.facts.same_person;
}

std::string explain_person_is_new(const Admission& c, const Row*) {
  return same_person_as(c.state.participants[*c.facts.same_person].id, c.body.identity);
}

constexpr Rule<ParticipantAdmitted> table[] = {
    {&PAR_1, id_is_new, nullptr, explain_id_is_new},
    {&PAR_2, id_shows_the_kind, nullptr, explain_id_shows_the_kind},
    {&PAR_3, country_is_its_own, nullptr, explain_country},
    {&PAR_4, sponsor_fits_the_kind, nullptr, explain_sponsor_fits},
    {&PAR_5, sponsor_is_a_party, nullptr, explain_sponsor_is_a_party},
    {&PAR_6, person_is_new, nullptr, explain_person_is_new},
    keys_are_valid<ParticipantAdmitted>,
    keys_are_new<ParticipantAdmitted>,
    keys_are_some<ParticipantAdmitted>,
    thresholds_can_be_met<ParticipantAdmitted>,
    recovery_set_is_usable<ParticipantAdmitted>,
    recovery_wait_is_bounded<ParticipantAdmitted>,
};

}  // namespace

Facts<ParticipantAdmitted> resolve(const State& state, const Event&,
                                   const ParticipantAdmitted& body, const Context&) {
  Facts<ParticipantAdmitted> facts;
  if (body.sponsor) facts.sponsor = state.participants.find(*body.sponsor);
  if (facts.sponsor) {
    facts.causes.add(state.participants[*facts.sponsor].origin, "sponsor ", *body.sponsor);
  }
  for (Index i = 0; i < state.participants.size() && !facts.same_person; ++i) {
    if (is_same_person(state.participants[i].identity, body.identity)) facts.same_person = i;
  }
  return facts;
}

template <>
std::span<const Rule<ParticipantAdmitted>> rules_of<ParticipantAdmitted>() {
  return table;
}

}  // namespace ledger
