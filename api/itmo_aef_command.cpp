// itmo aef: the agreed electronic format of a Party's year, from a downloaded log.
#include <CLI/CLI.hpp>
#include <iostream>

#include "api/itmo_aef_files.hpp"
#include "api/itmo_commands.hpp"
#include "api/itmo_log_command.hpp"
#include "api/itmo_wording.hpp"

namespace api::itmo {
namespace {

class AefCommand final : public LogCommand {
 private:
  CLI::App* declare(CLI::App& program) override {
    CLI::App* sub = program.add_subcommand(
        "aef", "Write the agreed electronic format of a Party's year, from a downloaded log");
    sub->add_option("--party", request_.party, "the reporting Party, as XHA")->required();
    sub->add_option("--year", request_.year, "the reported calendar year")->required();
    sub->add_option("--out", out_, "directory for the files")->required();
    sub->add_option("--profile", profile_, "carp-checker or nomenclature-2026")
        ->check(CLI::IsMember({"carp-checker", "nomenclature-2026"}));
    sub->add_option("--format", format_, "json, csv, xlsx or all (default)")
        ->check(CLI::IsMember({"json", "csv", "xlsx", "all"}));
    sub->add_option("--submission", request_.version, "version of the submission (default: 1.0)");
    sub->add_option("--submitted", submitted_,
                    "day of submission, as 2029-04-15 (default: that of the entry)");
    return sub;
  }

  Told<Exit> run(const Studied& studied) override {
    request_.profile = *replay::parse_aef_profile(profile_);  // one of the two by the check above
    if (!submitted_.empty()) {
      request_.submitted = ledger::parse_date(submitted_);
      if (!request_.submitted) return tell(submitted_ + " is no day; write it as 2029-04-15");
    }
    if (const auto problem = replay::problem_of(studied.books, request_)) return tell(*problem);
    const replay::Aef aef = replay::make_aef(studied.books, request_, studied.provenance);
    if (studied.provenance.demonstration) std::cout << demonstration_mark << '\n';
    std::cout << request_.party << ", " << request_.year << ", as of entry " << aef.entry << " ("
              << ledger::format_timestamp(aef.time) << "), profile " << profile_ << ":\n";
    for (const replay::AefTable table : replay::all_aef_tables) {
      std::cout << "  " << replay::sheet_of(table).name << ": "
                << counted(aef.rows(table).size(), "row") << '\n';
    }
    const auto written = write_aef(aef, out_, formats());
    if (!written) return tell(written.error());
    for (const auto& path : *written) std::cout << path.string() << '\n';
    return Exit::fine;
  }

  [[nodiscard]] std::vector<replay::AefFormat> formats() const {
    using replay::AefFormat;
    if (format_ == "json") return {AefFormat::json};
    if (format_ == "csv") return {AefFormat::csv};
    if (format_ == "xlsx") return {AefFormat::xlsx};
    return {AefFormat::json, AefFormat::csv, AefFormat::xlsx};
  }

  replay::AefRequest request_;
  std::string out_, submitted_;
  std::string profile_ = "carp-checker", format_ = "all";
};

}  // namespace

std::unique_ptr<Command> aef_command() {
  return std::make_unique<AefCommand>();
}

}  // namespace api::itmo
