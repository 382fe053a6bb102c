// itmo rules what-if: what a proposed version of an approach's rules would have changed.
#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <variant>

#include "api/itmo_commands.hpp"
#include "api/itmo_draft.hpp"
#include "api/itmo_log_command.hpp"
#include "api/itmo_wording.hpp"
#include "replay/what_if.hpp"

namespace api::itmo {
namespace {

using nlohmann::ordered_json;

// ---- in words ----

void print(std::ostream& out, const replay::OtherVerdict& verdict) {
  out << "  entry " << verdict.entry << " (" << ledger::format_timestamp(verdict.time) << "), "
      << verdict.type << ": " << sentence_of(verdict.violation) << '\n';
}

void print(std::ostream& out, const replay::OtherOutcome& outcome) {
  out << "  entry " << outcome.entry << " (" << ledger::format_timestamp(outcome.time) << "), "
      << outcome.type << '\n';
  for (const std::string& line : outcome.now) out << "    now:  " << line << '\n';
  for (const std::string& line : outcome.then) out << "    then: " << line << '\n';
}

void print(std::ostream& out, const replay::OtherBalance& balance) {
  out << "  " << balance.what << ": now " << amount(balance.now) << ", then "
      << amount(balance.then) << '\n';
}

void print(std::ostream& out, const replay::Difference& difference) {
  if (difference.registry.empty()) return;  // a sum, which stands among the balances
  out << "  units " << serials(difference.range.first, difference.range.last()) << " of "
      << difference.registry << "\n    now:  " << difference.one
      << "\n    then: " << difference.other << '\n';
}

void print(std::ostream& out, const replay::OtherRow& row) {
  out << "  " << row.party << " " << row.year << ", " << replay::sheet_of(row.table).name
      << (row.now ? ", only now: " : ", only then: ");
  std::string_view between;
  for (const replay::Cell& cell : row.row.cells) {
    out << between << replay::text_of(cell);
    between = " | ";
  }
  out << '\n';
}

template <class List>
void print_all(std::ostream& out, std::string_view heading, const List& list) {
  out << heading << ": " << (list.empty() ? "none" : std::to_string(list.size())) << '\n';
  for (const auto& each : list) print(out, each);
}

void print(std::ostream& out, const replay::WhatIfReport& report) {
  if (report.inadmissible) {
    out << "The proposed rules could not have been adopted:\n";
    print(out, *report.inadmissible);
    return;
  }
  if (!report.differs()) {
    out << "Nothing would differ: every entry would be admitted and do what it did.\n";
    return;
  }
  print_all(out, "Entries that would be refused", report.verdicts);
  print_all(out, "Entries that would do something else", report.outcomes);
  print_all(out, "Balances that would differ", report.balances);
  print_all(out, "Units that would stand differently", report.units.differences);
  print_all(out, "Rows of AEFs that would differ", report.rows);
}

// ---- as JSON ----

ordered_json json_of(const replay::OtherVerdict& verdict) {
  return {{"entry", verdict.entry},
          {"time", ledger::format_timestamp(verdict.time)},
          {"type", verdict.type},
          {"clause", verdict.violation.clause->id},
          {"detail", verdict.violation.detail}};
}

ordered_json json_of(const replay::OtherOutcome& outcome) {
  return {{"entry", outcome.entry},
          {"time", ledger::format_timestamp(outcome.time)},
          {"type", outcome.type},
          {"now", outcome.now},
          {"then", outcome.then}};
}

ordered_json json_of(const replay::OtherBalance& balance) {
  return {{"what", balance.what}, {"now", balance.now}, {"then", balance.then}};
}

ordered_json json_of(const replay::Difference& difference) {
  return {{"registry", difference.registry},
          {"first", difference.range.first},
          {"last", difference.range.last()},
          {"now", difference.one},
          {"then", difference.other}};
}

ordered_json json_of(const replay::OtherRow& row) {
  ordered_json cells = ordered_json::array();
  for (const replay::Cell& cell : row.row.cells) cells.push_back(replay::text_of(cell));
  return {{"party", row.party},
          {"year", row.year},
          {"table", replay::sheet_of(row.table).name},
          {"printed", row.now ? "now" : "then"},
          {"cells", std::move(cells)},
          {"entries", row.row.entries}};
}

template <class List>
ordered_json all_of(const List& list) {
  ordered_json out = ordered_json::array();
  for (const auto& each : list) out.push_back(json_of(each));
  return out;
}

ordered_json json_of(const replay::WhatIfReport& report) {
  ordered_json out{{"replaced", report.replaced}, {"differs", report.differs()}};
  if (report.inadmissible) {
    out["inadmissible"] = json_of(*report.inadmissible);
    return out;
  }
  out["refused"] = all_of(report.verdicts);
  out["outcomes"] = all_of(report.outcomes);
  out["balances"] = all_of(report.balances);
  out["units"] = ordered_json::array();
  for (const replay::Difference& difference : report.units.differences) {
    if (!difference.registry.empty()) out["units"].push_back(json_of(difference));
  }
  out["rows"] = all_of(report.rows);
  return out;
}

class WhatIfCommand final : public LogCommand {
 private:
  CLI::App* declare(CLI::App& program) override {
    CLI::App* rules = program.add_subcommand("rules", "Try out rules before they are signed");
    rules->require_subcommand(1);
    CLI::App* sub = rules->add_subcommand(
        "what-if", "Replay a downloaded log as if an approach had adopted the proposed rules");
    sub->add_option("FILE", file_, "the proposed approach.rules_adopted, signed or not")
        ->required();
    sub->add_flag("--json", json_, "as one JSON object");
    return sub;
  }

  Told<> prepare() override {
    const Told<Draft> draft = read_draft(file_);
    if (!draft) return tell(draft.error());
    const auto* rules = std::get_if<ledger::ApproachRules>(&draft->event.body);
    if (rules == nullptr) {
      return tell(file_ + " is " + std::string(ledger::type_of(draft->event.body)) +
                  "; give an approach.rules_adopted");
    }
    approach_ = rules->approach;
    what_if_.emplace(*rules);
    return {};
  }

  void follow(const ledger::Entry& entry, const ledger::Effects& effects) override {
    what_if_->take(entry, effects);
  }

  Told<Exit> run(const Studied& studied) override {
    const replay::WhatIfReport report = what_if_->report(studied.provenance);
    if (report.replaced == 0 && !report.inadmissible) {
      return tell("no entry of the log adopts rules for an approach " + approach_ +
                  ", so there is nothing to try the proposed ones on");
    }
    if (json_) {
      ordered_json out;
      if (studied.provenance.demonstration) out["demonstration"] = demonstration_mark;
      out["approach"] = approach_;
      out["as_of"] = studied.books.size() - 1;
      out.update(json_of(report));
      std::cout << out.dump(2) << '\n';
    } else {
      if (studied.provenance.demonstration) std::cout << demonstration_mark << '\n';
      std::cout << studied.provenance.ledger << ", as of entry " << studied.books.size() - 1
                << ", if approach " << approach_ << " had adopted these rules instead of "
                << counted(report.replaced, "version") << " of its own:\n";
      print(std::cout, report);
    }
    return report.inadmissible ? Exit::refused : Exit::fine;
  }

  std::string file_, approach_;
  std::optional<replay::WhatIf> what_if_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> rules_command() {
  return std::make_unique<WhatIfCommand>();
}

}  // namespace api::itmo
