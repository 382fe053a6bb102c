// An audit report in plain sentences.
#include <algorithm>

#include "crypto/text.hpp"
#include "ledger/json.hpp"
#include "ledger/movement.hpp"
#include "replay/audit_words.hpp"

namespace replay {
namespace {

std::string hex(const crypto::Hash& hash) {
  return crypto::to_hex(hash.view());
}

using ledger::grouped;

// "1 entry", "28 entries".
std::string entries(ledger::Seq number) {
  return grouped(static_cast<std::int64_t>(number)) + (number == 1 ? " entry" : " entries");
}

void add_line(std::string& out, const std::string& line) {
  out += line + "\n";
}

std::string levels_up_to(Level reached) {
  if (reached == Level::nothing) return "nothing";
  std::string out;
  for (int level = 1; level <= static_cast<int>(reached); ++level) {
    if (level > 1) out += ", ";
    out += name_of(static_cast<Level>(level));
  }
  return out;
}

void add_verdict(const AuditReport& report, std::string& out) {
  switch (report.verdict) {
    case AuditReport::Verdict::valid:
      add_line(out, "VALID. The log holds at every level: " + levels_up_to(report.reached) + ".");
      return;
    case AuditReport::Verdict::could_not_run:
      add_line(out, "COULD NOT RUN. " + printable(report.problem) +
                        (report.newer_rules
                             ? " Good before that, by spec number " + std::to_string(report.spec) +
                                   ": " + entries(report.entries) + ". Nothing is said of the rest."
                             : std::string(" Nothing is said of the log.")));
      return;
    case AuditReport::Verdict::invalid: break;
  }
  const Finding& finding = *report.finding;
  add_line(out, "INVALID at " + finding.part + ", by " + std::string(finding.clause->id) + ": " +
                    std::string(finding.clause->statement));
  add_line(out, printable(finding.sentence));
  add_line(out, "Level reached: " + std::string(name_of(report.reached)) +
                    " (in order: " + levels_up_to(Level::checkpoint) + ").");
  if (!report.totals) {
    add_line(out, "Good before that: " + entries(report.entries) +
                      ". What stands behind was not looked at, and no figures are given.");
  }
}

void add_log(const AuditReport& report, std::string& out) {
  if (!report.checkpoint) return;
  const bool is_signed = report.reached == Level::checkpoint;
  add_line(out, "");
  add_line(out, "Log         " + printable(report.checkpoint->origin));
  add_line(out, std::string("Checkpoint  ") + std::to_string(report.checkpoint->size) +
                    " entries, root " + hex(report.checkpoint->root) +
                    (is_signed ? "" : " (not proven)"));
  if (report.last_time) {
    add_line(out, "Last entry  " + ledger::format_timestamp(*report.last_time));
  }
  if (report.opening) add_line(out, "Opening     leaf hash " + hex(*report.opening));
  for (const std::string& vkey : report.unknown_log_keys) {
    if (!is_signed) break;  // the finding says which key signed instead of the reader's
    add_line(out, "Log key     the log also names " + vkey +
                      ", which you did not give: have a Party confirm it, then put it below yours "
                      "in the file of log keys");
  }
  if (report.entries > 0) {
    add_line(out, "Spec        number " + std::to_string(report.spec));
  }
  if (report.commitment) {
    add_line(out, "State       committed to by entry " + std::to_string(report.commitment->first) +
                      ", root " + hex(report.commitment->second.root));
  }
  if (report.contains) {
    add_line(out, "Contains    the log of the older checkpoint, " + entries(*report.contains));
  }
}

void add_keys(const AuditReport& report, std::string& out) {
  if (report.party_keys.empty()) return;
  add_line(out, "");
  const bool claimed = std::any_of(
      report.party_keys.begin(), report.party_keys.end(),
      [](const PartyKey& key) { return key.ground == PartyKey::Ground::claimed_by_operator; });
  add_line(out, claimed ? "Party keys as claimed by the operator where nothing pins them. Compare "
                          "each fingerprint with what the Party itself publishes, and pin it with "
                          "--trust:"
                        : "Party keys, all pinned by the trust file:");
  for (const PartyKey& key : report.party_keys) {
    add_line(out,
             "  " + key.party + "  " + hex(key.fingerprint) + "  entry " +
                 std::to_string(key.enrolled_by) + (key.recovery ? ", recovery" : "") +
                 (key.retired_by ? ", retired at entry " + std::to_string(*key.retired_by) : "") +
                 ", " + std::string(name_of(key.ground)));
  }
}

std::string sentence_of(const Tally& tally) {
  return grouped(tally.issued) + " issued = " + grouped(tally.held) + " held + " +
         grouped(tally.used) + " used + " + grouped(tally.cancelled) + " cancelled";
}

void add_years(const std::map<ledger::Year, std::int64_t>& years, const std::string& before,
               std::string& out) {
  for (const auto& [year, quantity] : years) {
    add_line(out, "      " + before + " " + std::to_string(year) + ": " + grouped(quantity));
  }
}

void add_party(const PartyTotal& party, std::string& out) {
  add_line(out, "  " + party.id + "  " + party.name);
  add_line(out, "      issued as host " + grouped(party.issued) + "; in its section " +
                    grouped(party.held) + " held, " + grouped(party.used) + " used, " +
                    grouped(party.cancelled) + " cancelled");
  add_years(party.first_transferred, "first transferred of vintage", out);
  add_years(party.used_for, "used towards its NDC for", out);
  for (const auto& [year, recorded] : party.adjustments) {
    add_line(out, "      adjustment of " + std::to_string(year) + ", version " +
                      std::to_string(recorded.version) + ": first transferred " +
                      grouped(recorded.first_transferred) + " less used " + grouped(recorded.used) +
                      " = " + grouped(recorded.first_transferred - recorded.used));
  }
}

void add_totals(const Totals& totals, std::string& out) {
  add_line(out, "");
  add_line(out, "Units       " + sentence_of(totals.all));
  if (!totals.accounts.empty()) add_line(out, "Accounts (held)");
  for (const AccountTotal& account : totals.accounts) {
    add_line(out, "  " + account.id + "  " + grouped(account.quantity) + "  holder " +
                      account.participant + ", section of " + account.party);
  }
  if (!totals.parties.empty()) add_line(out, "Parties");
  for (const PartyTotal& party : totals.parties) add_party(party, out);
  if (!totals.activities.empty()) add_line(out, "Activities");
  for (const ActivityTotal& activity : totals.activities) {
    add_line(out,
             "  " + activity.id + " (" + activity.approach + "): " + sentence_of(activity.tally));
  }
  if (!totals.vintages.empty()) add_line(out, "Vintages");
  for (const auto& [vintage, tally] : totals.vintages) {
    add_line(out, "  " + std::to_string(vintage) + ": " + sentence_of(tally));
  }
}

void add_comparisons(const std::vector<Comparison>& comparisons, std::string& out) {
  if (comparisons.empty()) return;
  add_line(out, "");
  add_line(out, "Reports     made again from the log");
  for (const Comparison& comparison : comparisons) {
    add_line(out, std::string(comparison.identical ? "  IDENTICAL  " : "  DIFFERS  ") +
                      printable(comparison.file));
    add_line(out, "      " + printable(comparison.sentence));
  }
}

// A moment of a witness's clock, which may be any.
std::string second_of(std::uint64_t seconds) {
  if (seconds > static_cast<std::uint64_t>(ledger::last_moment.ms) / 1'000) {
    return "second " + std::to_string(seconds);
  }
  return ledger::format_timestamp({static_cast<std::int64_t>(seconds) * 1'000});
}

void add_quorum_lines(const std::optional<Quorum>& quorum, std::string& out) {
  if (!quorum) return;
  add_line(out, "");
  add_line(out, "Witnesses   " + quorum->sentence);
  for (const WitnessWord& word : quorum->witnesses) add_line(out, "  " + describe(word));
}

}  // namespace

std::string_view name_of(AuditReport::Verdict verdict) {
  switch (verdict) {
    case AuditReport::Verdict::valid: return "valid";
    case AuditReport::Verdict::invalid: return "invalid";
    case AuditReport::Verdict::could_not_run: break;
  }
  return "could not run";
}

std::string_view name_of(PartyKey::Ground ground) {
  switch (ground) {
    case PartyKey::Ground::claimed_by_operator: return "as claimed by the operator";
    case PartyKey::Ground::opening_pinned: return "follows from the pinned opening";
    case PartyKey::Ground::key_pinned: break;
  }
  return "pinned";
}

std::string describe(const WitnessWord& word) {
  std::string said = "did not cosign";
  if (word.verdict == crypto::Cosignature::Verdict::wrong) said = "WRONG";
  if (word.verdict == crypto::Cosignature::Verdict::valid) said = second_of(word.time);
  return printable(word.witness) + "  " + said + "  " +
         printable(crypto::format_witness_vkey(word.key));
}

std::string printable(std::string_view text) {
  std::string out(text.substr(0, ledger::json::max_string_bytes));
  if (ledger::json::is_plain_string(out)) return out;
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return out;
}

std::string describe(const AuditReport& report) {
  std::string out;
  if (report.demonstration) add_line(out, std::string(demonstration_mark));
  add_verdict(report, out);
  if (report.verdict == AuditReport::Verdict::could_not_run) return out;
  add_log(report, out);
  add_quorum_lines(report.quorum, out);
  add_keys(report, out);
  if (report.totals) add_totals(*report.totals, out);
  add_comparisons(report.comparisons, out);
  return out;
}

}  // namespace replay
