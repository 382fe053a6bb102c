// The clauses of an activity's cycle: idea, design, validation, registration (ACT), monitoring,
// verification and what is issued of it (MON), reviews (REV). Sentences and order: spec/rules.md.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

inline constexpr Clause ACT_1{
    "ACT-1", Kind::refused,
    "An activity is proposed under an established approach that has adopted rules."};
inline constexpr Clause ACT_2{
    "ACT-2", Kind::refused,
    "Whoever proposes, designs or monitors an activity is a developer whom the host appointed, at "
    "that time."};
inline constexpr Clause ACT_3{
    "ACT-3", Kind::refused,
    "The versions of an activity's idea count up from 1, and so do those of its design; there are "
    "1,023 of each at most."};
inline constexpr Clause ACT_4{
    "ACT-4", Kind::refused,
    "An idea is proposed again by its developer, under its approach, and while it is neither "
    "approved nor rejected."};
inline constexpr Clause ACT_5{
    "ACT-5", Kind::refused,
    "An activity is proposed and authorized under one approach and in one sector."};
inline constexpr Clause ACT_6{
    "ACT-6", Kind::refused,
    "What is designed, validated, registered, closed or monitored was proposed before."};
inline constexpr Clause ACT_7{
    "ACT-7", Kind::refused,
    "An activity that is closed is no longer designed, validated, registered, monitored or issued "
    "for."};
inline constexpr Clause ACT_8{
    "ACT-8", Kind::refused,
    "Where the rules ask for an idea, a design is submitted and an activity authorized only once "
    "its idea is approved."};
inline constexpr Clause ACT_9{"ACT-9", Kind::refused,
                              "A design expects outcomes of years of its crediting period."};
inline constexpr Clause ACT_10{
    "ACT-10", Kind::refused,
    "Every document of a design, a validation, a monitoring report or a verification has a public "
    "version, in full or redacted."};
inline constexpr Clause ACT_11{"ACT-11", Kind::refused,
                               "The newest version of a design is validated, and once."};
inline constexpr Clause ACT_12{
    "ACT-12", Kind::refused,
    "A verifier is one whom both Parties appointed for the approach, at that time."};
inline constexpr Clause ACT_13{
    "ACT-13", Kind::refused,
    "A verifier is an entity that has no part in the activity: it did not develop it, acts for no "
    "Party of its approach, and received none of its units at issuance."};
inline constexpr Clause ACT_14{
    "ACT-14", Kind::refused,
    "The newest version of a design is registered, once, with its crediting period repeated."};
inline constexpr Clause ACT_15{"ACT-15", Kind::refused,
                               "A design is registered once it is validated positively, approved "
                               "by every review that the rules "
                               "ask for, and sent back by no Party."};
inline constexpr Clause ACT_16{
    "ACT-16", Kind::refused,
    "The authorizations of a registration list the activity with the design's type and mitigation "
    "type, and a crediting period that holds the design's."};
inline constexpr Clause ACT_17{"ACT-17", Kind::refused, "What is closed is a registered activity."};
inline constexpr Clause ACT_18{
    "ACT-18", Kind::refused,
    "The next version of a design is submitted once a verifier gave an opinion on the one before."};

inline constexpr Clause MON_1{"MON-1", Kind::refused, "A monitoring report's id is used once."};
inline constexpr Clause MON_2{
    "MON-2", Kind::refused,
    "A monitoring report is of a registered activity, and of a component exactly where its design "
    "has some."};
inline constexpr Clause MON_3{
    "MON-3", Kind::refused,
    "A monitoring period lies in the crediting period of the registered design and is over."};
inline constexpr Clause MON_4{
    "MON-4", Kind::refused,
    "Two reports monitor the same days only where they are of two components of the registered "
    "design."};
inline constexpr Clause MON_5{"MON-5", Kind::refused,
                              "A monitoring report claims some outcomes, of years of its period."};
inline constexpr Clause MON_6{"MON-6", Kind::refused,
                              "What is verified is a monitoring report of this ledger."};
inline constexpr Clause MON_7{"MON-7", Kind::refused,
                              "The versions of a verification count up from 1."};
inline constexpr Clause MON_8{
    "MON-8", Kind::refused,
    "Where the rules ask for separate verifiers, nobody validates a design of an activity and "
    "verifies a report of it."};
inline constexpr Clause MON_9{"MON-9", Kind::refused,
                              "No more is verified of a vintage than its report claims."};
inline constexpr Clause MON_10{
    "MON-10", Kind::refused,
    "Where the rules ask for registration, units are issued for registered activities."};
inline constexpr Clause MON_11{
    "MON-11", Kind::refused,
    "Where the rules ask for verification, an issuance names a monitoring report; the report is of "
    "its activity and period."};
inline constexpr Clause MON_12{"MON-12", Kind::refused,
                               "What is issued of a monitoring report is verified, approved by "
                               "every review that the rules ask "
                               "for, and sent back by no Party."};
inline constexpr Clause MON_13{
    "MON-13", Kind::refused,
    "No more is issued of a vintage of a monitoring report than was verified and approved."};
inline constexpr Clause MON_14{"MON-14", Kind::refused,
                               "A verification is restated by the verifier of its first version."};
inline constexpr Clause MON_15{
    "MON-15", Kind::refused,
    "For the same days of an activity units are issued of monitoring reports or without one, not "
    "both."};
inline constexpr Clause MON_16{
    "MON-16", Kind::refused,
    "Whoever validated or verified an activity receives none of its units at issuance."};

inline constexpr Clause REV_1{
    "REV-1", Kind::refused,
    "What is reviewed is a proposed activity, and exactly of a verification a monitoring report of "
    "it."};
inline constexpr Clause REV_2{"REV-2", Kind::refused,
                              "A Party decides on a stage that the rules let it review."};
inline constexpr Clause REV_3{
    "REV-3", Kind::refused,
    "A review is of the newest version of an idea, of a positive validation, or of a verification "
    "that verified something."};
inline constexpr Clause REV_4{"REV-4", Kind::refused,
                              "Reviews of a stage are decided in the order of the rules."};
inline constexpr Clause REV_5{
    "REV-5", Kind::refused,
    "A Party decides on a version once; only after an objection it decides again."};
inline constexpr Clause REV_6{
    "REV-6", Kind::refused,
    "A review is deemed approved only where the rules give it days, once they are over, and where "
    "the Party spoke against no version."};
inline constexpr Clause REV_7{
    "REV-7", Kind::refused,
    "The approval of a verification, and no other decision, certifies quantities: by vintage, and "
    "none above what was verified."};

}  // namespace ledger
