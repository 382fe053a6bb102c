#include "api/demo_run.hpp"

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "api/demo_audit.hpp"
#include "api/demo_deceit.hpp"
#include "api/demo_documents.hpp"
#include "api/demo_figures.hpp"
#include "api/demo_process.hpp"
#include "api/demo_proofs.hpp"
#include "api/demo_reports.hpp"
#include "api/demo_server.hpp"
#include "api/demo_stage.hpp"
#include "api/demo_tell.hpp"
#include "api/demo_watchers.hpp"
#include "api/http_client.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_wording.hpp"

namespace api::demo {
namespace {

namespace fs = std::filesystem;

void heading(const std::string& text) {
  std::cout << "\n=== " << text << " ===\n\n";
}

// The first paragraph of a report, its lines wrapped.
void print_paragraph(const std::string& text) {
  std::istringstream lines(text.substr(0, text.find("\n\n")));
  for (std::string line; std::getline(lines, line);) print_wrapped("  ", line);
}

// One demonstration: what is set up, and the steps in their order.
class Run {
 public:
  Run(const Options& options, Stage stage, fs::path programs)
      : options_(options), stage_(std::move(stage)), programs_(std::move(programs)) {}

  Told<> start_server() {
    Told<Server> started = Server::start(stage_.config, programs_, signals_);
    if (!started) return tell(started.error());
    server_.emplace(std::move(*started));
    client_.emplace(server_->address());
    return {};
  }

  Told<> tell_the_story() {
    heading("The story, sent event by event to " + server_->url());
    print_wrapped("",
                  "Real: the Parties, actors, quantities and dates that public sources state. In "
                  "brackets: what is synthetic. XHA, XBA, XCA and all that concerns them are "
                  "fictional. Every signature is made with a key file of this run.");
    std::cout << '\n';
    return tell_story(stage_, *client_, signals_);
  }

  Told<> keep_the_documents() {
    heading("The documents that events name");
    const Told<std::size_t> kept = put_documents(stage_, *client_);
    if (!kept) return tell(kept.error());
    print_wrapped("", "The server serves " + itmo::counted(*kept, "public document") +
                          " beside the log, each by its hash, and every one was fetched and "
                          "compared. Their titles are commitments; all are synthetic.");
    return {};
  }

  Told<> commit_to_the_state() {
    heading("The operator commits to the state of the ledger");
    Told<Server> again =
        commit_to_state(std::move(*server_), stage_, stage_.config, programs_, signals_);
    if (!again) return tell(again.error());
    server_.emplace(std::move(*again));
    client_.emplace(server_->address());
    print_wrapped("",
                  "The server was stopped, and started with a key of the operator's that signs "
                  "commitments: one entry more has the root over all accounts, units and totals. "
                  "Whoever replays the log finds the same root, or an operator at fault.");
    return {};
  }

  Told<> prove_balances() {
    heading("Balances with proofs, for whoever has no copy of the log");
    return show_proofs(stage_, *client_, programs_);
  }

  Told<> show_balances() {
    heading("Balances, as the server answers them");
    Told<Figures> figures = figures_of_server(stage_, *client_);
    if (!figures) return tell(figures.error());
    figures_ = std::move(*figures);
    print_figures(figures_);
    std::cout << '\n';
    return print_before_last_entry(*client_);
  }

  Told<> audit_the_log() {
    heading("The log, downloaded and audited offline");
    const Told<crypto::Checkpoint> checkpoint = download(stage_, server_->address(), bundle());
    if (!checkpoint) return tell(checkpoint.error());
    checkpoint_ = *checkpoint;
    const Told<Audited> audited = audit(stage_, bundle(), programs_);
    if (!audited) return tell(audited.error());
    // The figures below that line are those that were printed above.
    std::cout << audited->text.substr(0, audited->text.find("Accounts (held)")) << '\n';
    print_wrapped("", "The whole report is in " + audited->file.string());
    if (audited->status != 0) return tell("the auditor does not find the log valid");
    const Told<Figures> recomputed = figures_of_audit(audited->json);
    if (!recomputed) return tell(recomputed.error());
    if (*recomputed != figures_) return tell("the server's balances are not the audited ones");
    std::cout << '\n';
    print_wrapped(
        "",
        "All balances that the server answered are those that the auditor recomputed from "
        "the log alone.");
    return {};
  }

  Told<> report_to_the_convention() {
    heading("Each Party's annual report, in the agreed electronic format");
    if (Told<> done = report(stage_, bundle(), reports(), programs_); !done) return done;
    std::cout << '\n';
    print_wrapped(
        "", "The auditor made every file again from the log, byte for byte: " + reports().string());
    return {};
  }

  Told<> alter_the_log() {
    heading("One byte of a copy is changed");
    const fs::path altered = stage_.directory / "DEMONSTRATION-altered";
    const Told<Alteration> change = alter(bundle(), altered);
    if (!change) return tell(change.error());
    print_wrapped("", "Somebody changes byte " + std::to_string(change->offset) + " of " +
                          change->file + " from " + change->before + " to " + change->after +
                          ": the quantity of a transfer, in entry " +
                          std::to_string(change->entry) + ". The auditor:");
    const Told<Audited> audited = audit(stage_, altered, programs_);
    if (!audited) return tell(audited.error());
    std::cout << '\n';
    print_paragraph(audited->text);
    const auto report = nlohmann::json::parse(audited->json, nullptr, false);
    const bool named = audited->status == 1 && report.is_object() && report.contains("finding") &&
                       report["finding"].value("entry", ledger::Seq{0}) == change->entry;
    return named ? Told<>{} : tell("the auditor does not name the altered entry");
  }

  Told<> watch_the_log() {
    heading("Two governments watch the log");
    print_wrapped("",
                  "XHA and XBA each run a node with a key of its own. It fetches every entry "
                  "from the server, judges it by all rules, and cosigns the newest checkpoint. "
                  "Its copy of the log, with its signature, is one that any web server serves.");
    std::cout << '\n';
    Told<Watchers> watchers = Watchers::set_up(stage_, programs_);
    if (!watchers) return tell(watchers.error());
    watchers_.emplace(std::move(*watchers));
    return watchers_->cosign(server_->url());
  }

  Told<> fork_the_log() {
    heading("The operator shows both another log");
    return show_another_log(stage_, programs_, *watchers_, signals_);
  }

  Told<> break_a_rule() {
    heading("The operator signs what the rules forbid");
    if (Told<> done = use_units_again(stage_, *client_, bundle(), *watchers_); !done) return done;
    std::cout << '\n';
    print_wrapped("", "Neither node cosigned anything but the " + std::to_string(checkpoint_.size) +
                          " entries of the log.");
    return {};
  }

  Told<> write_outcome() {
    if (options_.json.empty()) return {};
    const std::string text =
        outcome_json(figures_, checkpoint_, stage_, bundle(), reports(), watchers_->all()) + '\n';
    return itmo::write_file(options_.json, text);
  }

  // Until a signal comes.
  Told<> stay() {
    heading("The server stays up");
    print_addresses();
    std::cout.flush();
    if (!options_.ready_file.empty()) {
      const std::string text = server_->url() + '\n' + stage_.vkey_file.string() + '\n';
      if (Told<> written = itmo::write_file(options_.ready_file, text); !written) return written;
    }
    while (signals_.wait() == StopSignals::What::child_ended) {
      if (server_->has_ended()) return tell("the server ended by itself; see server.log");
    }
    return {};
  }

  Told<> stop_server() { return server_->stop(); }

  [[nodiscard]] bool interrupted() { return signals_.came(); }

 private:
  [[nodiscard]] fs::path bundle() const { return stage_.directory / "DEMONSTRATION-log"; }
  [[nodiscard]] fs::path reports() const { return stage_.directory / "DEMONSTRATION-aef"; }

  // The numbers of the entries that transfer units. Refused acts of the story have none.
  [[nodiscard]] std::vector<std::string> transfers() const {
    std::vector<std::string> numbers;
    ledger::Seq next = 0;
    for (const story::Act& act : stage_.acts) {
      if (!act.refused_by.empty()) continue;
      if (std::holds_alternative<ledger::UnitsTransferred>(act.event.body)) {
        numbers.push_back(std::to_string(next));
      }
      ++next;
    }
    return numbers;
  }

  void print_addresses() const {
    const std::string url = server_->url();
    const std::string program = programs_ / "itmo";
    const std::string vkey = stage_.vkey_file;
    print_wrapped("", "The first transfers are entries " + itmo::listed(transfers()) +
                          "; README checks the signatures of one with openssl alone.");
    std::cout << "\nTry, in another terminal:\n\n"
              << "  curl -s '" << url << "/v1/parties/GHA' | jq\n"
              << "  curl -s '" << url << "/v1/accounts/KLIK-CHE' | jq\n"
              << "  curl -s '" << url << "/v1/units/CA9902-GHA99-GHA-1-2024' | jq\n"
              << "  curl -s '" << url << "/v1/parties/XHA?at=2028-12-31T23:59:59.999Z' | jq\n"
              << "  curl -s '" << url << "/v1/entries/0' | jq\n"
              << "  curl -s '" << url << "/v1/documents' | jq\n"
              << "  curl -s " << url << "/checkpoint\n"
              << "  curl -s '" << url << "/v1/accounts/KLIK-CHE?proof=1' > proof.json\n"
              << "  " << (programs_ / "itmo-audit").string() << " balance proof.json --key " << vkey
              << '\n'
              << "  " << program << " get entry 0 --url " << url << " --out opening.json\n"
              << "  " << program << " receipt opening.json --vkey " << vkey << '\n'
              << "  " << program << " bundle my-copy --url " << url << " --vkey " << vkey << '\n'
              << "  " << (programs_ / "itmo-audit").string() << " my-copy --key " << vkey << '\n'
              << "  " << program << " keygen my-node.pem\n"
              << "  " << (programs_ / "itmo-audit").string() << " watch " << url << " --key "
              << vkey
              << " --mirror my-node --cosigner my-node.pem --name witness.example/me --once\n\n"
              << "Ctrl-C stops it. All files stay in " << stage_.directory.string() << '\n';
  }

  const Options& options_;
  Stage stage_;
  fs::path programs_;
  StopSignals signals_;
  std::optional<Server> server_;
  std::optional<HttpClient> client_;
  Figures figures_;
  crypto::Checkpoint checkpoint_;
  std::optional<Watchers> watchers_;
};

}  // namespace

Told<> run_demonstration(const Options& options) {
  const fs::path programs = program_directory();
  std::cout << itmo::demonstration_mark << '\n';
  Told<Stage> stage = set_up(options.directory, programs, options.port);
  if (!stage) return tell(stage.error());
  std::cout << "\nKeys, configuration, log and audits of this run: " << stage->directory.string()
            << '\n';
  Run run(options, std::move(*stage), programs);
  if (Told<> done = run.start_server(); !done) return done;
  for (const auto step : {&Run::tell_the_story, &Run::keep_the_documents, &Run::commit_to_the_state,
                          &Run::show_balances, &Run::prove_balances, &Run::audit_the_log,
                          &Run::report_to_the_convention, &Run::alter_the_log, &Run::watch_the_log,
                          &Run::fork_the_log, &Run::break_a_rule, &Run::write_outcome}) {
    if (run.interrupted()) return run.stop_server();
    if (Told<> done = (run.*step)(); !done) return done;
    std::cout.flush();
  }
  if (!options.once) {
    if (Told<> done = run.stay(); !done) return done;
  }
  if (Told<> done = run.stop_server(); !done) return done;
  std::cout << "\n" << itmo::demonstration_mark << ". The server has stopped.\n";
  return {};
}

}  // namespace api::demo
