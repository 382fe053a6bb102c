#include "api/itmo_study.hpp"

#include <utility>

#include "api/audit_inputs.hpp"
#include "api/itmo_files.hpp"
#include "api/source.hpp"

namespace api::itmo {

Told<Studied> study(const std::string& log, const std::string& vkey_file,
                    std::optional<ledger::Seq> at, const replay::Follow& follow) {
  const Told<crypto::LogKeys> log_keys = read_log_keys(vkey_file);
  if (!log_keys) return tell(log_keys.error());
  const Told<Source> source = open_source(log);
  if (!source) return tell(source.error());
  if (!source->bundle) return tell(source->fault);
  Studied out;
  replay::Workers workers(replay::Workers::cores());
  out.audit = replay::audit(*source->bundle, *log_keys, {}, workers, {},
                            [&](const ledger::Entry& entry, const ledger::Effects& effects) {
                              if (at && entry.seq > *at) return;
                              out.books.take(effects);
                              if (follow) follow(entry, effects);
                            });
  if (out.audit.verdict == replay::AuditReport::Verdict::could_not_run) {
    return tell(out.audit.problem);
  }
  out.provenance.demonstration = out.audit.demonstration;
  if (out.audit.checkpoint) out.provenance.ledger = out.audit.checkpoint->origin;
  if (out.is_valid() && at && *at >= out.audit.entries) {
    return tell("the log has entries 0 to " + std::to_string(out.audit.entries - 1) +
                "; there is no entry " + std::to_string(*at));
  }
  return out;
}

std::string refusal_of(const Studied& studied) {
  return replay::describe(studied.audit) + "No report is made of a log that does not hold.\n";
}

}  // namespace api::itmo
