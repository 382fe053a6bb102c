// The clauses of units: issuance, proceeds, transfer, use, cancellation, adjustment, and the taking
// back of a signature; and what movements ask of authorizations. Sentences and order:
// spec/rules.md.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

inline constexpr Clause AUT_4{"AUT-4", Kind::refused,
                              "First transfers do not exceed the cap of the host's authorization, "
                              "nor acquisitions the cap of "
                              "the buyer's."};
inline constexpr Clause AUT_5{
    "AUT-5", Kind::refused,
    "Registration, issuance, first transfer and acquisition happen while the "
    "authorizations that they rest on are "
    "effective, not revoked and not expired."};
inline constexpr Clause AUT_6{
    "AUT-6", Kind::refused,
    "Whoever holds at issuance, transfers, acquires, uses or cancels for OP is covered by the "
    "authorization, where that names anyone."};
inline constexpr Clause AUT_7{
    "AUT-7", Kind::refused,
    "The purpose of a transfer, use or cancellation is among the authorized purposes."};
inline constexpr Clause AUT_8{"AUT-8", Kind::refused,
                              "The host's authorization is named, and the buyer's too where the "
                              "approach's rules require both; "
                              "each is of that Party and of that approach."};
inline constexpr Clause AUT_9{
    "AUT-9", Kind::refused,
    "Issuance, use and cancellation for OP happen no later than the authorizations' final dates."};

inline constexpr Clause ISS_1{
    "ISS-1", Kind::refused,
    "An issuance names an activity that the host's authorization lists, and "
    "the buyer's where that lists any."};
inline constexpr Clause ISS_2{
    "ISS-2", Kind::refused,
    "Nothing is issued before the approach has its identifier from the centralized platform."};
inline constexpr Clause ISS_3{"ISS-3", Kind::refused,
                              "Units are issued into a holding account of the host's section whose "
                              "registry originates them."};
inline constexpr Clause ISS_4{"ISS-4", Kind::refused,
                              "The holder that an issuance names is the holder of its account."};
inline constexpr Clause ISS_5{
    "ISS-5", Kind::refused,
    "Serials are gapless: the first lot begins where the registry ended, each next where the one "
    "before ended."};
inline constexpr Clause ISS_6{"ISS-6", Kind::refused,
                              "The quantity of an issuance is the sum of its lots."};
inline constexpr Clause ISS_7{
    "ISS-7", Kind::refused,
    "A vintage is 2021 or later, among the authorizations' vintages, and a year of the monitoring "
    "period."};
inline constexpr Clause ISS_8{
    "ISS-8", Kind::refused,
    "The monitoring period lies in the activity's crediting period and is over."};
inline constexpr Clause ISS_9{
    "ISS-9", Kind::refused,
    "Mitigation type, metric and GWP are those of the activity and its authorization."};
inline constexpr Clause ISS_10{
    "ISS-10", Kind::refused,
    "Underlying units come from a registry that the authorization lists, one for one."};
inline constexpr Clause ISS_11{"ISS-11", Kind::refused,
                               "An underlying unit backs one unit of this ledger, once."};
inline constexpr Clause ISS_12{
    "ISS-12", Kind::refused,
    "Every document of an issuance has a public version, in full or redacted."};
inline constexpr Clause ISS_13{
    "ISS-13", Kind::refused,
    "The accounts that receive issued units, and shares of them, are accounts of their metric."};

inline constexpr Clause ASN_1{
    "ASN-1", Kind::refused,
    "Units are attached and released by the host, in an account of its section."};
inline constexpr Clause ASN_2{
    "ASN-2", Kind::refused,
    "Every unit that is attached or released is held in the account named."};
inline constexpr Clause ASN_3{"ASN-3", Kind::refused, "An assignment repeats its quantity."};
inline constexpr Clause ASN_4{
    "ASN-4", Kind::refused,
    "Units that were first transferred stay under the authorization that they were so under."};
inline constexpr Clause ASN_5{
    "ASN-5", Kind::refused,
    "Units are attached that stand under no authorization, and released from the one of the host "
    "that they stand under."};
inline constexpr Clause ASN_6{
    "ASN-6", Kind::refused,
    "Units are attached to authorizations of their approach that list their activity."};
inline constexpr Clause ASN_7{
    "ASN-7", Kind::refused,
    "The vintage of units that are attached is among the authorizations' vintages."};
inline constexpr Clause ASN_8{
    "ASN-8", Kind::refused,
    "Units that others back are attached to an authorization that lists the registry of those."};
inline constexpr Clause ASN_9{
    "ASN-9", Kind::refused,
    "An assignment says of all its units whether it is their first transfer."};
inline constexpr Clause ASN_10{
    "ASN-10", Kind::refused,
    "Units are released where the change terms that they stand under reach issued units and ask "
    "for no notice."};

inline constexpr Clause PRO_1{
    "PRO-1", Kind::refused,
    "Proceeds are settled under an approach by its host, at acquisition by its buyer."};
inline constexpr Clause PRO_2{
    "PRO-2", Kind::refused, "The account that proceeds are taken from is in that Party's section."};
inline constexpr Clause PRO_3{"PRO-3", Kind::refused,
                              "Every unit that a settlement names is held in its account."};
inline constexpr Clause PRO_4{"PRO-4", Kind::refused,
                              "Every unit that a settlement names was issued under that approach "
                              "and that version of its rules."};
inline constexpr Clause PRO_5{
    "PRO-5", Kind::refused,
    "Proceeds of a unit are settled once for a moment, in the order issuance, "
    "transfer, acquisition."};
inline constexpr Clause PRO_6{"PRO-6", Kind::refused,
                              "The quantity of a settlement is the sum of its gross ranges."};
inline constexpr Clause PRO_7{
    "PRO-7", Kind::refused,
    "What is taken is exactly what is due: cumulative, per activity and vintage, from the highest "
    "serials, OMGE first and then the lines in the order of the rules."};
inline constexpr Clause PRO_8{
    "PRO-8", Kind::refused,
    "Units whose proceeds are not settled do not leave their section, and are neither used nor "
    "cancelled."};

inline constexpr Clause TRF_1{"TRF-1", Kind::refused,
                              "A transfer goes from one known account to another."};
inline constexpr Clause TRF_2{
    "TRF-2", Kind::refused,
    "Each side of a transfer repeats the account's section, holder and the holder's legal name."};
inline constexpr Clause TRF_3{"TRF-3", Kind::refused,
                              "Every unit of a transfer is held in the account that it leaves."};
inline constexpr Clause TRF_4{"TRF-4", Kind::refused,
                              "A transfer repeats its quantity, in all and per vintage."};
inline constexpr Clause TRF_5{
    "TRF-5", Kind::refused,
    "Every unit of a transfer rests on the host's authorization that the transfer names, and is "
    "acquired, or was, under the buyer's that it names."};
inline constexpr Clause TRF_6{"TRF-6", Kind::refused,
                              "The adjustment method is the one that the first transferring Party "
                              "declared for the NDC period "
                              "of each vintage."};
inline constexpr Clause TRF_7{
    "TRF-7", Kind::refused,
    "A day of execution is stated only inside the ledger's migration window, and not before its "
    "causes."};
inline constexpr Clause TRF_8{"TRF-8", Kind::refused,
                              "The account that receives units is one of their metric."};

inline constexpr Clause USE_1{"USE-1", Kind::refused,
                              "Units are used from a known account by the Party of its section."};
inline constexpr Clause USE_2{
    "USE-2", Kind::refused,
    "The user is a participant of this ledger other than its operator, its "
    "legal name repeated."};
inline constexpr Clause USE_3{"USE-3", Kind::refused,
                              "Every unit that is used is held in the account named."};
inline constexpr Clause USE_4{"USE-4", Kind::refused,
                              "A use repeats its quantity and its units are of one approach."};
inline constexpr Clause USE_5{"USE-5", Kind::refused,
                              "A use towards an NDC names its calendar year; no other use does."};
inline constexpr Clause USE_6{
    "USE-6", Kind::refused,
    "Only units that were first transferred before are used towards an NDC."};
inline constexpr Clause USE_7{
    "USE-7", Kind::refused,
    "The year of an NDC use and the unit's vintage lie in one NDC period of the using Party."};
inline constexpr Clause USE_8{
    "USE-8", Kind::refused,
    "The year of an NDC use lies in an NDC period that the authorization names."};
inline constexpr Clause USE_9{"USE-9", Kind::refused,
                              "A use says of all its units whether it is their first transfer."};
inline constexpr Clause USE_10{
    "USE-10", Kind::refused,
    "The first transferring Party uses its own units towards its NDC only once it acquired them "
    "back."};

inline constexpr Clause USE_11{"USE-11", Kind::refused,
                               "Units are not used towards an NDC while an open finding covers "
                               "them that affects the balance."};
inline constexpr Clause USE_12{"USE-12", Kind::refused,
                               "Units are used towards an NDC of their metric."};

inline constexpr Clause CAN_1{
    "CAN-1", Kind::refused,
    "Units are cancelled from a known account, under the Party of its section."};
inline constexpr Clause CAN_2{"CAN-2", Kind::refused,
                              "Every unit that is cancelled is held in the account named."};
inline constexpr Clause CAN_3{
    "CAN-3", Kind::refused,
    "A cancellation repeats its quantity and its units are of one approach."};
inline constexpr Clause CAN_4{
    "CAN-4", Kind::refused,
    "A cancellation says of all its units whether it is their first transfer."};
inline constexpr Clause CAN_5{
    "CAN-5", Kind::refused,
    "Units are cancelled for domestic purposes in the host's section, and not once they were first "
    "transferred."};

inline constexpr Clause ADJ_1{"ADJ-1", Kind::refused,
                              "An adjustment is a Party's, for a year of a declared NDC period."};
inline constexpr Clause ADJ_2{"ADJ-2", Kind::refused,
                              "The versions of a year's adjustment count up from 1."};
inline constexpr Clause ADJ_3{
    "ADJ-3", Kind::refused, "The method of an adjustment is the one declared for its NDC period."};
inline constexpr Clause ADJ_4{
    "ADJ-4", Kind::refused,
    "`as_of` names an earlier entry, not before the last that changed the figures that the amount "
    "counts."};
inline constexpr Clause ADJ_5{"ADJ-5", Kind::refused,
                              "An adjustment's figures equal those of the log at `as_of`."};
inline constexpr Clause ADJ_6{
    "ADJ-6", Kind::refused,
    "The amount is first transferred minus used, under averaging the mean of it over the elapsed "
    "years of the period, as a fraction in lowest terms."};

inline constexpr Clause WDR_1{
    "WDR-1", Kind::refused, "A signature is taken back only from an event that is not committed."};
inline constexpr Clause WDR_2{"WDR-2", Kind::refused,
                              "Exactly one participant takes its signature back in one event."};
inline constexpr Clause WDR_3{"WDR-3", Kind::refused,
                              "A participant takes its signature on an event back once."};

}  // namespace ledger
