#include "api/demo_deceit.hpp"

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "api/demo_forgery.hpp"
#include "api/demo_proofs.hpp"
#include "api/demo_server.hpp"
#include "api/demo_tell.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_remote.hpp"
#include "api/itmo_wording.hpp"
#include "api/site.hpp"
#include "ledger/time.hpp"

namespace api::demo {
namespace {

namespace fs = std::filesystem;

constexpr const char* in_time = "2028-12-31T22:15:00.000Z";  // of the story's second transfer
constexpr const char* too_late = "2029-01-01T00:15:00.000Z";

// What the story's transfer at that moment moves; nothing where it has none.
std::optional<std::int64_t> transferred_in_time(const Stage& stage) {
  for (const story::Act& act : stage.acts) {
    const auto* body = std::get_if<ledger::UnitsTransferred>(&act.event.body);
    if (body != nullptr && act.refused_by.empty() && act.time == story::at(in_time)) {
      return body->quantity;
    }
  }
  return std::nullopt;
}

// Everything that the ledger admitted, with the same signatures, but that one entry later.
Told<> retell(Stage& stage, HttpClient& client) {
  for (story::Act act : stage.acts) {
    if (!act.refused_by.empty()) continue;
    if (act.time == story::at(in_time)) act.time = story::at(too_late);
    const Told<itmo::Submitted> answer =
        itmo::submit(client, story::submission_of(act, stage.cast, true), stage.vkey);
    if (!answer) return tell(answer.error());
    if (!answer->recorded) return tell("the other server refuses: " + answer->detail);
  }
  return {};
}

// A server of the same operator with the story retold, and committed to.
Told<Server> start_other_server(Stage& stage, const fs::path& programs, StopSignals& signals) {
  const Told<fs::path> config = set_up_other_server(stage);
  if (!config) return tell(config.error());
  Told<Server> server = Server::start(*config, programs, signals);
  if (!server) return server;
  HttpClient client(server->address());
  if (Told<> told = retell(stage, client); !told) return tell(told.error());
  return commit_to_state(std::move(*server), stage, *config, programs, signals);
}

// Whoever has no other log to compare with finds nothing.
Told<> audit_alone(const Stage& stage, const std::string& url, const fs::path& programs) {
  const fs::path log = stage.directory / "DEMONSTRATION-audit-of-the-other-log.txt";
  const Told<int> status = run({programs / "itmo-audit", url, "--key", stage.vkey_file}, log);
  if (!status) return tell(status.error());
  if (*status == 0) return {};
  return tell("the other log is not valid by itself; see " + log.string());
}

// The airline's use for CORSIA once more: the same units, the same signers, a day after the story.
std::optional<story::Act> second_use(const Stage& stage) {
  const auto used = std::find_if(stage.acts.begin(), stage.acts.end(), [](const story::Act& act) {
    const auto* body = std::get_if<ledger::UnitsUsed>(&act.event.body);
    return body != nullptr && act.refused_by.empty() &&
           std::find(act.signers.begin(), act.signers.end(), "XBA-AIR") != act.signers.end();
  });
  if (used == stage.acts.end()) return std::nullopt;
  story::Act act = *used;
  act.time = ledger::plus_days(stage.acts.back().time, 1);
  act.event.id += "-again";
  act.event.date = ledger::date_of(act.time);
  act.event.expires = ledger::plus_days(act.time, 30);
  return act;
}

}  // namespace

Told<> show_another_log(Stage& stage, const fs::path& programs, Watchers& watchers,
                        StopSignals& signals) {
  const std::optional<std::int64_t> quantity = transferred_in_time(stage);
  if (!quantity) return tell("the story has no transfer on the last evening of 2028");
  Told<Server> server = start_other_server(stage, programs, signals);
  if (!server) return tell(server.error());
  if (Told<> valid = audit_alone(stage, server->url(), programs); !valid) return valid;
  print_wrapped("",
                "A second server has the operator's keys, and the same events under the same "
                "signatures of all Parties. But the transfer of " +
                    itmo::amount(*quantity) +
                    " that the log has on 31 December 2028, 22:15, stands there on 1 January "
                    "2029, 00:15. Audited by itself that log is valid, too. The two nodes are "
                    "led to it, " +
                    server->url() + ".");
  std::cout << '\n';
  if (Told<> found = watchers.find_fault(server->url(), "fork", "LOG-19"); !found) return found;
  return server->stop();
}

Told<> use_units_again(Stage& stage, HttpClient& client, const fs::path& bundle,
                       Watchers& watchers) {
  const std::optional<story::Act> act = second_use(stage);
  if (!act) return tell("the story has no use by the airline");
  const Told<itmo::Submitted> answer =
      itmo::submit(client, story::submission_of(*act, stage.cast, true), stage.vkey);
  if (!answer) return tell(answer.error());
  if (answer->recorded || answer->clause.empty() || !answer->proven) {
    return tell("the ledger does not refuse that units are used a second time");
  }
  const std::string units = itmo::amount(std::get<ledger::UnitsUsed>(act->event.body).quantity);
  print_wrapped("", "XCA and the airline sign once more the use of the same " + units +
                        " for CORSIA (fictional). The ledger refuses it:");
  print_wrapped("  ", answer->detail);
  const fs::path forged = stage.directory / "DEMONSTRATION-forged-log";
  const Told<ledger::Seq> entry = forge(stage, bundle, *act, forged);
  if (!entry) return tell(entry.error());
  const Told<std::unique_ptr<Site>> site = Site::start(forged);
  if (!site) return tell(site.error());
  std::cout << '\n';
  print_wrapped("",
                "An operator who is in league with them writes it into the log all the same, "
                "as entry " +
                    std::to_string(*entry) +
                    ", and signs. Every signature, the chain and the tree hold, and the log "
                    "goes on from what both nodes cosigned: whoever compares hashes alone "
                    "finds nothing. The nodes are led to it, " +
                    (*site)->url() + ".");
  std::cout << '\n';
  return watchers.find_fault((*site)->url(), "double-use", answer->clause);
}

}  // namespace api::demo
