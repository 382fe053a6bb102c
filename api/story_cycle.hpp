// The cycle of the ordinary year's activity, from its idea to what was verified: the parts that the
// story tells in their places.
#pragma once

#include "api/story.hpp"

namespace api::story {

// Everything is asked: ideas by the host; validations by host and then buyer, in 28 days;
// verifications by both at once, the buyer's in 28 days, and by another verifier.
[[nodiscard]] ledger::CycleRules cycle_rules();

// A developer and two verifiers are appointed, an idea is proposed and approved.
void tell_idea(Writer& writer, Cast& cast);
// The design is submitted, between the two Parties' authorizations.
void tell_design(Writer& writer);
// It is validated and approved; registered once both authorizations are in effect.
void tell_registration(Writer& writer);
// The outcomes of 2026 and 2027 are reported, verified and approved, the buyer's silence deemed so.
void tell_verification(Writer& writer);

}  // namespace api::story
