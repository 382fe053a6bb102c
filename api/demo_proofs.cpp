#include "api/demo_proofs.hpp"

#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "api/demo_audit.hpp"
#include "api/demo_tell.hpp"
#include "api/itmo_files.hpp"

namespace api::demo {
namespace {

namespace fs = std::filesystem;

// What is asked, and why somebody would.
struct Question {
  const char* words;
  const char* target;
  const char* file;
};
constexpr Question questions[] = {
    {"What does XBA's fund hold?", "/v1/accounts/XBA-FUND-XBA?proof=1", "account"},
    {"What became of unit 10,900?", "/v1/units/XHA99:10900?proof=1", "unit"},
    {"Was a unit 15,001 ever issued?", "/v1/units/XHA99:15001?proof=1", "no-unit"},
    {"Is every unit that was issued still somewhere?", "/v1/ledger?proof=1", "ledger"},
};

Told<> wait_for_commitment(HttpClient& client, StopSignals& signals) {
  for (int tries = 0; tries < 1'000 && !signals.came(); ++tries) {
    const Told<Response> answer = client.get("/v1/ledger");
    if (!answer) return tell(answer.error());
    const auto json = nlohmann::json::parse(answer->body, nullptr, false);
    if (json.is_object() && json.contains("commitment")) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return tell("the server does not commit to the state of its log");
}

// The claims alone: what stands behind a star.
void print_claims(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("  * ")) print_wrapped("  ", line.substr(4));
  }
}

Told<> check_with_both(const Stage& stage, const fs::path& file, const fs::path& programs) {
  const fs::path said = file.string() + ".txt";
  const Told<int> first =
      run({programs / "itmo-audit", "balance", file, "--key", stage.vkey_file}, said);
  if (!first) return tell(first.error());
  const Told<std::string> text = itmo::read_file(said);
  if (!text) return tell(text.error());
  if (*first != 0) return tell("the auditor finds nothing proven: " + *text);
  print_claims(*text);
  const auto verifier = find_second_verifier(programs);
  if (!verifier) return {};
  const Told<int> second =
      run({"/usr/bin/env", "python3", "-B", *verifier, "balance", file, "--key", stage.vkey_file},
          file.string() + "-second.txt");
  if (!second) return tell(second.error());
  if (*second != 0 && *second != 127) return tell("the second verifier finds nothing proven");
  return {};
}

}  // namespace

Told<Server> commit_to_state(Server server, const Stage& stage, const fs::path& config,
                             const fs::path& programs, StopSignals& signals) {
  const std::uint16_t port = server.address().port;
  if (Told<> stopped = server.stop(); !stopped) return tell(stopped.error());
  if (Told<> done = configure_commitments(stage, config, port); !done) return tell(done.error());
  Told<Server> again = Server::start(config, programs, signals);
  if (!again) return again;
  HttpClient client(again->address());
  if (Told<> done = wait_for_commitment(client, signals); !done) return tell(done.error());
  return again;
}

Told<> show_proofs(const Stage& stage, HttpClient& client, const fs::path& programs) {
  const fs::path folder = stage.directory / "DEMONSTRATION-proofs";
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) return tell("cannot make " + folder.string() + ": " + error.message());
  for (const Question& question : questions) {
    const Told<Response> answer = client.get(question.target);
    if (!answer) return tell(answer.error());
    if (answer->status != 200) return tell("there is no proof: " + answer->body);
    const fs::path file = folder / (std::string(question.file) + ".json");
    if (Told<> written = itmo::write_file(file, answer->body); !written) return written;
    print_wrapped("", std::string(question.words) + " (" + std::to_string(answer->body.size()) +
                          " bytes prove it)");
    if (Told<> checked = check_with_both(stage, file, programs); !checked) return checked;
  }
  return {};
}

}  // namespace api::demo
