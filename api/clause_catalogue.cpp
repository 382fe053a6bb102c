#include "api/clause_catalogue.hpp"

#include "api/clauses_server.hpp"
#include "ledger/clauses_authorizations.hpp"
#include "ledger/clauses_corrections.hpp"
#include "ledger/clauses_cycle.hpp"
#include "ledger/clauses_documents.hpp"
#include "ledger/clauses_format.hpp"
#include "ledger/clauses_identity.hpp"
#include "ledger/clauses_locks.hpp"
#include "ledger/clauses_log.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/clauses_reports.hpp"
#include "ledger/clauses_signature.hpp"
#include "ledger/clauses_units.hpp"
#include "replay/clauses_audit.hpp"

namespace api {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using namespace replay;  // NOLINT: likewise

const std::vector<const Clause*>& all_clauses() {
  static const std::vector<const Clause*> all = {
      &FMT_1,  &FMT_2,  &FMT_3,  &FMT_4,  &FMT_5,  &FMT_6,  &FMT_7,  &FMT_8,  &FMT_9,  &FMT_10,
      &FMT_11, &FMT_12, &FMT_13, &FMT_14, &FMT_15, &SIG_1,  &SIG_2,  &SIG_3,  &LOG_1,  &LOG_2,
      &LOG_3,  &LOG_4,  &LOG_5,  &LOG_6,  &LOG_7,  &LOG_8,  &LOG_10, &LOG_11, &LOG_12, &LOG_13,
      &LOG_14, &LOG_15, &LOG_16, &LOG_17, &LOG_18, &LOG_19, &LOG_20, &LOG_21, &LOG_22, &LOG_23,
      &ID_1,   &ID_2,   &ID_3,   &ID_4,   &ID_5,   &ID_6,   &ID_7,   &ID_8,   &ID_9,   &ID_10,
      &ID_11,  &ID_12,  &LED_1,  &LED_2,  &LED_3,  &LED_4,  &LED_5,  &LED_6,  &LED_7,  &LED_8,
      &LED_9,  &PAR_1,  &PAR_2,  &PAR_3,  &PAR_4,  &PAR_5,  &PAR_6,  &KEY_1,  &KEY_2,  &KEY_3,
      &KEY_4,  &KEY_5,  &KEY_6,  &KEY_7,  &KEY_8,  &KEY_9,  &KEY_10, &KEY_11, &ROL_1,  &ROL_2,
      &ROL_3,  &ROL_4,  &ROL_5,  &ROL_6,  &ROL_7,  &ROL_8,  &ROL_9,  &ROL_10, &ACC_1,  &ACC_2,
      &ACC_3,  &ACC_4,  &ACC_5,  &ACC_6,  &APR_1,  &APR_2,  &APR_3,  &APR_4,  &APR_5,  &APR_6,
      &APR_7,  &APR_8,  &RUL_1,  &RUL_2,  &RUL_3,  &RUL_4,  &RUL_5,  &RUL_6,  &RUL_7,  &RUL_8,
      &RUL_9,  &RUL_10, &RUL_11, &RUL_12, &RUL_13, &RUL_14, &RUL_15, &RUL_16, &NDC_1,  &NDC_2,
      &NDC_3,  &NDC_4,  &NDC_6,  &NDC_7,  &INV_1,  &INV_2,  &INV_3,  &INV_4,  &ACT_1,  &ACT_2,
      &ACT_3,  &ACT_4,  &ACT_5,  &ACT_6,  &ACT_7,  &ACT_8,  &ACT_9,  &ACT_10, &ACT_11, &ACT_12,
      &ACT_13, &ACT_14, &ACT_15, &ACT_16, &ACT_17, &ACT_18, &MON_1,  &MON_2,  &MON_3,  &MON_4,
      &MON_5,  &MON_6,  &MON_7,  &MON_8,  &MON_9,  &MON_10, &MON_11, &MON_12, &MON_13, &MON_14,
      &MON_15, &MON_16, &REV_1,  &REV_2,  &REV_3,  &REV_4,  &REV_5,  &REV_6,  &REV_7,  &AUT_1,
      &AUT_2,  &AUT_3,  &AUT_4,  &AUT_5,  &AUT_6,  &AUT_7,  &AUT_8,  &AUT_9,  &AUT_10, &AUT_11,
      &AUT_12, &AUT_13, &AUT_14, &AUT_15, &AUT_16, &AUT_17, &AUT_18, &AUT_19, &AUT_20, &AUT_21,
      &AUT_22, &AUT_23, &AUT_24, &AUT_25, &AUT_26, &AUT_27, &AUT_28, &AUT_29, &AUT_30, &AUT_31,
      &AUT_32, &AUT_33, &AUT_34, &AUT_35, &AUT_36, &AUT_37, &AUT_38, &ISS_1,  &ISS_2,  &ISS_3,
      &ISS_4,  &ISS_5,  &ISS_6,  &ISS_7,  &ISS_8,  &ISS_9,  &ISS_10, &ISS_11, &ISS_12, &ISS_13,
      &ASN_1,  &ASN_2,  &ASN_3,  &ASN_4,  &ASN_5,  &ASN_6,  &ASN_7,  &ASN_8,  &ASN_9,  &ASN_10,
      &PRO_1,  &PRO_2,  &PRO_3,  &PRO_4,  &PRO_5,  &PRO_6,  &PRO_7,  &PRO_8,  &LCK_1,  &LCK_2,
      &LCK_3,  &LCK_4,  &LCK_5,  &LCK_6,  &LCK_7,  &LCK_8,  &LCK_9,  &LCK_10, &LCK_11, &TRF_1,
      &TRF_2,  &TRF_3,  &TRF_4,  &TRF_5,  &TRF_6,  &TRF_7,  &TRF_8,  &USE_1,  &USE_2,  &USE_3,
      &USE_4,  &USE_5,  &USE_6,  &USE_7,  &USE_8,  &USE_9,  &USE_10, &USE_11, &USE_12, &CAN_1,
      &CAN_2,  &CAN_3,  &CAN_4,  &CAN_5,  &RVS_1,  &RVS_2,  &RVS_3,  &RVS_4,  &RVS_5,  &RVS_6,
      &RVS_7,  &COR_1,  &COR_2,  &COR_3,  &COR_4,  &COR_5,  &ADJ_1,  &ADJ_2,  &ADJ_3,  &ADJ_4,
      &ADJ_5,  &ADJ_6,  &RPT_1,  &RPT_2,  &RPT_3,  &RPT_4,  &RPT_5,  &RPT_6,  &RPT_7,  &RPT_8,
      &RPT_9,  &RPT_10, &FND_1,  &FND_2,  &FND_3,  &FND_4,  &FND_5,  &FND_6,  &FND_7,  &WDR_1,
      &WDR_2,  &WDR_3,  &DOC_1,  &DOC_2,  &DOC_3,  &DOC_4,  &AUD_1,  &AUD_2,  &AUD_3,  &AUD_4,
      &STA_1,  &STA_2,  &STA_3,  &EVD_1,  &EVD_2,
  };
  return all;
}

}  // namespace api
