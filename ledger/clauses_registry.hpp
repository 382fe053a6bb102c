// The clauses of everything that stands before units: opening, participants, keys, roles, accounts,
// approaches and their rules, NDCs, authorizations. Sentences and order: spec/rules.md.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

inline constexpr Clause LED_1{"LED-1", Kind::refused,
                              "A ledger is opened by its first entry, and by that alone."};
inline constexpr Clause LED_2{"LED-2", Kind::refused,
                              "The opening names a spec number that this program knows."};
inline constexpr Clause LED_3{
    "LED-3", Kind::refused,
    "The log key is an Ed25519 verifier key, and it, the service key and all event keys differ."};
inline constexpr Clause LED_4{"LED-4", Kind::refused,
                              "The name of the log key is the ledger's origin."};
inline constexpr Clause LED_5{
    "LED-5", Kind::refused,
    "The quorum is more than half of the founding Parties and not more than all of them."};
inline constexpr Clause LED_6{"LED-6", Kind::refused, "A founding Party is listed once."};
inline constexpr Clause LED_7{"LED-7", Kind::refused,
                              "A migration window does not end before it begins."};
inline constexpr Clause LED_8{"LED-8", Kind::refused,
                              "The spec number that is adopted is higher than the one in force."};
inline constexpr Clause LED_9{"LED-9", Kind::refused,
                              "The spec number that is adopted is one that this program knows."};

inline constexpr Clause PAR_1{"PAR-1", Kind::refused, "A participant's id is used once."};
inline constexpr Clause PAR_2{
    "PAR-2", Kind::refused,
    "A Party's id is an alpha-3 code, and no other participant's id has that form."};
inline constexpr Clause PAR_3{"PAR-3", Kind::refused,
                              "The country of a Party's identity is the Party itself."};
inline constexpr Clause PAR_4{"PAR-4", Kind::refused,
                              "An entity names a sponsor, and a Party names none."};
inline constexpr Clause PAR_5{"PAR-5", Kind::refused, "A sponsor is a Party of this ledger."};
inline constexpr Clause PAR_6{
    "PAR-6", Kind::refused,
    "A legal person takes part once: its country and identification number are nobody else's."};

inline constexpr Clause KEY_1{"KEY-1", Kind::refused,
                              "Keys are changed of a participant of this ledger."};
inline constexpr Clause KEY_2{
    "KEY-2", Kind::refused,
    "A key is a canonical Ed25519 public key in the subgroup of prime order."};
inline constexpr Clause KEY_3{"KEY-3", Kind::refused,
                              "A key is enrolled once and belongs to one participant for ever."};
inline constexpr Clause KEY_4{"KEY-4", Kind::refused,
                              "The recovery route is for a participant with recovery keys, the "
                              "sponsor route for one without."};
inline constexpr Clause KEY_5{
    "KEY-5", Kind::refused,
    "The recovery and sponsor routes add and remove signing keys and change nothing else."};
inline constexpr Clause KEY_6{
    "KEY-6", Kind::refused,
    "A removed key is a signing key of that participant, not yet removed, and named once."};
inline constexpr Clause KEY_7{"KEY-7", Kind::refused, "A change of keys changes something."};
inline constexpr Clause KEY_8{"KEY-8", Kind::refused,
                              "A participant has one to sixteen signing keys."};
inline constexpr Clause KEY_9{
    "KEY-9", Kind::refused,
    "Each threshold is at least one and not more than the participant's signing keys."};
inline constexpr Clause KEY_10{
    "KEY-10", Kind::refused,
    "A recovery set has one to sixteen keys and a threshold from one to their number."};
inline constexpr Clause KEY_11{"KEY-11", Kind::refused, "A recovery wait is 1 to 365 days."};

inline constexpr Clause ROL_1{"ROL-1", Kind::refused, "A grant's id is used once."};
inline constexpr Clause ROL_2{
    "ROL-2", Kind::refused,
    "A role is granted to a participant of this ledger other than its operator."};
inline constexpr Clause ROL_3{"ROL-3", Kind::refused,
                              "The grantors are Parties of this ledger, each named once."};
inline constexpr Clause ROL_4{
    "ROL-4", Kind::refused,
    "The approaches of a role's scope are established, and each is named once."};
inline constexpr Clause ROL_5{
    "ROL-5", Kind::refused,
    "A verifier is appointed by both Parties of an approach, every other role by one Party."};
inline constexpr Clause ROL_6{"ROL-6", Kind::refused,
                              "Every grantor is a Party of every approach of the role's scope."};
inline constexpr Clause ROL_7{
    "ROL-7", Kind::refused,
    "A Party's organ is neither another Party nor, at the same time, an organ of another Party."};
inline constexpr Clause ROL_8{"ROL-8", Kind::refused,
                              "A role ends after it begins, and after the entry that grants it."};
inline constexpr Clause ROL_9{"ROL-9", Kind::refused, "What ends is a grant of this ledger."};
inline constexpr Clause ROL_10{"ROL-10", Kind::refused,
                               "A grant ends once; before that it may be suspended once."};

inline constexpr Clause ACC_1{"ACC-1", Kind::refused, "An account's id is used once."};
inline constexpr Clause ACC_2{"ACC-2", Kind::refused,
                              "An account's registry belongs to the Party of its section."};
inline constexpr Clause ACC_3{"ACC-3", Kind::refused,
                              "An account's section is that of a Party of this ledger."};
inline constexpr Clause ACC_4{
    "ACC-4", Kind::refused,
    "An account's holder is a participant of this ledger other than its operator."};
inline constexpr Clause ACC_5{"ACC-5", Kind::refused,
                              "A national share account is held by the Party of its section."};
inline constexpr Clause ACC_6{"ACC-6", Kind::refused,
                              "An account's metric is GHG, or another by its own name."};

inline constexpr Clause APR_1{"APR-1", Kind::refused, "An approach's id is used once."};
inline constexpr Clause APR_2{"APR-2", Kind::refused,
                              "Host and buyer of an approach are Parties of this ledger."};
inline constexpr Clause APR_3{"APR-3", Kind::refused,
                              "Host and buyer of an approach are different Parties."};

inline constexpr Clause APR_4{"APR-4", Kind::refused, "What ends is an established approach."};
inline constexpr Clause APR_5{"APR-5", Kind::refused,
                              "An approach is ended by one of its Parties, or by both."};
inline constexpr Clause APR_6{
    "APR-6", Kind::refused,
    "An approach ends once: only an earlier end replaces one that is still to come."};
inline constexpr Clause APR_7{
    "APR-7", Kind::refused,
    "An approach ends at its entry or within 7,300 days, and by one Party alone not before the "
    "notice that its rules state."};
inline constexpr Clause APR_8{
    "APR-8", Kind::refused,
    "Under an approach that ended no rules are adopted, and nothing is authorized, issued or first "
    "transferred."};

inline constexpr Clause RUL_1{"RUL-1", Kind::refused,
                              "Rules are adopted for an established approach."};
inline constexpr Clause RUL_2{
    "RUL-2", Kind::refused,
    "The versions of an approach's rules count up from 1; there are 1,023 at most."};
inline constexpr Clause RUL_3{
    "RUL-3", Kind::refused,
    "An approach's identifier from the centralized platform is set once and is its own."};
inline constexpr Clause RUL_4{
    "RUL-4", Kind::refused,
    "First-transfer definitions are those of the approach's Parties, at most one for each."};
inline constexpr Clause RUL_5{
    "RUL-5", Kind::refused,
    "The host's first-transfer definition stays once the host authorized IMP or OP under it."};
inline constexpr Clause RUL_6{"RUL-6", Kind::refused, "An objection period is 0 to 3,650 days."};
inline constexpr Clause RUL_7{
    "RUL-7", Kind::refused,
    "An extra signer is an organ of a Party of the approach, on an event that names the approach."};
inline constexpr Clause RUL_8{"RUL-8", Kind::refused, "A deduction line's name is used once."};
inline constexpr Clause RUL_9{
    "RUL-9", Kind::refused,
    "A deduction line of an earlier version keeps its moment, taker, kind, rate and rounding."};
inline constexpr Clause RUL_10{
    "RUL-10", Kind::refused,
    "What is deducted at acquisition is taken by the acquirer, everything else by the host."};
inline constexpr Clause RUL_11{
    "RUL-11", Kind::refused,
    "A rate is 0 to 10,000 basis points, and so are the unit lines of one moment together."};
inline constexpr Clause RUL_12{
    "RUL-12", Kind::refused,
    "A line that is retained or goes to a fund names its account, and no other line names one."};
inline constexpr Clause RUL_13{"RUL-13", Kind::refused,
                               "A retained line goes to a national share account of its taker, a "
                               "fund line to a fund account."};
inline constexpr Clause RUL_14{"RUL-14", Kind::refused,
                               "A notice by which an approach may be ended is 0 to 3,650 days."};
inline constexpr Clause RUL_15{"RUL-15", Kind::refused,
                               "A Party reviews a stage once, in an order from 1 to 64 and in 0 to "
                               "3,650 days, and only a stage "
                               "of a step that the rules ask for."};
inline constexpr Clause RUL_16{"RUL-16", Kind::refused,
                               "Rules that ask for verification ask for registration."};

inline constexpr Clause NDC_1{"NDC-1", Kind::refused, "An NDC is that of a Party of this ledger."};
inline constexpr Clause NDC_2{"NDC-2", Kind::refused,
                              "No two NDC periods of a Party have a year in common."};
inline constexpr Clause NDC_3{"NDC-3", Kind::refused,
                              "An NDC period does not end before it begins."};
inline constexpr Clause NDC_4{"NDC-4", Kind::refused,
                              "Averaging is a method of single-year NDCs only."};
inline constexpr Clause NDC_6{"NDC-6", Kind::refused,
                              "An NDC's metric is GHG, or another by its own name."};
inline constexpr Clause NDC_7{
    "NDC-7", Kind::refused,
    "An NDC is in the metric of what its Party authorized, as host, of its years."};

inline constexpr Clause INV_1{
    "INV-1", Kind::refused, "An inventory is that of a Party, of a year of a declared NDC period."};
inline constexpr Clause INV_2{"INV-2", Kind::refused,
                              "The versions of a year's inventory count up from 1."};
inline constexpr Clause INV_3{"INV-3", Kind::refused,
                              "An inventory is stated in the metric of the NDC."};
inline constexpr Clause INV_4{"INV-4", Kind::refused,
                              "An inventory is reported once its year is over."};

inline constexpr Clause AUT_1{"AUT-1", Kind::refused, "An authorization's id is used once."};
inline constexpr Clause AUT_2{
    "AUT-2", Kind::refused,
    "An authorization is granted under an established approach that has adopted rules."};
inline constexpr Clause AUT_3{"AUT-3", Kind::refused,
                              "An authorization is granted by a Party of its approach."};
inline constexpr Clause AUT_10{"AUT-10", Kind::refused,
                               "An authorization is granted in version 1."};
inline constexpr Clause AUT_11{
    "AUT-11", Kind::refused,
    "Where the rules put the host first, the buyer authorizes after the host."};
inline constexpr Clause AUT_12{"AUT-12", Kind::refused,
                               "An authorization is in GHG with AR5 values, or in another metric "
                               "by its own name, with what a unit stands for in CO2 equivalent."};
inline constexpr Clause AUT_13{"AUT-13", Kind::refused, "A cap is at least one unit."};
inline constexpr Clause AUT_14{"AUT-14", Kind::refused,
                               "Vintages are 2021 or later, and the last is not before the first."};
inline constexpr Clause AUT_15{"AUT-15", Kind::refused,
                               "An authorization has a purpose, and names each once."};
inline constexpr Clause AUT_16{
    "AUT-16", Kind::refused,
    "An authorization for IMP or OP says which such use it means, and no other does."};
inline constexpr Clause AUT_17{
    "AUT-17", Kind::refused,
    "IMP or OP is authorized only where the rules define the host's first transfer for it."};
inline constexpr Clause AUT_18{
    "AUT-18", Kind::refused,
    "An authorization for NDC use names NDC periods, each in order of years, and no other does."};
inline constexpr Clause AUT_19{
    "AUT-19", Kind::refused,
    "The Parties that may use are Parties of this ledger, each named once."};
inline constexpr Clause AUT_20{"AUT-20", Kind::refused,
                               "The entities authorized are entities of this ledger, each named "
                               "once, with something it may do."};
inline constexpr Clause AUT_21{
    "AUT-21", Kind::refused, "A host's authorization lists activities, and none is listed twice."};
inline constexpr Clause AUT_22{"AUT-22", Kind::refused,
                               "A crediting period does not end before it begins."};
inline constexpr Clause AUT_23{
    "AUT-23", Kind::refused, "An activity listed before is of this approach and keeps its terms."};
inline constexpr Clause AUT_24{"AUT-24", Kind::refused,
                               "The buyer lists only activities that the host authorized."};
inline constexpr Clause AUT_25{"AUT-25", Kind::refused, "An authorization names its standards."};
inline constexpr Clause AUT_26{
    "AUT-26", Kind::refused,
    "The registry that tracks an authorization belongs to the authorizing Party."};
inline constexpr Clause AUT_27{"AUT-27", Kind::refused,
                               "The final dates of an authorization are not before its own date."};
inline constexpr Clause AUT_28{
    "AUT-28", Kind::refused,
    "Those whose consent a change needs are Parties of the approach, each named once."};
inline constexpr Clause AUT_29{
    "AUT-29", Kind::refused,
    "Every document of an authorization has a public version, in full or redacted."};

}  // namespace ledger
