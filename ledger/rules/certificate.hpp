// What an issuance asks of the activity (RVS-6, ACT-7, MON-10 to MON-13, MON-15, MON-16): no open
// reversal, a registration, and outcomes that were verified, approved and not issued before (R20,
// R23, R45).
#pragma once

#include <string>

#include "ledger/facts_units.hpp"
#include "ledger/rule.hpp"

namespace ledger {

[[nodiscard]] bool no_reversal_stands_against(const Case<UnitsIssued>& c);
[[nodiscard]] std::string explain_reversal(const Case<UnitsIssued>& c, const Row*);
[[nodiscard]] bool activity_is_not_closed(const Case<UnitsIssued>& c);
[[nodiscard]] std::string explain_activity_closed(const Case<UnitsIssued>& c, const Row*);
[[nodiscard]] bool activity_is_registered(const Case<UnitsIssued>& c);
[[nodiscard]] std::string explain_not_registered(const Case<UnitsIssued>& c, const Row*);
[[nodiscard]] bool report_is_named(const Case<UnitsIssued>& c);
[[nodiscard]] std::string explain_report(const Case<UnitsIssued>& c, const Row*);
[[nodiscard]] bool report_is_approved(const Case<UnitsIssued>& c);
[[nodiscard]] std::string explain_report_not_approved(const Case<UnitsIssued>& c, const Row*);
[[nodiscard]] bool verified_is_kept(const Case<UnitsIssued>& c);
[[nodiscard]] std::string explain_beyond_verified(const Case<UnitsIssued>& c, const Row*);
[[nodiscard]] bool days_are_issued_one_way(const Case<UnitsIssued>& c);
[[nodiscard]] std::string explain_days(const Case<UnitsIssued>& c, const Row*);
[[nodiscard]] bool holder_judged_nothing(const Case<UnitsIssued>& c);
[[nodiscard]] std::string explain_judge(const Case<UnitsIssued>& c, const Row*);

}  // namespace ledger
