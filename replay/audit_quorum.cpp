#include "replay/audit_quorum.hpp"

#include "ledger/ensure.hpp"
#include "replay/clauses_audit.hpp"

namespace replay {

void add_quorum(const Policy& policy, const BundleReader& bundle, const crypto::LogKeys& log_keys,
                AuditReport& report) {
  ENSURE(report.reached == Level::checkpoint,
         "a checkpoint is believed before witnesses are asked");
  const Fetched note = bundle.checkpoint();
  report.quorum = judge_quorum(policy, note.bytes, log_keys);
  if (crypto::open_checkpoint(note.bytes, log_keys) != report.checkpoint) {
    report.quorum->met = false;
    report.quorum->sentence = "The checkpoint changed while the log was read.";
  }
  if (report.quorum->met || report.finding) return;
  report.verdict = AuditReport::Verdict::invalid;
  report.finding =
      Finding{std::nullopt, std::nullopt, "checkpoint", &LOG_23, report.quorum->sentence};
}

}  // namespace replay
