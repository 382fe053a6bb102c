// The columns of the five tables: headers of 4/CMA.6, annex II; names of the common nomenclatures.
#include "replay/aef.hpp"

namespace replay {
namespace {

constexpr bool closes_group = true;

constexpr AefColumn submission[] = {
    {"Party", "ParticipatingParty"},
    {"Version", "SubmissionVersion"},
    {"Reported year", "ReportedYear"},
    {"Date of submission", "DateOfSubmission"},
    {"Review status of the initial report", "ReviewStatusOfInitialReport"},
    {"Result of the consistency check of this AEF submission", "ResultOfConsistencyCheck"},
    {"First year of the NDC implementation period", "FirstYearOfNDCPeriod"},
    {"Last year of the NDC implementation period", "LastYearOfNDCPeriod"},
    {"Reference to the Article 6 technical expert review report of the initial report",
     "ReferenceToTerReport"},
};

constexpr AefColumn authorizations[] = {
    {"Authorization ID", "AuthorizationID"},
    {"Date of authorization", "DateOfAuthorization"},
    {"Cooperative approach ID", "CooperativeApproachID"},
    {"Version of the authorization", "AuthorizationVersion", closes_group},
    {"Authorized quantity", "AuthorizedQuantity"},
    {"Metric", "Metric"},
    {"Applicable GWP value(s)", "GWPValues"},
    {"Applicable non-GHG metric", "Non-GHGMetric"},
    {"Sector(s)", "Sectors"},
    {"Activity type(s)", "ActivityType"},
    {"Purposes for authorization", "PurposeForAuthorization"},
    {"Authorized Party(ies) ID", "AuthorizedPartyIDs"},
    {"Authorized entity(ies) ID", "AuthorizedEntityIDs"},
    {"OIMP authorized by the Party", "OIMPAuthorized"},
    {"Authorized timeframe", "AuthorizedTimeframe"},
    {"Authorization terms and conditions", "AuthorizationT&Cs"},
    {"Authorization documentation", "AuthorizationDocumentation"},
    {"First transfer definition for OIMP", "FirstTransferDefnForOIMP"},
    {"Additional explanatory information", "AdditionalExplanatoryInformation"},
};

constexpr AefColumn actions[] = {
    {"Action date", "ActionDateTime"},
    {"Action type", "ActionType"},
    {"Action subtype", "ActionSubtype"},
    {"Cooperative approach ID", "CooperativeApproachID"},
    {"Authorization ID", "AuthorizationID"},
    {"First transferring participating Party ID", "FirstTransferringPartyID"},
    {"Party ITMO registry ID", "PartyITMORegistryID"},
    {"First ID", "FirstID"},
    {"Last ID", "LastID", closes_group},
    {"Underlying unit registry ID", "UnderlyingUnitRegistryID"},
    {"First unit ID", "UnderlyingUnitFirstUnitID"},
    {"Last unit ID", "UnderlyingUnitLastUnitID", closes_group},
    {"Metric", "Metric"},
    {"Applicable GWP value(s)", "GWPValues"},
    {"Applicable non-GHG metric", "Non-GHGMetric"},
    {"Quantity (t CO2 eq)", "QuantityCO2"},
    {"Quantity (in non-GHG metric)", "QuantityNon-GHG", closes_group},
    {"Mitigation type", "MitigationType"},
    {"Vintage", "Vintage", closes_group},
    {"Transferring participating Party ID", "TransferringPartyID"},
    {"Acquiring participating Party ID", "AcquiringPartyID", closes_group},
    {"Purpose for which the ITMO has been used towards or cancelled for OIMP",
     "PurposeITMOUsedForOIMP"},
    {"Using/cancelling participating Party ID", "Using/cancellingPartyID"},
    {"Using/cancelling authorized entity ID", "Using/cancellingEntityID"},
    {"Calendar year for which the ITMOs are used towards the Party's NDC", "YearITMOUsedTowardsNDC",
     closes_group},
    {"Result of the consistency checks", "ResultOfConsistencyCheck"},
    {"Additional explanatory information", "AdditionalExplanatoryInformation"},
};

constexpr AefColumn holdings[] = {
    {"Cooperative approach ID", "CooperativeApproachID"},
    {"Authorization ID", "AuthorizationID"},
    {"First transferring participating Party ID", "FirstTransferringPartyID"},
    {"Party ITMO registry ID", "PartyITMORegistryID"},
    {"First ID", "FirstID"},
    {"Last ID", "LastID", closes_group},
    {"Underlying unit registry ID", "UnderlyingUnitRegistryID"},
    {"First unit ID", "UnderlyingUnitFirstUnitID"},
    {"Last unit ID", "UnderlyingUnitLastUnitID", closes_group},
    {"Metric", "Metric"},
    {"Applicable GWP value(s)", "GWPValues"},
    {"Applicable non-GHG metric", "Non-GHGMetric"},
    {"Quantity (t CO2 eq)", "QuantityCO2"},
    {"Quantity (in non-GHG metric)", "QuantityNon-GHG", closes_group},
    {"Mitigation type", "MitigationType"},
    {"Vintage", "Vintage"},
};

constexpr AefColumn entities[] = {
    {"Date of the authorization", "DateOfAuthorization"},
    {"Name", "AuthorizedEntityName"},
    {"Country of incorporation", "AuthorizedEntityCountryOfIncorporation"},
    {"Identification number", "AuthorizedEntityID"},
    {"Cooperative approach ID", "CooperativeApproachID"},
    {"Conditions", "AuthorizedEntityConditions"},
    {"Change and revocation conditions", "AuthorizedEntityChangeConditions"},
    {"Additional explanatory information", "AdditionalExplanatoryInformation"},
};

constexpr AefSheet sheets[aef_tables] = {
    {"Table 1 Submission", "Table 1: Submission", submission},
    {"Table 2 Authorizations", "Table 2: Authorizations", authorizations},
    {"Table 3 Actions", "Table 3: Actions", actions},
    {"Table 4 Holdings", "Table 4: Holdings", holdings},
    {"Table 5 Auth. entities", "Table 5: Authorized entities", entities},
};

}  // namespace

const AefSheet& sheet_of(AefTable table) {
  return sheets[static_cast<std::size_t>(table)];
}

}  // namespace replay
