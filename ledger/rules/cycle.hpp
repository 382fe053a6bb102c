// What the rules of an activity's cycle share: which review is open, who is accredited, and how a
// refusal is put into words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/event.hpp"
#include "ledger/facts.hpp"
#include "ledger/state.hpp"

namespace ledger {

// ---- resolve ----

// The cycle of the activity of that id, and that its newest step is a cause.
[[nodiscard]] std::optional<Index> find_cycle(const State& state, const Id& activity,
                                              Causes& causes);
// The participant of that id, and that it is a cause.
[[nodiscard]] std::optional<Index> find_participant(const State& state, const Id& id,
                                                    Causes& causes);
// The authorization of that id, and that its version in force is a cause.
[[nodiscard]] std::optional<Index> find_authorization(const State& state, const Id& id,
                                                      Causes& causes);

// ---- rules in force ----

// What the newest rules ask of activities under the approach; nothing where it has none.
[[nodiscard]] const CycleRules& cycle_rules(const Approach& approach);
[[nodiscard]] bool asks(const Approach& approach, CycleStep step);

// ---- reviews ----

[[nodiscard]] bool is_positive(ReviewDecided::Decision decision);
[[nodiscard]] Index reviewer_of(const Approach& approach, Reviewer reviewer);
// Whether a Party returned or rejected that version, asked by the rules in force or not.
[[nodiscard]] bool is_sent_back(const Reviewed& reviewed);
// The Party's newest decision on that version, or null.
[[nodiscard]] const Review* review_by(const Reviewed& reviewed, Index party);
// The first review of the stage, in the order of the rules, that is not positive; null where all
// are. Reviews that stand before `order` only, where one is given.
[[nodiscard]] const ReviewAsked* open_review(const Approach& approach, Stage stage,
                                             const Reviewed& reviewed,
                                             std::optional<std::int64_t> before_order = {});
// When the clock of that review began: what is reviewed came to be, the rules in force were
// adopted, or the last review before it in order was decided. Precondition: none of those is open.
[[nodiscard]] Timestamp clock_start(const Approach& approach, const ReviewAsked& asked,
                                    const Reviewed& reviewed);
// From when on the review may be deemed approved; nothing where the rules set no time, or the Party
// spoke against this version or one before it. Precondition: as of clock_start.
[[nodiscard]] std::optional<Timestamp> deemed_from(const Approach& approach,
                                                   const ReviewAsked& asked,
                                                   const Reviewed& reviewed);
// "XBA has not decided on it" and so on, and what to do.
[[nodiscard]] std::string explain_open(const State& state, const Approach& approach,
                                       const ReviewAsked& open, const Reviewed& reviewed);

// The same where every review that the rules in force ask for is positive, and a Party sent it
// back.
[[nodiscard]] std::string explain_sent_back();

// Whether the idea counts as approved under the rules in force; and why it does not.
[[nodiscard]] bool idea_is_approved(const State& state, const ActivityCycle& cycle);
[[nodiscard]] bool idea_is_rejected(const ActivityCycle& cycle);

// ---- accreditation (R36) ----

// Whether a grant of both Parties makes the participant a verifier under the approach at that time.
[[nodiscard]] bool is_accredited(const State& state, Index approach, Index participant,
                                 Timestamp time);
// Whether a grant of the host makes it a developer under the approach at that time.
[[nodiscard]] bool is_developer(const State& state, Index approach, Index participant,
                                Timestamp time);

// What part the participant has in the activity at that time, so that it cannot verify it; empty:
// none.
[[nodiscard]] std::string dependence(const State& state, const ActivityCycle& cycle,
                                     Index participant, Timestamp time);
// Whether it gave an opinion on some version of the design.
[[nodiscard]] bool validated(const ActivityCycle& cycle, Index participant);

// ---- the newest design, and the registered one; null where there is none ----

[[nodiscard]] const Design* newest_design(const ActivityCycle& cycle);
[[nodiscard]] const Design* registered_design(const ActivityCycle& cycle);

// ---- quantities by vintage ----

[[nodiscard]] std::int64_t quantity_of(const std::vector<VintageQuantity>& list, Year vintage);
// The first vintage that is not a year from `from` to `to`, or nothing.
[[nodiscard]] std::optional<Year> vintage_outside(const std::vector<VintageQuantity>& list,
                                                  Date from, Date to);
// What may be issued in all of that vintage: verified, and certified by every approving review.
[[nodiscard]] std::int64_t certified(const Monitoring& monitoring, Year vintage);

// ---- words ----

[[nodiscard]] std::string_view name_of(Stage stage);
[[nodiscard]] std::string_view name_of(ReviewDecided::Decision decision);
[[nodiscard]] std::string not_proposed(const Id& activity);
[[nodiscard]] std::string explain_idea_not_approved(const State& state, const ActivityCycle& cycle);
[[nodiscard]] std::string no_developer(const State& state, Index approach, const Id& developer);
[[nodiscard]] std::string not_accredited(const State& state, const Approach& approach,
                                         const Id& verifier);
[[nodiscard]] std::string not_independent(const std::string& dependence);
[[nodiscard]] std::string is_closed(const ActivityCycle& cycle);
// The first document that is confidential as a whole; null where every one has a public version.
[[nodiscard]] const Document* withheld(const std::vector<Document>& documents);
[[nodiscard]] std::string explain_withheld(const Document& document);
[[nodiscard]] std::string period(Date from, Date to);  // "2026-01-01 to 2027-12-31"

}  // namespace ledger
