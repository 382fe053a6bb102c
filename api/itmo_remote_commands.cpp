// itmo submit, itmo get: the commands that ask a server.
#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "api/audit_inputs.hpp"
#include "api/itmo_commands.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_remote.hpp"
#include "api/itmo_wording.hpp"

namespace api::itmo {
namespace {

class SubmitCommand final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* sub = program.add_subcommand("submit", "Send a signed event, and prove the answer");
    sub->add_option("SUBMISSION", submission_, "signed event")->required();
    sub->add_option("--url", url_, "the server, as http://127.0.0.1:8080")->required();
    sub->add_option("--vkey", vkey_, "file with the log's verifier key, or its keys, one a line")
        ->required();
    sub->add_option("--out", out_, "file for the receipt, or for the signed refusal");
    sub->add_option("--time", time_, "time of the entry; a demonstration takes it");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    Told<Draft> draft = read_draft(submission_);
    if (!draft) return tell(draft.error());
    if (draft->signatures.empty()) return tell(submission_ + " has no signature yet");
    if (!time_.empty()) {
      draft->time = ledger::parse_timestamp(time_);
      if (!draft->time) return tell("--time is a moment like 2027-02-20T08:00:00.000Z");
    }
    const Told<crypto::LogKeys> log_keys = read_log_keys(vkey_);
    if (!log_keys) return tell(log_keys.error());
    Told<ServerAddress> server = parse_server_address(url_);
    if (!server) return tell(server.error());
    HttpClient client(std::move(*server));
    const Told<Submitted> answer = submit(client, submission_of(*draft), *log_keys);
    if (!answer) return tell(answer.error());
    if (!out_.empty()) {
      if (Told<> kept = write_file(out_, answer->answer); !kept) return tell(kept.error());
    }
    print(*answer);
    return answer->recorded ? Exit::fine : Exit::refused;
  }

  static std::string word_on_proof(const Submitted& answer) {
    if (answer.proven) return "The refusal is signed by the ledger's service key";
    if (answer.doubt.empty()) return "The refusal is not signed";
    return "The refusal is signed, and could not be proven: " + answer.doubt;
  }

  void print(const Submitted& answer) const {
    if (answer.demonstration) std::cout << demonstration_mark << '\n';
    if (answer.recorded) {
      std::cout << (answer.earlier ? "Recorded before, as entry " : "Recorded as entry ")
                << answer.seq << ". The receipt holds: the log's key signed a state that contains "
                << "it.\n";
    } else {
      std::cout << "Refused. " << answer.detail << '\n' << word_on_proof(answer) << ".\n";
    }
    if (!out_.empty()) std::cout << "Kept in " << out_ << ".\n";
  }

  std::string submission_, url_, vkey_, out_, time_;
};

class Get final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* sub = program.add_subcommand("get", "Ask a server what its ledger says");
    sub->add_option("WHAT", what_,
                    "ledger, documents, entry, account, party, unit, authorization, approach, "
                    "activity, clauses, checkpoint")
        ->required()
        ->check(CLI::IsMember(std::vector<std::string>{"ledger", "documents", "entry", "account",
                                                       "party", "unit", "authorization", "approach",
                                                       "activity", "clauses", "checkpoint"}));
    sub->add_option("NAME", name_,
                    "its number, id, code or identifier; of units also XHA99:1-4007");
    sub->add_option("--url", url_, "the server, as http://127.0.0.1:8080")->required();
    sub->add_option("--at", at_, "as it stood at an entry, or at a moment");
    sub->add_option("--out", out_, "file for the answer, byte for byte");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<std::string> target() const {
    static const std::map<std::string, std::string> named{{"entry", "/v1/entries/"},
                                                          {"account", "/v1/accounts/"},
                                                          {"party", "/v1/parties/"},
                                                          {"unit", "/v1/units/"},
                                                          {"authorization", "/v1/authorizations/"},
                                                          {"approach", "/v1/approaches/"},
                                                          {"activity", "/v1/activities/"}};
    if (!at_.empty() && (what_ == "clauses" || what_ == "checkpoint" || what_ == "entry")) {
      return tell("--at is for what changes with entries, not for " + what_);
    }
    if (!name_.empty() && !named.contains(what_)) {
      return tell("there is one answer of " + what_ + ": leave " + name_ + " out");
    }
    if (what_ == "clauses") return "/v1/clauses";
    if (what_ == "checkpoint") return "/checkpoint";
    if (what_ == "ledger" || what_ == "documents") {
      return "/v1/" + what_ + (at_.empty() ? "" : "?at=" + path_segment(at_));
    }
    if (name_.empty()) return tell("give the name of the " + what_);
    return named.at(what_) + path_segment(name_) + (at_.empty() ? "" : "?at=" + path_segment(at_));
  }

  [[nodiscard]] Told<Exit> run() const {
    const Told<std::string> asked = target();
    if (!asked) return tell(asked.error());
    Told<ServerAddress> server = parse_server_address(url_);
    if (!server) return tell(server.error());
    HttpClient client(std::move(*server));
    const Told<Response> response = client.get(*asked);
    if (!response) return tell(response.error());
    if (!out_.empty()) {
      if (Told<> kept = write_file(out_, response->body); !kept) return tell(kept.error());
    } else {
      const auto json = nlohmann::ordered_json::parse(response->body, nullptr, false);
      std::cout << (json.is_structured() ? json.dump(2) + '\n' : response->body);
    }
    return response->status == 200 ? Exit::fine : Exit::refused;
  }

  std::string what_, name_, url_, at_, out_;
};

}  // namespace

std::unique_ptr<Command> submit_command() {
  return std::make_unique<SubmitCommand>();
}
std::unique_ptr<Command> get_command() {
  return std::make_unique<Get>();
}

}  // namespace api::itmo
