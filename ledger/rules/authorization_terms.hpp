// What every version of an authorization must state (AUT-12 to AUT-18, AUT-25 to AUT-29,
// AUT-37, AUT-38).
// Precondition of all: AUT-2 and AUT-3 hold.
#pragma once

#include <string>

#include "ledger/facts_authorizations.hpp"
#include "ledger/rule.hpp"

namespace ledger {

[[nodiscard]] bool measure_is_stated(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_measure(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool metric_is_that_of_its_years(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_other_metric(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool cap_is_some(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_cap(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool vintages_are_in_order(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_vintages(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool purposes_are_some(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_purposes(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool oimp_is_said(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_oimp(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool oimp_is_defined(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_oimp_defined(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool periods_fit_the_purposes(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_periods(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool standards_are_named(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_standards(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool tracking_registry_is_its_own(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_tracking(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool final_dates_are_ahead(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_final_dates(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool consent_is_the_parties(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_consent(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool notice_is_bounded(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_notice_bound(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool documents_have_public_versions(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_documents(const Case<AuthorizationGranted>& c, const Row*);

}  // namespace ledger
