// itmo document add, export: the files of public documents, into a server's directory and beside a
// downloaded log.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "api/audit_inputs.hpp"
#include "api/config.hpp"
#include "api/document_store.hpp"
#include "api/http_bundle.hpp"
#include "api/http_client.hpp"
#include "api/itmo_document_command.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_public_files.hpp"
#include "api/itmo_wording.hpp"
#include "crypto/text.hpp"

namespace api::itmo {
namespace {

using Json = nlohmann::json;

std::string path_of(const replay::PublicFile& file) {
  return "/v1/documents/" + hex_of(file.sha256);
}

// What a server's ledger says of a file: that it may be read, or a sentence why it is not put.
Told<> may_be_put(HttpClient& client, const std::string& name, const replay::PublicFile& file) {
  std::string target = "/v1/documents?limit=1000";
  while (true) {
    const Told<Response> response = client.get(target);
    if (!response) return tell(response.error());
    const Json page = Json::parse(response->body, nullptr, false);
    if (response->status != 200 || !page.is_object() || !page.contains("documents")) {
      return tell("the server does not list its documents: " + response->body);
    }
    for (const Json& document : page["documents"]) {
      const Json readable = document.value("public", Json());
      if (readable.value("sha256", "") == hex_of(file.sha256)) {
        if (readable.value("size", std::int64_t{-1}) == file.size) return {};
        return tell(name + " has " + number(file.size) + " bytes; the ledger names another size");
      }
      if (document.value("sha256", "") == hex_of(file.sha256)) {
        return tell(name + " is withheld: entry " +
                    std::to_string(document.value("entry", std::uint64_t{0})) +
                    " names it, and it is not public. Nothing was put");
      }
    }
    if (!page.contains("next")) break;
    target = "/v1/documents?limit=1000&from=" + page["next"].dump();
  }
  return tell(name + " has SHA-256 " + hex_of(file.sha256) +
              ", which no entry names as public. Nothing was put");
}

}  // namespace

// ---- add ----

void DocumentAdd::add_to(CLI::App& group, Choice& choice) {
  CLI::App* sub =
      group.add_subcommand("add", "Put files of public documents into the directory of a server");
  sub->add_option("FILE", files_, "files that the ledger names as public")->required();
  sub->add_option("--config", config_, "the server's configuration: paths.documents")->required();
  sub->add_option("--url", url_, "the server (default: the address of its configuration)");
  sub->callback([&] { choice = [this] { return run(); }; });
}

Told<Exit> DocumentAdd::run() const {
  const Told<Config> config = read_config(config_);
  if (!config) return tell(config.error());
  if (config->documents.empty()) {
    return tell(config_ + " names no directory for documents: set paths.documents");
  }
  const bool ipv6 = config->address.find(':') != std::string::npos;
  const std::string host = ipv6 ? '[' + config->address + ']' : config->address;
  const std::string url =
      url_.empty() ? "http://" + host + ':' + std::to_string(config->port) : url_;
  Told<ServerAddress> server = parse_server_address(url);
  if (!server) return tell(server.error());
  HttpClient client(std::move(*server));
  const DocumentStore store(config->documents);
  bool all = true;
  for (const std::string& name : files_) {
    const Told<replay::PublicFile> file = hash_file(name);
    if (!file) return tell(file.error());
    Told<> done = may_be_put(client, name, *file);
    if (done && !store.has(*file)) done = store.put(name, *file);
    if (done) {
      std::cout << name << ": " << path_of(*file) << '\n';
    } else {
      std::cerr << "itmo: " << done.error() << '\n';
      all = false;
    }
  }
  return all ? Exit::fine : Exit::refused;
}

// ---- export ----

void DocumentExport::add_to(CLI::App& group, Choice& choice) {
  CLI::App* sub = group.add_subcommand(
      "export", "Fetch the public files that a downloaded log names, and check each");
  sub->add_option("DIR", directory_, "the downloaded log; files go to DIR/documents")->required();
  sub->add_option("--url", url_, "the server, as http://127.0.0.1:8080")->required();
  sub->add_option("--vkey", vkey_, "file with the log's verifier key, or its keys, one a line")
      ->required();
  sub->callback([&] { choice = [this] { return run(); }; });
}

Told<Exit> DocumentExport::run() const {
  const Told<crypto::LogKeys> log_keys = read_log_keys(vkey_);
  if (!log_keys) return tell(log_keys.error());
  Told<ServerAddress> server = parse_server_address(url_);
  if (!server) return tell(server.error());
  return fetch_public_files(directory_, *log_keys, HttpBundle(std::move(*server)));
}

}  // namespace api::itmo
