// The people, bodies and setups that tests of rules and the vectors of spec/vectors share: the
// fictional host XHA, buyer XBA and third Party XCA, with approach XHA-XBA (CA9901). All synthetic.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/story.hpp"
#include "ledger/event.hpp"
#include "ledger/machine.hpp"

namespace test_support::scene {

namespace story = api::story;
using Closed = std::vector<std::pair<ledger::Serial, ledger::Serial>>;
using Signers = std::vector<std::string>;

inline constexpr const char* origin = "ledger.example/test";

// Keys derived from names, for the whole process; one thread.
[[nodiscard]] story::Cast& cast();
// The public keys of these names, ascending as events list them.
[[nodiscard]] std::vector<crypto::PublicKey> keys_of(const Signers& names);

// ---- who signs what ----

[[nodiscard]] Signers seller();  // XHA's secretariat
[[nodiscard]] Signers both();    // XHA and XBA
[[nodiscard]] Signers three();   // holder, XHA's secretariat, XBA: a transfer
[[nodiscard]] Signers user();    // holder and XBA: a use or cancellation

// ---- bodies, valid where the setup of that name has been walked ----

[[nodiscard]] ledger::LedgerOpened opening();
// Of that actor's key, as the one that is to follow the log key.
[[nodiscard]] ledger::LogKeyAnnounced announcement(const std::string& actor);
[[nodiscard]] ledger::ParticipantAdmitted newcomer(const ledger::Id& id, const ledger::Id& sponsor);
// Version 1: at transfer OMGE 2 % ceil and retained 5 % floor.
[[nodiscard]] ledger::ApproachRules rules();
// OMGE at issuance, retained at transfer, the acquirer's own share at acquisition.
[[nodiscard]] ledger::ApproachRules rules_of_every_moment();
// No deductions; the host's first transfer for IMP and OP is use or cancellation.
[[nodiscard]] ledger::ApproachRules rules_for_oimp();
// The whole cycle is asked: ideas by the host; validations by host and then buyer, in 28 days;
// verifications by both at once, the buyer's in 28 days; a verifier that did not validate.
[[nodiscard]] ledger::ApproachRules rules_of_the_cycle();
[[nodiscard]] ledger::RoleGranted secretariat();
// For approach XHA-XBA: VERIFIER-1 and VERIFIER-2 are verifiers, XHA-DEV is a developer.
[[nodiscard]] ledger::RoleGranted verifier(const ledger::Id& participant);
[[nodiscard]] ledger::RoleGranted developer(const ledger::Id& participant);
[[nodiscard]] ledger::ActivityProposed proposal();     // of XHA-STOVES by XHA-DEV
[[nodiscard]] ledger::DesignSubmitted design();        // its version 1
[[nodiscard]] ledger::ActivityValidated validation();  // positive, by VERIFIER-1
[[nodiscard]] ledger::ActivityRegistered registration();
[[nodiscard]] ledger::MonitoringSubmitted monitoring();   // XHA-MON-1: 9,000 and 6,000
[[nodiscard]] ledger::MonitoringVerified verification();  // all of it, by VERIFIER-2
[[nodiscard]] ledger::ReviewDecided review(ledger::Stage stage, const ledger::Id& party);
// The issuance of what was verified.
[[nodiscard]] ledger::UnitsIssued verified_issuance();
[[nodiscard]] ledger::AuthorizationGranted host_grant();   // XHA-AUT-1, cap 10,000
[[nodiscard]] ledger::AuthorizationGranted buyer_grant();  // XBA-AUT-1, cap 9,000
// The same for NDC, IMP and OP.
[[nodiscard]] ledger::AuthorizationGranted for_every_purpose(ledger::AuthorizationGranted grant);
// That statement as the next version of its authorization; both Parties consent.
[[nodiscard]] ledger::AuthorizationChanged change(ledger::AuthorizationGranted next,
                                                  std::int64_t version = 2);
[[nodiscard]] ledger::AuthorizationRevoked revocation(const ledger::Id& authorization);
// 9,000 of vintage 2026 and 6,000 of 2027, into the buying entity's account in XHA's section.
[[nodiscard]] ledger::UnitsIssued issuance();
[[nodiscard]] ledger::Units units(Closed closed);
// Of units in the buying entity's account in XHA's section: attached to XHA-AUT-2 with XBA-AUT-1,
// or released from XHA-AUT-1.
[[nodiscard]] ledger::UnitsAssigned attachment(Closed closed);
[[nodiscard]] ledger::UnitsAssigned release(Closed closed);
// XHA's grant XHA-AUT-2 for the same activity, cap 5,000.
[[nodiscard]] ledger::AuthorizationGranted second_grant();
// XHA's settlement at transfer of 1 to 4,007 with what is due of it.
[[nodiscard]] ledger::ProceedsDeducted settlement();
[[nodiscard]] ledger::ProceedsDeducted::Taken taken(const ledger::Id& line, ledger::Year vintage,
                                                    ledger::Serial first, ledger::Serial last,
                                                    std::string_view account = {});
// From XHA's section to XBA's, of one vintage.
[[nodiscard]] ledger::UnitsTransferred transfer(Closed closed, ledger::Year vintage = 2026);
// By XBA towards its NDC, for 2027.
[[nodiscard]] ledger::UnitsUsed use(Closed closed);
// By an entity in XHA's section, for IMP; `first`: and so first transferred.
[[nodiscard]] ledger::UnitsUsed use_for_imp(Closed closed, bool first,
                                            const ledger::Id& account = "XBA-FUND-XHA",
                                            const ledger::Id& user = "XBA-FUND");
// By XBA's entity, voluntary.
[[nodiscard]] ledger::UnitsCancelled cancellation(Closed closed);
// By XBA's entity in XHA's section, for the event of that hash.
[[nodiscard]] ledger::UnitsLocked reservation(const ledger::Id& id, Closed closed,
                                              const crypto::Hash& event);
// By XHA's authority, of units of XBA's entity in XHA's section; of the whole account where none
// are named.
[[nodiscard]] ledger::UnitsLocked freeze(const ledger::Id& id, Closed closed);
[[nodiscard]] ledger::AdjustmentApplied adjustment(const ledger::Id& party, ledger::Year year,
                                                   std::int64_t version,
                                                   std::int64_t first_transferred,
                                                   std::int64_t used, ledger::Seq as_of);

// XHA's grant for a forest, whose mitigation is removals; and its units, all of vintage 2026.
[[nodiscard]] ledger::AuthorizationGranted removal_grant();
[[nodiscard]] ledger::UnitsIssued removal_issuance(std::int64_t quantity);
// From the buying entity's account in XHA's section to XHA's buffer.
[[nodiscard]] ledger::UnitsTransferred to_buffer(Closed closed);
[[nodiscard]] ledger::ReversalRecorded reversal(std::int64_t quantity);
// XHA's, about approach XHA-XBA: an AEF is of 2028, a BTR annex of 2026 to 2028.
[[nodiscard]] ledger::ReportFiled report(const ledger::Id& id, ledger::ReportFiled::Sort kind);
// An inconsistency between XHA and XBA that affects the balance; and its end.
[[nodiscard]] ledger::FindingRecorded finding(const ledger::Id& id, Closed closed);
[[nodiscard]] ledger::FindingRecorded resolution(const ledger::Id& id);
// XHA's AEF is consistent; the review of XHA's report is pending.
[[nodiscard]] ledger::FindingRecorded check_of(const ledger::Id& report);
[[nodiscard]] ledger::FindingRecorded review_of(const ledger::Id& report);

// That entry is undone; a cancellation's beneficiary and reason are stated anew.
[[nodiscard]] ledger::EntryCorrected voided(ledger::Seq entry, const std::string& type,
                                            Closed closed);
[[nodiscard]] ledger::EntryCorrected restated(ledger::Seq entry, const std::string& type);

// ---- another metric: XCA's wind parks under approach XCA-XBA (CA9903) ----

inline constexpr const char* megawatt_hours = "MWh of renewable electricity";
// Of 2029 to 2033, in MWh.
[[nodiscard]] ledger::NdcDeclared wind_ndc(const ledger::Id& party);
// XCA-MWH-XCA for holder XCA and registry XCA99.
[[nodiscard]] ledger::AccountOpened wind_account(const ledger::Id& holder,
                                                 const std::string& registry);
[[nodiscard]] ledger::ApproachRules wind_rules();
[[nodiscard]] ledger::AuthorizationGranted wind_grant();  // XCA-AUT-1: 582 kg a MWh, any Party
[[nodiscard]] ledger::UnitsIssued wind_issuance();        // 1 to 1,000 of 2029, into XCA-MWH-XCA
[[nodiscard]] ledger::UnitsTransferred wind_transfer(Closed closed, const ledger::Id& to);
[[nodiscard]] ledger::UnitsUsed wind_use(Closed closed, const ledger::Id& party);  // for 2029

// ---- documents and audits ----

// Salt and title of a document of that name.
[[nodiscard]] ledger::DocumentDisclosed::Opening title_of(const std::string& name);
// Makes a document confidential, with reasons.
void withhold(ledger::Document& document);
// Confidential, with a title that can be opened.
[[nodiscard]] ledger::Document withheld_document(const std::string& name, const std::string& kind);
// XHA and XBA establish their approach, by an agreement that nobody may read.
[[nodiscard]] ledger::ApproachEstablished withheld_agreement();
// Of that agreement, which the entry names.
[[nodiscard]] ledger::DocumentDisclosed disclosure(ledger::Seq entry,
                                                   ledger::DocumentDisclosed::How how);
// Of the whole log as the machine has it, and consistent.
[[nodiscard]] ledger::AuditAttested attestation(const ledger::Machine& machine,
                                                const std::vector<ledger::Id>& by);
// To the state as the machine has it.
[[nodiscard]] ledger::StateCommitted commitment(const ledger::Machine& machine);

// ---- setups ----

// A named beginning of a ledger: the acts of `after`, then these.
struct Setup {
  std::string name;
  std::string after;  // empty: an empty ledger
  std::string about;
  std::vector<story::Act> acts;
};
// Each after the one that it goes on from.
[[nodiscard]] const std::vector<Setup>& setups();
[[nodiscard]] const Setup& setup(std::string_view name);

// An act with an id of its own, dated on the day of its entry, expiring in 30 days where several
// sign.
[[nodiscard]] story::Act act(const std::string& id, ledger::Timestamp time, ledger::Body body,
                             Signers signers);

}  // namespace test_support::scene
