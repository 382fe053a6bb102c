// itmo precheck, summary, authorizations, due, statement: what else is read from a downloaded log.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "api/itmo_calendar.hpp"
#include "api/itmo_commands.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_log_command.hpp"
#include "api/itmo_wording.hpp"
#include "replay/aef_check.hpp"
#include "replay/authorization_summary.hpp"
#include "replay/due.hpp"
#include "replay/flags.hpp"
#include "replay/statement.hpp"
#include "replay/summary.hpp"

namespace api::itmo {
namespace {

namespace fs = std::filesystem;

// ---- precheck ----

class PrecheckCommand final : public LogCommand {
 private:
  CLI::App* declare(CLI::App& program) override {
    CLI::App* sub = program.add_subcommand(
        "precheck", "Check a Party's AEF before submission, also against its partners'");
    sub->add_option("--party", request_.party, "the reporting Party, as XHA")->required();
    sub->add_option("--year", request_.year, "the reported calendar year")->required();
    sub->add_option("--profile", profile_, "carp-checker or nomenclature-2026")
        ->check(CLI::IsMember({"carp-checker", "nomenclature-2026"}));
    sub->add_flag("--json", json_, "as one JSON object");
    return sub;
  }

  // A check, and of whose tables it is beside the Party's.
  struct Part {
    std::string partner;  // empty: the Party's own tables
    replay::AefCheck check;
  };

  Told<Exit> run(const Studied& studied) override {
    request_.profile = *replay::parse_aef_profile(profile_);  // one of the two by the check above
    if (const auto problem = replay::problem_of(studied.books, request_)) return tell(*problem);
    const replay::Aef own = replay::make_aef(studied.books, request_, studied.provenance);
    std::vector<Part> parts{{"", replay::check_aef(own)}};
    for (replay::PartnerCheck& each : replay::check_partners(studied.books, own)) {
      parts.push_back({std::move(each.partner), std::move(each.check)});
    }
    std::cout << (json_ ? in_json(studied, parts) : in_words(studied, parts));
    for (const Part& part : parts) {
      if (part.check.mark == replay::CheckMark::inconsistent) return Exit::refused;
    }
    return Exit::fine;
  }

  [[nodiscard]] std::string in_words(const Studied& studied, const std::vector<Part>& parts) const {
    std::string out;
    if (studied.provenance.demonstration) out += std::string(demonstration_mark) + '\n';
    for (const Part& part : parts) {
      out += request_.party + ", " + std::to_string(request_.year) +
             (part.partner.empty() ? "" : ", against " + part.partner) + ": " +
             std::string(replay::word_of(part.check.mark)) + '\n';
      for (const replay::AefFinding& finding : part.check.findings) {
        out += "  " + std::to_string(finding.number) + ". " + finding.check +
               (finding.remark ? ", remark, " : ", ") + finding.place + ": " + finding.sentence +
               '\n';
      }
    }
    for (const replay::Flag& flag : flags(studied)) out += "  flag " + describe(flag) + '\n';
    return out;
  }

  // Of the reported year; they make nothing inconsistent.
  [[nodiscard]] std::vector<replay::Flag> flags(const Studied& studied) const {
    std::vector<replay::Flag> all = replay::flags_of(studied.books, request_.party);
    std::erase_if(all, [&](const replay::Flag& flag) { return flag.year != request_.year; });
    return all;
  }

  [[nodiscard]] std::string in_json(const Studied& studied, const std::vector<Part>& parts) const {
    nlohmann::ordered_json out;
    if (studied.provenance.demonstration) out["demonstration"] = demonstration_mark;
    out["party"] = request_.party;
    out["year"] = request_.year;
    out["as_of"] = studied.books.size() - 1;
    for (const Part& part : parts) {
      nlohmann::ordered_json one;
      if (!part.partner.empty()) one["against"] = part.partner;
      one["result"] = replay::word_of(part.check.mark);
      one["findings"] = nlohmann::ordered_json::array();
      for (const replay::AefFinding& finding : part.check.findings) {
        one["findings"].push_back({{"number", finding.number},
                                   {"check", finding.check},
                                   {"remark", finding.remark},
                                   {"parties", finding.parties},
                                   {"place", finding.place},
                                   {"sentence", finding.sentence},
                                   {"entries", finding.entries}});
      }
      out["checks"].push_back(std::move(one));
    }
    out["flags"] = nlohmann::ordered_json::array();
    for (const replay::Flag& flag : flags(studied)) {
      out["flags"].push_back(
          {{"rule", flag.rule}, {"sentence", flag.sentence}, {"entries", flag.entries}});
    }
    return out.dump(2) + '\n';
  }

  replay::AefRequest request_;
  std::string profile_ = "carp-checker";
  bool json_ = false;
};

// ---- summary ----

class SummaryCommand final : public LogCommand {
 private:
  CLI::App* declare(CLI::App& program) override {
    CLI::App* sub = program.add_subcommand(
        "summary", "Print the structured summary of the NDC period that contains a year");
    sub->add_option("--party", party_, "the Party, as XHA")->required();
    sub->add_option("--year", year_, "a year of the period")->required();
    sub->add_flag("--csv", csv_, "as comma-separated values");
    calendar_.add_to(*sub);
    return sub;
  }

  Told<> prepare() override { return calendar_.read(); }

  Told<Exit> run(const Studied& studied) override {
    const auto summary = replay::make_summary(studied.books, party_, year_, studied.provenance,
                                              calendar_.calendar());
    if (!summary) {
      return tell(party_ + " has declared no NDC period that contains " + std::to_string(year_));
    }
    std::cout << (csv_ ? replay::to_csv(*summary) : replay::describe(*summary));
    return Exit::fine;
  }

  std::string party_;
  ledger::Year year_ = 0;
  bool csv_ = false;
  CalendarOptions calendar_;
};

// ---- authorizations ----

class AuthorizationsCommand final : public LogCommand {
 private:
  CLI::App* declare(CLI::App& program) override {
    CLI::App* sub = program.add_subcommand(
        "authorizations", "Print a Party's authorizations, all their versions, and what remains");
    sub->add_option("--party", party_, "the Party, as XHA")->required();
    return sub;
  }

  Told<Exit> run(const Studied& studied) override {
    const auto summary =
        replay::make_authorization_summary(studied.books, party_, studied.provenance);
    if (!summary) return tell("the ledger knows no Party " + party_);
    std::cout << replay::describe(*summary, studied.books);
    return Exit::fine;
  }

  std::string party_;
};

// ---- due ----

class DueCommand final : public LogCommand {
 private:
  CLI::App* declare(CLI::App& program) override {
    CLI::App* sub =
        program.add_subcommand("due", "Print what a Party has to do and by when, from the log");
    sub->add_option("--party", party_, "the Party, as XHA")->required();
    sub->add_option("--until", until_, "last day, as 2030-04-15 (default: two years on)");
    sub->add_flag("--ics", as_calendar_, "as a calendar (iCalendar)");
    calendar_.add_to(*sub);
    return sub;
  }

  Told<> prepare() override { return calendar_.read(); }

  Told<Exit> run(const Studied& studied) override {
    constexpr int two_years = 731;  // days
    const auto until = until_.empty()
                           ? ledger::Date{ledger::date_of(studied.books.time()).days + two_years}
                           : ledger::parse_date(until_);
    if (!until) return tell(until_ + " is no day; write it as 2030-04-15");
    const auto list = replay::make_due_list(studied.books, party_, *until, studied.provenance,
                                            calendar_.calendar());
    if (!list) return tell("the ledger knows no Party " + party_);
    std::cout << (as_calendar_ ? replay::to_icalendar(*list) : replay::describe(*list));
    return Exit::fine;
  }

  std::string party_, until_;
  bool as_calendar_ = false;
  CalendarOptions calendar_;
};

// ---- statement ----

class StatementCommand final : public LogCommand {
 private:
  CLI::App* declare(CLI::App& program) override {
    CLI::App* sub =
        program.add_subcommand("statement", "Write the statement of account of a participant");
    sub->add_option("PARTICIPANT", participant_, "its id, as XBA-FUND")->required();
    sub->add_option("--out", out_, "directory for text, CSV and HTML (default: print the text)");
    return sub;
  }

  Told<Exit> run(const Studied& studied) override {
    const auto statement = replay::make_statement(studied.books, participant_, studied.provenance);
    if (!statement) return tell("the ledger knows no participant " + participant_);
    if (out_.empty()) {
      std::cout << replay::to_text(*statement);
      return Exit::fine;
    }
    std::error_code error;
    fs::create_directories(out_, error);
    if (error) return tell("cannot make the directory " + out_ + ": " + error.message());
    const std::string stem =
        std::string(statement->provenance.demonstration ? "DEMONSTRATION-" : "") + "statement-" +
        participant_ + "-entry-" + std::to_string(statement->entry);
    for (const auto& [ending, bytes] : {std::pair{".txt", replay::to_text(*statement)},
                                        {".csv", replay::to_csv(*statement)},
                                        {".html", replay::to_html(*statement)}}) {
      const fs::path file = fs::path(out_) / (stem + ending);
      if (Told<> written = write_file(file, bytes); !written) return tell(written.error());
      std::cout << file.string() << '\n';
    }
    return Exit::fine;
  }

  std::string participant_, out_;
};

}  // namespace

std::unique_ptr<Command> precheck_command() {
  return std::make_unique<PrecheckCommand>();
}
std::unique_ptr<Command> summary_command() {
  return std::make_unique<SummaryCommand>();
}
std::unique_ptr<Command> authorizations_command() {
  return std::make_unique<AuthorizationsCommand>();
}
std::unique_ptr<Command> due_command() {
  return std::make_unique<DueCommand>();
}
std::unique_ptr<Command> statement_command() {
  return std::make_unique<StatementCommand>();
}

}  // namespace api::itmo
